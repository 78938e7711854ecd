//! Identities elsewhere.

use kagi_domain::{
    ids::UserId,
    model::identity::{Identity, IdentityKey},
    ports::StorageError,
};

use super::Column;
use crate::row;

pub(crate) fn identity(row: &row::identity::Model) -> Result<Identity, StorageError> {
    let column = |name| Column("identities", name);
    let (issuer, subject) = (column("issuer").parse(&row.issuer)?, column("subject").parse(&row.subject)?);
    let linked_at = column("linked_at").time(row.linked_at)?;
    Ok(Identity { key: IdentityKey { issuer, subject }, linked_at })
}

pub(crate) fn identity_row(user: UserId, identity: &Identity) -> row::identity::Model {
    row::identity::Model {
        issuer: identity.key.issuer.to_string(),
        subject: identity.key.subject.to_string(),
        user_id: user.as_uuid(),
        linked_at: identity.linked_at.as_millis(),
    }
}
