//! People, access keys and sessions: found by what they show, until they are removed.

use std::time::Duration;

use kagi_domain::{
    ids::SessionId,
    model::user::{PasswordHash, User},
    paging::PageRequest,
    ports::{SessionHolder, StorageError, TokenDigest, Unique, Use},
};

use super::Bench;
use crate::samples::parse;

async fn session(bench: &Bench, digest: &TokenDigest) -> Option<SessionHolder> {
    bench.directory().session(&Bench::system(), digest).await.unwrap()
}

/// A person comes back as they were put in, with the hash of their password if they have one.
pub async fn a_person_is_kept_whole(bench: Bench) {
    let hash = PasswordHash::from_stored("$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA".to_owned());
    let plain = bench.draft_user("plain@example.com");
    let full = User {
        name: Some(parse("Ada — \u{1f511} '")),
        disabled_at: Some(bench.now().plus(Duration::from_millis(1))),
        ..bench.draft_user("ада+x@例え.example")
    };
    for (user, password) in [(plain, None), (full, Some(hash))] {
        let mut unit = bench.unit().await;
        unit.users().insert(&Bench::system(), &user, password.as_ref()).await.unwrap();
        let found = unit.users().find(&Bench::system(), &user.email).await.unwrap().unwrap();
        assert_eq!((found.user, found.password), (user.clone(), password.clone()));
        bench.commit(unit, user.id).await;
        let found = bench.directory().account(&Bench::system(), &user.email).await.unwrap().unwrap();
        assert_eq!((&found.user, found.password), (&user, password));
        assert_eq!(bench.catalog().user(&Bench::owner(user.id)).await.unwrap(), Some(user));
    }
    let nobody = parse("nobody@example.com");
    assert!(bench.directory().account(&Bench::system(), &nobody).await.unwrap().is_none());
    assert!(bench.unit().await.users().find(&Bench::system(), &nobody).await.unwrap().is_none());
    let nobody = Bench::owner(bench.draft_user("x@example.com").id);
    assert_eq!(bench.catalog().user(&nobody).await.unwrap(), None);
}

/// Nobody gets a password or a bar, and is told of as somebody who is not there.
pub async fn nobody_is_changed(bench: Bench) {
    let nobody = bench.draft_user("nobody@example.com").id;
    let hash = PasswordHash::from_stored("$new".to_owned());
    let changed = bench.unit().await.users().set_password(&Bench::system(), nobody, &hash).await;
    assert_eq!(changed, Err(StorageError::Conflict));
    let barred = bench.unit().await.users().disable(&Bench::system(), nobody, bench.now()).await;
    assert_eq!(barred, Err(StorageError::Conflict));
}

/// One address has one person.
pub async fn an_address_has_one_person(bench: Bench) {
    let ada = bench.person("ada").await;
    let twin = bench.draft_user("ADA@Example.com");
    let refused = bench.unit().await.users().insert(&Bench::system(), &twin, None).await;
    assert_eq!(refused, Err(StorageError::Duplicate(Unique::Email)));
    let found = bench.directory().account(&Bench::system(), &twin.email).await.unwrap().unwrap();
    assert_eq!(found.user.id, ada);
}

/// A new password replaces the old one, of this person only.
pub async fn a_password_is_replaced(bench: Bench) {
    let (ada, bob) = (bench.draft_user("ada@example.com"), bench.draft_user("bob@example.com"));
    let (old, new) = ["$old", "$new"].map(|hash| PasswordHash::from_stored(hash.to_owned())).into();
    let mut unit = bench.unit().await;
    unit.users().insert(&Bench::system(), &ada, None).await.unwrap();
    unit.users().insert(&Bench::system(), &bob, Some(&old)).await.unwrap();
    unit.users().set_password(&Bench::system(), ada.id, &new).await.unwrap();
    bench.commit(unit, ada.id).await;
    for (user, hash) in [(&ada, &new), (&bob, &old)] {
        let found = bench.directory().account(&Bench::system(), &user.email).await.unwrap().unwrap();
        assert_eq!(found.password.as_ref(), Some(hash));
    }
}

