//! A vault, ready to be served.

use std::{io, net::SocketAddr, time::Duration};

use kagi_domain::{Kagi, secret::SecretText};
use kagi_http::{PublicUrl, Site};
use tokio::{net::TcpListener, time::timeout};
use tokio_util::task::TaskTracker;

use crate::{Failure, Outside, Vault, config::Config, serve};

/// How long changes that are under way may take after the last request is answered.
const SETTLE: Duration = Duration::from_secs(5);

/// A server before it listens: its database is open and its keys are checked.
#[derive(Debug)]
pub struct Server {
    vault: Vault,
    site: SiteSettings,
}

#[derive(Debug)]
struct SiteSettings {
    public_url: Option<PublicUrl>,
    insecure_http: bool,
    trusted_proxies: Vec<ipnet::IpNet>,
}

impl Server {
    /// Opens the vault that the settings name, and makes the first account when they have one and
    /// there is none.
    ///
    /// # Errors
    ///
    /// [`Failure`]; then nothing is open. One of them is a vault without an account where passwords, and
    /// with them the set-up, are switched off.
    pub async fn open(config: Config) -> Result<Self, Failure> {
        let outside = Outside { planner: config.planner.map(|model| model.0), provider: config.provider };
        let vault = Vault::open(&config.database, config.keyring, config.policy, outside).await?;
        if let Some(who) = config.first_user
            && let Err(error) = vault.kagi().people().ensure_first(who).await
        {
            vault.close().await;
            return Err(error.into());
        }
        if let Err(failure) = can_be_entered(vault.kagi()).await {
            vault.close().await;
            return Err(failure);
        }
        let site = SiteSettings {
            public_url: config.public_url,
            insecure_http: config.insecure_http,
            trusted_proxies: config.trusted_proxies,
        };
        Ok(Self { vault, site })
    }

    /// The vault.
    #[must_use]
    pub const fn vault(&self) -> &Vault {
        &self.vault
    }

    /// What people type when the server listens there.
    #[must_use]
    pub fn public_url(&self, listens: SocketAddr) -> String {
        match &self.site.public_url {
            Some(url) => url.to_string(),
            None => format!("http://{listens}"),
        }
    }

    /// The token of the set-up link; `None` once an account was made.
    ///
    /// # Errors
    ///
    /// [`Failure::Storage`].
    pub async fn set_up_token(&self) -> Result<Option<SecretText>, Failure> {
        let sign_in = self.vault.kagi().sign_in();
        Ok(sign_in.needs_set_up().await?.then(|| sign_in.set_up_token()))
    }

    /// Serves until `stop` completes; then finishes what is under way and closes the vault.
    ///
    /// # Errors
    ///
    /// [`Failure::CutOff`] when something took longer than the time that a stop has;
    /// [`Failure::Listen`] when the listener has no address.
    pub async fn serve(self, listener: TcpListener, stop: impl Future<Output = ()>) -> Result<(), Failure> {
        let listens = match listener.local_addr() {
            Ok(address) => address,
            Err(error) => return self.refuse(error).await,
        };
        // Of an address and a port there is always a URL.
        let Ok(public_url) = self.public_url(listens).parse() else {
            return self.refuse(io::ErrorKind::InvalidInput.into()).await;
        };
        let tasks = TaskTracker::new();
        let site = Site {
            public_url,
            insecure_http: self.site.insecure_http,
            trusted_proxies: self.site.trusted_proxies,
            listens_on_loopback: listens.ip().is_loopback(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            tasks: tasks.clone(),
        };
        let drained = serve(listener, kagi_http::app(self.vault.kagi().clone(), site), stop).await;
        tasks.close();
        let settled = timeout(SETTLE, tasks.wait()).await.is_ok();
        self.vault.close().await;
        if drained && settled { Ok(()) } else { Err(Failure::CutOff) }
    }

    async fn refuse(self, error: io::Error) -> Result<(), Failure> {
        self.vault.close().await;
        Err(Failure::Listen(error.kind()))
    }

    /// Closes the vault without serving it.
    pub async fn close(self) {
        self.vault.close().await;
    }
}

/// Whether somebody has an account, or the first can be made.
async fn can_be_entered(kagi: &Kagi) -> Result<(), Failure> {
    if kagi.policy().passwords || !kagi.sign_in().needs_set_up().await? {
        return Ok(());
    }
    Err(Failure::Said(
        "ENABLE_EMAIL_PASSWORD=false leaves no way to make the first account, and nobody has one yet. Start once \
         without it and make an account.",
    ))
}
