//! What a request says that it does not want.

use super::{
    lexicon::Meaning,
    reading::{Piece, What},
    words::Gap,
};

/// How far a denial reaches across words without meaning. A word counts twice, a character of a script
/// without blanks once.
const REACH: usize = 6;

/// Marks the pieces that are denied.
pub(super) fn mark(pieces: &mut [Piece]) {
    for at in 0..pieces.len() {
        let before = at.checked_sub(1).and_then(|at| pieces.get(at)).and_then(Piece::meaning);
        match pieces.get(at).and_then(Piece::meaning) {
            // Everything but this.
            Some(Meaning::But) if matches!(before, Some(Meaning::All | Meaning::Every)) => {
                forwards(pieces, at);
            }
            Some(Meaning::Not) if forwards(pieces, at) => {}
            Some(Meaning::Not | Meaning::NotBefore) => backwards(pieces, at),
            _ => {}
        }
    }
}

/// What can be denied.
fn is_item(piece: &Piece) -> bool {
    match &piece.what {
        What::Name(_) | What::Project(_) | What::Variable => true,
        What::Said(meaning) => {
            matches!(meaning, Meaning::Need(_) | Meaning::In(_) | Meaning::Kind(_) | Meaning::Same(_))
        }
        _ => false,
    }
}

/// Denies what follows, up to the sentence's end or a word that asks for something again. True when there
/// was anything.
fn forwards(pieces: &mut [Piece], at: usize) -> bool {
    let (mut idle, mut found) = (0, false);
    for piece in pieces.iter_mut().skip(at + 1) {
        let stops = piece.gap == Gap::Stop || (!found && piece.gap == Gap::Comma);
        if stops || matches!(piece.meaning(), Some(Meaning::But | Meaning::Not | Meaning::NotBefore)) {
            break;
        }
        if is_item(piece) {
            (piece.denied, found, idle) = (true, true, 0);
        } else if matches!(piece.what, What::Word) {
            idle += if piece.dense { 1 } else { 2 };
        }
        if idle > REACH || (found && piece.means(Meaning::Leads) && piece.gap == Gap::Comma) {
            break;
        }
    }
    found
}

/// Denies the list that stands before, as far as it goes without a comma.
fn backwards(pieces: &mut [Piece], at: usize) {
    if pieces.get(at).is_none_or(|piece| piece.gap >= Gap::Comma) {
        return;
    }
    for piece in pieces.iter_mut().take(at).rev() {
        if is_item(piece) {
            piece.denied = true;
        } else if !matches!(
            piece.meaning(),
            Some(Meaning::And | Meaning::Filler | Meaning::Keys | Meaning::Leads | Meaning::But)
        ) {
            break;
        }
        if piece.gap >= Gap::Comma {
            break;
        }
    }
}
