//! `quickstart`

use std::{
    ffi::OsString,
    fs::{DirBuilder, File, OpenOptions, Permissions},
    io::{self, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt},
    path::Path,
};

use kagi_crypto::MasterKey;
use kagi_domain::secret::SecretText;

use super::{runtime, say, serve};
use crate::{
    Failure,
    config::{Config, Variables},
    logging, private,
};

const FOLDER: &str = "kagi-data";
const DATABASE: &str = "kagi-data/kagi.db";
const ENV_FILE: &str = "kagi-data/kagi.env";

/// What the folder decides, whatever the environment says.
const DECIDED: [&str; 4] =
    ["DATABASE_URL", "DATABASE_URL_FILE", "KAGI_ENCRYPTION_KEY", "KAGI_ENCRYPTION_KEY_FILE"];

pub(super) fn run(env_file: Option<&Path>) -> Result<(), Failure> {
    if env_file.is_some() {
        return Err(Failure::Said(
            "quickstart keeps its settings in ./kagi-data/kagi.env; use `serve` with --env-file.",
        ));
    }
    let environment = std::env::vars_os().filter(|(name, _)| !DECIDED.iter().any(|decided| name == decided));
    let environment: Vec<_> = environment.collect();
    check(environment.clone())?;
    make_folder()?;
    let variables = gather(environment, Some(Path::new(ENV_FILE)))?;
    logging::start(&variables)?;
    keep_private();
    let config = Config::read(&variables)?;
    runtime()?.block_on(serve::serve(config))
}

/// Reads all settings before anything is made: a key beside no database would stand in the way of the
/// start after the mistake is mended. Where there is no key yet, any will do.
fn check(environment: Vec<(OsString, OsString)>) -> Result<(), Failure> {
    let kept = Some(Path::new(ENV_FILE)).filter(|file| file.exists());
    let mut variables = gather(environment, kept)?;
    if kept.is_none() {
        variables.set("KAGI_ENCRYPTION_KEY", MasterKey::generate_hex());
    }
    if !Config::read_listen(&variables)?.ip().is_loopback() {
        return Err(Failure::Said(
            "quickstart serves this machine only: let KAGI_LISTEN name a loopback address, or use `serve`.",
        ));
    }
    Config::read_log_filter(&variables)?;
    Config::read(&variables)?;
    Ok(())
}

fn gather(environment: Vec<(OsString, OsString)>, kept: Option<&Path>) -> Result<Variables, Failure> {
    let mut variables = Variables::gather(environment, kept)?;
    variables.remove("DATABASE_URL_FILE");
    variables.set("DATABASE_URL", SecretText::new(format!("sqlite://{DATABASE}")));
    Ok(variables)
}

/// Takes from everybody else what they may do with the folder and its files: a copy that was put back, or
/// a generous umask, may have let them in.
fn keep_private() {
    for place in [FOLDER, ENV_FILE, DATABASE, "kagi-data/kagi.db-wal", "kagi-data/kagi.db-shm"] {
        private::tighten(Path::new(place));
    }
}

/// Makes the folder and the key on the first run. A new key never appears beside a database that
/// it cannot open.
fn make_folder() -> Result<(), Failure> {
    match (Path::new(ENV_FILE).exists(), Path::new(DATABASE).exists()) {
        (true, true) => Ok(()),
        (false, true) => Err(Failure::Said(
            "./kagi-data/kagi.db is there, but kagi.env with its master key is not. Put kagi.env back: a new key \
             could not open this database, so none was made.",
        )),
        (true, false) => Err(Failure::Said(
            "./kagi-data/kagi.env is there, but kagi.db is not. Put the database back; or, to begin with an empty \
             one, move kagi.env away and keep it for as long as a copy of the old database exists.",
        )),
        (false, false) => make_key().map_err(|error| Failure::Folder(error.kind())),
    }
}

fn make_key() -> io::Result<()> {
    match DirBuilder::new().mode(0o700).create(FOLDER) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            std::fs::set_permissions(FOLDER, Permissions::from_mode(0o700))?;
        }
        made => made?,
    }
    let key = MasterKey::generate_hex();
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(ENV_FILE)?;
    file.write_all(
        b"# The master key of kagi.db. Keep a copy apart from it: without the key nothing can be read.\n",
    )?;
    file.write_all(b"KAGI_ENCRYPTION_KEY=")?;
    // EXPOSE: this file is where the key is kept.
    file.write_all(key.expose().as_bytes())?;
    file.write_all(b"\n")?;
    // The key is on disk before the first value is sealed under it.
    file.sync_all()?;
    File::open(FOLDER)?.sync_all()?;
    say("Made ./kagi-data with a fresh master key in kagi.env. Keep a copy of that file in a safe place.");
    Ok(())
}
