//! `recovery_codes`: the only table that holds cells of recovery codes.

use sea_orm::entity::prelude::*;

#[derive(Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "recovery_codes")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) set_id: Uuid,
    pub(crate) position: i64,
    pub(crate) key_id: String,
    pub(crate) cell: String,
    pub(crate) used_at: Option<i64>,
}

super::opaque_debug!("recovery_codes");

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
