//! A vault of many entries, and a key to it.

use std::{collections::BTreeMap, fmt::Debug, sync::Arc};

use kagi_crypto::{RingCipher, SystemClock, SystemEntropy, vault};
use kagi_domain::{
    Kagi,
    access::{Actor, ActorKind, ActorStamp, Owner, ProjectLimit, Scope},
    audit::{Action, AuditEvent, AuditRecord, AuditResult, Target, TargetKind},
    ids::{AuditEventId, EntryId, IdSource, RequestId, UserId},
    model::{
        Revision,
        category::Category,
        entry::{Entry, Environment},
        version::NewVersion,
    },
    paging::{Cursor, PageLimit, PageRequest},
    ports::{Cipher, Clock, Storage},
    seal::SealContext,
    secret::{SecretBytes, SecretText},
    services::{entries::EntryQuery, sign_in::registration},
    text::Prose,
};
use kagi_storage_sea::SeaStorage;
use kagi_tests::{
    FakeHasher,
    samples::{access_key, category, parse},
};

use crate::place::Place;

const CATEGORIES: usize = 20;
/// Rows of one transaction.
const BATCH: usize = 5_000;

/// What was filled in.
pub struct Vault {
    /// How many entries.
    pub entries: usize,
    /// Their ids, oldest first.
    pub ids: Vec<EntryId>,
    /// The categories' ids.
    pub categories: Vec<String>,
    /// An access key to everything, as the server takes it.
    pub key: SecretText,
}

impl Vault {
    /// Fills an empty database.
    pub async fn fill(place: &Place, entries: usize) -> Self {
        let storage = place.storage().await;
        let kagi = open(place, &storage);
        kagi.maintenance().check_keys().await.expect("the keys fit");
        let actor = person(&kagi).await;
        let owner = Owner::for_tests(actor.user(), ProjectLimit::All);
        let mut categories = Vec::new();
        for number in 0..CATEGORIES {
            let new = category(&format!("Category {number}"), &format!("KEY_{number}"));
            categories.push(kagi.categories().create(&actor, new).await.expect("the name is free").category);
        }
        let cipher = RingCipher::new(place.keyring());
        let (mut ids, source) = (Vec::with_capacity(entries), IdSource::new(SystemEntropy));
        for batch in (0..entries).collect::<Vec<_>>().chunks(BATCH) {
            let mut unit = storage.begin().await.expect("a unit opens");
            for number in batch {
                let entry = entry(&categories[number % CATEGORIES], *number, &source);
                let first = version(&cipher, actor.user(), &entry);
                unit.entries().insert(&owner, &entry, &first).await.expect("the place is free");
                ids.push(entry.id);
            }
            unit.commit(record(actor.user(), &source)).await.expect("the batch is kept");
        }
        let issued = kagi.access_keys().create(&actor, access_key("load", Scope::ALL)).await;
        let key = issued.expect("the sign-in is fresh").token;
        storage.close().await;
        place.analyze().await;
        let categories = categories.iter().map(|category| category.id.to_string()).collect();
        Self { entries, ids, categories, key }
    }

