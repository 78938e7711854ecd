//! A file as a file: as it is stored, or written for one reader.

use kagi_domain::{
    dotenv::{Document, Target, rewrite},
    fields::Invalid,
    secret::SecretText,
};
use poem::{Response, handler, http::header, web::Path};

use crate::{
    problem::Problem,
    web::{
        handle::envs::{below, there},
        page::envs::{download as page, file_path},
        part::Form,
        visit::{Member, Reply},
    },
};

/// Reveals a file as a download: byte for byte, or for the reader that the form names. What that cannot be given is told
/// first.
#[handler]
pub(crate) async fn download(
    member: Member,
    Path(path): Path<(String, String)>,
    form: Form,
) -> Result<Response, Problem> {
    let (project, file) = there(&member, &path).await?;
    let target = form.filled("target").map(str::parse::<Target>).transpose();
    let target = target.map_err(|unknown| Invalid::field("target", unknown))?;
    let content = member.kagi().env_projects().reveal(member.actor(), file.place()).await?.content;
    let name = file.file_type.file_name();
    let Some(target) = target else { return Ok(attachment(name, &content)) };
    let told = rewrite(&Document::read(&content), target);
    let whole = told.written.refused.is_empty() && told.dropped.is_empty();
    if whole || form.filled("without").is_some() {
        return Ok(attachment(name, &told.written.text));
    }
    let page = page::refused(name, &file_path(project.id, file.file_type), target, &told);
    Ok(Reply::disclosure(below(&member, "Download", &project).page(&page)))
}

/// Names of files are letters and dots, so they need no quoting.
fn attachment(name: &str, text: &SecretText) -> Response {
    Response::builder()
        .content_type("text/plain; charset=utf-8")
        .header(header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\""))
        // EXPOSE: this is the file that the person asked for.
        .body(text.expose().to_owned())
}
