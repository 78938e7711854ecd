//! A file in its tab: closed, opened by request, deleted.

use kagi_domain::{
    model::env_project::{EnvProjectListing, FileType},
    services::env_projects::EnvProjectError,
};
use poem::{Response, handler, web::Path};

use crate::{
    problem::Problem,
    web::{
        handle::envs::{at, below, edit, home, project_id, there},
        page::{
            ask::Ask,
            envs::{file as page, file_path, project, project_path},
        },
        part::{Flash, Nav, Shell},
        visit::{Member, Reply},
    },
};

/// A project at its first file that is there.
#[handler]
pub(crate) async fn first(member: Member, Path(id): Path<String>) -> Result<Response, Problem> {
    let listing = member.kagi().env_projects().get(member.actor(), project_id(&id)?).await?;
    let file_type = listing.files.first().map_or(FileType::Env, |file| file.file_type);
    Ok(tab(&member, &listing, file_type))
}

/// A project at one of its files; the editor makes one that is not there.
#[handler]
pub(crate) async fn show(member: Member, Path(path): Path<(String, String)>) -> Result<Response, Problem> {
    let (listing, file_type) = at(&member, &path).await?;
    Ok(tab(&member, &listing, file_type))
}

fn tab(member: &Member, listing: &EnvProjectListing, file_type: FileType) -> Response {
    let file = match listing.file(file_type) {
        Some(file) => page::closed(file, member.now()),
        None => edit::blank(member, listing, file_type),
    };
    member.reply.page(shell(member, listing).page(&project::project(listing, file_type, &file)))
}

/// The frame of a project's page.
pub(super) fn shell(member: &Member, listing: &EnvProjectListing) -> Shell {
    Shell { crumbs: vec![home()], ..member.shell(Nav::Envs, listing.project.name.as_str()) }
}

/// Reveals a file into the editor, on a page that nobody keeps.
#[handler]
pub(crate) async fn open(member: Member, Path(path): Path<(String, String)>) -> Result<Response, Problem> {
    let (listing, file_type) = at(&member, &path).await?;
    let file = listing.file(file_type).ok_or(EnvProjectError::FileNotFound)?;
    let revealed = member.kagi().env_projects().reveal(member.actor(), file.place()).await?;
    let editor = edit::stored(&member, &listing, &revealed);
    let file = page::open(file, member.now(), &editor);
    Ok(Reply::disclosure(shell(&member, &listing).page(&project::project(&listing, file_type, &file))))
}

/// What is answered to a form only has no page of its own; its address leads to the file.
#[handler]
pub(crate) async fn back(member: Member, Path(path): Path<(String, String)>) -> Result<Response, Problem> {
    let (listing, file_type) = at(&member, &path).await?;
    Ok(Reply::to(&file_path(listing.project.id, file_type)))
}

/// "Are you sure?"
#[handler]
pub(crate) async fn ask_delete(
    member: Member,
    Path(path): Path<(String, String)>,
) -> Result<Response, Problem> {
    let (project, file) = there(&member, &path).await?;
    let (name, path) = (file.file_type.file_name(), file_path(project.id, file.file_type));
    let page = Ask {
        title: format!("Delete {name} of {}?", project.name),
        text: maud::html! { "Every version of it will be deleted. This cannot be undone." },
        action: &format!("{path}/delete"),
        button: "Delete file",
        back: &path,
    };
    Ok(member.reply.page(below(&member, "Delete file", &project).page(&page.draw())))
}

/// Deletes a file. One that is gone already is what was wanted.
#[handler]
pub(crate) async fn delete(member: Member, Path(path): Path<(String, String)>) -> Result<Response, Problem> {
    let (listing, file_type) = at(&member, &path).await?;
    let home = project_path(listing.project.id);
    let Some(file) = listing.file(file_type) else { return Ok(member.reply.say(Flash::FileGone, &home)) };
    match member.kagi().env_projects().delete_file(member.actor(), file.place()).await {
        Ok(()) | Err(EnvProjectError::FileNotFound) => Ok(member.reply.say(Flash::FileGone, &home)),
        Err(error) => Err(error.into()),
    }
}
