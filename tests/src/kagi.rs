//! A whole vault over fakes.

use std::{ops::Deref, sync::Arc};

use kagi_domain::{Kagi, Policy, access::Actor, ports::Planner};

use crate::{FakeCipher, FakeDigester, FakeHasher, FakeProvider, MemoryStorage, SeededEntropy, TestClock};

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
    /// Its identity provider; only a vault that was made with one offers it.
    pub provider: Arc<FakeProvider>,
}

/// An empty vault with the default policy.
#[must_use]
pub fn kagi() -> TestKagi {
    kagi_with(Policy::default())
}

/// An empty vault with this policy.
#[must_use]
pub fn kagi_with(policy: Policy) -> TestKagi {
    built(policy, None, false)
}

/// The same where people can sign in at an identity provider.
#[must_use]
pub fn kagi_with_provider(policy: Policy) -> TestKagi {
    built(policy, None, true)
}

/// An empty vault that asks this model.
#[must_use]
pub fn kagi_with_planner(planner: Arc<dyn Planner>) -> TestKagi {
    built(Policy::default(), Some(planner), false)
}

fn built(policy: Policy, planner: Option<Arc<dyn Planner>>, with_provider: bool) -> TestKagi {
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
    let provider = Arc::<FakeProvider>::default();
    let mut builder = builder.with_passwords(hasher.clone()).with_policy(policy);
    if let Some(planner) = planner {
        builder = builder.with_planner(planner);
    }
    if with_provider {
        builder = builder.with_provider(provider.clone());
    }
    let kagi = builder.build();
    TestKagi { kagi, storage, clock, entropy, cipher, digester, hasher, provider }
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
