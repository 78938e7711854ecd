//! A file in the editor: saving it, a generated secret in it, and what there is to say about it.

use kagi_domain::{
    dotenv::{Document, Edit, LineEnds, shown},
    model::env_project::{EnvProjectListing, FileType},
    secret::SecretText,
    services::env_projects::{EnvFileEdit, EnvProjectError, RevealedEnvFile},
};
use maud::{Markup, html};
use poem::{Response, handler, http::StatusCode, web::Path};

use crate::{
    draft::SecretLineDraft,
    problem::Problem,
    web::{
        handle::{
            envs::{at, file::shell},
            refused,
        },
        page::envs::{conflict, file as page, file_path, project},
        part::{Editor, Flash, Form, Who, editor::fields, remarks},
        visit::{Member, Reply},
    },
};

/// Saves what was typed, with the line ends that the file has. Who began with another version than the current one sees
/// both texts.
#[handler]
pub(crate) async fn save(
    member: Member,
    Path(path): Path<(String, String)>,
    form: Form,
) -> Result<Response, Problem> {
    let (listing, file_type) = at(&member, &path).await?;
    let projects = member.kagi().env_projects();
    // What is no number is a version that is never there.
    let base_version = form.value("baseVersion").parse().unwrap_or(u32::MAX);
    let edit = EnvFileEdit { file_type, edit: typed(&form), base_version };
    match projects.save_edit(member.actor(), listing.project.id, edit).await {
        Ok(_) => Ok(member.reply.say(Flash::FileSaved, &file_path(listing.project.id, file_type))),
        Err(EnvProjectError::VersionConflict) => meet(&member, &path, &form).await,
        Err(error) => {
            let form = refused(form, error)?;
            let mut response = again(&member, &path, &form).await?;
            response.set_status(form.status());
            Ok(response)
        }
    }
}

/// Adds a line with a fresh secret to the text in the editor. Nothing is saved.
#[handler]
pub(crate) async fn insert(
    member: Member,
    Path(path): Path<(String, String)>,
    form: Form,
) -> Result<Response, Problem> {
    let form = match secret_line(&member, &form) {
        Ok(fresh) => {
            let typed = form.value("content");
            let gap = if typed.is_empty() || typed.ends_with('\n') { "" } else { "\n" };
            // EXPOSE: the line goes into the editor of whoever asked for it.
            let content = format!("{typed}{gap}{}\n", fresh.expose());
            form.replace("secretName", "").replace("content", content)
        }
        Err(problem) => refused(form, problem)?,
    };
    again(&member, &path, &form).await
}

/// A line with a fresh secret, for the script. Nothing is saved.
#[handler]
pub(crate) fn line(member: Member, form: Form) -> Response {
    let page = match secret_line(&member, &form) {
        // EXPOSE: the line goes into the editor of whoever asked for it.
        Ok(fresh) => html! { code id="line" { (fresh.expose()) } },
        Err(problem) => {
            let told = problem.fields.first().map_or(&*problem.message, |error| error.message.as_str());
            html! { p.notice { (told) } }
        }
    };
    Reply::disclosure(page)
}

fn secret_line(member: &Member, form: &Form) -> Result<SecretText, Problem> {
    let draft = ["secretName", "format", "bytes"].map(|name| form.value(name).to_owned());
    let (name, recipe) = SecretLineDraft::new(draft).into_line()?;
    let secret = member.kagi().generate(recipe);
    // EXPOSE: every spelling of a secret is read alike by all parsers without quotes.
    Ok(SecretText::new(format!("{name}={}", secret.expose())))
}

/// What there is to say about a text that somebody is typing. It is stored nowhere.
#[handler]
pub(crate) fn check(_member: Member, text: String) -> Response {
    let text = SecretText::new(text);
    Reply::disclosure(remarks::list(&Document::read(&text).diagnostics()))
}

/// The editor again with what was typed.
async fn again(member: &Member, path: &(String, String), form: &Form) -> Result<Response, Problem> {
    let (listing, file_type) = at(member, path).await?;
    let text = SecretText::new(form.value("content").to_owned());
    let editor = editor(member, &listing, file_type, form, &text, true);
    let file = match listing.file(file_type) {
        Some(file) => page::open(file, member.now(), &editor),
        None => page::absent(file_type, &editor),
    };
    Ok(Reply::disclosure(shell(member, &listing).page(&project::project(&listing, file_type, &file))))
}

/// Both texts: what was typed stays in the editor, based on what is there now.
async fn meet(member: &Member, path: &(String, String), form: &Form) -> Result<Response, Problem> {
    let (listing, file_type) = at(member, path).await?;
    let theirs = match listing.file(file_type) {
        Some(file) => Some(member.kagi().env_projects().reveal(member.actor(), file.place()).await?),
        None => None,
    };
    let mine = SecretText::new(form.value("content").to_owned());
    let current = theirs.as_ref().map_or(0, |theirs| theirs.version);
    let none = SecretText::new(String::new());
    let base = theirs.as_ref().map_or(&none, |theirs| &theirs.content);
    let fresh = fields(&mine, base, current);
    let editor = editor(member, &listing, file_type, &fresh, &mine, true);
    let page =
        conflict::conflict(file_type.file_name(), form.value("baseVersion"), theirs.as_ref(), &mine, &editor);
    let page = project::project(&listing, file_type, &page);
    let mut response = Reply::disclosure(shell(member, &listing).page(&page));
    response.set_status(StatusCode::CONFLICT);
    Ok(response)
}

/// The editor of a file that is not there yet.
pub(super) fn blank(member: &Member, listing: &EnvProjectListing, file_type: FileType) -> Markup {
    let none = SecretText::new(String::new());
    let form = fields(&none, &none, 0);
    page::absent(file_type, &editor(member, listing, file_type, &form, &none, false))
}

/// The editor of a file that was revealed.
pub(super) fn stored(member: &Member, listing: &EnvProjectListing, revealed: &RevealedEnvFile) -> Markup {
    let form = fields(&shown(&revealed.content), &revealed.content, revealed.version);
    editor(member, listing, revealed.file_type, &form, &revealed.content, false)
}

fn editor(
    member: &Member,
    listing: &EnvProjectListing,
    file_type: FileType,
    form: &Form,
    text: &SecretText,
    unsaved: bool,
) -> Markup {
    let path = file_path(listing.project.id, file_type);
    let who = Who { email: member.email(), passwords: member.kagi().policy().passwords };
    let remarks = &Document::read(text).diagnostics();
    Editor { form, path: &path, label: file_type.file_name(), remarks, unsaved, who }.draw()
}

fn typed(form: &Form) -> Edit {
    let line_ends = match form.value("lineEnds") {
        "lf" => LineEnds::Lf,
        "crlf" => LineEnds::CrLf,
        _ => LineEnds::Kept,
    };
    let text = SecretText::new(form.value("content").to_owned());
    Edit { text, line_ends, bom: form.filled("bom").is_some() }
}
