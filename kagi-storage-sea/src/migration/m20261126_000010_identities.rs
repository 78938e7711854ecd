//! Identities elsewhere that open an account.

use super::Migration;

pub(super) const MIGRATION: Migration = Migration {
    name: "m20261126_000010_identities",
    statements: &[
        "CREATE TABLE identities (
            issuer {key} NOT NULL,
            subject {key} NOT NULL,
            user_id {uuid} NOT NULL REFERENCES users (id) ON DELETE CASCADE,
            linked_at {int} NOT NULL,
            CONSTRAINT identities_key_unique PRIMARY KEY (issuer, subject)
        ){clustered}",
        "CREATE UNIQUE INDEX identities_user_unique ON identities (user_id, issuer)",
    ],
};
