//! Categories.

use kagi_domain::model::category::CategoryListing;

use super::{names, text};
use crate::{api::answer::View, schema::view};

view! {
    /// A category: the type and format of a key.
    pub(crate) struct CategoryView as "Category" {
        /// Its id.
        id: String = "id",
        /// Its name.
        name: String = "name",
        /// What it is for.
        description: Option<String> = "description",
        /// Its icon.
        icon_slug: Option<String> = "iconSlug",
        /// Its colour, `#rrggbb`.
        color: Option<String> = "color",
        /// `simple` or `group`.
        key_type: &'static str = "keyType",
        /// A simple category's environment variable.
        env_var_name: Option<String> = "envVarName",
        /// A group's fields, in order.
        field_definitions: Vec<String> = "fieldDefinitions",
        /// Those of its names whose values may be shown in a browser.
        public_names: Option<Vec<String>> = "publicNames",
        /// How many entries it has.
        entry_count: u64 = "entryCount",
        /// When it was made.
        created_at: String = "createdAt",
        /// When it was last changed.
        updated_at: String = "updatedAt",
    }
}

impl View for CategoryView {}

impl From<CategoryListing> for CategoryView {
    fn from(CategoryListing { category, entry_count }: CategoryListing) -> Self {
        Self {
            id: category.id.to_string(),
            name: category.name.to_string(),
            description: category.description.map(|description| description.as_str().to_owned()),
            icon_slug: text(category.icon.as_ref()),
            color: text(category.color.as_ref()),
            key_type: category.shape.key_type().as_str(),
            env_var_name: text(category.shape.env_var()),
            field_definitions: names(category.shape.fields()),
            public_names: category.public_names.as_deref().map(names),
            entry_count,
            created_at: category.created_at.to_string(),
            updated_at: category.updated_at.to_string(),
        }
    }
}
