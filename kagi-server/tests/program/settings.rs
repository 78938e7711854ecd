//! Where settings come from, and what is said of wrong ones.

use std::{fs, os::unix::fs::PermissionsExt, path::Path};

use crate::support::{Database, Finished, KEY, Kind, OTHER_KEY, Running, command, finish};

/// Serves with these variables and expects that it does not.
fn refused(variables: &[(&str, &str)]) -> Finished {
    let folder = tempfile::tempdir().unwrap();
    let finished = finish(command(folder.path(), &[]).envs(variables.iter().copied()));
    finished.refusal();
    assert!(!folder.path().join("kagi-data").exists(), "nothing is made by a start that fails");
    finished
}

fn with_file(folder: &Path, text: &str) -> std::process::Command {
    fs::write(folder.join("settings"), text).unwrap();
    command(folder, &["--env-file", "settings"])
}

#[test]
fn wrong_settings_are_named_and_never_shown() {
    for (variable, value) in [
        ("DATABASE_URL", "mysql://root:hunter2@db/kagi"),
        ("DATABASE_URL", "hunter2"),
        ("DATABASE_URL", "sqlite::memory:"),
        ("KAGI_LISTEN", "hunter2"),
        ("KAGI_LISTEN", "localhost:3000"),
        ("KAGI_PUBLIC_URL", "hunter2.example.com"),
        ("KAGI_PUBLIC_URL", "https://kagi.example.com/hunter2"),
        ("KAGI_PUBLIC_URL", "http://hunter2.example.com"),
        ("KAGI_INSECURE_HTTP", "hunter2"),
        ("KAGI_TRUSTED_PROXIES", "hunter2"),
        ("ENABLE_EMAIL_PASSWORD", "hunter2"),
        ("ADMIN_EMAIL", "hunter2@example.com"),
        ("ADMIN_PASSWORD", "hunter2"),
        ("KAGI_SIGN_UP", "hunter2"),
        ("KAGI_SESSION_IDLE", "hunter2"),
        ("KAGI_SESSION_MAX", "12"),
        ("KAGI_LOG", "hunter2=hunter2"),
        ("KAGI_ENCRYPTION_KEY_FILE", "hunter2"),
        ("KEYCLOAK_URL", "https://hunter2.example.com"),
        ("KEYCLOAK_CLIENT_SECRET", "hunter2"),
        ("KAGI_SSO_DOMAINS", "hunter2"),
    ] {
        let key = if variable.ends_with("_FILE") { "KAGI_LOG" } else { "KAGI_ENCRYPTION_KEY" };
        let finished = refused(&[(key, if key == "KAGI_LOG" { "info" } else { KEY }), (variable, value)]);
        let line = finished.refusal();
        assert!(line.starts_with(variable) && line.lines().count() == 1, "{variable}: {line}");
        assert!(!line.contains("hunter2") && !line.contains("mysql"), "{line}");
    }
}

#[test]
fn all_mistakes_are_told_at_once() {
    let finished = refused(&[("KAGI_LISTEN", "x"), ("KAGI_SIGN_UP", "x"), ("KAGI_SESSION_MAX", "x")]);
    for name in ["KAGI_ENCRYPTION_KEY ", "KAGI_LISTEN ", "KAGI_SIGN_UP ", "KAGI_SESSION_MAX "] {
        assert!(finished.err.lines().any(|line| line.starts_with(name)), "{}", finished.err);
    }
    let finished = refused(&[
        ("KAGI_ENCRYPTION_KEY", KEY),
        ("ADMIN_EMAIL", "not an address"),
        ("ADMIN_PASSWORD", "hunter2"),
    ]);
    assert_eq!(finished.err.lines().count(), 2, "{}", finished.err);
    assert!(finished.err.contains("ADMIN_PASSWORD: Use at least 12 characters."), "{}", finished.err);
    assert!(!finished.err.contains("hunter2"));
}

#[test]
fn a_setting_and_its_file_are_not_both_given() {
    let finished = refused(&[("KAGI_ENCRYPTION_KEY", KEY), ("KAGI_ENCRYPTION_KEY_FILE", "/dev/null")]);
    assert!(finished.refusal().contains("keep one of them"), "{finished:?}");
}

#[test]
fn beyond_loopback_a_public_url_over_tls_is_needed() {
    let key = ("KAGI_ENCRYPTION_KEY", KEY);
    let listen = ("KAGI_LISTEN", "0.0.0.0:0");
    assert!(refused(&[key, listen]).refusal().starts_with("KAGI_PUBLIC_URL must be set"));
    let plain = ("KAGI_PUBLIC_URL", "http://kagi.example.com");
    assert!(refused(&[key, listen, plain]).refusal().starts_with("KAGI_PUBLIC_URL must begin with https"));
    let allowed = [
        vec![key, listen, plain, ("KAGI_INSECURE_HTTP", "1")],
        vec![key, listen, ("KAGI_PUBLIC_URL", "https://kagi.example.com/")],
        vec![key, listen, ("KAGI_PUBLIC_URL", "http://localhost:8080")],
    ];
    for variables in allowed {
        let folder = tempfile::tempdir().unwrap();
        let server = Running::serve(command(folder.path(), &[]).envs(variables.iter().copied()));
        let url = variables[2].1.trim_end_matches('/');
        assert!(server.out().contains(&format!("{url}/setup?token=")), "{}", server.out());
    }
}

