//! A vault is emptied, or a person leaves: all of it, or nothing.

use kagi_domain::{
    ids::UserId,
    model::{
        category::{Category, CategoryFilter},
        entry::{Entry, EntryFilter},
    },
    paging::PageRequest,
    ports::{StorageError, TokenDigest, Use},
};

use super::Bench;
use crate::samples::simple_shape;

/// How many categories and entries a person has.
async fn vault(bench: &Bench, user: UserId) -> (usize, usize) {
    let (owner, all) = (Bench::owner(user), PageRequest::default());
    let categories = bench.catalog().categories(&owner, &CategoryFilter::default(), &all).await.unwrap();
    let entries = bench.catalog().entries(&owner, &EntryFilter::default(), &all).await.unwrap();
    (categories.items.len(), entries.items.len())
}

async fn wiped(bench: &Bench, user: UserId) -> Result<(), StorageError> {
    let mut unit = bench.unit().await;
    unit.users().wipe(&Bench::owner(user)).await?;
    unit.commit(bench.record(user)).await
}

async fn removed(bench: &Bench, user: UserId) -> Result<bool, StorageError> {
    let mut unit = bench.unit().await;
    let found = unit.users().remove(&Bench::owner(user)).await?;
    unit.commit(bench.record(user)).await.map(|()| found)
}

/// A wipe takes categories, entries and versions; the person, their session and key, and everybody
/// else's rows stay, and the vault can be filled again.
pub async fn a_wipe_takes_the_vault_and_nothing_else(bench: Bench) {
    let (ada, bob) = (bench.person("ada").await, bench.person("bob").await);
    for user in [ada, bob] {
        for name in ["One", "Two"] {
            let category = bench.category(user, name).await;
            bench.entry(user, &category, "alpha").await;
            bench.entry(user, &category, "beta").await;
        }
    }
    let (_, session) = bench.session(ada).await;
    let (_, key) = bench.access_key(ada, "ci").await;
    assert_eq!(wiped(&bench, ada).await, Ok(()));
    assert_eq!((vault(&bench, ada).await, vault(&bench, bob).await), ((0, 0), (2, 4)));
    assert_eq!(bench.cells().await, 4);
    assert!(bench.directory().session(&Bench::system(), &session).await.unwrap().is_some());
    assert!(bench.directory().access_key(&Bench::system(), &key).await.unwrap().is_some());
    let category = bench.category(ada, "One").await;
    bench.entry(ada, &category, "alpha").await;
    assert_eq!(wiped(&bench, ada).await, Ok(()));
    assert_eq!(wiped(&bench, ada).await, Ok(()), "an empty vault can be emptied");
    assert_eq!(vault(&bench, ada).await, (0, 0));
}

/// Without a commit nothing is gone.
pub async fn a_wipe_that_is_dropped_takes_nothing(bench: Bench) {
    let ada = bench.person("ada").await;
    let category = bench.category(ada, "One").await;
    bench.entry(ada, &category, "alpha").await;
    let mut unit = bench.unit().await;
    unit.users().wipe(&Bench::owner(ada)).await.unwrap();
    drop(unit);
    let mut unit = bench.unit().await;
    assert_eq!(unit.users().remove(&Bench::owner(ada)).await, Ok(true));
    drop(unit);
    assert_eq!((vault(&bench, ada).await, bench.cells().await), ((1, 1), 1));
    assert!(bench.catalog().user(&Bench::owner(ada)).await.unwrap().is_some());
}

