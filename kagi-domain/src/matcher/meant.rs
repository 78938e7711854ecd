//! Names that are ordinary words as well.

use std::collections::BTreeSet;

use super::{
    lexicon::Meaning,
    reading::{Piece, What},
    words::Gap,
};

/// Where names stand that are meant as such. One that is an ordinary word as well must stand like a name:
/// by a key, in a list with another name, at the end of `with …`, or with a capital inside a sentence.
pub(super) fn meant(pieces: &[Piece]) -> BTreeSet<usize> {
    let is_ordinary =
        |piece: &Piece| matches!(&piece.what, What::Name(names) if names.iter().all(|name| name.ordinary));
    let is_name = |piece: &Piece| matches!(piece.what, What::Name(_));
    let names = || pieces.iter().enumerate().filter(|(_, piece)| is_name(piece));
    let dense = pieces.iter().any(|piece| piece.dense);
    let mut meant: BTreeSet<usize> = names()
        .filter(|(at, piece)| !is_ordinary(piece) || dense || stands_like_a_name(pieces, *at))
        .map(|(at, _)| at)
        .collect();
    // A list is joined from name to name, in both directions.
    for _ in 0..2 {
        for (at, _) in names() {
            if linked(pieces, at).into_iter().any(|other| meant.contains(&other)) {
                meant.insert(at);
            }
        }
        for (at, _) in names().collect::<Vec<_>>().into_iter().rev() {
            if linked(pieces, at).into_iter().any(|other| meant.contains(&other)) {
                meant.insert(at);
            }
        }
    }
    meant
}

fn stands_like_a_name(pieces: &[Piece], at: usize) -> bool {
    let Some(piece) = pieces.get(at) else { return false };
    let after: Vec<_> =
        pieces.iter().skip(at + 1).take(2).take_while(|piece| piece.gap <= Gap::Blank).collect();
    let by_a_key = after
        .iter()
        .take_while(|piece| !matches!(piece.what, What::Word))
        .any(|piece| piece.means(Meaning::Keys));
    let before = at.checked_sub(1).and_then(|before| pieces.get(before)).filter(|_| piece.gap <= Gap::Blank);
    let led = before.is_some_and(|piece| {
        piece.means(Meaning::Leads) || piece.means(Meaning::But) || piece.means(Meaning::And)
    });
    let ends = after.first().is_none_or(|piece| {
        matches!(
            piece.meaning(),
            Some(Meaning::Leads | Meaning::And | Meaning::But | Meaning::Not | Meaning::In(_))
        )
    });
    let alone = pieces.len() <= 2;
    by_a_key || alone || (led && ends) || (piece.capital && piece.gap != Gap::Stop && ends)
}

/// The names that a name is listed with: next to it but for a comma or `and`.
fn linked(pieces: &[Piece], at: usize) -> Vec<usize> {
    let joins = |piece: &Piece| piece.means(Meaning::And);
    let is_name = |place: &usize| pieces.get(*place).is_some_and(|piece| matches!(piece.what, What::Name(_)));
    let comma = |place: usize| pieces.get(place).is_some_and(|piece| piece.gap == Gap::Comma);
    let mut linked = Vec::new();
    if comma(at + 1) || pieces.get(at + 1).is_some_and(joins) {
        let next = if pieces.get(at + 1).is_some_and(joins) { at + 2 } else { at + 1 };
        linked.extend(Some(next).filter(is_name));
    }
    let before = at.checked_sub(1);
    if comma(at) {
        linked.extend(before.filter(is_name));
    }
    if before.and_then(|before| pieces.get(before)).is_some_and(joins) {
        linked.extend(at.checked_sub(2).filter(is_name));
    }
    linked
}
