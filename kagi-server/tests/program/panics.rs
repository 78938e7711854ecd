//! What a panic leaves behind. The program has no bug to call on, so the test starts itself again
//! and panics where the program would: in a process in which `run` has run.

use std::{env, ffi::OsStr, process::Command, thread};

use clap::Parser;
use kagi_server::cli::Cli;

use crate::support::finish;

/// In the second process: the command that runs before the panic.
const AFTER: &str = "PANIC_AFTER";
const SECRET: &str = "sk-live-51c0ffee";

/// `keygen` has no log, `migrate` starts one.
#[test]
fn a_panic_tells_its_place_and_not_its_message() {
    if let Some(command) = env::var_os(AFTER) {
        return panic_after(&command);
    }
    let folder = tempfile::tempdir().unwrap();
    for command in ["keygen", "migrate"] {
        let mut again = Command::new(env::current_exe().unwrap());
        again.args(["--exact", "panics::a_panic_tells_its_place_and_not_its_message", "--nocapture"]);
        again.current_dir(&folder).env_clear().env("DATABASE_URL", "sqlite://kagi.db").env(AFTER, command);
        let told = finish(&mut again);
        told.success();
        assert!(told.err.contains("panics.rs:"), "{command} told no place: {told:?}");
        assert!(!format!("{told:?}").contains(SECRET), "{command} told the message: {told:?}");
    }
}

fn panic_after(command: &OsStr) {
    let _ = kagi_server::run(&Cli::parse_from([OsStr::new("kagi-server"), command]));
    let panicked = thread::spawn(|| panic!("invalid value {SECRET:?}")).join();
    assert!(panicked.is_err());
}
