//! A whole vault over fakes.

use std::{ops::Deref, sync::Arc};

use kagi_domain::{Kagi, Policy, access::Actor, ports::Planner};

use crate::{FakeCipher, FakeDigester, FakeHasher, MemoryStorage, SeededEntropy, TestClock};

/// A [`Kagi`] in memory, with its fakes at hand. Goes wherever a `&Kagi` is wanted.
#[derive(Debug, Clone)]
pub struct TestKagi {
    /// The vault.
    pub kagi: Kagi,
    /// Its database.
    pub storage: MemoryStorage,
    /// Its clock.
    pub clock: Arc<TestClock>,
    /// Its randomness.
    pub entropy: Arc<SeededEntropy>,
    /// Its cipher.
    pub cipher: Arc<FakeCipher>,
    /// Its digester.
    pub digester: FakeDigester,
    /// Its password hasher.
    pub hasher: Arc<FakeHasher>,
}

/// An empty vault with the default policy.
#[must_use]
pub fn kagi() -> TestKagi {
    kagi_with(Policy::default())
}

/// An empty vault with this policy.
#[must_use]
pub fn kagi_with(policy: Policy) -> TestKagi {
    built(policy, None)
}

/// An empty vault that asks this model.
#[must_use]
pub fn kagi_with_planner(planner: Arc<dyn Planner>) -> TestKagi {
    built(Policy::default(), Some(planner))
}

fn built(policy: Policy, planner: Option<Arc<dyn Planner>>) -> TestKagi {
    let storage = MemoryStorage::new();
    let (clock, entropy) = (Arc::<TestClock>::default(), Arc::<SeededEntropy>::default());
    let (cipher, hasher) = (Arc::<FakeCipher>::default(), Arc::<FakeHasher>::default());
    let digester = FakeDigester;
    let builder = Kagi::builder(
        Arc::new(storage.clone()),
        cipher.clone(),
        Arc::new(digester),
        clock.clone(),
        entropy.clone(),
    );
    let mut builder = builder.with_passwords(hasher.clone()).with_policy(policy);
    if let Some(planner) = planner {
        builder = builder.with_planner(planner);
    }
    let kagi = builder.build();
    TestKagi { kagi, storage, clock, entropy, cipher, digester, hasher }
}

impl TestKagi {
    /// An actor with a vault of their own and every scope; the same name gives the same vault.
    ///
    /// # Panics
    ///
    /// When the name is not `[a-z0-9._-]{1,64}`.
    pub async fn actor(&self, name: &str) -> Actor {
        self.kagi.embedded(name).await.expect("the name is valid and memory answers")
    }
}

impl Deref for TestKagi {
    type Target = Kagi;

    fn deref(&self) -> &Kagi {
        &self.kagi
    }
}
