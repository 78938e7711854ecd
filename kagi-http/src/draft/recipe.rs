//! Secrets to be made.

use kagi_domain::{
    fields::{Fields, Invalid},
    generate::{SecretFormat, SecretRecipe, SecretSize},
};

use super::{Raw, raw::refuse};
use crate::schema::input;

input! {
    /// What kind of secret to make.
    pub(crate) struct RecipeDraft as "SecretRecipe" {
        /// `hex`, `base64`, `base64url` or `alphanumeric`.
        pub(crate) format: Raw<String> = "format",
        /// How many random bytes it is worth, 16 to 64.
        pub(crate) bytes: Raw<u64> = "bytes",
    }
}

impl RecipeDraft {
    /// The recipe.
    pub(crate) fn into_recipe(self) -> Result<SecretRecipe, Invalid> {
        let mut fields = Fields::new();
        let f = &mut fields;
        let format = self.format.needed(f, "format").and_then(|text| format(f, &text));
        let size = self.bytes.needed(f, "bytes").and_then(|bytes| f.take("bytes", SecretSize::new(bytes)));
        let both = format.zip(size).map(|(format, size)| SecretRecipe { format, size });
        fields.finish(both)
    }
}

fn format(fields: &mut Fields, text: &str) -> Option<SecretFormat> {
    const CHOICES: &str = "Choose hex, base64, base64url or alphanumeric.";
    SecretFormat::from_text(text).or_else(|| refuse(fields, "format", CHOICES))
}
