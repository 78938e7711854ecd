//! Env projects: the grid, making, changing and deleting them. Their files are `file`'s and the others'.

pub(crate) mod compare;
pub(crate) mod download;
pub(crate) mod edit;
pub(crate) mod file;
pub(crate) mod generate;
pub(crate) mod history;
pub(crate) mod import;

use kagi_domain::{
    fields::{Fields, Invalid},
    ids::EnvProjectId,
    model::{
        Patch,
        env_project::{EnvFile, EnvProject, EnvProjectListing, EnvProjectPatch, FileType, NewEnvProject},
    },
    services::env_projects::EnvProjectError,
    text::{Description, ProjectName},
};
use maud::Markup;
use poem::{
    Response, handler,
    web::{Path, Query},
};

use crate::{
    problem::Problem,
    web::{
        handle::{CARDS, ListQuery, begun, caught_up, refused, search_refused, seen},
        page::{
            ask::Ask,
            envs::{form as sheet, grid, project as page, project_path},
        },
        part::{Crumb, Flash, Form, Nav, Shell},
        visit::{Member, Reply},
    },
};

/// The grid.
#[handler]
pub(crate) async fn list(member: Member, Query(query): Query<ListQuery>) -> Result<Response, Problem> {
    let (projects, shell) = (member.kagi().env_projects(), member.shell(Nav::Envs, "Env files"));
    match projects.list(member.actor(), Some(&query.search), &query.page(CARDS)?).await {
        Ok(found) => {
            let page = grid::grid(&found, &query.search, query.is_first(), member.now());
            Ok(member.reply.page(shell.page(&page)))
        }
        Err(error) => {
            let page = grid::refused(&query.search, &search_refused(error)?);
            Ok(Reply::unsearched(shell.page(&page)))
        }
    }
}

/// The form of a new project.
#[handler]
pub(crate) async fn new_form(member: Member) -> Result<Response, Problem> {
    let page = form_page(&member, &Form::new(), None).await?;
    Ok(member.reply.page(page))
}

/// Makes a project.
#[handler]
pub(crate) async fn create(member: Member, form: Form) -> Result<Response, Problem> {
    let projects = member.kagi().env_projects();
    let made = match read(&form) {
        Ok((name, description)) => {
            let new = NewEnvProject { name, description };
            projects.create(member.actor(), new).await.map_err(Problem::from)
        }
        Err(invalid) => Err(invalid.into()),
    };
    match made {
        Ok(listing) => Ok(member.reply.say(Flash::ProjectMade, &project_path(listing.project.id))),
        Err(problem) => {
            let form = refused(form, problem)?;
            Ok(Reply::again(&form, form_page(&member, &form, None).await?))
        }
    }
}

/// The form of a project that is there.
#[handler]
pub(crate) async fn edit_form(member: Member, Path(id): Path<String>) -> Result<Response, Problem> {
    let project = member.kagi().env_projects().get(member.actor(), project_id(&id)?).await?.project;
    let page = form_page(&member, &stored(&project), Some(&project)).await?;
    Ok(member.reply.page(page))
}

/// Changes a project.
#[handler]
pub(crate) async fn update(member: Member, Path(id): Path<String>, form: Form) -> Result<Response, Problem> {
    let (projects, id) = (member.kagi().env_projects(), project_id(&id)?);
    let saved = match read(&form) {
        Ok((name, description)) => {
            let patch = EnvProjectPatch {
                name: Some(name),
                description: Patch::set_or_clear(description),
                seen: seen(&form),
            };
            projects.update(member.actor(), id, patch).await.map_err(Problem::from)
        }
        Err(invalid) => Err(invalid.into()),
    };
    let Err(problem) = saved else {
        return Ok(member.reply.say(Flash::ProjectSaved, &project_path(id)));
    };
    let project = projects.get(member.actor(), id).await?.project;
    let form = caught_up(refused(form, problem)?, project.revision);
    Ok(Reply::again(&form, form_page(&member, &form, Some(&project)).await?))
}

/// "Are you sure?", with what goes too.
#[handler]
pub(crate) async fn ask_delete(member: Member, Path(id): Path<String>) -> Result<Response, Problem> {
    let listing = member.kagi().env_projects().get(member.actor(), project_id(&id)?).await?;
    let path = project_path(listing.project.id);
    let page = Ask {
        title: format!("Delete the project “{}”?", listing.project.name),
        text: page::losses(&listing),
        action: &format!("{path}/delete"),
        button: "Delete project",
        back: &path,
    };
    Ok(member.reply.page(below(&member, "Delete project", &listing.project).page(&page.draw())))
}

/// Deletes a project. One that is gone already is what was wanted.
#[handler]
pub(crate) async fn delete(member: Member, Path(id): Path<String>) -> Result<Response, Problem> {
    match member.kagi().env_projects().delete(member.actor(), project_id(&id)?).await {
        Ok(()) | Err(EnvProjectError::NotFound) => Ok(member.reply.say(Flash::ProjectGone, "/envs")),
        Err(error) => Err(error.into()),
    }
}

async fn form_page(member: &Member, form: &Form, project: Option<&EnvProject>) -> Result<Markup, Problem> {
    let names = member.kagi().entries().project_names(member.actor()).await?;
    let path = project.map(|project| project_path(project.id));
    let page = sheet::form(form, path.as_deref(), &names);
    let shell = match project {
        Some(project) => below(member, "Edit project", project),
        None => Shell { crumbs: vec![home()], ..member.shell(Nav::Envs, "New project") },
    };
    Ok(shell.page(&page))
}

fn read(form: &Form) -> Result<(ProjectName, Option<Description>), Invalid> {
    let mut fields = Fields::new();
    let name = fields.take("name", form.value("name").parse());
    let description = fields.take("description", Description::parse(form.value("description")));
    fields.finish(name.zip(description))
}

fn stored(project: &EnvProject) -> Form {
    let description = project.description.as_ref().map_or("", |text| text.as_str());
    begun(Form::new(), project.revision).with("name", project.name.as_str()).with("description", description)
}

fn home() -> Crumb {
    Crumb("Env files".to_owned(), "/envs".to_owned())
}

/// The frame of a page below a project's.
fn below(member: &Member, title: &str, project: &EnvProject) -> Shell {
    let own = Crumb(project.name.to_string(), project_path(project.id));
    Shell { crumbs: vec![home(), own], ..member.shell(Nav::Envs, title) }
}

/// Reads an id from an address; one that cannot be is not there.
pub(super) fn project_id(text: &str) -> Result<EnvProjectId, Problem> {
    text.parse().map_err(|_| EnvProjectError::NotFound.into())
}

/// Reads what an address says of a file: its project, and which one it is.
async fn at(
    member: &Member,
    (id, file_type): &(String, String),
) -> Result<(EnvProjectListing, FileType), Problem> {
    let file_type = file_type.parse().map_err(|_| EnvProjectError::FileNotFound)?;
    Ok((member.kagi().env_projects().get(member.actor(), project_id(id)?).await?, file_type))
}

/// The same, of a file that has to be there.
async fn there(member: &Member, path: &(String, String)) -> Result<(EnvProject, EnvFile), Problem> {
    let (listing, file_type) = at(member, path).await?;
    let file = listing.file(file_type).cloned().ok_or(EnvProjectError::FileNotFound)?;
    Ok((listing.project, file))
}