/// Who is disabled is shown so by every credential, and nobody else is.
pub async fn a_disabled_person_is_shown_so(bench: Bench) {
    let (ada, bob) = (bench.person("ada").await, bench.person("bob").await);
    let (keys, sessions) = (
        [bench.access_key(ada, "k").await.1, bench.access_key(bob, "k").await.1],
        [bench.session(ada).await.1, bench.session(bob).await.1],
    );
    let mut unit = bench.unit().await;
    unit.users().disable(&Bench::system(), ada, bench.now()).await.unwrap();
    bench.commit(unit, ada).await;
    for (index, disabled_at) in [Some(bench.now()), None].into_iter().enumerate() {
        let holder = bench.directory().access_key(&Bench::system(), &keys[index]).await.unwrap().unwrap();
        assert_eq!(holder.user.disabled_at, disabled_at);
        assert_eq!(session(&bench, &sessions[index]).await.unwrap().user.disabled_at, disabled_at);
    }
    let account = bench.directory().account(&Bench::system(), &parse("ada@example.com")).await;
    assert_eq!(account.unwrap().unwrap().user.disabled_at, Some(bench.now()));
}

/// An access key is found by its digest with its owner, until it is removed.
pub async fn an_access_key_is_found_until_removed(bench: Bench) {
    let (ada, bob) = (bench.person("ada").await, bench.person("bob").await);
    let (key, digest) = bench.access_key(ada, "one").await;
    let (other, other_digest) = bench.access_key(bob, "two").await;
    let holder = bench.directory().access_key(&Bench::system(), &digest).await.unwrap().unwrap();
    assert_eq!((&holder.access_key, holder.user.id), (&key, ada));
    assert!(bench.directory().access_key(&Bench::system(), &bench.digest()).await.unwrap().is_none());
    assert!(session(&bench, &digest).await.is_none());

    let mut unit = bench.unit().await;
    assert!(unit.access_keys().remove(&Bench::owner(ada), key.id).await.unwrap());
    assert!(!unit.access_keys().remove(&Bench::owner(ada), key.id).await.unwrap());
    bench.commit(unit, ada).await;
    assert!(bench.directory().access_key(&Bench::system(), &digest).await.unwrap().is_none());
    let holder = bench.directory().access_key(&Bench::system(), &other_digest).await.unwrap().unwrap();
    assert_eq!((holder.access_key, holder.user.id), (other, bob));
}

/// A key is gone for all from the moment on at which its removal is acknowledged.
pub async fn a_removed_key_is_never_found_again(bench: Bench) {
    let ada = bench.person("ada").await;
    for round in 0..30 {
        let (key, digest) = bench.access_key(ada, &format!("k{round}")).await;
        assert!(bench.directory().access_key(&Bench::system(), &digest).await.unwrap().is_some());
        let mut unit = bench.unit().await;
        unit.access_keys().remove(&Bench::owner(ada), key.id).await.unwrap();
        bench.commit(unit, ada).await;
        assert!(bench.directory().access_key(&Bench::system(), &digest).await.unwrap().is_none());
    }
}

/// A look-up beside a removal does not bring the key back.
pub async fn a_look_up_beside_a_removal_revives_nothing(bench: Bench) {
    let ada = bench.person("ada").await;
    for round in 0..15 {
        let (key, digest) = bench.access_key(ada, &format!("k{round}")).await;
        bench
            .parallel(6, move |bench, index| async move {
                if index > 0 {
                    bench.directory().access_key(&Bench::system(), &digest).await.unwrap();
                    return;
                }
                let mut unit = bench.unit().await;
                unit.access_keys().remove(&Bench::owner(ada), key.id).await.unwrap();
                bench.commit(unit, ada).await;
                assert!(bench.directory().access_key(&Bench::system(), &digest).await.unwrap().is_none());
            })
            .await;
        assert!(bench.directory().access_key(&Bench::system(), &digest).await.unwrap().is_none());
    }
}

/// A session is found by its digest with its person, until it is removed.
pub async fn a_session_is_found_until_removed(bench: Bench) {
    let ada = bench.person("ada").await;
    let (kept, digest) = bench.session(ada).await;
    let (other, other_digest) = bench.session(ada).await;
    let holder = session(&bench, &digest).await.unwrap();
    assert_eq!((&holder.session, holder.user.id), (&kept, ada));
    assert!(session(&bench, &bench.digest()).await.is_none());
    let mut unit = bench.unit().await;
    assert!(unit.sessions().remove(&Bench::system(), kept.id).await.unwrap());
    assert!(!unit.sessions().remove(&Bench::system(), kept.id).await.unwrap());
    bench.commit(unit, ada).await;
    assert!(session(&bench, &digest).await.is_none());
    assert_eq!(session(&bench, &other_digest).await.unwrap().session, other);
}

