//! A generated secret.

use kagi_domain::secret::SecretText;

use super::exposed::Exposed;
use crate::{api::answer::View, schema::view};

view! {
    /// A secret that was just made and is kept nowhere.
    pub(crate) struct GeneratedView as "GeneratedSecret" {
        /// The secret, a text.
        value: Exposed = "value",
    }
}

impl View for GeneratedView {
    fn room(&self) -> usize {
        self.value.room() + 64
    }
}

impl From<SecretText> for GeneratedView {
    fn from(secret: SecretText) -> Self {
        Self { value: Exposed::text(secret) }
    }
}
