//! The program that people run, as its quick start.

use std::{path::PathBuf, process::Command};

use tempfile::TempDir;

use super::process::Process;

pub(crate) struct Server {
    _process: Process,
    _folder: TempDir,
    /// Where it listens, without a slash at the end.
    pub(crate) url: String,
    /// The link that it printed for the first account.
    pub(crate) set_up: String,
}

impl Server {
    /// A fresh installation on a free port.
    pub(crate) fn quickstart() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut command = Command::new(program());
        command.arg("quickstart").current_dir(folder.path()).env_clear();
        let process = Process::start(command.env("KAGI_LISTEN", "127.0.0.1:0").env("KAGI_LOG", "warn"));
        let set_up = process.word_behind("Make the first one: ");
        let url = process.word_behind("ready at ");
        Self { _process: process, _folder: folder, url, set_up }
    }
}

/// The server's binary, which cargo builds beside this one for the server's own tests.
fn program() -> PathBuf {
    let own = std::env::current_exe().unwrap();
    let folder = own.parent().and_then(|deps| deps.parent()).expect("tests run from target/…/deps");
    let program = folder.join("kagi-server");
    assert!(program.exists(), "build it first: cargo build -p kagi-server");
    program
}
