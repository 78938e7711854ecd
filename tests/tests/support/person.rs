//! A person of a running server, by its API.

use std::time::Duration;

use kagi_domain::access::Scope;
use reqwest::{Client, ClientBuilder, Response, Url, header::SET_COOKIE, redirect::Policy};
use serde_json::{Value, json};

use super::server::Server;

const PATIENCE: Duration = Duration::from_secs(30);
const PASSWORD: &str = "correct horse battery";

/// A client in the making that knows no proxy. One that speaks to this machine needs no TLS, but the HTTP
/// library builds none before the process has named who would do it.
pub(crate) fn plain_http() -> ClientBuilder {
    let _named_before = rustls::crypto::ring::default_provider().install_default();
    Client::builder().no_proxy()
}

pub(crate) struct Person {
    api: String,
    http: Client,
    /// The session, as a `Cookie` header spells it.
    pub(crate) cookie: String,
}

impl Person {
    /// Makes the first account, by the link that the server printed.
    pub(crate) async fn set_up(server: &Server, email: &str) -> Self {
        let http = plain_http().timeout(PATIENCE).redirect(Policy::none()).build().unwrap();
        let token = server.set_up.rsplit('=').next().unwrap();
        let fields = [("token", token), ("email", email), ("password", PASSWORD)];
        let form = Url::parse_with_params("http://form/", fields).unwrap();
        let request = http.post(format!("{}/setup", server.url)).body(form.query().unwrap().to_owned());
        let answer =
            request.header("content-type", "application/x-www-form-urlencoded").send().await.unwrap();
        assert_eq!(answer.status(), 303, "{email} sets Kagi up");
        let cookie = session(&answer);
        Self { api: format!("{}/api", server.url), http, cookie }
    }

    /// Registers, at a server that lets anybody.
    pub(crate) async fn register(server: &str, email: &str) -> Self {
        let http = plain_http().timeout(PATIENCE).redirect(Policy::none()).build().unwrap();
        let api = format!("{server}/api");
        let body = json!({"email": email, "password": PASSWORD});
        let answer = http.post(format!("{api}/auth/sign-up/email")).json(&body).send().await.unwrap();
        assert_eq!(answer.status(), 201, "{email} registers");
        let cookie = session(&answer);
        Self { api, http, cookie }
    }

    /// Ends every session of theirs but this one.
    pub(crate) async fn end_others(&self) {
        let request =
            self.http.delete(format!("{}/account/sessions", self.api)).header("cookie", &self.cookie);
        assert_eq!(request.send().await.unwrap().status(), 204);
    }

    /// Makes something; gives its data.
    pub(crate) async fn make(&self, path: &str, body: &Value) -> Value {
        let request = self.http.post(format!("{}{path}", self.api)).header("cookie", &self.cookie);
        let answer: Response = request.json(body).send().await.unwrap();
        let (status, mut body): (_, Value) = (answer.status(), answer.json().await.unwrap());
        assert_eq!(status, 201, "{path}: {body}");
        body["data"].take()
    }

    /// Makes something that takes the place of another.
    pub(crate) async fn replace(&self, path: &str, body: &Value) {
        let request = self.http.post(format!("{}{path}", self.api)).header("cookie", &self.cookie);
        let answer = request.json(body).send().await.unwrap();
        assert_eq!(answer.status(), 200, "{path}");
    }

    /// Changes something.
    pub(crate) async fn save(&self, path: &str, body: &Value) {
        let request = self.http.put(format!("{}{path}", self.api)).header("cookie", &self.cookie);
        let answer = request.json(body).send().await.unwrap();
        assert_eq!(answer.status(), 200, "{path}");
    }

    /// A category of one variable; gives its id.
    pub(crate) async fn category(&self, env_var: &str) -> String {
        let body = json!({"name": env_var, "keyType": "simple", "envVarName": env_var});
        id(&self.make("/categories", &body).await)
    }

    /// A value in a project and environment; gives its id.
    pub(crate) async fn entry(
        &self,
        category: &str,
        project: &str,
        environment: &str,
        value: &str,
    ) -> String {
        let body = json!({"categoryId": category, "projectName": project, "environment": environment, "value": value});
        id(&self.make("/entries", &body).await)
    }

    /// An access key with all scopes, limited to these projects; gives its text.
    pub(crate) async fn key(&self, projects: Option<&[&str]>) -> String {
        let scopes: Vec<_> = Scope::ALL.iter().map(|scope| scope.as_str()).collect();
        let made = self
            .make("/access-keys", &json!({"name": "a key", "scopes": scopes, "projects": projects}))
            .await;
        made["key"].as_str().unwrap().to_owned()
    }
}

/// The session's cookie, as a `Cookie` header spells it.
fn session(answer: &Response) -> String {
    let set = answer.headers().get_all(SET_COOKIE).iter().map(|cookie| cookie.to_str().unwrap());
    let session =
        set.filter_map(|cookie| cookie.split(';').next()).find(|cookie| cookie.starts_with("kagi_session="));
    session.expect("a session begins").to_owned()
}

fn id(made: &Value) -> String {
    made["id"].as_str().unwrap().to_owned()
}
