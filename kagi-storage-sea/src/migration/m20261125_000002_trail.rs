//! Reading the trail by action, and a vault as a whole.

use super::Migration;

pub(super) const MIGRATION: Migration = Migration {
    name: "m20261125_000002_trail",
    statements: &[
        // Reveals are nearly all of a trail and the only events on a hot path, so they pay for no
        // second index: a list of them walks `audit_events_by_user`, which they nearly are, and what is
        // rare has an index without them. It is used where the query names the same condition.
        "CREATE INDEX audit_events_by_action ON audit_events (user_id, action, id)
            WHERE action <> 'entry.reveal'",
        "CREATE INDEX categories_by_user ON categories (user_id, id)",
        // For exports alone: the condition always holds, but a query that does not name it cannot take
        // this index. Without it, SQLite prefers the index for lists that others serve better.
        "CREATE INDEX entries_by_category_of_user ON entries (user_id, category_id, id)
            WHERE created_at IS NOT NULL",
    ],
};
