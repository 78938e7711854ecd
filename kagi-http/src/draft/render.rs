//! Entries to be written as a file.

use kagi_domain::{
    fields::{Fields, Invalid},
    services::entries::RenderRequest,
};

use super::{
    Raw,
    raw::{list, parsed},
};
use crate::schema::input;

input! {
    /// Whose values to write, and for which reader.
    pub(crate) struct RenderDraft as "RenderInput" {
        /// The entries in the order of the file, 1 to 200, each once.
        pub(crate) entry_ids: Raw<Vec<String>> = "entryIds",
        /// Who reads the file: `portable`, `compose`, `next`, `node`, `python-dotenv`, `dotenvy`, `shell` or
        /// `docker-run`.
        pub(crate) target: Raw<String> = "target",
    }
}

impl RenderDraft {
    /// The request.
    pub(crate) fn into_request(self) -> Result<RenderRequest, Invalid> {
        let mut fields = Fields::new();
        let f = &mut fields;
        let entries = self.entry_ids.needed(f, "entryIds").and_then(|texts| list(f, "entryIds", &texts));
        let target = self.target.needed(f, "target");
        let target = parsed(f, "target", target);
        let (entries, target) = fields.finish(entries.zip(target))?;
        RenderRequest::new(entries, target)
    }
}
