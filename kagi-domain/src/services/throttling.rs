//! Slows guessing down: strikes are counted before a password is looked at, so that parallel
//! guesses cannot slip past, and taken back when the attempt was no wrong guess.

use std::{net::IpAddr, time::Duration};

use crate::{
    Kagi,
    access::{Owner, System},
    ids::SessionId,
    network::Network,
    ports::{Bucket, StorageError},
    secret::SecretText,
    text::{Email, fold},
    time::Timestamp,
};

/// The window in which strikes count.
pub(super) const WINDOW: Duration = Duration::from_mins(15);
/// From this strike on an account is closed to guesses, and so is a session to those of its own.
const ACCOUNT_LIMIT: u32 = 5;
/// From this strike on a client is.
const CLIENT_LIMIT: u32 = 20;

/// An attempt that is under way and counted.
pub(super) struct Attempt {
    at: Timestamp,
    /// Of the account, or of the session in which the password is asked for.
    account: Option<(Bucket, u32)>,
    client: Option<(Bucket, u32)>,
}

impl Attempt {
    /// Counts an attempt on an account from a client.
    pub(super) async fn begin(
        kagi: &Kagi,
        account: Option<&str>,
        ip: Option<IpAddr>,
    ) -> Result<Self, StorageError> {
        let at = kagi.ports.clock.now();
        let client = ip.map(|ip| bucket(kagi, "client", &Network::of(ip).to_string()));
        let client = strike(kagi, client, at).await?;
        let shut_out = client.is_some_and(|(_, count)| count > CLIENT_LIMIT);
        // A client that is shut out leaves no trace of the addresses it goes on to try: whoever
        // made them up could fill the database with their counts.
        let account = account.filter(|_| !shut_out);
        let account = account.map(|email| of_account(kagi, email));
        Ok(Self { at, account: strike(kagi, account, at).await?, client })
    }

    /// Counts an attempt within a session, by itself: what strangers guess, from wherever, does not shut a
    /// person out of their own session, and a stolen session guesses no faster than a stranger.
    pub(super) async fn begin_within(kagi: &Kagi, session: SessionId) -> Result<Self, StorageError> {
        let at = kagi.ports.clock.now();
        let own = bucket(kagi, "session", &session.to_string());
        Ok(Self { at, account: strike(kagi, Some(own), at).await?, client: None })
    }

    /// Whether the limits were reached before this attempt: it must not be looked at.
    pub(super) fn is_over(&self) -> bool {
        self.exceeds(ACCOUNT_LIMIT, CLIENT_LIMIT)
    }

    /// Whether this attempt, being wrong, is the one that reaches a limit.
    pub(super) fn was_last(&self) -> bool {
        self.exceeds(ACCOUNT_LIMIT - 1, CLIENT_LIMIT - 1)
    }

    fn exceeds(&self, account: u32, client: u32) -> bool {
        self.account.is_some_and(|(_, count)| count > account)
            || self.client.is_some_and(|(_, count)| count > client)
    }

    /// The attempt was no guess (refused, or never looked at): it does not count.
    pub(super) async fn withdraw(self, kagi: &Kagi) -> Result<(), StorageError> {
        for (bucket, _) in [self.account, self.client].into_iter().flatten() {
            kagi.ports.storage.throttle().pardon(&System::assume(), &bucket, self.at).await?;
        }
        Ok(())
    }

    /// The attempt succeeded: the account, or the session, starts afresh, the client loses this strike only.
    pub(super) async fn succeed(self, kagi: &Kagi) -> Result<(), StorageError> {
        let throttle = kagi.ports.storage.throttle();
        if let Some((bucket, _)) = self.account {
            throttle.clear(&System::assume(), &bucket).await?;
        }
        if let Some((bucket, _)) = self.client {
            throttle.pardon(&System::assume(), &bucket, self.at).await?;
        }
        Ok(())
    }
}

/// Forgets the guesses at an account: the operator has just given it another password.
pub(super) async fn forgive(kagi: &Kagi, email: &Email) -> Result<(), StorageError> {
    let account = of_account(kagi, email.as_str());
    kagi.ports.storage.throttle().clear(&System::assume(), &account).await
}

fn of_account(kagi: &Kagi, email: &str) -> Bucket {
    bucket(kagi, "account", &fold(email.trim()))
}

/// How often a person may ask a planner in [`PLANNING`].
const PLANS: u32 = 20;
/// The window in which plans count.
pub(super) const PLANNING: Duration = Duration::from_mins(1);

/// Counts that somebody asks a planner, and says whether they may. Each model costs its operator money,
/// whoever asks; what was refused counts too.
pub(super) async fn may_plan(kagi: &Kagi, owner: &Owner) -> Result<bool, StorageError> {
    let (bucket, now) = (bucket(kagi, "plan", &owner.user().to_string()), kagi.ports.clock.now());
    let throttle = kagi.ports.storage.throttle();
    Ok(throttle.strike(&System::assume(), &bucket, now, now.minus(PLANNING)).await? <= PLANS)
}

async fn strike(
    kagi: &Kagi,
    bucket: Option<Bucket>,
    at: Timestamp,
) -> Result<Option<(Bucket, u32)>, StorageError> {
    let Some(bucket) = bucket else { return Ok(None) };
    let since = at.minus(WINDOW);
    let count = kagi.ports.storage.throttle().strike(&System::assume(), &bucket, at, since).await?;
    Ok(Some((bucket, count)))
}

fn bucket(kagi: &Kagi, kind: &str, text: &str) -> Bucket {
    // People mistype passwords into the address field, so only a digest is kept.
    Bucket(kagi.ports.digester.digest(&SecretText::new(format!("throttle/{kind}/{text}"))))
}
