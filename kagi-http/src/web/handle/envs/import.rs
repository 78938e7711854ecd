//! From a stored file to the preview of an import.

use kagi_domain::{dotenv::shown, model::entry::Environment};
use poem::{Response, handler, web::Path};

use crate::{
    problem::Problem,
    web::{
        handle::{envs::there, import},
        part::Form,
        visit::Member,
    },
};

/// Reveals a file into the preview of an import, which does not show its values. The reveal is in the trail.
#[handler]
pub(crate) async fn take(member: Member, Path(path): Path<(String, String)>) -> Result<Response, Problem> {
    let (project, file) = there(&member, &path).await?;
    let content = member.kagi().env_projects().reveal(member.actor(), file.place()).await?.content;
    let environment = file.file_type.environment().unwrap_or(Environment::Production);
    let form = Form::new()
        // EXPOSE: the text goes along in the preview's form, closed, to whoever may reveal the file.
        .with("content", shown(&content).expose())
        .with("projectName", project.name.as_str())
        .with("environment", environment.as_str());
    import::plan(&member, form).await
}
