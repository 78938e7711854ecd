//! Categories: list, make, change, delete.

use std::collections::BTreeSet;

use crate::{
    Kagi,
    access::{Actor, Denied, Owner, Scope},
    audit::{Action, AuditRecord, AuditResult, Target, TargetKind},
    fields::Invalid,
    ids::CategoryId,
    model::{
        Patch, Revision,
        category::{
            Category, CategoryFilter, CategoryListing, CategoryPatch, KeyType, NewCategory, Shape, ShapeError,
        },
    },
    paging::{Order, Page, PageRequest},
    ports::{CategoryUsage, StorageError, Unique},
    services::retry::{Contended, retried},
    text::{EnvVarName, TextError, fold},
};

/// The service over categories.
#[derive(Debug, Clone, Copy)]
pub struct Categories<'a>(pub(crate) &'a Kagi);

/// Why a call on categories failed.
#[derive(Debug, thiserror::Error)]
pub enum CategoryError {
    /// The actor may not.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The input has mistakes.
    #[error(transparent)]
    Invalid(#[from] Invalid),
    /// Type, variable and fields do not fit together.
    #[error(transparent)]
    Shape(#[from] ShapeError),
    /// Not there, or somebody else's.
    #[error("There is no such category.")]
    NotFound,
    /// The name is taken.
    #[error("You already have a category with this name.")]
    Exists,
    /// The change began with another revision than the current one; nothing was changed.
    #[error(
        "It was changed in the meantime, and nothing was overwritten: look at what is stored now, then save again to replace it."
    )]
    Stale,
    /// Entries hold the category to its type.
    #[error("The type cannot change while the category has entries.")]
    TypeInUse,
    /// An entry fills a field that the change would remove.
    #[error("An entry still has a value in a field that this would remove.")]
    FieldInUse,
    /// Storage failed.
    #[error(transparent)]
    Storage(StorageError),
}

impl From<StorageError> for CategoryError {
    fn from(error: StorageError) -> Self {
        match error {
            StorageError::Duplicate(Unique::CategoryName) => Self::Exists,
            other => Self::Storage(other),
        }
    }
}

impl Contended for CategoryError {
    fn is_conflict(&self) -> bool {
        matches!(self, Self::Storage(StorageError::Conflict))
    }
}

impl Categories<'_> {
    /// A page of categories by name. Needs [`Scope::CategoriesRead`].
    ///
    /// # Errors
    ///
    /// [`CategoryError`]; `Invalid` for a cursor of another list.
    pub async fn list(
        &self,
        actor: &Actor,
        search: Option<&str>,
        page: &PageRequest,
    ) -> Result<Page<CategoryListing>, CategoryError> {
        let owner = self.0.authorize(actor, Scope::CategoriesRead).await?;
        page.ordered_by(Order::Key)?;
        let filter = CategoryFilter { search: search_key(search)? };
        Ok(self.0.ports.storage.catalog().categories(&owner, &filter, page).await?)
    }

    /// One category. Needs [`Scope::CategoriesRead`].
    ///
    /// # Errors
    ///
    /// [`CategoryError`].
    pub async fn get(&self, actor: &Actor, id: CategoryId) -> Result<CategoryListing, CategoryError> {
        let owner = self.0.authorize(actor, Scope::CategoriesRead).await?;
        self.0.ports.storage.catalog().category(&owner, id).await?.ok_or(CategoryError::NotFound)
    }

    /// Makes a category. Needs [`Scope::CategoriesWrite`].
    ///
    /// # Errors
    ///
    /// [`CategoryError`].
    pub async fn create(&self, actor: &Actor, new: NewCategory) -> Result<CategoryListing, CategoryError> {
        let owner = self.0.authorize(actor, Scope::CategoriesWrite).await?;
        let now = self.0.ports.clock.now();
        let category = Category {
            id: CategoryId::mint(&*self.0.ports.clock, &*self.0.ports.entropy),
            name: new.name,
            public_names: checked_public_names(&new.shape, new.public_names)?,
            shape: new.shape,
            description: new.description,
            icon: new.icon,
            color: new.color,
            revision: Revision::FIRST,
            created_at: now,
            updated_at: now,
        };
        let mut unit = self.0.ports.storage.begin().await?;
        unit.categories().insert(&owner, &category).await?;
        unit.commit(self.record(&owner, Action::CategoryCreate, category.id)).await?;
        Ok(CategoryListing { category, entry_count: 0 })
    }

    /// Changes what the patch names. Needs [`Scope::CategoriesWrite`]; a key that is limited to
    /// projects cannot change a category that entries beyond them use.
    ///
    /// # Errors
    ///
    /// [`CategoryError`]; nothing is changed then.
    pub async fn update(
        &self,
        actor: &Actor,
        id: CategoryId,
        patch: CategoryPatch,
    ) -> Result<CategoryListing, CategoryError> {
        let owner = self.0.authorize(actor, Scope::CategoriesWrite).await?;
        retried(|| self.try_update(actor, &owner, id, patch.clone())).await
    }

    async fn try_update(
        &self,
        actor: &Actor,
        owner: &Owner,
        id: CategoryId,
        patch: CategoryPatch,
    ) -> Result<CategoryListing, CategoryError> {
        let mut unit = self.0.ports.storage.begin().await?;
        let before = unit.categories().find(owner, id).await?.ok_or(CategoryError::NotFound)?;
        if !before.revision.fits(patch.seen) {
            return Err(CategoryError::Stale);
        }
        let mut category = patched(&before, patch)?;
        category.revision = before.revision.next();
        category.updated_at = self.0.ports.clock.now();
        // The update locks the row, so the usage read after it stays true until the commit.
        unit.categories().update(owner, &category, before.revision).await?;
        let usage = unit.categories().usage(owner, id).await?;
        if usage.out_of_reach > 0 {
            drop(unit);
            return Err(self.beyond_reach(actor).await);
        }
        check_usage(&before.shape, &category.shape, &usage)?;
        unit.commit(self.record(owner, Action::CategoryUpdate, id)).await?;
        Ok(CategoryListing { category, entry_count: usage.entries })
    }

    /// Deletes a category with its entries. Needs [`Scope::CategoriesWrite`]; a key that is limited
    /// to projects cannot delete entries beyond them.
    ///
    /// # Errors
    ///
    /// [`CategoryError`].
    pub async fn delete(&self, actor: &Actor, id: CategoryId) -> Result<(), CategoryError> {
        let owner = self.0.authorize(actor, Scope::CategoriesWrite).await?;
        retried(|| self.try_delete(actor, &owner, id)).await
    }

    async fn try_delete(&self, actor: &Actor, owner: &Owner, id: CategoryId) -> Result<(), CategoryError> {
        let mut unit = self.0.ports.storage.begin().await?;
        let category = unit.categories().find(owner, id).await?.ok_or(CategoryError::NotFound)?;
        unit.categories().hold(owner, id, category.revision).await?;
        if unit.categories().usage(owner, id).await?.out_of_reach > 0 {
            drop(unit);
            return Err(self.beyond_reach(actor).await);
        }
        if !unit.categories().remove(owner, id).await? {
            return Err(CategoryError::NotFound);
        }
        unit.commit(self.record(owner, Action::CategoryDelete, id)).await?;
        Ok(())
    }

    /// A key that is limited to projects changes no category that entries beyond them use. Call it
    /// with no unit open: the refusal is written to the trail.
    async fn beyond_reach(&self, actor: &Actor) -> CategoryError {
        let denied = Denied::Project(Scope::CategoriesWrite);
        let _ = self.0.settle(actor, Err(denied)).await;
        denied.into()
    }

    fn record(self, owner: &Owner, action: Action, id: CategoryId) -> AuditRecord {
        AuditRecord::new(self.0.event(owner, action, AuditResult::Ok, Target::new(TargetKind::Category, id)))
    }
}

