//! What is asked of the server.

use std::{net::SocketAddr, sync::Arc};

use kagi_domain::paging::Cursor;

use crate::{drive, vault::Vault};

/// In a larger vault a search takes a processor for itself; more connections measure the queue.
const SMALL: usize = 10_000;

/// An operation: many requests that differ in whom they ask about.
pub struct Operation {
    /// What it is called in the tables.
    pub name: &'static str,
    /// The requests' bytes, taken in turn.
    pub requests: Arc<Vec<Vec<u8>>>,
    /// Connections beyond which it is not driven.
    pub most: usize,
}

impl Operation {
    fn new(name: &'static str, vault: &Vault, method: &str, paths: impl Iterator<Item = String>) -> Self {
        // EXPOSE: the server takes the key in a header.
        let requests = paths.map(|path| request(method, &path, vault.key.expose())).collect();
        Self { name, requests: Arc::new(requests), most: usize::MAX }
    }

    const fn at_most(mut self, connections: usize) -> Self {
        self.most = connections;
        self
    }

    /// How many bytes its first answer has.
    pub async fn answer_size(&self, address: SocketAddr) -> usize {
        let mut client = drive::Client::connect(address).await;
        let (status, size) = client.ask(&self.requests[0]).await.expect("it answers");
        assert_eq!(status, 200, "{}: the first answer", self.name);
        size
    }
}

/// Every operation that is measured.
pub fn operations(vault: &Vault) -> Vec<Operation> {
    // A thousand entries from the whole vault, in no order that a cache would like.
    let some: Vec<_> = (0..1000).map(|turn| vault.ids[turn * 7919 % vault.ids.len()]).collect();
    let each = |rest: &'static str| some.iter().map(move |id| format!("/api/entries/{id}{rest}"));
    let after = |turn: usize| Cursor::Id(vault.ids[vault.ids.len() / 2 + turn].as_uuid()).encode();
    let deep = (0..20).map(|turn| format!("/api/entries?limit=50&cursor={}", after(turn)));
    let of = |category: &String| format!("/api/entries?limit=5&categoryId={category}");
    let one = |path: &str| std::iter::once(path.to_owned());
    vec![
        Operation::new("reveal", vault, "POST", each("/reveal")),
        Operation::new("get", vault, "GET", each("")),
        Operation::new("list of 50", vault, "GET", one("/api/entries?limit=50")),
        Operation::new("list of 50 from the middle", vault, "GET", deep),
        Operation::new("list of 5 in a category", vault, "GET", vault.categories.iter().map(of)),
        Operation::new("categories", vault, "GET", one("/api/categories")),
        Operation::new("search for nothing", vault, "GET", one("/api/entries?search=no%20such%20text"))
            .at_most(if vault.entries > SMALL { 1 } else { usize::MAX }),
    ]
}

/// A request without a body.
pub fn request(method: &str, path: &str, key: &str) -> Vec<u8> {
    let length = if method == "POST" { "Content-Length: 0\r\n" } else { "" };
    let head =
        format!("{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {key}\r\n{length}\r\n");
    head.into_bytes()
}
