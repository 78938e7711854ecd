//! Clients: a script with an access key, and one that writes bytes.

use std::{
    collections::BTreeSet,
    io::{Read, Write},
    net::{SocketAddr, TcpStream},
    time::Duration,
};

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use super::{EMAIL, PASSWORD};

/// A script with an all-scope access key. Cheap to clone.
#[derive(Debug, Clone)]
pub(crate) struct Client {
    http: reqwest::Client,
    base: String,
    pub(crate) key: String,
}

impl Client {
    /// Signs [`EMAIL`] in and makes an access key.
    pub(crate) async fn sign_in(base: &str) -> Self {
        let http = http();
        let credentials = json!({"email": EMAIL, "password": PASSWORD});
        let answer =
            http.post(format!("{base}/api/auth/sign-in/email")).json(&credentials).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK, "{}", answer.text().await.unwrap());
        let scopes = [
            "categories:read",
            "categories:write",
            "entries:read",
            "entries:write",
            "entries:reveal",
            "2fa:read",
            "2fa:write",
            "2fa:reveal",
            "envs:read",
            "envs:write",
            "envs:reveal",
        ];
        let draft = json!({"name": "script", "scopes": scopes});
        let answer = http.post(format!("{base}/api/access-keys")).json(&draft).send().await.unwrap();
        let status = answer.status();
        let made: Value = answer.json().await.unwrap();
        assert_eq!(status, StatusCode::CREATED, "{}", made["code"]);
        Self::with_key(base, made["data"]["key"].as_str().unwrap())
    }

    pub(crate) fn with_key(base: &str, key: &str) -> Self {
        Self { http: http(), base: base.to_owned(), key: key.to_owned() }
    }

    /// The same script against a server that was started again.
    pub(crate) fn at(&self, base: &str) -> Self {
        Self::with_key(base, &self.key)
    }

    /// The status and the body; an error when the server is gone.
    pub(crate) async fn call(
        &self,
        method: Method,
        path: &str,
        body: Option<&Value>,
    ) -> Result<(StatusCode, Value), reqwest::Error> {
        let request = self.http.request(method, format!("{}{path}", self.base)).bearer_auth(&self.key);
        let request = match body {
            Some(body) => request.json(body),
            None => request,
        };
        let answer = request.send().await?;
        let status = answer.status();
        Ok((status, serde_json::from_slice(&answer.bytes().await?).unwrap_or_default()))
    }

    /// What the server counted.
    pub(crate) async fn metrics(&self) -> String {
        let answer = self.http.get(format!("{}/metrics", self.base)).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK);
        answer.text().await.unwrap()
    }

    /// Makes a simple category, and gives its id.
    pub(crate) async fn category(&self) -> String {
        let draft = json!({"name": "OpenAI", "keyType": "simple", "envVarName": "OPENAI_API_KEY"});
        let (status, made) = self.call(Method::POST, "/api/categories", Some(&draft)).await.unwrap();
        assert_eq!(status, StatusCode::CREATED, "{}", made["code"]);
        made["data"]["id"].as_str().unwrap().to_owned()
    }

    /// Makes an entry in a project of this name; `None` when there was no answer. Gives its id.
    pub(crate) async fn entry(&self, category: &str, project: &str, value: &str) -> Option<String> {
        let draft = entry(category, project, value);
        let (status, made) = self.call(Method::POST, "/api/entries", Some(&draft)).await.ok()?;
        assert_eq!(status, StatusCode::CREATED, "{}", made["code"]);
        Some(made["data"]["id"].as_str().unwrap().to_owned())
    }

    /// Reveals an entry's value; `None` when there was no answer.
    pub(crate) async fn reveal(&self, id: &str) -> Option<String> {
        let path = format!("/api/entries/{id}/reveal");
        let (status, revealed) = self.call(Method::POST, &path, None).await.ok()?;
        assert_eq!(status, StatusCode::OK, "{}", revealed["code"]);
        Some(revealed["data"]["value"].as_str().unwrap().to_owned())
    }

    /// Reveals a version's value; `None` when there was no answer.
    pub(crate) async fn reveal_version(&self, id: &str, number: u32) -> Option<String> {
        let path = format!("/api/entries/{id}/versions/{number}/reveal");
        let (status, revealed) = self.call(Method::POST, &path, None).await.ok()?;
        assert_eq!(status, StatusCode::OK, "{}", revealed["code"]);
        Some(revealed["data"]["value"].as_str().unwrap().to_owned())
    }

    /// Makes a set of so many recovery codes; `None` when there was no answer. Gives its id.
    pub(crate) async fn recovery_set(&self, codes: usize) -> Option<String> {
        let tokens: Vec<_> = (0..codes).map(|index| format!("code-{index}")).collect();
        let draft = json!({"service": "GitHub", "tokens": tokens});
        let (status, made) = self.call(Method::POST, "/api/2fa", Some(&draft)).await.ok()?;
        assert_eq!(status, StatusCode::CREATED, "{}", made["code"]);
        Some(made["data"]["id"].as_str().unwrap().to_owned())
    }

    /// Reveals the first unused code of a set; `None` when there was no answer. Gives its index.
    pub(crate) async fn reveal_code(&self, set: &str) -> Option<u64> {
        let path = format!("/api/2fa/{set}/reveal");
        let (status, revealed) = self.call(Method::POST, &path, None).await.ok()?;
        assert_eq!(status, StatusCode::OK, "{}", revealed["code"]);
        let index = revealed["data"]["index"].as_u64().unwrap();
        assert_eq!(revealed["data"]["token"], format!("code-{index}"));
        Some(index)
    }

    /// The indexes of the codes of a set that are used.
    pub(crate) async fn used_codes(&self, set: &str) -> BTreeSet<u64> {
        let (status, set) = self.call(Method::GET, &format!("/api/2fa/{set}"), None).await.unwrap();
        assert_eq!(status, StatusCode::OK, "{}", set["code"]);
        let codes = set["data"]["codes"].as_array().unwrap().iter();
        let used = codes.filter(|code| !code["usedAt"].is_null());
        used.map(|code| code["index"].as_u64().unwrap()).collect()
    }

    /// Makes an env project of this name; `None` when there was no answer. Gives its path.
    pub(crate) async fn env_project(&self, name: &str) -> Option<String> {
        let (status, made) = self.call(Method::POST, "/api/envs", Some(&json!({"name": name}))).await.ok()?;
        assert_eq!(status, StatusCode::CREATED, "{}", made["code"]);
        Some(format!("/api/envs/{}", made["data"]["id"].as_str().unwrap()))
    }

    /// Saves a project's `.env`; `None` when there was no answer. Gives its path and its version.
    pub(crate) async fn save_env(&self, project: &str, content: &str) -> Option<(String, u64)> {
        let (path, draft) = (format!("{project}/files"), json!({"fileType": "env", "content": content}));
        let (status, saved) = self.call(Method::POST, &path, Some(&draft)).await.ok()?;
        assert!(status.is_success(), "{}", saved["code"]);
        let id = saved["data"]["id"].as_str().unwrap();
        Some((format!("{path}/{id}"), saved["data"]["version"].as_u64().unwrap()))
    }

    /// Reveals a version of a file; `None` when there was no answer.
    pub(crate) async fn reveal_env(&self, file: &str, version: u64) -> Option<String> {
        let path = format!("{file}/versions/{version}/reveal");
        let (status, revealed) = self.call(Method::POST, &path, None).await.ok()?;
        assert_eq!(status, StatusCode::OK, "{}", revealed["code"]);
        Some(revealed["data"]["content"].as_str().unwrap().to_owned())
    }

    /// The names of all entries' projects, page by page.
    pub(crate) async fn projects(&self) -> BTreeSet<String> {
        let (mut names, mut cursor) = (BTreeSet::new(), String::new());
        loop {
            let path = format!("/api/entries?limit=1000{cursor}");
            let (status, page) = self.call(Method::GET, &path, None).await.unwrap();
            assert_eq!(status, StatusCode::OK, "{}", page["code"]);
            let entries = page["data"].as_array().unwrap();
            names.extend(entries.iter().map(|entry| entry["projectName"].as_str().unwrap().to_owned()));
            match page["nextCursor"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => return names,
            }
        }
    }

    /// The status of a harmless request.
    pub(crate) async fn status(&self) -> StatusCode {
        self.call(Method::GET, "/api/categories", None).await.unwrap().0
    }
}

