//! A person's own account: what they are called, their sessions, and the end of it all.

use std::time::Duration;

use kagi_domain::{
    ids::UserId,
    model::{
        category::{Category, CategoryFilter},
        entry::EntryFilter,
        user::{PasswordHash, Profile, Session},
    },
    paging::{Page, PageLimit, PageRequest},
    ports::{StorageError, TokenDigest, Use},
};

use super::Bench;
use crate::samples::{parse, simple_shape};

/// A person's sessions of any age.
async fn sessions(bench: &Bench, user: UserId, page: &PageRequest) -> Page<Session> {
    let long_ago = bench.now().minus(Duration::from_hours(24 * 365));
    bench.catalog().sessions(&Bench::owner(user), long_ago, long_ago, page).await.unwrap()
}

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

/// A profile is the person, and whether they have a password; nobody has none.
pub async fn a_profile_tells_whether_there_is_a_password(bench: Bench) {
    let (ada, bob) = (bench.draft_user("ada@example.com"), bench.draft_user("bob@example.com"));
    let hash = PasswordHash::from_stored("$hash".to_owned());
    let mut unit = bench.unit().await;
    unit.users().insert(&Bench::system(), &ada, Some(&hash)).await.unwrap();
    unit.users().insert(&Bench::system(), &bob, None).await.unwrap();
    bench.commit(unit, ada.id).await;
    for (user, has_password) in [(ada, true), (bob, false)] {
        let found = bench.catalog().profile(&Bench::owner(user.id)).await.unwrap();
        assert_eq!(found, Some(Profile { user, has_password }));
    }
    let nobody = Bench::owner(bench.draft_user("x@example.com").id);
    assert_eq!(bench.catalog().profile(&nobody).await.unwrap(), None);
}

/// A new name, or none, is of this person only; nobody gets one.
pub async fn a_new_name_is_of_one_person(bench: Bench) {
    let (ada, bob) = (bench.person("ada").await, bench.person("bob").await);
    for name in [Some(parse("Ada — \u{1f511} '")), None] {
        let mut unit = bench.unit().await;
        unit.users().rename(&Bench::owner(ada), name.as_ref()).await.unwrap();
        bench.commit(unit, ada).await;
        let found = bench.catalog().user(&Bench::owner(ada)).await.unwrap().unwrap();
        assert_eq!((found.name, found.email), (name, parse("ada@example.com")));
        assert_eq!(bench.catalog().user(&Bench::owner(bob)).await.unwrap().unwrap().name, None);
    }
    let nobody = Bench::owner(bench.draft_user("x@example.com").id);
    let renamed = bench.unit().await.users().rename(&nobody, Some(&parse("X"))).await;
    assert_eq!(renamed, Err(StorageError::Conflict));
}

/// Sessions are listed whole, newest first, of this person only; at either limit they no longer are.
pub async fn own_sessions_are_listed_while_they_live(bench: Bench) {
    let (ada, bob) = (bench.person("ada").await, bench.person("bob").await);
    let moment = Duration::from_millis(1);
    let (began, seen) = (bench.now(), bench.now().plus(Duration::from_mins(1)));
    let mut drafts = Vec::new();
    for (born, used) in [
        (began, seen.plus(moment)),
        (began.plus(moment), seen),
        (began.plus(moment), seen.plus(moment)),
        (began.plus(moment), seen.plus(moment)),
    ] {
        let session = Session { created_at: born, last_seen_at: used, ..bench.draft_session(ada) };
        bench.clock.advance(moment);
        drafts.push(session);
    }
    drafts[3].user_agent = None;
    let other = Session { last_seen_at: seen.plus(moment), ..bench.draft_session(bob) };
    let mut unit = bench.unit().await;
    for session in drafts.iter().chain([&other]) {
        unit.sessions().insert(&Bench::system(), session, &bench.digest()).await.unwrap();
    }
    bench.commit(unit, ada).await;
    let page = PageRequest::default();
    let listed = bench.catalog().sessions(&Bench::owner(ada), began, seen, &page).await.unwrap();
    assert_eq!(listed.items, [drafts[3].clone(), drafts[2].clone()]);
    assert_eq!(listed.next, None);
    // A use that was noted counts.
    bench.storage.note_use(Use::Session(drafts[1].id, seen.plus(moment)));
    Bench::eventually(|| async {
        let listed = bench.catalog().sessions(&Bench::owner(ada), began, seen, &page).await.unwrap();
        listed.items.len() == 3
    })
    .await;
}

/// Paging through sessions gives each once, in the list's order.
pub async fn paging_sessions_gives_each_once(bench: Bench) {
    let (ada, bob) = (bench.person("ada").await, bench.person("bob").await);
    let mut made = Vec::new();
    for _ in 0..7 {
        bench.clock.advance(Duration::from_millis(1));
        made.push(bench.session(ada).await.0);
        bench.session(bob).await;
    }
    made.reverse();
    let mut page = PageRequest { limit: PageLimit::new(3).unwrap(), after: None };
    let mut listed = Vec::new();
    loop {
        let found = sessions(&bench, ada, &page).await;
        assert!(found.items.len() <= 3);
        listed.extend(found.items);
        match found.next {
            Some(next) => page.after = Some(next),
            None => break,
        }
    }
    assert_eq!(listed, made);
}

/// A session is ended by its person, once, and by nobody else.
pub async fn a_session_is_ended_by_its_person_only(bench: Bench) {
    let (ada, mallory) = (bench.person("ada").await, bench.person("mallory").await);
    let (session, digest) = bench.session(ada).await;
    let (_, stays) = bench.session(ada).await;
    for (user, found) in [(mallory, false), (ada, true), (ada, false)] {
        let mut unit = bench.unit().await;
        assert_eq!(unit.sessions().end(&Bench::owner(user), session.id).await, Ok(found));
        bench.commit(unit, user).await;
        let there = bench.directory().session(&Bench::system(), &digest).await.unwrap().is_some();
        assert_eq!(there, user == mallory);
    }
    assert!(bench.directory().session(&Bench::system(), &stays).await.unwrap().is_some());
}

/// All of a person's sessions but one end, and nobody else's.
pub async fn all_other_sessions_end(bench: Bench) {
    let (ada, bob) = (bench.person("ada").await, bench.person("bob").await);
    let (kept, own) = bench.session(ada).await;
    let others = [bench.session(ada).await.1, bench.session(ada).await.1];
    let foreign = bench.session(bob).await.1;
    let mut unit = bench.unit().await;
    unit.sessions().end_others(&Bench::owner(ada), kept.id).await.unwrap();
    bench.commit(unit, ada).await;
    for (digest, there) in [(own, true), (others[0], false), (others[1], false), (foreign, true)] {
        let found = bench.directory().session(&Bench::system(), &digest).await.unwrap();
        assert_eq!(found.is_some(), there);
    }
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
