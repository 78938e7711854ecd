//! What is shown of entries and their categories: only these columns, read by their place. Finding
//! each by its name took most of a list's time.

use sea_orm::{
    ConnectionTrait, DbErr, JoinType, QueryResult, QuerySelect, QueryTrait, RelationTrait, Select,
    TryGetable, entity::prelude::*,
};

use super::{category, entry};

const ENTRY: [entry::Column; 12] = [
    entry::Column::Id,
    entry::Column::CategoryId,
    entry::Column::ProjectName,
    entry::Column::Environment,
    entry::Column::Description,
    entry::Column::Notes,
    entry::Column::ExpiresAt,
    entry::Column::Filled,
    entry::Column::Version,
    entry::Column::Revision,
    entry::Column::CreatedAt,
    entry::Column::UpdatedAt,
];

const CATEGORY: [category::Column; 6] = [
    category::Column::Name,
    category::Column::KeyType,
    category::Column::EnvVarName,
    category::Column::FieldDefinitions,
    category::Column::IconSlug,
    category::Column::Color,
];

/// An entry without what only the database needs.
pub(crate) struct Entry {
    pub(crate) id: Uuid,
    pub(crate) category_id: Uuid,
    pub(crate) project_name: String,
    pub(crate) environment: String,
    pub(crate) description: Option<String>,
    pub(crate) notes: Option<String>,
    pub(crate) expires_at: Option<i64>,
    pub(crate) filled: String,
    pub(crate) version: i64,
    pub(crate) revision: i64,
    pub(crate) created_at: i64,
    pub(crate) updated_at: i64,
}

/// What an entry's listing says of its category.
pub(crate) struct Category {
    pub(crate) name: String,
    pub(crate) key_type: String,
    pub(crate) env_var_name: Option<String>,
    pub(crate) field_definitions: String,
    pub(crate) icon_slug: Option<String>,
    pub(crate) color: Option<String>,
}

/// An entry with its category, which is missing where the row that it names is.
pub(crate) struct Listed {
    pub(crate) entry: Entry,
    pub(crate) category: Option<Category>,
}

/// Entries alone. Filters and order are the caller's.
pub(crate) fn entries() -> Select<entry::Entity> {
    entry::Entity::find().select_only().columns(ENTRY)
}

/// Entries with their categories. Filters and order are the caller's.
pub(crate) fn listed() -> Select<entry::Entity> {
    entries().columns(CATEGORY).join(JoinType::LeftJoin, entry::Relation::Category.def())
}

/// The rows of a query that [`entries`] or [`listed`] began.
pub(crate) async fn all<T: Shown>(
    query: Select<entry::Entity>,
    connection: &impl ConnectionTrait,
) -> Result<Vec<T>, DbErr> {
    let rows = connection.query_all(&query.into_query()).await?;
    rows.iter().map(|row| T::read(&mut Columns::of(row))).collect()
}

/// Something that a row begins with.
pub(crate) trait Shown: Sized {
    fn read(columns: &mut Columns<'_>) -> Result<Self, DbErr>;
}

/// A row's columns, one after the other.
pub(crate) struct Columns<'a> {
    row: &'a QueryResult,
    next: usize,
}

impl<'a> Columns<'a> {
    /// From the first on.
    pub(crate) const fn of(row: &'a QueryResult) -> Self {
        Self { row, next: 0 }
    }

    /// Those that a query names behind what [`listed`] does.
    pub(crate) const fn behind_listed(row: &'a QueryResult) -> Self {
        Self { row, next: ENTRY.len() + CATEGORY.len() }
    }

    pub(crate) fn next<T: TryGetable>(&mut self) -> Result<T, DbErr> {
        self.next += 1;
        self.row.try_get_by_index(self.next - 1)
    }
}

impl Shown for Entry {
    fn read(columns: &mut Columns<'_>) -> Result<Self, DbErr> {
        Ok(Self {
            id: columns.next()?,
            category_id: columns.next()?,
            project_name: columns.next()?,
            environment: columns.next()?,
            description: columns.next()?,
            notes: columns.next()?,
            expires_at: columns.next()?,
            filled: columns.next()?,
            version: columns.next()?,
            revision: columns.next()?,
            created_at: columns.next()?,
            updated_at: columns.next()?,
        })
    }
}

impl Shown for Listed {
    fn read(columns: &mut Columns<'_>) -> Result<Self, DbErr> {
        let (entry, name) = (Entry::read(columns)?, columns.next::<Option<String>>()?);
        let category = name.map(|name| Category::read(name, columns)).transpose()?;
        Ok(Self { entry, category })
    }
}

impl Category {
    fn read(name: String, columns: &mut Columns<'_>) -> Result<Self, DbErr> {
        Ok(Self {
            name,
            key_type: columns.next()?,
            env_var_name: columns.next()?,
            field_definitions: columns.next()?,
            icon_slug: columns.next()?,
            color: columns.next()?,
        })
    }
}
