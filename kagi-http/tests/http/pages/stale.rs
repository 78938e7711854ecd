//! A form that was opened before somebody else's change: nothing of theirs is overwritten unseen, nothing typed is lost.

use serde_json::{Value, json};

use super::{envs::hidden, form};
use crate::{Call, World};

/// A form of something stored.
struct Place {
    page: String,
    stored: String,
    /// What somebody else changes meanwhile.
    theirs: Value,
    /// What the person types.
    typed: Vec<(&'static str, &'static str)>,
    /// A field of the thing, and what it holds once theirs and once the person's own change is in it.
    told: (&'static str, &'static str, &'static str),
}

async fn places(world: &World, ada: &str) -> [Place; 4] {
    let category = world.category(ada, "Key").await;
    let entry = world.entry(ada, &category, "Blog", "hunter2".into()).await;
    let set = world.recovery_set(ada, "GitHub", &["old-1", "old-2"]).await;
    let env = world.env_project(ada, "Site").await;
    [
        Place {
            page: format!("/entries/{entry}/edit"),
            stored: format!("/api/entries/{entry}"),
            theirs: json!({"notes": "theirs", "expiresAt": "2027-01-01T00:00:00Z"}),
            typed: vec![("projectName", "Blog"), ("environment", "production"), ("notes", "mine")],
            told: ("notes", "theirs", "mine"),
        },
        Place {
            page: format!("/2fa/{set}/edit"),
            stored: format!("/api/2fa/{set}"),
            theirs: json!({"label": "theirs", "tokens": ["new-1", "new-2", "new-3"]}),
            typed: vec![("service", "GitHub"), ("label", "mine"), ("tokens", "mine-1\nmine-2")],
            told: ("label", "theirs", "mine"),
        },
        Place {
            page: format!("/keys/{category}/edit"),
            stored: format!("/api/categories/{category}"),
            theirs: json!({"description": "theirs"}),
            typed: vec![
                ("name", "Key"),
                ("keyType", "simple"),
                ("envVarName", "KEY"),
                ("publicChoice", "auto"),
                ("description", "mine"),
            ],
            told: ("description", "theirs", "mine"),
        },
        Place {
            page: format!("/envs/{env}/edit"),
            stored: format!("/api/envs/{env}"),
            theirs: json!({"description": "theirs"}),
            typed: vec![("name", "Site"), ("description", "mine")],
            told: ("description", "theirs", "mine"),
        },
    ]
}

#[tokio::test]
async fn a_change_in_between_is_told_and_nothing_is_lost() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    for place in places(&world, &ada).await {
        let (field, theirs, mine) = place.told;
        let opened = world.page(&ada, &place.page).await;
        let stored = async || world.send_as(&ada, Call::get(&place.stored)).await.data();
        world.send_as(&ada, Call::new("PUT", &place.stored).json(&place.theirs)).await.ok(200);
        let now = stored().await;
        let with = |page: &str| {
            let at = hidden(page, "revision").to_owned();
            let fields: Vec<_> = place.typed.iter().copied().chain([("revision", &*at)]).collect();
            form(&place.page, &fields)
        };
        let refused = world.send_as(&ada, with(&opened)).await.ok(409);
        assert_eq!(refused.header("cache-control"), "no-store");
        assert!(refused.text.contains("It was changed in the meantime"), "{}", refused.text);
        assert!(refused.text.contains(mine), "what was typed is still there: {}", refused.text);
        assert_eq!((&now[field], stored().await), (&theirs.into(), now.clone()), "nothing is overwritten");
        // Who was told of it and saves again means it.
        world.send_as(&ada, with(&refused.text)).await.ok(303);
        assert_eq!(stored().await[field], mine);
        // A form that was not overtaken needs no second try.
        let opened = world.page(&ada, &place.page).await;
        world.send_as(&ada, with(&opened)).await.ok(303);
    }
}
