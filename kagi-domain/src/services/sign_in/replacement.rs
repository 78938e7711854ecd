//! A person replaces their own password.

use crate::{
    access::{Actor, Denied, System},
    audit::{Action, AuditRecord, AuditResult, Target, TargetKind},
    fields::Invalid,
    model::user::PasswordHash,
    secret::SecretText,
    services::{
        retry::retried,
        sign_in::{NewPassword, SignIn, SignInError, passwords::Confirmed},
        tokens::session_token,
    },
};

impl SignIn<'_> {
    /// Replaces the password of the person in a session. All their other sessions end; this one goes
    /// on under the token that is returned, as freshly signed in. Access keys stay as they are.
    ///
    /// The current password is checked and slowed down as at a sign-in, and counted by the session. One that was
    /// replaced by somebody else while it was checked counts as wrong, and theirs stays.
    ///
    /// # Errors
    ///
    /// [`SignInError`]; `Invalid` for somebody who has no password. Nothing is changed then.
    pub async fn change_password(
        &self,
        actor: &Actor,
        current: SecretText,
        new: NewPassword,
    ) -> Result<SecretText, SignInError> {
        let owner = self.0.authorize_session(actor).await?;
        let profile = self.0.ports.storage.catalog().profile(&owner).await?;
        if self.0.ports.policy.passwords && profile.is_some_and(|profile| !profile.has_password) {
            return Err(Invalid::field("currentPassword", NO_PASSWORD).into());
        }
        let confirmed = self.confirm(actor, current, Action::AccountPassword).await?;
        let hash = match self.hash(new).await {
            Ok(hash) => hash,
            Err(error) => {
                confirmed.attempt.withdraw(self.0).await?;
                return Err(error);
            }
        };
        let settled = retried(|| self.try_change(actor, &confirmed, &hash)).await;
        self.settle_change(confirmed, settled).await
    }

    async fn try_change(
        &self,
        actor: &Actor,
        confirmed: &Confirmed,
        hash: &PasswordHash,
    ) -> Result<SecretText, SignInError> {
        let owner = self.0.authorize_session(actor).await?;
        let (user, session) = (&confirmed.account.user, confirmed.session);
        let Some(mut unit) = self.begin_for(&confirmed.account).await? else {
            let (action, origin) = (Action::AccountPassword, actor.origin());
            return Err(self.refuse(&confirmed.attempt, Some(user), action, origin).await?);
        };
        let token = session_token(&*self.0.ports.entropy);
        let (digest, now) = (self.0.ports.digester.digest(&token), self.0.ports.clock.now());
        unit.users().set_password(&System::assume(), user.id, hash).await?;
        unit.sessions().end_others(&owner, session).await?;
        if !unit.sessions().renew(&System::assume(), session, &digest, now).await? {
            return Err(Denied::SessionRequired.into());
        }
        let event = self.0.event(
            &owner,
            Action::AccountPassword,
            AuditResult::Ok,
            Target::new(TargetKind::User, user.id),
        );
        unit.commit(AuditRecord::new(event)).await?;
        Ok(token)
    }

    async fn settle_change(
        &self,
        confirmed: Confirmed,
        settled: Result<SecretText, SignInError>,
    ) -> Result<SecretText, SignInError> {
        if settled.is_ok() {
            confirmed.attempt.succeed(self.0).await?;
        }
        settled
    }
}

const NO_PASSWORD: &str =
    "This account has no password. Ask the operator to give it one (kagi-server user reset-password).";
