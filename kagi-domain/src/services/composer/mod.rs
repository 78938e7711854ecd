//! From a request in plain words to a ready `.env` file.
//!
//! A planner selects, code decides. The planner, a model or the built-in
//! [`matcher`], gets a [`PlanBrief`] without a single value and answers
//! with handles. What it answers is held against what was offered (`rules`), and only then are values
//! revealed, each with its event in the trail, and written by the portable writer (`assemble`); all that was
//! selected at once, or what a person chose of a preview (`take`).

mod assemble;
mod comment;
mod composition;
mod naming;
mod offers;
mod rules;
mod take;

use std::time::Duration;

use crate::{
    Kagi,
    access::{Actor, Denied, Owner, Scope},
    matcher,
    model::env_project::FileType,
    plan::{PlanBrief, Prompt},
    ports::{Engine, PlannerError, StorageError},
    services::throttling,
    text::ProjectName,
};

pub use comment::Comment;
pub use composition::{Composition, Context, Extraction, FreshSecret, Rejected, Rejection, SelectedKey};
use offers::Offer;
pub use take::{Choice, ChosenKey, Taken};

/// The service that composes files.
#[derive(Debug, Clone, Copy)]
pub struct Composer<'a>(pub(crate) &'a Kagi);

/// What somebody asks for.
#[derive(Debug, Clone)]
pub struct ComposeRequest {
    /// In their words.
    pub prompt: Prompt,
    /// The project they are in.
    pub project: Option<ProjectName>,
    /// The type of the file they are about to write.
    pub file_type: Option<FileType>,
    /// Leave the model out and use the built-in matcher: what a person may choose when the model fails.
    pub offline: bool,
}

impl ComposeRequest {
    /// A request that says nothing but its words.
    #[must_use]
    pub const fn new(prompt: Prompt) -> Self {
        Self { prompt, project: None, file_type: None, offline: false }
    }
}

/// Why nothing was composed.
#[derive(Debug, thiserror::Error)]
pub enum ComposerError {
    /// The actor may not.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The model gave no plan. The built-in matcher may be asked instead.
    #[error("{0} Nothing was changed. You can try again, or use the built-in matcher.")]
    Planner(#[from] PlannerError),
    /// The person asked too often.
    #[error("That was a lot of requests in a minute. Please wait a moment and try again.")]
    Throttled {
        /// How long to wait at most.
        retry_after: Duration,
    },
    /// A stored value did not open. It is unchanged; a backup may hold it.
    #[error("A stored value failed its integrity check, so no file was made.")]
    Integrity,
    /// Storage failed.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

impl Composer<'_> {
    /// Says what a file would hold. Opens no value. Needs [`Scope::AiExtract`].
    ///
    /// # Errors
    ///
    /// [`ComposerError`].
    pub async fn preview(
        &self,
        actor: &Actor,
        request: &ComposeRequest,
    ) -> Result<Composition, ComposerError> {
        let owner = self.0.authorize(actor, Scope::AiExtract).await?;
        self.composed(&owner, request).await
    }

    /// Composes a file. Each entry in it is revealed, and the trail says so before its value exists
    /// here. Needs [`Scope::AiExtract`] and [`Scope::EntriesReveal`].
    ///
    /// # Errors
    ///
    /// [`ComposerError`]; with `Integrity` the entries that came before stand in the trail as revealed.
    pub async fn extract(
        &self,
        actor: &Actor,
        request: &ComposeRequest,
    ) -> Result<Extraction, ComposerError> {
        let owner = self.0.authorize(actor, Scope::AiExtract).await?;
        self.0.authorize(actor, Scope::EntriesReveal).await?;
        let composition = self.composed(&owner, request).await?;
        self.assembled(actor, composition).await
    }

    /// Says what a model would be sent. Nothing is. Needs [`Scope::AiExtract`].
    ///
    /// # Errors
    ///
    /// [`ComposerError`], but not `Planner` or `Integrity`.
    pub async fn context(&self, actor: &Actor, request: &ComposeRequest) -> Result<Context, ComposerError> {
        let owner = self.0.authorize(actor, Scope::AiExtract).await?;
        let (brief, offers) = self.brief(&owner, request).await?;
        let engine = self.engine(request);
        let planner = self.0.ports.planner.as_ref().filter(|_| engine != Engine::Offline);
        Ok(Context {
            payload: planner.map(|planner| planner.payload(&brief)),
            brief: serde_json::to_string_pretty(&brief).unwrap_or_default(),
            offered: brief.keys.len(),
            left_out: offers.len().saturating_sub(brief.keys.len()),
            engine,
        })
    }

    /// Who is asked unless a person wants the built-in matcher.
    #[must_use]
    pub fn usual_engine(&self) -> Engine {
        self.0.ports.planner.as_ref().map_or(Engine::Offline, |planner| planner.engine())
    }

    async fn composed(&self, owner: &Owner, request: &ComposeRequest) -> Result<Composition, ComposerError> {
        let (brief, offers) = self.brief(owner, request).await?;
        let engine = self.engine(request);
        let plan = match &self.0.ports.planner {
            Some(planner) if engine != Engine::Offline => planner.plan(&brief).await?,
            _ => matcher::plan(&brief),
        };
        Ok(rules::composition(&plan, &brief, &offers, engine))
    }

    /// Who is asked.
    fn engine(self, request: &ComposeRequest) -> Engine {
        if request.offline { Engine::Offline } else { self.usual_engine() }
    }

    /// What there is, and as much of it as a planner is told. What a planner is told does not depend on
    /// who it is, so that a preview of one engine can be compared with that of another. It reads all names of
    /// the vault, so a person may ask only so often.
    async fn brief(
        &self,
        owner: &Owner,
        request: &ComposeRequest,
    ) -> Result<(PlanBrief, Vec<Offer>), ComposerError> {
        if !throttling::may_plan(self.0, owner).await? {
            return Err(ComposerError::Throttled { retry_after: throttling::PLANNING });
        }
        let offers = offers::all(self.0.ports.storage.catalog(), owner).await?;
        let whole = PlanBrief {
            prompt: request.prompt.clone(),
            project: request.project.clone(),
            file_type: request.file_type,
            keys: offers.iter().enumerate().map(|(at, offer)| offer.offered(at)).collect(),
        };
        Ok((matcher::fitted(whole, PlanBrief::MAX_BYTES), offers))
    }
}
