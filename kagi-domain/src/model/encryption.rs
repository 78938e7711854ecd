//! How a vault is sealed: which keys, how many cells. Never a key, never a cell.

use crate::seal::{KeyId, Purpose};

/// How many cells of one purpose are sealed under one key.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct CellCount {
    /// The key.
    pub key: KeyId,
    /// What the cells are.
    pub purpose: Purpose,
    /// How many there are: at least one.
    pub cells: u64,
}

/// How a vault is sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Encryption {
    /// The key under which new cells are sealed.
    pub active_key: KeyId,
    /// The cells within reach, by key and purpose.
    pub cells: Vec<CellCount>,
}

impl Encryption {
    /// How many cells are sealed under another key than the active one.
    #[must_use]
    pub fn under_older_keys(&self) -> u64 {
        let older = self.cells.iter().filter(|count| count.key != self.active_key);
        older.fold(0, |sum, count| sum.saturating_add(count.cells))
    }
}
