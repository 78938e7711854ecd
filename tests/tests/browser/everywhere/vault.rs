//! A vault with something of everything in it.

use serde_json::json;

use super::Browser;
use crate::{
    browser::{EMAIL, PASSWORD, sign_in},
    support::{database::Database, person::Person, server::Server},
};

pub(super) struct Vault {
    pub(super) server: Server,
    pub(super) person: Person,
    _database: Database,
    /// A category of one variable, with entries of several places.
    pub(super) category: String,
    /// A category of several fields.
    pub(super) group: String,
    /// An entry with an earlier version.
    pub(super) entry: String,
    /// A recovery set that is running out.
    pub(super) set: String,
    /// A recovery set of which every code is used.
    pub(super) spent: String,
    /// An env project with three files: the first has an earlier version, the last what some readers cannot be given.
    pub(super) env: String,
    /// An access key.
    pub(super) key: String,
}

impl Vault {
    pub(super) async fn furnished() -> Self {
        let database = Database::sqlite();
        let server = Server::open(&database);
        let person = Person::set_up(&server, EMAIL).await;
        // More than a page of them.
        for number in 0..26 {
            person.category(&format!("SERVICE_{number}_TOKEN")).await;
        }
        let openai = json!({"name": "OpenAI API", "keyType": "simple", "envVarName": "OPENAI_API_KEY", "iconSlug": "openai", "description": "The team's account.\nAsk Ada before raising its limit."});
        let category = id(&person.make("/categories", &openai).await);
        let aws = json!({"name": "AWS", "keyType": "group", "fieldDefinitions": ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_REGION"], "publicNames": ["AWS_REGION"], "color": "#d97706"});
        let group = id(&person.make("/categories", &aws).await);
        let value = json!({"AWS_ACCESS_KEY_ID": "example-id", "AWS_SECRET_ACCESS_KEY": "example-secret"});
        person
            .make(
                "/entries",
                &json!({"categoryId": group, "projectName": "Shop", "environment": "local", "value": value}),
            )
            .await;
        for environment in ["staging", "development", "local"] {
            person.entry(&category, "Blog", environment, "example").await;
        }
        let soon = json!({"categoryId": category, "projectName": "Shop", "environment": "production", "value": "example", "description": "Of the shop's own account", "notes": "Rotate in May.", "expiresAt": "2026-01-01T00:00:00Z"});
        person.make("/entries", &soon).await;
        let entry = person.entry(&category, "Blog", "production", "example-first").await;
        person.save(&format!("/entries/{entry}"), &json!({"value": "example-second"})).await;
        let codes =
            json!({"service": "GitHub", "label": "ada, work", "tokens": ["code-1", "code-2", "code-3"]});
        let set = id(&person.make("/2fa", &codes).await);
        let mail =
            json!({"service": "Mail", "tokens": (0..12).map(|n| format!("mail-{n}")).collect::<Vec<_>>()});
        person.make("/2fa", &mail).await;
        let spent = id(&person.make("/2fa", &json!({"service": "Spent", "tokens": ["last"]})).await);
        person.replace(&format!("/2fa/{spent}/reveal"), &json!({})).await;
        let env = id(&person.make("/envs", &json!({"name": "Blog", "description": "Of the blog."})).await);
        for (file_type, content) in [
            ("env", "A=first\n"),
            ("env.production", "A=other\nB=c#d\n"),
            ("env.development", "A=\"two\nlines\"\nwhat is this\n"),
        ] {
            let draft = json!({"fileType": file_type, "content": content});
            person.make(&format!("/envs/{env}/files"), &draft).await;
        }
        let draft = json!({"fileType": "env", "content": "# note\nA=second\nB=two words\n"});
        person.replace(&format!("/envs/{env}/files"), &draft).await;
        let key =
            json!({"name": "CI of Blog", "scopes": ["entries:read", "entries:reveal"], "projects": ["Blog"]});
        let key = id(&person.make("/access-keys", &key).await);
        Self { server, person, _database: database, category, group, entry, set, spent, env, key }
    }

    /// A browser in which its person is signed in.
    pub(super) async fn open(&self) -> Browser {
        let browser = Browser::open(1440).await;
        sign_in(&browser, &self.server, PASSWORD).await;
        browser.find(".account").await;
        browser
    }
}

pub(super) fn id(made: &serde_json::Value) -> String {
    made["id"].as_str().unwrap().to_owned()
}
