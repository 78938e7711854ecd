//! Facts of the installation as a whole.

use kagi_domain::{model::version::NewVersion, seal::KeyId};

use super::Bench;

/// An empty database has no key check, no cells, and is not set up.
pub async fn an_empty_database_is_empty(bench: Bench) {
    let installation = bench.storage.installation();
    assert!(installation.key_check(&Bench::system()).await.unwrap().is_none());
    assert!(installation.cells_by_key(&Bench::system()).await.unwrap().is_empty());
    assert!(!installation.is_set_up(&Bench::system()).await.unwrap());
}

/// The first key check stays, and every call returns it.
pub async fn the_first_key_check_stays(bench: Bench) {
    let installation = bench.storage.installation();
    let (first, second) = (bench.version(1).sealed, bench.version(1).sealed);
    assert_eq!(installation.keep_key_check(&Bench::system(), &first).await.unwrap(), first);
    assert_eq!(installation.keep_key_check(&Bench::system(), &second).await.unwrap(), first);
    assert_eq!(installation.key_check(&Bench::system()).await.unwrap(), Some(first));
    assert!(installation.cells_by_key(&Bench::system()).await.unwrap().is_empty(), "it is no value");
}

/// Of parallel key checks on an empty database one stays, and all calls return it.
pub async fn parallel_key_checks_agree(bench: Bench) {
    let kept = bench.parallel(16, |bench, _| async move {
        let cell = bench.version(1).sealed;
        bench.storage.installation().keep_key_check(&Bench::system(), &cell).await.unwrap()
    });
    let kept = kept.await;
    let stored = bench.storage.installation().key_check(&Bench::system()).await.unwrap().unwrap();
    assert!(kept.iter().all(|cell| *cell == stored));
}

/// Cells are counted under the key of each, all versions of all people.
pub async fn cells_are_counted_by_key(bench: Bench) {
    let (ada, bob) = (bench.person("ada").await, bench.person("bob").await);
    let keys = ["0000000000000001", "0000000000000002"].map(|id| KeyId::from_stored(id.to_owned()));
    let under = |number, key: &KeyId| {
        let mut version: NewVersion = bench.version(number);
        version.sealed.key_id = key.clone();
        version
    };
    for user in [ada, bob] {
        let category = bench.category(user, "AWS").await;
        let entry = bench.draft_entry(&category, "alpha");
        let mut unit = bench.unit().await;
        unit.entries().insert(&Bench::owner(user), &entry, &under(1, &keys[0])).await.unwrap();
        for number in 2..=3 {
            let version = under(number, &keys[1]);
            unit.entries().add_version(&Bench::owner(user), entry.id, &version, 10).await.unwrap();
        }
        bench.commit(unit, user).await;
    }
    let mut counts = bench.storage.installation().cells_by_key(&Bench::system()).await.unwrap();
    counts.sort();
    let [one, two] = keys;
    assert_eq!(counts, [(one, 2), (two, 4)]);
}

/// The set-up is claimed once; a claim that is not committed is none.
pub async fn a_set_up_is_claimed_once(bench: Bench) {
    let ada = bench.person("ada").await;
    let mut unit = bench.unit().await;
    assert!(unit.users().claim_set_up(&Bench::system(), bench.now()).await.unwrap());
    assert!(!unit.users().claim_set_up(&Bench::system(), bench.now()).await.unwrap());
    drop(unit);
    assert!(!bench.storage.installation().is_set_up(&Bench::system()).await.unwrap());
    for first in [true, false] {
        let mut unit = bench.unit().await;
        assert_eq!(unit.users().claim_set_up(&Bench::system(), bench.now()).await.unwrap(), first);
        bench.commit(unit, ada).await;
        assert!(bench.storage.installation().is_set_up(&Bench::system()).await.unwrap());
    }
}

/// Of parallel units that claim the set-up, one commits with `true`.
pub async fn parallel_claims_have_one_winner(bench: Bench) {
    let winners = bench.parallel(12, |bench, index| async move {
        let user = bench.draft_user(&format!("first{index}@example.com"));
        let mut unit = bench.unit().await;
        if !unit.users().claim_set_up(&Bench::system(), bench.now()).await.unwrap() {
            return None;
        }
        unit.users().insert(&Bench::system(), &user, None).await.unwrap();
        let record = bench.record(user.id);
        unit.commit(record).await.is_ok().then_some(user)
    });
    let winners: Vec<_> = winners.await.into_iter().flatten().collect();
    assert_eq!(winners.len(), 1, "{winners:?}");
    let found = bench.directory().account(&Bench::system(), &winners[0].email).await.unwrap();
    assert_eq!(found.unwrap().user, winners[0]);
}
