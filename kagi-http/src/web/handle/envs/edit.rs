//! A file in the editor: saving it, a generated secret in it, and what there is to say about it.

use kagi_domain::{
    dotenv::{Document, Edit, LineEnds, shown},
    model::env_project::{EnvProjectListing, FileType},
    secret::SecretText,
    services::env_projects::{EditBase, EnvFileEdit, EnvProjectError, RevealedEnvFile},
};
use maud::{Markup, html};
use poem::{Response, handler, http::StatusCode, web::Path};

use crate::{
    body::Text,
    draft::SecretLineDraft,
    problem::Problem,
    web::{
        handle::{
            envs::{at, file::shell},
            refused,
        },
        page::envs::{
            conflict, file as page, file_path,
            generate::{Panel, Told},
            project,
        },
        part::{
            Editor, Flash, Form, Who,
            editor::{begun, fields},
            remarks,
        },
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
    let edit = EnvFileEdit { file_type, edit: typed(&form), base: begun(&form) };
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
pub(crate) fn check(_member: Member, Text(text): Text) -> Response {
    Reply::disclosure(remarks::list(&Document::read(&text).diagnostics()))
}

/// The editor again with what was typed.
async fn again(member: &Member, path: &(String, String), form: &Form) -> Result<Response, Problem> {
    let (listing, file_type) = at(member, path).await?;
    Ok(Reply::disclosure(unsaved(member, &listing, file_type, form, &Told::Nothing)))
}

/// The page with a text in the editor that is stored nowhere.
pub(super) fn unsaved(
    member: &Member,
    listing: &EnvProjectListing,
    file_type: FileType,
    form: &Form,
    told: &Told,
) -> Markup {
    let text = SecretText::new(form.value("content").to_owned());
    let desk = Desk { member, listing, file_type };
    let editor = desk.editor(form, &text, Some(told));
    let file = match listing.file(file_type) {
        Some(file) => page::open(file, member.now(), &editor),
        None => page::absent(file_type, &editor),
    };
    shell(member, listing).page(&project::project(listing, file_type, &file))
}

/// Both texts: what was typed stays in the editor, based on what is there now.
async fn meet(member: &Member, path: &(String, String), form: &Form) -> Result<Response, Problem> {
    let (listing, file_type) = at(member, path).await?;
    let theirs = match listing.file(file_type) {
        Some(file) => Some(member.kagi().env_projects().reveal(member.actor(), file.place()).await?),
        None => None,
    };
    let mine = SecretText::new(form.value("content").to_owned());
    let current = theirs.as_ref().map_or(NOTHING, read);
    let none = SecretText::new(String::new());
    let base = theirs.as_ref().map_or(&none, |theirs| &theirs.content);
    let fresh = fields(&mine, base, current).with("prompt", form.value("prompt"));
    let desk = Desk { member, listing: &listing, file_type };
    let editor = desk.editor(&fresh, &mine, Some(&Told::Nothing));
    let page = conflict::conflict(file_type.file_name(), begun(form), theirs.as_ref(), &mine, &editor);
    let page = project::project(&listing, file_type, &page);
    let mut response = Reply::disclosure(shell(member, &listing).page(&page));
    response.set_status(StatusCode::CONFLICT);
    Ok(response)
}

/// The base of a text whose file is not there.
const NOTHING: EditBase = EditBase { version: 0, file: None };

/// The base of a text that was revealed.
fn read(revealed: &RevealedEnvFile) -> EditBase {
    EditBase { version: revealed.version, file: Some(revealed.id) }
}

/// The editor of a file that is not there yet.
pub(super) fn blank(member: &Member, listing: &EnvProjectListing, file_type: FileType) -> Markup {
    let none = SecretText::new(String::new());
    let form = fields(&none, &none, NOTHING);
    page::absent(file_type, &Desk { member, listing, file_type }.editor(&form, &none, None))
}

/// The editor of a file that was revealed.
pub(super) fn stored(
    member: &Member,
    listing: &EnvProjectListing,
    revealed: &RevealedEnvFile,
    generates: bool,
) -> Markup {
    let form = fields(&shown(&revealed.content), &revealed.content, read(revealed));
    let form = form.with("generate", if generates { "yes" } else { "" });
    let desk = Desk { member, listing, file_type: revealed.file_type };
    desk.editor(&form, &revealed.content, None)
}

/// Where a file is worked on.
struct Desk<'a> {
    member: &'a Member,
    listing: &'a EnvProjectListing,
    file_type: FileType,
}

impl Desk<'_> {
    /// The editor with a text; `told` is what there is to tell of one that is stored nowhere.
    fn editor(&self, form: &Form, text: &SecretText, told: Option<&Told>) -> Markup {
        let path = file_path(self.listing.project.id, self.file_type);
        let (kagi, label) = (self.member.kagi(), self.file_type.file_name());
        let who = Who { email: self.member.email(), passwords: kagi.policy().passwords };
        let engine = &kagi.composer().usual_engine();
        let shown = told.unwrap_or(&Told::Nothing);
        let panel = &Panel { form, path: &path, file: label, engine, told: shown }.draw();
        let remarks = &Document::read(text).diagnostics();
        Editor { form, path: &path, label, remarks, panel, unsaved: told.is_some(), who }.draw()
    }
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
