//! `user add|reset-password|disable`, and the first account from the settings.

use reqwest::StatusCode;
use serde_json::json;

use crate::support::{
    Client, Database, EMAIL, Kind, PASSWORD, Running, finish, finish_with_input, plain_http,
};

const NEW_PASSWORD: &str = "another horse altogether";

async fn sign_in(server: &Running, password: &str) -> StatusCode {
    let client = plain_http().build().unwrap();
    let url = format!("{}/api/auth/sign-in/email", server.url());
    client.post(url).json(&json!({"email": EMAIL, "password": password})).send().await.unwrap().status()
}

async fn commands_take_effect_while_the_server_runs(kind: Kind) {
    let database = Database::new(kind).await;
    let user = |arguments: &[&str], input: &str| {
        finish_with_input(&mut database.command(&[&["user"], arguments].concat()), input)
    };
    let server = Running::serve(&mut database.command(&[]));
    assert!(server.set_up_token().is_some());
    assert!(
        user(&["add", EMAIL, "--password-stdin"], "too short").refusal().contains("at least 12 characters")
    );
    assert!(user(&["add", "ada", "--password-stdin"], PASSWORD).refusal().contains("email"));
    let added =
        user(&["add", " Ada@Example.com", "--name", "Ada", "--password-stdin"], &format!("{PASSWORD}\n"));
    assert_eq!(added.success(), "ada@example.com has an account now.\n");
    assert!(user(&["add", EMAIL, "--password-stdin"], PASSWORD).refusal().contains("already an account"));

    let client = Client::sign_in(&server.url()).await;
    user(&["reset-password", EMAIL, "--password-stdin"], NEW_PASSWORD).success();
    assert_eq!(sign_in(&server, PASSWORD).await, StatusCode::UNAUTHORIZED);
    assert_eq!(sign_in(&server, NEW_PASSWORD).await, StatusCode::OK);
    assert_eq!(client.status().await, StatusCode::OK, "keys do not depend on the password");
    let nobody = "bob@example.com";
    assert!(user(&["reset-password", nobody, "--password-stdin"], PASSWORD).refusal().contains("no account"));
    assert!(user(&["disable", nobody], "").refusal().contains("no account"));

    user(&["disable", EMAIL], "").success();
    assert_eq!(client.status().await, StatusCode::UNAUTHORIZED, "from the next request");
    assert_eq!(sign_in(&server, NEW_PASSWORD).await, StatusCode::UNAUTHORIZED);
    drop(server);
    database.close().await;
}

#[tokio::test]
async fn accounts_on_sqlite() {
    commands_take_effect_while_the_server_runs(Kind::Sqlite).await;
}

#[tokio::test]
#[ignore = "needs PostgreSQL: KAGI_TEST_POSTGRES_URL"]
async fn accounts_on_postgres() {
    commands_take_effect_while_the_server_runs(Kind::Postgres).await;
}

#[tokio::test]
async fn the_first_account_comes_from_the_settings_once() {
    let database = Database::new(Kind::Sqlite).await;
    let serve = |password: &str| {
        let mut command = database.command(&[]);
        Running::serve(command.env("ADMIN_EMAIL", EMAIL).env("ADMIN_PASSWORD", password))
    };
    let server = serve(PASSWORD);
    assert_eq!(server.set_up_token(), None);
    assert_eq!(sign_in(&server, PASSWORD).await, StatusCode::OK);
    server.stop().success();
    let server = serve(NEW_PASSWORD);
    assert_eq!(sign_in(&server, NEW_PASSWORD).await, StatusCode::UNAUTHORIZED, "made once");
    assert_eq!(sign_in(&server, PASSWORD).await, StatusCode::OK);
    assert_eq!(database.texts("SELECT email FROM users").await, [EMAIL]);
}

#[tokio::test]
async fn passwords_switched_off_stop_commands_too() {
    let database = Database::new(Kind::Sqlite).await;
    let mut add = database.command(&["user", "add", EMAIL, "--password-stdin"]);
    let finished = finish_with_input(add.env("ENABLE_EMAIL_PASSWORD", "false"), PASSWORD);
    assert!(finished.refusal().contains("switched off"), "{finished:?}");
    let mut serve = database.command(&["serve"]);
    serve.env("ENABLE_EMAIL_PASSWORD", "false").env("ADMIN_EMAIL", EMAIL).env("ADMIN_PASSWORD", PASSWORD);
    assert!(finish(&mut serve).refusal().starts_with("ADMIN_EMAIL"));
}

#[tokio::test]
async fn a_link_that_could_not_work_is_not_printed() {
    let database = Database::new(Kind::Sqlite).await;
    let without = || {
        let mut serve = database.command(&[]);
        serve.env("ENABLE_EMAIL_PASSWORD", "false");
        serve
    };
    let finished = finish(&mut without());
    assert!(finished.refusal().contains("ENABLE_EMAIL_PASSWORD=false leaves no way"), "{finished:?}");
    assert!(!finished.out.contains("/setup"), "{finished:?}");
    let mut add = database.command(&["user", "add", EMAIL, "--password-stdin"]);
    finish_with_input(&mut add, PASSWORD).success();
    let server = Running::serve(&mut without());
    assert_eq!(server.set_up_token(), None);
    server.stop().success();
}

#[tokio::test]
async fn a_new_password_for_a_barred_account_is_told_to_be_in_vain() {
    let database = Database::new(Kind::Sqlite).await;
    let user = |arguments: &[&str], input: &str| {
        finish_with_input(&mut database.command(&[&["user"], arguments].concat()), input)
    };
    user(&["add", EMAIL, "--password-stdin"], PASSWORD).success();
    let reset = || user(&["reset-password", EMAIL, "--password-stdin"], NEW_PASSWORD);
    assert!(!reset().success().contains("barred"));
    user(&["disable", EMAIL], "").success();
    assert!(reset().success().contains("The account is barred and stays so"));
}
