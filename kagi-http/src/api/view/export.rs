//! What an export is made of.

use kagi_domain::model::{entry::Entry, user::User};

use super::text;
use crate::schema::view;

view! {
    /// How an export begins.
    pub(crate) struct ExportHeadView as "ExportHead" {
        /// When it was made.
        exported_at: String = "exportedAt",
        /// The version of Kagi that made it.
        version: String = "version",
        /// Whose vault it is of.
        user: ExportedUserView = "user",
    }
}

view! {
    /// Whose vault an export is of.
    pub(crate) struct ExportedUserView as "ExportedUser" {
        /// Their id.
        id: String = "id",
        /// Their e-mail address.
        email: String = "email",
        /// What to call them.
        name: Option<String> = "name",
        /// When the account was made.
        created_at: String = "createdAt",
    }
}

view! {
    /// An entry in an export, below its category: no value, no code, nothing sealed.
    pub(crate) struct ExportedEntryView as "ExportedEntry" {
        /// Its id.
        id: String = "id",
        /// Its category's id.
        category_id: String = "categoryId",
        /// Its project.
        project_name: String = "projectName",
        /// `production`, `staging`, `development` or `local`.
        environment: &'static str = "environment",
        /// What it is for.
        description: Option<String> = "description",
        /// Remarks.
        notes: Option<String> = "notes",
        /// When it stops working.
        expires_at: Option<String> = "expiresAt",
        /// The number of its value, from 1.
        version: u32 = "version",
        /// When it was made.
        created_at: String = "createdAt",
        /// When it was last changed.
        updated_at: String = "updatedAt",
    }
}

impl ExportHeadView {
    pub(crate) fn new(exported_at: String, version: String, user: &User) -> Self {
        Self { exported_at, version, user: user.into() }
    }
}

impl From<&User> for ExportedUserView {
    fn from(user: &User) -> Self {
        Self {
            id: user.id.to_string(),
            email: user.email.to_string(),
            name: text(user.name.as_ref()),
            created_at: user.created_at.to_string(),
        }
    }
}

impl From<Entry> for ExportedEntryView {
    fn from(entry: Entry) -> Self {
        Self {
            id: entry.id.to_string(),
            category_id: entry.category.to_string(),
            project_name: entry.project.to_string(),
            environment: entry.environment.as_str(),
            description: entry.description.map(|description| description.as_str().to_owned()),
            notes: entry.notes.map(|notes| notes.as_str().to_owned()),
            expires_at: text(entry.expires_at.as_ref()),
            version: entry.version,
            created_at: entry.created_at.to_string(),
            updated_at: entry.updated_at.to_string(),
        }
    }
}
