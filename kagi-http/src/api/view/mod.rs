//! What the API shows of the domain's things: its names, its spelling, nothing else.

mod access_key;
mod account;
mod actor;
mod audit;
mod category;
mod composed;
mod entry;
mod env_project;
mod export;
mod exposed;
mod generated;
mod import;
mod recovery_set;
mod reveal;
mod session;
mod version;

pub(super) use access_key::{AccessKeyView, IssuedKeyView};
pub(super) use account::{ListedSessionView, ProfileView};
pub(super) use category::CategoryView;
pub(super) use composed::{CompositionView, ContextView};
pub(super) use entry::EntryView;
pub(super) use env_project::{
    EnvFileView, EnvProjectDetailView, EnvProjectView, RevealedEnvFileView, SavedEnvFileView,
};
pub(super) use generated::GeneratedView;
pub(super) use import::{ImportPlanView, ImportedView};
pub(super) use recovery_set::{RecoverySetView, RevealedCodeView};
pub(super) use reveal::RevealView;
pub(super) use session::SessionView;
pub(super) use version::VersionView;
mod stats;

pub(super) use actor::ActorView;
pub(super) use audit::AuditEventView;
pub(super) use export::{ExportHeadView, ExportedEntryView};
pub(super) use stats::StatsView;

use kagi_domain::{services::env_projects::RevealedEnvFile, text::EnvVarName};

use super::plain::{Either, Plain, WantsText};

/// A revealed file as it is asked for.
pub(super) fn env_file(revealed: RevealedEnvFile, wants: &WantsText) -> Either<RevealedEnvFileView> {
    if wants.0 { Either::Text(Plain(revealed.content)) } else { Either::Json(revealed.into()) }
}

fn names(names: &[EnvVarName]) -> Vec<String> {
    names.iter().map(ToString::to_string).collect()
}

fn text(text: Option<&impl ToString>) -> Option<String> {
    text.map(ToString::to_string)
}
