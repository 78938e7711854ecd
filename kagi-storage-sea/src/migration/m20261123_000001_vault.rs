//! People, sign-ins, categories, entries, access keys, the trail, the throttle, the key check.

use super::Migration;

pub(super) const MIGRATION: Migration = Migration {
    name: "m20261123_000001_vault",
    statements: &[
        "CREATE TABLE users (
            id {uuid} NOT NULL PRIMARY KEY,
            email {key} NOT NULL,
            name TEXT,
            password_hash TEXT,
            disabled_at {int},
            created_at {int} NOT NULL,
            revision {int} NOT NULL
        ){clustered}",
        "CREATE UNIQUE INDEX users_email_unique ON users (email)",
        "CREATE TABLE sessions (
            id {uuid} NOT NULL PRIMARY KEY,
            user_id {uuid} NOT NULL REFERENCES users (id) ON DELETE CASCADE,
            token_digest {bytes} NOT NULL,
            created_at {int} NOT NULL,
            last_seen_at {int} NOT NULL,
            authenticated_at {int} NOT NULL,
            user_agent TEXT
        ){clustered}",
        "CREATE UNIQUE INDEX sessions_digest_unique ON sessions (token_digest)",
        "CREATE INDEX sessions_by_user ON sessions (user_id, id)",
        "CREATE INDEX sessions_by_beginning ON sessions (created_at)",
        "CREATE INDEX sessions_by_sight ON sessions (last_seen_at)",
        "CREATE TABLE categories (
            id {uuid} NOT NULL PRIMARY KEY,
            user_id {uuid} NOT NULL REFERENCES users (id) ON DELETE CASCADE,
            name TEXT NOT NULL,
            name_key {key} NOT NULL,
            key_type TEXT NOT NULL,
            env_var_name TEXT,
            field_definitions TEXT NOT NULL,
            public_names TEXT,
            description TEXT,
            icon_slug TEXT,
            color TEXT,
            search_text {key} NOT NULL,
            entry_search_text {key} NOT NULL,
            entry_count {int} NOT NULL,
            revision {int} NOT NULL,
            created_at {int} NOT NULL,
            updated_at {int} NOT NULL
        ){options}",
        "CREATE UNIQUE INDEX categories_name_unique ON categories (user_id, name_key)",
        "CREATE TABLE entries (
            id {uuid} NOT NULL PRIMARY KEY,
            user_id {uuid} NOT NULL REFERENCES users (id) ON DELETE CASCADE,
            category_id {uuid} NOT NULL REFERENCES categories (id) ON DELETE CASCADE,
            project_name TEXT NOT NULL,
            project_key {key} NOT NULL,
            environment TEXT NOT NULL,
            description TEXT,
            notes TEXT,
            expires_at {int},
            filled TEXT NOT NULL,
            version {int} NOT NULL,
            revision {int} NOT NULL,
            search_text {key} NOT NULL,
            created_at {int} NOT NULL,
            updated_at {int} NOT NULL
        ){options}",
        "CREATE UNIQUE INDEX entries_place_unique ON entries (category_id, project_key, environment)",
        "CREATE INDEX entries_by_user ON entries (user_id, id)",
        "CREATE INDEX entries_by_category ON entries (category_id, id)",
        "CREATE INDEX entries_by_project ON entries (user_id, project_key, id)",
        "CREATE INDEX entries_by_environment ON entries (user_id, environment, id)",
        "CREATE INDEX entries_by_expiry ON entries (user_id, expires_at, id) WHERE expires_at IS NOT NULL",
        "CREATE TABLE entry_versions (
            entry_id {uuid} NOT NULL REFERENCES entries (id) ON DELETE CASCADE,
            number {int} NOT NULL,
            key_id {key} NOT NULL,
            cell TEXT NOT NULL,
            actor_kind TEXT NOT NULL,
            actor_id {uuid},
            actor_name TEXT NOT NULL,
            created_at {int} NOT NULL,
            PRIMARY KEY (entry_id, number)
        ){options}",
        "CREATE INDEX entry_versions_by_key ON entry_versions (key_id)",
        "CREATE TABLE access_keys (
            id {uuid} NOT NULL PRIMARY KEY,
            user_id {uuid} NOT NULL REFERENCES users (id) ON DELETE CASCADE,
            name TEXT NOT NULL,
            search_text {key} NOT NULL,
            prefix TEXT NOT NULL,
            digest {bytes} NOT NULL,
            scopes TEXT NOT NULL,
            projects TEXT,
            expires_at {int},
            last_used_at {int},
            created_at {int} NOT NULL
        ){clustered}",
        "CREATE UNIQUE INDEX access_keys_digest_unique ON access_keys (digest)",
        "CREATE INDEX access_keys_by_user ON access_keys (user_id, id)",
        // No foreign key: the trail outlives the person, for the operator; and an event can always
        // be written.
        "CREATE TABLE audit_events (
            id {uuid} NOT NULL PRIMARY KEY,
            user_id {uuid},
            action TEXT NOT NULL,
            result TEXT NOT NULL,
            actor_kind TEXT NOT NULL,
            actor_id {uuid},
            actor_name TEXT NOT NULL,
            target_type TEXT,
            target_id TEXT,
            ip TEXT,
            request_id {uuid} NOT NULL,
            created_at {int} NOT NULL
        ){clustered}",
        "CREATE INDEX audit_events_by_user ON audit_events (user_id, id)",
        "CREATE TABLE throttle_buckets (
            digest {bytes} NOT NULL PRIMARY KEY,
            touched_at {int} NOT NULL
        ){clustered}",
        "CREATE INDEX throttle_buckets_by_touch ON throttle_buckets (touched_at)",
        "CREATE TABLE throttle_strikes (
            bucket {bytes} NOT NULL REFERENCES throttle_buckets (digest) ON DELETE CASCADE,
            struck_at {int} NOT NULL,
            strikes {int} NOT NULL,
            PRIMARY KEY (bucket, struck_at)
        ){clustered}",
        "CREATE TABLE installation (
            id {int} NOT NULL PRIMARY KEY CHECK (id = 1),
            key_id TEXT,
            cell TEXT,
            set_up_at {int}
        ){options}",
    ],
};
