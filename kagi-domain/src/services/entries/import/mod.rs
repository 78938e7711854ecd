//! `.env` files that become entries: first a preview, then what of it a person confirms.

mod choice;
mod make;
mod plan;

use std::collections::BTreeSet;

use crate::{
    access::{Actor, Owner, Scope},
    audit::{Action, AuditEvent, AuditRecord, AuditResult, Target, TargetKind},
    dotenv::{Document, LineKind},
    fields::Invalid,
    ids::CategoryId,
    model::{
        category::{Category, CategoryFilter},
        entry::{EntryFilter, EntryListing, Environment},
        env_project::EnvContent,
    },
    paging::{PageLimit, PageRequest},
    ports::StorageError,
    services::{
        entries::{Entries, EntryError},
        retry::retried,
    },
    text::ProjectName,
};

use make::gathered;

pub use choice::{Choice, Destination, InvalidChoice};
pub use plan::{Becomes, Conflict, PlannedLine, Unreadable};

/// How many lines a file to import has at most, blank ones aside.
pub const IMPORTED_LINES: usize = 1000;

/// A file, and which project and environment its values are of.
#[derive(Debug)]
pub struct ImportSource {
    /// The file.
    pub content: EnvContent,
    /// The project of the entries.
    pub project: ProjectName,
    /// Their environment.
    pub environment: Environment,
}

/// What an import made.
#[derive(Debug)]
pub struct Imported {
    /// The entries, in the order of the file.
    pub entries: Vec<EntryListing>,
    /// How many of their categories are new.
    pub new_categories: usize,
}

impl Entries<'_> {
    /// Says of every line of a file, blank ones aside, what it would become. Writes nothing, to the trail
    /// neither. Needs [`Scope::EntriesWrite`].
    ///
    /// # Errors
    ///
    /// [`EntryError`]; `Invalid` when the file has more than [`IMPORTED_LINES`].
    pub async fn plan_import(
        &self,
        actor: &Actor,
        source: &ImportSource,
    ) -> Result<Vec<PlannedLine>, EntryError> {
        let owner = self.0.authorize(actor, Scope::EntriesWrite).await?;
        self.within_reach(actor, &owner, &source.project).await?;
        Ok(self.planned(&owner, source).await?.0)
    }

    /// Makes entries of the confirmed lines, and the categories that they need: all of them, or none.
    /// Several lines of one group become one entry. Needs [`Scope::EntriesWrite`], and for new categories
    /// [`Scope::CategoriesWrite`].
    ///
    /// # Errors
    ///
    /// [`EntryError`]; nothing is made then. `Changed` when a line would become something else by now than
    /// was confirmed, `CategoryNotFound` when it was to go to a category that is not there.
    pub async fn import(
        &self,
        actor: &Actor,
        source: &ImportSource,
        choices: &[Choice],
    ) -> Result<Imported, EntryError> {
        let owner = self.0.authorize(actor, Scope::EntriesWrite).await?;
        let makes = |choice: &Choice| !matches!(choice.destination, Destination::Category(_));
        if choices.iter().any(makes) {
            self.0.authorize(actor, Scope::CategoriesWrite).await?;
        }
        self.within_reach(actor, &owner, &source.project).await?;
        if choices.is_empty() {
            return Err(Invalid::field("choices", "Confirm at least one line.").into());
        }
        retried(|| self.try_import(&owner, source, choices)).await
    }

    /// The lines, and the categories that there are.
    async fn planned(
        &self,
        owner: &Owner,
        source: &ImportSource,
    ) -> Result<(Vec<PlannedLine>, BTreeSet<CategoryId>), EntryError> {
        let document = Document::read(source.content.text());
        let lines = document.lines().filter(|line| line.kind() != LineKind::Blank);
        if lines.take(IMPORTED_LINES + 1).count() > IMPORTED_LINES {
            let message = "A file to import has at most 1000 lines, blank ones aside.";
            return Err(Invalid::field("content", message).into());
        }
        let (categories, taken) = (self.categories(owner).await?, self.taken(owner, source).await?);
        let planned = plan::plan(&document, &categories, &taken);
        Ok((planned, categories.into_iter().map(|category| category.id).collect()))
    }

    async fn try_import(
        &self,
        owner: &Owner,
        source: &ImportSource,
        choices: &[Choice],
    ) -> Result<Imported, EntryError> {
        let (planned, there) = self.planned(owner, source).await?;
        let missing =
            |choice: &Choice| matches!(&choice.destination, Destination::Category(id) if !there.contains(id));
        if choices.iter().any(missing) {
            return Err(EntryError::CategoryNotFound);
        }
        let mut groups = gathered(source, &planned, choices)?;
        groups.sort_by_key(|group| group.line);
        let mut unit = self.0.ports.storage.begin().await?;
        let mut made = Imported { entries: Vec::new(), new_categories: 0 };
        let mut events = Vec::new();
        for group in groups {
            let category = match &group.destination {
                Destination::Category(id) => unit.categories().find(owner, *id).await?,
                _ => Some(self.make_category(&mut *unit, owner, &group).await?),
            };
            let category = category.ok_or(EntryError::Changed(group.line))?;
            if !matches!(group.destination, Destination::Category(_)) {
                made.new_categories += 1;
                events.push(self.made(
                    owner,
                    Action::CategoryCreate,
                    Target::new(TargetKind::Category, category.id),
                ));
            }
            let entry = self.make_entry(&mut *unit, owner, source, &category, group).await?;
            events.push(self.made(owner, Action::EntryCreate, Target::new(TargetKind::Entry, entry.id)));
            made.entries.push(EntryListing { category: (&category).into(), entry });
        }
        let mut events = events.into_iter();
        let first = events.next().ok_or(StorageError::Internal)?;
        unit.commit(events.fold(AuditRecord::new(first), AuditRecord::and)).await?;
        Ok(made)
    }

    /// Every category, by name.
    async fn categories(&self, owner: &Owner) -> Result<Vec<Category>, EntryError> {
        let (mut found, mut page) = (Vec::new(), PageRequest { limit: PageLimit::of(1000), after: None });
        loop {
            let catalog = self.0.ports.storage.catalog();
            let rows = catalog.categories(owner, &CategoryFilter::default(), &page).await?;
            found.extend(rows.items.into_iter().map(|listing| listing.category));
            match rows.next {
                None => return Ok(found),
                after => page.after = after,
            }
        }
    }

    /// The categories that have an entry in the place.
    async fn taken(&self, owner: &Owner, source: &ImportSource) -> Result<BTreeSet<CategoryId>, EntryError> {
        let filter = EntryFilter {
            project: Some(source.project.clone()),
            environment: Some(source.environment),
            ..EntryFilter::default()
        };
        let (mut found, mut page) =
            (BTreeSet::new(), PageRequest { limit: PageLimit::of(1000), after: None });
        loop {
            let rows = self.0.ports.storage.catalog().entries(owner, &filter, &page).await?;
            found.extend(rows.items.into_iter().map(|listing| listing.entry.category));
            match rows.next {
                None => return Ok(found),
                after => page.after = after,
            }
        }
    }

    fn made(self, owner: &Owner, action: Action, target: Target) -> AuditEvent {
        self.0.event(owner, action, AuditResult::Ok, target)
    }
}
