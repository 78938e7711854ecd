//! A person in a browser who keeps every answer.

use std::collections::BTreeSet;

use reqwest::{
    Client, Method, Response, StatusCode,
    header::{COOKIE, SET_COOKIE},
    redirect::Policy,
};
use serde_json::{Value, json};

use super::{PASSWORD, evidence::Evidence};
use crate::support::{EMAIL, plain_http};

const SIGN_IN: &str = "/api/auth/sign-in/email";

/// An answer as it came: its headers and its body.
pub(super) struct Answer {
    pub(super) what: String,
    pub(super) text: String,
    /// The names of the secrets that belong there.
    pub(super) shows: Vec<String>,
}

impl Answer {
    fn location(&self) -> Option<String> {
        let line = self.text.lines().find_map(|line| line.strip_prefix("location: "))?;
        line.starts_with('/').then(|| line.to_owned())
    }
}

pub(super) struct Visitor {
    http: Client,
    base: String,
    cookie: String,
    pub(super) answers: Vec<Answer>,
    /// Tokens that the server made up. Each is shown once, and is a secret from there on.
    issued: Vec<(String, String)>,
}

impl Visitor {
    pub(super) async fn sign_in(base: &str) -> Self {
        let http = plain_http().redirect(Policy::none()).build().unwrap();
        let (cookie, answers, issued) = (String::new(), Vec::new(), Vec::new());
        let mut visitor = Self { http, base: base.to_owned(), cookie, answers, issued };
        visitor.session().await;
        visitor.cookie = format!("kagi_session={}", visitor.issued[0].1);
        visitor
    }

    /// Begins another session, and gives its id.
    pub(super) async fn session(&mut self) -> String {
        let credentials = json!({"email": EMAIL, "password": PASSWORD}).to_string();
        let (status, body) = self.call(Method::POST, SIGN_IN, Some(credentials), &[]).await;
        assert_eq!(status, StatusCode::OK, "{body}");
        id(&body)
    }

    /// Makes something, and gives its id.
    pub(super) async fn make(&mut self, path: &str, body: &Value) -> String {
        let path = format!("/api{path}");
        let (status, answer) = self.call(Method::POST, &path, Some(body.to_string()), &[]).await;
        assert_eq!(status, StatusCode::CREATED, "{path}: {answer}");
        id(&answer)
    }

    /// Sends a request whose answer shows these secrets; gives the answer's body.
    pub(super) async fn call(
        &mut self,
        method: Method,
        path: &str,
        body: Option<String>,
        shows: &[&str],
    ) -> (StatusCode, String) {
        let what = format!("{method} {path}");
        let mut request = self.http.request(method.clone(), format!("{}{path}", self.base));
        // Whoever signs in does so in another browser: in this one it would end the session that goes on.
        let elsewhere = path.starts_with("/api/auth/sign-in/") || path.starts_with("/api/auth/sign-up/");
        if !self.cookie.is_empty() && !elsewhere {
            request = request.header(COOKIE, &self.cookie);
        }
        if let Some(body) = body {
            let form = !path.starts_with("/api/");
            let media = if form { "application/x-www-form-urlencoded" } else { "application/json" };
            request = request.header("content-type", media).body(body);
        }
        let answer = request.send().await.unwrap();
        let (status, head, token) = (answer.status(), head(&answer), token(&answer));
        let body = answer.text().await.unwrap();
        let mut shows: Vec<_> = shows.iter().map(|name| (*name).to_owned()).collect();
        let issued = if status.is_success() { issues(&method, path, &body, token.as_ref()) } else { None };
        if let Some(secret) = issued {
            let name = format!("what {what} issued as number {}", self.issued.len());
            shows.push(name.clone());
            self.issued.push((name, secret));
        }
        if let Some(token) = token.filter(|_| path.starts_with("/api/account/")) {
            self.cookie = format!("kagi_session={token}");
        }
        self.answers.push(Answer { what, text: format!("{head}\n{body}"), shows });
        (status, body)
    }

    /// Follows every link and redirection from the first page on; gives how many paths there are.
    pub(super) async fn read_every_page(&mut self) -> usize {
        let (mut known, mut open) = (BTreeSet::new(), vec!["/".to_owned()]);
        while let Some(path) = open.pop() {
            if known.insert(path.clone()) {
                let (status, page) = self.call(Method::GET, &path, None, &[]).await;
                assert!(!status.is_server_error(), "{path}: {status}");
                open.extend(links(&page));
                open.extend(self.answers.last().and_then(Answer::location));
            }
        }
        known.len()
    }

    /// Every operation of the document that is served, as method and path.
    pub(super) async fn served(&mut self) -> BTreeSet<(String, String)> {
        let document = self.call(Method::GET, "/api/openapi", None, &[]).await.1;
        let document: Value = serde_json::from_str(&document).unwrap();
        let paths = document["paths"].as_object().unwrap().iter();
        let methods = paths.flat_map(|(path, methods)| {
            methods.as_object().unwrap().keys().map(|method| (method.to_uppercase(), path.clone()))
        });
        methods.collect()
    }

    pub(super) fn testify(&self, evidence: &mut Evidence) {
        for (name, secret) in &self.issued {
            evidence.secret(name, secret);
        }
    }
}

fn id(answer: &str) -> String {
    let answer: Value = serde_json::from_str(answer).unwrap();
    answer["data"]["id"].as_str().unwrap().to_owned()
}

fn head(answer: &Response) -> String {
    let lines = answer
        .headers()
        .iter()
        .map(|(name, value)| format!("{name}: {}", String::from_utf8_lossy(value.as_bytes())));
    lines.collect::<Vec<_>>().join("\n")
}

/// The session that an answer starts.
fn token(answer: &Response) -> Option<String> {
    let cookie = answer.headers().get(SET_COOKIE)?.to_str().unwrap();
    let token = cookie.strip_prefix("kagi_session=")?.split(';').next()?;
    (!token.is_empty()).then(|| token.to_owned())
}

/// The secret that an operation makes up and shows this once.
fn issues(method: &Method, path: &str, body: &str, token: Option<&String>) -> Option<String> {
    let data = |name: &str| {
        let body: Value = serde_json::from_str(body).unwrap();
        body["data"][name].as_str().map(str::to_owned)
    };
    match (method.as_str(), path) {
        ("POST", "/api/access-keys") => data("key"),
        ("POST", "/api/secrets/generate") => data("value"),
        ("POST", SIGN_IN | "/api/auth/sign-up/email" | "/api/account/reauth")
        | ("PUT", "/api/account/password") => token.cloned(),
        _ => {
            assert_eq!(token, None, "{method} {path} starts a session");
            None
        }
    }
}

/// The paths of this site that a page links to.
fn links(page: &str) -> Vec<String> {
    let targets = page.split(" href=\"").skip(1).filter_map(|rest| rest.split(['"', '#']).next());
    let own = targets.filter(|target| target.starts_with('/') && !target.starts_with("//"));
    own.map(|target| target.replace("&amp;", "&")).collect()
}
