//! Signing in at a provider.

mod accounts;
mod challenges;
mod links;

use kagi_domain::{
    Policy,
    access::{Actor, Origin},
    ports::Claims,
    secret::SecretText,
    services::sign_in::{Arrival, Departure, Outcome, Return, SignedIn, SsoError},
};
use kagi_tests::{TestKagi, kagi_with_provider, samples::secret};

use crate::from;

const SUBJECT: &str = "5d2a";
const EMAIL: &str = "ada@example.com";

/// A browser: what it keeps while its person is away, and where it went.
struct Browser {
    keepsake: SecretText,
    state: String,
}

impl Browser {
    fn of(departure: Departure) -> Self {
        let (_, state) = departure.url.split_once("state=").expect("the state goes along");
        let state = state.split('&').next().unwrap().to_owned();
        Self { keepsake: departure.keepsake, state }
    }

    fn returned(&self, code: &str) -> Return {
        Return { state: Some(secret(&self.state)), code: Some(secret(code)), ..Return::default() }
    }
}

fn vault() -> TestKagi {
    kagi_with_provider(Policy::default())
}

fn here(kagi: &TestKagi) -> Origin {
    from(kagi, "192.0.2.1")
}

async fn depart(kagi: &TestKagi) -> Browser {
    Browser::of(kagi.sign_in().depart("/keys".to_owned()).await.unwrap())
}

/// What comes of a sign-in for which the provider vouches so.
async fn sign_in_as(kagi: &TestKagi, claims: Claims) -> Result<SignedIn, SsoError> {
    kagi.provider.prepare("code", claims);
    let browser = depart(kagi).await;
    let sign_in = kagi.sign_in();
    let arrived = sign_in.arrive(browser.returned("code"), Some(&browser.keepsake), None, here(kagi)).await;
    arrived.map(entered)
}

fn entered(arrival: Arrival) -> SignedIn {
    match arrival.outcome {
        Outcome::Entered(signed_in) => signed_in,
        other => panic!("a session was to begin: {other:?}"),
    }
}

/// What comes of a way to the provider that somebody began in a session.
async fn return_to(
    kagi: &TestKagi,
    departure: Departure,
    claims: Claims,
    visitor: Option<&Actor>,
) -> Result<Outcome, SsoError> {
    kagi.provider.prepare("code", claims);
    let browser = Browser::of(departure);
    let sign_in = kagi.sign_in();
    let arrived =
        sign_in.arrive(browser.returned("code"), Some(&browser.keepsake), visitor, here(kagi)).await;
    arrived.map(|arrival| arrival.outcome)
}

/// The same person, who has just given their password to the provider.
fn fresh(kagi: &TestKagi, claims: Claims) -> Claims {
    Claims { authenticated_at: Some(kagi.now()), ..claims }
}
