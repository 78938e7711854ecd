//! Writing what a person chose of a preview: the planner is not asked again.

use super::{
    Comment, Composer, ComposerError, FreshSecret, Rejected, Rejection, SelectedKey, assemble::Wanted,
    naming::is_dangerous,
};
use crate::{
    access::{Actor, Owner, Scope},
    ids::EntryId,
    model::entry::Environment,
    ports::StorageError,
    secret::SecretText,
    text::EnvVarName,
};

/// What a person chose. It comes from outside, so nothing of it is believed: entries are looked up among
/// the person's own, names that programs obey are refused, and reasons are only comments.
#[derive(Debug, Clone)]
pub struct Choice {
    /// From the vault, the variables of one entry side by side.
    pub keys: Vec<ChosenKey>,
    /// To be made for the file.
    pub secrets: Vec<FreshSecret>,
    /// The environment that was wanted.
    pub environment: Environment,
}

/// A variable that was chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChosenKey {
    /// The entry.
    pub entry: EntryId,
    /// The variable in the category.
    pub field: EnvVarName,
    /// The variable in the file.
    pub name: EnvVarName,
    /// Why it was selected, in the planner's words.
    pub reason: Comment,
}

/// A file of what was chosen.
#[derive(Debug)]
pub struct Taken {
    /// What it holds from the vault.
    pub selected: Vec<SelectedKey>,
    /// What was made for it.
    pub generated: Vec<FreshSecret>,
    /// What was chosen and is left out, and why.
    pub rejected: Vec<Rejected>,
    /// The file, for every parser.
    pub content: SecretText,
}

impl Composer<'_> {
    /// Writes a file of what a person chose from a [`preview`](Self::preview). Entries of which nothing was
    /// chosen are not opened; each of the others is revealed, and the trail says so before its value exists
    /// here. Needs [`Scope::AiExtract`] and [`Scope::EntriesReveal`].
    ///
    /// # Errors
    ///
    /// [`ComposerError`], but not `Planner` or `Throttled`; with `Integrity` the entries that came before
    /// stand in the trail as revealed.
    pub async fn take(&self, actor: &Actor, choice: Choice) -> Result<Taken, ComposerError> {
        let owner = self.0.authorize(actor, Scope::AiExtract).await?;
        self.0.authorize(actor, Scope::EntriesReveal).await?;
        let mut rejected = Vec::new();
        let mut selected = Vec::new();
        for key in choice.keys {
            match self.placed(&owner, key).await? {
                Ok(key) => selected.push(key),
                Err(refused) => rejected.push(refused),
            }
        }
        let (generated, dangerous): (Vec<_>, Vec<_>) =
            choice.secrets.into_iter().partition(|secret| !is_dangerous(&secret.name));
        rejected.extend(dangerous.into_iter().map(|secret| Rejected {
            reference: Comment::new(secret.name.as_str()),
            reason: Rejection::Dangerous,
        }));
        let environment = choice.environment;
        self.written(actor, Wanted { selected, generated, rejected, environment }).await
    }

    /// What is known of a key that was chosen: where it is from is read anew.
    async fn placed(
        self,
        owner: &Owner,
        key: ChosenKey,
    ) -> Result<Result<SelectedKey, Rejected>, StorageError> {
        let ChosenKey { entry, field, name, reason } = key;
        if is_dangerous(&name) {
            let reference = Comment::new(name.as_str());
            return Ok(Err(Rejected { reference, reason: Rejection::Dangerous }));
        }
        let Some(listing) = self.0.ports.storage.catalog().entry(owner, entry).await? else {
            let reference = Comment::new(name.as_str());
            return Ok(Err(Rejected { reference, reason: Rejection::Gone }));
        };
        let (category, project) = (listing.category.name, listing.entry.project);
        let environment = listing.entry.environment;
        Ok(Ok(SelectedKey { entry, field, name, category, project, environment, reason }))
    }
}
