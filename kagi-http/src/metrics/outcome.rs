//! Results of what operators care about most.

use poem::http::StatusCode;
use prometheus_client::{
    encoding::EncodeLabelSet,
    metrics::{counter::Counter, family::Family},
    registry::Registry,
};

use super::Answer;
use crate::problem::Code;

/// What a route is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A value leaves.
    Reveal,
    /// Somebody signs in with a password.
    SignIn,
    /// Anything else.
    Other,
}

/// How the path of a route ends that hands out values.
const DISCLOSING: [&str; 4] = ["reveal", "download", "compare", "render"];

impl Kind {
    /// By the path: whatever hands out values says so at its end.
    pub(super) fn of(path: &str) -> Self {
        match path {
            "/sign-in" | "/api/auth/sign-in/email" => Self::SignIn,
            _ if path.rsplit('/').next().is_some_and(|end| DISCLOSING.contains(&end)) => Self::Reveal,
            _ => Self::Other,
        }
    }
}

/// How it ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Ok,
    Denied,
    NotFound,
    Throttled,
    Refused,
    Integrity,
    Unavailable,
    Failed,
}

const ALL: [Outcome; 8] = [
    Outcome::Ok,
    Outcome::Denied,
    Outcome::NotFound,
    Outcome::Throttled,
    Outcome::Refused,
    Outcome::Integrity,
    Outcome::Unavailable,
    Outcome::Failed,
];

impl Outcome {
    fn of(kind: Kind, answer: &Answer) -> Self {
        match answer.status {
            _ if answer.code == Some(Code::SecretIntegrityFailure) => Self::Integrity,
            // A page leads whoever must sign in first to do so.
            status if status.is_redirection() && kind == Kind::Reveal => Self::Denied,
            status if status.is_success() || status.is_redirection() => Self::Ok,
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => Self::Denied,
            StatusCode::NOT_FOUND => Self::NotFound,
            StatusCode::TOO_MANY_REQUESTS => Self::Throttled,
            StatusCode::SERVICE_UNAVAILABLE => Self::Unavailable,
            status if status.is_client_error() => Self::Refused,
            _ => Self::Failed,
        }
    }

    const fn as_str(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Denied => "denied",
            Self::NotFound => "not_found",
            Self::Throttled => "throttled",
            Self::Refused => "refused",
            Self::Integrity => "integrity",
            Self::Unavailable => "unavailable",
            Self::Failed => "failed",
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Labels {
    result: &'static str,
}

/// A counter for each result, by its number.
pub(super) struct Outcomes(Vec<Counter>);

impl Outcomes {
    pub(super) fn register(registry: &mut Registry, name: &str, help: &str) -> Self {
        let family = Family::<Labels, Counter>::default();
        registry.register(name, help, family.clone());
        let counter = |outcome: Outcome| family.get_or_create_owned(&Labels { result: outcome.as_str() });
        Self(ALL.into_iter().map(counter).collect())
    }

    pub(super) fn count(&self, kind: Kind, answer: &Answer) {
        if let Some(counter) = self.0.get(Outcome::of(kind, answer) as usize) {
            counter.inc();
        }
    }
}
