//! An access key: a credential for the API, kept as a digest only.

use std::collections::BTreeSet;

use crate::{
    access::{ProjectLimit, Scope},
    ids::AccessKeyId,
    secret::SecretText,
    text::Title,
    time::Timestamp,
};

/// An access key as stored, without its digest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessKey {
    /// Its id.
    pub id: AccessKeyId,
    /// What its owner calls it.
    pub name: Title,
    /// `kagi_` and the first eight characters, by which people recognise it.
    pub prefix: String,
    /// What it may do; never empty.
    pub scopes: BTreeSet<Scope>,
    /// Which projects it reaches.
    pub projects: ProjectLimit,
    /// From when on it is refused.
    pub expires_at: Option<Timestamp>,
    /// When it was last used, give or take a minute.
    pub last_used_at: Option<Timestamp>,
    /// When it was made.
    pub created_at: Timestamp,
}

/// What to make an access key from.
#[derive(Debug, Clone)]
pub struct NewAccessKey {
    /// What to call it.
    pub name: Title,
    /// What it may do; at least one.
    pub scopes: BTreeSet<Scope>,
    /// Which projects it reaches.
    pub projects: ProjectLimit,
    /// From when on it is refused; in the future.
    pub expires_at: Option<Timestamp>,
}

/// A fresh access key with its text, which is shown once and kept nowhere.
#[derive(Debug)]
pub struct IssuedAccessKey {
    /// The key as stored.
    pub access_key: AccessKey,
    /// `kagi_` and 43 characters of base64url.
    pub token: SecretText,
}
