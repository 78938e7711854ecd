//! Revealing what was selected, and writing the file.

use super::{
    Comment, Composer, ComposerError, Composition, Extraction, FreshSecret, Rejected, Rejection, SelectedKey,
    Taken,
};
use crate::{
    access::Actor,
    dotenv::{EnvFile, Target},
    ids::EntryId,
    model::entry::Environment,
    secret::{SecretText, SecretValue},
    services::entries::{EntryError, RevealedEntry},
    text::EnvVarName,
};

/// What a file is to hold, and what was left out of it before.
pub(super) struct Wanted {
    pub(super) selected: Vec<SelectedKey>,
    pub(super) generated: Vec<FreshSecret>,
    pub(super) rejected: Vec<Rejected>,
    pub(super) environment: Environment,
}

impl Composer<'_> {
    /// The file of a whole plan.
    pub(super) async fn assembled(
        self,
        actor: &Actor,
        plan: Composition,
    ) -> Result<Extraction, ComposerError> {
        let Composition { selected, generated, rejected, framework, environment, engine } = plan;
        let wanted = Wanted { selected, generated, rejected, environment };
        let Taken { selected, generated, rejected, content } = self.written(actor, wanted).await?;
        let composition = Composition { selected, generated, rejected, framework, environment, engine };
        Ok(Extraction { composition, content })
    }

    /// Reveals each entry once, in the file's order, and writes what it finds. What turns out to be gone
    /// or unwritable moves from what the file holds to what it leaves out.
    pub(super) async fn written(self, actor: &Actor, wanted: Wanted) -> Result<Taken, ComposerError> {
        let Wanted { selected, generated, rejected, environment } = wanted;
        let mut draft = Draft { file: EnvFile::new(Target::Portable), selected: Vec::new(), rejected };
        for key in runs(selected) {
            let value = match key.first() {
                Some(first) => self.revealed(actor, first.entry).await?,
                None => None,
            };
            draft.key(key, value.as_ref().map(|entry| &entry.value), environment.as_str());
        }
        let mut made = Vec::new();
        for secret in generated {
            let value = self.0.generate(secret.recipe);
            if draft.secret(&secret, &value) {
                made.push(secret);
            }
        }
        draft.say_what_is_missing();
        let Draft { file, selected, rejected } = draft;
        Ok(Taken { selected, generated: made, rejected, content: file.finish().text })
    }

    /// An entry's value; none when it was deleted in the meantime.
    async fn revealed(self, actor: &Actor, id: EntryId) -> Result<Option<RevealedEntry>, ComposerError> {
        match self.0.entries().reveal(actor, id).await {
            Ok(entry) => Ok(Some(entry)),
            Err(EntryError::NotFound | EntryError::VersionNotFound | EntryError::CategoryNotFound) => {
                Ok(None)
            }
            Err(EntryError::Denied(denied)) => Err(denied.into()),
            Err(EntryError::Storage(error)) => Err(error.into()),
            // The others are of writing.
            Err(
                EntryError::Integrity
                | EntryError::Unsealable
                | EntryError::Invalid(_)
                | EntryError::CurrentVersion
                | EntryError::Exists
                | EntryError::Stale
                | EntryError::Changed(_),
            ) => Err(ComposerError::Integrity),
        }
    }
}

/// The variables by entry; those of one stand together already.
fn runs(selected: Vec<SelectedKey>) -> Vec<Vec<SelectedKey>> {
    let mut runs: Vec<Vec<SelectedKey>> = Vec::new();
    for key in selected {
        match runs.last_mut() {
            Some(run) if run.first().is_some_and(|first| first.entry == key.entry) => run.push(key),
            _ => runs.push(vec![key]),
        }
    }
    runs
}

struct Draft {
    file: EnvFile,
    selected: Vec<SelectedKey>,
    rejected: Vec<Rejected>,
}

impl Draft {
    fn key(&mut self, keys: Vec<SelectedKey>, value: Option<&SecretValue>, wanted: &str) {
        let Some(first) = keys.first() else { return };
        let SelectedKey { category, project, environment, reason, .. } = first;
        let of = environment.as_str();
        self.file.comment(&with_reason(&format!("{category}, {project}, {of}"), reason));
        if of != wanted {
            self.file.comment(&format!("There is no value for {wanted}; this is the one for {of}."));
        }
        for key in keys {
            match value.and_then(|value| of_field(value, &key.field)) {
                Some(text) if self.assigned(&key.name, text) => self.selected.push(key),
                Some(_) => {
                    let place = format!("{}, {}, {}", key.category, key.project, key.environment.as_str());
                    self.file.comment(&format!("Copy it from Kagi: {place}."));
                }
                None => {
                    self.file.comment(&format!("{} is left out: {}", key.name, Rejection::Gone));
                    let reference = Comment::new(key.name.as_str());
                    self.rejected.push(Rejected { reference, reason: Rejection::Gone });
                }
            }
        }
        self.file.blank_line();
    }

    fn secret(&mut self, secret: &FreshSecret, value: &SecretText) -> bool {
        let kind = secret.recipe.format.as_str();
        self.file.comment(&with_reason(
            &format!("Made for this file, {kind}, and stored nowhere else"),
            &secret.reason,
        ));
        let assigned = self.assigned(&secret.name, value);
        self.file.blank_line();
        assigned
    }

    /// Writes an assignment. One that is refused leaves its reason in the file.
    fn assigned(&mut self, name: &EnvVarName, value: &SecretText) -> bool {
        let outcome = self.file.assign(name, value);
        if let Err(refusal) = outcome {
            let reference = Comment::new(name.as_str());
            self.rejected.push(Rejected { reference, reason: Rejection::Unwritable(refusal) });
        }
        outcome.is_ok()
    }

    /// Says in the file which keys another one displaced: whoever reads it later does not see the answer.
    fn say_what_is_missing(&mut self) {
        for Rejected { reference, reason } in &self.rejected {
            if matches!(reason, Rejection::Taken { .. } | Rejection::Environment(_)) {
                self.file.comment(&format!("Left out: {reference}: {reason}"));
            }
        }
    }
}

fn of_field<'v>(value: &'v SecretValue, field: &EnvVarName) -> Option<&'v SecretText> {
    match value {
        SecretValue::Simple(text) => Some(text),
        SecretValue::Group(fields) => fields.get(field),
    }
}

fn with_reason(text: &str, reason: &Comment) -> String {
    if reason.as_str().is_empty() { text.to_owned() } else { format!("{text}: {reason}") }
}
