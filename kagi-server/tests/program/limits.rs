//! I1: bodies and heads that are too large.

use std::{
    io::{Read, Write},
    net::Shutdown,
    thread,
};

use crate::support::{Client, Database, Kind, Running, raw};

#[tokio::test]
async fn an_endless_upload_is_refused_after_the_limit() {
    const CHUNK: usize = 64 * 1024;
    const GIB: usize = 1 << 30;
    let database = Database::new(Kind::Sqlite).await;
    database.add_user();
    let server = Running::serve(&mut database.command(&[]));
    let client = Client::sign_in(&server.url()).await;
    client.category().await;
    let before = server.memory_kib("VmRSS");

    let mut stream = raw::connect(server.address());
    let mut writer = stream.try_clone().unwrap();
    let head = format!(
        "POST /api/entries HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {}\r\n\
         Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n",
        client.key
    );
    let upload = thread::spawn(move || {
        let mut chunk = format!("{CHUNK:x}\r\n").into_bytes();
        chunk.resize(chunk.len() + CHUNK, b' ');
        chunk.extend_from_slice(b"\r\n");
        writer.write_all(head.as_bytes()).unwrap();
        (0..GIB / CHUNK).take_while(|_| writer.write_all(&chunk).is_ok()).count()
    });
    let mut status = [0; 12];
    stream.read_exact(&mut status).unwrap();
    assert_eq!(&status, b"HTTP/1.1 413");
    let _ = raw::read(&mut stream);
    drop(stream);
    let chunks = upload.join().unwrap();
    assert!(chunks < GIB / CHUNK, "the upload went through to its end");
    let grown = server.memory_kib("VmHWM").saturating_sub(before);
    assert!(grown < 8 * 1024, "memory grew by {grown} KiB");
    assert!(client.status().await.is_success());
}

#[tokio::test]
async fn an_announced_body_over_the_limit_is_refused_unread() {
    let database = Database::new(Kind::Sqlite).await;
    let server = Running::serve(&mut database.command(&[]));
    let head = "POST /api/auth/sign-in/email HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n\
                Content-Length: 1073741824\r\n\r\n{";
    let answer = raw::exchange(server.address(), head.as_bytes());
    assert_eq!(raw::status(&answer), Some(413), "{answer}");
}

#[tokio::test]
async fn a_client_may_finish_sending_after_the_answer() {
    const PART: usize = 16 * 1024;
    let database = Database::new(Kind::Sqlite).await;
    let server = Running::serve(&mut database.command(&[]));
    let mut stream = raw::connect(server.address());
    write!(
        stream,
        "POST /api/auth/sign-in/email HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\n\r\n",
        40 * PART
    )
    .unwrap();
    stream.write_all(&[b' '; PART]).unwrap();
    let mut status = [0; 12];
    stream.read_exact(&mut status).unwrap();
    assert_eq!(&status, b"HTTP/1.1 413");
    // A client that met a reset here might never read the answer.
    for _ in 1..40 {
        stream.write_all(&[b' '; PART]).unwrap();
    }
    stream.shutdown(Shutdown::Write).unwrap();
    assert!(stream.read_to_end(&mut Vec::new()).is_ok());
}

#[tokio::test]
async fn heads_have_a_limit() {
    let database = Database::new(Kind::Sqlite).await;
    let server = Running::serve(&mut database.command(&[]));
    let with_header = |bytes: usize| {
        let head = format!(
            "GET /livez HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-Padding: {}\r\n\r\n",
            "x".repeat(bytes)
        );
        raw::status(&raw::exchange(server.address(), head.as_bytes()))
    };
    assert_eq!(with_header(15 * 1024), Some(200));
    assert_eq!(with_header(17 * 1024), Some(431));
    assert_eq!(with_header(1024 * 1024), Some(431));
    let many = "X: 1\r\n".repeat(500);
    let head = format!("GET /livez HTTP/1.1\r\nHost: localhost\r\n{many}\r\n");
    assert_eq!(raw::status(&raw::exchange(server.address(), head.as_bytes())), Some(431));
    let target = format!("GET /{} HTTP/1.1\r\nHost: localhost\r\n\r\n", "x".repeat(20 * 1024));
    assert!(matches!(raw::status(&raw::exchange(server.address(), target.as_bytes())), Some(414 | 431)));
    assert_eq!(raw::status(&raw::exchange(server.address(), b"no HTTP at all\r\n\r\n")), Some(400));
}
