//! The master key at the start: C3 and C4 on the real program.

use std::net::TcpListener;

use crate::support::{Client, Database, Finished, KEY, Kind, OTHER_KEY, Running, finish};

/// A port that is taken: a program that listened before it checked its key would complain of it.
struct Taken(TcpListener);

impl Taken {
    fn new() -> Self {
        Self(TcpListener::bind("127.0.0.1:0").unwrap())
    }

    fn address(&self) -> String {
        self.0.local_addr().unwrap().to_string()
    }
}

#[tokio::test]
async fn bad_keys_stop_the_start_with_a_sentence() {
    let long = "9c1f5e0b7a3d4826".repeat(5);
    let bad = [
        String::new(),
        KEY[..63].to_owned(),
        format!("{KEY}7"),
        KEY[..32].to_owned(),
        long,
        format!("{}g", &KEY[..63]),
        format!("0x{}", &KEY[..62]),
        format!("{KEY}\n"),
        format!(" {KEY}"),
        "a".repeat(64),
        "0".repeat(64),
        "deadbeef".repeat(8),
        "0123456789abcdef".repeat(4),
        "changeme-changeme-changeme-changeme-changeme-changeme-changeme-c".to_owned(),
        "é".repeat(64),
        "603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4".to_owned(),
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855".to_owned(),
        "nB9eC3o9SCYP4blMfVqCPmsNnxxOejNYtsDU8Z6Kc1I=".to_owned(),
    ];
    let database = Database::new(Kind::Sqlite).await;
    let taken = Taken::new();
    let file = database.folder.path().join("key");
    for key in bad {
        let mut serve = database.command(&["serve"]);
        serve.env("KAGI_LISTEN", taken.address()).env("KAGI_ENCRYPTION_KEY", &key);
        check(&finish(&mut serve), "KAGI_ENCRYPTION_KEY", &key);
        let mut serve = database.command(&["serve"]);
        serve
            .env("KAGI_LISTEN", taken.address())
            .env("KAGI_EXTRA_DECRYPTION_KEYS", format!("{OTHER_KEY},x{key}"));
        check(&finish(&mut serve), "KAGI_EXTRA_DECRYPTION_KEYS", &key);
        // The one line break at a file's end is not part of the key; two are.
        std::fs::write(&file, format!("{}\n\n", key.trim_end())).unwrap();
        let mut serve = database.command(&["serve"]);
        serve.env_remove("KAGI_ENCRYPTION_KEY").env("KAGI_ENCRYPTION_KEY_FILE", &file);
        check(&finish(serve.env("KAGI_LISTEN", taken.address())), "KAGI_ENCRYPTION_KEY", &key);
    }
    let mut serve = database.command(&["serve"]);
    let finished = finish(serve.env_remove("KAGI_ENCRYPTION_KEY").env("KAGI_LISTEN", taken.address()));
    check(&finished, "KAGI_ENCRYPTION_KEY", "");
    assert!(!database.folder.path().join("kagi.db").exists(), "nothing was made");
}

/// One sentence or two on one line, that begins with the variable and shows nothing of its value.
#[track_caller]
fn check(finished: &Finished, variable: &str, value: &str) {
    let line = finished.refusal();
    assert!(line.starts_with(variable) && line.lines().count() == 1, "{line}");
    assert_eq!(finished.out, "", "nothing was ready");
    let shown: Vec<char> = value.chars().collect();
    for part in shown.windows(6) {
        let part: String = part.iter().collect();
        assert!(part == "change" || !line.contains(&part), "the sentence shows {part}");
    }
}

#[tokio::test]
async fn a_key_in_a_file_works() {
    let database = Database::new(Kind::Sqlite).await;
    for end in ["", "\n", "\r\n"] {
        let file = database.folder.path().join("key");
        std::fs::write(&file, format!("{KEY}{end}")).unwrap();
        let mut serve = database.command(&[]);
        serve.env_remove("KAGI_ENCRYPTION_KEY").env("KAGI_ENCRYPTION_KEY_FILE", &file);
        Running::serve(&mut serve).stop().success();
    }
}