    /// What each operation costs in statements, beside the credential's one.
    pub async fn statements(&self, place: &Place) -> BTreeMap<&'static str, u64> {
        // The first use of a minute is noted in the background; it must not be counted below.
        let (storage, ..) = self.enter(place).await;
        storage.close().await;
        let (storage, kagi, actor) = self.enter(place).await;
        let page = |rows| PageRequest { limit: PageLimit::new(rows).expect("in range"), after: None };
        let middle = self.ids[self.ids.len() / 2];
        let deep = PageRequest { after: Some(Cursor::Id(middle.as_uuid())), ..page(50) };
        let (all, of_one) = (EntryQuery::default(), self.categories[0].parse().expect("it is an id"));
        let of_one = EntryQuery { category: Some(of_one), ..EntryQuery::default() };
        let search = EntryQuery { search: Some("no such text".to_owned()), ..EntryQuery::default() };
        let (entries, categories) = (kagi.entries(), kagi.categories());
        let costs = BTreeMap::from([
            ("reveal", cost(&storage, entries.reveal(&actor, middle)).await),
            ("get", cost(&storage, entries.get(&actor, middle)).await),
            ("list of 50", cost(&storage, entries.list(&actor, all.clone(), &page(50))).await),
            ("list of 50 from the middle", cost(&storage, entries.list(&actor, all, &deep)).await),
            ("list of 5 in a category", cost(&storage, entries.list(&actor, of_one, &page(5))).await),
            ("categories", cost(&storage, categories.list(&actor, None, &page(200))).await),
            ("search for nothing", cost(&storage, entries.list(&actor, search, &page(200))).await),
        ]);
        storage.close().await;
        costs
    }

    /// Opens the vault in this process, with the key.
    async fn enter(&self, place: &Place) -> (SeaStorage, Kagi, Actor) {
        let storage = place.storage().await;
        let kagi = open(place, &storage);
        let actor = kagi.sign_in().by_access_key(&self.key, kagi.origin(None)).await.expect("the key works");
        (storage, kagi, actor)
    }
}

/// How many statements that took.
async fn cost<T, E: Debug>(storage: &SeaStorage, work: impl Future<Output = Result<T, E>>) -> u64 {
    let before = storage.statements();
    work.await.expect("it works");
    storage.statements() - before
}

fn open(place: &Place, storage: &SeaStorage) -> Kagi {
    let hasher = Arc::<FakeHasher>::default();
    vault(Arc::new(storage.clone()), place.keyring()).with_passwords(hasher).build()
}

async fn person(kagi: &Kagi) -> Actor {
    let password = || SecretText::new("a password for the load".to_owned());
    let who = registration("load@example.com", password(), None).expect("it is a good one");
    kagi.people().add(who).await.expect("nobody has the address");
    let signed_in = kagi.sign_in().sign_in("load@example.com", password(), kagi.origin(None)).await;
    let token = signed_in.expect("the password is right").token;
    kagi.sign_in().by_session(&token, kagi.origin(None)).await.expect("the session is fresh").actor
}

/// Entries of about a hundred characters of text each; one in a thousand expires.
fn entry(category: &Category, number: usize, ids: &IdSource<SystemEntropy>) -> Entry {
    let now = SystemClock.now();
    let about = format!("The key number {number} of a vault with many keys in it");
    Entry {
        id: EntryId::mint(&SystemClock, ids),
        category: category.id,
        project: parse(&format!("Project {}", number / CATEGORIES / 4)),
        environment: Environment::ALL[number / CATEGORIES % 4],
        description: Prose::parse(&about).expect("it is short"),
        notes: None,
        expires_at: number.is_multiple_of(1000).then_some(now),
        filled: Vec::new(),
        version: 1,
        revision: Revision::FIRST,
        created_at: now,
        updated_at: now,
    }
}

fn version(cipher: &RingCipher, user: UserId, entry: &Entry) -> NewVersion {
    let kind = kagi_domain::model::category::KeyType::Simple;
    let context = SealContext::entry_value(user, entry.category, entry.id, 1, kind);
    let value =
        SecretBytes::new(format!("sk-load-{}-0123456789abcdef0123456789abcdef", entry.id).into_bytes());
    let sealed = cipher.seal(&context, &value).expect("it seals");
    let actor = ActorStamp { kind: ActorKind::System, id: None, name: "load".to_owned() };
    NewVersion { number: 1, sealed, actor, created_at: entry.created_at }
}

fn record(user: UserId, ids: &IdSource<SystemEntropy>) -> AuditRecord {
    AuditRecord::new(AuditEvent {
        id: AuditEventId::mint(&SystemClock, ids),
        owner: Some(user),
        action: Action::EntryCreate,
        result: AuditResult::Ok,
        actor: ActorStamp { kind: ActorKind::System, id: None, name: "load".to_owned() },
        target: Some(Target::new(TargetKind::User, user)),
        ip: None,
        request_id: RequestId::mint(&SystemClock, ids),
        created_at: SystemClock.now(),
    })
}
