//! A value as a file.

use kagi_domain::{secret::SecretText, services::entries::EntryError, text::EnvVarName};
use poem::{Response, handler, http::header, web::Path};

use crate::{
    problem::Problem,
    web::{
        handle::entries::entry_id,
        page::entry::{filled, names},
        part::Form,
        visit::Member,
    },
};

/// Reveals one variable's value as a text file of exactly its bytes, named after the variable. Whoever
/// asks for a variable that the entry does not fill reveals nothing.
#[handler]
pub(crate) async fn download(
    member: Member,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Problem> {
    let (entries, id) = (member.kagi().entries(), entry_id(&id)?);
    let listing = entries.get(member.actor(), id).await?;
    let wanted = names(&listing).into_iter().find(|name| name.as_str() == form.value("name"));
    let wanted = wanted.ok_or(EntryError::NotFound)?;
    let revealed = entries.reveal(member.actor(), id).await?;
    let value = filled(&revealed).into_iter().find(|(name, _)| *name == wanted);
    let (_, text) = value.ok_or(EntryError::NotFound)?;
    Ok(attachment(wanted, text))
}

/// Names of variables are letters, digits and underscores, so they need no quoting.
fn attachment(name: &EnvVarName, text: &SecretText) -> Response {
    Response::builder()
        .content_type("text/plain; charset=utf-8")
        .header(header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}.txt\""))
        // EXPOSE: this is the file that the person asked for.
        .body(text.expose().to_owned())
}
