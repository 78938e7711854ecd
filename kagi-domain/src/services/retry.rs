//! Changes that are tried again when somebody else changed the row in between.

/// How often a change is tried in all.
const TRIES: usize = 5;

/// An error that may say so.
pub(super) trait Contended {
    /// Whether somebody else changed the row in between, and nothing was written.
    fn is_conflict(&self) -> bool;
}

/// Tries a change until it settles; the last try's outcome stands, whatever it is. Each try begins
/// from the start, in a unit of its own, and so sees what the others did.
pub(super) async fn retried<T, E, Attempt>(attempt: impl Fn() -> Attempt) -> Result<T, E>
where
    E: Contended,
    Attempt: Future<Output = Result<T, E>>,
{
    for _ in 1..TRIES {
        match attempt().await {
            Err(error) if error.is_conflict() => {}
            settled => return settled,
        }
    }
    attempt().await
}