#[test]
fn the_environment_wins_over_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let text = format!(
        "# comment\n\nexport KAGI_ENCRYPTION_KEY='{KEY}'\r\nDATABASE_URL=sqlite://of-file.db\nOTHER=x\n"
    );
    Running::serve(&mut with_file(folder.path(), &format!("\u{feff}{text}"))).stop().success();
    assert!(folder.path().join("of-file.db").exists());
    let mut serve = with_file(folder.path(), &text);
    let finished = finish(serve.env("KAGI_ENCRYPTION_KEY", OTHER_KEY));
    assert!(finished.refusal().contains("not the one this database was made with"), "{finished:?}");
    // The `_FILE` form of the environment and the plain form of the file are both given.
    let mut serve = with_file(folder.path(), &text);
    let finished = finish(serve.env("KAGI_ENCRYPTION_KEY_FILE", "settings"));
    assert!(finished.refusal().contains("keep one of them"), "{finished:?}");
}

#[test]
fn faults_of_the_file_are_named_by_line_and_never_quoted() {
    let folder = tempfile::tempdir().unwrap();
    let refusal = |text: &str| finish(&mut with_file(folder.path(), text)).refusal().to_owned();
    let bad = refusal(&format!("KAGI_ENCRYPTION_KEY={KEY}\nhunter2 hunter2\n"));
    assert!(bad.starts_with("Line 2 of the env file") && !bad.contains("hunter2"), "{bad}");
    let open = refusal("A=1\n\nADMIN_PASSWORD='hunter2\n");
    assert!(open.starts_with("Line 3 of the env file") && !open.contains("hunter2"), "{open}");
    let twice = refusal(&format!("KAGI_ENCRYPTION_KEY={KEY}\nKAGI_ENCRYPTION_KEY={OTHER_KEY}\n"));
    assert!(twice.contains("KAGI_ENCRYPTION_KEY is set twice"), "{twice}");
    let unknown = refusal(&format!("KAGI_ENCRYPTION_KEY={KEY}\nKAGI_FOO=hunter2\n"));
    assert!(unknown.starts_with("KAGI_FOO") && !unknown.contains("hunter2"), "{unknown}");
    let missing = finish(&mut command(folder.path(), &["--env-file", "nowhere"]));
    assert_eq!(missing.refusal(), "The env file cannot be read: there is no such file.");
    fs::write(folder.path().join("binary"), b"A=\xff\n").unwrap();
    let binary = finish(&mut command(folder.path(), &["--env-file", "binary"]));
    assert!(binary.refusal().contains("not valid UTF-8"), "{binary:?}");
}

#[tokio::test]
async fn unknown_names_are_slips_or_somebody_elses() {
    let database = Database::new(Kind::Sqlite).await;
    let finished = finish(database.command(&[]).env("KAGI_LISTN", "hunter2"));
    assert_eq!(finished.refusal(), "KAGI_LISTN is not a setting; did you mean KAGI_LISTEN?");
    let server = Running::serve(database.command(&[]).env("KAGI_SERVICE_PORT_HTTP", "hunter2"));
    server.wait_for_log("KAGI_SERVICE_PORT_HTTP is not a setting");
    let finished = server.stop();
    assert!(!finished.err.contains("hunter2"));
    finished.success();
}

#[tokio::test]
async fn nothing_is_read_from_the_working_directory_on_its_own() {
    let database = Database::new(Kind::Sqlite).await;
    fs::write(database.folder.path().join(".env"), format!("KAGI_ENCRYPTION_KEY={KEY}\n")).unwrap();
    let finished = finish(database.command(&[]).env_remove("KAGI_ENCRYPTION_KEY"));
    assert!(finished.refusal().contains("KAGI_ENCRYPTION_KEY is not set"), "{finished:?}");
}

#[tokio::test]
async fn the_log_is_json_lines_when_nobody_watches() {
    let database = Database::new(Kind::Sqlite).await;
    let finished = Running::serve(&mut database.command(&[])).stop();
    assert!(finished.err.lines().count() >= 2);
    for line in finished.err.lines() {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        assert!(line["level"].is_string() && line["message"].is_string());
    }
    let quiet = Running::serve(database.command(&[]).env("KAGI_LOG", "off")).stop();
    assert_eq!(quiet.err, "");
}

#[test]
fn files_that_others_can_read_are_named_in_the_log_and_left_as_they_are() {
    let folder = tempfile::tempdir().unwrap();
    let serve = |mode: u32| {
        for (name, text) in
            [("key", KEY), ("settings", "KAGI_ENCRYPTION_KEY_FILE=key\nDATABASE_URL=sqlite:kagi.db\n")]
        {
            fs::write(folder.path().join(name), text).unwrap();
            fs::set_permissions(folder.path().join(name), fs::Permissions::from_mode(mode)).unwrap();
        }
        let finished = Running::serve(&mut command(folder.path(), &["--env-file", "settings"])).stop();
        finished.success();
        finished.err
    };
    let log = serve(0o640);
    for name in ["key", "settings"] {
        assert_eq!(log.matches(&format!("\"file\":\"{name}\"")).count(), 1, "{name}\n{log}");
        assert_eq!(fs::metadata(folder.path().join(name)).unwrap().permissions().mode() & 0o777, 0o640);
    }
    assert!(!log.contains("kagi.db\""), "{log}");
    assert!(!serve(0o600).contains("others than its owner"));
}
