//! The vault over its database.

use std::sync::Arc;

use kagi_auth::ArgonHasher;
use kagi_crypto::Keyring;
use kagi_domain::{Kagi, Policy, ports::Planner};
use kagi_storage_sea::{DatabaseUrl, SeaStorage};

use crate::Failure;

/// A vault whose keys fit its database.
#[derive(Debug)]
pub struct Vault {
    kagi: Kagi,
    storage: SeaStorage,
}

impl Vault {
    /// Opens the database, brings its schema up to date and checks the keys against it.
    ///
    /// # Errors
    ///
    /// [`Failure::Connect`] and [`Failure::Keys`]; then nothing is open.
    pub async fn open(
        database: &DatabaseUrl,
        keyring: Keyring,
        policy: Policy,
        planner: Option<Arc<dyn Planner>>,
    ) -> Result<Self, Failure> {
        let storage = SeaStorage::connect(database).await?;
        let builder = kagi_crypto::vault(Arc::new(storage.clone()), keyring)
            .with_passwords(Arc::new(ArgonHasher::default()))
            .with_policy(policy);
        let kagi = match planner {
            Some(planner) => builder.with_planner(planner).build(),
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
