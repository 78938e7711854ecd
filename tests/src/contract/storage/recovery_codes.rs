//! Handing out recovery codes: each once as unused, with mark and event or not at all.

use std::{collections::BTreeSet, time::Duration};

use kagi_domain::{
    audit::AuditRecord,
    ids::{RecoverySetId, UserId},
    model::recovery_set::{CodeIndex, CodeUse, RecoverySet},
    ports::{CodeAnswer, CodeDisclosure, CodePick},
};

use super::{Bench, recovery_sets::at, transactions::polled};

async fn disclosed(bench: &Bench, user: UserId, set: RecoverySetId, pick: CodePick) -> CodeDisclosure {
    match bench.disclose(user, set, pick).await {
        CodeAnswer::Disclosed(code) => *code,
        answer => panic!("{answer:?}"),
    }
}

fn used_at(set: &RecoverySet) -> Vec<bool> {
    set.codes.iter().map(|code| code.used_at.is_some()).collect()
}

/// The unused code with the lowest index comes with the facts that bind it, marked, and with its
/// event in the trail.
pub async fn the_first_unused_code_comes_with_its_facts(bench: Bench) {
    let ada = bench.person("ada").await;
    let (set, codes) = bench.set(ada, "GitHub", 3).await;
    let (other, _) = bench.set(ada, "Other", 2).await;
    for (index, code) in codes.iter().enumerate() {
        bench.clock.advance(Duration::from_secs(1));
        let event = bench.event(Some(ada));
        let (owner, record) = (Bench::owner(ada), AuditRecord::new(event.clone()));
        let answer =
            bench.storage.disclose_code(&owner, set.id, CodePick::FirstUnused, bench.now(), record).await;
        let CodeAnswer::Disclosed(told) = answer.unwrap() else { panic!("there is an unused code") };
        assert!(bench.trail().await.contains(&event), "handed out without its event");
        assert_eq!((told.id, told.owner, told.set), (code.id, ada, set.id));
        assert_eq!((&told.service, &told.sealed), (&set.service, &code.sealed));
        assert_eq!((usize::from(told.index.get()), usize::from(told.remaining)), (index, 2 - index));
        let shown = bench.shown_set(ada, set.id).await;
        assert_eq!(shown.codes[index], CodeUse { used_at: Some(bench.now()) });
        assert_eq!((shown.used(), shown.total()), (index + 1, 3));
        assert_eq!((shown.revision, shown.updated_at), (set.revision, set.updated_at), "a use is no change");
    }
    assert_eq!(bench.shown_set(ada, other.id).await, other);
}

/// A code that is asked for by its index is handed out whether or not it was used, and keeps the
/// time of its first use.
pub async fn a_code_is_handed_out_again_by_its_index(bench: Bench) {
    let ada = bench.person("ada").await;
    let (set, codes) = bench.set(ada, "GitHub", 3).await;
    let first = disclosed(&bench, ada, set.id, at(1)).await;
    assert_eq!((first.id, first.remaining), (codes[1].id, 2));
    let then = bench.now();
    bench.clock.advance(Duration::from_secs(1));
    let before = bench.trail().await.len();
    let again = disclosed(&bench, ada, set.id, at(1)).await;
    assert_eq!((again.id, again.sealed, again.remaining), (codes[1].id, first.sealed, 2));
    assert_eq!(bench.trail().await.len(), before + 1, "each time is recorded");
    assert_eq!(bench.shown_set(ada, set.id).await.codes[1], CodeUse { used_at: Some(then) });
    for (index, remaining) in [(0, 1), (2, 0)] {
        let code = disclosed(&bench, ada, set.id, CodePick::FirstUnused).await;
        assert_eq!((code.index.get(), code.remaining), (index, remaining));
    }
    assert_eq!(disclosed(&bench, ada, set.id, at(1)).await.remaining, 0);
}

