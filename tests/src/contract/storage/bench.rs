//! What the cases work with: rows with fresh ids, and the shortest way into the database.

use std::{sync::Arc, time::Duration};

use kagi_domain::{
    access::{ActorKind, ActorStamp, Owner, ProjectLimit, System},
    audit::{Action, AuditEvent, AuditRecord, AuditResult, Target, TargetKind},
    ids::{AccessKeyId, AuditEventId, CategoryId, EntryId, IdSource, RequestId, SessionId, UserId},
    model::{
        Revision,
        access_key::AccessKey,
        category::{Category, Shape},
        entry::{Entry, Environment},
        user::{Session, User, UserAgent},
        version::NewVersion,
    },
    ports::{Catalog, Cipher, Clock, Digester, Directory, Storage, TokenDigest, UnitOfWork},
    seal::SealContext,
    secret::SecretBytes,
    time::Timestamp,
};
use tokio::sync::Barrier;

use super::Subject;
use crate::{
    FakeCipher, FakeDigester, SeededEntropy, TestClock,
    samples::{self, only, parse, simple_shape},
};

/// A case's workbench: the database, a clock, and rows to put in. Clones share all of it.
#[derive(Clone)]
pub struct Bench {
    /// The adapter.
    pub storage: Arc<dyn Storage>,
    /// The clock of the rows' times.
    pub clock: Arc<TestClock>,
    subject: Arc<dyn Subject>,
    pub(super) entropy: Arc<IdSource<SeededEntropy>>,
    cipher: Arc<FakeCipher>,
}

impl Bench {
    /// A bench over a subject.
    #[must_use]
    pub fn new(subject: Arc<dyn Subject>) -> Self {
        let storage = subject.storage();
        let (clock, entropy, cipher) = (Arc::default(), Arc::default(), Arc::default());
        Self { storage, clock, subject, entropy, cipher }
    }

    /// Opens a unit.
    pub async fn unit(&self) -> Box<dyn UnitOfWork> {
        self.storage.begin().await.expect("a unit opens")
    }

    /// The present moment.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Lists and details.
    #[must_use]
    pub fn catalog(&self) -> &dyn Catalog {
        self.storage.catalog()
    }

    /// Look-ups by credential.
    #[must_use]
    pub fn directory(&self) -> &dyn Directory {
        self.storage.directory()
    }

    /// Every committed event.
    pub async fn trail(&self) -> Vec<AuditEvent> {
        self.subject.trail().await
    }

    /// Whether an event was committed.
    pub async fn has_event(&self, id: AuditEventId) -> bool {
        self.trail().await.iter().any(|event| event.id == id)
    }

    /// How many sealed values there are.
    pub async fn cells(&self) -> u64 {
        let counts = self.storage.installation().cells_by_key(&Self::system()).await;
        counts.expect("the database answers").into_iter().map(|(_, count)| count).sum()
    }

    /// Runs `count` tasks at once and gathers what they return.
    pub async fn parallel<T, Task>(&self, count: usize, task: impl Fn(Self, usize) -> Task) -> Vec<T>
    where
        T: Send + 'static,
        Task: Future<Output = T> + Send + 'static,
    {
        let start = Arc::new(Barrier::new(count));
        let tasks: Vec<_> = (0..count)
            .map(|index| {
                let (task, start) = (task(self.clone(), index), start.clone());
                tokio::spawn(async move {
                    start.wait().await;
                    task.await
                })
            })
            .collect();
        let mut results = Vec::new();
        for task in tasks {
            results.push(task.await.expect("the task ends well"));
        }
        results
    }

    /// Waits until a condition holds, for as long as "within seconds" may mean.
    pub async fn eventually<Check: Future<Output = bool>>(condition: impl Fn() -> Check) {
        let mut tick = tokio::time::interval(Duration::from_millis(20));
        let waiting = async {
            while !condition().await {
                tick.tick().await;
            }
        };
        tokio::time::timeout(Duration::from_secs(20), waiting).await.expect("it shows up within seconds");
    }

    /// A proof for everything that a person owns.
    #[must_use]
    pub fn owner(user: UserId) -> Owner {
        Owner::for_tests(user, ProjectLimit::All)
    }

    /// A proof for some of a person's projects.
    #[must_use]
    pub fn limited(user: UserId, projects: &[&str]) -> Owner {
        Owner::for_tests(user, only(projects))
    }

    /// A proof for look-ups before a person is known.
    #[must_use]
    pub fn system() -> System {
        System::for_tests()
    }

    /// An event, not written yet.
    #[must_use]
    pub fn event(&self, user: Option<UserId>) -> AuditEvent {
        AuditEvent {
            id: AuditEventId::mint(&*self.clock, &*self.entropy),
            owner: user,
            action: Action::EntryReveal,
            result: AuditResult::Ok,
            actor: self.stamp(),
            target: Some(Target::new(TargetKind::Entry, self.entropy.next())),
            ip: None,
            request_id: RequestId::mint(&*self.clock, &*self.entropy),
            created_at: self.clock.now(),
        }
    }

    /// A record of one event.
    #[must_use]
    pub fn record(&self, user: UserId) -> AuditRecord {
        AuditRecord::new(self.event(Some(user)))
    }

