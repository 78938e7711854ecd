//! `keygen`

use kagi_crypto::MasterKey;

use super::say;
use crate::Failure;

#[expect(clippy::unnecessary_wraps, reason = "all commands have one form")]
pub(super) fn run() -> Result<(), Failure> {
    let key = MasterKey::generate_hex();
    // EXPOSE: printing it is the command's purpose.
    say(key.expose());
    Ok(())
}
