//! A planner's answer.

/// What a planner answers: texts from outside, none of them checked. The composer holds each against
/// what was offered.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EnvPlan {
    /// The keys it selects.
    pub keys: Vec<PlannedKey>,
    /// The secrets that are to be made.
    pub secrets: Vec<PlannedSecret>,
    /// The environment that the request is about, as
    /// [`Environment::as_str`](crate::model::entry::Environment::as_str) spells it.
    pub environment: Option<String>,
}

/// A key that a planner selects.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PlannedKey {
    /// A handle of the brief.
    pub handle: String,
    /// The variable it is for; only a name that the request itself writes differs from the category's.
    pub name: String,
    /// Why, in a few words.
    pub reason: String,
}

/// A secret that a planner wants made.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PlannedSecret {
    /// The variable it is for.
    pub name: String,
    /// As [`SecretFormat::as_str`](crate::generate::SecretFormat::as_str) spells it.
    pub format: String,
    /// How many random bytes.
    pub bytes: u64,
    /// Why, in a few words.
    pub reason: String,
}
