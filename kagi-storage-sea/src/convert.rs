//! The one door between rows and the domain. What the domain would not have written is
//! [`StorageError::Corrupt`].

mod access_key;
mod audit;
mod category;
mod entry;
mod env_project;
mod identity;
mod people;
mod recovery_set;
mod version;

use std::str::FromStr;

use kagi_domain::{
    model::Revision,
    ports::{StorageError, TokenDigest},
    text::{EnvVarName, Prose},
    time::Timestamp,
};

use crate::error::corrupt;

pub(crate) use access_key::{access_key, access_key_row};
pub(crate) use audit::{event, event_row};
pub(crate) use category::{category, category_row, shape, summary};
pub(crate) use entry::{entry, entry_row, listing};
pub(crate) use env_project::{env_file, env_file_row, env_project, env_project_row};
pub(crate) use identity::{identity, identity_row};
pub(crate) use people::{account, profile, session, session_row, user, user_row};
pub(crate) use recovery_set::{code_row, recovery_set, recovery_set_row};
pub(crate) use version::{SavedVersion, version_listing};

/// Names a table's columns while a row is read, so that a damaged one can be found.
#[derive(Clone, Copy)]
pub(crate) struct Column(pub(crate) &'static str, pub(crate) &'static str);

impl Column {
    pub(crate) fn corrupt(self) -> StorageError {
        corrupt(self.0, self.1)
    }

    pub(crate) fn parse<T: FromStr>(self, text: &str) -> Result<T, StorageError> {
        text.parse().map_err(|_| self.corrupt())
    }

    fn parse_option<T: FromStr>(self, text: Option<&str>) -> Result<Option<T>, StorageError> {
        text.map(|text| self.parse(text)).transpose()
    }

    /// What only decorates: without it all the rest can still be shown.
    fn decoration<T: FromStr>(self, text: Option<&str>) -> Option<T> {
        self.parse_option(text).unwrap_or_default()
    }

    fn prose<const LIMIT: usize>(self, text: Option<&str>) -> Result<Option<Prose<LIMIT>>, StorageError> {
        match text.map(Prose::parse) {
            None => Ok(None),
            Some(Ok(Some(prose))) => Ok(Some(prose)),
            Some(_) => Err(self.corrupt()),
        }
    }

    fn time(self, millis: i64) -> Result<Timestamp, StorageError> {
        let time = Timestamp::from_millis(millis);
        if time.as_millis() == millis { Ok(time) } else { Err(self.corrupt()) }
    }

    fn time_option(self, millis: Option<i64>) -> Result<Option<Timestamp>, StorageError> {
        millis.map(|millis| self.time(millis)).transpose()
    }

    fn revision(self, number: i64) -> Result<Revision, StorageError> {
        if number >= Revision::FIRST.0 { Ok(Revision(number)) } else { Err(self.corrupt()) }
    }

    pub(crate) fn version(self, number: i64) -> Result<u32, StorageError> {
        u32::try_from(number).ok().filter(|number| *number > 0).ok_or_else(|| self.corrupt())
    }

    pub(crate) fn count(self, number: i64) -> Result<u64, StorageError> {
        u64::try_from(number).map_err(|_| self.corrupt())
    }

    /// A JSON list of texts.
    fn list<T: FromStr>(self, json: &str) -> Result<Vec<T>, StorageError> {
        let texts: Vec<String> = serde_json::from_str(json).map_err(|_| self.corrupt())?;
        texts.iter().map(|text| self.parse(text)).collect()
    }

    fn list_option<T: FromStr>(self, json: Option<&str>) -> Result<Option<Vec<T>>, StorageError> {
        json.map(|json| self.list(json)).transpose()
    }

    /// The variables that an entry fills.
    pub(crate) fn names(self, json: &str) -> Result<Vec<EnvVarName>, StorageError> {
        self.list(json)
    }
}

/// Writes a list of texts as JSON.
fn json<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    texts.collect::<serde_json::Value>().to_string()
}

fn text<const LIMIT: usize>(prose: Option<&Prose<LIMIT>>) -> Option<String> {
    prose.map(|prose| prose.as_str().to_owned())
}

/// A digest as bytes, for a statement.
pub(crate) fn bytes(digest: &TokenDigest) -> Vec<u8> {
    digest.as_bytes().to_vec()
}