/// The longest text that is searched for, in characters, as typed and folded: a search looks through
/// all of somebody's texts, and takes longer the longer it is. Nothing that is found has a longer name.
const LONGEST_SEARCH: usize = 255;

/// Folds what a person searches for; nothing but blanks is no search.
pub(super) fn search_key(search: Option<&str>) -> Result<Option<String>, Invalid> {
    let Some(text) = search.filter(|text| !text.trim().is_empty()) else { return Ok(None) };
    let refused = |error| Err(Invalid::field("search", error));
    let is_too_long = |text: &str| text.chars().count() > LONGEST_SEARCH;
    if text.contains('\0') {
        return refused(TextError::Nul);
    }
    // Folding makes a text up to 18 times as long, so it comes after the first look.
    let key = (!is_too_long(text)).then(|| fold(text.trim())).filter(|key| !is_too_long(key));
    key.map_or_else(|| refused(TextError::TooLong(LONGEST_SEARCH)), |key| Ok(Some(key)))
}

fn patched(before: &Category, patch: CategoryPatch) -> Result<Category, CategoryError> {
    let kind = patch.key_type.unwrap_or(before.shape.key_type());
    // Another type starts without the old one's variables.
    let same = kind == before.shape.key_type();
    let env_var = patch.env_var.apply(before.shape.env_var().filter(|_| same).cloned());
    let fields = patch.fields.apply(same.then(|| before.shape.fields().to_vec())).unwrap_or_default();
    let shape = Shape::new(kind, env_var, fields)?;
    let public_names = match patch.public_names {
        Patch::Keep => before.public_names.clone().map(|names| still_there(&shape, names)),
        named => checked_public_names(&shape, named.apply(None))?,
    };
    Ok(Category {
        name: patch.name.unwrap_or_else(|| before.name.clone()),
        shape,
        public_names,
        description: patch.description.apply(before.description.clone()),
        icon: patch.icon.apply(before.icon.clone()),
        color: patch.color.apply(before.color.clone()),
        ..before.clone()
    })
}

fn checked_public_names(
    shape: &Shape,
    names: Option<Vec<EnvVarName>>,
) -> Result<Option<Vec<EnvVarName>>, CategoryError> {
    match names {
        Some(names) if names.iter().any(|name| !shape.names().contains(name)) => {
            Err(Invalid::field("publicNames", "Name only variables of this category.").into())
        }
        names => Ok(names.map(|names| still_there(shape, names))),
    }
}

/// The names in the category's order, each once, without those that are gone.
fn still_there(shape: &Shape, names: Vec<EnvVarName>) -> Vec<EnvVarName> {
    let public: BTreeSet<_> = names.into_iter().collect();
    shape.names().iter().filter(|name| public.contains(name)).cloned().collect()
}

fn check_usage(before: &Shape, after: &Shape, usage: &CategoryUsage) -> Result<(), CategoryError> {
    if before.key_type() != after.key_type() && usage.entries > 0 {
        return Err(CategoryError::TypeInUse);
    }
    let kept = after.key_type() == KeyType::Simple
        || usage.filled.iter().all(|field| after.fields().contains(field));
    if kept { Ok(()) } else { Err(CategoryError::FieldInUse) }
}
