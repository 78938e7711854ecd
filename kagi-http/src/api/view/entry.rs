//! Entries, without their values.

use kagi_domain::model::entry::{CategorySummary, EntryListing};

use super::{names, text};
use crate::{api::answer::View, schema::view};

view! {
    /// An entry: a category's value in one project and environment. The value is not here.
    pub(crate) struct EntryView as "Entry" {
        /// Its id.
        id: String = "id",
        /// Its category's id.
        category_id: String = "categoryId",
        /// Its category.
        category: SummaryView = "category",
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

view! {
    /// An entry's category.
    struct SummaryView as "EntryCategory" {
        /// Its id.
        id: String = "id",
        /// Its name.
        name: String = "name",
        /// `simple` or `group`.
        key_type: &'static str = "keyType",
        /// A simple category's environment variable.
        env_var_name: Option<String> = "envVarName",
        /// A group's fields, in order.
        field_definitions: Vec<String> = "fieldDefinitions",
        /// Its icon.
        icon_slug: Option<String> = "iconSlug",
        /// Its colour, `#rrggbb`.
        color: Option<String> = "color",
    }
}

impl View for EntryView {}

impl From<EntryListing> for EntryView {
    fn from(EntryListing { entry, category }: EntryListing) -> Self {
        Self {
            id: entry.id.to_string(),
            category_id: entry.category.to_string(),
            category: category.into(),
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

impl From<CategorySummary> for SummaryView {
    fn from(category: CategorySummary) -> Self {
        Self {
            id: category.id.to_string(),
            name: category.name.to_string(),
            key_type: category.shape.key_type().as_str(),
            env_var_name: text(category.shape.env_var()),
            field_definitions: names(category.shape.fields()),
            icon_slug: text(category.icon.as_ref()),
            color: text(category.color.as_ref()),
        }
    }
}
