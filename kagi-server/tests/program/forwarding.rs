//! A6: whom the trail names as the client, over a real connection.

use reqwest::StatusCode;
use serde_json::json;

use crate::support::{Database, EMAIL, Kind, Running, plain_http};

/// The address in the trail of a failed sign-in that claims to come from elsewhere.
async fn client_of(trusted: Option<&str>) -> Vec<String> {
    let database = Database::new(Kind::Sqlite).await;
    database.add_user();
    let mut serve = database.command(&[]);
    serve.envs(trusted.map(|proxies| ("KAGI_TRUSTED_PROXIES", proxies)));
    let server = Running::serve(&mut serve);
    let request = plain_http().build().unwrap();
    let request = request.post(format!("{}/api/auth/sign-in/email", server.url()));
    let request = request.header("x-forwarded-for", "203.0.113.7").header("x-real-ip", "203.0.113.8");
    let answer = request.json(&json!({"email": EMAIL, "password": "a wrong one"})).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::UNAUTHORIZED);
    database.texts("SELECT ip FROM audit_events WHERE action = 'auth.sign_in'").await
}

#[tokio::test]
async fn only_a_trusted_proxy_speaks_for_others() {
    assert_eq!(client_of(None).await, ["127.0.0.1"]);
    assert_eq!(client_of(Some("10.0.0.0/8,::1/128")).await, ["127.0.0.1"]);
    assert_eq!(client_of(Some("127.0.0.0/8")).await, ["203.0.113.7"]);
}
