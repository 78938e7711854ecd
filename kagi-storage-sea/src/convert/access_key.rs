//! Access keys.

use kagi_domain::{
    access::{Owner, ProjectLimit, Scope},
    ids::AccessKeyId,
    model::access_key::AccessKey,
    ports::{StorageError, TokenDigest},
    text::ProjectName,
    time::Timestamp,
};

use super::{Column, bytes, json};
use crate::row::access_key::Model;

pub(crate) fn access_key(row: &Model) -> Result<AccessKey, StorageError> {
    let column = |name| Column("access_keys", name);
    let scopes = row.scopes.split(' ').map(|scope| column("scopes").parse(scope));
    let projects = column("projects").list_option(row.projects.as_deref())?;
    Ok(AccessKey {
        id: AccessKeyId::from_uuid(row.id),
        name: column("name").parse(&row.name)?,
        prefix: row.prefix.clone(),
        scopes: scopes.collect::<Result<_, _>>()?,
        projects: projects.map_or(ProjectLimit::All, |names| ProjectLimit::Only(names.into_iter().collect())),
        expires_at: column("expires_at").time_option(row.expires_at)?,
        last_used_at: column("last_used_at").time_option(row.last_used_at)?,
        created_at: column("created_at").time(row.created_at)?,
    })
}

pub(crate) fn access_key_row(owner: &Owner, key: &AccessKey, digest: &TokenDigest) -> Model {
    let scopes: Vec<_> = key.scopes.iter().copied().map(Scope::as_str).collect();
    let projects = match &key.projects {
        ProjectLimit::All => None,
        ProjectLimit::Only(names) => Some(json(names.iter().map(ProjectName::as_str))),
    };
    Model {
        id: key.id.as_uuid(),
        user_id: owner.user().as_uuid(),
        name: key.name.to_string(),
        search_text: key.name.key(),
        prefix: key.prefix.clone(),
        digest: bytes(digest),
        scopes: scopes.join(" "),
        projects,
        expires_at: key.expires_at.map(Timestamp::as_millis),
        last_used_at: key.last_used_at.map(Timestamp::as_millis),
        created_at: key.created_at.as_millis(),
    }
}
