//! A line of a file with a fresh secret, as it was asked for.

use kagi_domain::{
    fields::{Fields, Invalid},
    generate::SecretRecipe,
    text::{EnvVarName, TextError},
};

use super::{Raw, RecipeDraft};

/// What the line shall assign.
pub(crate) struct SecretLineDraft {
    /// A name, or words for one.
    pub(crate) name: String,
    /// What kind of secret.
    pub(crate) format: String,
    /// How many random bytes it is worth.
    pub(crate) bytes: String,
}

impl SecretLineDraft {
    /// Takes name, format and number of bytes as they were typed.
    pub(crate) fn new([name, format, bytes]: [String; 3]) -> Self {
        Self { name, format, bytes }
    }

    /// The name and the recipe.
    pub(crate) fn into_line(self) -> Result<(EnvVarName, SecretRecipe), Invalid> {
        let mut fields = Fields::new();
        let name = match screaming(&self.name) {
            // Words, but none of letters that a name can have.
            name if name.is_empty() && !self.name.trim().is_empty() => Err(TextError::EnvVarName),
            name => name.parse::<EnvVarName>(),
        };
        let name = fields.take("secretName", name);
        let bytes = self.bytes.parse().map_or(Raw::Wrong, Raw::Given);
        let recipe = RecipeDraft { format: Raw::Given(self.format), bytes }.into_recipe();
        if let Err(invalid) = &recipe {
            invalid.fields().iter().for_each(|error| fields.refuse(error.field.clone(), &error.message));
        }
        fields.finish(name.zip(recipe.ok()))
    }
}

/// `session secret` and `sessionSecret` as `SESSION_SECRET`.
fn screaming(words: &str) -> String {
    let mut name = String::new();
    let mut lower = false;
    for char in words.trim().chars() {
        let begins = char.is_ascii_uppercase() && lower;
        let apart = !char.is_ascii_alphanumeric();
        let edge = name.is_empty() || name.ends_with('_');
        if (apart || begins) && !edge || char == '_' && edge {
            name.push('_');
        }
        if !apart {
            name.push(char.to_ascii_uppercase());
        }
        lower = char.is_ascii_lowercase() || char.is_ascii_digit();
    }
    let tail = if words.trim().ends_with('_') { name.as_str() } else { name.trim_end_matches('_') };
    if tail.starts_with(|char: char| char.is_ascii_digit()) { format!("_{tail}") } else { tail.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_become_a_name() {
        for (words, name) in [
            ("session secret", "SESSION_SECRET"),
            (" sessionSecret ", "SESSION_SECRET"),
            ("JWT key", "JWT_KEY"),
            ("jwt-key.v2", "JWT_KEY_V2"),
            ("NEXT_PUBLIC__X", "NEXT_PUBLIC__X"),
            ("_private_", "_PRIVATE_"),
            ("2fa key", "_2FA_KEY"),
            ("key (new)", "KEY_NEW"),
            ("鍵", ""),
            ("A=1\nB", "A_1_B"),
        ] {
            assert_eq!(screaming(words), name, "{words:?}");
        }
    }

    #[test]
    fn every_mistake_is_told() {
        let draft = |name: &str, format: &str, bytes: &str| {
            SecretLineDraft::new([name, format, bytes].map(str::to_owned))
        };
        assert!(draft("a key", "hex", "32").into_line().is_ok());
        let invalid = draft("", "rot13", "8").into_line().unwrap_err();
        let fields: Vec<_> = invalid.fields().iter().map(|error| error.field.as_str()).collect();
        assert_eq!(fields, ["secretName", "format", "bytes"]);
    }
}
