//! The generator: so many connections, each asking again as soon as it is answered.

use std::{io, net::SocketAddr, sync::Arc, time::Duration};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::Instant,
};

use crate::process::Process;

/// A load on one address.
pub struct Load {
    /// Where.
    pub address: SocketAddr,
    /// What is asked, in turn.
    pub requests: Arc<Vec<Vec<u8>>>,
    /// How many connections.
    pub connections: usize,
    /// For how long, after a tenth of it to warm up.
    pub span: Duration,
}

/// What came of it.
pub struct Outcome {
    /// How long each answer took, in microseconds, shortest first.
    pub micros: Vec<u32>,
    /// How many answers there were in all, those of the warming up too.
    pub answers: u64,
    /// How many of them were not 200.
    pub refused: u64,
    /// How long the load lasted.
    pub span: Duration,
    /// Processor time that the server took for an answer, in microseconds.
    pub cpu_micros: f64,
}

impl Load {
    /// Drives it on a thread of its own, so that the generator takes one processor at most.
    pub async fn run(&self, server: &Process) -> Outcome {
        let (address, requests) = (self.address, self.requests.clone());
        let (connections, span) = (self.connections, self.span);
        let before = server.cpu_micros();
        let driven = tokio::task::spawn_blocking(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            runtime.expect("a runtime starts").block_on(drive(address, requests, connections, span))
        });
        let mut outcome = driven.await.expect("the generator goes through");
        outcome.cpu_micros = number(server.cpu_micros() - before) / number(outcome.answers);
        outcome
    }
}

async fn drive(
    address: SocketAddr,
    requests: Arc<Vec<Vec<u8>>>,
    connections: usize,
    span: Duration,
) -> Outcome {
    let begin = Instant::now() + span / 10;
    let clients: Vec<_> = (0..connections)
        .map(|number| tokio::spawn(ask_on(address, requests.clone(), number, begin, begin + span)))
        .collect();
    let mut outcome = Outcome { micros: Vec::new(), answers: 0, refused: 0, span, cpu_micros: 0.0 };
    for client in clients {
        let (micros, answers, refused) = client.await.expect("a client goes through");
        outcome.micros.extend(micros);
        outcome.answers += answers;
        outcome.refused += refused;
    }
    outcome.micros.sort_unstable();
    outcome
}

async fn ask_on(
    address: SocketAddr,
    requests: Arc<Vec<Vec<u8>>>,
    number: usize,
    begin: Instant,
    end: Instant,
) -> (Vec<u32>, u64, u64) {
    let mut client = Client::connect(address).await;
    let (mut micros, mut answers, mut refused) = (Vec::with_capacity(65_536), 0, 0);
    // Each connection begins elsewhere.
    for request in requests.iter().cycle().skip(number * 31 % requests.len()) {
        let asked = Instant::now();
        if asked >= end {
            break;
        }
        let answer = client.ask(request).await;
        answers += 1;
        if !matches!(answer, Ok((200, _))) {
            refused += 1;
            client = Client::connect(address).await;
        } else if asked >= begin {
            micros.push(u32::try_from(asked.elapsed().as_micros()).unwrap_or(u32::MAX));
        }
    }
    (micros, answers, refused)
}

fn number(count: u64) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

/// One connection that is kept alive.
pub struct Client {
    stream: TcpStream,
    buffer: Vec<u8>,
}

impl Client {
    /// Opens one.
    pub async fn connect(address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address).await.expect("it listens");
        stream.set_nodelay(true).expect("the option can be set");
        Self { stream, buffer: Vec::with_capacity(65_536) }
    }

    /// Sends a request and reads its answer: status and length of the body, which the server says
    /// in `Content-Length`.
    pub async fn ask(&mut self, request: &[u8]) -> io::Result<(u16, usize)> {
        self.stream.write_all(request).await?;
        self.buffer.clear();
        let (head, status, length) = loop {
            if self.stream.read_buf(&mut self.buffer).await? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            if let Some(found) = head(&self.buffer) {
                break found;
            }
        };
        while self.buffer.len() < head + length {
            if self.stream.read_buf(&mut self.buffer).await? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        }
        Ok((status, length))
    }
}

/// Length of the head, status, length of the body; nothing while the head is not complete.
fn head(bytes: &[u8]) -> Option<(usize, u16, usize)> {
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n")? + 4;
    let text = std::str::from_utf8(&bytes[..end]).ok()?;
    let status = text.get(9..12)?.parse().ok()?;
    let length = text.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse().ok())?
    });
    Some((end, status, length.unwrap_or(0)))
}
