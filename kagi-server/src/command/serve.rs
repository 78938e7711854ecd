//! `serve`

use std::{io, net::SocketAddr, path::Path};

use tokio::{
    net::TcpListener,
    signal::unix::{Signal, SignalKind, signal},
};

use super::{runtime, say};
use crate::{
    Failure, Server,
    config::{Config, Variables},
    private,
};

pub(super) fn run(variables: &Variables, env_file: Option<&Path>) -> Result<(), Failure> {
    let config = Config::read(variables)?;
    let named = KEY_FILES.iter().filter_map(|name| variables.get(name));
    // EXPOSE: these settings are paths.
    let named = named.map(|path| Path::new(path.expose()));
    named.chain(env_file).chain(config.database.file()).for_each(private::warn);
    runtime()?.block_on(serve(config))
}

/// The settings that name files with secrets in them.
const KEY_FILES: [&str; 4] = [
    "KAGI_ENCRYPTION_KEY_FILE",
    "KAGI_EXTRA_DECRYPTION_KEYS_FILE",
    "DATABASE_URL_FILE",
    "ADMIN_PASSWORD_FILE",
];

/// Opens, listens, announces, serves.
pub(super) async fn serve(config: Config) -> Result<(), Failure> {
    let address = config.listen;
    let stop = Stop::new()?;
    let server = Server::open(config).await?;
    match prepare(&server, address).await {
        Ok(listener) => server.serve(listener, stop.requested()).await,
        Err(failure) => {
            server.close().await;
            Err(failure)
        }
    }
}

async fn prepare(server: &Server, address: SocketAddr) -> Result<TcpListener, Failure> {
    let token = server.set_up_token().await?;
    let refused = |error: io::Error| match error.kind() {
        io::ErrorKind::AddrInUse => Failure::AddressTaken(address),
        kind => Failure::Listen(kind),
    };
    let listener = TcpListener::bind(address).await.map_err(refused)?;
    let listens = listener.local_addr().map_err(refused)?;
    let url = server.public_url(listens);
    tracing::info!(address = %listens, %url, "listening");
    if let Some(token) = token {
        // EXPOSE: the operator needs the link. It goes to the standard output and never to the log.
        say(format_args!(
            "Nobody has an account yet. Make the first one: {url}/setup?token={}",
            token.expose()
        ));
    }
    say(format_args!("Kagi is ready at {url} (listening on {listens})."));
    Ok(listener)
}

/// The signals that end a server. They are caught from the beginning, so that none falls between
/// opening and serving.
struct Stop {
    terminate: Signal,
    interrupt: Signal,
}

impl Stop {
    fn new() -> Result<Self, Failure> {
        let caught = |kind| signal(kind).map_err(|error| Failure::System(error.kind()));
        Ok(Self { terminate: caught(SignalKind::terminate())?, interrupt: caught(SignalKind::interrupt())? })
    }

    async fn requested(mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}
