//! `.env` texts: read without losing a byte, judged, compared, and written so that no parser
//! misreads them.
//!
//! There is no standard for `.env` files, and two parsers seldom agree on anything but the simplest
//! line. `docs/DOTENV-DIALECTS.md` says what was measured; here is what follows from it:
//!
//! - [`Document`] reads any text, keeps every byte of it, and never expands or runs anything.
//! - [`Document::diagnostics`] says where parsers disagree. A text without a diagnostic is read the
//!   same by all of them, and as [`Document`] reads it.
//! - [`EnvFile`] writes for a [`Target`], and refuses with a [`Refusal`] what that cannot express.
//! - [`rewrite`] does so with a document, and tells what it cannot take along.
//! - [`compare`] tells by name what two documents have in common.
//! - [`shown`] is a text as an editor has it, and [`Edit`] gives the bytes that were meant.
//!
//! Values are secrets all along: they go in and out as [`SecretText`](crate::secret::SecretText),
//! and no `Debug`, no diagnostic and no refusal holds a piece of one.

mod buffer;
mod check;
mod diagnostic;
mod diff;
mod disagreement;
mod document;
mod edit;
mod names;
mod quotes;
mod rewrite;
mod scan;
mod target;
mod value;
mod write;

pub use diagnostic::{Code, Diagnostic};
pub use diff::{Change, Difference, compare};
pub use disagreement::Disagreement;
pub use document::{Assignment, Document, Line, LineKind};
pub use edit::{Edit, Layout, LineEnds, shown};
pub use quotes::Quote;
pub use rewrite::{DropReason, Dropped, Rewritten, rewrite};
pub use target::{Target, UnknownTarget};
pub use write::{EnvFile, Refusal, Refused, Written};
