//! Categories.

use kagi_domain::{
    access::Owner,
    ids::CategoryId,
    model::{
        category::{Category, KeyType, Shape},
        entry::CategorySummary,
    },
    ports::StorageError,
    text::{Color, EnvVarName, IconSlug},
};

use super::{Column, json, text};
use crate::row::{category::Model, shown};

pub(crate) fn category(row: &Model) -> Result<Category, StorageError> {
    let column = |name| Column("categories", name);
    Ok(Category {
        id: CategoryId::from_uuid(row.id),
        name: column("name").parse(&row.name)?,
        shape: shape(&row.key_type, row.env_var_name.as_deref(), &row.field_definitions)?,
        public_names: column("public_names").list_option(row.public_names.as_deref())?,
        description: column("description").prose(row.description.as_deref())?,
        icon: column("icon_slug").decoration(row.icon_slug.as_deref()),
        color: column("color").decoration(row.color.as_deref()),
        revision: column("revision").revision(row.revision)?,
        created_at: column("created_at").time(row.created_at)?,
        updated_at: column("updated_at").time(row.updated_at)?,
    })
}

pub(crate) fn summary(id: CategoryId, row: &shown::Category) -> Result<CategorySummary, StorageError> {
    let column = |name| Column("categories", name);
    Ok(CategorySummary {
        id,
        name: column("name").parse(&row.name)?,
        shape: shape(&row.key_type, row.env_var_name.as_deref(), &row.field_definitions)?,
        icon: column("icon_slug").decoration(row.icon_slug.as_deref()),
        color: column("color").decoration(row.color.as_deref()),
    })
}

pub(crate) fn shape(key_type: &str, env_var: Option<&str>, fields: &str) -> Result<Shape, StorageError> {
    let column = |name| Column("categories", name);
    let kind = KeyType::from_text(key_type).ok_or_else(|| column("key_type").corrupt())?;
    let env_var = column("env_var_name").parse_option(env_var)?;
    let fields = column("field_definitions").list(fields)?;
    Shape::new(kind, env_var, fields).map_err(|_| column("field_definitions").corrupt())
}

/// A row for a new category; an update leaves its `entry_count` out.
pub(crate) fn category_row(owner: &Owner, category: &Category) -> Model {
    let names = |names: &[EnvVarName]| json(names.iter().map(EnvVarName::as_str));
    Model {
        id: category.id.as_uuid(),
        user_id: owner.user().as_uuid(),
        name: category.name.to_string(),
        name_key: category.name.key(),
        key_type: category.shape.key_type().as_str().to_owned(),
        env_var_name: category.shape.env_var().map(EnvVarName::to_string),
        field_definitions: names(category.shape.fields()),
        public_names: category.public_names.as_deref().map(names),
        description: text(category.description.as_ref()),
        icon_slug: category.icon.as_ref().map(IconSlug::to_string),
        color: category.color.as_ref().map(Color::to_string),
        search_text: category.search_text(),
        entry_search_text: category.entry_search_text(),
        entry_count: 0,
        revision: category.revision.0,
        created_at: category.created_at.as_millis(),
        updated_at: category.updated_at.as_millis(),
    }
}
