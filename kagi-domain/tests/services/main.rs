//! The services on a vault in memory.

#![cfg(test)]

mod access_keys;
mod account;
mod audit_trail;
mod categories;
mod composer;
mod denials;
mod dotenv;
mod encryption;
mod entries;
mod env_edits;
mod env_files;
mod env_histories;
mod env_projects;
mod export;
mod generate;
mod import;
mod maintenance;
mod matcher;
mod overview;
mod paging;
mod password;
mod people;
mod planner;
mod recovery_sets;
mod restoring;
mod sign_in;
mod throttling;
mod versions;

use kagi_domain::{
    access::{Actor, Origin},
    services::sign_in::{Registration, SignedIn, registration},
};
use kagi_tests::{TestKagi, samples::secret};

/// A good password for everybody.
const PASSWORD: &str = "correct horse battery";

fn who(email: &str) -> Registration {
    registration(email, secret(PASSWORD), None).unwrap()
}

fn from(kagi: &TestKagi, ip: &str) -> Origin {
    kagi.origin(Some(ip.parse().unwrap()))
}

/// The first account, signed in.
async fn set_up(kagi: &TestKagi, email: &str) -> SignedIn {
    let token = kagi.sign_in().set_up_token();
    kagi.sign_in().set_up(&token, who(email), from(kagi, "192.0.2.1")).await.unwrap()
}

/// Who a fresh sign-in acts as.
async fn acting(kagi: &TestKagi, signed_in: &SignedIn) -> Actor {
    kagi.sign_in().by_session(&signed_in.token, from(kagi, "192.0.2.1")).await.unwrap().actor
}
