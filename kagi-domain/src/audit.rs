//! The audit trail: what happened to a vault, by whom, with what result.

mod target;

use std::{fmt, net::IpAddr, str::FromStr, time::Duration};

use crate::{
    access::ActorStamp,
    ids::{AuditEventId, RequestId, UserId},
    time::Timestamp,
};

pub use target::{Target, TargetKind};

macro_rules! actions {
    ($($(#[$doc:meta])* $name:ident = $text:literal;)+) => {
        /// What was done or tried.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Action { $($(#[$doc])* $name,)+ }

        impl Action {
            /// Every action.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// The action as the API and storage spell it.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text,)+ }
            }
        }
    };
}

actions! {
    /// A category was made.
    CategoryCreate = "category.create";
    /// A category was changed.
    CategoryUpdate = "category.update";
    /// A category was deleted, with its entries.
    CategoryDelete = "category.delete";
    /// An entry was made.
    EntryCreate = "entry.create";
    /// An entry was changed.
    EntryUpdate = "entry.update";
    /// An entry was deleted.
    EntryDelete = "entry.delete";
    /// An entry's value was revealed.
    EntryReveal = "entry.reveal";
    /// One version of an entry's value was revealed.
    EntryRevealVersion = "entry.reveal_version";
    /// A version of an entry's value was made the current value again.
    EntryRestore = "entry.restore";
    /// A version of an entry's value was purged.
    EntryPurgeVersion = "entry.purge_version";
    /// A recovery set was made.
    TwoFactorCreate = "two_factor.create";
    /// A recovery set was changed.
    TwoFactorUpdate = "two_factor.update";
    /// A recovery set was deleted, with its codes.
    TwoFactorDelete = "two_factor.delete";
    /// A recovery code was revealed.
    TwoFactorReveal = "two_factor.reveal";
    /// A recovery code's use was taken back.
    TwoFactorUnuse = "two_factor.unuse";
    /// An env project was made.
    EnvProjectCreate = "env_project.create";
    /// An env project was changed.
    EnvProjectUpdate = "env_project.update";
    /// An env project was deleted, with its files.
    EnvProjectDelete = "env_project.delete";
    /// An env file was saved: made, or given another content.
    EnvFileSave = "env_file.save";
    /// An env file was deleted, with all its versions.
    EnvFileDelete = "env_file.delete";
    /// An env file's content was revealed.
    EnvFileReveal = "env_file.reveal";
    /// One version of an env file's content was revealed.
    EnvFileRevealVersion = "env_file.reveal_version";
    /// A version of an env file's content was made the current content again.
    EnvFileRestore = "env_file.restore";
    /// A version of an env file's content was purged.
    EnvFilePurgeVersion = "env_file.purge_version";
    /// An access key was made.
    AccessKeyCreate = "access_key.create";
    /// An access key was revoked.
    AccessKeyDelete = "access_key.delete";
    /// Somebody signed in, or tried to.
    SignIn = "auth.sign_in";
    /// Somebody signed out.
    SignOut = "auth.sign_out";
    /// Somebody registered.
    SignUp = "auth.sign_up";
    /// Somebody confirmed their password.
    Reauth = "auth.reauth";
    /// Somebody changed their profile.
    AccountUpdate = "account.update";
    /// Somebody replaced their password, or tried to.
    AccountPassword = "account.password";
    /// Somebody ended a sign-in of theirs, or all others.
    SessionDelete = "session.delete";
    /// Somebody emptied their vault.
    AccountWipe = "account.wipe";
    /// Somebody deleted their account.
    AccountDelete = "account.delete";
    /// The first account was made.
    SetUp = "auth.set_up";
    /// An account was made by a command or by the library.
    UserCreate = "user.create";
    /// A password was reset by a command.
    PasswordReset = "user.reset_password";
    /// An account was disabled by a command.
    UserDisable = "user.disable";
    /// Something was refused.
    AccessDenied = "access.denied";
    /// More was refused than is listed one by one.
    AccessDeniedMany = "access.denied_many";
    /// The vault's metadata were exported.
    ExportRead = "export.read";
}

impl Action {
    /// Reads [`Self::as_str`] back.
    #[must_use]
    pub fn from_stored(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|action| action.as_str() == text)
    }
}

/// The text names no action.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("There is no such action; give one as events spell it, such as entry.reveal.")]
pub struct UnknownAction;

impl FromStr for Action {
    type Err = UnknownAction;

    fn from_str(text: &str) -> Result<Self, UnknownAction> {
        Self::from_stored(text).ok_or(UnknownAction)
    }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// How it ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AuditResult {
    /// Done.
    Ok,
    /// Refused.
    Denied,
    /// Tried, and broke.
    Failed,
}

impl AuditResult {
    /// The result as the API and storage spell it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Denied => "denied",
            Self::Failed => "failed",
        }
    }

    /// Reads [`Self::as_str`] back.
    #[must_use]
    pub fn from_stored(text: &str) -> Option<Self> {
        [Self::Ok, Self::Denied, Self::Failed].into_iter().find(|result| result.as_str() == text)
    }
}

/// One line of the trail. Holds ids and names of credentials, never a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditEvent {
    /// Its id, which orders the trail. Not from before `created_at`; from after it when the clock was
    /// set back (see [`AuditFilter::CLOCK_MARGIN`]).
    pub id: AuditEventId,
    /// In whose trail it stands; none when nobody is known (a failed sign-in to no account).
    pub owner: Option<UserId>,
    /// What was done.
    pub action: Action,
    /// How it ended.
    pub result: AuditResult,
    /// Who did it.
    pub actor: ActorStamp,
    /// To what.
    pub target: Option<Target>,
    /// From where.
    pub ip: Option<IpAddr>,
    /// In which request.
    pub request_id: RequestId,
    /// When.
    pub created_at: Timestamp,
}

/// What a change leaves in the trail: at least one event, by construction.
#[derive(Debug, Clone)]
pub struct AuditRecord {
    first: AuditEvent,
    rest: Vec<AuditEvent>,
}

impl AuditRecord {
    /// A record of one event.
    #[must_use]
    pub const fn new(event: AuditEvent) -> Self {
        Self { first: event, rest: Vec::new() }
    }

    /// The same with one event more.
    #[must_use]
    pub fn and(mut self, event: AuditEvent) -> Self {
        self.rest.push(event);
        self
    }

    /// The events in order.
    pub fn events(&self) -> impl Iterator<Item = &AuditEvent> {
        std::iter::once(&self.first).chain(&self.rest)
    }
}

/// Which events are wanted.
#[derive(Debug, Clone, Copy, Default)]
pub struct AuditFilter {
    /// Of this action.
    pub action: Option<Action>,
    /// That happened then or later.
    pub since: Option<Timestamp>,
    /// That happened before then.
    pub until: Option<Timestamp>,
}

impl AuditFilter {
    /// How far ids may run ahead of a clock that was set back, for an event to be found by `until`.
    /// Ids bound the walk through the trail; without a margin an hour's correction would hide events.
    pub const CLOCK_MARGIN: Duration = Duration::from_hours(1);

    /// The least id that an event of this time can have.
    #[must_use]
    pub fn first_id(&self) -> Option<AuditEventId> {
        self.since.map(AuditEventId::first_at)
    }

    /// What the ids of events of this time are below.
    #[must_use]
    pub fn end_id(&self) -> Option<AuditEventId> {
        self.until.map(|until| AuditEventId::first_at(until.plus(Self::CLOCK_MARGIN)))
    }
}
