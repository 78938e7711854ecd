//! Bad input: a fixed sentence, never a server error, never an echo.

use serde_json::json;

use crate::{Call, World};

const CANARY: &str = "sk-canary-4f1d";

/// All that is ever said of a body as a whole: parsers' own words quote it, or tell where in it they are.
const SENTENCES: [&str; 3] = [
    "The body is not valid JSON.",
    "The body must be a JSON object that names only fields of this operation, each once.",
    "The body must be UTF-8 text.",
];

/// Bodies that are wrong in every way there is.
fn bad_bodies() -> Vec<(&'static str, Vec<u8>)> {
    let deep = format!("{}{CANARY:?}{}", "[".repeat(100_000), "]".repeat(100_000));
    let deep_field = format!(r#"{{"name":{}1{}}}"#, r#"{"a":"#.repeat(5000), "}".repeat(5000));
    let mut invalid_utf8 = br#"{"name":"sk-canary-4f1d "#.to_vec();
    invalid_utf8.extend_from_slice(b"\xff\"}");
    let mut invalid_inside = br#"{"name":["sk-canary-4f1d "#.to_vec();
    invalid_inside.extend_from_slice(b"\xff\"]}");
    vec![
        ("nothing", Vec::new()),
        ("blanks", b"  \n".to_vec()),
        ("cut off", format!(r#"{{"name":"{CANARY}"#).into()),
        ("a text", format!("{CANARY:?}").into()),
        ("a number", b"4711".to_vec()),
        ("null", b"null".to_vec()),
        ("a list", format!("[{CANARY:?}]").into()),
        ("more after the end", format!(r#"{{"name":"x"}}{CANARY}"#).into()),
        ("an unknown field", format!(r#"{{"{CANARY}":"x"}}"#).into()),
        ("another case", format!(r#"{{"Name":"{CANARY}","Email":"{CANARY}"}}"#).into()),
        ("a field twice", format!(r#"{{"name":"{CANARY}","name":"b"}}"#).into()),
        ("a huge number", b"{\"name\":1e999999999}".to_vec()),
        ("a long number", format!("{{\"name\":{}}}", "9".repeat(100_000)).into()),
        ("a wrong number", b"{\"name\":01}".to_vec()),
        ("not a number", b"{\"name\":NaN}".to_vec()),
        ("a lone surrogate", format!(r#"{{"name":"{CANARY}\ud800"}}"#).into()),
        ("a raw NUL", format!("{{\"name\":\"{CANARY}\0\"}}").into()),
        ("a raw line break", format!("{{\"name\":\"{CANARY}\n\"}}").into()),
        ("invalid UTF-8", invalid_utf8),
        ("invalid UTF-8 where nothing is read", invalid_inside),
        ("a byte order mark", format!("\u{feff}{{\"name\":\"{CANARY}\"}}").into()),
        ("UTF-16", "{\"name\":1}".encode_utf16().flat_map(u16::to_le_bytes).collect()),
        ("a form", format!("name={CANARY}&password={CANARY}").into()),
        ("XML", format!("<name>{CANARY}</name>").into()),
        ("deep nesting", deep.into()),
        ("deep nesting in a field", deep_field.into()),
        ("a prototype", br#"{"__proto__":{"name":"x"}}"#.to_vec()),
    ]
}

#[tokio::test]
async fn bad_bodies_are_refused_by_every_operation_and_not_repeated() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    let category = world.category(&ada, "One").await;
    let entry = world.entry(&ada, &category, "Blog", json!("v")).await;
    let set = world.recovery_set(&ada, "GitHub", &["a"]).await;
    let operations = [
        ("POST", "/api/2fa".to_owned()),
        ("PUT", format!("/api/2fa/{set}")),
        ("POST", "/api/categories".to_owned()),
        ("PUT", format!("/api/categories/{category}")),
        ("POST", "/api/entries".to_owned()),
        ("PUT", format!("/api/entries/{entry}")),
        ("POST", "/api/access-keys".to_owned()),
        ("POST", "/api/auth/sign-in/email".to_owned()),
        ("POST", "/api/auth/sign-up/email".to_owned()),
        ("POST", "/api/account/reauth".to_owned()),
        ("POST", "/api/secrets/generate".to_owned()),
        ("PUT", "/api/account".to_owned()),
        ("PUT", "/api/account/password".to_owned()),
    ];
    let before = world.storage.audit_events().len();
    for (method, path) in &operations {
        for (what, body) in bad_bodies() {
            let reply = world.send_as(&ada, Call::new(method, path).text(body)).await;
            let small = path.starts_with("/api/auth") || path.starts_with("/api/account/");
            let sized = reply.status == 413 && small;
            assert!(reply.status == 400 || sized, "{method} {path}, {what}: {} {}", reply.status, reply.text);
            reply.code();
            if reply.status == 400 && reply.fields() == ["body"] {
                let message = reply.json()["fields"][0]["message"].as_str().unwrap().to_owned();
                assert!(SENTENCES.contains(&message.as_str()), "{message}");
            }
            assert!(!reply.text.contains("canary"), "{method} {path}, {what}: {}", reply.text);
        }
    }
    assert_eq!(world.storage.audit_events().len(), before, "nothing was changed");
}

#[tokio::test]
async fn wrong_types_and_nul_are_refused_by_field() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    let wrong = [json!(5), json!(true), json!(1.5), json!({"a": CANARY}), json!([[CANARY]]), json!("a\0b")];
    let tables = [
        (
            "/api/categories",
            vec![
                "name",
                "keyType",
                "envVarName",
                "fieldDefinitions",
                "publicNames",
                "description",
                "iconSlug",
                "color",
            ],
        ),
        (
            "/api/entries",
            vec!["categoryId", "projectName", "environment", "description", "notes", "expiresAt"],
        ),
        ("/api/2fa", vec!["service", "label", "tokens"]),
        ("/api/access-keys", vec!["name", "scopes", "projects", "expiresAt"]),
        ("/api/auth/sign-in/email", vec!["email", "password"]),
        ("/api/auth/sign-up/email", vec!["email", "password", "name"]),
        ("/api/account/reauth", vec!["password"]),
        ("/api/account", vec!["name"]),
        ("/api/account/password", vec!["currentPassword", "newPassword"]),
    ];
    for (path, names) in tables {
        let method = if matches!(path, "/api/account" | "/api/account/password") { "PUT" } else { "POST" };
        for name in names {
            for value in &wrong {
                let body = json!({ name: value });
                let reply = world.send_as(&ada, Call::new(method, path).json(&body)).await.ok(400);
                assert!(reply.fields().contains(&name.to_owned()), "{path} {name} {value}: {}", reply.text);
                assert!(!reply.text.contains("canary"), "{}", reply.text);
            }
        }
    }
}

#[tokio::test]
async fn a_group_with_a_flood_of_fields_is_refused_at_once() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    let body = json!({"name": "AWS", "keyType": "group", "fieldDefinitions": ["A"]});
    let category = world.send_as(&ada, Call::post("/api/categories").json(&body)).await.ok(201).id();
    let fields: Vec<String> = (0..150_000).map(|n| format!(r#""F{n}":"","#)).collect();
    let fields = fields.concat();
    let body = format!(r#"{{"categoryId":"{category}","projectName":"P","value":{{{fields}"Z":""}}}}"#);
    assert!(body.len() < 2 * 1024 * 1024);
    let reply = world.send_as(&ada, Call::post("/api/entries").text(body)).await.ok(400);
    assert_eq!(reply.fields(), ["value"]);
    assert!(reply.text.len() < 1000);
    let many = vec!["A B"; 100_000];
    let body = json!({"name": "x", "keyType": "group", "fieldDefinitions": many});
    let reply = world.send_as(&ada, Call::post("/api/categories").json(&body)).await.ok(400);
    assert_eq!(reply.fields(), ["fieldDefinitions"]);
    let twice = format!(r#"{{"categoryId":"{category}","projectName":"P","value":{{"A":"x","A":"y"}}}}"#);
    let reply = world.send_as(&ada, Call::post("/api/entries").text(twice)).await.ok(400);
    assert_eq!(reply.fields(), ["value"]);
}

#[tokio::test]
async fn content_types_other_than_json_are_415() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    let body = r#"{"name":"x","keyType":"simple","envVarName":"X"}"#;
    for kind in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/jsonp",
        "application/json, text/plain",
        "\u{e9}",
    ] {
        let call = Call::post("/api/categories").header("content-type", kind).body(body);
        world.send_as(&ada, call).await.is(415, "UNSUPPORTED_MEDIA_TYPE");
    }
    world.send_as(&ada, Call::post("/api/categories").body(body)).await.is(415, "UNSUPPORTED_MEDIA_TYPE");
    let call =
        Call::post("/api/categories").header("content-type", "Application/JSON ; charset=utf-8").body(body);
    world.send_as(&ada, call).await.ok(201);
}

#[tokio::test]
async fn malformed_ids_answer_like_ids_of_nothing() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    for id in [
        "x",
        "%00",
        "%2e%2e",
        "0198c0de00007000800000000000000f",
        "0198C0DE-0000-7000-8000-00000000000G",
        "'--",
    ] {
        for (call, code) in [
            (Call::get(format!("/api/categories/{id}")), "CATEGORY_NOT_FOUND"),
            (Call::new("DELETE", format!("/api/categories/{id}")), "CATEGORY_NOT_FOUND"),
            (Call::new("PUT", format!("/api/categories/{id}")).json(&json!({})), "CATEGORY_NOT_FOUND"),
            (Call::get(format!("/api/entries/{id}")), "ENTRY_NOT_FOUND"),
            (Call::post(format!("/api/entries/{id}/reveal")), "ENTRY_NOT_FOUND"),
            (Call::new("PUT", format!("/api/entries/{id}")).json(&json!({})), "ENTRY_NOT_FOUND"),
            (Call::new("DELETE", format!("/api/entries/{id}")), "ENTRY_NOT_FOUND"),
            (Call::get(format!("/api/2fa/{id}")), "TWO_FACTOR_NOT_FOUND"),
            (Call::post(format!("/api/2fa/{id}/reveal")), "TWO_FACTOR_NOT_FOUND"),
            (Call::post(format!("/api/2fa/{id}/codes/0/unuse")), "TWO_FACTOR_NOT_FOUND"),
            (Call::new("PUT", format!("/api/2fa/{id}")).json(&json!({})), "TWO_FACTOR_NOT_FOUND"),
            (Call::new("DELETE", format!("/api/2fa/{id}")), "TWO_FACTOR_NOT_FOUND"),
            (Call::new("DELETE", format!("/api/access-keys/{id}")), "ACCESS_KEY_NOT_FOUND"),
            (Call::new("DELETE", format!("/api/account/sessions/{id}")), "SESSION_NOT_FOUND"),
        ] {
            world.send_as(&ada, call).await.is(404, code);
        }
    }
}

#[tokio::test]
async fn unknown_paths_and_methods_are_json_in_the_api() {
    let world = World::new();
    for path in
        ["/api", "/api/", "/api/nothing", "/api/categories/", "/api//categories", "/api/entries/x/y/z"]
    {
        world.send(Call::get(path)).await.is(404, "NOT_FOUND");
    }
    for (method, path, allow) in [
        ("DELETE", "/api/categories", "GET, HEAD, POST"),
        ("PATCH", "/api/categories/x", "DELETE, GET, HEAD, PUT"),
        ("GET", "/api/entries/x/reveal", "POST"),
        ("GET", "/api/2fa/x/reveal", "POST"),
        ("DELETE", "/api/2fa/x/codes/0/unuse", "POST"),
        ("PATCH", "/api/2fa/x", "DELETE, GET, HEAD, PUT"),
        ("HEAD", "/api/entries/x/reveal", "POST"),
        ("OPTIONS", "/api/entries", "GET, HEAD, POST"),
        ("TRACE", "/api/entries", "GET, HEAD, POST"),
        ("PURGE", "/api/entries", "GET, HEAD, POST"),
        ("POST", "/api/auth/session", "GET, HEAD"),
        ("GET", "/api/auth/sign-in/email", "POST"),
    ] {
        let reply = world.send(Call::new(method, path)).await.ok(405);
        assert_eq!(reply.header("allow"), allow, "{method} {path}");
        if method != "HEAD" {
            reply.is(405, "METHOD_NOT_ALLOWED");
        }
    }
    let head = world.send(Call::new("HEAD", "/api/auth/session")).await.ok(200);
    assert_eq!(head.text, "");
    let page = world.send(Call::get("/nothing")).await.ok(404);
    assert_ne!(page.header("content-type"), "application/json");
}
