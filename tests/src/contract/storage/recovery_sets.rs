//! Recovery sets in a unit of work.

use std::time::Duration;

use kagi_domain::{
    ids::{RecoveryCodeId, RecoverySetId, UserId},
    model::{
        Revision,
        recovery_set::{CodeIndex, CodeUse, RecoverySet},
    },
    paging::PageRequest,
    ports::{CodeAnswer, CodePick, NewCode, StorageError},
    seal::KeyId,
};

use super::Bench;
use crate::samples::parse;

impl Bench {
    /// A set, not written yet.
    #[must_use]
    pub fn draft_set(&self, service: &str, codes: usize) -> RecoverySet {
        RecoverySet {
            id: RecoverySetId::mint(&*self.clock, &*self.entropy),
            service: parse(service),
            label: None,
            codes: vec![CodeUse::default(); codes],
            revision: Revision::FIRST,
            created_at: self.now(),
            updated_at: self.now(),
        }
    }

    /// Codes with cells that are like no others.
    #[must_use]
    pub fn codes(&self, count: usize) -> Vec<NewCode> {
        let code = |_| NewCode {
            id: RecoveryCodeId::mint(&*self.clock, &*self.entropy),
            sealed: self.version(1).sealed,
        };
        (0..count).map(code).collect()
    }

    /// This set in the database; gives its codes.
    pub async fn kept_set(&self, user: UserId, set: &RecoverySet) -> Vec<NewCode> {
        let codes = self.codes(set.codes.len());
        let mut unit = self.unit().await;
        unit.recovery_sets().insert(&Self::owner(user), set, &codes).await.expect("the set is new");
        self.commit(unit, user).await;
        codes
    }

    /// A set of so many codes in the database.
    pub async fn set(&self, user: UserId, service: &str, codes: usize) -> (RecoverySet, Vec<NewCode>) {
        let set = self.draft_set(service, codes);
        let codes = self.kept_set(user, &set).await;
        (set, codes)
    }

    /// A set as the catalogue shows it.
    pub async fn shown_set(&self, user: UserId, id: RecoverySetId) -> RecoverySet {
        let shown = self.catalog().recovery_set(&Self::owner(user), id).await;
        shown.expect("the catalogue answers").expect("the set is there")
    }

    /// Asks for a code of a set, now.
    pub async fn disclose(&self, user: UserId, id: RecoverySetId, pick: CodePick) -> CodeAnswer {
        let (owner, record) = (Self::owner(user), self.record(user));
        self.storage.disclose_code(&owner, id, pick, self.now(), record).await.expect("the database answers")
    }
}

pub(super) fn at(index: u64) -> CodePick {
    CodePick::At(CodeIndex::new(index).unwrap())
}

/// A set comes back as it was put in, through the unit and through the catalogue.
pub async fn a_set_is_kept_whole(bench: Bench) {
    let ada = bench.person("ada").await;
    let owner = Bench::owner(ada);
    let full = RecoverySet {
        label: Some(parse("ada@example.com — \u{9375} 50 % \\ '\"")),
        revision: Revision(7),
        updated_at: bench.now().plus(Duration::from_secs(1)),
        ..bench.draft_set("Ünïcode \u{1f511}", 100)
    };
    for set in [full, bench.draft_set("GitHub", 1), bench.draft_set("GitHub", 2)] {
        bench.kept_set(ada, &set).await;
        let found = bench.unit().await.recovery_sets().find(&owner, set.id).await.unwrap();
        assert_eq!(found.as_ref(), Some(&set));
        assert_eq!(bench.shown_set(ada, set.id).await, set);
        let listed = bench.catalog().recovery_sets(&owner, None, &PageRequest::default()).await.unwrap();
        assert!(listed.items.contains(&set));
    }
    let missing = bench.draft_set("missing", 1).id;
    assert_eq!(bench.unit().await.recovery_sets().find(&owner, missing).await.unwrap(), None);
    assert_eq!(bench.catalog().recovery_set(&owner, missing).await.unwrap(), None);
}

/// An update replaces all but the id, the codes with their uses, and the creation time.
pub async fn an_update_replaces_all_but_codes_and_creation_time(bench: Bench) {
    let ada = bench.person("ada").await;
    let (before, _) = bench.set(ada, "GitHub", 3).await;
    let (other, _) = bench.set(ada, "Other", 2).await;
    assert!(matches!(bench.disclose(ada, before.id, at(1)).await, CodeAnswer::Disclosed(_)));
    let codes = bench.shown_set(ada, before.id).await.codes;
    let mut seen = before.revision;
    for label in [Some(parse("work")), None] {
        let after = RecoverySet {
            service: parse("GitLab"),
            label,
            codes: vec![CodeUse::default(); 9],
            revision: seen.next(),
            created_at: before.created_at.plus(Duration::from_secs(9)),
            updated_at: before.updated_at.plus(Duration::from_secs(5)),
            ..before.clone()
        };
        let mut unit = bench.unit().await;
        unit.recovery_sets().update(&Bench::owner(ada), &after, seen).await.unwrap();
        bench.commit(unit, ada).await;
        seen = after.revision;
        let wanted = RecoverySet { codes: codes.clone(), created_at: before.created_at, ..after };
        assert_eq!(bench.shown_set(ada, before.id).await, wanted);
    }
    assert_eq!(bench.shown_set(ada, other.id).await, other);
}