/// A person goes with their vault, sessions and keys; the trail stays, the installation stays set up,
/// and the address is free for somebody else.
pub async fn a_removed_person_leaves_the_trail_and_the_set_up(bench: Bench) {
    let (ada, bob) = (bench.person("ada").await, bench.person("bob").await);
    for user in [ada, bob] {
        let category = bench.category(user, "One").await;
        bench.entry(user, &category, "alpha").await;
    }
    let (own, own_key) = (bench.session(ada).await.1, bench.access_key(ada, "ci").await.1);
    let (other, other_key) = (bench.session(bob).await.1, bench.access_key(bob, "ci").await.1);
    let mut unit = bench.unit().await;
    assert!(unit.users().claim_set_up(&Bench::system(), bench.now()).await.unwrap());
    bench.commit(unit, ada).await;
    let before = bench.trail().await;
    assert_eq!(removed(&bench, ada).await, Ok(true));
    assert_eq!(bench.catalog().user(&Bench::owner(ada)).await.unwrap(), None);
    assert_eq!((vault(&bench, ada).await, vault(&bench, bob).await), ((0, 0), (1, 1)));
    assert_eq!(bench.cells().await, 1);
    for (session, key, there) in [(own, own_key, false), (other, other_key, true)] {
        let found = bench.directory().session(&Bench::system(), &session).await.unwrap();
        assert_eq!(found.is_some(), there);
        let found = bench.directory().access_key(&Bench::system(), &key).await.unwrap();
        assert_eq!(found.is_some(), there);
    }
    let after = bench.trail().await;
    assert_eq!(after.len(), before.len() + 1);
    assert!(before.iter().all(|event| after.contains(event)));
    assert!(bench.storage.installation().is_set_up(&Bench::system()).await.unwrap());
    assert_eq!(removed(&bench, ada).await, Ok(false));
    let again = bench.person("ada").await;
    assert_eq!(vault(&bench, again).await, (0, 0));
}

/// Nothing is put in for somebody who is not there.
pub async fn nothing_is_put_in_for_nobody(bench: Bench) {
    let ada = bench.person("ada").await;
    let category = bench.category(ada, "One").await;
    assert_eq!(removed(&bench, ada).await, Ok(true));
    let (owner, conflict) = (Bench::owner(ada), Err(StorageError::Conflict));
    let draft = bench.draft_category("Two", simple_shape("A"));
    assert_eq!(bench.unit().await.categories().insert(&owner, &draft).await, conflict);
    let entry = bench.draft_entry(&category, "alpha");
    assert_eq!(bench.unit().await.entries().insert(&owner, &entry, &bench.version(1)).await, conflict);
    let key = bench.draft_access_key("ci");
    assert_eq!(bench.unit().await.access_keys().insert(&owner, &key, &bench.digest()).await, conflict);
    let session = bench.draft_session(ada);
    let inserted = bench.unit().await.sessions().insert(&Bench::system(), &session, &bench.digest()).await;
    assert_eq!(inserted, conflict);
    assert_eq!(bench.cells().await, 0);
}

/// Makes an entry of a category as it was seen.
async fn entered(
    bench: &Bench,
    user: UserId,
    category: &Category,
    project: &str,
) -> Result<(), StorageError> {
    let owner = Bench::owner(user);
    let entry = bench.draft_entry(category, project);
    let mut unit = bench.unit().await;
    unit.categories().hold(&owner, category.id, category.revision).await?;
    tokio::task::yield_now().await;
    unit.entries().insert(&owner, &entry, &bench.version(1)).await?;
    unit.commit(bench.record(user)).await
}

/// Makes a category with an entry.
async fn filled(bench: &Bench, user: UserId, name: &str) -> Result<(), StorageError> {
    let category = bench.draft_category(name, simple_shape("A"));
    let mut unit = bench.unit().await;
    unit.categories().insert(&Bench::owner(user), &category).await?;
    tokio::task::yield_now().await;
    unit.entries().insert(&Bench::owner(user), &bench.draft_entry(&category, "p"), &bench.version(1)).await?;
    unit.commit(bench.record(user)).await
}

/// Signs in, and makes a key.
async fn came_in(bench: &Bench, user: UserId, digests: [TokenDigest; 2]) -> Result<(), StorageError> {
    let mut unit = bench.unit().await;
    unit.sessions().insert(&Bench::system(), &bench.draft_session(user), &digests[0]).await?;
    unit.access_keys().insert(&Bench::owner(user), &bench.draft_access_key("ci"), &digests[1]).await?;
    unit.commit(bench.record(user)).await
}

fn done_or_conflict(outcome: Result<(), StorageError>) {
    assert!(matches!(outcome, Ok(()) | Err(StorageError::Conflict)), "{outcome:?}");
}

/// Tries until nobody is in the way.
async fn until_done<Work: Future<Output = Result<T, StorageError>>, T>(work: impl Fn() -> Work) -> T {
    loop {
        match work().await {
            Err(StorageError::Conflict) => {}
            settled => return settled.expect("it is done in the end"),
        }
    }
}

