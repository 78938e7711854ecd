//! Three people with a canary in everything that is theirs.

use std::sync::Arc;

use kagi_ai_openai::{Limits, OpenAiPlanner, Settings};
use kagi_domain::{
    Kagi,
    access::{Actor, Scope},
    model::entry::EntryPatch,
    services::sign_in::registration,
    text::{Description, Notes},
};
use kagi_tests::{
    model_server::ModelServer,
    samples::{
        access_key, category, entry, env_file, env_project, group, group_value, parse, recovery_set, secret,
        text_value,
    },
};

use crate::vault::Place;

/// What the model's server is paid with: it goes there, in one header.
pub(super) const MODEL_KEY: &str = "canary-of-the-model-key-91f2";

/// A vault of three people that asks a model.
pub(super) struct Vault {
    pub(super) kagi: Kagi,
    pub(super) ada: Actor,
    pub(super) bob: Actor,
    /// What is nobody's business but its owner's.
    pub(super) canaries: Vec<String>,
    /// What only others have: nothing of it goes out when Ada asks.
    pub(super) of_others: Vec<String>,
}

impl Vault {
    pub(super) async fn new(place: &Place, server: &ModelServer, limits: Limits) -> Self {
        let key = secret(MODEL_KEY);
        let settings = Settings::new(Some(&server.url("/v1")), Some(&key), Some("test-model")).unwrap();
        let planner = OpenAiPlanner::new(settings.with_limits(limits)).unwrap();
        let kagi = place.asking(Arc::new(planner));
        let (mut canaries, mut of_others, mut actors) =
            (vec![place.key().to_owned()], Vec::new(), Vec::new());
        for person in ["ada", "bob", "eve"] {
            let mut furnished = Furnished { kagi: &kagi, person, canaries: &mut canaries };
            actors.push(furnished.everything().await);
            if person != "ada" {
                of_others.extend([format!("service-of-{person}"), variable(person), project(person)]);
            }
        }
        let [ada, bob, _] = <[Actor; 3]>::try_from(actors).unwrap();
        Self { kagi, ada, bob, canaries, of_others }
    }
}

pub(super) fn variable(person: &str) -> String {
    format!("TOKEN_OF_{}", person.to_uppercase())
}

pub(super) fn project(person: &str) -> String {
    format!("project-of-{person}")
}

struct Furnished<'a> {
    kagi: &'a Kagi,
    person: &'a str,
    canaries: &'a mut Vec<String>,
}

impl Furnished<'_> {
    /// A text that stands in one place of the vault only.
    fn canary(&mut self, what: &str) -> String {
        let canary = format!("canary-{what}-{}-5f0c\"é", self.person);
        self.canaries.push(canary.clone());
        canary
    }

    async fn everything(&mut self) -> Actor {
        let actor = self.account().await;
        self.entries(&actor).await;
        self.codes_and_files(&actor).await;
        actor
    }

    /// Password, address, name, session and an access key.
    async fn account(&mut self) -> Actor {
        let (password, name) = (self.canary("password"), self.canary("display-name"));
        let email = format!("canary-address-{}@example.com", self.person);
        self.canaries.push(email.clone());
        let who = registration(&email, secret(&password), Some(&name)).unwrap();
        self.kagi.people().add(who).await.unwrap();
        let from = || self.kagi.origin(None);
        let signed_in = self.kagi.sign_in().sign_in(&email, secret(&password), from()).await.unwrap();
        let actor = self.kagi.sign_in().by_session(&signed_in.token, from()).await.unwrap().actor;
        let key = access_key(&self.canary("key-name"), Scope::ALL);
        let issued = self.kagi.access_keys().create(&actor, key).await.unwrap();
        self.canaries.extend([&signed_in.token, &issued.token].map(|token| token.expose().to_owned()));
        actor
    }

    /// A value with an earlier one, a group, and all there is to say about them.
    async fn entries(&mut self, actor: &Actor) {
        let (person, project) = (self.person, project(self.person));
        let mut simple = category(&format!("service-of-{person}"), &variable(person));
        simple.description = Description::parse(&self.canary("category-description")).unwrap();
        let icon = format!("canary-icon-{person}");
        simple.icon = Some(parse(&icon));
        self.canaries.push(icon);
        let simple = self.kagi.categories().create(actor, simple).await.unwrap().category.id;
        let mut new = entry(simple, &project, &self.canary("earlier-value"));
        new.description = Description::parse(&self.canary("entry-description")).unwrap();
        new.notes = Notes::parse(&self.canary("notes")).unwrap();
        let id = self.kagi.entries().create(actor, new).await.unwrap().entry.id;
        let patch = EntryPatch { value: Some(text_value(&self.canary("value"))), ..EntryPatch::default() };
        self.kagi.entries().update(actor, id, patch).await.unwrap();
        let fields = ["ID", "SECRET"].map(|field| format!("{}_{field}", variable(person)));
        let both = group(&format!("group service-of-{person}"), &[&fields[0], &fields[1]]);
        let both = self.kagi.categories().create(actor, both).await.unwrap().category.id;
        let mut new = entry(both, &project, "");
        let values = [self.canary("field-one"), self.canary("field-two")];
        new.value = group_value(&[(&fields[0], &values[0]), (&fields[1], &values[1])]);
        self.kagi.entries().create(actor, new).await.unwrap();
    }

    async fn codes_and_files(&mut self, actor: &Actor) {
        let code = self.canary("recovery-code");
        let mut set = recovery_set(&self.canary("recovery-service"), &[&code]);
        set.label = Some(parse(&self.canary("recovery-label")));
        self.kagi.recovery_sets().create(actor, set).await.unwrap();
        let mut new = env_project(&self.canary("env-project"));
        new.description = Description::parse(&self.canary("env-description")).unwrap();
        let envs = self.kagi.env_projects();
        let id = envs.create(actor, new).await.unwrap().project.id;
        for what in ["earlier-file", "file"] {
            let content = format!("# {0}\nA='{0}'\n", self.canary(what));
            envs.save(actor, id, env_file(&content)).await.unwrap();
        }
    }
}
