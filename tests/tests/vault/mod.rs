//! The vault on its real parts: sealing by `kagi-crypto`, both databases.

mod binding;
mod cost;
mod damage;
mod env_files;
mod history;
mod leaks;
mod matrix;
mod place;
mod privacy;
mod recovery_codes;
mod recovery_cost;
mod replicas;
mod reveals;

use kagi_domain::{
    access::Actor,
    ids::{CategoryId, EntryId},
    secret::SecretValue,
};
use kagi_tests::samples::{category, entry, group, group_value};

use place::Place;

/// Runs a case on SQLite, and on PostgreSQL where there is one.
macro_rules! on_both {
    ($($case:ident;)+) => {
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $case() {
                let place = crate::vault::place::Place::sqlite().await;
                super::$case(&place).await;
                place.close().await;
            })+
        }
        mod postgres {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            #[ignore = "needs PostgreSQL: KAGI_TEST_POSTGRES_URL, which tests/run sets"]
            async fn $case() {
                let place = crate::vault::place::Place::postgres().await;
                super::$case(&place).await;
                place.close().await;
            })+
        }
    };
}
use on_both;

/// A person's vault with a simple and a group category.
struct Person {
    actor: Actor,
    simple: CategoryId,
    other: CategoryId,
    group: CategoryId,
}

impl Person {
    async fn new(place: &Place, name: &str) -> Self {
        let actor = place.kagi.embedded(name).await.unwrap();
        let make = async |new| place.kagi.categories().create(&actor, new).await.unwrap().category.id;
        let simple = make(category("OpenAI API", "OPENAI_API_KEY")).await;
        let other = make(category("Stripe", "STRIPE_SECRET_KEY")).await;
        let group = make(group("AWS", &["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"])).await;
        Self { actor, simple, other, group }
    }

    async fn keep(&self, place: &Place, category: CategoryId, project: &str, value: &str) -> EntryId {
        let mut new = entry(category, project, value);
        if category == self.group {
            new.value = group_value(&[("AWS_ACCESS_KEY_ID", value), ("AWS_SECRET_ACCESS_KEY", value)]);
        }
        place.kagi.entries().create(&self.actor, new).await.unwrap().entry.id
    }

    /// The entry's value; a group's two are the same.
    async fn reveal(&self, place: &Place, id: EntryId) -> Option<String> {
        match place.kagi.entries().reveal(&self.actor, id).await.ok()?.value {
            SecretValue::Simple(text) => Some(text.expose().to_owned()),
            SecretValue::Group(fields) => fields.iter().next().map(|(_, text)| text.expose().to_owned()),
        }
    }
}
