//! A `.env` file that becomes entries: pasted, previewed, confirmed. Nothing of it is kept between the steps; the
//! text goes along in the forms, which only its sender ever gets.

use kagi_domain::{
    fields::Invalid,
    model::entry::Environment,
    paging::{PageLimit, PageRequest},
    secret::SecretText,
    services::entries::{
        EntryError, EntryQuery,
        import::{IMPORTED_LINES, Imported},
    },
    text::ProjectName,
    time::Timestamp,
};
use poem::{Response, handler, web::Query};
use serde::Deserialize;

use crate::{
    draft::{ImportDraft, ImportPreviewDraft, Raw},
    problem::{Code, Problem},
    web::{
        handle::{categories::up, refused, typed},
        page::import as page,
        part::{Crumb, Form, Shell, next::escape},
        visit::{Member, Reply},
    },
};

/// The form.
#[handler]
pub(crate) async fn show(member: Member) -> Result<Response, Problem> {
    let form = Form::new().with("environment", Environment::Production.as_str());
    Ok(member.reply.page(sheet(&member, &form).await?))
}

/// What each line would become.
#[handler]
pub(crate) async fn preview(member: Member, form: Form) -> Result<Response, Problem> {
    plan(&member, form).await
}

/// The form again, with the text of a preview.
#[handler]
pub(crate) async fn change(member: Member, form: Form) -> Result<Response, Problem> {
    Ok(Reply::again(&form, sheet(&member, &form).await?))
}

/// Makes entries of the confirmed lines, all or none.
#[handler]
pub(crate) async fn confirm(member: Member, form: Form) -> Result<Response, Problem> {
    let made = match confirmed(&form).into_import() {
        Ok((source, choices)) => {
            let made = member.kagi().entries().import(member.actor(), &source, &choices).await;
            made.map(|made| (source.project, source.environment, made)).map_err(in_words)
        }
        Err(invalid) => Err(invalid.into()),
    };
    match made {
        Ok((project, environment, made)) => Ok(Reply::to(&done_path(&project, environment, &made))),
        Err(problem) => plan(&member, refused(form, problem)?).await,
    }
}

/// Where an import went, and the moments of its first and its last entry.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Done {
    name: String,
    environment: String,
    from: String,
    to: String,
    new: String,
}

/// What an import made, as far as it is still there.
#[handler]
pub(crate) async fn done(member: Member, Query(done): Query<Done>) -> Result<Response, Problem> {
    let moment = |text: &str| text.parse().ok().map(Timestamp::from_millis);
    let place = (done.name.parse::<ProjectName>().ok()).zip(Environment::from_text(&done.environment));
    let (Some((project, environment)), Some((from, to))) = (place, moment(&done.from).zip(moment(&done.to)))
    else {
        return Ok(Reply::to("/import"));
    };
    let query = EntryQuery {
        project: Some(project.clone()),
        environment: Some(environment),
        ..EntryQuery::default()
    };
    // An import makes no more entries than it has lines, and the newest come first.
    let limit = PageLimit::new(IMPORTED_LINES as u64).unwrap_or_default();
    let found =
        member.kagi().entries().list(member.actor(), query, &PageRequest { limit, after: None }).await?;
    let own = |at: Timestamp| from <= at && at <= to;
    let made: Vec<_> = found.items.into_iter().filter(|listing| own(listing.entry.created_at)).collect();
    let page = page::done(&project, environment, &made, done.new.parse().unwrap_or(0));
    Ok(member.reply.page(shell(&member, "Imported").page(&page)))
}

/// The preview of what was typed; while that cannot be read, the form.
pub(super) async fn plan(member: &Member, form: Form) -> Result<Response, Problem> {
    let planned = match draft(&form).into_source() {
        Ok(source) => {
            let lines = member.kagi().entries().plan_import(member.actor(), &source).await;
            lines.map(|lines| (source, lines)).map_err(Problem::from)
        }
        Err(invalid) => Err(invalid.into()),
    };
    let problem = match planned {
        Ok((source, lines)) if !lines.is_empty() => {
            let page = page::preview(&form, &source, &lines);
            return Ok(Reply::again(&form, shell(member, "Preview").page(&page)));
        }
        Ok(_) => Invalid::field("content", "There is no line in it: paste a file.").into(),
        Err(problem) => problem,
    };
    let form = refused(form, problem)?;
    Ok(Reply::again(&form, sheet(member, &form).await?))
}

async fn sheet(member: &Member, form: &Form) -> Result<maud::Markup, Problem> {
    let projects = member.kagi().entries().project_names(member.actor()).await?;
    Ok(member.keys("Import", up(None)).page(&page::form(form, &projects)))
}

/// The frame of a page after the form.
fn shell(member: &Member, title: &str) -> Shell {
    let own = Crumb("Import".to_owned(), "/import".to_owned());
    member.keys(title, up(None).into_iter().chain([own]).collect())
}

fn draft(form: &Form) -> ImportPreviewDraft {
    ImportPreviewDraft {
        content: content(form),
        project_name: typed(form, "projectName"),
        environment: typed(form, "environment"),
    }
}

fn confirmed(form: &Form) -> ImportDraft {
    let ImportPreviewDraft { content, project_name, environment } = draft(form);
    let choices = Raw::Given(form.all("choices").map(str::to_owned).collect());
    ImportDraft { content, project_name, environment, choices }
}

fn content(form: &Form) -> Raw<SecretText> {
    Raw::Given(SecretText::new(form.value("content").to_owned()))
}

/// A category that went is no reason to say that the page is not there.
fn in_words(error: EntryError) -> Problem {
    match error {
        EntryError::CategoryNotFound => Problem::new(
            Code::VersionConflict,
            "A category that lines were to go to was deleted in the meantime. Look at the preview again.",
        ),
        other => other.into(),
    }
}

/// The page of what was made. Its address says where and when, nothing of the values.
fn done_path(project: &ProjectName, environment: Environment, made: &Imported) -> String {
    let times = || made.entries.iter().map(|listing| listing.entry.created_at.as_millis());
    format!(
        "/import/done?name={}&environment={}&from={}&to={}&new={}",
        escape(project.as_str()),
        environment.as_str(),
        times().min().unwrap_or(0),
        times().max().unwrap_or(0),
        made.new_categories
    )
}
