//! What a composed file holds, and what was left out of it.

use crate::{
    dotenv::Refusal,
    framework::Framework,
    generate::SecretRecipe,
    ids::EntryId,
    model::entry::Environment,
    ports::Engine,
    secret::SecretText,
    services::composer::Comment,
    text::{EnvVarName, ProjectName, Title},
};

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
    /// A name that says nothing of a secret, and that the request does not write.
    #[error(
        "a fresh secret's name ends with SECRET, KEY, TOKEN, SALT, PEPPER or PASSWORD, unless the request writes the name"
    )]
    NotOfASecret,
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
    /// What is said about the vault in it, as JSON that is laid out for reading. The built-in matcher sees the same.
    pub brief: String,
    /// How many keys it offers.
    pub offered: usize,
    /// How many keys of the vault are left out because they fit the request least.
    pub left_out: usize,
}
