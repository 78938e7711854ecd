//! What holds on every page.

mod axe;
mod sights;
mod vault;

use crate::support::{
    browser::Browser,
    devtools::{LIGHTS, Light},
};
use sights::Sight;
use vault::Vault;
