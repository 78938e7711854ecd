//! A server on loopback that says what a test wants, and remembers what it was told.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
    time::Duration,
};

use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

/// What the server does with a request.
#[derive(Debug, Clone)]
pub(crate) enum Reply {
    /// A whole answer: status line, further headers, body.
    Whole(&'static str, String, String),
    /// These bytes, and the end of the connection.
    Raw(Vec<u8>),
    /// The head of an answer, then bytes without end.
    Endless,
    /// The head of an answer, then a byte now and then.
    Drip,
    /// Nothing.
    Silence,
}

/// A request as it came.
#[derive(Debug, Clone)]
pub(crate) struct Seen {
    pub(crate) head: String,
    pub(crate) body: String,
}

#[derive(Debug)]
pub(crate) struct Server {
    address: SocketAddr,
    state: Arc<State>,
    task: tokio::task::JoinHandle<()>,
}

#[derive(Debug, Default)]
struct State {
    /// In order; the last one for all further requests.
    replies: Mutex<Vec<Reply>>,
    seen: Mutex<Vec<Seen>>,
}

impl Reply {
    /// The usual answer, with this content.
    pub(crate) fn content(content: &str) -> Self {
        Self::message(&json!({"role": "assistant", "content": content}), "stop")
    }

    pub(crate) fn message(message: &Value, finish: &str) -> Self {
        let body = json!({"id": "x", "choices": [{"index": 0, "message": message, "finish_reason": finish}], "usage": {}});
        Self::Whole("200 OK", String::new(), body.to_string())
    }

    pub(crate) fn status(status: &'static str) -> Self {
        Self::Whole(status, String::new(), json!({"error": {"message": "no"}}).to_string())
    }
}

/// A plan that selects nothing.
pub(crate) const EMPTY: &str = "{\"selectedKeys\":[],\"secretsToGenerate\":[],\"environment\":null}";

impl Server {
    pub(crate) async fn new(replies: impl IntoIterator<Item = Reply>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let state =
            Arc::new(State { replies: Mutex::new(replies.into_iter().collect()), ..State::default() });
        let shared = state.clone();
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let state = shared.clone();
                tokio::spawn(async move { drop(state.serve(stream).await) });
            }
        });
        Self { address, state, task }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// What came since the last call.
    pub(crate) fn seen(&self) -> Vec<Seen> {
        std::mem::take(&mut self.state.seen.lock().unwrap())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl State {
    fn next(&self) -> Reply {
        let mut replies = self.replies.lock().unwrap();
        if replies.len() > 1 { replies.remove(0) } else { replies[0].clone() }
    }

    async fn serve(&self, mut stream: TcpStream) -> std::io::Result<()> {
        let seen = read(&mut stream).await?;
        self.seen.lock().unwrap().push(seen);
        match self.next() {
            Reply::Whole(status, headers, body) => {
                let length = body.len();
                let head = format!(
                    "HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {length}\r\nConnection: close\r\n{headers}\r\n"
                );
                stream.write_all(head.as_bytes()).await?;
                stream.write_all(body.as_bytes()).await?;
            }
            Reply::Raw(bytes) => stream.write_all(&bytes).await?,
            Reply::Endless => {
                stream.write_all(HEAD).await?;
                loop {
                    stream.write_all(&[b' '; 4096]).await?;
                }
            }
            Reply::Drip => {
                stream.write_all(HEAD).await?;
                loop {
                    stream.write_all(b" ").await?;
                    tokio::time::sleep(Duration::from_millis(10)).await;
                }
            }
            Reply::Silence => std::future::pending().await,
        }
        stream.shutdown().await
    }
}

/// An answer that ends with the connection.
const HEAD: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n";

async fn read(stream: &mut TcpStream) -> std::io::Result<Seen> {
    let mut bytes = Vec::new();
    loop {
        let text = String::from_utf8_lossy(&bytes);
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head
                .lines()
                .find_map(|line| line.to_lowercase().strip_prefix("content-length: ")?.parse::<usize>().ok());
            if body.len() >= length.unwrap_or(0) {
                return Ok(Seen { head: head.to_owned(), body: body.to_owned() });
            }
        }
        let mut chunk = vec![0; 16 * 1024];
        match stream.read(&mut chunk).await? {
            0 => return Err(std::io::ErrorKind::UnexpectedEof.into()),
            read => bytes.extend_from_slice(&chunk[..read]),
        }
    }
}
