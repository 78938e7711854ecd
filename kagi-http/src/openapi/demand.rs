//! What an operation asks of its caller, as the document tells it.

use kagi_domain::access::{Actor, Scope};
use serde_json::{Value, json};

use crate::problem::Code;

/// Anybody may call.
pub(crate) const PUBLIC: &str = "public";
/// Any credential will do, whatever its scopes.
pub(crate) const ANY: &str = "any";
/// A person in a session; no access key.
pub(crate) const SESSION: &str = "session";
/// A person in a session who gave their password a short while ago.
pub(crate) const FRESH: &str = "fresh";

/// The names of the two security schemes.
pub(super) const KEY_SCHEME: &str = "accessKey";
pub(super) const COOKIE_SCHEME: &str = "session";

/// What is asked. `None` stands for an operation that says nothing, which a test refuses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Demand {
    Nobody,
    Anybody,
    Scopes(Vec<&'static str>),
    Session,
    Fresh,
}

impl Demand {
    /// Reads what the extractors said. A scope is the word itself; an operation may name several.
    pub(super) fn read<'a>(words: impl Iterator<Item = &'a str>) -> Option<Self> {
        let mut scopes = Vec::new();
        for word in words {
            match word {
                PUBLIC => return Some(Self::Nobody),
                ANY => return Some(Self::Anybody),
                SESSION => return Some(Self::Session),
                FRESH => return Some(Self::Fresh),
                scope => scopes.push(scope.parse::<Scope>().ok()?.as_str()),
            }
        }
        (!scopes.is_empty()).then_some(Self::Scopes(scopes))
    }

    /// The word of `x-kagi-access`.
    pub(super) const fn word(&self) -> &'static str {
        match self {
            Self::Nobody => PUBLIC,
            Self::Anybody => ANY,
            Self::Scopes(_) => "scope",
            Self::Session => SESSION,
            Self::Fresh => FRESH,
        }
    }

    /// The text of `x-kagi-scope`: scopes with blanks between them, as OAuth writes them.
    pub(super) fn scope(&self) -> Option<String> {
        match self {
            Self::Scopes(scopes) => Some(scopes.join(" ")),
            Self::Nobody | Self::Anybody | Self::Session | Self::Fresh => None,
        }
    }

    /// For people.
    pub(super) fn sentence(&self) -> String {
        let minutes = Actor::FRESH.as_secs() / 60;
        match self {
            Self::Nobody => "Public: needs no credential.".to_owned(),
            Self::Anybody => "Needs an access key, whatever its scopes, or a session.".to_owned(),
            Self::Scopes(scopes) => {
                format!("Needs a session, or an access key with the scope `{}`.", scopes.join("` and `"))
            }
            Self::Session => "Needs a session; no access key may do this.".to_owned(),
            Self::Fresh => {
                format!(
                    "Needs a session in which the password was given within the last {minutes} minutes; no access key may do this."
                )
            }
        }
    }

    /// The `security` of the operation. OpenAPI 3.0 gives scopes no place there, but for OAuth.
    pub(super) fn security(&self) -> Value {
        match self {
            Self::Nobody => json!([]),
            Self::Anybody | Self::Scopes(_) => json!([{ KEY_SCHEME: [] }, { COOKIE_SCHEME: [] }]),
            Self::Session | Self::Fresh => json!([{ COOKIE_SCHEME: [] }]),
        }
    }

    /// How it is refused.
    pub(super) const fn codes(&self) -> &'static [Code] {
        match self {
            Self::Nobody => &[],
            Self::Anybody => &[Code::AuthRequired, Code::AuthInvalidKey],
            Self::Scopes(_) => &[Code::AuthRequired, Code::AuthInvalidKey, Code::AuthScopeRequired],
            Self::Session => &[Code::AuthRequired, Code::AuthInvalidKey, Code::SessionRequired],
            Self::Fresh => {
                &[Code::AuthRequired, Code::AuthInvalidKey, Code::SessionRequired, Code::ReauthRequired]
            }
        }
    }
}
