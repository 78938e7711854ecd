//! Every reveal that somebody received is in the trail.

use std::collections::BTreeSet;

use kagi_domain::{model::entry::EntryPatch, secret::SecretValue};
use kagi_tests::samples::text_value;

use crate::vault::{Person, Place, on_both};

async fn a_thousand_parallel_reveals_have_a_row_each(place: &Place) {
    let ada = Person::new(place, "ada").await;
    let id = ada.keep(place, ada.simple, "Blog", "value").await;
    let reveals: Vec<_> = (0..1000)
        .map(|_| {
            let (kagi, actor) = (place.kagi.clone(), ada.actor.clone());
            tokio::spawn(async move { kagi.entries().reveal(&actor, id).await.is_ok() })
        })
        .collect();
    let mut received = 0;
    for reveal in reveals {
        received += i64::from(reveal.await.unwrap());
    }
    let rows = place
        .count("SELECT COUNT(*) FROM audit_events WHERE action = 'entry.reveal' AND result = 'ok'")
        .await;
    assert_eq!((received, rows), (1000, 1000));
}

async fn a_thousand_reveals_of_old_and_current_versions_have_a_row_each(place: &Place) {
    let ada = Person::new(place, "ada").await;
    let id = ada.keep(place, ada.simple, "Blog", "v1").await;
    for number in 2..=4 {
        let value = Some(text_value(&format!("v{number}")));
        let patch = EntryPatch { value, ..EntryPatch::default() };
        place.kagi.entries().update(&ada.actor, id, patch).await.unwrap();
    }
    // Every fifth asks for the current value, the others for a version each. As many at a time as a busy
    // machine answers within storage's patience: an answer that came too late would be none.
    let mut received = 0;
    for group in 0..20 {
        let reveals: Vec<_> = (0..50)
            .map(|n: u32| {
                let (kagi, actor) = (place.kagi.clone(), ada.actor.clone());
                tokio::spawn(async move {
                    let (revealed, number) = match (group * 50 + n) % 5 {
                        0 => (kagi.entries().reveal(&actor, id).await, 4),
                        number => (kagi.entries().reveal_version(&actor, id, number).await, number),
                    };
                    let revealed = revealed.ok()?;
                    let SecretValue::Simple(text) = revealed.value else { return None };
                    assert_eq!(revealed.version, number);
                    assert_eq!(text.expose(), format!("v{}", revealed.version));
                    Some(())
                })
            })
            .collect();
        for reveal in reveals {
            received += u32::from(reveal.await.unwrap().is_some());
        }
    }
    let ok = "SELECT COUNT(*) FROM audit_events WHERE result = 'ok' AND";
    let current = place.count(&format!("{ok} action = 'entry.reveal' AND target_id = '{id}'")).await;
    let mut rows = vec![current];
    for number in 1..=4 {
        let of_version = format!("{ok} action = 'entry.reveal_version' AND target_id = '{id}/{number}'");
        rows.push(place.count(&of_version).await);
    }
    assert_eq!((received, rows), (1000, vec![200; 5]));
}

async fn parallel_saves_lose_nothing(place: &Place) {
    let ada = Person::new(place, "ada").await;
    let id = ada.keep(place, ada.simple, "Blog", "start").await;
    let saves: Vec<_> = (0..20)
        .map(|n| {
            let (kagi, actor) = (place.kagi.clone(), ada.actor.clone());
            tokio::spawn(async move {
                let patch = EntryPatch { value: Some(text_value(&format!("v{n}"))), ..EntryPatch::default() };
                kagi.entries().update(&actor, id, patch).await.map(|saved| saved.entry.version).ok()
            })
        })
        .collect();
    let mut versions = BTreeSet::new();
    let mut acknowledged = 0;
    for save in saves {
        if let Some(version) = save.await.unwrap() {
            assert!(versions.insert(version), "two saves got version {version}");
            acknowledged += 1;
        }
    }
    assert!(acknowledged > 0);
    let rows = place.count("SELECT COUNT(*) FROM entry_versions").await;
    assert_eq!(rows, acknowledged + 1, "each acknowledged save is a version, and nothing else is");
    assert!(ada.reveal(place, id).await.is_some());
}

on_both! {
    a_thousand_parallel_reveals_have_a_row_each;
    a_thousand_reveals_of_old_and_current_versions_have_a_row_each;
    parallel_saves_lose_nothing;
}
