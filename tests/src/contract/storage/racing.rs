//! Units at the same time: revisions, uniqueness and holds keep what each promises.

use kagi_domain::{
    ids::UserId,
    model::{
        Revision,
        category::Category,
        entry::{Entry, Environment},
        user::{PasswordHash, User},
    },
    ports::{StorageError, TokenDigest, Unique},
    text::Prose,
};

use super::Bench;
use crate::samples::{env_vars, group_shape, parse, simple_shape};

/// Of parallel updates of one revision, one is committed and the others conflict.
pub async fn one_of_parallel_updates_wins(bench: Bench) {
    let ada = bench.person("ada").await;
    let before = bench.category(ada, "c").await;
    let base = before.clone();
    let outcomes = bench.parallel(8, move |bench, index| {
        let after = Category { name: parse(&format!("c{index}")), revision: Revision(2), ..base.clone() };
        async move {
            let mut unit = bench.unit().await;
            unit.categories().update(&Bench::owner(ada), &after, Revision(1)).await?;
            unit.commit(bench.record(ada)).await.map(|()| after)
        }
    });
    let (won, lost): (Vec<_>, Vec<_>) = outcomes.await.into_iter().partition(Result::is_ok);
    assert_eq!(won.len(), 1);
    assert!(lost.iter().all(|outcome| *outcome == Err(StorageError::Conflict)), "{lost:?}");
    let kept = bench.catalog().category(&Bench::owner(ada), before.id).await.unwrap().unwrap().category;
    assert_eq!(Ok(kept), won[0]);
}

/// Changes that are tried again after a conflict are each done exactly once.
pub async fn retried_updates_are_done_exactly_once(bench: Bench) {
    let ada = bench.person("ada").await;
    let category = bench.category(ada, "c").await;
    let entry = bench.entry(ada, &category, "alpha").await;
    let (id, before) = (entry.id, bench.trail().await.len());
    bench
        .parallel(6, move |bench, task| async move {
            for step in 0..4 {
                while !append(&bench, ada, id, &format!("[{task}.{step}]")).await {
                    tokio::task::yield_now().await;
                }
            }
        })
        .await;
    let kept = bench.catalog().entry(&Bench::owner(ada), id).await.unwrap().unwrap().entry;
    let text = kept.description.unwrap();
    for task in 0..6 {
        for step in 0..4 {
            assert_eq!(text.as_str().matches(&format!("[{task}.{step}]")).count(), 1);
        }
    }
    assert_eq!(kept.revision, Revision(25));
    assert_eq!(bench.trail().await.len(), before + 24);
}

async fn append(bench: &Bench, user: UserId, id: kagi_domain::ids::EntryId, mark: &str) -> bool {
    let owner = Bench::owner(user);
    let mut unit = bench.unit().await;
    let before = unit.entries().find(&owner, id).await.unwrap().unwrap();
    let text = before.description.as_ref().map_or("", |text| text.as_str());
    let description = Prose::parse(&format!("{text}{mark}")).unwrap();
    let after = Entry { description, revision: before.revision.next(), ..before.clone() };
    match unit.entries().update(&owner, &after, before.revision).await {
        Ok(()) => {}
        Err(StorageError::Conflict) => return false,
        Err(error) => panic!("{error}"),
    }
    match unit.commit(bench.record(user)).await {
        Ok(()) => true,
        Err(StorageError::Conflict) => false,
        Err(error) => panic!("{error}"),
    }
}

