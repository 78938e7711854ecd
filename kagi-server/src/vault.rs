//! The vault over its database.

use std::sync::Arc;

use kagi_auth::{ArgonHasher, OidcProvider, Registration};
use kagi_crypto::{Keyring, SystemClock};
use kagi_domain::{Kagi, Policy, ports::Planner};
use kagi_storage_sea::{DatabaseUrl, SeaStorage};

use crate::Failure;

/// A vault whose keys fit its database.
#[derive(Debug)]
pub struct Vault {
    kagi: Kagi,
    storage: SeaStorage,
}

/// Whom a vault asks, beside its database. Neither need be there at the start.
#[derive(Default)]
pub struct Outside {
    /// Who helps to compose files.
    pub planner: Option<Arc<dyn Planner>>,
    /// Who vouches for people.
    pub provider: Option<Registration>,
}

impl Vault {
    /// Opens the database, brings its schema up to date and checks the keys against it. Nobody outside is asked
    /// anything.
    ///
    /// # Errors
    ///
    /// [`Failure::Connect`], [`Failure::Tls`] and [`Failure::Keys`]; then nothing is open.
    pub async fn open(
        database: &DatabaseUrl,
        keyring: Keyring,
        policy: Policy,
        outside: Outside,
    ) -> Result<Self, Failure> {
        let provider =
            outside.provider.map(|own| OidcProvider::new(own, Arc::new(SystemClock))).transpose()?;
        let storage = SeaStorage::connect(database).await?;
        let builder = kagi_crypto::vault(Arc::new(storage.clone()), keyring)
            .with_passwords(Arc::new(ArgonHasher::default()))
            .with_policy(policy);
        let builder = match outside.planner {
            Some(planner) => builder.with_planner(planner),
            None => builder,
        };
        let kagi = match provider {
            Some(provider) => builder.with_provider(Arc::new(provider)).build(),
            None => builder.build(),
        };
        let vault = Self { kagi, storage };
        match vault.kagi.maintenance().check_keys().await {
            Ok(()) => Ok(vault),
            Err(error) => {
                vault.close().await;
                Err(error.into())
            }
        }
    }

    /// The domain's facade.
    #[must_use]
    pub const fn kagi(&self) -> &Kagi {
        &self.kagi
    }

    /// Writes what waits and closes the database.
    pub async fn close(self) {
        self.storage.close().await;
    }
}
