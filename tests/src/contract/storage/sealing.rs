//! A person's cells by key and purpose.

use kagi_domain::{
    access::Owner,
    ids::UserId,
    model::{category::Category, encryption::CellCount},
    seal::{KeyId, Purpose},
};

use super::Bench;

const KEYS: [&str; 2] = ["0000000000000001", "0000000000000002"];

fn key(index: usize) -> KeyId {
    KeyId::from_stored(KEYS[index].to_owned())
}

impl Bench {
    /// An entry whose versions, from the first, are sealed under these keys.
    async fn entry_under(&self, user: UserId, category: &Category, project: &str, keys: &[usize]) {
        let (owner, entry) = (Self::owner(user), self.draft_entry(category, project));
        let mut unit = self.unit().await;
        for (number, index) in (1..).zip(keys) {
            let mut version = self.version(number);
            version.sealed.key_id = key(*index);
            match number {
                1 => unit.entries().insert(&owner, &entry, &version).await.unwrap(),
                _ => unit.entries().add_version(&owner, entry.id, &version, 100).await.unwrap(),
            }
        }
        self.commit(unit, user).await;
    }

    /// A set whose codes are sealed under these keys.
    async fn set_under(&self, user: UserId, service: &str, keys: &[usize]) {
        let (set, mut codes) = (self.draft_set(service, keys.len()), self.codes(keys.len()));
        for (code, index) in codes.iter_mut().zip(keys) {
            code.sealed.key_id = key(*index);
        }
        let mut unit = self.unit().await;
        unit.recovery_sets().insert(&Self::owner(user), &set, &codes).await.unwrap();
        self.commit(unit, user).await;
    }
}

async fn counted(bench: &Bench, owner: &Owner) -> Vec<CellCount> {
    bench.catalog().cells(owner).await.unwrap()
}

fn count(index: usize, purpose: Purpose, cells: u64) -> CellCount {
    CellCount { key: key(index), purpose, cells }
}

/// Every version and every code counts, by its own key; used codes too.
pub async fn own_cells_are_counted_by_key_and_purpose(bench: Bench) {
    let ada = bench.person("ada").await;
    let owner = Bench::owner(ada);
    assert_eq!(counted(&bench, &owner).await, []);
    let category = bench.category(ada, "One").await;
    bench.set_under(ada, "GitHub", &[1, 0, 1, 1]).await;
    assert_eq!(
        counted(&bench, &owner).await,
        [count(0, Purpose::RecoveryCode, 1), count(1, Purpose::RecoveryCode, 3)]
    );
    bench.entry_under(ada, &category, "alpha", &[0, 0, 1]).await;
    bench.entry_under(ada, &category, "beta", &[1]).await;
    let all = [
        count(0, Purpose::EntryValue, 2),
        count(0, Purpose::RecoveryCode, 1),
        count(1, Purpose::EntryValue, 2),
        count(1, Purpose::RecoveryCode, 3),
    ];
    assert_eq!(counted(&bench, &owner).await, all);
}

/// Another person's cells do not count, nor those of entries beyond the owner's projects.
pub async fn cells_beyond_reach_are_not_counted(bench: Bench) {
    let (ada, eve) = (bench.person("ada").await, bench.person("eve").await);
    for (user, codes) in [(ada, &[0, 0][..]), (eve, &[0, 0, 0])] {
        let category = bench.category(user, "One").await;
        bench.entry_under(user, &category, "alpha", &[0]).await;
        bench.entry_under(user, &category, "beta", &[0, 1]).await;
        bench.set_under(user, "GitHub", codes).await;
    }
    let codes = count(0, Purpose::RecoveryCode, 2);
    let with_codes =
        |old| vec![count(0, Purpose::EntryValue, old), codes.clone(), count(1, Purpose::EntryValue, 1)];
    assert_eq!(counted(&bench, &Bench::owner(ada)).await, with_codes(2));
    assert_eq!(counted(&bench, &Bench::limited(ada, &["BETA"])).await, with_codes(1));
    assert_eq!(counted(&bench, &Bench::limited(ada, &[])).await, [codes]);
}