/// Of parallel inserts of one name, one place, or one address, one is committed.
pub async fn one_of_parallel_twins_wins(bench: Bench) {
    let ada = bench.person("ada").await;
    let outcomes = bench.parallel(6, move |bench, _| async move {
        let twin = bench.draft_category("Twin", simple_shape("A"));
        let mut unit = bench.unit().await;
        unit.categories().insert(&Bench::owner(ada), &twin).await?;
        unit.commit(bench.record(ada)).await
    });
    assert_one_won(&outcomes.await, Unique::CategoryName);

    let category = bench.category(ada, "c").await;
    let outcomes = bench.parallel(6, move |bench, _| {
        let twin = bench.draft_entry(&category, "alpha");
        async move {
            let mut unit = bench.unit().await;
            unit.entries().insert(&Bench::owner(ada), &twin, &bench.version(1)).await?;
            unit.commit(bench.record(ada)).await
        }
    });
    assert_one_won(&outcomes.await, Unique::EntryPlace);
    assert_eq!(bench.cells().await, 1);

    let outcomes = bench.parallel(6, move |bench, _| async move {
        let twin = bench.draft_user("twin@example.com");
        let mut unit = bench.unit().await;
        unit.users().insert(&Bench::system(), &twin, None).await?;
        unit.commit(bench.record(twin.id)).await
    });
    assert_one_won(&outcomes.await, Unique::Email);
}

fn assert_one_won(outcomes: &[Result<(), StorageError>], rule: Unique) {
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1, "{outcomes:?}");
    let lost = |outcome: &&Result<(), StorageError>| **outcome == Err(StorageError::Duplicate(rule));
    assert_eq!(outcomes.iter().filter(lost).count(), outcomes.len() - 1, "{outcomes:?}");
}

/// Of parallel removals of one row, one finds it.
pub async fn one_of_parallel_removals_wins(bench: Bench) {
    let ada = bench.person("ada").await;
    let category = bench.category(ada, "c").await.id;
    let outcomes = bench.parallel(6, move |bench, _| async move {
        let mut unit = bench.unit().await;
        let found = unit.categories().remove(&Bench::owner(ada), category).await.unwrap();
        bench.commit(unit, ada).await;
        found
    });
    assert_eq!(outcomes.await.into_iter().filter(|found| *found).count(), 1);
}

/// Holds of one revision do not spoil each other: all entries of a category can be made at once.
pub async fn holds_do_not_conflict_with_holds(bench: Bench) {
    let ada = bench.person("ada").await;
    let category = bench.category(ada, "c").await;
    let shared = category.clone();
    bench
        .parallel(8, move |bench, index| {
            let (category, entry) = (shared.clone(), bench.draft_entry(&shared, &format!("p{index}")));
            async move {
                let mut unit = bench.unit().await;
                unit.categories().hold(&Bench::owner(ada), category.id, category.revision).await.unwrap();
                unit.entries().insert(&Bench::owner(ada), &entry, &bench.version(1)).await.unwrap();
                bench.commit(unit, ada).await;
            }
        })
        .await;
    let listing = bench.catalog().category(&Bench::owner(ada), category.id).await.unwrap().unwrap();
    assert_eq!(listing.entry_count, 8);
}

/// A hold and an update exclude each other: no field is removed that an entry fills meanwhile.
pub async fn a_hold_and_an_update_exclude_each_other(bench: Bench) {
    let ada = bench.person("ada").await;
    for round in 0..12 {
        let draft = bench.draft_category(&format!("c{round}"), group_shape(&["KEPT", "GONE"]));
        let category = bench.stored(ada, draft).await;
        let shared = category.clone();
        bench
            .parallel(4, move |bench, index| {
                let category = shared.clone();
                async move {
                    if index % 2 == 0 {
                        fill(&bench, ada, &category, Environment::ALL[index]).await;
                    } else {
                        drop_field(&bench, ada, &category).await;
                    }
                }
            })
            .await;
        let owner = Bench::owner(ada);
        let usage = bench.unit().await.categories().usage(&owner, category.id).await.unwrap();
        let kept = bench.catalog().category(&owner, category.id).await.unwrap().unwrap().category;
        let fields: std::collections::BTreeSet<_> = kept.shape.fields().iter().cloned().collect();
        assert!(usage.filled.is_subset(&fields), "an entry fills a field that is gone: {usage:?}");
    }
}

