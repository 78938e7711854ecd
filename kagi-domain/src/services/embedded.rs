//! A vault inside another program, without HTTP.

use crate::{
    Kagi,
    access::{Actor, System},
    audit::{Action, AuditRecord},
    ids::UserId,
    model::user::User,
    ports::{StorageError, Unique},
    services::{maintenance::KeyCheckError, people::operator_event},
    text::{Email, Title},
};

/// Why there is no actor for the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EmbeddedError {
    /// The name has another form.
    #[error("Name an embedded vault with 1 to 64 lower-case letters, digits, dots, hyphens and underscores.")]
    Name,
    /// The master key does not fit the database.
    #[error(transparent)]
    Key(#[from] KeyCheckError),
    /// Storage failed.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// Checks the key, finds or makes the vault of this name, and acts in it.
pub(crate) async fn actor(kagi: &Kagi, name: &str) -> Result<Actor, EmbeddedError> {
    kagi.maintenance().check_keys().await?;
    let allowed = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'_');
    if !(1..=64).contains(&name.len()) || !name.bytes().all(allowed) {
        return Err(EmbeddedError::Name);
    }
    // RFC 2606 reserves .invalid: no mail reaches the address, and without a password nobody
    // signs in with it.
    let email: Email = format!("{name}@library.invalid").parse().map_err(|_| EmbeddedError::Name)?;
    let title: Title = name.parse().map_err(|_| EmbeddedError::Name)?;
    let user = match find(kagi, &email).await? {
        Some(user) => user,
        None => make(kagi, email, title).await?,
    };
    Ok(Actor::library(user.id, name.to_owned(), kagi.origin(None)))
}

async fn find(kagi: &Kagi, email: &Email) -> Result<Option<User>, StorageError> {
    let account = kagi.ports.storage.directory().account(&System::assume(), email).await?;
    Ok(account.map(|account| account.user))
}

async fn make(kagi: &Kagi, email: Email, name: Title) -> Result<User, StorageError> {
    let user = User {
        id: UserId::mint(&*kagi.ports.clock, &*kagi.ports.entropy),
        email: email.clone(),
        name: Some(name.clone()),
        disabled_at: None,
        created_at: kagi.ports.clock.now(),
    };
    let mut unit = kagi.ports.storage.begin().await?;
    match unit.users().insert(&System::assume(), &user, None).await {
        Ok(()) => {
            let event = operator_event(kagi, user.id, Action::UserCreate, name.as_str());
            unit.commit(AuditRecord::new(event)).await?;
            Ok(user)
        }
        // Another process made it in between.
        Err(StorageError::Duplicate(Unique::Email)) => {
            drop(unit);
            find(kagi, &email).await?.ok_or(StorageError::Internal)
        }
        Err(error) => Err(error),
    }
}
