//! A vault at a glance.

use crate::model::{
    category::KeyType,
    entry::{EntryListing, Environment},
};

/// How much there is within reach: one field for each kind of thing that a vault counts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Totals {
    /// Categories by their type.
    pub categories: Counts<KeyType, 2>,
    /// Entries by their environment.
    pub entries: Counts<Environment, 4>,
    /// Recovery sets; they belong to no project.
    pub recovery_sets: u64,
    /// Env projects.
    pub env_projects: u64,
    /// Their files.
    pub env_files: u64,
}

/// How many things there are of each kind; kinds of which there are none are counted too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counts<K, const KINDS: usize>([(K, u64); KINDS]);

impl<K: Copy + PartialEq, const KINDS: usize> Counts<K, KINDS> {
    /// Adds to a kind's number.
    pub fn add(&mut self, kind: K, more: u64) {
        for (_, count) in self.0.iter_mut().filter(|(own, _)| *own == kind) {
            *count = count.saturating_add(more);
        }
    }

    /// Every kind with its number, in the order in which pages list them.
    #[must_use]
    pub const fn each(&self) -> [(K, u64); KINDS] {
        self.0
    }

    /// All together.
    #[must_use]
    pub fn sum(&self) -> u64 {
        self.0.iter().fold(0, |sum, (_, count)| sum.saturating_add(*count))
    }
}

impl Default for Counts<KeyType, 2> {
    fn default() -> Self {
        Self(KeyType::ALL.map(|kind| (kind, 0)))
    }
}

impl Default for Counts<Environment, 4> {
    fn default() -> Self {
        Self(Environment::ALL.map(|environment| (environment, 0)))
    }
}

/// A vault at a glance.
#[derive(Debug, Clone)]
pub struct Overview {
    /// How much there is.
    pub totals: Totals,
    /// The newest entries, newest first.
    pub recent: Vec<EntryListing>,
    /// Entries that expire soonest, or have expired, in the order of their expiry.
    pub expiring: Vec<EntryListing>,
}
