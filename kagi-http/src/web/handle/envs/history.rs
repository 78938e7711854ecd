//! The history of a file: look, compare, bring back, delete for good.

use kagi_domain::{
    fields::Invalid,
    model::env_project::{EnvFile, EnvProject},
    paging::PageRequest,
    services::env_projects::EnvProjectError,
};
use maud::Markup;
use poem::{
    Response, handler,
    web::{Path, Query},
};
use serde::Deserialize;

use crate::{
    problem::Problem,
    web::{
        handle::{
            envs::{below, there},
            refused,
        },
        page::{
            ask::Ask,
            envs::{
                compare::Compared,
                difference::{Pair, Words},
                file_path, history as page,
            },
            history::losses,
        },
        part::{Crumb, Flash, Form, Shell},
        visit::{Member, Reply},
    },
};

/// What the address of a version says.
type Version = (String, String, String);

/// What the address of a history says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    undo: Option<String>,
}

/// The versions.
#[handler]
pub(crate) async fn show(
    member: Member,
    Path(path): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let (project, file) = there(&member, &path).await?;
    let undo = asked.undo.as_deref().map(number);
    Ok(member.reply.page(whole(&member, &project, &file, &Form::new(), undo).await?))
}

/// What is answered to a form only has no page of its own.
#[handler]
pub(crate) async fn back(member: Member, Path(path): Path<(String, String)>) -> Result<Response, Problem> {
    let (_, file) = there(&member, &path).await?;
    Ok(Reply::to(&home(&file)))
}

/// As [`back`], from a version.
#[handler]
pub(crate) async fn back_from(
    member: Member,
    Path((id, file_type, _)): Path<Version>,
) -> Result<Response, Problem> {
    let (_, file) = there(&member, &(id, file_type)).await?;
    Ok(Reply::to(&home(&file)))
}

/// Reveals a version on a page that nobody keeps.
#[handler]
pub(crate) async fn reveal(
    member: Member,
    Path((id, file_type, wanted)): Path<Version>,
) -> Result<Response, Problem> {
    let (project, file) = there(&member, &(id, file_type)).await?;
    let projects = member.kagi().env_projects();
    let revealed = projects.reveal_version(member.actor(), file.place(), number(&wanted)).await?;
    let shell = under(&member, &format!("Version {}", revealed.version), &project, &file);
    Ok(Reply::disclosure(shell.page(&page::version(&project, &revealed, &home(&file)))))
}

/// Reveals two versions, each with an event of its own, and tells by name what changed.
#[handler]
pub(crate) async fn compare(
    member: Member,
    Path(path): Path<(String, String)>,
    form: Form,
) -> Result<Response, Problem> {
    let (project, file) = there(&member, &path).await?;
    let [one, other] = ["one", "other"].map(|side| number(form.value(side)));
    if one == other {
        let invalid = Invalid::field("other", "Choose two different versions.");
        let form = refused(form, invalid)?;
        let page = whole(&member, &project, &file, &form, None).await?;
        return Ok(Reply::again(&form, page));
    }
    let projects = member.kagi().env_projects();
    let older = projects.reveal_version(member.actor(), file.place(), one.min(other)).await?;
    let newer = projects.reveal_version(member.actor(), file.place(), one.max(other)).await?;
    let [one, other] = [&older, &newer].map(|each| each.version.to_string());
    let names = [&one, &other].map(|number| format!("version {number}"));
    let compared = Compared {
        pair: Pair {
            before: (&names[0], &older.content),
            after: (&names[1], &newer.content),
            words: Words::InTime,
            shown: form.filled("show").is_some(),
        },
        action: &format!("{}/compare", file_path(project.id, file.file_type)),
        sides: [&one, &other],
        back: &home(&file),
    };
    let shell = under(&member, "Compare", &project, &file);
    Ok(Reply::disclosure(shell.page(&compared.draw())))
}

/// Makes an earlier text the current one. It is a new version, so it can be taken back the same way.
#[handler]
pub(crate) async fn restore(
    member: Member,
    Path((id, file_type, wanted)): Path<Version>,
) -> Result<Response, Problem> {
    let (_, file) = there(&member, &(id, file_type)).await?;
    let projects = member.kagi().env_projects();
    let saved = projects.restore(member.actor(), file.place(), number(&wanted)).await?.file;
    let before = saved.version.saturating_sub(1);
    Ok(member.reply.say(Flash::FileRestored, &format!("{}?undo={before}", home(&file))))
}

/// "Are you sure?"
#[handler]
pub(crate) async fn ask_purge(
    member: Member,
    Path((id, file_type, wanted)): Path<Version>,
) -> Result<Response, Problem> {
    let (project, file) = there(&member, &(id, file_type)).await?;
    let number = number(&wanted);
    let versions = member.kagi().env_projects().versions(member.actor(), file.place(), &all()).await?.items;
    if file.version == number {
        return Err(EnvProjectError::CurrentVersion.into());
    }
    versions.iter().find(|version| version.number == number).ok_or(EnvProjectError::VersionNotFound)?;
    let page = Ask {
        title: format!("Delete version {number} for good?"),
        text: losses(),
        action: &format!("{}/versions/{number}/purge", file_path(project.id, file.file_type)),
        button: "Delete version",
        back: &home(&file),
    };
    Ok(member.reply.page(under(&member, "Delete version", &project, &file).page(&page.draw())))
}

/// Deletes a version for good. One that is gone already is what was wanted.
#[handler]
pub(crate) async fn purge(
    member: Member,
    Path((id, file_type, wanted)): Path<Version>,
) -> Result<Response, Problem> {
    let (_, file) = there(&member, &(id, file_type)).await?;
    let projects = member.kagi().env_projects();
    match projects.purge_version(member.actor(), file.place(), number(&wanted)).await {
        Ok(()) | Err(EnvProjectError::VersionNotFound) => {
            Ok(member.reply.say(Flash::VersionGone, &home(&file)))
        }
        Err(error) => Err(error.into()),
    }
}

async fn whole(
    member: &Member,
    project: &EnvProject,
    file: &EnvFile,
    form: &Form,
    undo: Option<u32>,
) -> Result<Markup, Problem> {
    let versions = member.kagi().env_projects().versions(member.actor(), file.place(), &all()).await?.items;
    let path = file_path(project.id, file.file_type);
    let undo = undo.map(|number| format!("{path}/versions/{number}/restore"));
    let shell = Shell { undo, ..with_file(member, "History", project, file) };
    Ok(shell.page(&page::history(project, file, &versions, form, member.now())))
}

fn with_file(member: &Member, title: &str, project: &EnvProject, file: &EnvFile) -> Shell {
    let mut shell = below(member, title, project);
    let path = file_path(project.id, file.file_type);
    shell.crumbs.push(Crumb(file.file_type.file_name().to_owned(), path));
    shell
}

fn under(member: &Member, title: &str, project: &EnvProject, file: &EnvFile) -> Shell {
    let mut shell = with_file(member, title, project, file);
    shell.crumbs.push(Crumb("History".to_owned(), home(file)));
    shell
}

fn home(file: &EnvFile) -> String {
    format!("{}/history", file_path(file.project, file.file_type))
}

/// What is no number is a version that is never there.
fn number(text: &str) -> u32 {
    text.parse().unwrap_or(0)
}

/// As many as are kept.
fn all() -> PageRequest {
    PageRequest::default()
}
