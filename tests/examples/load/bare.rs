//! The measure of all others: a route that answers a static JSON, on the framework's own server and
//! a runtime like ours, in a process of its own.

use std::{net::SocketAddr, process::Command, sync::Arc};

use poem::{Response, Route, Server, endpoint::make_sync, get, listener::TcpAcceptor};

use crate::process::Process;

const PATH: &str = "/api/entries";

/// Serves answers of so many bytes until it is ended. Prints where.
pub fn serve(size: usize) {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    runtime.expect("a runtime starts").block_on(async {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
        println!("listening on {}", listener.local_addr().expect("it has an address"));
        let body: &'static str = String::leak(format!("{{\"data\":\"{}\"}}", "x".repeat(size.max(11) - 11)));
        let answer = make_sync(move |_| Response::builder().content_type("application/json").body(body));
        let acceptor = TcpAcceptor::from_tokio(listener).expect("it accepts");
        let served = Server::new_with_acceptor(acceptor).run(Route::new().at(PATH, get(answer))).await;
        served.expect("it serves");
    });
}

/// The bare route, running. It ends with this.
pub struct Bare {
    /// Its process.
    pub process: Process,
    /// Where it listens.
    pub address: SocketAddr,
}

impl Bare {
    /// Starts it with answers of so many bytes.
    pub fn start(size: usize) -> Self {
        let own = std::env::current_exe().expect("this program has a path");
        let process = Process::start(Command::new(own).args(["bare", &size.to_string()]));
        let address = process.word_behind("listening on ").parse().expect("an address");
        Self { process, address }
    }
}

/// What is asked of it.
pub fn requests() -> Arc<Vec<Vec<u8>>> {
    Arc::new(vec![crate::operation::request("GET", PATH, "kagi_bare")])
}
