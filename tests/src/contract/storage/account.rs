//! A person's own account: what they are called, and their sessions.

use std::time::Duration;

use kagi_domain::{
    ids::UserId,
    model::user::{PasswordHash, Profile, Session},
    paging::{Page, PageLimit, PageRequest},
    ports::{StorageError, Use},
};

use super::Bench;
use crate::samples::parse;

/// A person's sessions of any age.
async fn sessions(bench: &Bench, user: UserId, page: &PageRequest) -> Page<Session> {
    let long_ago = bench.now().minus(Duration::from_hours(24 * 365));
    bench.catalog().sessions(&Bench::owner(user), long_ago, long_ago, page).await.unwrap()
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
