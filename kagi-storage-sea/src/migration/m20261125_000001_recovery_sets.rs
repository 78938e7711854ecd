//! Recovery sets and their codes.

use super::Migration;

pub(super) const MIGRATION: Migration = Migration {
    name: "m20261125_000001_recovery_sets",
    statements: &[
        "CREATE TABLE recovery_sets (
            id {uuid} NOT NULL PRIMARY KEY,
            user_id {uuid} NOT NULL REFERENCES users (id) ON DELETE CASCADE,
            service TEXT NOT NULL,
            label TEXT,
            search_text {key} NOT NULL,
            revision {int} NOT NULL,
            created_at {int} NOT NULL,
            updated_at {int} NOT NULL
        ){options}",
        "CREATE INDEX recovery_sets_by_user ON recovery_sets (user_id, id)",
        // How many codes there are and were used is not kept beside them: it could disagree.
        "CREATE TABLE recovery_codes (
            id {uuid} NOT NULL PRIMARY KEY,
            set_id {uuid} NOT NULL REFERENCES recovery_sets (id) ON DELETE CASCADE,
            position {int} NOT NULL,
            key_id {key} NOT NULL,
            cell TEXT NOT NULL,
            used_at {int}
        ){options}",
        "CREATE UNIQUE INDEX recovery_codes_place_unique ON recovery_codes (set_id, position)",
        "CREATE INDEX recovery_codes_by_key ON recovery_codes (key_id)",
    ],
};
