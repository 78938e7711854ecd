//! One entry, for many who ask.

use std::collections::{BTreeSet, HashMap};

use kagi_domain::{access::Owner, ids::EntryId, model::entry::EntryListing, ports::StorageError};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

use super::listing;
use crate::{
    error::within,
    pools::Pools,
    row::{category, entry},
    together::{Question, Told, keys},
};

/// The entry of this id, if it is within the owner's reach.
pub(crate) struct ById {
    id: Uuid,
    user: Uuid,
    projects: Option<BTreeSet<String>>,
}

impl ById {
    pub(super) fn new(owner: &Owner, id: EntryId) -> Self {
        Self { id: id.as_uuid(), user: owner.user().as_uuid(), projects: owner.projects().keys() }
    }

    /// The owner's, and within the owner's projects.
    fn reaches(&self, entry: &entry::Model) -> bool {
        let within = |projects: &BTreeSet<String>| projects.contains(&entry.project_key);
        entry.user_id == self.user && self.projects.as_ref().is_none_or(within)
    }
}

impl Question for ById {
    type Found = EntryListing;

    async fn read(pools: &Pools, questions: &[&Self]) -> Result<Vec<Told<EntryListing>>, StorageError> {
        let ids = keys(questions.iter().map(|question| question.id));
        let query =
            entry::Entity::find().filter(entry::Column::Id.is_in(ids)).find_also_related(category::Entity);
        let rows = within(query.all(&pools.read)).await?;
        let found: HashMap<Uuid, _> = rows.into_iter().map(|row| (row.0.id, row)).collect();
        let told = |question: &&Self| match found.get(&question.id) {
            Some((entry, category)) if question.reaches(entry) => listing(entry, category.as_ref()).map(Some),
            _ => Ok(None),
        };
        Ok(questions.iter().map(told).collect())
    }
}
