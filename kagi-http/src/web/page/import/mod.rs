//! From a `.env` file to entries: the form, the preview, and what was made.

mod done;
mod form;
mod preview;

pub(crate) use done::done;
pub(crate) use form::form;
pub(crate) use preview::preview;