/// A database with an account and a value under [`KEY`]; gives the client and the entry's id.
async fn sealed(database: &Database) -> (Client, String) {
    database.add_user();
    let server = Running::serve(&mut database.command(&[]));
    let client = Client::sign_in(&server.url()).await;
    let entry = client.entry(&client.category().await, "blog", "sk-sealed").await.unwrap();
    server.stop().success();
    (client, entry)
}

async fn a_wrong_key_changes_nothing(kind: Kind) {
    let database = Database::new(kind).await;
    let (client, entry) = sealed(&database).await;
    let before = database.dump().await;
    let taken = Taken::new();
    for arguments in [&["serve"][..], &["user", "disable", "ada@example.com"]] {
        let mut wrong = database.command(arguments);
        wrong.env("KAGI_ENCRYPTION_KEY", OTHER_KEY).env("KAGI_LISTEN", taken.address());
        let finished = finish(&mut wrong);
        assert!(finished.refusal().contains("not the one this database was made with"), "{finished:?}");
        assert_eq!(finished.out, "");
        assert_eq!(database.dump().await, before);
    }
    // The old key among the others opens everything, and the new one seals from now on.
    let mut rotating = database.command(&[]);
    rotating.env("KAGI_ENCRYPTION_KEY", OTHER_KEY).env("KAGI_EXTRA_DECRYPTION_KEYS", KEY);
    let server = Running::serve(&mut rotating);
    assert_eq!(client.at(&server.url()).reveal(&entry).await.unwrap(), "sk-sealed");
    server.stop().success();
    database.close().await;
}

async fn a_missing_check_changes_nothing(kind: Kind) {
    let database = Database::new(kind).await;
    sealed(&database).await;
    database.tamper("UPDATE installation SET key_id = NULL, cell = NULL").await;
    let before = database.dump().await;
    let taken = Taken::new();
    let finished = finish(database.command(&["serve"]).env("KAGI_LISTEN", taken.address()));
    assert!(finished.refusal().contains("no key check"), "{finished:?}");
    assert_eq!(database.dump().await, before);
    database.close().await;
}

#[tokio::test]
async fn wrong_key_on_sqlite() {
    a_wrong_key_changes_nothing(Kind::Sqlite).await;
}

#[tokio::test]
#[ignore = "needs PostgreSQL: KAGI_TEST_POSTGRES_URL"]
async fn wrong_key_on_postgres() {
    a_wrong_key_changes_nothing(Kind::Postgres).await;
}

#[tokio::test]
async fn missing_check_on_sqlite() {
    a_missing_check_changes_nothing(Kind::Sqlite).await;
}

#[tokio::test]
#[ignore = "needs PostgreSQL: KAGI_TEST_POSTGRES_URL"]
async fn missing_check_on_postgres() {
    a_missing_check_changes_nothing(Kind::Postgres).await;
}

#[tokio::test]
#[ignore = "needs PostgreSQL: KAGI_TEST_POSTGRES_URL"]
async fn replicas_that_start_together_share_a_check_a_link_and_a_first_account() {
    let database = Database::new(Kind::Postgres).await;
    let start = |admin: bool| {
        let mut commands: Vec<_> = (0..5).map(|_| database.command(&[])).collect();
        if admin {
            for command in &mut commands {
                command.env("ADMIN_EMAIL", "ada@example.com").env("ADMIN_PASSWORD", "correct horse battery");
            }
        }
        let threads: Vec<_> = commands
            .into_iter()
            .map(|mut command| std::thread::spawn(move || Running::serve(&mut command)))
            .collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect::<Vec<_>>()
    };
    let replicas = start(false);
    let token = replicas[0].set_up_token();
    assert!(token.is_some() && replicas.iter().all(|server| server.set_up_token() == token));
    assert_eq!(database.texts("SELECT key_id FROM installation WHERE cell IS NOT NULL").await.len(), 1);
    drop(replicas);
    drop(start(true));
    assert_eq!(database.texts("SELECT email FROM users").await.len(), 1);
    database.close().await;
}
