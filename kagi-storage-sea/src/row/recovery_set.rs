//! `recovery_sets`, and a set as it is read, with its codes' uses.

use sea_orm::{FromQueryResult, QuerySelect, Select, entity::prelude::*, sea_query::Expr};

#[derive(Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "recovery_sets")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) user_id: Uuid,
    pub(crate) service: String,
    pub(crate) label: Option<String>,
    pub(crate) search_text: String,
    pub(crate) revision: i64,
    pub(crate) created_at: i64,
    pub(crate) updated_at: i64,
}

super::opaque_debug!("recovery_sets");

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// The times at which a set's codes were used, in order, with nothing for an unused one: `,17,`.
const USES: &str = "(SELECT string_agg(coalesce(CAST(c.used_at AS TEXT), ''), ',' ORDER BY c.position) \
                    FROM recovery_codes c WHERE c.set_id = recovery_sets.id)";

/// A set with its codes' uses.
#[derive(FromQueryResult)]
pub(crate) struct Listed {
    pub(crate) id: Uuid,
    pub(crate) service: String,
    pub(crate) label: Option<String>,
    pub(crate) uses: Option<String>,
    pub(crate) revision: i64,
    pub(crate) created_at: i64,
    pub(crate) updated_at: i64,
}

impl Listed {
    /// Reads sets and uses in one statement, so that they are of one moment.
    pub(crate) fn find() -> Select<Entity> {
        Entity::find()
            .select_only()
            .columns([
                Column::Id,
                Column::Service,
                Column::Label,
                Column::Revision,
                Column::CreatedAt,
                Column::UpdatedAt,
            ])
            .column_as(Expr::cust(USES), "uses")
    }
}
