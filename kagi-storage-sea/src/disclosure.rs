//! Reads entries' cells with the facts that bind them: the only reader of cells outside a unit.
//!
//! Many who wait for current cells are served by one statement, as their events share one commit.
//! Older versions are asked for now and then; each has a statement of its own, so that the one of
//! the many stays as it is.

use std::{
    collections::{BTreeSet, HashMap},
    fmt::Write,
    sync::LazyLock,
};

use kagi_domain::{
    access::Owner,
    ids::{CategoryId, EntryId, UserId},
    ports::{EntryDisclosure, StorageError},
    seal::{KeyId, Sealed},
};
use sea_orm::{ConnectionTrait, DbErr, QueryResult, Statement, TryGetError};
use uuid::Uuid;

use crate::{
    convert::{self, Column},
    error::{classify, within},
    pools::Pools,
};

/// Cells of the largest statement. Each size is a text of its own, which the driver keeps prepared.
pub(crate) const MOST: usize = 32;

/// Entry, current version and category, and the number of the newest version. The cell is missing where
/// the version is.
const CELLS: &str = "SELECT e.id, e.user_id, e.category_id, e.project_key, e.version, \
    c.key_type, c.env_var_name, c.field_definitions, v.key_id, v.cell, \
    (SELECT max(n.number) FROM entry_versions n WHERE n.entry_id = e.id) \
    FROM entries e \
    JOIN categories c ON c.id = e.category_id \
    LEFT JOIN entry_versions v ON v.entry_id = e.id AND v.number = e.version \
    WHERE e.id IN ($1";

/// One version, the columns in the order of [`CELLS`].
const VERSION: &str = "SELECT e.id, e.user_id, e.category_id, e.project_key, v.number, \
    c.key_type, c.env_var_name, c.field_definitions, v.key_id, v.cell, v.number \
    FROM entries e \
    JOIN categories c ON c.id = e.category_id \
    JOIN entry_versions v ON v.entry_id = e.id \
    WHERE e.id = $1 AND v.number = $2";

/// The statement for each number of cells, from one.
static STATEMENTS: LazyLock<Vec<String>> = LazyLock::new(|| (1..=MOST).map(statement).collect());

/// An entry that somebody was authorised to see.
pub(crate) struct Wanted {
    id: Uuid,
    user: Uuid,
    projects: Option<BTreeSet<String>>,
}

/// What a caller is told: the cell, or that there is none within reach.
pub(crate) type Told = Result<Option<EntryDisclosure>, StorageError>;

impl Wanted {
    pub(crate) fn new(owner: &Owner, id: EntryId) -> Self {
        Self { id: id.as_uuid(), user: owner.user().as_uuid(), projects: owner.projects().keys() }
    }

    /// The owner's, and within the owner's projects.
    fn reaches(&self, facts: &Facts) -> bool {
        facts.user == self.user && self.projects.as_ref().is_none_or(|keys| keys.contains(&facts.project_key))
    }
}

/// The cells, in the order in which they are wanted. Whoever calls this hands one out only after
/// its record is durable.
pub(crate) async fn read(pools: &Pools, wanted: &[&Wanted]) -> Result<Vec<Told>, StorageError> {
    let mut told = Vec::with_capacity(wanted.len());
    for wanted in wanted.chunks(MOST) {
        let sql = STATEMENTS.get(wanted.len() - 1).map_or("", String::as_str);
        let ids = wanted.iter().map(|wanted| wanted.id.into());
        let statement = Statement::from_sql_and_values(pools.backend, sql, ids);
        let rows = within(pools.read.query_all_raw(statement)).await?;
        // A damaged row fails whoever wants it, and nobody else.
        let facts = |row| Facts::read(row).map_err(|error| classify(&error));
        let found: HashMap<Uuid, _> =
            rows.iter().filter_map(|row| Some((row.try_get_by_index(0).ok()?, facts(row)))).collect();
        told.extend(wanted.iter().map(|wanted| match found.get(&wanted.id) {
            Some(Ok(facts)) if wanted.reaches(facts) => facts.disclosure(wanted.id).map(Some),
            Some(Err(error)) => Err(*error),
            _ => Ok(None),
        }));
    }
    Ok(told)
}

/// The cell of one version. Whoever calls this hands it out only after its record is durable.
pub(crate) async fn read_version(pools: &Pools, wanted: &Wanted, number: u32) -> Told {
    let values = [wanted.id.into(), i64::from(number).into()];
    let statement = Statement::from_sql_and_values(pools.backend, VERSION, values);
    let Some(row) = within(pools.read.query_one_raw(statement)).await? else { return Ok(None) };
    let facts = Facts::read(&row).map_err(|error| classify(&error))?;
    if wanted.reaches(&facts) { facts.disclosure(wanted.id).map(Some) } else { Ok(None) }
}

fn statement(cells: usize) -> String {
    let mut sql = CELLS.to_owned();
    for number in 2..=cells {
        // Writing to a string cannot fail.
        let _ = write!(sql, ", ${number}");
    }
    sql.push(')');
    sql
}

struct Facts {
    user: Uuid,
    category: Uuid,
    project_key: String,
    version: i64,
    key_type: String,
    env_var: Option<String>,
    fields: String,
    key_id: Option<String>,
    cell: Option<String>,
    newest: Option<i64>,
}

impl Facts {
    fn read(row: &QueryResult) -> Result<Self, DbErr> {
        let read = || -> Result<Self, TryGetError> {
            Ok(Self {
                user: row.try_get_by(1)?,
                category: row.try_get_by(2)?,
                project_key: row.try_get_by(3)?,
                version: row.try_get_by(4)?,
                key_type: row.try_get_by(5)?,
                env_var: row.try_get_by(6)?,
                fields: row.try_get_by(7)?,
                key_id: row.try_get_by(8)?,
                cell: row.try_get_by(9)?,
                newest: row.try_get_by(10)?,
            })
        };
        read().map_err(DbErr::from)
    }

    fn disclosure(&self, id: Uuid) -> Result<EntryDisclosure, StorageError> {
        let (Some(key_id), Some(cell)) = (self.key_id.clone(), self.cell.clone()) else {
            return Err(Column("entry_versions", "number").corrupt());
        };
        Ok(EntryDisclosure {
            id: EntryId::from_uuid(id),
            owner: UserId::from_uuid(self.user),
            category: CategoryId::from_uuid(self.category),
            shape: convert::shape(&self.key_type, self.env_var.as_deref(), &self.fields)?,
            version: Column("entries", "version").version(self.version)?,
            sealed: Sealed { key_id: KeyId::from_stored(key_id), cell },
            superseded: self.newest.is_some_and(|newest| newest > self.version),
        })
    }
}
