//! A revealed value: the only view that holds a vault's plaintext.

use kagi_domain::services::entries::RevealedEntry;

use super::{exposed::Exposed, names, text};
use crate::{api::answer::View, schema::view};

view! {
    /// An entry's value.
    pub(crate) struct RevealView as "RevealedEntry" {
        /// Its id.
        id: String = "id",
        /// `simple` or `group`.
        key_type: &'static str = "keyType",
        /// The plaintext: a text, or an object of texts.
        value: Exposed = "value",
        /// A simple category's environment variable.
        env_var_name: Option<String> = "envVarName",
        /// A group's fields, in order.
        field_definitions: Vec<String> = "fieldDefinitions",
        /// The number of its value, from 1.
        version: u32 = "version",
    }
}

impl From<RevealedEntry> for RevealView {
    fn from(revealed: RevealedEntry) -> Self {
        Self {
            id: revealed.id.to_string(),
            key_type: revealed.shape.key_type().as_str(),
            env_var_name: text(revealed.shape.env_var()),
            field_definitions: names(revealed.shape.fields()),
            value: Exposed::value(revealed.value),
            version: revealed.version,
        }
    }
}

impl View for RevealView {
    fn room(&self) -> usize {
        let defined: usize = self.field_definitions.iter().map(|name| name.len() + 3).sum();
        let variable = self.env_var_name.as_ref().map_or(0, String::len);
        defined + variable + self.value.room() + 512
    }
}
