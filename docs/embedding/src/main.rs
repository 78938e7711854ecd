//! Keeps a key in a vault of its own, and reveals it.

use std::{env, error::Error, sync::Arc};

use kagi_crypto::{Keyring, vault};
use kagi_domain::model::category::{KeyType, NewCategory, Shape};
use kagi_domain::model::entry::NewEntry;
use kagi_domain::secret::{SecretText, SecretValue};
use kagi_storage_sea::{DatabaseUrl, SeaStorage};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let storage = SeaStorage::connect(&DatabaseUrl::sqlite("vault.db")).await?;
    let keyring = Keyring::from_hex(&SecretText::new(env::var("KAGI_ENCRYPTION_KEY")?))?;
    let kagi = vault(Arc::new(storage), keyring).build();
    let me = kagi.embedded("my-program").await?;

    let shape = Shape::new(KeyType::Simple, Some("OPENAI_API_KEY".parse()?), vec![])?;
    let openai = kagi.categories().create(&me, NewCategory::new("OpenAI API".parse()?, shape)).await?;
    let value = SecretValue::Simple(SecretText::new("sk-example".to_owned()));
    let made = kagi.entries().create(&me, NewEntry::new(openai.category.id, "Blog".parse()?, value)).await?;

    match kagi.entries().reveal(&me, made.entry.id).await?.value {
        // EXPOSE: to use the key is why it was revealed.
        SecretValue::Simple(text) => assert_eq!(text.expose(), "sk-example"),
        SecretValue::Group(_) => return Err("the category is simple".into()),
    }
    Ok(())
}
