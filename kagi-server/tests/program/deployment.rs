//! The image, the compose file and the unit of systemd, as far as they can be checked without an engine
//! that runs them: what they say is read, and the program is started the way they start it.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use kagi_storage_sea::DatabaseUrl;
use serde_json::Value;

use crate::support::{KEY, Running, command, finish};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

fn read(name: &str) -> String {
    fs::read_to_string(root().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The instructions of the image's last stage, each with its argument on one line.
fn instructions() -> Vec<(String, String)> {
    let text = read("Dockerfile").replace("\\\n", " ");
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let all: Vec<_> = lines
        .map(|line| line.split_once(' ').unwrap())
        .map(|(name, argument)| (name.to_owned(), argument.trim().to_owned()))
        .collect();
    let stage = all.iter().rposition(|(name, _)| name == "FROM").unwrap();
    all[stage..].to_vec()
}

fn argument(instructions: &[(String, String)], name: &str) -> String {
    let found: Vec<_> = instructions.iter().filter(|(own, _)| own == name).collect();
    assert_eq!(found.len(), 1, "one {name}");
    found[0].1.clone()
}

fn words(json: &str) -> Vec<String> {
    serde_json::from_str(json).unwrap_or_else(|error| panic!("{json} is no list of words: {error}"))
}

fn compose() -> Value {
    serde_saphyr::from_str(&read("compose.yaml")).unwrap()
}

/// A service's environment; `${NAME:-default}` is the default.
fn environment(service: &Value) -> BTreeMap<String, String> {
    let variables = service["environment"].as_object().unwrap().iter();
    let default = |text: &str| match text.strip_prefix("${").and_then(|rest| rest.strip_suffix('}')) {
        Some(inner) => inner.split_once(":-").expect("a default").1.to_owned(),
        None => text.to_owned(),
    };
    variables.map(|(name, value)| (name.clone(), default(value.as_str().unwrap()))).collect()
}

#[test]
fn the_image_runs_as_nobody_in_particular() {
    let image = instructions();
    let user = argument(&image, "USER");
    let ids: Vec<u32> = user.split(':').map(|id| id.parse().expect("ids by number")).collect();
    assert!(ids.len() == 2 && ids.iter().all(|id| *id >= 1000), "{user}");
    let place = |name: &str| image.iter().position(|(own, _)| own == name).unwrap();
    assert!(place("USER") < place("ENTRYPOINT"));
    let folder = argument(&image, "WORKDIR");
    assert_eq!(argument(&image, "VOLUME"), folder, "the default database lies in the volume");
    let made = format!("install -d -o {} -g {} -m 0700 /image{folder}", ids[0], ids[1]);
    assert!(read("Dockerfile").contains(&made), "{made}");
}

#[test]
fn the_program_starts_as_the_image_and_compose_start_it_and_its_health_check_passes() {
    let image = instructions();
    let folder = tempfile::tempdir().unwrap();
    let key = folder.path().join("master.key");
    fs::write(&key, KEY).unwrap();
    let start = words(&argument(&image, "ENTRYPOINT")).into_iter().chain(words(&argument(&image, "CMD")));
    let start: Vec<_> = start.collect();
    assert_eq!(start[0], "kagi-server");
    let arguments: Vec<_> = start[1..].iter().map(String::as_str).collect();
    let mut variables = environment(&compose()["services"]["kagi"]);
    for pair in argument(&image, "ENV").split_whitespace() {
        let (name, value) = pair.split_once('=').unwrap();
        assert!(
            !variables.contains_key(&format!("{name}_FILE")),
            "{name} and {name}_FILE exclude each other"
        );
        variables.insert(name.to_owned(), value.to_owned());
    }
    // Its own port, key and database.
    assert_eq!(variables.insert("KAGI_LISTEN".into(), "0.0.0.0:0".into()).unwrap(), "0.0.0.0:3000");
    variables.insert("KAGI_ENCRYPTION_KEY_FILE".into(), key.display().to_string()).expect("a key file");
    variables.remove("DATABASE_URL_FILE").expect("the database's address in a file");
    let server = Running::serve(command(folder.path(), &arguments).envs(&variables));
    let health = argument(&image, "HEALTHCHECK");
    let health = words(health.split_once("CMD ").unwrap().1);
    let listen = format!("0.0.0.0:{}", server.address().port());
    let health: Vec<_> = health[1..].iter().map(String::as_str).collect();
    assert_eq!(finish(command(folder.path(), &health).env("KAGI_LISTEN", listen)).success(), "ready\n");
    assert!(folder.path().join("kagi-data/kagi.db").exists(), "below the working directory");
    server.stop().success();
}

#[test]
fn compose_locks_the_server_up_and_names_only_what_is_there() {
    let compose = compose();
    let kagi = &compose["services"]["kagi"];
    assert_eq!(kagi["read_only"], true);
    assert_eq!(kagi["cap_drop"], serde_json::json!(["ALL"]));
    assert_eq!(kagi["security_opt"], serde_json::json!(["no-new-privileges:true"]));
    for port in kagi["ports"].as_array().unwrap() {
        assert!(port.as_str().unwrap().starts_with("127.0.0.1:"), "{port} is open to the network");
    }
    let secrets = compose["secrets"].as_object().unwrap();
    for service in compose["services"].as_object().unwrap().values() {
        for secret in service["secrets"].as_array().unwrap() {
            assert!(secrets.contains_key(secret.as_str().unwrap()), "{secret}");
        }
        for (name, value) in environment(service) {
            let file = value.strip_prefix("/run/secrets/");
            assert!(file.is_none_or(|file| secrets.contains_key(file)), "{name}={value}");
            assert!(name.ends_with("_FILE") || !name.contains("PASSWORD"), "{name} belongs in a file");
        }
    }
    let ignored = read(".gitignore");
    assert!(
        ignored.lines().any(|line| line == "/secrets"),
        "the secrets' folder stays out of the repository"
    );
    for name in kagi["depends_on"].as_object().unwrap().keys() {
        assert!(
            compose["services"][name]["healthcheck"]["test"].is_array(),
            "{name} says when it is healthy"
        );
    }
}

/// The address that the steps before the first start write is one that the program takes.
#[test]
fn the_address_of_the_database_says_how_the_way_there_is_protected() {
    let manual = read("docs/OPERATIONS.md");
    let address = manual.split_once("printf '").unwrap().1.split_once('\'').unwrap().0;
    let other = manual.lines().find_map(|line| line.trim().strip_prefix("DATABASE_URL=postgres")).unwrap();
    for address in [address.to_owned(), format!("postgres{other}")] {
        address.parse::<DatabaseUrl>().unwrap_or_else(|error| panic!("{address}: {error}"));
        let (bare, mode) = address.split_once("?sslmode=").expect(&address);
        assert!(["disable", "verify-full"].contains(&mode), "{mode}");
        assert!(bare.parse::<DatabaseUrl>().is_err(), "without it there is no start");
    }
    assert!(read("compose.yaml").contains(&address.replace("%s", "PASSWORD")));
}

#[test]
fn what_the_image_is_built_from_is_a_whole_workspace() {
    let copy = tempfile::tempdir().unwrap();
    let ignore = read(".dockerignore");
    let patterns: Vec<_> = ignore.lines().filter_map(|line| line.strip_prefix('!')).collect();
    for pattern in patterns {
        for path in matches(pattern) {
            let target = copy.path().join(path.strip_prefix(root()).unwrap());
            fs::create_dir_all(target.parent().unwrap()).unwrap();
            copy_all(&path, &target);
        }
    }
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["metadata", "--locked", "--offline", "--format-version", "1", "--no-deps"]);
    let done = cargo.current_dir(copy.path()).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let metadata: Value = serde_json::from_slice(&done.stdout).unwrap();
    let sources = metadata["packages"].as_array().unwrap().iter().flat_map(|package| {
        package["targets"].as_array().unwrap().iter().map(|target| target["src_path"].as_str().unwrap())
    });
    for source in sources {
        assert!(Path::new(source).exists(), "{source}");
    }
    assert!(!copy.path().join("kagi-data").exists() && !copy.path().join("secrets").exists());
}

/// The files and folders that a pattern of `.dockerignore` names; a star at its end stands for any text.
fn matches(pattern: &str) -> Vec<PathBuf> {
    let Some(beginning) = pattern.strip_suffix('*') else { return vec![root().join(pattern)] };
    let entries = fs::read_dir(root()).unwrap().map(|entry| entry.unwrap());
    let named = entries.filter(|entry| entry.file_name().to_str().unwrap().starts_with(beginning));
    named.filter(|entry| entry.file_name() != "kagi-data").map(|entry| entry.path()).collect()
}

fn copy_all(from: &Path, to: &Path) {
    if from.is_file() {
        fs::copy(from, to).unwrap();
        return;
    }
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(|entry| entry.unwrap()) {
        if entry.file_name() != "target" {
            copy_all(&entry.path(), &to.join(entry.file_name()));
        }
    }
}

#[test]
#[ignore = "needs systemd-analyze"]
fn the_unit_is_sound_and_closes_the_machine_to_the_server() {
    let folder = tempfile::tempdir().unwrap();
    let unit = read("docs/operations/kagi.service");
    let program = env!("CARGO_BIN_EXE_kagi-server");
    assert!(unit.contains("ExecStart=/usr/local/bin/kagi-server --env-file /etc/kagi/kagi.env serve\n"));
    let path = folder.path().join("kagi.service");
    fs::write(&path, unit.replace("/usr/local/bin/kagi-server", program)).unwrap();
    let analyze = |arguments: &[&str]| {
        let done = Command::new("systemd-analyze").args(arguments).arg(&path).output().unwrap();
        let text = [done.stdout, done.stderr].concat();
        (done.status.success(), String::from_utf8_lossy(&text).into_owned())
    };
    let (sound, complaints) = analyze(&["verify", "--man=no"]);
    assert!(sound && complaints.is_empty(), "{complaints}");
    // systemd's own measure of exposure, times ten: 15 is "OK", where a unit without any of this has 96.
    let (closed, report) = analyze(&["security", "--offline=true", "--threshold=15", "--no-pager"]);
    assert!(closed, "{report}");
}