/// Where there is no code to hand out, nothing is marked and nothing is recorded.
pub async fn without_a_code_nothing_is_marked_or_recorded(bench: Bench) {
    let ada = bench.person("ada").await;
    let (set, _) = bench.set(ada, "GitHub", 2).await;
    let (empty, _) = bench.set(ada, "Empty", 1).await;
    disclosed(&bench, ada, empty.id, CodePick::FirstUnused).await;
    let (before, events) = (bench.shown_set(ada, empty.id).await, bench.trail().await);
    bench.clock.advance(Duration::from_secs(1));
    let missing = bench.draft_set("missing", 1).id;
    assert!(matches!(bench.disclose(ada, empty.id, CodePick::FirstUnused).await, CodeAnswer::Depleted));
    assert!(matches!(bench.disclose(ada, empty.id, at(1)).await, CodeAnswer::NoSuchCode));
    assert!(matches!(bench.disclose(ada, set.id, at(2)).await, CodeAnswer::NoSuchCode));
    assert!(matches!(bench.disclose(ada, set.id, at(99)).await, CodeAnswer::NoSuchCode));
    assert!(matches!(bench.disclose(ada, missing, CodePick::FirstUnused).await, CodeAnswer::NoSuchSet));
    assert!(matches!(bench.disclose(ada, missing, at(0)).await, CodeAnswer::NoSuchSet));
    assert_eq!(bench.shown_set(ada, empty.id).await, before);
    assert_eq!(bench.shown_set(ada, set.id).await, set);
    assert_eq!(bench.trail().await, events);
}

/// Of parallel calls for the first unused code each code goes to one, and the others hear that there
/// is none; there is one event for each code.
pub async fn parallel_callers_get_each_code_once(bench: Bench) {
    let ada = bench.person("ada").await;
    let (set, codes) = bench.set(ada, "GitHub", 6).await;
    let before = bench.trail().await.len();
    let id = set.id;
    let answers = bench.parallel(24, move |bench, _| async move {
        match bench.disclose(ada, id, CodePick::FirstUnused).await {
            CodeAnswer::Disclosed(code) => Some((code.index.get(), code.remaining, code.id)),
            CodeAnswer::Depleted => None,
            answer => panic!("{answer:?}"),
        }
    });
    let mut got: Vec<_> = answers.await.into_iter().flatten().collect();
    got.sort();
    let wanted: Vec<_> = (0..6).zip(&codes).map(|(index, code)| (index, 5 - index, code.id)).collect();
    assert_eq!(got, wanted);
    assert_eq!(bench.trail().await.len(), before + 6);
    assert_eq!(bench.shown_set(ada, set.id).await.used(), 6);
}

/// Parallel calls for one code all get it; it is marked once, and each call has its event.
pub async fn parallel_callers_of_one_code_mark_it_once(bench: Bench) {
    let ada = bench.person("ada").await;
    let (set, codes) = bench.set(ada, "GitHub", 3).await;
    let (id, before) = (set.id, bench.trail().await.len());
    let got = bench.parallel(8, move |bench, _| async move { disclosed(&bench, ada, id, at(1)).await });
    for code in got.await {
        assert_eq!((code.id, code.remaining), (codes[1].id, 2));
    }
    assert_eq!(bench.trail().await.len(), before + 8);
    assert_eq!(used_at(&bench.shown_set(ada, set.id).await), [false, true, false]);
}

/// A code whose use was taken back is the first unused one again, with a new time.
pub async fn a_code_that_was_taken_back_is_the_first_again(bench: Bench) {
    let ada = bench.person("ada").await;
    let (set, codes) = bench.set(ada, "GitHub", 2).await;
    for _ in 0..2 {
        disclosed(&bench, ada, set.id, CodePick::FirstUnused).await;
    }
    let mut unit = bench.unit().await;
    let index = CodeIndex::new(0).unwrap();
    assert!(unit.recovery_sets().unuse(&Bench::owner(ada), set.id, index).await.unwrap());
    bench.commit(unit, ada).await;
    bench.clock.advance(Duration::from_secs(1));
    let again = disclosed(&bench, ada, set.id, CodePick::FirstUnused).await;
    assert_eq!((again.id, again.remaining), (codes[0].id, 0));
    assert_eq!(bench.shown_set(ada, set.id).await.codes[0], CodeUse { used_at: Some(bench.now()) });
}

