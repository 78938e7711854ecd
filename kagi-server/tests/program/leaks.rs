//! C8: the log at its most talkative holds no secret in any spelling.

use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use kagi_tests::spellings;
use reqwest::Method;
use serde_json::json;

use crate::support::{Client, Database, EMAIL, KEY, Kind, PASSWORD, Running};

const CANARY: &str = "sk-canary?/+&\"7f3a9c";
const WRONG_PASSWORD: &str = "a wrong horse, canary";

#[test]
fn a_secret_is_found_in_every_spelling() {
    let all = spellings(CANARY.as_bytes());
    let found = |text: &str| all.iter().any(|spelling| text.contains(spelling));
    for before in ["", "a", "ab", "abc"] {
        let text = format!("{before}{CANARY}{before}");
        assert!(found(&text) && found(&STANDARD.encode(&text)) && found(&URL_SAFE_NO_PAD.encode(&text)));
        assert!(found(&format!("{:?}", text.as_bytes())) && found(&json!(text).to_string()));
        let nested = json!(json!({"value": text}).to_string()).to_string();
        assert!(found(&nested) && found(&format!("{nested:?}")));
    }
    assert!(found("<b>sk-canary?/+&amp;&quot;7f3a9c</b>"));
    assert!(found("token=sk-canary%3F%2F%2B%26%227f3a9c&x") && !found("sk-canary"));
}

/// Keeps the canary as a recovery code, reveals it, and sends it in every wrong way.
async fn recovery_codes(client: &Client) {
    let (post, put) = (Method::POST, Method::PUT);
    let draft = json!({"service": "GitHub", "tokens": [CANARY, CANARY]});
    let (status, made) = client.call(post.clone(), "/api/2fa", Some(&draft)).await.unwrap();
    assert!(status.is_success() && !made.to_string().contains("canary"));
    let set = format!("/api/2fa/{}", made["data"]["id"].as_str().unwrap());
    let reveal = format!("{set}/reveal");
    let (_, revealed) = client.call(post.clone(), &reveal, None).await.unwrap();
    assert_eq!(revealed["data"]["token"], CANARY);
    for path in [&set, "/api/2fa"] {
        let (status, shown) = client.call(Method::GET, path, None).await.unwrap();
        assert!(status.is_success() && !shown.to_string().contains("canary"));
    }
    for (method, path, body) in [
        (post.clone(), "/api/2fa", json!({"service": [CANARY], "tokens": CANARY})),
        (post.clone(), "/api/2fa", json!({"service": "x", "tokens": [CANARY, 5], "label": [CANARY]})),
        (post.clone(), "/api/2fa", json!({CANARY: CANARY})),
        (put, set.as_str(), json!({"tokens": [format!("{CANARY}\n{CANARY}")]})),
        (post.clone(), reveal.as_str(), json!({"index": CANARY})),
        (post, reveal.as_str(), json!(CANARY)),
    ] {
        assert!(client.call(method, path, Some(&body)).await.unwrap().0.is_client_error());
    }
}

async fn nothing_secret_is_logged(kind: Kind) {
    let database = Database::new(kind).await;
    let mut serve = database.command(&[]);
    serve.env("KAGI_LOG", "trace").env("ADMIN_EMAIL", EMAIL).env("ADMIN_PASSWORD", PASSWORD);
    let server = Running::serve(&mut serve);
    let client = Client::sign_in(&server.url()).await;
    let category = client.category().await;
    let entry = client.entry(&category, "blog", CANARY).await.unwrap();
    assert_eq!(client.reveal(&entry).await.unwrap(), CANARY);
    let patch = json!({"value": CANARY, "notes": "new"});
    assert!(
        client
            .call(Method::PUT, &format!("/api/entries/{entry}"), Some(&patch))
            .await
            .unwrap()
            .0
            .is_success()
    );
    // Wrong in every way that could make a parser quote.
    for body in
        [json!({"value": [CANARY]}), json!({CANARY: CANARY}), json!(CANARY), json!({"categoryId": CANARY})]
    {
        for (method, path) in
            [(Method::POST, "/api/entries".to_owned()), (Method::PUT, format!("/api/entries/{entry}"))]
        {
            assert!(client.call(method, &path, Some(&body)).await.unwrap().0.is_client_error());
        }
    }
    recovery_codes(&client).await;
    let wrong = json!({"email": EMAIL, "password": WRONG_PASSWORD});
    let sign_in = "/api/auth/sign-in/email";
    assert!(client.call(Method::POST, sign_in, Some(&wrong)).await.unwrap().0.is_client_error());
    assert!(client.at(&server.url()).status().await.is_success());
    let stranger = Client::with_key(&server.url(), "kagi_Canary0Canary0Canary0Canary0Canary0Canary01");
    assert!(stranger.status().await.is_client_error());
    let token = "setup-token-canary-0123456789";
    let _ = client.call(Method::GET, &format!("/setup?token={token}"), None).await.unwrap();
    let metrics = client.metrics().await;
    // The entry and the recovery code.
    assert!(metrics.contains("kagi_reveals_total{result=\"ok\"} 2\n"), "{metrics}");
    let finished = server.stop();
    assert!(finished.err.matches("\"route\":\"/api/entries").count() >= 5, "the log tells of requests");
    let mut secrets =
        vec![CANARY, PASSWORD, WRONG_PASSWORD, KEY, &client.key, &client.key[5..], &stranger.key, token];
    let both = "SELECT cell FROM entry_versions UNION ALL SELECT cell FROM recovery_codes";
    let cells = database.texts(both).await;
    assert!(!cells.is_empty());
    secrets.extend(cells.iter().map(String::as_str));
    let database_password = database.url.split_once("kagi_test:").and_then(|(_, rest)| rest.split_once('@'));
    secrets.extend(database_password.map(|(password, _)| password));
    for secret in secrets {
        for spelling in spellings(secret.as_bytes()) {
            let line = finished.err.lines().chain(metrics.lines()).find(|line| line.contains(&spelling));
            assert!(line.is_none(), "a secret is in the log or the metrics: {line:?}");
        }
    }
    database.close().await;
}

#[tokio::test]
async fn logs_on_sqlite() {
    nothing_secret_is_logged(Kind::Sqlite).await;
}

#[tokio::test]
#[ignore = "needs PostgreSQL: KAGI_TEST_POSTGRES_URL"]
async fn logs_on_postgres() {
    nothing_secret_is_logged(Kind::Postgres).await;
}
