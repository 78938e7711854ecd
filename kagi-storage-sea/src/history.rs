//! Where versions are kept: two tables of the same columns, and one way to read and write both.

/// A table of versions.
#[derive(Debug, Clone, Copy)]
pub(crate) struct History {
    pub(crate) table: &'static str,
    /// The column that tells what a row is a version of.
    pub(crate) of: &'static str,
}

/// The versions of entries' values.
pub(crate) const OF_ENTRIES: History = History { table: "entry_versions", of: "entry_id" };

/// The versions of env files' contents.
pub(crate) const OF_ENV_FILES: History = History { table: "env_file_versions", of: "file_id" };