/// The body that makes an entry.
pub(crate) fn entry(category: &str, project: &str, value: &str) -> Value {
    json!({"categoryId": category, "projectName": project, "value": value})
}

/// A client in the making that knows no proxy. One that speaks to this machine needs no TLS, but the HTTP
/// library builds none before the process has named who would do it.
pub(crate) fn plain_http() -> reqwest::ClientBuilder {
    let _named_before = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder().no_proxy()
}

fn http() -> reqwest::Client {
    plain_http()
        .cookie_store(true)
        .timeout(Duration::from_secs(30))
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .unwrap()
}

/// Clients that write bytes of their choice.
pub(crate) mod raw {
    use super::{Read, SocketAddr, TcpStream, Write};

    pub(crate) use super::entry;

    /// A connection that gives up after a while.
    pub(crate) fn connect(address: SocketAddr) -> TcpStream {
        let stream = TcpStream::connect(address).unwrap();
        stream.set_read_timeout(Some(std::time::Duration::from_secs(30))).unwrap();
        stream
    }

    /// Sends a request and reads until the server closes.
    pub(crate) fn exchange(address: SocketAddr, request: &[u8]) -> String {
        let mut stream = connect(address);
        // The server may have had enough before the end.
        let _ = stream.write_all(request);
        read(&mut stream)
    }

    /// Everything until the server closes.
    pub(crate) fn read(stream: &mut TcpStream) -> String {
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// The status of an answer.
    pub(crate) fn status(answer: &str) -> Option<u16> {
        answer.strip_prefix("HTTP/1.1 ")?.get(..3)?.parse().ok()
    }
}
