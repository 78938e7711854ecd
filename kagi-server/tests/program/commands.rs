//! Help, `keygen`, `migrate`, `openapi`, `healthcheck`.

use crate::support::{Database, Kind, Running, command, finish};

#[test]
fn help_of_each_command_says_what_it_does() {
    let folder = tempfile::tempdir().unwrap();
    for (arguments, words) in [
        (
            &["--help"][..],
            &["quickstart", "KAGI_ENCRYPTION_KEY", "DATABASE_URL", "KAGI_PUBLIC_URL", "--env-file"][..],
        ),
        (&["serve", "--help"], &["set-up link", "SIGTERM"]),
        (&["quickstart", "--help"], &["kagi-data", "kagi.env", "KAGI_LISTEN"]),
        (&["keygen", "--help"], &["64 hexadecimal", "KAGI_ENCRYPTION_KEY"]),
        (&["migrate", "--help"], &["DATABASE_URL"]),
        (&["user", "--help"], &["add", "reset-password", "disable"]),
        (&["user", "add", "--help"], &["EMAIL", "--name", "--password-stdin"]),
        (&["user", "reset-password", "--help"], &["EMAIL", "--password-stdin", "sessions"]),
        (&["user", "disable", "--help"], &["EMAIL", "access keys"]),
        (&["openapi", "--help"], &["/api/openapi", "KAGI_PUBLIC_URL"]),
        (&["healthcheck", "--help"], &["/readyz", "KAGI_LISTEN"]),
    ] {
        let finished = finish(&mut command(folder.path(), arguments));
        for word in words {
            assert!(finished.success().contains(word), "{arguments:?} does not say {word}");
        }
    }
    assert!(
        finish(&mut command(folder.path(), &["--version"])).success().contains(env!("CARGO_PKG_VERSION"))
    );
    assert!(!finish(&mut command(folder.path(), &["rotate"])).status.success());
    assert!(std::fs::read_dir(folder.path()).unwrap().next().is_none(), "asking for help makes nothing");
}

#[test]
fn keygen_makes_a_new_key_each_time_that_serve_takes() {
    let folder = tempfile::tempdir().unwrap();
    let key = || finish(&mut command(folder.path(), &["keygen"])).success().trim_end().to_owned();
    let (one, other) = (key(), key());
    assert_ne!(one, other);
    for key in [&one, &other] {
        assert!(key.len() == 64 && key.bytes().all(|byte| byte.is_ascii_hexdigit()), "not a key");
        let folder = tempfile::tempdir().unwrap();
        let server = Running::serve(command(folder.path(), &[]).env("KAGI_ENCRYPTION_KEY", key));
        server.stop().success();
        assert!(folder.path().join("kagi-data/kagi.db").exists(), "the default database");
    }
}

#[test]
fn openapi_prints_the_description_for_the_address_and_needs_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let printed = |variables: &[(&str, &str)]| {
        finish(command(folder.path(), &["openapi"]).envs(variables.iter().copied()))
    };
    let address = |variables| {
        let document: serde_json::Value = serde_json::from_str(printed(variables).success()).unwrap();
        document["servers"][0]["url"].as_str().unwrap().to_owned()
    };
    assert_eq!(address(&[("KAGI_LISTEN", "127.0.0.1:8080")]), "http://127.0.0.1:8080/api");
    assert_eq!(address(&[("KAGI_PUBLIC_URL", "https://kagi.example")]), "https://kagi.example/api");
    assert!(!printed(&[("KAGI_PUBLIC_URL", "https://kagi.example/x")]).status.success());
    assert!(std::fs::read_dir(folder.path()).unwrap().next().is_none(), "it makes nothing");
}

async fn migrate_needs_no_key_and_says_what_it_did(kind: Kind) {
    let database = Database::new(kind).await;
    let migrate = || finish(command(database.folder.path(), &["migrate"]).env("DATABASE_URL", &database.url));
    assert!(migrate().success().contains("applied"));
    assert!(migrate().success().contains("was up to date"));
    database.tamper("INSERT INTO installation (id) VALUES (1) ON CONFLICT DO NOTHING").await;
    Running::serve(&mut database.command(&["serve"])).stop().success();
    database.close().await;
}

#[tokio::test]
async fn migrate_on_sqlite() {
    migrate_needs_no_key_and_says_what_it_did(Kind::Sqlite).await;
}

#[tokio::test]
#[ignore = "needs PostgreSQL: KAGI_TEST_POSTGRES_URL"]
async fn migrate_on_postgres() {
    migrate_needs_no_key_and_says_what_it_did(Kind::Postgres).await;
}

#[tokio::test]
async fn healthcheck_follows_the_server() {
    let database = Database::new(Kind::Sqlite).await;
    let server = Running::serve(&mut database.command(&[]));
    let address = server.address();
    let ask =
        |listen: String| finish(command(database.folder.path(), &["healthcheck"]).env("KAGI_LISTEN", listen));
    assert_eq!(ask(address.to_string()).success(), "ready\n");
    assert_eq!(ask(format!("0.0.0.0:{}", address.port())).success(), "ready\n");
    server.stop().success();
    assert_eq!(ask(address.to_string()).refusal(), "No server answers at KAGI_LISTEN.");
}

#[tokio::test]
async fn a_taken_port_is_a_sentence() {
    let database = Database::new(Kind::Sqlite).await;
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let finished = finish(database.command(&["serve"]).env("KAGI_LISTEN", &address));
    let sentence = format!(
        "Another program listens on {address} already. Stop it, or choose another address with KAGI_LISTEN."
    );
    assert!(finished.refusal().ends_with(&sentence), "{finished:?}");
}

#[tokio::test]
async fn the_process_leaves_no_core_dump_and_may_open_many_connections() {
    let database = Database::new(Kind::Sqlite).await;
    let server = Running::serve(&mut database.command(&[]));
    let core: Vec<_> = server.limit("Max core file size").split_whitespace().map(str::to_owned).collect();
    assert_eq!(core[4..6], ["0", "0"]);
    let files: Vec<_> = server.limit("Max open files").split_whitespace().map(str::to_owned).collect();
    assert_eq!(files[3], files[4], "as many as the system allows");
}
