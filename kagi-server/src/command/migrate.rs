//! `migrate`

use kagi_storage_sea::SeaStorage;

use super::{runtime, say};
use crate::{
    Failure,
    config::{Config, Variables},
};

pub(super) fn run(variables: &Variables) -> Result<(), Failure> {
    let database = Config::read_database(variables)?;
    match runtime()?.block_on(SeaStorage::migrate(&database))? {
        0 => say("The database was up to date."),
        1 => say("One migration was applied; the database is up to date."),
        count => say(format_args!("{count} migrations were applied; the database is up to date.")),
    }
    Ok(())
}
