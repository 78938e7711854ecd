//! Raw input, from JSON bodies and from forms, becomes the domain's typed input. All mistakes are
//! collected, under the API's field names.

mod access_key;
mod account;
mod category;
mod compose;
mod entry;
mod env_project;
mod import;
mod person;
mod raw;
mod recipe;
mod recovery_set;
mod render;
mod secret_line;

pub(crate) use access_key::AccessKeyDraft;
pub(crate) use account::{NewPasswordDraft, ProfileDraft};
pub(crate) use category::CategoryDraft;
pub(crate) use compose::ComposeDraft;
pub(crate) use entry::{EntryDraft, SecretDraft, environment};
pub(crate) use env_project::{ContentDraft, EnvProjectDraft};
pub(crate) use import::{ImportDraft, ImportPreviewDraft};
pub(crate) use person::{PasswordDraft, SignInDraft, SignUpDraft};
pub(crate) use raw::{Raw, parsed};
pub(crate) use recipe::RecipeDraft;
pub(crate) use recovery_set::{CodeDraft, RecoverySetDraft};
pub(crate) use render::RenderDraft;
pub(crate) use secret_line::SecretLineDraft;