/// A disclosure beside new codes marks the code that it hands out, or one that is gone with the old
/// ones; never is a new code marked that nobody got.
pub async fn new_codes_beside_disclosures_are_marked_only_themselves(bench: Bench) {
    let ada = bench.person("ada").await;
    for round in 0..10 {
        let (set, _) = bench.set(ada, &format!("s{round}"), 3).await;
        let (id, fresh) = (set.id, std::sync::Arc::new(bench.codes(4)));
        let new = fresh.clone();
        let got = bench.parallel(4, move |bench, task| {
            let new = new.clone();
            async move {
                if task > 0 {
                    return Some(disclosed(&bench, ada, id, CodePick::FirstUnused).await.id);
                }
                let mut unit = bench.unit().await;
                unit.recovery_sets().find(&Bench::owner(ada), id).await.unwrap().unwrap();
                unit.recovery_sets().replace_codes(&Bench::owner(ada), id, &new).await.unwrap();
                bench.commit(unit, ada).await;
                None
            }
        });
        let got: BTreeSet<_> = got.await.into_iter().flatten().collect();
        assert_eq!(got.len(), 3, "each got a code of its own");
        let shown = bench.shown_set(ada, id).await;
        let marked: Vec<_> = fresh.iter().map(|code| got.contains(&code.id)).collect();
        assert_eq!(used_at(&shown), marked);
    }
}

/// A set that a unit found is held: no code of it is used before the unit ends.
pub async fn a_set_that_was_found_is_held(bench: Bench) {
    let ada = bench.person("ada").await;
    for round in 0..20 {
        let (set, _) = bench.set(ada, &format!("s{round}"), 2).await;
        let id = set.id;
        bench
            .parallel(2, move |bench, task| async move {
                if task > 0 {
                    disclosed(&bench, ada, id, CodePick::FirstUnused).await;
                    return;
                }
                let mut unit = bench.unit().await;
                let found = unit.recovery_sets().find(&Bench::owner(ada), id).await.unwrap().unwrap();
                tokio::task::yield_now().await;
                if found.used() == 0 {
                    let codes = bench.codes(2);
                    unit.recovery_sets().replace_codes(&Bench::owner(ada), id, &codes).await.unwrap();
                    bench.commit(unit, ada).await;
                }
            })
            .await;
        // A use that came between the look and the change would be gone with the old codes.
        assert_eq!(bench.shown_set(ada, id).await.used(), 1);
    }
}

/// A disclosure that is dropped at any point has marked the code and recorded it, or neither.
pub async fn a_disclosure_dropped_anywhere_is_whole(bench: Bench) {
    let ada = bench.person("ada").await;
    for polls in 1..200 {
        let (set, _) = bench.set(ada, &format!("s{polls}"), 1).await;
        let event = bench.event(Some(ada));
        let (owner, record) = (Bench::owner(ada), AuditRecord::new(event.clone()));
        let work = async {
            let pick = CodePick::FirstUnused;
            let answer = bench.storage.disclose_code(&owner, set.id, pick, bench.now(), record).await;
            assert!(matches!(answer, Ok(CodeAnswer::Disclosed(_))));
        };
        let finished = polled(work, polls).await;
        // A commit that was under way when its caller left may land between two looks.
        let (mut marked, mut recorded, mut looks) = (false, true, 0);
        while marked != recorded && looks < 100 {
            marked = bench.shown_set(ada, set.id).await.used() == 1;
            recorded = bench.has_event(event.id).await;
            looks += 1;
        }
        assert_eq!(marked, recorded, "a mark without its event, or the reverse, after {polls} polls");
        if finished {
            assert!(marked, "an acknowledged disclosure is lost");
            return;
        }
    }
}
