//! One entry, for many who ask.

use std::collections::{BTreeSet, HashMap};

use kagi_domain::{access::Owner, ids::EntryId, model::entry::EntryListing, ports::StorageError};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, QueryFilter, QueryResult, QuerySelect, QueryTrait};
use uuid::Uuid;

use crate::{
    convert,
    error::{classify, within},
    pools::Pools,
    row::{
        entry::Column,
        shown::{self, Columns, Listed, Shown},
    },
    together::{Question, Texts, Told, keys},
};

/// The entry of this id, if it is within the owner's reach.
pub(crate) struct ById {
    id: Uuid,
    user: Uuid,
    projects: Option<BTreeSet<String>>,
}

impl ById {
    pub(crate) fn new(owner: &Owner, id: EntryId) -> Self {
        Self { id: id.as_uuid(), user: owner.user().as_uuid(), projects: owner.projects().keys() }
    }

    /// The entry, if it is the owner's, and within the owner's projects.
    fn within_reach(&self, row: &QueryResult) -> Result<Option<Listed>, DbErr> {
        let mut whose = Columns::behind_listed(row);
        let (user, project): (Uuid, String) = (whose.next()?, whose.next()?);
        let within = |projects: &BTreeSet<String>| projects.contains(&project);
        if user != self.user || !self.projects.as_ref().is_none_or(within) {
            return Ok(None);
        }
        Listed::read(&mut Columns::of(row)).map(Some)
    }
}

impl Question for ById {
    type Found = EntryListing;

    async fn read(pools: &Pools, questions: &[&Self]) -> Result<Vec<Told<EntryListing>>, StorageError> {
        static TEXTS: Texts = Texts::new();
        let whose = [Column::UserId, Column::ProjectKey];
        let build = |ids| shown::listed().columns(whose).filter(Column::Id.is_in(ids)).build(pools.backend);
        let ids = keys(questions.iter().map(|question| question.id));
        let statement = TEXTS.statement(pools.backend, ids, build);
        let rows = within(pools.read.query_all_raw(statement)).await?;
        let found = rows.iter().filter_map(|row| Some((row.try_get_by_index(0).ok()?, row)));
        let found: HashMap<Uuid, &QueryResult> = found.collect();
        // A damaged row fails whoever asked for it, and nobody else.
        let told = |question: &&Self| match found.get(&question.id) {
            Some(row) => {
                let listed = question.within_reach(row).map_err(|error| classify(&error))?;
                listed.as_ref().map(convert::listing).transpose()
            }
            None => Ok(None),
        };
        Ok(questions.iter().map(told).collect())
    }
}
