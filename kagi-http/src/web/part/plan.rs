//! What a file would hold, as a form carries it from a preview to what a person takes of it. No value is in it.

use kagi_domain::{
    generate::{SecretFormat, SecretRecipe, SecretSize},
    model::entry::Environment,
    services::composer::{Choice, ChosenKey, Comment, Composition, FreshSecret, Rejected, SelectedKey},
};
use serde::{Deserialize, Serialize};

use crate::web::part::Form;

/// A preview: what was selected and why, what would be made, and what was left out.
#[derive(Serialize, Deserialize)]
pub(crate) struct Plan {
    /// Who selected, in words.
    pub(crate) engine: String,
    /// The environment that was wanted.
    environment: String,
    /// The framework that the request names.
    pub(crate) framework: Option<String>,
    /// From the vault.
    pub(crate) keys: Vec<Key>,
    /// Made for the file.
    pub(crate) secrets: Vec<Secret>,
    /// What is left out, and why.
    pub(crate) rejected: Vec<(String, String)>,
}

/// A variable from the vault, and where it is from.
#[derive(Serialize, Deserialize)]
pub(crate) struct Key {
    entry: String,
    field: String,
    pub(crate) name: String,
    pub(crate) category: String,
    pub(crate) project: String,
    environment: String,
    pub(crate) reason: String,
}

/// A secret that would be made.
#[derive(Serialize, Deserialize)]
pub(crate) struct Secret {
    pub(crate) name: String,
    pub(crate) format: String,
    pub(crate) bytes: u64,
    pub(crate) reason: String,
}

impl Plan {
    /// The plan of a preview; `engine` says in words who made it.
    pub(crate) fn new(composition: &Composition, engine: String) -> Self {
        Self {
            engine,
            environment: composition.environment.as_str().to_owned(),
            framework: composition.framework.map(|framework| framework.name().to_owned()),
            keys: composition.selected.iter().map(Key::from).collect(),
            secrets: composition.generated.iter().map(Secret::from).collect(),
            rejected: left_out(&composition.rejected),
        }
    }

    /// The plan that a form carries, if it does.
    pub(crate) fn of(form: &Form) -> Option<Self> {
        // Why it cannot be read is not told: the text is from outside.
        serde_json::from_str(form.filled("plan")?).ok()
    }

    /// The form with the plan in it, every line ticked.
    pub(crate) fn into_form(self, form: Form) -> Form {
        let text = serde_json::to_string(&self).unwrap_or_default();
        let (keys, secrets) = (0..self.keys.len(), 0..self.secrets.len());
        let lines = keys.map(key_line).chain(secrets.map(secret_line));
        lines.fold(form.without("pick").replace("plan", text), |form, line| form.with("pick", line))
    }

    /// The environment that was wanted.
    pub(crate) fn environment(&self) -> Environment {
        Environment::from_text(&self.environment).unwrap_or_default()
    }

    /// What is ticked in a form. A line that is not as it was sent out is not taken.
    pub(crate) fn chosen(&self, form: &Form) -> Choice {
        let is_ticked = |line: &str| form.all("pick").any(|ticked| ticked == line);
        let keys = self.keys.iter().enumerate().filter(|(at, _)| is_ticked(&key_line(*at)));
        let secrets = self.secrets.iter().enumerate().filter(|(at, _)| is_ticked(&secret_line(*at)));
        Choice {
            keys: keys.filter_map(|(_, key)| key.chosen()).collect(),
            secrets: secrets.filter_map(|(_, secret)| secret.fresh()).collect(),
            environment: self.environment(),
        }
    }
}

/// How a form calls the line of a key.
pub(crate) fn key_line(at: usize) -> String {
    format!("k{at}")
}

/// How a form calls the line of a secret.
pub(crate) fn secret_line(at: usize) -> String {
    format!("s{at}")
}

/// What is left out, and why, in words.
pub(crate) fn left_out(rejected: &[Rejected]) -> Vec<(String, String)> {
    rejected.iter().map(|each| (each.reference.to_string(), each.reason.to_string())).collect()
}

impl Key {
    /// The environment that its entry is of.
    pub(crate) fn environment(&self) -> Environment {
        Environment::from_text(&self.environment).unwrap_or_default()
    }

    fn chosen(&self) -> Option<ChosenKey> {
        Some(ChosenKey {
            entry: self.entry.parse().ok()?,
            field: self.field.parse().ok()?,
            name: self.name.parse().ok()?,
            reason: Comment::new(&self.reason),
        })
    }
}

impl Secret {
    fn fresh(&self) -> Option<FreshSecret> {
        let (format, size) = (SecretFormat::from_text(&self.format)?, SecretSize::new(self.bytes).ok()?);
        let (name, reason) = (self.name.parse().ok()?, Comment::new(&self.reason));
        Some(FreshSecret { name, recipe: SecretRecipe { format, size }, reason })
    }
}

impl From<&SelectedKey> for Key {
    fn from(key: &SelectedKey) -> Self {
        Self {
            entry: key.entry.to_string(),
            field: key.field.to_string(),
            name: key.name.to_string(),
            category: key.category.to_string(),
            project: key.project.to_string(),
            environment: key.environment.as_str().to_owned(),
            reason: key.reason.to_string(),
        }
    }
}

impl From<&FreshSecret> for Secret {
    fn from(fresh: &FreshSecret) -> Self {
        Self {
            name: fresh.name.to_string(),
            format: fresh.recipe.format.as_str().to_owned(),
            bytes: fresh.recipe.size.bytes() as u64,
            reason: fresh.reason.to_string(),
        }
    }
}
