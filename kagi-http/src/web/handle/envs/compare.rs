//! Two files of a project side by side.

use kagi_domain::{
    fields::Invalid,
    model::env_project::{EnvFile, EnvProjectListing},
};
use poem::{Response, handler, web::Path};

use crate::{
    problem::Problem,
    web::{
        handle::{
            envs::{below, project_id},
            refused,
        },
        page::envs::{
            compare::{self as page, Compared},
            difference::{Pair, Words},
            project_path,
        },
        part::Form,
        visit::{Member, Reply},
    },
};

/// The choice of two files.
#[handler]
pub(crate) async fn choose(member: Member, Path(id): Path<String>) -> Result<Response, Problem> {
    let listing = member.kagi().env_projects().get(member.actor(), project_id(&id)?).await?;
    let page = page::files(&listing, &Form::new(), None);
    Ok(member.reply.page(below(&member, "Compare files", &listing.project).page(&page)))
}

/// Reveals both files, each with an event of its own, and tells by name what is missing and what differs.
#[handler]
pub(crate) async fn compare(member: Member, Path(id): Path<String>, form: Form) -> Result<Response, Problem> {
    let projects = member.kagi().env_projects();
    let listing = projects.get(member.actor(), project_id(&id)?).await?;
    let shell = below(&member, "Compare files", &listing.project);
    let [Some(one), Some(other)] = ["one", "other"].map(|side| chosen(&listing, form.value(side))) else {
        return again(form, |form| shell.page(&page::files(&listing, form, None)));
    };
    if one.id == other.id {
        return again(form, |form| shell.page(&page::files(&listing, form, None)));
    }
    let before = projects.reveal(member.actor(), one.place()).await?.content;
    let after = projects.reveal(member.actor(), other.place()).await?.content;
    let path = project_path(listing.project.id);
    let compared = Compared {
        pair: Pair {
            before: (one.file_type.file_name(), &before),
            after: (other.file_type.file_name(), &after),
            words: Words::SideBySide,
            shown: form.filled("show").is_some(),
        },
        action: &format!("{path}/compare"),
        sides: [one.file_type.as_str(), other.file_type.as_str()],
        back: &format!("{path}/compare"),
    };
    Ok(Reply::disclosure(shell.page(&page::files(&listing, &form, Some(&compared)))))
}

fn chosen<'l>(listing: &'l EnvProjectListing, text: &str) -> Option<&'l EnvFile> {
    text.parse().ok().and_then(|file_type| listing.file(file_type))
}

fn again(form: Form, draw: impl Fn(&Form) -> maud::Markup) -> Result<Response, Problem> {
    let form = refused(form, Invalid::field("other", "Choose two different files that are there."))?;
    Ok(Reply::again(&form, draw(&form)))
}
