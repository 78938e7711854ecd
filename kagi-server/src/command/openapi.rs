//! `openapi`

use super::say;
use crate::{
    Failure,
    config::{Config, Variables},
};

pub(super) fn run(variables: &Variables) -> Result<(), Failure> {
    let url = Config::read_address(variables)?;
    say(kagi_http::openapi_document(url, env!("CARGO_PKG_VERSION")));
    Ok(())
}
