//! The machine's clock and randomness: the one place that asks the system for them.

use std::{thread, time::Duration, time::SystemTime, time::UNIX_EPOCH};

use kagi_domain::{
    ports::{Clock, Entropy},
    time::Timestamp,
};
use ring::rand::{SecureRandom, SystemRandom};

/// The system's wall clock, cut to whole milliseconds.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        #[expect(clippy::disallowed_methods, reason = "this is the Clock that all others ask")]
        let now = SystemTime::now();
        let millis = |span: Duration| i64::try_from(span.as_millis()).unwrap_or(i64::MAX);
        match now.duration_since(UNIX_EPOCH) {
            Ok(span) => Timestamp::from_millis(millis(span)),
            Err(before) => Timestamp::from_millis(-millis(before.duration())),
        }
    }
}

/// The system's random number generator.
///
/// It gives random bytes or it does not return. On the systems that Kagi supports it cannot fail
/// once the system has booted; should it fail nevertheless (a sandbox that forbids the call), the
/// caller waits and asks again, because an id or a token with predictable bytes is worse than a
/// stopped program.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemEntropy;

impl Entropy for SystemEntropy {
    fn fill(&self, buffer: &mut [u8]) {
        while SystemRandom::new().fill(buffer).is_err() {
            thread::sleep(Duration::from_millis(10));
        }
    }
}
