//! Looking for texts.

use kagi_domain::access::Owner;
use sea_orm::{
    ColumnTrait, DbBackend, EntityTrait, QueryFilter, QuerySelect, QueryTrait,
    sea_query::{Expr, ExprTrait, Func, SimpleExpr},
};

use super::column;
use crate::{
    row::{category, entry},
    storage::SeaStorage,
};

impl SeaStorage {
    /// Whether a folded text occurs in a folded column. A plain search for a substring: nothing in
    /// the text means anything but itself, and its length has no limit.
    pub(super) fn holds(&self, column: SimpleExpr, text: &str) -> SimpleExpr {
        let position = match self.pools.backend {
            DbBackend::Postgres => "strpos",
            _ => "instr",
        };
        Expr::expr(Func::cust(position).arg(column).arg(text)).gt(0)
    }

    /// An entry is found by its own text or by its category's. The categories that match are found
    /// once, not for every entry.
    pub(super) fn entry_search(&self, owner: &Owner, text: &str) -> SimpleExpr {
        let categories = category::Entity::find()
            .select_only()
            .column(category::Column::Id)
            .filter(category::Column::UserId.eq(owner.user().as_uuid()))
            .filter(self.holds(column(category::Entity, category::Column::EntrySearchText), text));
        let own = self.holds(column(entry::Entity, entry::Column::SearchText), text);
        own.or(entry::Column::CategoryId.in_subquery(categories.into_query()))
    }
}
