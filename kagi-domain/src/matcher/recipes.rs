//! Secrets that a request wants made.

use std::collections::BTreeSet;

use super::{
    lexicon::{Kind, Meaning},
    names::Names,
    reading::{Piece, What},
    words::Gap,
};
use crate::{
    generate::{SecretFormat, SecretSize},
    plan::PlannedSecret,
};

/// How many pieces may stand between the words of one wish.
const NEAR: usize = 4;

/// What a request says about secrets of one's own.
#[derive(Debug, Default)]
pub(super) struct Wishes {
    /// To be made.
    pub(super) secrets: Vec<PlannedSecret>,
    /// Which kinds are not asked for as fresh ones: one that exists is as good.
    pub(super) kinds: Vec<(Kind, PlannedSecret)>,
    /// The pieces that are about them.
    pub(super) pieces: BTreeSet<usize>,
}

/// Finds the secrets that a request is about.
pub(super) fn wishes(pieces: &[Piece], names: &Names, prompt: &str) -> Wishes {
    let mut wishes = Wishes::default();
    let mut found: Vec<(usize, Option<Kind>, String)> = Vec::new();
    for (at, piece) in pieces.iter().enumerate().filter(|(_, piece)| !piece.denied) {
        let wish = match piece.what {
            What::Said(Meaning::Kind(kind)) if is_wish(pieces, at, kind) => {
                (Some(kind), kind.variable().to_owned())
            }
            What::Variable if is_own(&piece.text) || is_fresh(pieces, at) => {
                (None, piece.text.to_uppercase())
            }
            What::Name(ref called) => match own(pieces, at, called, names) {
                Some(kind) => (Some(kind), kind.variable().to_owned()),
                None => continue,
            },
            _ => continue,
        };
        if found.iter().all(|(_, _, name)| *name != wish.1) {
            found.push((at, wish.0, wish.1));
        }
    }
    if found.is_empty() {
        found.extend(nameless(pieces).map(|at| (at, None, "SECRET_KEY".to_owned())));
    }
    let places: Vec<_> = found.iter().map(|(at, ..)| *at).collect();
    for (at, kind, name) in found {
        let nearest = |other: usize| places.iter().all(|place| place.abs_diff(other) >= at.abs_diff(other));
        let near = |other: usize| nearest(other) || is_of_all(pieces, &places, other);
        let secret = PlannedSecret {
            name: named(prompt, name, kind),
            format: format(pieces, near).as_str().to_owned(),
            bytes: bytes(pieces, near),
            reason: "asked for as a fresh secret".to_owned(),
        };
        wishes.pieces.extend(at.saturating_sub(2)..=at + 2);
        match kind {
            Some(kind) if !is_fresh(pieces, at) => wishes.kinds.push((kind, secret)),
            _ => wishes.secrets.push(secret),
        }
    }
    wishes
}

/// Whether a kind of secret is one that the request is about, not just a word: a key stands beside it.
fn is_wish(pieces: &[Piece], at: usize, kind: Kind) -> bool {
    let keys = |piece: &&Piece| piece.means(Meaning::Keys);
    let tight = |piece: &&Piece| piece.gap <= Gap::Blank;
    let told = |piece: &&Piece| !piece.means(Meaning::Filler);
    let item =
        |piece: &&Piece| !matches!(piece.what, What::Name(_) | What::Said(Meaning::And | Meaning::Need(_)));
    let after = pieces
        .iter()
        .skip(at + 1)
        .take_while(tight)
        .take_while(item)
        .filter(told)
        .take(2)
        .any(|piece| keys(&piece));
    // What leads to the kind holds on to it: a key `for` sessions, a secret `of` the session.
    let joined = pieces.get(..=at).unwrap_or_default().iter().rev();
    let mut open = true;
    let before = joined
        .take_while(|piece| std::mem::replace(&mut open, piece.gap <= Gap::Blank))
        .skip(1)
        .take_while(item)
        .filter(told)
        .take(3)
        .any(|piece| keys(&piece));
    let itself = matches!(kind, Kind::Password | Kind::Webhook | Kind::Signing);
    let known =
        pieces.iter().skip(at.saturating_sub(2)).take(2).any(|piece| matches!(piece.what, What::Name(_)));
    if kind.is_given_out_too() {
        return itself && !known && is_fresh(pieces, at) && !beside_another(pieces, at);
    }
    after || before
}

/// Whether the kind only says more about another kind: `JWT` signing key.
fn beside_another(pieces: &[Piece], at: usize) -> bool {
    let start = at.saturating_sub(3);
    let near = pieces.iter().enumerate().skip(start).take(at + 4 - start).filter(|(other, _)| *other != at);
    near.into_iter()
        .any(|(_, piece)| matches!(piece.what, What::Said(Meaning::Kind(kind)) if !kind.is_given_out_too()))
}

