//! Files from plain words.

use kagi_domain::{
    framework::Framework,
    services::composer::{Composition, Context, Extraction, FreshSecret, Rejected, SelectedKey},
};
use serde::Serialize;

use super::exposed::Exposed;
use crate::{
    api::answer::View,
    schema::{described, view},
};

view! {
    /// A variable that comes from an entry.
    pub(crate) struct SelectedKeyView as "SelectedKey" {
        /// The entry.
        entry: String = "entryId",
        /// The variable in the file.
        name: String = "envVarName",
        /// Why it was selected.
        reason: String = "reason",
    }
}

view! {
    /// A secret that is made for the file.
    pub(crate) struct FreshSecretView as "FreshSecret" {
        /// The variable in the file.
        name: String = "envVarName",
        /// How it is spelled: `hex`, `base64`, `base64url` or `alphanumeric`.
        format: &'static str = "format",
        /// How many random bytes it is worth.
        bytes: u64 = "bytes",
        /// Why it is made.
        reason: String = "reason",
    }
}

view! {
    /// Something that was asked for and is left out.
    pub(crate) struct RejectedView as "Rejected" {
        /// What it is.
        reference: String = "ref",
        /// Why it is left out.
        reason: String = "reason",
    }
}

view! {
    /// What a model would be sent about the vault.
    pub(crate) struct ContextView as "ModelContext" {
        /// Who would be asked: `openai:` or `compatible:` with the model, or `offline`.
        engine: String = "engine",
        /// The exact text that would be sent; `null` when nothing leaves the server.
        payload: Option<String> = "payload",
        /// How many keys it offers: one for each category and project.
        offered: u64 = "offeredCount",
        /// How many keys of the vault are left out because they fit the request least.
        left_out: u64 = "leftOutCount",
    }
}

/// What a file holds, and the file unless only a preview was wanted.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct CompositionView {
    selected_keys: Vec<SelectedKeyView>,
    generated_secrets: Vec<FreshSecretView>,
    framework: Option<&'static str>,
    engine: String,
    rejected: Vec<RejectedView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    env_content: Option<Exposed>,
}

described!(CompositionView "Composition"
    [" What a file holds, and the file itself unless only a preview was wanted."]
    ["selectedKeys", "generatedSecrets", "framework", "engine", "rejected"]
    "selectedKeys" Vec<SelectedKeyView> [" What comes from the vault, the fields of a group each by itself."]
    "generatedSecrets" Vec<FreshSecretView> [" What is made for the file."]
    "framework" Option<String> [" The framework that the request names; `null` when it names none."]
    "engine" String [" Who selected: `openai:` or `compatible:` with the model, or `offline`."]
    "rejected" Vec<RejectedView> [" What is left out, and why."]
    "envContent" String [" The file, ready to paste. Not there in a preview."]
);

impl View for CompositionView {
    fn room(&self) -> usize {
        let lines = self.selected_keys.len() + self.generated_secrets.len() + self.rejected.len();
        1024 * (lines + 1) + self.env_content.as_ref().map_or(0, Exposed::room)
    }
}

impl View for ContextView {}

impl From<Composition> for CompositionView {
    fn from(composition: Composition) -> Self {
        Self {
            selected_keys: composition.selected.into_iter().map(Into::into).collect(),
            generated_secrets: composition.generated.into_iter().map(Into::into).collect(),
            framework: composition.framework.map(Framework::name),
            engine: composition.engine.to_string(),
            rejected: composition.rejected.into_iter().map(Into::into).collect(),
            env_content: None,
        }
    }
}

impl From<Extraction> for CompositionView {
    fn from(Extraction { composition, content }: Extraction) -> Self {
        Self { env_content: Some(Exposed::text(content)), ..composition.into() }
    }
}

impl From<SelectedKey> for SelectedKeyView {
    fn from(key: SelectedKey) -> Self {
        Self { entry: key.entry.to_string(), name: key.name.to_string(), reason: key.reason.to_string() }
    }
}

impl From<FreshSecret> for FreshSecretView {
    fn from(fresh: FreshSecret) -> Self {
        Self {
            name: fresh.name.to_string(),
            format: fresh.recipe.format.as_str(),
            bytes: fresh.recipe.size.bytes() as u64,
            reason: fresh.reason.to_string(),
        }
    }
}

impl From<Rejected> for RejectedView {
    fn from(rejected: Rejected) -> Self {
        Self { reference: rejected.reference.to_string(), reason: rejected.reason.to_string() }
    }
}

impl From<Context> for ContextView {
    fn from(context: Context) -> Self {
        Self {
            engine: context.engine.to_string(),
            payload: context.payload,
            offered: context.offered as u64,
            left_out: context.left_out as u64,
        }
    }
}
