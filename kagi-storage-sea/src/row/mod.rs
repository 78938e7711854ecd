//! The tables as SeaORM sees them. Nothing here leaves the crate; `convert` is the door.

pub(crate) mod access_key;
pub(crate) mod audit_event;
pub(crate) mod category;
pub(crate) mod entry;
pub(crate) mod env_file;
pub(crate) mod env_project;
pub(crate) mod recovery_code;
pub(crate) mod recovery_set;
pub(crate) mod session;
pub(crate) mod shown;
pub(crate) mod user;

/// Rows hold hashes, digests and cells, so their `Debug` says no more than the table.
macro_rules! opaque_debug {
    ($table:literal) => {
        impl std::fmt::Debug for Model {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!("a row of ", $table))
            }
        }
    };
}

pub(crate) use opaque_debug;
