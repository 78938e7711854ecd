//! Hands out a recovery code's cell: the only reader of codes' cells.
//!
//! The set's row is locked first, so that whoever wants a code of the same set waits; then the code
//! is picked by a statement that sees what the one before left, and marked. Mark and event are
//! committed together, and only then does the cell leave.

use kagi_domain::{
    access::Owner,
    audit::AuditRecord,
    ids::{RecoveryCodeId, RecoverySetId, UserId},
    model::recovery_set::CodeIndex,
    ports::{CodeAnswer, CodeDisclosure, CodePick, StorageError, UnitOfWork},
    seal::{KeyId, Sealed},
    time::Timestamp,
};
use sea_orm::{ConnectionTrait, DbErr, QueryResult, Statement, TryGetError, Value};
use uuid::Uuid;

use crate::{convert::Column, unit::SeaUnit};

/// A code with its set, and how many codes of the set are unused.
macro_rules! code_where {
    ($which:literal) => {
        concat!(
            "SELECT s.user_id, s.id, s.service, c.id, c.position, c.used_at, c.key_id, c.cell, \
             (SELECT count(*) FROM recovery_codes u WHERE u.set_id = s.id AND u.used_at IS NULL) \
             FROM recovery_sets s JOIN recovery_codes c ON c.set_id = s.id \
             WHERE s.id = $1 AND ",
            $which
        )
    };
}

const FIRST_UNUSED: &str = code_where!("c.used_at IS NULL ORDER BY c.position LIMIT 1");
const AT: &str = code_where!("c.position = $2");
const MARK: &str = "UPDATE recovery_codes SET used_at = $2 WHERE id = $1 AND used_at IS NULL";

pub(crate) async fn disclose(
    unit: SeaUnit,
    owner: &Owner,
    set: RecoverySetId,
    pick: CodePick,
    at: Timestamp,
    record: AuditRecord,
) -> Result<CodeAnswer, StorageError> {
    if !unit.hold_set(owner, set).await? {
        return Ok(CodeAnswer::NoSuchSet);
    }
    let Some(mut code) = find(&unit, set, pick).await? else {
        return Ok(match pick {
            CodePick::FirstUnused => CodeAnswer::Depleted,
            CodePick::At(_) => CodeAnswer::NoSuchCode,
        });
    };
    if code.used_at.is_none() {
        mark(&unit, code.id, at).await?;
        code.unused -= 1;
    }
    let disclosure = code.disclosure()?;
    Box::new(unit).commit(record).await?;
    Ok(CodeAnswer::Disclosed(Box::new(disclosure)))
}

async fn find(unit: &SeaUnit, set: RecoverySetId, pick: CodePick) -> Result<Option<Code>, StorageError> {
    let set: Value = set.as_uuid().into();
    let (sql, values) = match pick {
        CodePick::FirstUnused => (FIRST_UNUSED, vec![set]),
        CodePick::At(index) => (AT, vec![set, i64::from(index.get()).into()]),
    };
    unit.run(async |connection| {
        let question = Statement::from_sql_and_values(connection.get_database_backend(), sql, values);
        connection.query_one_raw(question).await?.as_ref().map(Code::read).transpose()
    })
    .await
}

/// The code is locked by its set's row, so the mark meets it.
async fn mark(unit: &SeaUnit, code: Uuid, at: Timestamp) -> Result<(), StorageError> {
    let values = [code.into(), at.as_millis().into()];
    unit.run(async |connection| {
        let change = Statement::from_sql_and_values(connection.get_database_backend(), MARK, values);
        match connection.execute_raw(change).await?.rows_affected() {
            1 => Ok(()),
            _ => Err(DbErr::RecordNotUpdated),
        }
    })
    .await
}

struct Code {
    user: Uuid,
    set: Uuid,
    service: String,
    id: Uuid,
    position: i64,
    used_at: Option<i64>,
    key_id: String,
    cell: String,
    unused: i64,
}

impl Code {
    fn read(row: &QueryResult) -> Result<Self, DbErr> {
        let read = || -> Result<Self, TryGetError> {
            Ok(Self {
                user: row.try_get_by(0)?,
                set: row.try_get_by(1)?,
                service: row.try_get_by(2)?,
                id: row.try_get_by(3)?,
                position: row.try_get_by(4)?,
                used_at: row.try_get_by(5)?,
                key_id: row.try_get_by(6)?,
                cell: row.try_get_by(7)?,
                unused: row.try_get_by(8)?,
            })
        };
        read().map_err(DbErr::from)
    }

    fn disclosure(self) -> Result<CodeDisclosure, StorageError> {
        let position = Column("recovery_codes", "position");
        let index = u64::try_from(self.position).ok().and_then(|number| CodeIndex::new(number).ok());
        Ok(CodeDisclosure {
            id: RecoveryCodeId::from_uuid(self.id),
            owner: UserId::from_uuid(self.user),
            set: RecoverySetId::from_uuid(self.set),
            service: self.service.parse().map_err(|_| Column("recovery_sets", "service").corrupt())?,
            index: index.ok_or_else(|| position.corrupt())?,
            remaining: u8::try_from(self.unused)
                .map_err(|_| Column("recovery_codes", "used_at").corrupt())?,
            sealed: Sealed { key_id: KeyId::from_stored(self.key_id), cell: self.cell },
        })
    }
}
