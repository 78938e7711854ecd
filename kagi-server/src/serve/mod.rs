//! The accept loop: HTTP/1.1 with limits that the framework's own server does not set.

mod body;
mod stream;

use std::{convert::Infallible, io, net::SocketAddr, sync::Arc, time::Duration};

use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
};
use poem::{
    Addr, Endpoint, Request, RequestParts, Response,
    http::uri::Scheme,
    web::{LocalAddr, RemoteAddr},
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore},
    time::{sleep, timeout},
};

use body::PatientBody;
use stream::Stream;

/// How long a request's head may take from its connection's opening or the answer before it.
const HEAD: Duration = Duration::from_secs(10);
/// How large a request's head may be.
const HEAD_BYTES: usize = 16 * 1024;
/// How many connections are open at most; more wait in the system's queue.
const CONNECTIONS: usize = 10_000;
/// How long to wait when the system has no descriptor left.
const BACK_OFF: Duration = Duration::from_millis(100);
/// How long requests that are under way may take after the stop.
const DRAIN: Duration = Duration::from_secs(10);

/// Serves until `stop` completes, then takes no new connections and gives requests that are under
/// way ten seconds. Returns whether all of them were answered.
///
/// A head takes at most 10 seconds and 16 KiB, a pause in a body at most 10 seconds, a body at most
/// 60, a client that does not read its answer at most 15. At most 10,000 connections are open.
pub async fn serve<E>(listener: TcpListener, endpoint: E, stop: impl Future<Output = ()>) -> bool
where
    E: Endpoint<Output = Response> + 'static,
{
    let endpoint = Arc::new(endpoint);
    let graceful = GracefulShutdown::new();
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    tokio::pin!(stop);
    loop {
        let (tcp, remote, place) = tokio::select! {
            biased;
            () = &mut stop => break,
            accepted = accept(&listener, &places) => accepted,
        };
        spawn_connection(tcp, remote, place, &graceful, &endpoint);
    }
    drop(listener);
    tracing::info!("stopping: requests under way are finished, new ones are not taken");
    timeout(DRAIN, graceful.shutdown()).await.is_ok()
}

/// The next connection, once there is room for it.
async fn accept(
    listener: &TcpListener,
    places: &Arc<Semaphore>,
) -> (TcpStream, SocketAddr, Option<OwnedSemaphorePermit>) {
    // Never closed, so never an error.
    let place = Arc::clone(places).acquire_owned().await.ok();
    loop {
        match listener.accept().await {
            Ok((tcp, remote)) => return (tcp, remote, place),
            Err(error) if is_of_one_client(&error) => {}
            Err(error) => {
                tracing::warn!(cause = %error.kind(), "no connection can be accepted for the moment");
                sleep(BACK_OFF).await;
            }
        }
    }
}

/// Whether only this connection failed, before it was accepted.
fn is_of_one_client(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset, Interrupted};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset | Interrupted)
}

fn spawn_connection<E>(
    tcp: TcpStream,
    remote: SocketAddr,
    place: Option<OwnedSemaphorePermit>,
    graceful: &GracefulShutdown,
    endpoint: &Arc<E>,
) where
    E: Endpoint<Output = Response> + 'static,
{
    // Answers are small and written at once; without this the system might hold the last bytes back.
    let _ = tcp.set_nodelay(true);
    let local = tcp.local_addr().map_or_else(|_| Addr::default(), Addr::from);
    let (local, remote) = (LocalAddr(local), RemoteAddr(Addr::from(remote)));
    let endpoint = Arc::clone(endpoint);
    let service = service_fn(move |request| {
        let (endpoint, request) = (Arc::clone(&endpoint), adapt(request, local.clone(), remote.clone()));
        async move { Ok::<_, Infallible>(hyper::Response::from(endpoint.get_response(request).await)) }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD)
        .max_header_size(HEAD_BYTES)
        .max_buf_size(HEAD_BYTES)
        .serve_connection(TokioIo::new(Stream::new(tcp)), service);
    let connection = graceful.watch(connection);
    tokio::spawn(async move {
        // Its errors are the client's doing: gone, too slow, or no HTTP.
        let _ = connection.await;
        drop(place);
    });
}

/// The request as the framework knows it, with a body that does not wait for ever.
fn adapt(request: hyper::Request<Incoming>, local: LocalAddr, remote: RemoteAddr) -> Request {
    let (head, incoming) = request.into_parts();
    let head = RequestParts::from((head, local, remote, Scheme::HTTP));
    Request::from_parts(head, PatientBody::new(incoming).boxed())
}