/// An update at another revision than the row's is a conflict and writes nothing.
pub async fn an_update_of_another_revision_conflicts(bench: Bench) {
    let ada = bench.person("ada").await;
    let (before, _) = bench.set(ada, "GitHub", 1).await;
    for (set, seen) in [(&before, 0), (&before, 2), (&bench.draft_set("missing", 1), 1)] {
        let after = RecoverySet { service: parse("changed"), revision: Revision(seen + 1), ..set.clone() };
        let mut unit = bench.unit().await;
        let refused = unit.recovery_sets().update(&Bench::owner(ada), &after, Revision(seen)).await;
        assert_eq!(refused, Err(StorageError::Conflict));
    }
    assert_eq!(bench.shown_set(ada, before.id).await, before);
}

/// New codes take the place of all old ones, in their order, and none of them is used.
pub async fn new_codes_replace_all_and_none_is_used(bench: Bench) {
    let ada = bench.person("ada").await;
    let owner = Bench::owner(ada);
    let (set, _) = bench.set(ada, "GitHub", 3).await;
    bench.set(ada, "Other", 1).await;
    bench.disclose(ada, set.id, at(0)).await;
    for count in [5, 100, 2] {
        let codes = bench.codes(count);
        let mut unit = bench.unit().await;
        unit.recovery_sets().replace_codes(&owner, set.id, &codes).await.unwrap();
        bench.commit(unit, ada).await;
        assert_eq!(bench.shown_set(ada, set.id).await.codes, vec![CodeUse::default(); count]);
        assert_eq!(bench.cells().await, count as u64 + 1);
        for index in [count - 1, 0] {
            let CodeAnswer::Disclosed(code) = bench.disclose(ada, set.id, at(index as u64)).await else {
                panic!("the code is there");
            };
            assert_eq!((code.id, &code.sealed), (codes[index].id, &codes[index].sealed));
        }
    }
    let missing = bench.draft_set("missing", 1).id;
    let refused = bench.unit().await.recovery_sets().replace_codes(&owner, missing, &bench.codes(1)).await;
    assert_eq!(refused, Err(StorageError::Conflict));
}

/// A use is taken back from the code that is named, once.
pub async fn a_use_is_taken_back(bench: Bench) {
    let ada = bench.person("ada").await;
    let owner = Bench::owner(ada);
    let (set, _) = bench.set(ada, "GitHub", 3).await;
    for index in [0, 2] {
        bench.disclose(ada, set.id, at(index)).await;
    }
    let used = CodeUse { used_at: Some(bench.now()) };
    let mut unit = bench.unit().await;
    for (index, was_used) in [(0, true), (0, false), (1, false), (3, false), (99, false)] {
        let index = CodeIndex::new(index).unwrap();
        assert_eq!(unit.recovery_sets().unuse(&owner, set.id, index).await.unwrap(), was_used, "{index}");
    }
    bench.commit(unit, ada).await;
    assert_eq!(bench.shown_set(ada, set.id).await.codes, [CodeUse::default(), CodeUse::default(), used]);
}

/// A removed set takes its codes along.
pub async fn a_removal_takes_the_codes(bench: Bench) {
    let ada = bench.person("ada").await;
    let owner = Bench::owner(ada);
    let (set, _) = bench.set(ada, "GitHub", 4).await;
    let (other, _) = bench.set(ada, "GitHub", 2).await;
    let mut unit = bench.unit().await;
    assert!(unit.recovery_sets().remove(&owner, set.id).await.unwrap());
    assert!(!unit.recovery_sets().remove(&owner, set.id).await.unwrap());
    bench.commit(unit, ada).await;
    assert_eq!(bench.cells().await, 2);
    assert_eq!(bench.catalog().recovery_set(&owner, set.id).await.unwrap(), None);
    assert_eq!(bench.shown_set(ada, other.id).await, other);
}

