//! Who somebody is elsewhere: at a provider that vouches for them.

use std::{fmt, str::FromStr};

use crate::time::Timestamp;

/// The text cannot name an issuer or a subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("An issuer or a subject has 1 to 255 visible ASCII characters.")]
pub struct InvalidName;

macro_rules! exact_names {
    ($($(#[$doc:meta])* $name:ident;)+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            /// The text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = InvalidName;

            fn from_str(text: &str) -> Result<Self, InvalidName> {
                let shaped = (1..=255).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_graphic());
                if shaped { Ok(Self(text.to_owned())) } else { Err(InvalidName) }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )+};
}

exact_names! {
    /// A provider's name of itself: `iss`. Compared byte by byte: another spelling is another provider.
    Issuer;
    /// A provider's name of a person, which it never gives to anybody else: `sub`. Compared byte by byte.
    Subject;
}

/// Who somebody is: the pair that a provider promises never to give to another person. Addresses and
/// names are no part of it, since providers pass those on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IdentityKey {
    /// Who says so.
    pub issuer: Issuer,
    /// Who it is.
    pub subject: Subject,
}

/// An identity with which a person signs in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// Who it is.
    pub key: IdentityKey,
    /// Since when it opens the account.
    pub linked_at: Timestamp,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_exact() {
        let read = |text: &str| text.parse::<Subject>().map(|name| name.to_string());
        assert_eq!(read("f:1:Ada"), Ok("f:1:Ada".to_owned()));
        assert_ne!("Ada".parse::<Subject>(), "ada".parse());
        for wrong in ["", " ada", "ada\n", "a b", "\u{ff21}da", "ada\0", &"a".repeat(256)] {
            assert_eq!(read(wrong), Err(InvalidName), "{wrong:?}");
        }
    }
}
