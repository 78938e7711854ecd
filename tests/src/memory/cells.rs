//! Cells by key and purpose.

use std::collections::BTreeMap;

use kagi_domain::{
    access::Owner,
    model::encryption::CellCount,
    seal::{KeyId, Purpose},
};

use super::state::State;

impl State {
    pub(super) fn cells_of(&self, owner: &Owner) -> Vec<CellCount> {
        let mut counts: BTreeMap<(KeyId, Purpose), u64> = BTreeMap::new();
        let mut add = |key: &KeyId, purpose| *counts.entry((key.clone(), purpose)).or_default() += 1;
        for entry in self.entries_of(owner) {
            let versions = self.entry(owner, entry.id).map(|row| row.versions.cells());
            versions.into_iter().flatten().for_each(|(_, cell)| add(&cell.key_id, Purpose::EntryValue));
        }
        for row in self.recovery_sets_of(owner) {
            row.keys().for_each(|key| add(key, Purpose::RecoveryCode));
        }
        for row in self.env_projects_of(owner).flat_map(|row| row.files.values()) {
            row.versions.cells().for_each(|(_, cell)| add(&cell.key_id, Purpose::EnvFile));
        }
        counts.into_iter().map(|((key, purpose), cells)| CellCount { key, purpose, cells }).collect()
    }
}
