//! Recovery sets and their codes.

use kagi_domain::{
    access::Owner,
    ids::RecoverySetId,
    model::recovery_set::{CodeUse, RecoverySet},
    ports::{NewCode, StorageError},
    text::Title,
};

use super::Column;
use crate::row::{
    recovery_code,
    recovery_set::{Listed, Model},
};

pub(crate) fn recovery_set(row: &Listed) -> Result<RecoverySet, StorageError> {
    let column = |name| Column("recovery_sets", name);
    Ok(RecoverySet {
        id: RecoverySetId::from_uuid(row.id),
        service: column("service").parse(&row.service)?,
        label: column("label").parse_option(row.label.as_deref())?,
        codes: codes(row.uses.as_deref())?,
        revision: column("revision").revision(row.revision)?,
        created_at: column("created_at").time(row.created_at)?,
        updated_at: column("updated_at").time(row.updated_at)?,
    })
}

/// Reads what [`Listed`] gathers; a set without any code cannot be.
fn codes(uses: Option<&str>) -> Result<Vec<CodeUse>, StorageError> {
    let column = Column("recovery_codes", "used_at");
    let code = |text: &str| {
        let millis = (!text.is_empty()).then(|| text.parse()).transpose().map_err(|_| column.corrupt())?;
        Ok(CodeUse { used_at: column.time_option(millis)? })
    };
    uses.ok_or_else(|| column.corrupt())?.split(',').map(code).collect()
}

pub(crate) fn recovery_set_row(owner: &Owner, set: &RecoverySet) -> Model {
    Model {
        id: set.id.as_uuid(),
        user_id: owner.user().as_uuid(),
        service: set.service.to_string(),
        label: set.label.as_ref().map(Title::to_string),
        search_text: set.search_text(),
        revision: set.revision.0,
        created_at: set.created_at.as_millis(),
        updated_at: set.updated_at.as_millis(),
    }
}

/// A code's row at its place.
pub(crate) fn code_row(set: RecoverySetId, position: i64, code: &NewCode) -> recovery_code::Model {
    recovery_code::Model {
        id: code.id.as_uuid(),
        set_id: set.as_uuid(),
        position,
        key_id: code.sealed.key_id.as_str().to_owned(),
        cell: code.sealed.cell.clone(),
        used_at: None,
    }
}
