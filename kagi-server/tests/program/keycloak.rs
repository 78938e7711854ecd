//! Settings of sign-in with Keycloak, and a start without it.

use std::fs;

use reqwest::{StatusCode, redirect::Policy};
use serde_json::json;

use crate::support::{Client, Database, EMAIL, Kind, PASSWORD, Running, finish, plain_http};

const COMPLETE: [(&str, &str); 4] = [
    ("KEYCLOAK_URL", "https://id.example.com"),
    ("KEYCLOAK_REALM", "team"),
    ("KEYCLOAK_CLIENT_ID", "kagi"),
    ("KEYCLOAK_CLIENT_SECRET", "hunter2"),
];

/// The line with which a start with these settings is refused.
async fn refused(settings: &[(&str, &str)]) -> String {
    let database = Database::new(Kind::Sqlite).await;
    finish(database.command(&[]).envs(settings.iter().copied())).refusal().to_owned()
}

#[tokio::test]
async fn all_four_settings_are_given_or_none() {
    for (index, (missing, _)) in COMPLETE.iter().enumerate() {
        let mut settings = COMPLETE.to_vec();
        let (first, _) = COMPLETE[usize::from(index == 0)];
        settings.remove(index);
        let line = refused(&settings).await;
        assert_eq!(line, format!("{first} is set without {missing}; set all four or none."));
    }
    let alone = refused(&[("KAGI_SSO_SIGN_UP", "closed")]).await;
    assert!(alone.starts_with("KAGI_SSO_SIGN_UP has no effect without KEYCLOAK_URL"), "{alone}");
}

#[tokio::test]
async fn wrong_ones_are_named_and_never_shown() {
    for (name, value) in [
        ("KEYCLOAK_URL", "id.hunter2.example"),
        ("KEYCLOAK_URL", "http://id.hunter2.example"),
        ("KEYCLOAK_URL", "https://id.example.com/realms/hunter2"),
        ("KEYCLOAK_REALM", "hunter2/../master"),
        ("KAGI_SSO_SIGN_UP", "hunter2"),
        ("KAGI_SSO_DOMAINS", "ada@hunter2.example"),
    ] {
        let mut settings = COMPLETE.to_vec();
        settings.retain(|(own, _)| *own != name);
        settings.push((name, value));
        let line = refused(&settings).await;
        assert!(line.starts_with(name) && line.lines().count() == 1, "{name}: {line}");
        assert!(!line.contains("hunter2"), "{line}");
    }
}

#[tokio::test]
async fn without_keycloak_the_server_starts_and_passwords_work() {
    let database = Database::new(Kind::Sqlite).await;
    database.add_user();
    let secret = database.folder.path().join("client-secret");
    fs::write(&secret, "hunter2\n").unwrap();
    let mut command = database.command(&[]);
    // Nobody listens on port 1.
    command.envs([("KEYCLOAK_URL", "http://127.0.0.1:1"), COMPLETE[1], COMPLETE[2]]);
    command.env("KEYCLOAK_CLIENT_SECRET_FILE", &secret).env("KAGI_SSO_DOMAINS", "example.com");
    let server = Running::serve(&mut command);
    let client = Client::sign_in(&server.url()).await;
    assert_eq!(client.status().await, StatusCode::OK);

    let http = plain_http().redirect(Policy::none()).build().unwrap();
    let away = http.get(format!("{}/api/auth/sign-in/keycloak", server.url())).send().await.unwrap();
    assert_eq!(
        (away.status(), &away.headers()["location"]),
        (StatusCode::SEE_OTHER, &"/sign-in?failed=unavailable".parse().unwrap())
    );
    let page = http.get(format!("{}/sign-in?failed=unavailable", server.url())).send().await.unwrap();
    assert!(page.text().await.unwrap().contains("Keycloak does not answer right now"));
    let sign_in = http.post(format!("{}/api/auth/sign-in/email", server.url()));
    let sign_in = sign_in.json(&json!({"email": EMAIL, "password": PASSWORD})).send().await.unwrap();
    assert_eq!(sign_in.status(), StatusCode::OK);
    server.wait_for_log("the identity provider does not answer");
    let finished = server.stop();
    assert!(!finished.err.contains("hunter2"), "{}", finished.err);
}
