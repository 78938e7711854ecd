//! Words and what they mean here, in six languages. Each phrase is written as people write it and read by
//! the same rules as a request, so that case, accents and width make no difference.

mod chinese;
mod english;
mod french;
mod german;
mod japanese;
mod spanish;

use std::{collections::HashMap, sync::LazyLock};

use super::words::{Gap, Word, words};
use crate::{generate::SecretFormat, model::entry::Environment};

/// What a word or phrase does in a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// A purpose that some service serves.
    Need(Need),
    /// Another spelling of a word of names.
    Same(&'static str),
    /// What follows is not wanted; where nothing follows, what stands before.
    Not,
    /// What stands before is not wanted.
    NotBefore,
    /// What follows is wanted again.
    But,
    /// Joins the members of a list.
    And,
    /// Everything there is.
    All,
    /// Everything, when it is said of keys.
    Every,
    /// The project that the request is made in.
    Here,
    /// The project that is named beside it.
    Project,
    /// Keys, secrets, variables.
    Keys,
    /// The file.
    File,
    /// An environment.
    In(Environment),
    /// Not one that exists.
    Fresh,
    /// To bring something into being, a file or a secret.
    Make,
    /// What a secret is for that one makes oneself.
    Kind(Kind),
    /// How a secret is spelled.
    Format(SecretFormat),
    /// The unit of a secret's size.
    Bytes,
    /// The same.
    Bits,
    /// The request asks for an explanation.
    Question,
    /// The request asks for a text or a deed of another kind.
    Task,
    /// A word that leads to a name: with, from, use.
    Leads,
    /// No meaning of its own.
    Filler,
}

/// A purpose, by which people ask for a service without its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Need {
    Payment,
    Email,
    Database,
    Cache,
    Sms,
    Map,
    Captcha,
    Translation,
    Login,
    Analytics,
    Errors,
    Model,
    Storage,
    Push,
    Speech,
    Vectors,
}

impl Need {
    pub(super) const ALL: [Self; 16] = [
        Self::Payment,
        Self::Email,
        Self::Database,
        Self::Cache,
        Self::Sms,
        Self::Map,
        Self::Captcha,
        Self::Translation,
        Self::Login,
        Self::Analytics,
        Self::Errors,
        Self::Model,
        Self::Storage,
        Self::Push,
        Self::Speech,
        Self::Vectors,
    ];

    /// The catalogue's words for it.
    pub(super) const fn words(self) -> &'static [&'static str] {
        match self {
            Self::Payment => &["payment", "checkout", "billing"],
            Self::Email => &["email", "mail"],
            Self::Database => &["database"],
            Self::Cache => &["cache"],
            Self::Sms => &["sms"],
            Self::Map => &["map", "geocoding"],
            Self::Captcha => &["captcha"],
            Self::Translation => &["translate"],
            Self::Login => &["login", "oauth", "baas"],
            Self::Analytics => &["analytics"],
            Self::Errors => &["errors", "monitoring"],
            Self::Model => &["llm"],
            Self::Storage => &["storage", "bucket", "s3"],
            Self::Push => &["push"],
            Self::Speech => &["tts", "stt", "speech"],
            Self::Vectors => &["vector"],
        }
    }
}

/// A secret that belongs to one's own program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Kind {
    Session,
    Jwt,
    Cookie,
    Encryption,
    Csrf,
    NextAuth,
    Auth,
    Webhook,
    Password,
    Signing,
}

impl Kind {
    /// What its variable is usually called.
    pub(super) const fn variable(self) -> &'static str {
        match self {
            Self::Session => "SESSION_SECRET",
            Self::Jwt => "JWT_SECRET",
            Self::Cookie => "COOKIE_SECRET",
            Self::Encryption => "ENCRYPTION_KEY",
            Self::Csrf => "CSRF_SECRET",
            Self::NextAuth => "NEXTAUTH_SECRET",
            Self::Auth => "AUTH_SECRET",
            Self::Webhook => "WEBHOOK_SECRET",
            Self::Password => "PASSWORD",
            Self::Signing => "SIGNING_KEY",
        }
    }

    /// Whether the words alone do not say yet that one is to be made: a provider gives these out too.
    pub(super) const fn is_given_out_too(self) -> bool {
        matches!(self, Self::Webhook | Self::Password | Self::Signing)
    }
}

type Phrases = &'static [(&'static str, Meaning)];
type Index = HashMap<String, Vec<(Vec<String>, Meaning)>>;

static INDEX: LazyLock<Index> = LazyLock::new(|| {
    let languages: [Phrases; 6] = [
        english::PHRASES,
        chinese::PHRASES,
        japanese::PHRASES,
        spanish::PHRASES,
        german::PHRASES,
        french::PHRASES,
    ];
    let mut index = Index::new();
    // Several phrases may share a line, set apart by bars.
    for (phrases, meaning) in languages.into_iter().flatten() {
        for phrase in phrases.split('|') {
            let phrase: Vec<_> = words(phrase).into_iter().map(|word| word.text).collect();
            let Some(first) = phrase.first() else { continue };
            index.entry(first.clone()).or_default().push((phrase, *meaning));
        }
    }
    for phrases in index.values_mut() {
        phrases.sort_by_key(|(phrase, _)| std::cmp::Reverse(phrase.len()));
    }
    index
});

/// The longest phrase with which the words begin, and how many words it has.
pub(super) fn phrase(words: &[Word]) -> Option<(Meaning, usize)> {
    let first = words.first()?;
    let longest = |candidates: &[(Vec<String>, Meaning)]| {
        candidates
            .iter()
            .find(|(phrase, _)| begins(words, phrase))
            .map(|(phrase, meaning)| (*meaning, phrase.len()))
    };
    let exact = INDEX.get(&first.text).and_then(|candidates| longest(candidates));
    exact.or_else(|| singular(&first.text).map(|meaning| (meaning, 1)))
}

/// Whether the words begin with these, held together.
pub(super) fn begins(words: &[Word], phrase: &[String]) -> bool {
    let together = words.iter().skip(1).take(phrase.len() - 1).all(|word| word.gap <= Gap::Blank);
    words.len() >= phrase.len() && together && words.iter().zip(phrase).all(|(word, text)| word.text == *text)
}

/// A plural whose singular stands here by itself.
fn singular(word: &str) -> Option<Meaning> {
    let ends = ["s", "es", "en", "n"].into_iter().filter_map(|end| word.strip_suffix(end));
    let mut known = ends.filter(|stem| stem.len() >= 3).filter_map(alone);
    known.find(|meaning| matches!(meaning, Meaning::Need(_) | Meaning::Keys | Meaning::File))
}

fn alone(word: &str) -> Option<Meaning> {
    let candidates = INDEX.get(word)?;
    candidates.iter().find(|(phrase, _)| phrase.len() == 1).map(|(_, meaning)| *meaning)
}

/// The parts of a German compound: `Sitzungsschlüssel`, `Datenbankzugang`.
pub(super) fn compound(word: &str) -> Option<(Meaning, Option<Meaning>)> {
    let known = |start: &&(&str, Meaning)| word.len() > start.0.len() + 2 && word.starts_with(start.0);
    let (start, meaning) = german::STEMS.iter().find(known)?;
    let rest = word.get(start.len()..)?;
    let rest = ["s", "en", "n", ""].into_iter().filter_map(|joint| rest.strip_prefix(joint)).find_map(alone);
    Some((*meaning, rest))
}
