//! Reads the cell of an env file with the facts that bind it: the only reader of files' cells outside a
//! unit. Files are revealed now and then, so each has a statement of its own; their events share a commit
//! with all others.

use kagi_domain::{
    access::Owner,
    ids::{EnvFileId, EnvProjectId, UserId},
    model::env_project::EnvFilePlace,
    ports::{EnvFileDisclosure, StorageError},
    seal::{KeyId, Sealed},
};
use sea_orm::{ConnectionTrait, DbErr, QueryResult, Statement, Value};
use uuid::Uuid;

use crate::{convert::Column, error::within, pools::Pools};

/// A file under its project, with a version, and the number of the newest; the cell is missing where the version is.
macro_rules! file_with {
    ($version:literal) => {
        concat!(
            "SELECT p.user_id, p.name_key, f.file_type, f.version, v.key_id, v.cell, \
             (SELECT max(n.number) FROM env_file_versions n WHERE n.file_id = f.id) \
             FROM env_files f JOIN env_projects p ON p.id = f.project_id \
             LEFT JOIN env_file_versions v ON v.file_id = f.id AND v.number = ",
            $version,
            " WHERE f.id = $1 AND f.project_id = $2"
        )
    };
}

const CURRENT: &str = file_with!("f.version");
const NUMBERED: &str = file_with!("$3");

struct Facts {
    user: Uuid,
    name_key: String,
    file_type: String,
    version: i64,
    sealed: Option<Sealed>,
    newest: Option<i64>,
}

/// The cell of a version, of the current one without a number. Whoever calls this hands it out only after
/// its record is durable.
pub(crate) async fn read(
    pools: &Pools,
    owner: &Owner,
    place: EnvFilePlace,
    number: Option<u32>,
) -> Result<Option<EnvFileDisclosure>, StorageError> {
    let EnvFilePlace { project, file } = place;
    let version = number.map(|number| Value::from(i64::from(number)));
    let sql = if number.is_some() { NUMBERED } else { CURRENT };
    let values = [file.as_uuid().into(), project.as_uuid().into()].into_iter().chain(version);
    let statement = Statement::from_sql_and_values(pools.backend, sql, values);
    let row = within(async {
        let row = pools.read.query_one_raw(statement).await?;
        row.as_ref().map(facts).transpose()
    });
    let Some(facts) = row.await?.filter(|facts| reaches(owner, facts)) else { return Ok(None) };
    let version = match number {
        Some(number) => number,
        None => Column("env_files", "version").version(facts.version)?,
    };
    let Some(sealed) = facts.sealed else {
        // A number that is not there is an answer; a current version that is not there is damage.
        return number.map(|_| None).ok_or_else(|| Column("env_file_versions", "number").corrupt());
    };
    Ok(Some(EnvFileDisclosure {
        id: EnvFileId::from_uuid(file.as_uuid()),
        owner: UserId::from_uuid(facts.user),
        project: EnvProjectId::from_uuid(project.as_uuid()),
        file_type: Column("env_files", "file_type").parse(&facts.file_type)?,
        version,
        sealed,
        superseded: number.is_none() && facts.newest.is_some_and(|newest| newest > facts.version),
    }))
}

/// The owner's, and of a name within the owner's projects.
fn reaches(owner: &Owner, facts: &Facts) -> bool {
    let within = owner.projects().keys().is_none_or(|keys| keys.contains(&facts.name_key));
    facts.user == owner.user().as_uuid() && within
}

fn facts(row: &QueryResult) -> Result<Facts, DbErr> {
    let (key_id, cell): (Option<String>, Option<String>) =
        (row.try_get_by_index(4)?, row.try_get_by_index(5)?);
    Ok(Facts {
        user: row.try_get_by_index(0)?,
        name_key: row.try_get_by_index(1)?,
        file_type: row.try_get_by_index(2)?,
        version: row.try_get_by_index(3)?,
        sealed: key_id.zip(cell).map(|(key, cell)| Sealed { key_id: KeyId::from_stored(key), cell }),
        newest: row.try_get_by_index(6)?,
    })
}
