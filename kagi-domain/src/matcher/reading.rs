//! A request as a list of pieces with a meaning each.

use super::{
    lexicon::{self, Meaning},
    names::{Name, Names},
    typo,
    words::{Gap, Word, words},
};
use crate::{framework, generate::SecretFormat};

/// What a piece of a request is.
#[derive(Debug, Clone)]
pub(super) enum What {
    /// A name of one or more sorts of keys.
    Name(Vec<Name>),
    /// A project on offer, by its folded name.
    Project(String),
    /// A framework.
    Framework,
    /// A word or phrase of the lexicon.
    Said(Meaning),
    /// A whole number.
    Number(u64),
    /// A variable's name that no key on offer has.
    Variable,
    /// Anything else.
    Word,
}

/// A piece of a request.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    pub(super) what: What,
    /// Its first word.
    pub(super) text: String,
    pub(super) capital: bool,
    pub(super) gap: Gap,
    /// It belongs to a script without blanks.
    pub(super) dense: bool,
    /// The request says that it is not wanted.
    pub(super) denied: bool,
}

impl Piece {
    pub(super) fn meaning(&self) -> Option<Meaning> {
        match self.what {
            What::Said(meaning) => Some(meaning),
            _ => None,
        }
    }

    pub(super) fn means(&self, meaning: Meaning) -> bool {
        self.meaning() == Some(meaning)
    }

    pub(super) fn format(&self) -> Option<SecretFormat> {
        match self.meaning() {
            Some(Meaning::Format(format)) => Some(format),
            _ => None,
        }
    }
}

/// Reads a request. Where several readings begin at one word, the longest counts, and of equally long
/// ones what the vault calls its own.
pub(super) fn pieces(prompt: &str, names: &Names) -> Vec<Piece> {
    let words = words(prompt);
    let frameworks = framework::mentions(&words);
    let (mut pieces, mut at) = (Vec::new(), 0);
    while let Some(rest) = words.get(at..) {
        let Some(first) = rest.first() else { break };
        let framework = frameworks.iter().find(|mention| mention.at == at);
        let (what, length) = match framework {
            Some(mention) => (What::Framework, mention.length),
            None => read(rest, names),
        };
        let dense = first.text.chars().all(|char| !char.is_ascii());
        let Word { text, capital, gap } = first.clone();
        pieces.push(Piece { what, text, capital, gap, dense, denied: false });
        if let Some(second) = second_half(rest, length) {
            let (text, capital, gap) = (String::new(), false, Gap::Joint);
            pieces.push(Piece { what: What::Said(second), text, capital, gap, dense: false, denied: false });
        }
        at += length;
    }
    pieces
}

fn read(rest: &[Word], names: &Names) -> (What, usize) {
    let said = lexicon::phrase(rest).map(|(meaning, length)| (What::Said(meaning), length));
    let name = names.phrase(rest).map(|(found, length)| (What::Name(found.to_vec()), length));
    let project = names
        .projects
        .iter()
        .find(|(_, words)| lexicon::begins(rest, words))
        .map(|(key, words)| (What::Project(key.clone()), words.len()));
    // Of equal length the last is taken.
    let longest = [said, project, name].into_iter().flatten().max_by_key(|(_, length)| *length);
    longest.or_else(|| Some((alone(rest.first()?, names), 1))).unwrap_or((What::Word, 1))
}

/// What a single word is that neither the vault nor the lexicon knows as it stands.
fn alone(word: &Word, names: &Names) -> What {
    if let Ok(number) = word.text.parse() {
        return What::Number(number);
    }
    if let Some((meaning, _)) = lexicon::compound(&word.text) {
        return What::Said(meaning);
    }
    if let Some((start, _)) = word.text.split_once('_') {
        // `STRIPE_KEY` is not what the key is called, but says whose it is.
        let names = names.single().find(|(name, _)| *name == start).map(|(_, names)| names.to_vec());
        return names.map_or(What::Variable, What::Name);
    }
    // Several names may be one slip away; then none is meant clearly.
    let mut close = names.single().filter(|(name, _)| typo::is_slip_of(&word.text, name));
    match (close.next(), close.next()) {
        (Some((_, names)), None) => What::Name(names.to_vec()),
        _ => What::Word,
    }
}

/// A compound's second part, which the first does not tell.
fn second_half(rest: &[Word], length: usize) -> Option<Meaning> {
    let word = rest.first().filter(|_| length == 1)?;
    if lexicon::phrase(rest).is_some() { None } else { lexicon::compound(&word.text)?.1 }
}
