//! The program that people run.

use std::{path::PathBuf, process::Command};

use tempfile::TempDir;

use kagi_crypto::MasterKey;

use super::{database::Database, process::Process};

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

    /// A server on a fresh database, where anybody may register.
    pub(crate) fn open(database: &Database) -> Self {
        Self::open_with(database, &[])
    }

    /// The same with further settings.
    pub(crate) fn open_with(database: &Database, settings: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut command = Command::new(program());
        command.arg("serve").current_dir(folder.path()).env_clear().env("KAGI_LISTEN", "127.0.0.1:0");
        command.env("KAGI_ENCRYPTION_KEY", MasterKey::generate_hex().expose());
        command.env("DATABASE_URL", &database.address).env("KAGI_SIGN_UP", "open").env("KAGI_LOG", "off");
        command.envs(settings.iter().copied());
        let process = Process::start(&mut command);
        let set_up = process.word_behind("Make the first one: ");
        let url = process.word_behind("ready at ");
        Self { _process: process, _folder: folder, url, set_up }
    }
}

/// The server's binary, which cargo builds beside this one for the server's own tests.
pub(crate) fn program() -> PathBuf {
    let own = std::env::current_exe().unwrap();
    let folder = own.parent().and_then(|deps| deps.parent()).expect("tests run from target/…/deps");
    let program = folder.join("kagi-server");
    assert!(program.exists(), "build it first: cargo build -p kagi-server");
    program
}
