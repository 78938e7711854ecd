//! "AI generate" in the editor: what a model would see, what a file would hold, and what a person takes of it. Nothing
//! here saves anything, and the text in the editor goes along with each step.

use kagi_domain::{
    dotenv::MergeBase,
    fields::{FieldError, Invalid},
    model::env_project::{EnvProjectListing, FileType},
    secret::SecretText,
    services::composer::ComposeRequest,
};
use poem::{Response, handler, web::Path};

use crate::{
    draft::{ComposeDraft, Raw},
    problem::Problem,
    web::{
        handle::{
            envs::{at, edit},
            refused, typed,
        },
        page::envs::{
            generate::{Told, who},
            taken::{How, Taken},
        },
        part::{
            Form,
            plan::{Plan, left_out},
        },
        visit::{Member, Reply},
    },
};

/// One step: staying, an example into the prompt, what the model sees, the selection, taking it, or the way back.
#[handler]
pub(crate) async fn generate(
    member: Member,
    Path(path): Path<(String, String)>,
    form: Form,
) -> Result<Response, Problem> {
    let (listing, file_type) = at(&member, &path).await?;
    let desk = Desk { member: &member, listing: &listing, file_type };
    let step = form.value("step").to_owned();
    let (form, told) = match step.as_str() {
        "context" => desk.context(form).await?,
        "generate" | "offline" => desk.plan(form, step == "offline").await?,
        "merge" => desk.take(form, How::Merged).await?,
        "replace" => desk.take(form, How::Replaced).await?,
        "back" => swapped(form, How::Back),
        "again" => swapped(form, How::Again),
        "stay" => (form, Told::Nothing),
        _ => example(form),
    };
    Ok(Reply::again(&form, edit::unsaved(&member, &listing, file_type, &form, &told)))
}

/// What a step leaves: the form as it goes on, and what there is to tell.
type Step = Result<(Form, Told), Problem>;

struct Desk<'a> {
    member: &'a Member,
    listing: &'a EnvProjectListing,
    file_type: FileType,
}

impl Desk<'_> {
    async fn context(&self, form: Form) -> Step {
        let form = form.without("plan");
        let composer = self.member.kagi().composer();
        let told = match self.request(&form, false) {
            Ok(request) => composer.context(self.member.actor(), &request).await.map_err(Problem::from),
            Err(problem) => Err(problem),
        };
        match told {
            Ok(context) => Ok((form, Told::Context(context))),
            Err(problem) => Ok((refused_at(form, "prompt", problem)?, Told::Nothing)),
        }
    }

    /// What the file would hold. Nothing is decrypted.
    async fn plan(&self, form: Form, offline: bool) -> Step {
        let form = form.without("plan");
        let composer = self.member.kagi().composer();
        let planned = match self.request(&form, offline) {
            Ok(request) => composer.preview(self.member.actor(), &request).await.map_err(Problem::from),
            Err(problem) => Err(problem),
        };
        let form = match planned {
            Ok(plan) => Plan::new(&plan, who(&plan.engine)).into_form(form),
            Err(problem) => refused_at(form, "prompt", problem)?,
        };
        Ok((form, Told::Nothing))
    }

    /// Decrypts what is ticked, and nothing else, into the text of the editor.
    async fn take(&self, form: Form, how: How) -> Step {
        let before = SecretText::new(form.value("content").to_owned());
        let choice = Plan::of(&form).map(|plan| plan.chosen(&form));
        let Some(choice) = choice.filter(|choice| !choice.keys.is_empty() || !choice.secrets.is_empty())
        else {
            return no_taking(form, "Tick at least one of the variables.");
        };
        // Whether anything can be brought into the text is asked before anything is decrypted.
        let base = match how {
            How::Merged => MergeBase::read(&before).map(Some),
            How::Replaced | How::Back | How::Again => Ok(None),
        };
        let base = match base {
            Ok(base) => base,
            Err(unclosed) => {
                return no_taking(form, &format!("{unclosed} Close the quote, or replace the file."));
            }
        };
        let taken = match self.member.kagi().composer().take(self.member.actor(), choice).await {
            Ok(taken) => taken,
            Err(error) => return Ok((refused_at(form, "pick", error)?, Told::Nothing)),
        };
        let after = match base {
            Some(base) => base.merged(&taken.content),
            None => taken.content,
        };
        let rejected = left_out(&taken.rejected);
        Ok(in_editor(form, Taken { how, before, after, rejected }))
    }

    fn request(&self, form: &Form, offline: bool) -> Result<ComposeRequest, Problem> {
        let draft = ComposeDraft {
            prompt: typed(form, "prompt"),
            project: Raw::Given(self.listing.project.name.to_string()),
            file_type: Raw::Given(self.file_type.as_str().to_owned()),
            preview: Raw::Absent,
            offline: Raw::Given(offline),
        };
        Ok(draft.into_request()?.request)
    }
}

/// Puts an example into the prompt. Nothing is asked yet.
fn example(form: Form) -> (Form, Told) {
    let example = form.value("example").to_owned();
    (form.replace("prompt", example).replace("generate", "yes"), Told::Nothing)
}

/// The text in the editor and that of before change places.
fn swapped(form: Form, how: How) -> (Form, Told) {
    let [before, after] = ["content", "before"].map(|name| SecretText::new(form.value(name).to_owned()));
    in_editor(form, Taken { how, before, after, rejected: Vec::new() })
}

fn in_editor(form: Form, taken: Taken) -> (Form, Told) {
    // EXPOSE: the text goes into the editor of whoever took it; the answer is not stored anywhere.
    let form = form.without("plan").replace("content", taken.after.expose());
    (form, Told::Taken(taken))
}

fn no_taking(form: Form, why: &str) -> Step {
    let invalid = Invalid::field("pick", why);
    Ok((refused_at(form, "pick", invalid)?, Told::Nothing))
}

/// Gives the form back with the reason at this field, whatever it is about.
fn refused_at(form: Form, field: &str, problem: impl Into<Problem>) -> Result<Form, Problem> {
    let mut problem = problem.into();
    if problem.fields.is_empty() {
        problem.fields.push(FieldError { field: field.to_owned(), message: problem.message.to_string() });
    }
    refused(form, problem)
}
