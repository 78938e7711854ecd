//! Handlers: parse, call, present.
#![expect(clippy::needless_pass_by_value, reason = "a handler owns what was extracted for it")]

pub(super) mod access_keys;
pub(super) mod categories;
pub(super) mod download;
pub(super) mod entries;
pub(super) mod envs;
pub(super) mod front;
pub(super) mod history;
pub(super) mod import;
pub(super) mod keycloak;
pub(super) mod overview;
pub(super) mod palette;
pub(super) mod recovery_sets;
pub(super) mod settings;
pub(super) mod sign_in;
mod step_up;

use kagi_domain::{
    fields::Invalid,
    model::Revision,
    paging::{Cursor, PageLimit, PageRequest},
};
use poem::http::StatusCode;
use serde::Deserialize;

use crate::{
    draft::Raw,
    problem::{Code, Problem},
    web::part::Form,
};

/// Cards on a page of the grid: with their pictures they weigh the most.
const CARDS: u64 = 24;
/// Lines on a page of a list.
const LINES: u64 = 40;

/// What a list's address says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct ListQuery {
    search: String,
    cursor: Option<String>,
}

impl ListQuery {
    fn is_first(&self) -> bool {
        self.cursor.is_none()
    }

    fn page(&self, rows: u64) -> Result<PageRequest, Problem> {
        page_request(rows, self.cursor.as_deref())
    }
}

/// So many rows from a cursor on.
fn page_request(rows: u64, cursor: Option<&str>) -> Result<PageRequest, Problem> {
    let after = cursor.map(Cursor::decode).transpose();
    let after = after.map_err(|error| Invalid::field("cursor", error))?;
    Ok(PageRequest { limit: PageLimit::new(rows).unwrap_or_default(), after })
}

/// Gives the form back with the reason, so that nothing typed is lost; but what is not there, or
/// needs a sign-in, is no matter of what was typed.
fn refused(form: Form, problem: impl Into<Problem>) -> Result<Form, Problem> {
    let problem = problem.into();
    let elsewhere = matches!(problem.code, Code::AuthRequired | Code::SessionRequired)
        || problem.code.status() == StatusCode::NOT_FOUND;
    if elsewhere { Err(problem) } else { Ok(form.refuse(problem)) }
}

/// The revision that a form of something stored began with.
fn seen(form: &Form) -> Option<Revision> {
    form.value("revision").parse().ok().map(Revision)
}

/// A form of something stored, which remembers what it began with.
fn begun(form: Form, at: Revision) -> Form {
    form.replace("revision", at.0.to_string())
}

/// A refused form of something stored. Who was told that it was changed in between goes on from what is there now.
fn caught_up(form: Form, now: Revision) -> Form {
    let told = form.problem().is_some_and(|problem| problem.code == Code::VersionConflict);
    if told { begun(form, now) } else { form }
}

/// Why a search was refused, for the page that keeps what was typed; whatever else is wrong is no
/// matter of what was typed.
fn search_refused(problem: impl Into<Problem>) -> Result<String, Problem> {
    let problem = problem.into();
    let about = problem.fields.iter().find(|error| error.field == "search");
    about.map(|error| error.message.clone()).ok_or(problem)
}

/// A field as typed.
fn typed(form: &Form, name: &str) -> Raw<String> {
    Raw::Given(form.value(name).to_owned())
}

/// A field as typed; blank, it is none.
fn filled(form: &Form, name: &str) -> Raw<String> {
    form.filled(name).map_or(Raw::Null, |text| Raw::Given(text.to_owned()))
}

/// The end of the day that was chosen. A stored time on the same day stays as exact as it was.
fn last_day(form: &Form) -> Raw<String> {
    let Some(day) = form.filled("expiresAt") else { return Raw::Null };
    let was = form.value("expiresWas");
    Raw::Given(if was.starts_with(day) { was.to_owned() } else { format!("{day}T23:59:59.999Z") })
}