/// A renewed session is found by its new token only, with its new time of authentication.
pub async fn a_renewed_session_has_one_token(bench: Bench) {
    let ada = bench.person("ada").await;
    let (before, old) = bench.session(ada).await;
    let (new, at) = (bench.digest(), bench.now().plus(Duration::from_mins(1)));
    let mut unit = bench.unit().await;
    assert!(unit.sessions().renew(&Bench::system(), before.id, &new, at).await.unwrap());
    let missing = SessionId::from_uuid(uuid::Uuid::from_u128(1));
    assert!(!unit.sessions().renew(&Bench::system(), missing, &bench.digest(), at).await.unwrap());
    bench.commit(unit, ada).await;
    assert!(session(&bench, &old).await.is_none());
    let after = session(&bench, &new).await.unwrap().session;
    assert_eq!((after.id, after.created_at, after.authenticated_at), (before.id, before.created_at, at));
}

/// All sessions of a person go at once, and nobody else's.
pub async fn all_sessions_of_a_person_go(bench: Bench) {
    let (ada, bob) = (bench.person("ada").await, bench.person("bob").await);
    let gone = [bench.session(ada).await.1, bench.session(ada).await.1];
    let stays = bench.session(bob).await.1;
    let mut unit = bench.unit().await;
    unit.sessions().remove_all(&Bench::system(), ada).await.unwrap();
    bench.commit(unit, ada).await;
    for digest in &gone {
        assert!(session(&bench, digest).await.is_none());
    }
    assert!(session(&bench, &stays).await.is_some());
}

/// Sessions that began or were last seen before their limits are stale; at the limit they are not.
pub async fn stale_sessions_go(bench: Bench) {
    let ada = bench.person("ada").await;
    let (began, seen) = (bench.now(), bench.now().plus(Duration::from_mins(1)));
    let moment = Duration::from_millis(1);
    let mut digests = Vec::new();
    let mut unit = bench.unit().await;
    for (created_at, last_seen_at) in [
        (began, seen),
        (began.plus(moment), seen.plus(moment)),
        (began.minus(moment), seen),
        (began, seen.minus(moment)),
    ] {
        let mut draft = bench.draft_session(ada);
        (draft.created_at, draft.last_seen_at) = (created_at, last_seen_at);
        let digest = bench.digest();
        unit.sessions().insert(&Bench::system(), &draft, &digest).await.unwrap();
        digests.push(digest);
    }
    unit.sessions().remove_stale(&Bench::system(), began, seen).await.unwrap();
    bench.commit(unit, ada).await;
    let mut found = Vec::new();
    for digest in &digests {
        found.push(session(&bench, digest).await.is_some());
    }
    assert_eq!(found, [true, true, false, false]);
}

/// A noted use shows up, everywhere, and one of a credential that is gone harms nobody.
pub async fn a_noted_use_shows_up(bench: Bench) {
    let ada = bench.person("ada").await;
    let (key, key_digest) = bench.access_key(ada, "k").await;
    let (other, other_digest) = bench.access_key(ada, "other").await;
    let (seen, session_digest) = bench.session(ada).await;
    let at = bench.now().plus(Duration::from_secs(90));
    let missing = SessionId::from_uuid(uuid::Uuid::from_u128(1));
    for used in [Use::Session(missing, at), Use::AccessKey(key.id, at), Use::Session(seen.id, at)] {
        bench.storage.note_use(used);
    }
    Bench::eventually(|| async {
        let holder = bench.directory().access_key(&Bench::system(), &key_digest).await.unwrap().unwrap();
        let seen = session(&bench, &session_digest).await.unwrap().session;
        (holder.access_key.last_used_at, seen.last_seen_at) == (Some(at), at)
    })
    .await;
    let listed =
        bench.catalog().access_keys(&Bench::owner(ada), None, &PageRequest::default()).await.unwrap();
    let used: Vec<_> = listed.items.iter().filter(|key| key.last_used_at == Some(at)).collect();
    assert_eq!(used.len(), 1);
    let holder = bench.directory().access_key(&Bench::system(), &other_digest).await.unwrap().unwrap();
    assert_eq!(holder.access_key, other);
}

/// Many noted uses neither wait nor fail, and the last one shows up.
pub async fn many_noted_uses_are_kept_up_with(bench: Bench) {
    let ada = bench.person("ada").await;
    let (key, digest) = bench.access_key(ada, "k").await;
    let mut at = bench.now();
    for _ in 0..5000 {
        at = at.plus(Duration::from_millis(1));
        bench.storage.note_use(Use::AccessKey(key.id, at));
    }
    // Notes may be dropped under pressure; a later one is not.
    Bench::eventually(|| async {
        bench.storage.note_use(Use::AccessKey(key.id, at.plus(Duration::from_mins(2))));
        let holder = bench.directory().access_key(&Bench::system(), &digest).await.unwrap().unwrap();
        holder.access_key.last_used_at > Some(at)
    })
    .await;
}
