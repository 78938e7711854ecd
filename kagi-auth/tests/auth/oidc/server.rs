//! An `OpenID` provider on loopback, with switches for what can be wrong with one.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard},
};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use kagi_domain::ports::Challenge;
use ring::digest::{SHA256, digest};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

use super::keys::SigningKey;

pub(crate) const CLIENT: &str = "kagi";
pub(crate) const SECRET: &str = "client-secret-of-a-test";
pub(crate) const REDIRECT: &str = "http://127.0.0.1:3000/api/auth/callback/keycloak";

/// What an endpoint does instead of its work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Fault {
    /// This answer.
    Answers(u16, &'static str),
    /// A redirect to another endpoint that would do.
    Redirects(&'static str),
    /// No end of an answer.
    Floods,
    /// Nothing, for as long as the client waits.
    Hangs,
    /// A few bytes of an answer, then nothing.
    Stalls,
    /// The connection ends.
    HangsUp,
}

#[derive(Default)]
pub(crate) struct State {
    pub(crate) faults: BTreeMap<&'static str, Fault>,
    /// Overrides members of the description.
    pub(crate) description: Value,
    pub(crate) keys: Vec<Value>,
    /// The token response's token; none when it is missing there.
    pub(crate) token: Option<String>,
    /// Of each request: the path and the body.
    pub(crate) seen: Vec<(String, String)>,
    challenge: Option<String>,
}

#[derive(Clone)]
pub(crate) struct Server {
    pub(crate) address: String,
    state: Arc<Mutex<State>>,
}

impl Server {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let server = Self { address, state: Arc::default() };
        let accepting = server.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let serving = accepting.clone();
                tokio::spawn(async move { serving.serve(stream).await });
            }
        });
        server
    }

    pub(crate) fn issuer(&self) -> String {
        format!("{}/realms/team", self.address)
    }

    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }

    pub(crate) fn fault(&self, endpoint: &'static str, fault: Fault) {
        self.state().faults.insert(endpoint, fault);
    }

    pub(crate) fn publish(&self, keys: &[&SigningKey]) {
        self.state().keys = keys.iter().map(|key| key.public()).collect();
    }

    /// The browser was here: the code's challenge is known from its address.
    pub(crate) fn visit(&self, entrance: &str) {
        let (_, rest) = entrance.split_once("code_challenge=").unwrap();
        self.state().challenge = Some(rest.split('&').next().unwrap().to_owned());
    }

    /// How often an endpoint was asked.
    pub(crate) fn asked(&self, endpoint: &str) -> usize {
        self.state().seen.iter().filter(|(path, _)| path.ends_with(endpoint)).count()
    }

    async fn serve(self, mut stream: TcpStream) -> Option<()> {
        let (path, head, body) = request(&mut stream).await?;
        self.state().seen.push((path.clone(), body.clone()));
        let fault = self.state().faults.iter().find(|(end, _)| path.ends_with(*end)).map(|(_, f)| f.clone());
        let answer = match fault {
            Some(Fault::Answers(status, body)) => response(status, "", body),
            Some(Fault::Redirects(to)) => response(302, &format!("Location: {}{to}\r\n", self.issuer()), ""),
            Some(Fault::HangsUp) => return None,
            Some(fault) => return misbehave(stream, &fault).await,
            None => self.answer(&path, &head, &body),
        };
        stream.write_all(answer.as_bytes()).await.ok()?;
        stream.shutdown().await.ok()
    }

    fn answer(&self, path: &str, head: &str, body: &str) -> String {
        let issuer = self.issuer();
        let state = self.state();
        let document = match path.strip_prefix("/realms/team").unwrap_or_default() {
            "/.well-known/openid-configuration" => {
                let mut document = json!({
                    "issuer": issuer,
                    "authorization_endpoint": format!("{issuer}/auth"),
                    "token_endpoint": format!("{issuer}/token"),
                    "jwks_uri": format!("{issuer}/certs"),
                    "end_session_endpoint": format!("{issuer}/logout"),
                });
                for (name, value) in state.description.as_object().into_iter().flatten() {
                    document[name] = value.clone();
                }
                document
            }
            "/certs" => json!({ "keys": state.keys }),
            "/token" if !redeems(head, body, state.challenge.as_deref()) => {
                return response(400, "", r#"{"error": "invalid_grant"}"#);
            }
            "/token" => json!({ "access_token": "x", "token_type": "Bearer", "id_token": state.token }),
            _ => return response(404, "", "{}"),
        };
        response(200, "", &document.to_string())
    }
}

/// Whether a token request is right: the client's credential, the address, and the code's verifier.
fn redeems(head: &str, body: &str, challenge: Option<&str>) -> bool {
    let basic = base64::engine::general_purpose::STANDARD.encode(format!("{CLIENT}:{SECRET}"));
    let authorized = head.to_lowercase().contains(&format!("authorization: basic {}", basic.to_lowercase()));
    let redirect = "redirect_uri=http%3A%2F%2F127.0.0.1%3A3000%2Fapi%2Fauth%2Fcallback%2Fkeycloak";
    let verifier = body.split('&').find_map(|pair| pair.strip_prefix("code_verifier=")).unwrap_or_default();
    let digested = URL_SAFE_NO_PAD.encode(digest(&SHA256, verifier.as_bytes()));
    let form = body.contains("grant_type=authorization_code") && body.contains("code=good");
    authorized && form && body.contains(redirect) && challenge == Some(digested.as_str())
}

fn response(status: u16, headers: &str, body: &str) -> String {
    let length = body.len();
    format!(
        "HTTP/1.1 {status} X\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n{headers}Connection: close\r\n\r\n{body}"
    )
}

async fn misbehave(mut stream: TcpStream, fault: &Fault) -> Option<()> {
    let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 99999999\r\n\r\n{\"";
    match fault {
        Fault::Floods => {
            stream.write_all(head.as_bytes()).await.ok()?;
            while stream.write_all(&[b'x'; 4096]).await.is_ok() {}
        }
        Fault::Stalls => {
            stream.write_all(head.as_bytes()).await.ok()?;
            wait_for_the_end(stream).await;
        }
        _ => wait_for_the_end(stream).await,
    }
    None
}

async fn wait_for_the_end(mut stream: TcpStream) {
    let mut rest = [0; 64];
    while stream.read(&mut rest).await.is_ok_and(|read| read > 0) {}
}

/// Path, head and body of a request.
async fn request(stream: &mut TcpStream) -> Option<(String, String, String)> {
    let mut text = Vec::new();
    loop {
        let mut chunk = [0; 2048];
        let read = stream.read(&mut chunk).await.ok().filter(|read| *read > 0)?;
        text.extend_from_slice(&chunk[..read]);
        let so_far = String::from_utf8_lossy(&text).into_owned();
        let Some((head, body)) = so_far.split_once("\r\n\r\n") else { continue };
        let length = head.lines().find_map(|line| {
            let (name, value) = line.split_once(':')?;
            name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse::<usize>().ok())?
        });
        if body.len() >= length.unwrap_or(0) {
            let path = head.split(' ').nth(1)?.to_owned();
            return Some((path, head.to_owned(), body.to_owned()));
        }
    }
}

/// A challenge whose parts are told apart.
pub(crate) fn challenge(n: u8) -> Challenge {
    let part =
        |name: &str| kagi_tests::samples::secret(&format!("{name}{n}{}", "0".repeat(43 - name.len() - 1)));
    Challenge { state: part("state"), nonce: part("nonce"), verifier: part("verifier") }
}
