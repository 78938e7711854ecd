//! An application with people in it.

use std::{ops::Deref, sync::LazyLock};

use kagi_domain::{
    Policy,
    access::{Actor, ProjectLimit, Scope},
    model::access_key::NewAccessKey,
    secret::SecretText,
    services::sign_in::{Registration, registration},
};
use kagi_http::{Site, TaskTracker};
use kagi_tests::{
    TestKagi, kagi_with,
    operations::Things,
    samples::{parse, secret},
};
use poem::{Response, endpoint::BoxEndpoint};
use serde_json::{Value, json};

use crate::{
    browser::has_headers,
    call::{Call, Reply},
    described::{self, Answered},
};

pub(crate) const PASSWORD: &str = "correct horse battery";

pub(crate) struct World {
    pub(crate) kagi: TestKagi,
    pub(crate) app: BoxEndpoint<'static, Response>,
    pub(crate) site: Site,
}

impl Deref for World {
    type Target = TestKagi;

    fn deref(&self) -> &TestKagi {
        &self.kagi
    }
}

static DOCUMENT: LazyLock<Value> = LazyLock::new(|| {
    let url = "https://kagi.example".parse().unwrap();
    serde_json::from_str(&kagi_http::openapi_document(url, "0.0.0")).unwrap()
});

/// The API's description of itself.
pub(crate) fn document() -> &'static Value {
    &DOCUMENT
}

pub(crate) fn site(url: &str, proxies: &[&str]) -> Site {
    Site {
        public_url: url.parse().unwrap(),
        insecure_http: false,
        trusted_proxies: proxies.iter().map(|net| net.parse().unwrap()).collect(),
        listens_on_loopback: true,
        version: "0.0.0".to_owned(),
        tasks: TaskTracker::default(),
    }
}

pub(crate) fn who(email: &str) -> Registration {
    registration(email, secret(PASSWORD), None).unwrap()
}

/// A person's things, by their ids.
pub(crate) struct Ids {
    pub(crate) category: String,
    pub(crate) entry: String,
    pub(crate) set: String,
    pub(crate) env: String,
    pub(crate) file: String,
}

/// What requests for every operation are about, of ada@example.com; the key and the session are nobody's.
pub(crate) fn things(ids: &Ids) -> Things {
    let nothing = "0198c0de-0000-7000-8000-000000000000";
    Things::default()
        .with("category", &ids.category)
        .with("entry", &ids.entry)
        .with("set", &ids.set)
        .with("env", &ids.env)
        .with("file", &ids.file)
        .with("key", nothing)
        .with("session", nothing)
        .with("number", "1")
        .with("index", "0")
        .with("email", "ada@example.com")
        .with("password", PASSWORD)
        .with("new_email", "eve@example.com")
        .with("new_password", "another horse battery")
        .with("new_value", "v")
        .with("new_code", "c")
        .with("new_content", "A=1")
}

impl World {
    /// At `https://kagi.example`, without proxies, with nobody in it.
    pub(crate) fn new() -> Self {
        Self::at(site("https://kagi.example", &[]), Policy::default())
    }

    pub(crate) fn at(site: Site, policy: Policy) -> Self {
        let kagi = kagi_with(policy);
        let app = kagi_http::app(kagi.kagi.clone(), site.clone());
        Self { kagi, app, site }
    }

    pub(crate) async fn send(&self, call: Call) -> Reply {
        let (method, path) = (call.method().to_owned(), call.path().to_owned());
        let reply = Reply::of(&self.app, call.into_request(&self.site.public_url)).await;
        let answered = Answered {
            method: &method,
            path: &path,
            status: reply.status.as_u16(),
            content_type: reply.header("content-type"),
            text: &reply.text,
        };
        described::check(&DOCUMENT, &answered);
        has_headers(&self.site, &reply);
        reply
    }

    pub(crate) fn cookie_name(&self) -> &'static str {
        if self.site.public_url.is_https() { "__Host-kagi_session" } else { "kagi_session" }
    }

    /// A new person with a session; gives the session's token.
    pub(crate) async fn person(&self, email: &str) -> String {
        self.people().add(who(email)).await.unwrap();
        self.sign_in_again(email).await
    }

    pub(crate) async fn sign_in_again(&self, email: &str) -> String {
        let signed_in = self.sign_in().sign_in(email, secret(PASSWORD), self.origin(None)).await.unwrap();
        signed_in.token.expose().to_owned()
    }

    pub(crate) async fn actor_of(&self, token: &str) -> Actor {
        self.sign_in().by_session(&secret(token), self.origin(None)).await.unwrap().actor
    }

    /// A request in a session.
    pub(crate) fn with(&self, token: &str, call: Call) -> Call {
        call.header("cookie", format!("{}={token}", self.cookie_name()))
    }

    pub(crate) async fn send_as(&self, token: &str, call: Call) -> Reply {
        self.send(self.with(token, call)).await
    }

    /// An access key of the person with this session; give a limit to name projects.
    pub(crate) async fn key(&self, token: &str, scopes: &[Scope], projects: ProjectLimit) -> SecretText {
        let new = NewAccessKey {
            name: parse("a key"),
            scopes: scopes.iter().copied().collect(),
            projects,
            expires_at: None,
        };
        self.access_keys().create(&self.actor_of(token).await, new).await.unwrap().token
    }

    /// A simple category; gives its id.
    pub(crate) async fn category(&self, token: &str, name: &str) -> String {
        let body = json!({"name": name, "keyType": "simple", "envVarName": "TOKEN"});
        self.send_as(token, Call::post("/api/categories").json(&body)).await.ok(201).id()
    }

    /// A recovery set of these codes; gives its id.
    pub(crate) async fn recovery_set(&self, token: &str, service: &str, codes: &[&str]) -> String {
        let body = json!({"service": service, "tokens": codes});
        self.send_as(token, Call::post("/api/2fa").json(&body)).await.ok(201).id()
    }

    /// One thing of each kind, those that have a project in Blog.
    pub(crate) async fn furnish(&self, token: &str) -> Ids {
        let category = self.category(token, "One").await;
        let entry = self.entry(token, &category, "Blog", json!("sk-canary")).await;
        let set = self.recovery_set(token, "GitHub", &["canary-0", "canary-1"]).await;
        let env = self.env_project(token, "Blog").await;
        let file = self.env_file(token, &env, "env", "A=canary").await;
        Ids { category, entry, set, env, file }
    }

    /// An env project; gives its id.
    pub(crate) async fn env_project(&self, token: &str, name: &str) -> String {
        self.send_as(token, Call::post("/api/envs").json(&json!({"name": name}))).await.ok(201).id()
    }

    /// A new file with this content; gives its id.
    pub(crate) async fn env_file(&self, token: &str, env: &str, file_type: &str, content: &str) -> String {
        let body = json!({"fileType": file_type, "content": content});
        self.send_as(token, Call::post(format!("/api/envs/{env}/files")).json(&body)).await.ok(201).id()
    }

    /// An entry with this value; gives its id.
    pub(crate) async fn entry(&self, token: &str, category: &str, project: &str, value: Value) -> String {
        let body = json!({"categoryId": category, "projectName": project, "value": value});
        self.send_as(token, Call::post("/api/entries").json(&body)).await.ok(201).id()
    }
}