    /// Commits a unit with a record of one event.
    pub async fn commit(&self, unit: Box<dyn UnitOfWork>, user: UserId) {
        unit.commit(self.record(user)).await.expect("the unit commits");
    }

    fn stamp(&self) -> ActorStamp {
        let id = AccessKeyId::mint(&*self.clock, &*self.entropy).as_uuid();
        ActorStamp { kind: ActorKind::AccessKey, id: Some(id), name: "CI of Ada".to_owned() }
    }

    /// A person, not written yet.
    #[must_use]
    pub fn draft_user(&self, email: &str) -> User {
        samples::user(email, &self.clock, &self.entropy)
    }

    /// A person in the database.
    pub async fn person(&self, name: &str) -> UserId {
        let user = self.draft_user(&format!("{name}@example.com"));
        let mut unit = self.unit().await;
        unit.users().insert(&Self::system(), &user, None).await.expect("the person is new");
        self.commit(unit, user.id).await;
        user.id
    }

    /// A category, not written yet.
    #[must_use]
    pub fn draft_category(&self, name: &str, shape: Shape) -> Category {
        Category {
            id: CategoryId::mint(&*self.clock, &*self.entropy),
            name: parse(name),
            shape,
            public_names: None,
            description: None,
            icon: None,
            color: None,
            revision: Revision::FIRST,
            created_at: self.clock.now(),
            updated_at: self.clock.now(),
        }
    }

    /// A category of one variable in the database.
    pub async fn category(&self, user: UserId, name: &str) -> Category {
        self.stored(user, self.draft_category(name, simple_shape("API_KEY"))).await
    }

    /// This category in the database.
    pub async fn stored(&self, user: UserId, category: Category) -> Category {
        let mut unit = self.unit().await;
        unit.categories().insert(&Self::owner(user), &category).await.expect("the category is new");
        self.commit(unit, user).await;
        category
    }

    /// A production entry, not written yet.
    #[must_use]
    pub fn draft_entry(&self, category: &Category, project: &str) -> Entry {
        Entry {
            id: EntryId::mint(&*self.clock, &*self.entropy),
            category: category.id,
            project: parse(project),
            environment: Environment::Production,
            description: None,
            notes: None,
            expires_at: None,
            filled: category.shape.fields().to_vec(),
            version: 1,
            revision: Revision::FIRST,
            created_at: self.clock.now(),
            updated_at: self.clock.now(),
        }
    }

    /// A production entry in the database.
    pub async fn entry(&self, user: UserId, category: &Category, project: &str) -> Entry {
        self.kept(user, self.draft_entry(category, project)).await
    }

    /// This entry in the database, with a first version.
    pub async fn kept(&self, user: UserId, entry: Entry) -> Entry {
        let mut unit = self.unit().await;
        let first = self.version(entry.version);
        unit.entries().insert(&Self::owner(user), &entry, &first).await.expect("the place is free");
        self.commit(unit, user).await;
        entry
    }

    /// A version with a cell that is like no other.
    #[must_use]
    pub fn version(&self, number: u32) -> NewVersion {
        let plaintext = SecretBytes::new(self.entropy.next().to_be_bytes().to_vec());
        let sealed = self.cipher.seal(&SealContext::key_check(), &plaintext).expect("the fake seals");
        NewVersion { number, sealed, actor: self.stamp(), created_at: self.clock.now() }
    }

    /// A digest like no other.
    #[must_use]
    pub fn digest(&self) -> TokenDigest {
        FakeDigester.digest(&samples::secret(&self.entropy.next().to_string()))
    }

    /// An access key, not written yet.
    #[must_use]
    pub fn draft_access_key(&self, name: &str) -> AccessKey {
        let new = samples::access_key(name, &[kagi_domain::access::Scope::EntriesRead]);
        AccessKey {
            id: AccessKeyId::mint(&*self.clock, &*self.entropy),
            name: new.name,
            prefix: "kagi_abcdefgh".to_owned(),
            scopes: new.scopes,
            projects: new.projects,
            expires_at: new.expires_at,
            last_used_at: None,
            created_at: self.clock.now(),
        }
    }

    /// An access key in the database.
    pub async fn access_key(&self, user: UserId, name: &str) -> (AccessKey, TokenDigest) {
        let (key, digest) = (self.draft_access_key(name), self.digest());
        let mut unit = self.unit().await;
        unit.access_keys().insert(&Self::owner(user), &key, &digest).await.expect("the key is new");
        self.commit(unit, user).await;
        (key, digest)
    }

    /// A session that begins now, not written yet.
    #[must_use]
    pub fn draft_session(&self, user: UserId) -> Session {
        let (id, now) = (SessionId::mint(&*self.clock, &*self.entropy), self.now());
        let user_agent = UserAgent::read("Mozilla/5.0 (X11; \u{1f511})");
        Session { id, user, created_at: now, last_seen_at: now, authenticated_at: now, user_agent }
    }

    /// A session in the database that begins now.
    pub async fn session(&self, user: UserId) -> (Session, TokenDigest) {
        let (session, digest) = (self.draft_session(user), self.digest());
        let mut unit = self.unit().await;
        unit.sessions().insert(&Self::system(), &session, &digest).await.expect("the session is new");
        self.commit(unit, user).await;
        (session, digest)
    }
}
