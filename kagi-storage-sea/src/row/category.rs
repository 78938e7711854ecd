//! `categories`. `entry_count` is kept beside them so that a list costs the same in a vault of any
//! size; only the entry repository writes it.

use sea_orm::entity::prelude::*;

#[derive(Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "categories")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) user_id: Uuid,
    pub(crate) name: String,
    pub(crate) name_key: String,
    pub(crate) key_type: String,
    pub(crate) env_var_name: Option<String>,
    pub(crate) field_definitions: String,
    pub(crate) public_names: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) icon_slug: Option<String>,
    pub(crate) color: Option<String>,
    pub(crate) search_text: String,
    pub(crate) entry_search_text: String,
    pub(crate) entry_count: i64,
    pub(crate) revision: i64,
    pub(crate) created_at: i64,
    pub(crate) updated_at: i64,
}

super::opaque_debug!("categories");

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
