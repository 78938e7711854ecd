//! Access keys.

use std::collections::BTreeSet;

use kagi_domain::{access::ProjectLimit, fields::Fields, model::access_key::NewAccessKey, text::ProjectName};

use super::{
    Raw,
    raw::{list, parsed, refuse},
};
use crate::{problem::Problem, schema::input};

/// How many projects a key can be limited to.
const MAX_PROJECTS: usize = 1000;

input! {
    /// What to make an access key from.
    pub(crate) struct AccessKeyDraft as "AccessKeyInput" {
        /// What to call it, 1 to 255 characters.
        pub(crate) name: Raw<String> = "name",
        /// What it may do.
        pub(crate) scopes: Raw<Vec<String>> = "scopes",
        /// The only projects that it reaches.
        pub(crate) projects: Raw<Vec<String>> = "projects",
        /// From when on it is refused, RFC 3339.
        pub(crate) expires_at: Raw<String> = "expiresAt",
    }
}

impl AccessKeyDraft {
    /// A new access key.
    pub(crate) fn into_new(self) -> Result<NewAccessKey, Problem> {
        let mut fields = Fields::new();
        let f = &mut fields;
        let name = self.name.needed(f, "name");
        let name = parsed(f, "name", name);
        let scopes = self.scopes.needed(f, "scopes").and_then(|texts| list(f, "scopes", &texts));
        let scopes: Option<BTreeSet<_>> = scopes.map(|scopes| scopes.into_iter().collect());
        if scopes.as_ref().is_some_and(BTreeSet::is_empty) {
            f.refuse("scopes", "Choose at least one scope.");
        }
        let projects = self.projects.optional(f, "projects").and_then(|texts| limit(f, &texts));
        let expires_at = self.expires_at.optional(f, "expiresAt");
        let expires_at = parsed(f, "expiresAt", expires_at);
        let (name, scopes) = fields.finish(name.zip(scopes))?;
        Ok(NewAccessKey { name, scopes, projects: projects.unwrap_or_default(), expires_at })
    }
}

fn limit(fields: &mut Fields, texts: &[String]) -> Option<ProjectLimit> {
    match texts.len() {
        // An empty list could mean "all" or "none": neither is guessed.
        0 => refuse(fields, "projects", "Name at least one project, or leave this out to reach all of them."),
        1..=MAX_PROJECTS => {
            let names = list::<ProjectName>(fields, "projects", texts)?;
            Some(ProjectLimit::Only(names.into_iter().collect()))
        }
        _ => refuse(fields, "projects", "Name at most 1000 projects."),
    }
}