/// Fills every field of a category as it was seen, if it is still so.
async fn fill(bench: &Bench, user: UserId, category: &Category, environment: Environment) {
    let entry = Entry { environment, ..bench.draft_entry(category, "alpha") };
    let mut unit = bench.unit().await;
    match unit.categories().hold(&Bench::owner(user), category.id, category.revision).await {
        Ok(()) => {}
        Err(StorageError::Conflict) => return,
        Err(error) => panic!("{error}"),
    }
    tokio::task::yield_now().await;
    unit.entries().insert(&Bench::owner(user), &entry, &bench.version(1)).await.unwrap();
    bench.commit(unit, user).await;
}

/// Removes a field unless it is filled.
async fn drop_field(bench: &Bench, user: UserId, category: &Category) {
    let shape = group_shape(&["KEPT"]);
    let after = Category { shape, revision: category.revision.next(), ..category.clone() };
    let mut unit = bench.unit().await;
    match unit.categories().update(&Bench::owner(user), &after, category.revision).await {
        Ok(()) => {}
        Err(StorageError::Conflict) => return,
        Err(error) => panic!("{error}"),
    }
    tokio::task::yield_now().await;
    let usage = unit.categories().usage(&Bench::owner(user), category.id).await.unwrap();
    if usage.filled.is_disjoint(&env_vars(&["GONE"]).into_iter().collect()) {
        bench.commit(unit, user).await;
    }
}

/// A hold and a removal exclude each other: no entry is left without its category.
pub async fn a_hold_and_a_removal_exclude_each_other(bench: Bench) {
    let ada = bench.person("ada").await;
    for round in 0..12 {
        let category = bench.category(ada, &format!("c{round}")).await;
        let shared = category.clone();
        bench
            .parallel(3, move |bench, index| {
                let category = shared.clone();
                async move {
                    if index > 0 {
                        return fill(&bench, ada, &category, Environment::ALL[index]).await;
                    }
                    let mut unit = bench.unit().await;
                    assert!(unit.categories().remove(&Bench::owner(ada), category.id).await.unwrap());
                    bench.commit(unit, ada).await;
                }
            })
            .await;
        assert_eq!(bench.cells().await, 0);
        assert!(bench.catalog().project_names(&Bench::owner(ada)).await.unwrap().is_empty());
    }
}

/// A person who was found is held: a session that is added while the password is replaced is either
/// refused by its maker, who sees the new password, or removed with the others.
pub async fn no_session_outlives_the_password_it_began_with(bench: Bench) {
    let old = PasswordHash::from_stored("$old".to_owned());
    for round in 0..40 {
        let user = bench.draft_user(&format!("person{round}@example.com"));
        let mut unit = bench.unit().await;
        unit.users().insert(&Bench::system(), &user, Some(&old)).await.unwrap();
        bench.commit(unit, user.id).await;
        let (known, digest) = (old.clone(), bench.digest());
        let both = bench.parallel(2, move |bench, index| {
            let (user, known) = (user.clone(), known.clone());
            async move {
                if index == 0 {
                    replace(&bench, &user).await;
                } else {
                    enter(&bench, &user, &known, &digest).await;
                }
            }
        });
        both.await;
        assert!(bench.directory().session(&Bench::system(), &digest).await.unwrap().is_none());
    }
}

async fn replace(bench: &Bench, user: &User) {
    let mut unit = bench.unit().await;
    let new = PasswordHash::from_stored("$new".to_owned());
    unit.users().set_password(&Bench::system(), user.id, &new).await.unwrap();
    unit.sessions().remove_all(&Bench::system(), user.id).await.unwrap();
    bench.commit(unit, user.id).await;
}

async fn enter(bench: &Bench, user: &User, known: &PasswordHash, digest: &TokenDigest) {
    let mut unit = bench.unit().await;
    let found = unit.users().find(&Bench::system(), &user.email).await.unwrap().unwrap();
    if found.password.as_ref() != Some(known) {
        return;
    }
    unit.sessions().insert(&Bench::system(), &bench.draft_session(user.id), digest).await.unwrap();
    bench.commit(unit, user.id).await;
}