/// Whether one that does not exist yet is asked for.
fn is_fresh(pieces: &[Piece], at: usize) -> bool {
    let ends =
        |piece: &&Piece| matches!(piece.what, What::Said(Meaning::And | Meaning::File) | What::Name(_));
    let before = pieces.get(..at).unwrap_or_default().iter().rev().take(NEAR);
    let mut open = pieces.get(at).is_some_and(|piece| piece.gap <= Gap::Blank);
    let mut before = before
        .take_while(|piece| std::mem::replace(&mut open, piece.gap <= Gap::Blank))
        .take_while(|piece| !ends(piece));
    let dense = pieces.get(at + 1).is_some_and(|piece| piece.dense);
    let reach = if dense { 2 * NEAR } else { NEAR };
    let mut after =
        pieces.iter().skip(at + 1).take(reach).take_while(|piece| piece.gap < Gap::Comma && !ends(piece));
    let fresh = |piece: &Piece| matches!(piece.meaning(), Some(Meaning::Fresh | Meaning::Make));
    before.any(fresh) || after.any(fresh)
}

/// A stored kind of secret that is named by its variable or its category.
fn own(pieces: &[Piece], at: usize, called: &[super::names::Name], names: &Names) -> Option<Kind> {
    let kinds = called.iter().filter_map(|name| names.sorts.get(name.sort)?.secret);
    kinds.into_iter().next().filter(|_| is_fresh(pieces, at))
}

/// Whether what is said behind a comma after the last of several secrets is said of all of them.
fn is_of_all(pieces: &[Piece], places: &[usize], at: usize) -> bool {
    let last = places.last().copied().unwrap_or_default();
    at > last && pieces.iter().skip(last + 1).take(at - last).any(|piece| piece.gap == Gap::Comma)
}

/// Names that everybody makes the value of oneself.
fn is_own(variable: &str) -> bool {
    matches!(
        variable,
        "session_secret"
            | "jwt_secret"
            | "nextauth_secret"
            | "auth_secret"
            | "cookie_secret"
            | "encryption_key"
            | "app_key"
            | "app_secret"
            | "secret_key"
            | "secret_key_base"
            | "csrf_secret"
            | "better_auth_secret"
            | "payload_secret"
    )
}

/// A random key of which nothing else is said.
fn nameless(pieces: &[Piece]) -> Option<usize> {
    let key =
        |(at, piece): &(usize, &Piece)| piece.means(Meaning::Keys) && !piece.denied && !is_owned(pieces, *at);
    let random = |at: usize| {
        pieces.iter().skip(at.saturating_sub(NEAR)).take(NEAR + 1).any(|piece| piece.means(Meaning::Fresh))
    };
    let names = pieces.iter().any(|piece| matches!(piece.what, What::Name(_) | What::Said(Meaning::Need(_))));
    pieces.iter().enumerate().filter(key).map(|(at, _)| at).find(|at| random(*at) && !names)
}

/// Whether a key is somebody's: a word that is no part of the wish stands right before it.
fn is_owned(pieces: &[Piece], at: usize) -> bool {
    at.checked_sub(1)
        .and_then(|before| pieces.get(before))
        .is_some_and(|piece| matches!(piece.what, What::Word) && !piece.dense)
}

/// The name that the request gives a secret, where it gives one of the kind's own.
fn named(prompt: &str, name: String, kind: Option<Kind>) -> String {
    let inside = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let mut written = prompt.split(|c| !inside(c)).filter(|word| word.contains('_'));
    let same = |word: &&str| word.eq_ignore_ascii_case(&name);
    match kind {
        Some(_) => name,
        None => written.find(same).map_or(name.clone(), str::to_owned),
    }
}

fn format(pieces: &[Piece], near: impl Fn(usize) -> bool) -> SecretFormat {
    let mut formats =
        pieces.iter().enumerate().filter(|(at, _)| near(*at)).filter_map(|(_, piece)| piece.format());
    formats.next().unwrap_or(SecretFormat::Hex)
}

fn bytes(pieces: &[Piece], near: impl Fn(usize) -> bool) -> u64 {
    const USUAL: u64 = 32;
    let sizes =
        pieces.windows(2).enumerate().filter(|(at, _)| near(*at)).filter_map(|(_, pair)| match pair {
            [Piece { what: What::Number(number), .. }, unit] if unit.means(Meaning::Bytes) => Some(*number),
            [Piece { what: What::Number(number), .. }, unit] if unit.means(Meaning::Bits) => {
                Some(number.div_ceil(8))
            }
            _ => None,
        });
    sizes.into_iter().find(|size| SecretSize::new(*size).is_ok()).unwrap_or(USUAL)
}