/// A unit that is dropped leaves sets and codes as they were.
pub async fn a_dropped_unit_leaves_sets_alone(bench: Bench) {
    let ada = bench.person("ada").await;
    let owner = Bench::owner(ada);
    let (set, _) = bench.set(ada, "GitHub", 2).await;
    bench.disclose(ada, set.id, at(0)).await;
    let before = bench.shown_set(ada, set.id).await;
    let new = bench.draft_set("new", 1);
    let mut unit = bench.unit().await;
    unit.recovery_sets().insert(&owner, &new, &bench.codes(1)).await.unwrap();
    assert!(unit.recovery_sets().unuse(&owner, set.id, CodeIndex::new(0).unwrap()).await.unwrap());
    unit.recovery_sets().replace_codes(&owner, set.id, &bench.codes(9)).await.unwrap();
    drop(unit);
    assert_eq!(bench.shown_set(ada, set.id).await, before);
    assert_eq!(bench.catalog().recovery_set(&owner, new.id).await.unwrap(), None);
    assert_eq!(bench.cells().await, 2);
}

/// Another's set is neither found, changed, disclosed nor removed, and its id cannot be taken.
pub async fn anothers_set_is_out_of_reach(bench: Bench) {
    let (bob, mallory) = (bench.person("bob").await, bench.person("mallory").await);
    let (set, _) = bench.set(bob, "GitHub", 2).await;
    bench.disclose(bob, set.id, at(0)).await;
    let (before, events) = (bench.shown_set(bob, set.id).await, bench.trail().await);
    let owner = Bench::owner(mallory);
    assert_eq!(bench.unit().await.recovery_sets().find(&owner, set.id).await.unwrap(), None);
    assert_eq!(bench.catalog().recovery_set(&owner, set.id).await.unwrap(), None);
    for search in [None, Some("github")] {
        let page = PageRequest::default();
        assert!(bench.catalog().recovery_sets(&owner, search, &page).await.unwrap().items.is_empty());
    }
    for pick in [CodePick::FirstUnused, at(0), at(9)] {
        assert!(matches!(bench.disclose(mallory, set.id, pick).await, CodeAnswer::NoSuchSet));
    }
    let stolen = RecoverySet { service: parse("stolen"), revision: Revision(2), ..set.clone() };
    let refused = bench.unit().await.recovery_sets().update(&owner, &stolen, Revision::FIRST).await;
    assert_eq!(refused, Err(StorageError::Conflict));
    let refused = bench.unit().await.recovery_sets().replace_codes(&owner, set.id, &bench.codes(1)).await;
    assert_eq!(refused, Err(StorageError::Conflict));
    assert!(bench.unit().await.recovery_sets().insert(&owner, &stolen, &bench.codes(1)).await.is_err());
    assert_eq!(bench.trail().await, events);
    let mut unit = bench.unit().await;
    assert!(!unit.recovery_sets().unuse(&owner, set.id, CodeIndex::new(0).unwrap()).await.unwrap());
    assert!(!unit.recovery_sets().remove(&owner, set.id).await.unwrap());
    bench.commit(unit, mallory).await;
    assert_eq!(bench.shown_set(bob, set.id).await, before);
    assert_eq!(bench.cells().await, 2);
}

/// A limit to projects does not concern sets: they belong to none.
pub async fn a_project_limit_does_not_concern_sets(bench: Bench) {
    let ada = bench.person("ada").await;
    let limited = Bench::limited(ada, &["alpha"]);
    let (set, _) = bench.set(ada, "GitHub", 1).await;
    assert_eq!(bench.catalog().recovery_set(&limited, set.id).await.unwrap(), Some(set.clone()));
    let (now, record) = (bench.now(), bench.record(ada));
    let answer = bench.storage.disclose_code(&limited, set.id, CodePick::FirstUnused, now, record).await;
    assert!(matches!(answer, Ok(CodeAnswer::Disclosed(_))));
    let mut unit = bench.unit().await;
    assert!(unit.recovery_sets().find(&limited, set.id).await.unwrap().is_some());
    assert!(unit.recovery_sets().remove(&limited, set.id).await.unwrap());
}

/// Cells of codes are counted under the key of each, beside those of values.
pub async fn cells_of_codes_are_counted_by_key(bench: Bench) {
    let ada = bench.person("ada").await;
    let category = bench.category(ada, "AWS").await;
    bench.entry(ada, &category, "alpha").await;
    let (set, mut codes) = (bench.draft_set("GitHub", 3), bench.codes(3));
    let other = KeyId::from_stored("0000000000000001".to_owned());
    codes[1].sealed.key_id = other.clone();
    let usual = codes[0].sealed.key_id.clone();
    let mut unit = bench.unit().await;
    unit.recovery_sets().insert(&Bench::owner(ada), &set, &codes).await.unwrap();
    bench.commit(unit, ada).await;
    let mut counts = bench.storage.installation().cells_by_key(&Bench::system()).await.unwrap();
    counts.sort();
    assert_eq!(counts, [(other, 1), (usual, 3)]);
}
