//! Entries.

use kagi_domain::{
    access::Owner,
    ids::{CategoryId, EntryId},
    model::entry::{Entry, EntryListing, Environment},
    ports::StorageError,
    text::EnvVarName,
    time::Timestamp,
};

use super::{Column, json, text};
use crate::row::{self, shown};

pub(crate) fn entry(row: &shown::Entry) -> Result<Entry, StorageError> {
    let column = |name| Column("entries", name);
    let environment = Environment::from_text(&row.environment);
    Ok(Entry {
        id: EntryId::from_uuid(row.id),
        category: CategoryId::from_uuid(row.category_id),
        project: column("project_name").parse(&row.project_name)?,
        environment: environment.ok_or_else(|| column("environment").corrupt())?,
        description: column("description").prose(row.description.as_deref())?,
        notes: column("notes").prose(row.notes.as_deref())?,
        expires_at: column("expires_at").time_option(row.expires_at)?,
        filled: column("filled").names(&row.filled)?,
        version: column("version").version(row.version)?,
        revision: column("revision").revision(row.revision)?,
        created_at: column("created_at").time(row.created_at)?,
        updated_at: column("updated_at").time(row.updated_at)?,
    })
}

/// An entry with its category, as lists show them.
pub(crate) fn listing(row: &shown::Listed) -> Result<EntryListing, StorageError> {
    let entry = entry(&row.entry)?;
    let category = row.category.as_ref().ok_or_else(|| Column("entries", "category_id").corrupt())?;
    Ok(EntryListing { category: super::summary(entry.category, category)?, entry })
}

pub(crate) fn entry_row(owner: &Owner, entry: &Entry) -> row::entry::Model {
    row::entry::Model {
        id: entry.id.as_uuid(),
        user_id: owner.user().as_uuid(),
        category_id: entry.category.as_uuid(),
        project_name: entry.project.to_string(),
        project_key: entry.project.key(),
        environment: entry.environment.as_str().to_owned(),
        description: text(entry.description.as_ref()),
        notes: text(entry.notes.as_ref()),
        expires_at: entry.expires_at.map(Timestamp::as_millis),
        filled: json(entry.filled.iter().map(EnvVarName::as_str)),
        version: i64::from(entry.version),
        revision: entry.revision.0,
        search_text: entry.search_text(),
        created_at: entry.created_at.as_millis(),
        updated_at: entry.updated_at.as_millis(),
    }
}
