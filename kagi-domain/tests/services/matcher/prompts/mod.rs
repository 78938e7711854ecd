//! What people write, in six languages. Written before there was anything to read it; a case is changed
//! only when it expects something that no person would.

mod asian;
mod english;
mod european;
mod later;
mod quiet;

use super::case::Case;

/// The whole table.
pub(super) fn all() -> Vec<Case> {
    [english::cases(), asian::cases(), european::cases(), quiet::cases(), later::cases()]
        .into_iter()
        .flatten()
        .collect()
}
