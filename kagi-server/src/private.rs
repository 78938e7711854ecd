//! Files that nobody but their owner should read: the master key, the database, the settings.

use std::{
    fs::{self, Permissions},
    os::unix::fs::{MetadataExt, PermissionsExt},
    path::Path,
};

/// What a group and everybody else may do.
const OTHERS: u32 = 0o077;

/// Takes a file or folder of ours from everybody else. What is not there, or another's, is left alone.
pub(crate) fn tighten(place: &Path) {
    let Some(mode) = open_mode(place) else { return };
    match fs::set_permissions(place, Permissions::from_mode(mode & !OTHERS)) {
        Ok(()) => {
            tracing::warn!(file = %place.display(), "others could use this file; now only its owner can");
        }
        Err(_) => warn(place),
    }
}

/// Says in the log when others can read or change a file of ours.
pub(crate) fn warn(file: &Path) {
    if open_mode(file).is_some() {
        tracing::warn!(file = %file.display(), "others than its owner can use this file; take that away (chmod go=)");
    }
}

/// The mode of something of ours that others can use. What belongs to somebody else was given to us as
/// it is: the secrets of a container are readable by all.
fn open_mode(place: &Path) -> Option<u32> {
    let found = fs::metadata(place).ok()?;
    let own = found.uid() == rustix::process::geteuid().as_raw();
    (own && found.mode() & OTHERS != 0).then_some(found.mode() & 0o7777)
}
