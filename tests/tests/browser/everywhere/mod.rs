//! What holds on every page.

mod chores;
mod ended;
mod hostile;
mod keyboard;
mod pages;
mod paint;
mod palette;
mod plain;
mod rules;
mod sights;
mod vault;

use crate::support::browser::Browser;
use sights::Sight;
use vault::Vault;