/// An entry that is made beside a wipe goes with its category or is refused: nothing of an old
/// category is left, and no cell without its entry.
pub async fn what_is_made_beside_a_wipe_is_whole(bench: Bench) {
    let ada = bench.person("ada").await;
    for round in 0..15 {
        let old = bench.category(ada, &format!("old{round}")).await;
        bench.entry(ada, &old, "before").await;
        let shared = old.clone();
        let all = bench.parallel(5, move |bench, index| {
            let old = shared.clone();
            async move {
                match index {
                    0 => until_done(|| wiped(&bench, ada)).await,
                    1 => done_or_conflict(filled(&bench, ada, &format!("new{round}")).await),
                    _ => done_or_conflict(entered(&bench, ada, &old, &format!("p{index}")).await),
                }
            }
        });
        all.await;
        assert!(bench.catalog().category(&Bench::owner(ada), old.id).await.unwrap().is_none());
        let (categories, entries) = vault(&bench, ada).await;
        assert!(categories <= 1 && entries == categories, "only what was made after the wipe is there");
        assert_eq!(bench.cells().await, entries as u64);
        assert_eq!(wiped(&bench, ada).await, Ok(()));
    }
    assert_eq!(bench.cells().await, 0);
}

/// Changes an entry's value in a category as it was seen.
async fn changed(
    bench: &Bench,
    user: UserId,
    category: &Category,
    before: &Entry,
) -> Result<(), StorageError> {
    let owner = Bench::owner(user);
    let mut unit = bench.unit().await;
    unit.categories().hold(&owner, category.id, category.revision).await?;
    for _ in 0..20 {
        // Lets the wipe come as far as it can.
        tokio::task::yield_now().await;
        unit.entries().find(&owner, before.id).await?;
    }
    let after = Entry { version: 2, revision: before.revision.next(), ..before.clone() };
    unit.entries().update(&owner, &after, before.revision).await?;
    unit.entries().add_version(&owner, before.id, &bench.version(2), 100).await?;
    unit.commit(bench.record(user)).await
}

/// A wipe waits for a unit that holds a category, and neither is in the other's way.
pub async fn a_wipe_waits_for_whoever_changes_a_value(bench: Bench) {
    let ada = bench.person("ada").await;
    for round in 0..15 {
        let category = bench.category(ada, &format!("c{round}")).await;
        let entry = bench.entry(ada, &category, "alpha").await;
        let both = bench.parallel(2, move |bench, index| {
            let (category, entry) = (category.clone(), entry.clone());
            async move {
                match index {
                    0 => assert_eq!(wiped(&bench, ada).await, Ok(())),
                    _ => done_or_conflict(changed(&bench, ada, &category, &entry).await),
                }
            }
        });
        both.await;
        assert_eq!((vault(&bench, ada).await, bench.cells().await), ((0, 0), 0));
    }
}

/// Whatever is made beside a removal goes with the person or is refused, a session and a key too.
pub async fn what_is_made_beside_a_removal_goes_with_it(bench: Bench) {
    for round in 0..15 {
        let ada = bench.person(&format!("ada{round}")).await;
        let old = bench.category(ada, "old").await;
        bench.entry(ada, &old, "before").await;
        let (seen, _) = bench.session(ada).await;
        let digests = [bench.digest(), bench.digest()];
        let at = bench.now();
        let all = bench.parallel(5, move |bench, index| {
            let old = old.clone();
            async move {
                match index {
                    0 => assert!(until_done(|| removed(&bench, ada)).await),
                    1 => done_or_conflict(filled(&bench, ada, "new").await),
                    2 => done_or_conflict(came_in(&bench, ada, digests).await),
                    3 => bench.storage.note_use(Use::Session(seen.id, at)),
                    _ => done_or_conflict(entered(&bench, ada, &old, "p").await),
                }
            }
        });
        all.await;
        assert_eq!((vault(&bench, ada).await, bench.cells().await), ((0, 0), 0));
        assert!(bench.directory().session(&Bench::system(), &digests[0]).await.unwrap().is_none());
        assert!(bench.directory().access_key(&Bench::system(), &digests[1]).await.unwrap().is_none());
    }
}
