//! What there is to choose from.

use std::collections::{BTreeMap, HashMap};

use crate::{
    access::Owner,
    ids::{CategoryId, EntryId},
    model::{
        category::Shape,
        entry::{Entry, Environment},
    },
    paging::{Cursor, PageLimit, PageRequest},
    plan::{Handle, OfferedKey},
    ports::{Catalog, StorageError},
    text::{EnvVarName, ProjectName, Title},
};

/// How many rows are read at once.
const ROWS: u16 = 1000;

/// A category in a project, with its entries.
pub(super) struct Offer {
    pub(super) category: Title,
    pub(super) shape: Shape,
    pub(super) public: Option<Vec<EnvVarName>>,
    pub(super) project: ProjectName,
    pub(super) places: Vec<Place>,
}

/// An entry: where it counts, and which fields of a group it fills.
pub(super) struct Place {
    pub(super) environment: Environment,
    pub(super) entry: EntryId,
    pub(super) filled: Vec<EnvVarName>,
}

/// What the offers need to know of a category.
struct Kind {
    name: Title,
    shape: Shape,
    public: Option<Vec<EnvVarName>>,
}

impl Offer {
    /// What a planner is told of it.
    pub(super) fn offered(&self, at: usize) -> OfferedKey {
        OfferedKey {
            handle: Handle::at(at),
            category: self.category.clone(),
            project: self.project.clone(),
            names: self.shape.names().to_vec(),
        }
    }
}

/// Everything within the owner's reach, by category and project.
pub(super) async fn all(catalog: &dyn Catalog, owner: &Owner) -> Result<Vec<Offer>, StorageError> {
    let kinds = kinds(catalog, owner).await?;
    let mut offers: BTreeMap<(String, CategoryId, String), Offer> = BTreeMap::new();
    let mut after = None;
    loop {
        let rows = catalog.entries_by_category(owner, after, PageLimit::of(ROWS)).await?;
        let last = rows.len() < usize::from(ROWS);
        after = rows.last().map(|entry| (entry.category, entry.id));
        for Entry { id, category, project, environment, filled, .. } in rows {
            // A category that was deleted in between takes its entries with it.
            let Some(kind) = kinds.get(&category) else { continue };
            let key = (kind.name.key(), category, project.key());
            let offer = offers.entry(key).or_insert_with(|| Offer {
                category: kind.name.clone(),
                shape: kind.shape.clone(),
                public: kind.public.clone(),
                project,
                places: Vec::new(),
            });
            offer.places.push(Place { environment, entry: id, filled });
        }
        if last {
            return Ok(offers.into_values().collect());
        }
    }
}

async fn kinds(catalog: &dyn Catalog, owner: &Owner) -> Result<HashMap<CategoryId, Kind>, StorageError> {
    let mut kinds = HashMap::new();
    let mut page = PageRequest { limit: PageLimit::of(ROWS), after: None };
    loop {
        let read = catalog.categories_by_id(owner, &page).await?;
        for row in read.items {
            let category = row.category;
            let kind = Kind { name: category.name, shape: category.shape, public: category.public_names };
            kinds.insert(category.id, kind);
        }
        match read.next {
            Some(next @ Cursor::Id(_)) => page.after = Some(next),
            _ => return Ok(kinds),
        }
    }
}
