//! People with a vault in which every operation finds something.

use std::time::Duration;

use kagi_domain::{
    access::{Actor, ProjectLimit, Scope},
    model::{access_key::NewAccessKey, entry::EntryPatch},
    services::sign_in::registration,
    time::Timestamp,
};
use kagi_tests::{
    operations::Things,
    samples::{category, entry, env_file, env_project, parse, recovery_set, secret, text_value},
};

use super::app::{App, Credential};

const PASSWORD: &str = "correct horse battery";
/// Longer than a password counts as fresh.
const STALE: Duration = Duration::from_mins(11);

pub(super) struct Resident {
    /// Stands in the names of all that is theirs.
    pub(super) name: String,
    pub(super) things: Things,
    pub(super) fresh: Credential,
    pub(super) stale: Credential,
    actor: Actor,
}

impl Resident {
    /// Makes the account and the vault. A quarter of an hour goes by.
    pub(super) async fn move_in(app: &App, name: &str) -> Self {
        let kagi = &app.kagi;
        let email = format!("{name}@example.com");
        kagi.people().add(registration(&email, secret(PASSWORD), None).unwrap()).await.unwrap();
        let stale = sign_in(app, &email).await;
        app.advance(STALE);
        let (fresh, other) = (sign_in(app, &email).await, sign_in(app, &email).await);
        let actor = self::actor(app, &fresh).await;
        let session = self::actor(app, &other).await.session_id().unwrap().to_string();
        let category = category(&format!("{name}'s category"), "TOKEN");
        let category = kagi.categories().create(&actor, category).await.unwrap().category.id;
        let (old, new) = (format!("{name}-old-value"), format!("{name}-value"));
        let draft = entry(category, &project(name), &old);
        let made = kagi.entries().create(&actor, draft).await.unwrap().entry.id;
        let patch = EntryPatch { value: Some(text_value(&new)), ..EntryPatch::default() };
        kagi.entries().update(&actor, made, patch).await.unwrap();
        let codes = [format!("{name}-code"), format!("{name}-spare")];
        let set = recovery_set(&format!("{name}'s set"), &[&codes[0], &codes[1]]);
        let set = kagi.recovery_sets().create(&actor, set).await.unwrap().id;
        let project =
            kagi.env_projects().create(&actor, env_project(&project(name))).await.unwrap().project.id;
        let contents = [format!("A={name}-old-content"), format!("A={name}-content")];
        let mut file = None;
        for content in &contents {
            file = Some(kagi.env_projects().save(&actor, project, env_file(content)).await.unwrap().file.id);
        }
        let key = new_key(&format!("{name}'s key"), Scope::ALL, ProjectLimit::All, None);
        let key = kagi.access_keys().create(&actor, key).await.unwrap().access_key.id;
        let things = Things::default()
            .with("email", email)
            .with("password", PASSWORD)
            .with("new_email", format!("{name}-new@example.com"))
            .with("new_password", "another horse battery")
            .with("category", category.to_string())
            .with("entry", made.to_string())
            .with("number", "1")
            .with("old_value", old)
            .with("value", new)
            .with("new_value", format!("{name}-new-value"))
            .with("set", set.to_string())
            .with("index", "0")
            .with("code", &codes[0])
            .with("new_code", format!("{name}-new-code"))
            .with("env", project.to_string())
            .with("file", file.unwrap().to_string())
            .with("old_content", &contents[0])
            .with("content", &contents[1])
            .with("new_content", format!("A={name}-new-content"))
            .with("key", key.to_string())
            .with("session", session);
        let [fresh, stale] = [fresh, stale].map(|token| Credential::session(&token));
        Self { name: name.to_owned(), things, fresh, stale, actor }
    }

    /// The project of their entry.
    pub(super) fn project(&self) -> String {
        project(&self.name)
    }

    /// A key of theirs.
    pub(super) async fn key(&self, app: &App, scopes: &[Scope], projects: ProjectLimit) -> Credential {
        self.issue(app, new_key("a key", scopes, projects, None)).await
    }

    /// A key of theirs with every scope.
    pub(super) async fn almighty(&self, app: &App) -> Credential {
        self.key(app, Scope::ALL, ProjectLimit::All).await
    }

    /// A key of theirs that is revoked.
    pub(super) async fn revoked(&self, app: &App) -> Credential {
        let new = new_key("revoked", Scope::ALL, ProjectLimit::All, None);
        let issued = app.kagi.access_keys().create(&self.actor, new).await.unwrap();
        app.kagi.access_keys().delete(&self.actor, issued.access_key.id).await.unwrap();
        Credential::key(issued.token.expose())
    }

    /// A key of theirs that works for a minute.
    pub(super) async fn expiring(&self, app: &App) -> Credential {
        let end = app.now().plus(Duration::from_mins(1));
        self.issue(app, new_key("expiring", Scope::ALL, ProjectLimit::All, Some(end))).await
    }

    async fn issue(&self, app: &App, new: NewAccessKey) -> Credential {
        let issued = app.kagi.access_keys().create(&self.actor, new).await.unwrap();
        Credential::key(issued.token.expose())
    }
}

fn project(name: &str) -> String {
    format!("{name}'s project")
}

fn new_key(
    name: &str,
    scopes: &[Scope],
    projects: ProjectLimit,
    expires_at: Option<Timestamp>,
) -> NewAccessKey {
    NewAccessKey { name: parse(name), scopes: scopes.iter().copied().collect(), projects, expires_at }
}

async fn sign_in(app: &App, email: &str) -> String {
    let signed_in = app.kagi.sign_in().sign_in(email, secret(PASSWORD), app.kagi.origin(None)).await.unwrap();
    signed_in.token.expose().to_owned()
}

async fn actor(app: &App, token: &str) -> Actor {
    app.kagi.sign_in().by_session(&secret(token), app.kagi.origin(None)).await.unwrap().actor
}
