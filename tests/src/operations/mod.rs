//! Every operation of the API as a request that is right, for tests that put the same question to all of
//! them: who may, what is shown.
//!
//! A test holds [`OPERATIONS`] to the served document, so that none is forgotten.

mod table;

use std::collections::BTreeMap;

use kagi_domain::access::Scope;

pub use table::OPERATIONS;

/// Who may call an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Anybody, whatever credential is sent along.
    Public,
    /// Anybody but an access key.
    Guest,
    /// Any credential.
    Any,
    /// Who holds all of these.
    Scopes(&'static [Scope]),
    /// A person in a session.
    Session,
    /// A person who gave their password a short while ago.
    Fresh,
}

impl Access {
    /// Whether access keys are kept out, whatever their scopes.
    #[must_use]
    pub const fn refuses_keys(self) -> bool {
        matches!(self, Self::Guest | Self::Session | Self::Fresh)
    }
}

/// What a key with every scope finds that is limited to other projects than the request's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Elsewhere {
    /// Projects play no part, or those of others are left out.
    Passes,
    /// As if it were not there.
    Missing,
    /// It is told that it may not.
    Refused,
}

/// An operation with the request that succeeds on a vault of [`Things`].
#[derive(Debug, Clone, Copy)]
pub struct Operation {
    /// As in a request line.
    pub method: &'static str,
    /// Below `/api`, with names of things in braces.
    pub path: &'static str,
    /// JSON, with names of things in braces.
    pub body: Option<&'static str>,
    /// Who may.
    pub access: Access,
    /// The status of success.
    pub good: u16,
    /// The secret thing that the answer shows.
    pub shows: Option<&'static str>,
    /// What a key for other projects finds.
    pub elsewhere: Elsewhere,
}

impl Operation {
    const fn new(method: &'static str, path: &'static str, access: Access, good: u16) -> Self {
        Self { method, path, body: None, access, good, shows: None, elsewhere: Elsewhere::Passes }
    }

    const fn with(mut self, body: &'static str) -> Self {
        self.body = Some(body);
        self
    }

    const fn showing(mut self, thing: &'static str) -> Self {
        self.shows = Some(thing);
        self
    }

    const fn elsewhere(mut self, finds: Elsewhere) -> Self {
        self.elsewhere = finds;
        self
    }

    /// The path's form, whatever its parameters are called: `/entries/{}`.
    #[must_use]
    pub fn form(path: &str) -> String {
        let parts = path.split('/').map(|part| if part.starts_with('{') { "{}" } else { part });
        parts.collect::<Vec<_>>().join("/")
    }

    /// The request's path among these things, from the root.
    #[must_use]
    pub fn path(&self, things: &Things) -> String {
        format!("/api{}", things.fill(self.path))
    }

    /// The request's body among these things.
    #[must_use]
    pub fn body(&self, things: &Things) -> Option<String> {
        self.body.map(|body| things.fill(body))
    }

    /// Whether the request names something that belongs to somebody.
    #[must_use]
    pub fn names_a_thing(&self) -> bool {
        let texts = [self.path, self.body.unwrap_or_default()];
        Things::OWNED.iter().any(|name| texts.iter().any(|text| text.contains(&placeholder(name))))
    }
}

/// What requests are about, by name: ids, and texts that are sent.
#[derive(Debug, Clone, Default)]
pub struct Things(BTreeMap<&'static str, String>);

impl Things {
    /// The names of what belongs to somebody and is known by its id.
    pub const OWNED: [&'static str; 7] = ["category", "entry", "set", "env", "file", "key", "session"];

    /// The same with another value for a name.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.0.insert(name, value.into());
        self
    }

    /// The value of a name.
    ///
    /// # Panics
    ///
    /// When there is none.
    #[must_use]
    pub fn get(&self, name: &str) -> &str {
        self.0.get(name).unwrap_or_else(|| panic!("there is no {name}"))
    }

    /// A text with values in the place of names; in JSON they stand within quotes.
    #[must_use]
    pub fn fill(&self, text: &str) -> String {
        self.0.iter().fold(text.to_owned(), |text, (name, value)| {
            let value = value.replace('\\', "\\\\").replace('"', "\\\"");
            text.replace(&placeholder(name), &value)
        })
    }
}

fn placeholder(name: &str) -> String {
    format!("{{{name}}}")
}
