//! Env projects, their files, and the versions of the files' contents.

use super::Migration;

pub(super) const MIGRATION: Migration = Migration {
    name: "m20261126_000001_env_projects",
    statements: &[
        "CREATE TABLE env_projects (
            id {uuid} NOT NULL PRIMARY KEY,
            user_id {uuid} NOT NULL REFERENCES users (id) ON DELETE CASCADE,
            name TEXT NOT NULL,
            name_key {key} NOT NULL,
            description TEXT,
            search_text {key} NOT NULL,
            revision {int} NOT NULL,
            created_at {int} NOT NULL,
            updated_at {int} NOT NULL
        ){options}",
        "CREATE UNIQUE INDEX env_projects_name_unique ON env_projects (user_id, name_key)",
        "CREATE INDEX env_projects_by_user ON env_projects (user_id, id)",
        "CREATE TABLE env_files (
            id {uuid} NOT NULL PRIMARY KEY,
            project_id {uuid} NOT NULL REFERENCES env_projects (id) ON DELETE CASCADE,
            file_type TEXT NOT NULL,
            size {int} NOT NULL,
            version {int} NOT NULL,
            created_at {int} NOT NULL,
            updated_at {int} NOT NULL
        ){options}",
        "CREATE UNIQUE INDEX env_files_type_unique ON env_files (project_id, file_type)",
        // The cell stands last: it may be long, and SQLite would read through it to what is behind.
        "CREATE TABLE env_file_versions (
            file_id {uuid} NOT NULL REFERENCES env_files (id) ON DELETE CASCADE,
            number {int} NOT NULL,
            key_id {key} NOT NULL,
            actor_kind TEXT NOT NULL,
            actor_id {uuid},
            actor_name TEXT NOT NULL,
            created_at {int} NOT NULL,
            cell TEXT NOT NULL,
            PRIMARY KEY (file_id, number)
        ){options}",
        "CREATE INDEX env_file_versions_by_key ON env_file_versions (key_id)",
    ],
};
