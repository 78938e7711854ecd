//! What whoever runs an installation decides.

use std::time::Duration;

use crate::services::sign_in::SsoPolicy;

/// Who may make an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SignUp {
    /// Nobody but the operator.
    #[default]
    Closed,
    /// Anybody who reaches the sign-up page.
    Open,
}

/// The operator's choices.
#[derive(Debug, Clone)]
pub struct Policy {
    /// Who may make an account.
    pub sign_up: SignUp,
    /// Whether signing in with a password is possible at all.
    pub passwords: bool,
    /// What a first sign-in at an identity provider may do.
    pub sso: SsoPolicy,
    /// How long an unused session lasts.
    pub session_idle: Duration,
    /// How long any session lasts.
    pub session_max: Duration,
}

impl Default for Policy {
    /// Closed sign-up, passwords on, 12 hours idle, 7 days in all.
    fn default() -> Self {
        Self {
            sign_up: SignUp::Closed,
            passwords: true,
            sso: SsoPolicy::default(),
            session_idle: Duration::from_hours(12),
            session_max: Duration::from_hours(7 * 24),
        }
    }
}
