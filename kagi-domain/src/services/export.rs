//! A vault's metadata as a whole, piece by piece.

use std::{collections::VecDeque, fmt};

use crate::{
    Kagi,
    access::{Actor, Denied, Owner, Scope},
    audit::{Action, AuditRecord, AuditResult},
    ids::{CategoryId, EntryId},
    model::{
        category::CategoryListing, entry::Entry, env_project::EnvProjectListing, recovery_set::RecoverySet,
        user::User,
    },
    paging::{Cursor, Page, PageLimit, PageRequest},
    ports::StorageError,
    time::Timestamp,
};

/// How many rows are read at a time, and so how much of a vault is in memory at once.
const ROWS: PageLimit = PageLimit::of(500);

/// The service over exports.
#[derive(Debug, Clone, Copy)]
pub struct Exports<'a>(pub(crate) &'a Kagi);

/// Why there is no export.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The actor may not.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// Storage failed.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// One piece of an export.
#[derive(Debug)]
pub enum Piece {
    /// A category; its entries follow.
    Category(CategoryListing),
    /// An entry of the category before.
    Entry(Entry),
    /// A recovery set, without its codes. These come after all categories.
    RecoverySet(RecoverySet),
    /// An env project with its files, without their contents. These come last.
    EnvProject(EnvProjectListing),
}

impl Exports<'_> {
    /// Begins an export of what is within the actor's reach: metadata only. Needs
    /// [`Scope::ExportRead`]. The trail holds the export before anything is read.
    ///
    /// # Errors
    ///
    /// [`ExportError`]; then nothing leaves.
    pub async fn begin(&self, actor: &Actor) -> Result<Export, ExportError> {
        let owner = self.0.authorize(actor, Scope::ExportRead).await?;
        let event = self.0.event(&owner, Action::ExportRead, AuditResult::Ok, None);
        let began = event.created_at;
        self.0.ports.storage.record(AuditRecord::new(event)).await?;
        // Whoever acts has a row; it is gone only when the account was deleted at this moment.
        let user = self.0.ports.storage.catalog().user(&owner).await?.ok_or(StorageError::Conflict)?;
        Ok(Export::new(self.0.clone(), owner, user, began))
    }
}

/// An export on its way. Dropping it ends it.
///
/// Two walks run beside each other: categories in the order of their ids, and entries in the order of
/// their categories' ids and their own. Both orders never change for a row, whatever is renamed, so
/// each row that is there all along comes exactly once; and both have an index, so that the
/// statements grow with the rows by the page, not with the categories.
pub struct Export {
    kagi: Kagi,
    owner: Owner,
    /// Whose vault it is.
    pub user: User,
    /// When it began.
    pub began: Timestamp,
    categories: Walk<CategoryListing, Cursor>,
    entries: Walk<Entry, (CategoryId, EntryId)>,
    recovery_sets: Walk<RecoverySet, Cursor>,
    env_projects: Walk<EnvProjectListing, Cursor>,
    /// The category whose entries are being given out.
    current: Option<CategoryId>,
}

/// Rows that are read ahead, and where to read on.
struct Walk<T, At> {
    rows: VecDeque<T>,
    after: Option<At>,
    ended: bool,
}

impl<T, At> Walk<T, At> {
    const fn new() -> Self {
        Self { rows: VecDeque::new(), after: None, ended: false }
    }

    fn needs_rows(&self) -> bool {
        self.rows.is_empty() && !self.ended
    }
}

impl Export {
    fn new(kagi: Kagi, owner: Owner, user: User, began: Timestamp) -> Self {
        let (categories, entries) = (Walk::new(), Walk::new());
        let (recovery_sets, env_projects) = (Walk::new(), Walk::new());
        Self { kagi, owner, user, began, categories, entries, recovery_sets, env_projects, current: None }
    }

    /// The next pieces: as many as are read at a time, or fewer. Empty at the end.
    ///
    /// # Errors
    ///
    /// [`StorageError`]; what was given out so far is then not the whole.
    pub async fn next(&mut self) -> Result<Vec<Piece>, StorageError> {
        let mut pieces = Vec::new();
        while pieces.len() < usize::from(ROWS.rows()) {
            self.read_ahead().await?;
            match self.step() {
                Step::Piece(piece) => pieces.push(piece),
                Step::PassedOver => {}
                Step::End => break,
            }
        }
        if pieces.is_empty() {
            pieces = self.sets().await?;
        }
        if pieces.is_empty() { self.projects().await } else { Ok(pieces) }
    }

    /// A page of recovery sets; empty after the last.
    async fn sets(&mut self) -> Result<Vec<Piece>, StorageError> {
        if self.recovery_sets.ended {
            return Ok(Vec::new());
        }
        let request = PageRequest { limit: ROWS, after: self.recovery_sets.after.take() };
        let catalog = self.kagi.ports.storage.catalog();
        let page = whole(catalog.recovery_sets(&self.owner, None, &request).await?)?;
        self.recovery_sets.ended = page.next.is_none();
        self.recovery_sets.after = page.next;
        Ok(page.items.into_iter().map(Piece::RecoverySet).collect())
    }

    /// A page of env projects; empty after the last.
    async fn projects(&mut self) -> Result<Vec<Piece>, StorageError> {
        if self.env_projects.ended {
            return Ok(Vec::new());
        }
        let request = PageRequest { limit: ROWS, after: self.env_projects.after.take() };
        let page = whole(self.kagi.ports.storage.catalog().env_projects(&self.owner, None, &request).await?)?;
        self.env_projects.ended = page.next.is_none();
        self.env_projects.after = page.next;
        Ok(page.items.into_iter().map(Piece::EnvProject).collect())
    }

    async fn read_ahead(&mut self) -> Result<(), StorageError> {
        let catalog = self.kagi.ports.storage.catalog();
        let (categories, entries) = (&mut self.categories, &mut self.entries);
        if categories.needs_rows() {
            let request = PageRequest { limit: ROWS, after: categories.after.clone() };
            let page = catalog.categories_by_id(&self.owner, &request).await?;
            categories.ended = page.next.is_none();
            categories.after = page.next;
            categories.rows = page.items.into();
        }
        if entries.needs_rows() {
            let rows = catalog.entries_by_category(&self.owner, entries.after, ROWS).await?;
            entries.ended = rows.len() < usize::from(ROWS.rows());
            entries.after = rows.last().map(|entry| (entry.category, entry.id));
            entries.rows = rows.into();
        }
        Ok(())
    }

    /// Merges the two walks. An entry whose category came too late for the walk over categories, or
    /// left before it, is passed over.
    fn step(&mut self) -> Step {
        let upcoming = self.categories.rows.front().map(|listing| listing.category.id);
        if let Some(entry) = self.entries.rows.pop_front() {
            if self.current == Some(entry.category) {
                return Step::Piece(Piece::Entry(entry));
            }
            if upcoming.is_none_or(|category| category > entry.category) {
                return Step::PassedOver;
            }
            self.entries.rows.push_front(entry);
        }
        self.current = upcoming;
        self.categories.rows.pop_front().map_or(Step::End, |listing| Step::Piece(Piece::Category(listing)))
    }
}

/// What one step through rows that are read comes to.
enum Step {
    Piece(Piece),
    PassedOver,
    End,
}

impl fmt::Debug for Export {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Export")
    }
}

/// An export is whole or none: what a list may leave out, it may not.
fn whole<T>(page: Page<T>) -> Result<Page<T>, StorageError> {
    if page.damaged == 0 { Ok(page) } else { Err(StorageError::Corrupt) }
}
