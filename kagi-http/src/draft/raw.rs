//! One field as it came in, before anybody knows what is right with it.

use std::{fmt::Display, str::FromStr};

use kagi_domain::{
    fields::Fields,
    model::Patch,
    secret::SecretText,
    text::{Prose, TextError},
};

/// A field of a JSON body or of a form. No `Debug`: it may hold a secret.
#[derive(Default)]
pub(crate) enum Raw<T> {
    /// Not named at all.
    #[default]
    Absent,
    /// Named, and said to be nothing.
    Null,
    /// Of another type than it must be.
    Wrong,
    /// There.
    Given(T),
}

/// What to say of a field of the wrong type.
pub(crate) trait Kind {
    const EXPECTED: &'static str;
}

impl Kind for String {
    const EXPECTED: &'static str = "Give a text.";
}

impl Kind for SecretText {
    const EXPECTED: &'static str = "Give a text.";
}

impl Kind for Vec<String> {
    const EXPECTED: &'static str = "Give a list of texts.";
}

impl Kind for Vec<SecretText> {
    const EXPECTED: &'static str = "Give a list of texts.";
}

impl Kind for u64 {
    const EXPECTED: &'static str = "Give a whole number from 0.";
}

impl Kind for bool {
    const EXPECTED: &'static str = "Give true or false.";
}

const MISSING: &str = "Please fill this in.";
const NOT_NULL: &str = "This cannot be empty; leave it out to keep what is there.";

/// Each of these notes a mistake and then gives nothing; whether there was one is asked once, when
/// all fields are read ([`Fields::finish`]).
impl<T: Kind> Raw<T> {
    /// A field that must be there.
    pub(crate) fn needed(self, fields: &mut Fields, name: &str) -> Option<T> {
        match self {
            Self::Given(value) => Some(value),
            Self::Absent | Self::Null => refuse(fields, name, MISSING),
            Self::Wrong => refuse(fields, name, T::EXPECTED),
        }
    }

    /// A field that may be left out.
    pub(crate) fn optional(self, fields: &mut Fields, name: &str) -> Option<T> {
        match self {
            Self::Given(value) => Some(value),
            Self::Absent | Self::Null => None,
            Self::Wrong => refuse(fields, name, T::EXPECTED),
        }
    }

    /// A change of a field that cannot be cleared.
    pub(crate) fn change(self, fields: &mut Fields, name: &str) -> Option<T> {
        match self {
            Self::Given(value) => Some(value),
            Self::Absent => None,
            Self::Null => refuse(fields, name, NOT_NULL),
            Self::Wrong => refuse(fields, name, T::EXPECTED),
        }
    }

    /// A change of a field that can be cleared, read by `parse`.
    pub(crate) fn patch<U>(
        self,
        fields: &mut Fields,
        name: &str,
        parse: impl FnOnce(&mut Fields, T) -> Option<U>,
    ) -> Patch<U> {
        match self {
            Self::Given(value) => parse(fields, value).map_or(Patch::Keep, Patch::Set),
            Self::Absent => Patch::Keep,
            Self::Null => Patch::Clear,
            Self::Wrong => {
                fields.refuse(name, T::EXPECTED);
                Patch::Keep
            }
        }
    }
}

/// Reads a text, if it is there.
pub(crate) fn parsed<T: FromStr<Err: Display>>(
    fields: &mut Fields,
    name: &str,
    text: Option<String>,
) -> Option<T> {
    text.and_then(|text| fields.take(name, text.parse()))
}

/// Notes a mistake; there is no value then.
pub(crate) fn refuse<T>(fields: &mut Fields, name: &str, message: &str) -> Option<T> {
    fields.refuse(name, message);
    None
}

/// Reads free text; blanks are none.
pub(crate) fn prose<const LIMIT: usize>(
    fields: &mut Fields,
    name: &str,
    raw: Raw<String>,
) -> Option<Prose<LIMIT>> {
    let text = raw.optional(fields, name)?;
    fields.take(name, Prose::parse(&text)).flatten()
}

/// Reads a change of free text; blanks clear it.
pub(crate) fn prose_patch<const LIMIT: usize>(
    fields: &mut Fields,
    name: &str,
    raw: Raw<String>,
) -> Patch<Prose<LIMIT>> {
    let set = |fields: &mut Fields, text: String| fields.take(name, Prose::parse(&text));
    match raw.patch(fields, name, set) {
        Patch::Keep => Patch::Keep,
        Patch::Clear => Patch::Clear,
        Patch::Set(prose) => Patch::set_or_clear(prose),
    }
}

/// Reads a list, each of its texts by itself. Only the first mistake is told: a long list of wrong
/// texts must not make a longer answer.
pub(crate) fn list<T: FromStr<Err: Display>>(
    fields: &mut Fields,
    name: &str,
    texts: &[String],
) -> Option<Vec<T>> {
    let parsed: Result<Vec<T>, T::Err> = texts.iter().map(|text| text.parse()).collect();
    fields.take(name, parsed)
}

/// A secret that people type, such as a password: it holds no NUL.
pub(crate) fn typed_secret(fields: &mut Fields, name: &str, raw: Raw<SecretText>) -> Option<SecretText> {
    let secret = raw.needed(fields, name)?;
    // EXPOSE: only NUL is looked for.
    if secret.expose().contains('\0') {
        refuse(fields, name, &TextError::Nul.to_string())
    } else {
        Some(secret)
    }
}
