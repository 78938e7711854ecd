//! `entries`.

use sea_orm::entity::prelude::*;

#[derive(Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "entries")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) user_id: Uuid,
    pub(crate) category_id: Uuid,
    pub(crate) project_name: String,
    pub(crate) project_key: String,
    pub(crate) environment: String,
    pub(crate) description: Option<String>,
    pub(crate) notes: Option<String>,
    pub(crate) expires_at: Option<i64>,
    pub(crate) filled: String,
    pub(crate) version: i64,
    pub(crate) revision: i64,
    pub(crate) search_text: String,
    pub(crate) created_at: i64,
    pub(crate) updated_at: i64,
}

super::opaque_debug!("entries");

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {
    #[sea_orm(
        belongs_to = "super::category::Entity",
        from = "Column::CategoryId",
        to = "super::category::Column::Id"
    )]
    Category,
}

impl Related<super::category::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Category.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
