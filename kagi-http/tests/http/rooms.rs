//! Bodies that are parked, all but their end sent: they stop the one who parks them, and nobody else.

use std::{
    fmt::Debug,
    future::Future,
    io,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use futures_util::{StreamExt, future::join_all, poll, stream};
use kagi_domain::{
    Policy, SignUp,
    access::{ProjectLimit, Scope},
};
use poem::Body;
use serde_json::json;
use tokio::{sync::oneshot, task::yield_now};

use crate::{Call, PASSWORD, World, call::Reply, pages::form, world::site};

const KIB: usize = 1024;
const MIB: usize = 1024 * KIB;
/// What a person may park, in bodies of the usual limit.
const SHARE: usize = 4;

/// Bodies that stop short of their end, until they break off.
#[derive(Default)]
struct Lot {
    held: Arc<AtomicUsize>,
    ends: Vec<oneshot::Sender<()>>,
}

impl Lot {
    /// The same request with a body of so many bytes.
    fn park(&mut self, call: Call, bytes: usize) -> Call {
        let ((end, ended), held) = (oneshot::channel::<()>(), self.held.clone());
        self.ends.push(end);
        let last = stream::once(async move {
            // Whoever asks for more has taken what came before.
            held.fetch_add(1, Ordering::SeqCst);
            let _ = ended.await;
            Err(io::Error::other("gone"))
        });
        call.body(Body::from_bytes_stream(stream::iter([Ok(vec![b' '; bytes])]).chain(last)))
    }

    /// Sends them until the server holds every one.
    async fn fill<T: Debug>(&self, sending: &mut (impl Future<Output = T> + Unpin)) {
        for _ in 0..10_000 {
            let answered = poll!(&mut *sending);
            assert!(answered.is_pending(), "{answered:?}");
            if self.held.load(Ordering::SeqCst) == self.ends.len() {
                return;
            }
            yield_now().await;
        }
        panic!("{} of {} are held", self.held.load(Ordering::SeqCst), self.ends.len());
    }
}

fn open() -> World {
    let policy = Policy { sign_up: SignUp::Open, ..Policy::default() };
    World::at(site("https://kagi.example", &[]), policy)
}

/// A save, refused if at all for the fault in it.
fn save() -> Call {
    Call::post("/api/categories").json(&json!({"name": "x", "keyType": "simple"}))
}

fn save_parked(lot: &mut Lot) -> Call {
    lot.park(Call::post("/api/categories").header("content-type", "application/json"), 2 * MIB)
}

fn saves(reply: &Reply) {
    reply.is(400, "CATEGORY_SIMPLE_REQUIRES_ENV_VAR");
}

#[track_caller]
fn full(reply: &Reply) {
    assert_eq!((reply.status.as_u16(), reply.header("retry-after")), (503, "1"), "{}", reply.text);
    assert!(reply.text.contains("More is being sent at this moment"), "{}", reply.text);
}

fn step_up() -> Call {
    Call::post("/api/account/reauth").json(&json!({"password": PASSWORD}))
}

/// Every way in, of ada@example.com and somebody new.
fn doors() -> [Call; 5] {
    let (known, new) = ([("email", "ada@example.com"), ("password", PASSWORD)], |email| {
        [("email", email), ("password", PASSWORD)]
    });
    [
        Call::post("/api/auth/sign-in/email").json(&json!({"email": known[0].1, "password": PASSWORD})),
        form("/sign-in", &known),
        Call::post("/api/auth/sign-up/email").json(&json!({"email": "b@example.com", "password": PASSWORD})),
        form("/sign-up", &new("c@example.com")),
        form("/setup", &new("d@example.com")),
    ]
}

/// The same ways in from one client, with what came of them.
async fn try_doors(world: &World, client: &str) -> Vec<u16> {
    let mut came = Vec::new();
    for call in doors() {
        let reply = world.send(call.from(client)).await;
        if reply.status == 503 {
            full(&reply);
        }
        came.push(reply.status.as_u16());
    }
    came
}

const OPEN_DOORS: [u16; 5] = [200, 303, 201, 303, 303];

#[tokio::test]
async fn a_person_parks_their_share_and_stops_themselves_only() {
    let world = open();
    let (ada, eve) = (world.person("ada@example.com").await, world.person("eve@example.com").await);
    let scopes = [Scope::CategoriesRead, Scope::CategoriesWrite];
    let keys = [
        world.key(&eve, &scopes, ProjectLimit::All).await,
        world.key(&eve, &scopes, ProjectLimit::All).await,
    ];
    let mut lot = Lot::default();
    let calls: Vec<_> =
        (0..SHARE).map(|n| save_parked(&mut lot).key(keys[n % keys.len()].expose())).collect();
    let mut parked = join_all(calls.into_iter().map(|call| world.send(call)));
    lot.fill(&mut parked).await;

    // Whatever Eve comes with is hers, and her share is full.
    full(&world.send(save().key(keys[0].expose())).await);
    full(&world.send_as(&eve, save()).await);
    full(&world.send_as(&eve, form("/keys/new", &[("name", "x")])).await);
    full(&world.send_as(&eve, step_up()).await);
    // She can look at what she has, and put an end to a key.
    let listed = world.send_as(&eve, Call::get("/api/access-keys")).await.ok(200);
    let id = listed.data()[0]["id"].as_str().unwrap().to_owned();
    world.send_as(&eve, Call::new("DELETE", format!("/api/access-keys/{id}"))).await.ok(204);
    // Nobody else notices.
    saves(&world.send_as(&ada, save()).await);
    world.send_as(&ada, form("/keys/new", &[("name", "x")])).await.ok(422);
    world.send_as(&ada, step_up()).await.ok(204);
    assert_eq!(try_doors(&world, "192.0.2.9").await, OPEN_DOORS);

    drop(lot);
    parked.await.iter().for_each(|reply| reply.is(400, "VALIDATION_ERROR"));
    saves(&world.send_as(&eve, save()).await);
}

#[tokio::test]
async fn all_people_together_have_a_bound_and_do_not_stop_strangers() {
    let world = open();
    let ada = world.person("ada@example.com").await;
    let (mut lot, mut calls) = (Lot::default(), Vec::new());
    for n in 0..8 {
        let token = world.person(&format!("eve{n}@example.com")).await;
        calls.extend((0..SHARE).map(|_| world.with(&token, save_parked(&mut lot))));
    }
    let mut parked = join_all(calls.into_iter().map(|call| world.send(call)));
    lot.fill(&mut parked).await;
    full(&world.send_as(&ada, save()).await);
    world.send_as(&ada, Call::get("/api/categories")).await.ok(200);
    assert_eq!(try_doors(&world, "192.0.2.9").await, OPEN_DOORS);

    drop(lot);
    parked.await.iter().for_each(|reply| reply.is(400, "VALIDATION_ERROR"));
    saves(&world.send_as(&ada, save()).await);
}

#[tokio::test]
async fn a_stranger_parks_a_share_and_stops_their_own_network_only() {
    let world = open();
    let ada = world.person("ada@example.com").await;
    let mut lot = Lot::default();
    // 4 MiB of the forms and bodies that anybody may send, from all over a /64.
    let parked = (0..256).map(|n| {
        let sign_in = Call::post("/sign-in").header("content-type", "application/x-www-form-urlencoded");
        lot.park(sign_in, 16 * KIB).from(&format!("2001:db8::{n:x}"))
    });
    let parked: Vec<_> = parked.collect();
    let mut parked = join_all(parked.into_iter().map(|call| world.send(call)));
    lot.fill(&mut parked).await;

    assert_eq!(try_doors(&world, "2001:db8::ffff:1").await, [503; 5]);
    // Who is signed in is no stranger, wherever they are.
    saves(&world.send(world.with(&ada, save().from("2001:db8::1"))).await);
    world.send(world.with(&ada, step_up().from("2001:db8::1"))).await.ok(204);
    assert_eq!(try_doors(&world, "2001:db8:0:1::1").await, OPEN_DOORS);

    drop(lot);
    parked.await;
    world.send(doors().into_iter().next().unwrap().from("2001:db8::1")).await.ok(200);
}

#[tokio::test]
async fn all_strangers_together_have_a_bound_and_do_not_stop_people() {
    let world = open();
    let ada = world.person("ada@example.com").await;
    let mut lot = Lot::default();
    // The largest that a stranger can have held: the editor's form of a session that has ended.
    let parked = ["192.0.2.1", "192.0.2.2", "2001:db8::1", "2001:db8:0:1::1"].map(|client| {
        let path = "/envs/x/files/env/save";
        let save = Call::post(path).header("content-type", "application/x-www-form-urlencoded");
        lot.park(save, 4 * MIB).from(client)
    });
    let mut parked = join_all(parked.into_iter().map(|call| world.send(call)));
    lot.fill(&mut parked).await;

    assert_eq!(try_doors(&world, "192.0.2.9").await, [503; 5]);
    // A form that finds no room to be given back is not lost on the way to sign in.
    full(&world.send(form("/keys/new", &[("name", "x")])).await);
    saves(&world.send_as(&ada, save()).await);
    world.send_as(&ada, form("/keys/new", &[("name", "x")])).await.ok(422);
    world.send_as(&ada, step_up()).await.ok(204);

    drop(lot);
    parked.await;
    assert_eq!(try_doors(&world, "192.0.2.9").await, OPEN_DOORS);
}
