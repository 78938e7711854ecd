//! The program that people run.

use std::{net::TcpListener, path::PathBuf, process::Command};

use tempfile::TempDir;

use kagi_crypto::MasterKey;

use super::{database::Database, process::Process};

pub(crate) struct Server {
    _process: Process,
    folder: TempDir,
    settings: Vec<(&'static str, String)>,
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
        Self { _process: process, folder, settings: Vec::new(), url, set_up }
    }

    /// A server on a fresh database, where anybody may register, and whose Keycloak does not answer.
    pub(crate) fn open(database: &Database) -> Self {
        Self::open_with(database, &[])
    }

    /// The same with further settings.
    pub(crate) fn open_with(database: &Database, further: &[(&'static str, &str)]) -> Self {
        let mut settings = known_to("http://127.0.0.1:1");
        for (name, value) in [("KAGI_LISTEN", "127.0.0.1:0"), ("KAGI_SIGN_UP", "open"), ("KAGI_LOG", "off")] {
            settings.push((name, value.to_owned()));
        }
        settings.push(("DATABASE_URL", database.address.clone()));
        settings.extend(further.iter().map(|(name, value)| (*name, (*value).to_owned())));
        Self::serve(settings)
    }

    /// A server on a database of its own, where people of `tests/keycloak/realm.json` sign in.
    pub(crate) fn with_keycloak() -> Self {
        let keycloak = std::env::var("KAGI_TEST_KEYCLOAK").expect("KAGI_TEST_KEYCLOAK names a server");
        let mut settings = known_to(&keycloak);
        settings.extend([("KAGI_LISTEN", free_address()), ("KAGI_LOG", "warn".to_owned())]);
        Self::serve(settings)
    }

    fn serve(mut settings: Vec<(&'static str, String)>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        settings.push(("KAGI_ENCRYPTION_KEY", MasterKey::generate_hex().expose().to_owned()));
        let mut command = Command::new(program());
        command.arg("serve").current_dir(folder.path()).env_clear().envs(settings.iter().cloned());
        let process = Process::start(&mut command);
        let set_up = process.word_behind("Make the first one: ");
        let url = process.word_behind("ready at ");
        Self { _process: process, folder, settings, url, set_up }
    }

    /// Runs a command beside it, with the same settings.
    pub(crate) fn command(&self, arguments: &[&str]) {
        let mut command = Command::new(program());
        command.args(arguments).current_dir(self.folder.path()).env_clear();
        let done = command.envs(self.settings.iter().cloned()).output().unwrap();
        assert!(done.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
    }
}

/// How a server is known to a Keycloak at this address, as `tests/keycloak/realm.json` has it.
fn known_to(keycloak: &str) -> Vec<(&'static str, String)> {
    let settings = [
        ("KEYCLOAK_URL", keycloak),
        ("KEYCLOAK_REALM", "team"),
        ("KEYCLOAK_CLIENT_ID", "kagi"),
        ("KEYCLOAK_CLIENT_SECRET", "client-secret-of-a-test"),
    ];
    settings.map(|(name, value)| (name, value.to_owned())).to_vec()
}

/// An address of loopback with a port that was free a moment ago: Keycloak is told it before anybody listens.
fn free_address() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    listener.local_addr().expect("it has an address").to_string()
}

/// The server's binary, which cargo builds beside this one for the server's own tests.
pub(crate) fn program() -> PathBuf {
    let own = std::env::current_exe().unwrap();
    let folder = own.parent().and_then(|deps| deps.parent()).expect("tests run from target/…/deps");
    let program = folder.join("kagi-server");
    assert!(program.exists(), "build it first: cargo build -p kagi-server");
    program
}
