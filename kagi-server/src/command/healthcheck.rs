//! `healthcheck`

use std::{
    io::{self, Read, Write},
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpStream},
    time::Duration,
};

use super::say;
use crate::{
    Failure,
    config::{Config, Variables},
};

const PATIENCE: Duration = Duration::from_secs(3);

pub(super) fn run(variables: &Variables) -> Result<(), Failure> {
    let address = reachable(Config::read_listen(variables)?);
    match ask(address) {
        Ok(true) => {
            say("ready");
            Ok(())
        }
        Ok(false) => {
            Err(Failure::Said("The server runs, but it is not ready: its database does not answer."))
        }
        Err(_) => Err(Failure::Said("No server answers at KAGI_LISTEN.")),
    }
}

/// Where to reach a server that listens on every address.
fn reachable(mut listen: SocketAddr) -> SocketAddr {
    match listen.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => listen.set_ip(Ipv4Addr::LOCALHOST.into()),
        IpAddr::V6(ip) if ip.is_unspecified() => listen.set_ip(Ipv6Addr::LOCALHOST.into()),
        _ => {}
    }
    listen
}

/// Whether the server says that it is ready. One fixed request needs no HTTP client.
fn ask(address: SocketAddr) -> io::Result<bool> {
    let mut stream = TcpStream::connect_timeout(&address, PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    stream.write_all(b"GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")?;
    let mut status = [0; 12];
    stream.read_exact(&mut status)?;
    match &status {
        b"HTTP/1.1 200" => Ok(true),
        b"HTTP/1.1 503" => Ok(false),
        _ => Err(io::ErrorKind::InvalidData.into()),
    }
}
