//! The activity.

use std::time::Duration;

use kagi_domain::{
    audit::{AuditEvent, AuditFilter},
    fields::{Fields, Invalid},
    paging::{Cursor, Page, PageLimit, PageRequest},
    services::env_projects::EnvProjectError,
    time::Timestamp,
};
use poem::{
    Response, handler,
    http::StatusCode,
    web::{Path, Query},
};
use serde::Deserialize;

use super::draw;
use crate::{
    draft::parsed,
    problem::Problem,
    web::{
        handle::{
            LINES, categories::category_id, entries::entry_id, envs::project_id, recovery_sets::set_id,
        },
        page::{
            envs::{file_path, project_path},
            settings::{Tab, activity as page},
        },
        part::{Flash, Form},
        visit::{Member, Reply},
    },
};

const DAY: Duration = Duration::from_hours(24);

/// What the address says. Days are whole ones, in UTC.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    action: String,
    since: String,
    until: String,
    cursor: Option<String>,
}

/// A page of it under a filter. A filter that cannot be read comes back as it was sent.
#[handler]
pub(crate) async fn list(member: Member, Query(asked): Query<Asked>) -> Result<Response, Problem> {
    let form = asked.form();
    let (first, now) = (asked.cursor.is_none(), member.now());
    match find(&member, &asked).await {
        Ok(events) => {
            let page = page::page(Some(&events), &form, first, now);
            Ok(member.reply.page(draw(&member, Tab::Activity, &page)))
        }
        Err(problem) if problem.fields.is_empty() => Err(problem),
        Err(problem) => {
            let form = form.refuse(problem);
            let page = page::page(None, &form, first, now);
            Ok(Reply::again(&form, draw(&member, Tab::Activity, &page)))
        }
    }
}

/// On to what an event was about, or back with the word that it is gone.
#[handler]
pub(crate) async fn go(
    member: Member,
    Path((kind, id)): Path<(String, String)>,
) -> Result<Response, Problem> {
    match there(&member, &kind, &id).await {
        Ok(path) => Ok(Reply::to(&path)),
        Err(problem) if problem.status() == StatusCode::NOT_FOUND => {
            Ok(member.reply.say(Flash::GoneSince, "/settings/activity"))
        }
        Err(problem) => Err(problem),
    }
}

/// Where something is.
async fn there(member: &Member, kind: &str, id: &str) -> Result<String, Problem> {
    let (kagi, actor) = (member.kagi(), member.actor());
    match kind {
        "category" => {
            let listing = kagi.categories().get(actor, category_id(id)?).await?;
            Ok(format!("/keys/{}", listing.category.id))
        }
        "entry" => {
            let listing = kagi.entries().get(actor, entry_id(id)?).await?;
            Ok(format!("/keys/{}#e-{}", listing.category.id, listing.entry.id))
        }
        "recovery-set" => {
            let set = kagi.recovery_sets().get(actor, set_id(id)?).await?;
            Ok(format!("/2fa/{}", set.id))
        }
        "env-project" => {
            let listing = kagi.env_projects().get(actor, project_id(id)?).await?;
            Ok(project_path(listing.project.id))
        }
        "env-file" => {
            let file = id.parse().map_err(|_| EnvProjectError::FileNotFound)?;
            let listing = kagi.env_projects().with_file(actor, file).await?;
            let of = listing.files.iter().find(|own| own.id == file).ok_or(EnvProjectError::FileNotFound)?;
            Ok(file_path(of.project, of.file_type))
        }
        _ => Err(Problem::not_found()),
    }
}

async fn find(member: &Member, asked: &Asked) -> Result<Page<AuditEvent>, Problem> {
    let page = PageRequest { limit: PageLimit::new(LINES).unwrap_or_default(), after: asked.after()? };
    Ok(member.kagi().audit_trail().list(member.actor(), &asked.filter()?, &page).await?)
}

impl Asked {
    fn form(&self) -> Form {
        let values = [&self.action, &self.since, &self.until];
        page::FIELDS.iter().zip(values).fold(Form::new(), |form, (name, value)| form.with(name, value))
    }

    fn after(&self) -> Result<Option<Cursor>, Invalid> {
        let after = self.cursor.as_deref().map(Cursor::decode).transpose();
        after.map_err(|error| Invalid::field("cursor", error))
    }

    fn filter(&self) -> Result<AuditFilter, Invalid> {
        let mut fields = Fields::new();
        let f = &mut fields;
        let given = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        let filter = AuditFilter {
            action: parsed(f, "action", given(&self.action)),
            since: given(&self.since).and_then(|day| midnight(f, "since", &day)),
            // The last day counts to its end.
            until: given(&self.until).and_then(|day| midnight(f, "until", &day)).map(|day| day.plus(DAY)),
        };
        fields.finish(Some(filter))
    }
}

/// When a day begins.
fn midnight(fields: &mut Fields, name: &str, day: &str) -> Option<Timestamp> {
    fields.take(name, format!("{day}T00:00:00Z").parse().map_err(|_| "Give a day such as 2027-01-31."))
}
