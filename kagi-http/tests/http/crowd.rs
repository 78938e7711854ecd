//! A vault of many rows.

use std::collections::BTreeSet;

use kagi_domain::{
    access::{ActorKind, ActorStamp, Owner, ProjectLimit},
    audit::AuditRecord,
    ids::{CategoryId, EntryId, IdSource},
    model::{
        Revision,
        category::Category,
        entry::{Entry, Environment},
        version::NewVersion,
    },
    ports::Storage,
    seal::{KeyId, Sealed},
    time::Timestamp,
};
use kagi_tests::{
    SeededEntropy,
    samples::{parse, simple_shape},
};

use crate::World;

/// Many rows in one unit: units of a vault in memory copy all of it.
pub(crate) struct Crowd<'a> {
    world: &'a World,
    ids: IdSource<SeededEntropy>,
    owner: Owner,
    pub(crate) categories: Vec<Category>,
    pub(crate) entries: BTreeSet<EntryId>,
}

impl<'a> Crowd<'a> {
    pub(crate) async fn new(world: &'a World, token: &str) -> Self {
        let owner = Owner::for_tests(world.actor_of(token).await.user(), ProjectLimit::All);
        Self { world, ids: IdSource::default(), owner, categories: Vec::new(), entries: BTreeSet::new() }
    }

    /// So many categories of ten entries each, and one entry more in some of those that there are.
    pub(crate) async fn grow(&mut self, categories: usize) {
        let before = self.categories.len();
        let fresh: Vec<_> = (before..before + categories).map(|number| category_of(self, number)).collect();
        self.categories.extend(fresh);
        let fresh = self.categories[before..].iter().flat_map(|category| (0..10).map(move |_| category.id));
        let old = self.categories[..before].iter().step_by(9).map(|category| category.id);
        let drafts: Vec<_> = fresh.chain(old).map(|category| entry_of(self, category)).collect();
        let mut unit = self.world.storage.begin().await.unwrap();
        for category in &self.categories[before..] {
            unit.categories().insert(&self.owner, category).await.unwrap();
        }
        for entry in &drafts {
            unit.entries().insert(&self.owner, entry, &version()).await.unwrap();
        }
        let event = self.world.storage.audit_events().pop().unwrap();
        unit.commit(AuditRecord::new(event)).await.unwrap();
        self.entries.extend(drafts.into_iter().map(|entry| entry.id));
    }

    pub(crate) async fn delete(&self, categories: impl Iterator<Item = &Category>) {
        let mut unit = self.world.storage.begin().await.unwrap();
        for category in categories {
            unit.categories().remove(&self.owner, category.id).await.unwrap();
        }
        let event = self.world.storage.audit_events().pop().unwrap();
        unit.commit(AuditRecord::new(event)).await.unwrap();
    }
}

fn category_of(crowd: &Crowd<'_>, number: usize) -> Category {
    let now = crowd.world.now();
    Category {
        id: CategoryId::mint_at(now, &crowd.ids),
        name: parse(&format!("Category {number}")),
        shape: simple_shape("K"),
        public_names: None,
        description: None,
        icon: None,
        color: None,
        revision: Revision::FIRST,
        created_at: now,
        updated_at: now,
    }
}

fn entry_of(crowd: &Crowd<'_>, category: CategoryId) -> Entry {
    let now = crowd.world.now();
    let id = EntryId::mint_at(now, &crowd.ids);
    Entry {
        id,
        category,
        project: parse(&format!("Project {id}")),
        environment: Environment::Production,
        description: None,
        notes: None,
        expires_at: None,
        filled: Vec::new(),
        version: 1,
        revision: Revision::FIRST,
        created_at: now,
        updated_at: now,
    }
}

fn version() -> NewVersion {
    let actor = ActorStamp { kind: ActorKind::System, id: None, name: "crowd".to_owned() };
    let sealed = Sealed { key_id: KeyId::from_stored("k".to_owned()), cell: "canary".to_owned() };
    NewVersion { number: 1, sealed, actor, created_at: Timestamp::from_millis(0) }
}
