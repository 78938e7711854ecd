//! Many who ask at the same moment: an adapter may read for all of them together, and each is told
//! what is theirs and nothing else.

use kagi_domain::{
    access::Owner,
    ids::{EntryId, UserId},
    model::category::Category,
};

use super::Bench;

/// How many ask at once: more than any adapter reads for in one statement.
const MANY: usize = 72;

/// Who asks for an entry, and whether it is there for them.
type Asked = (UserId, Option<&'static [&'static str]>, EntryId, bool);

fn proof((user, projects, ..): Asked) -> Owner {
    projects.map_or_else(|| Bench::owner(user), |projects| Bench::limited(user, projects))
}

/// Everybody asks for everybody's entries, some within a limit of projects.
async fn crossed(bench: &Bench) -> Vec<Asked> {
    let mut people = Vec::new();
    for name in ["ada", "bob"] {
        let user = bench.person(name).await;
        let category: Category = bench.category(user, "API").await;
        let (alpha, beta) =
            (bench.entry(user, &category, "alpha").await, bench.entry(user, &category, "Beta").await);
        people.push((user, alpha.id, beta.id));
    }
    let mut asked = Vec::new();
    for (user, ..) in &people {
        for (owner, alpha, beta) in &people {
            let own = user == owner;
            asked.extend([(*user, None, *alpha, own), (*user, None, *beta, own)]);
            let limit: &[&str] = &["ALPHA"];
            asked.extend([(*user, Some(limit), *alpha, own), (*user, Some(limit), *beta, false)]);
        }
        let nothing: &[&str] = &[];
        asked.push((*user, Some(nothing), people[0].1, false));
    }
    asked
}

/// Entries that many ask for at once are there for their owners, within their projects, and for
/// nobody else.
pub async fn entries_are_their_owners(bench: Bench) {
    let asked = crossed(&bench).await;
    let answers = bench.parallel(MANY, |bench, index| {
        let asked = asked[index % asked.len()];
        async move {
            let found = bench.catalog().entry(&proof(asked), asked.2).await.unwrap();
            assert_eq!(found.is_some(), asked.3, "{asked:?}");
            assert!(found.is_none_or(|found| found.entry.id == asked.2));
        }
    });
    answers.await;
}

/// Cells that many ask for at once are handed to their owners, within their projects, and to nobody
/// else; only what was handed out is in the trail.
pub async fn cells_are_their_owners(bench: Bench) {
    let asked = crossed(&bench).await;
    let answers = bench.parallel(MANY, |bench, index| {
        let asked = asked[index % asked.len()];
        async move {
            let event = bench.event(Some(asked.0));
            let record = kagi_domain::audit::AuditRecord::new(event.clone());
            let cell = bench.storage.disclose_entry(&proof(asked), asked.2, record).await.unwrap();
            assert_eq!(cell.is_some(), asked.3, "{asked:?}");
            assert!(cell.is_none_or(|cell| (cell.id, cell.owner) == (asked.2, asked.0)));
            (event.id, asked.3)
        }
    });
    let answers = answers.await;
    let trail = bench.trail().await;
    for (id, handed_out) in answers {
        assert_eq!(trail.iter().filter(|event| event.id == id).count(), usize::from(handed_out));
    }
}

/// Access keys that many show at once are each their own; one that is unknown is nobody's.
pub async fn access_keys_are_their_own(bench: Bench) {
    let mut keys = Vec::new();
    for name in ["ada", "bob", "eve"] {
        let user = bench.person(name).await;
        for number in 0..3 {
            let (key, digest) = bench.access_key(user, &format!("{name} {number}")).await;
            keys.push((digest, Some((user, key))));
        }
        keys.push((bench.digest(), None));
    }
    let answers = bench.parallel(MANY, |bench, index| {
        let (digest, expected) = keys[index % keys.len()].clone();
        async move {
            let found = bench.directory().access_key(&Bench::system(), &digest).await.unwrap();
            assert_eq!(found.map(|holder| (holder.user.id, holder.access_key)), expected);
        }
    });
    answers.await;
}

/// Sessions that many show at once are each their own; one that is unknown is nobody's.
pub async fn sessions_are_their_own(bench: Bench) {
    let mut sessions = Vec::new();
    for name in ["ada", "bob", "eve"] {
        let user = bench.person(name).await;
        for _ in 0..3 {
            let (session, digest) = bench.session(user).await;
            sessions.push((digest, Some((user, session))));
        }
        sessions.push((bench.digest(), None));
    }
    let answers = bench.parallel(MANY, |bench, index| {
        let (digest, expected) = sessions[index % sessions.len()].clone();
        async move {
            let found = bench.directory().session(&Bench::system(), &digest).await.unwrap();
            assert_eq!(found.map(|holder| (holder.user.id, holder.session)), expected);
        }
    });
    answers.await;
}

/// While others' keys are looked up all the time, one that is removed is gone from the moment on at
/// which that is acknowledged, and the others stay.
pub async fn a_removed_key_is_gone_among_many(bench: Bench) {
    let ada = bench.person("ada").await;
    let (_, stays) = bench.access_key(ada, "stays").await;
    let mut goes = Vec::new();
    for number in 0..6 {
        goes.push(bench.access_key(ada, &format!("goes {number}")).await);
    }
    let found = async |bench: &Bench, digest| {
        bench.directory().access_key(&Bench::system(), &digest).await.unwrap().is_some()
    };
    let answers = bench.parallel(MANY, |bench, index| {
        let (key, digest) = goes[index % goes.len()].clone();
        async move {
            if index < 6 {
                let mut unit = bench.unit().await;
                assert!(unit.access_keys().remove(&Bench::owner(ada), key.id).await.unwrap());
                bench.commit(unit, ada).await;
                assert!(!found(&bench, digest).await, "a removed key was found");
            }
            for _ in 0..10 {
                found(&bench, digest).await;
                assert!(found(&bench, stays).await, "a key was lost");
            }
            assert!(index >= 6 || !found(&bench, digest).await, "a removed key was found again");
        }
    });
    answers.await;
}
