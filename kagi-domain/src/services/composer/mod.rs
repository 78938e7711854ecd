//! From a request in plain words to a ready `.env` file.
//!
//! A planner selects, code decides. The planner, a model or the built-in
//! [`matcher`], gets a [`PlanBrief`] without a single value and answers
//! with handles. What it answers is held against what was offered (`rules`), and only then are values
//! revealed, each with its event in the trail, and written by the portable writer (`assemble`).

mod assemble;
mod comment;
mod naming;
mod offers;
mod rules;

use std::time::Duration;

use crate::{
    Kagi,
    access::{Actor, Denied, Owner, Scope},
    dotenv::Refusal,
    framework::Framework,
    generate::SecretRecipe,
    ids::EntryId,
    matcher,
    model::{entry::Environment, env_project::FileType},
    plan::{PlanBrief, Prompt},
    ports::{Engine, PlannerError, StorageError},
    secret::SecretText,
    services::throttling,
    text::{EnvVarName, ProjectName, Title},
};

pub use comment::Comment;
use offers::Offer;

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

/// A variable that comes from an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SelectedKey {
    /// The entry.
    pub entry: EntryId,
    /// The variable in the category.
    pub field: EnvVarName,
    /// The variable in the file.
    pub name: EnvVarName,
    /// The category's name.
    pub category: Title,
    /// The entry's project.
    pub project: ProjectName,
    /// The entry's environment.
    pub environment: Environment,
    /// Why it was selected, in the planner's words.
    pub reason: Comment,
}

/// A secret that is made for the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FreshSecret {
    /// The variable.
    pub name: EnvVarName,
    /// How it is made.
    pub recipe: SecretRecipe,
    /// Why, in the planner's words.
    pub reason: Comment,
}

/// Something that a planner asked for and did not get, or that the file leaves out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejected {
    /// What it is: a key by category and project, a variable, or what the planner wrote.
    pub reference: Comment,
    /// Why.
    pub reason: Rejection,
}

/// Why something is left out.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Rejection {
    /// The planner invented it, or it is not among what was offered.
    #[error("there is no such key among those on offer")]
    Unknown,
    /// The planner selected it before.
    #[error("it is selected already")]
    Twice,
    /// More than a file takes.
    #[error("{0} more were left out: that is too much for one file")]
    TooMany(usize),
    /// Several environments have a value, and none is the one that is wanted.
    #[error("it has values for several environments, but not for {0}; say which one")]
    Environment(&'static str),
    /// The entry holds no value for this variable.
    #[error("the entry has no value for it")]
    NotFilled,
    /// Another key has the name already.
    #[error("the name {name} is taken by {by}")]
    Taken {
        /// The name.
        name: EnvVarName,
        /// What has it.
        by: Comment,
    },
    /// A name that loaders, interpreters or shells obey.
    #[error("programs and shells obey a variable of this name, so it is not written")]
    Dangerous,
    /// What the planner wrote cannot be a name.
    #[error("this cannot be the name of a variable")]
    NotAName,
    /// What the planner wrote is no format of secrets.
    #[error("secrets are made as hex, base64, base64url or alphanumeric")]
    Format,
    /// The entry was deleted or emptied while the file was composed.
    #[error("it was changed or deleted in the meantime")]
    Gone,
    /// The value cannot be written so that every parser reads the same.
    #[error("{0}")]
    Unwritable(Refusal),
}

/// What a file would hold. No value is in here.
#[derive(Debug, Clone)]
pub struct Composition {
    /// From the vault, a group's fields each by itself.
    pub selected: Vec<SelectedKey>,
    /// Made for the file.
    pub generated: Vec<FreshSecret>,
    /// What is left out, and why.
    pub rejected: Vec<Rejected>,
    /// The framework that the request names.
    pub framework: Option<Framework>,
    /// The environment that was wanted.
    pub environment: Environment,
    /// Who planned it.
    pub engine: Engine,
}

/// A composed file.
#[derive(Debug)]
pub struct Extraction {
    /// What it holds: as many selected and generated variables as it assigns.
    pub composition: Composition,
    /// The file, for every parser.
    pub content: SecretText,
}

/// What a planner would be told.
#[derive(Debug, Clone)]
pub struct Context {
    /// Who would be asked.
    pub engine: Engine,
    /// The exact text that would be sent; none when nothing leaves this process.
    pub payload: Option<String>,
    /// How many keys it offers.
    pub offered: usize,
    /// How many keys of the vault are left out because they fit the request least.
    pub left_out: usize,
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
            offered: brief.keys.len(),
            left_out: offers.len().saturating_sub(brief.keys.len()),
            engine,
        })
    }

    async fn composed(&self, owner: &Owner, request: &ComposeRequest) -> Result<Composition, ComposerError> {
        if !throttling::may_plan(self.0, owner).await? {
            return Err(ComposerError::Throttled { retry_after: throttling::PLANNING });
        }
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
        let planner = self.0.ports.planner.as_ref().filter(|_| !request.offline);
        planner.map_or(Engine::Offline, |planner| planner.engine())
    }

    /// What there is, and as much of it as a planner is told. What a planner is told does not depend on
    /// who it is, so that a preview of one engine can be compared with that of another.
    async fn brief(
        &self,
        owner: &Owner,
        request: &ComposeRequest,
    ) -> Result<(PlanBrief, Vec<Offer>), StorageError> {
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
