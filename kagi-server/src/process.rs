//! What the process asks of the system for itself.

/// No core dumps and no debugger of the same user, because the memory holds plaintext and keys;
/// files that are made are for their owner only; and as many descriptors as the system allows.
/// What the system refuses is left as it is.
#[cfg(target_os = "linux")]
pub(crate) fn harden() {
    use rustix::{
        fs::Mode,
        process::{DumpableBehavior, Resource, Rlimit, getrlimit, set_dumpable_behavior, setrlimit, umask},
    };
    let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
    let _ = set_dumpable_behavior(DumpableBehavior::NotDumpable);
    umask(Mode::RWXG | Mode::RWXO);
    let Rlimit { maximum, .. } = getrlimit(Resource::Nofile);
    let _ = setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum });
}

/// Other systems have their own ways; the limits that they share are the same.
#[cfg(all(unix, not(target_os = "linux")))]
pub(crate) fn harden() {
    use rustix::{
        fs::Mode,
        process::{Resource, Rlimit, setrlimit, umask},
    };
    let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
    umask(Mode::RWXG | Mode::RWXO);
}
