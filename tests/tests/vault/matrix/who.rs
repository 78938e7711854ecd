//! Everybody who might call, and what becomes of it.

use std::time::Duration;

use kagi_domain::access::{ProjectLimit, Scope};
use kagi_tests::{
    operations::{Access, Elsewhere, Operation},
    samples::only,
};

use super::{
    app::{App, Credential},
    resident::Resident,
};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Who {
    Nobody,
    Owner,
    /// The owner, who gave their password a while ago.
    Stale,
    /// Another site's page in the owner's browser.
    OtherSite,
    Stranger,
    DisabledSession,
    DisabledKey,
    /// Exactly the scopes that are needed.
    ExactKey,
    /// Every scope but one that is needed.
    LackingKey,
    /// Every scope, for other projects.
    LimitedKey,
    ExpiredKey,
    RevokedKey,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    Good,
    Refused(u16, &'static str),
    /// As if there were nothing of that id.
    Missing,
}

impl Who {
    pub(super) const ALL: [Self; 12] = [
        Self::Nobody,
        Self::Owner,
        Self::Stale,
        Self::OtherSite,
        Self::Stranger,
        Self::DisabledSession,
        Self::DisabledKey,
        Self::ExactKey,
        Self::LackingKey,
        Self::LimitedKey,
        Self::ExpiredKey,
        Self::RevokedKey,
    ];

    /// What becomes of an operation on the owner's things.
    pub(super) fn outcome(self, operation: &Operation) -> Outcome {
        use Outcome::{Good, Missing, Refused};
        let access = operation.access;
        match self {
            Self::OtherSite if operation.method != "GET" => Refused(403, "CSRF_REJECTED"),
            _ if access == Access::Public => Good,
            Self::Nobody | Self::DisabledSession if access == Access::Guest => Good,
            Self::Nobody | Self::DisabledSession => Refused(401, "AUTH_REQUIRED"),
            Self::DisabledKey | Self::ExpiredKey | Self::RevokedKey => Refused(401, "AUTH_INVALID_KEY"),
            Self::Stale if access == Access::Fresh => Refused(403, "REAUTH_REQUIRED"),
            Self::Stranger if operation.names_a_thing() => Missing,
            Self::Owner | Self::Stale | Self::OtherSite | Self::Stranger => Good,
            _ if access.refuses_keys() => Refused(403, "SESSION_REQUIRED"),
            Self::LackingKey if matches!(access, Access::Scopes(_)) => Refused(403, "AUTH_SCOPE_REQUIRED"),
            Self::ExactKey | Self::LackingKey => Good,
            Self::LimitedKey => match operation.elsewhere {
                Elsewhere::Passes => Good,
                Elsewhere::Missing => Missing,
                Elsewhere::Refused => Refused(403, "AUTH_SCOPE_REQUIRED"),
            },
        }
    }

    /// The credentials to try on somebody's things. Keys are made here.
    pub(super) async fn credentials(
        self,
        app: &App,
        operation: &Operation,
        owner: &Resident,
        cast: &Cast,
    ) -> Vec<Credential> {
        let needed = match operation.access {
            Access::Scopes(scopes) => scopes,
            _ => &[Scope::StatsRead],
        };
        vec![match self {
            Self::Nobody => Credential::none(),
            Self::Owner => owner.fresh.clone(),
            Self::Stale => owner.stale.clone(),
            Self::OtherSite => owner.fresh.clone().sent_by_another_site(),
            // Where it may, it does so to its own: the things of whoever is tried on.
            Self::Stranger if self.outcome(operation) == Outcome::Good => owner.fresh.clone(),
            Self::Stranger => cast.stranger.fresh.clone(),
            Self::DisabledSession => cast.disabled.fresh.clone(),
            Self::DisabledKey => cast.disabled_key.clone(),
            Self::ExactKey => owner.key(app, needed, ProjectLimit::All).await,
            Self::LackingKey => {
                let mut keys = Vec::new();
                for lacking in needed {
                    let scopes: Vec<_> =
                        Scope::ALL.iter().copied().filter(|scope| scope != lacking).collect();
                    keys.push(owner.key(app, &scopes, ProjectLimit::All).await);
                }
                return keys;
            }
            Self::LimitedKey => owner.key(app, Scope::ALL, only(&["Elsewhere"])).await,
            Self::ExpiredKey => cast.expired_key.clone(),
            Self::RevokedKey => cast.revoked_key.clone(),
        }]
    }
}

/// Those who are there the whole time.
pub(super) struct Cast {
    pub(super) owner: Resident,
    pub(super) stranger: Resident,
    pub(super) disabled: Resident,
    disabled_key: Credential,
    expired_key: Credential,
    revoked_key: Credential,
}

impl Cast {
    pub(super) async fn assemble(app: &App) -> Self {
        let disabled = Resident::move_in(app, "disabled").await;
        let disabled_key = disabled.almighty(app).await;
        app.kagi.people().disable(&"disabled@example.com".parse().unwrap()).await.unwrap();
        let stranger = Resident::move_in(app, "stranger").await;
        let owner = Resident::move_in(app, "owner").await;
        let (expired_key, revoked_key) = (owner.expiring(app).await, owner.revoked(app).await);
        app.advance(Duration::from_mins(2));
        Self { owner, stranger, disabled, disabled_key, expired_key, revoked_key }
    }
}
