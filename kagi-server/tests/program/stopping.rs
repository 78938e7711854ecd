//! A stop finishes what is under way.

use std::{
    io::{ErrorKind, Write},
    net::TcpStream,
};

use crate::support::{Client, Database, Kind, Running, raw};

#[tokio::test]
async fn a_request_under_way_is_answered_and_no_new_one_taken() {
    let database = Database::new(Kind::Sqlite).await;
    database.add_user();
    let server = Running::serve(&mut database.command(&[]));
    let client = Client::sign_in(&server.url()).await;
    let category = client.category().await;
    let body = raw::entry(&category, "blog", "sk-late").to_string();
    let (one, other) = body.split_at(body.len() / 2);
    let mut stream = raw::connect(server.address());
    let idle = raw::connect(server.address());
    write!(
        stream,
        "POST /api/entries HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {}\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\nExpect: 100-continue\r\n\r\n",
        client.key,
        body.len(),
    )
    .unwrap();
    // The server asks for the body, so the request is under way.
    let mut asked = [0; 25];
    std::io::Read::read_exact(&mut stream, &mut asked).unwrap();
    assert!(asked.starts_with(b"HTTP/1.1 100 Continue"));
    stream.write_all(one.as_bytes()).unwrap();
    server.terminate();
    server.wait_for_log("stopping");
    assert_eq!(TcpStream::connect(server.address()).unwrap_err().kind(), ErrorKind::ConnectionRefused);
    stream.write_all(other.as_bytes()).unwrap();
    let answer = raw::read(&mut stream);
    assert_eq!(raw::status(&answer), Some(201), "{answer}");
    drop(idle);
    server.wait().success();

    let server = Running::serve(&mut database.command(&[]));
    assert!(client.at(&server.url()).projects().await.contains("blog"), "what was acknowledged is there");
}

#[tokio::test]
async fn times_of_last_use_are_not_lost_by_a_stop() {
    let database = Database::new(Kind::Sqlite).await;
    database.add_user();
    let server = Running::serve(&mut database.command(&[]));
    let client = Client::sign_in(&server.url()).await;
    client.status().await;
    server.stop().success();
    let used = database.texts("SELECT name FROM access_keys WHERE last_used_at IS NOT NULL").await;
    assert_eq!(used, ["script"]);
}
