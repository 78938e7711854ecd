//! A1 and A2: every operation of the served document by everybody, on the real databases.
//!
//! Refusals come first, on a vault that stays as it is. Then each operation succeeds once for everybody
//! who may, in a vault of its own, while all others stay as they are.

mod app;
mod document;
mod dump;
mod resident;
mod who;

use kagi_tests::operations::{OPERATIONS, Operation, Things};

use app::{App, Credential};
use dump::Dump;
use resident::Resident;
use who::{Cast, Outcome, Who};

use crate::vault::{Place, on_both};

/// An id of nothing.
const NOTHING: &str = "0198c0de-0000-7000-8000-000000000000";

/// A request by somebody, and what it is called when it goes wrong.
struct Trial {
    operation: &'static Operation,
    credential: Credential,
    outcome: Outcome,
    what: String,
}

/// What is refused changes nothing, and what is somebody else's looks like nothing at all.
async fn who_may_not_does_nothing(place: &Place) {
    let app = App::new(place);
    let cast = Cast::assemble(&app).await;
    let things = &cast.owner.things;
    let mut trials = Vec::new();
    for operation in OPERATIONS {
        for who in Who::ALL {
            let outcome = who.outcome(operation);
            if outcome == Outcome::Good {
                continue;
            }
            for credential in who.credentials(&app, operation, &cast.owner, &cast).await {
                let what = format!("{} {} by {who:?}", operation.method, operation.path);
                trials.push(Trial { operation, credential, outcome, what });
            }
        }
    }
    assert!(trials.len() > 250, "only {} refusals", trials.len());
    let dump = Dump::new(place).await;
    let (before, done) = (dump.rows(place).await, dump.done(place).await);
    for trial in &trials {
        let reply = app.send(trial.operation, things, &trial.credential).await;
        match trial.outcome {
            Outcome::Refused(status, code) => reply.is(status, code, &trial.what),
            Outcome::Missing => assert_eq!(reply, nothing(&app, trial, things).await, "{}", trial.what),
            Outcome::Good => unreachable!("left out above"),
        }
        assert!(dump.rows(place).await == before, "{} changed something", trial.what);
    }
    assert_eq!(dump.done(place).await, done, "nothing was recorded as done");
}

/// The answer to the same request about nothing, which plays no part in what else it names.
async fn nothing(app: &App, trial: &Trial, things: &Things) -> app::Reply {
    let nothing = Things::OWNED.iter().fold(things.clone(), |things, name| things.with(name, NOTHING));
    let like = app.send(trial.operation, &nothing, &trial.credential).await;
    assert_eq!(like.status, 404, "{}: {}", trial.what, like.text);
    let beyond = things.clone().with("number", "99").with("index", "99");
    assert_eq!(app.send(trial.operation, &beyond, &trial.credential).await, like, "{}", trial.what);
    like
}

/// Everybody who may gets the answer of success, and nobody else's vault is seen or touched.
async fn who_may_does_that_and_no_more(place: &Place) {
    let app = App::new(place);
    let cast = Cast::assemble(&app).await;
    let dump = Dump::new(place).await;
    let bystanders = dump.rows(place).await;
    let mut number = 0;
    for operation in OPERATIONS {
        for who in Who::ALL.iter().filter(|who| who.outcome(operation) == Outcome::Good) {
            number += 1;
            let guest = Resident::move_in(&app, &format!("guest{number}")).await;
            let credential = who.credentials(&app, operation, &guest, &cast).await.remove(0);
            let what = format!("{} {} by {who:?}", operation.method, operation.path);
            let reply = app.send(operation, &guest.things, &credential).await;
            assert_eq!(reply.status, operation.good, "{what}: {}", reply.text);
            let shown = operation.shows.is_none_or(|thing| reply.text.contains(guest.things.get(thing)));
            assert!(shown, "{what}: {}", reply.text);
            let mut hidden = vec![cast.owner.name.clone(), cast.disabled.name.clone()];
            hidden.extend((*who == Who::LimitedKey).then(|| guest.project()));
            let seen: Vec<_> = hidden.iter().filter(|mark| reply.text.contains(*mark)).collect();
            assert!(seen.is_empty(), "{what} shows {seen:?}: {}", reply.text);
            assert!(dump.rows(place).await.is_superset(&bystanders), "{what} touched somebody else");
            place.tamper("DELETE FROM users WHERE email LIKE 'guest%'").await;
        }
    }
    assert!(number > 150, "only {number} successes");
}

/// A filter by what is somebody else's finds what a filter by nothing finds.
async fn filters_by_foreign_ids_find_nothing(place: &Place) {
    let app = App::new(place);
    let cast = Cast::assemble(&app).await;
    let find = async |category: &str, credential: &Credential| {
        app.get(&format!("/api/entries?categoryId={category}"), credential).await
    };
    let category = cast.owner.things.get("category");
    assert!(find(category, &cast.owner.fresh).await.text.contains(&cast.owner.project()));
    let foreign = find(category, &cast.stranger.fresh).await;
    assert_eq!(foreign, find(NOTHING, &cast.stranger.fresh).await);
    assert!(!foreign.text.contains(&cast.owner.name));
}

/// A2: a key with every scope, alone or beside a good cookie, on whatever the document keeps for sessions.
async fn keys_manage_nothing(place: &Place) {
    let app = App::new(place);
    let cast = Cast::assemble(&app).await;
    let key = cast.owner.almighty(&app).await;
    let both = key.clone().and(&cast.owner.fresh);
    let document = document::served(&app).await;
    let dump = Dump::new(place).await;
    let (before, done) = (dump.rows(place).await, dump.done(place).await);
    let mut refused = 0;
    for operation in OPERATIONS.iter().filter(|operation| document::is_for_sessions(&document, operation)) {
        for credential in [&key, &both] {
            let what = format!("{} {}", operation.method, operation.path);
            app.send(operation, &cast.owner.things, credential).await.is(403, "SESSION_REQUIRED", &what);
            assert!(dump.rows(place).await == before, "{what} changed something");
            refused += 1;
        }
    }
    assert!(refused >= 24, "only {refused} refusals");
    assert_eq!(dump.done(place).await, done, "nothing was recorded as done");
}

use document::every_operation_of_the_document_is_tested;

on_both! {
    every_operation_of_the_document_is_tested;
    who_may_not_does_nothing;
    who_may_does_that_and_no_more;
    filters_by_foreign_ids_find_nothing;
    keys_manage_nothing;
}
