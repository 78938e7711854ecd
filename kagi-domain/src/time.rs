//! Points in time with whole milliseconds, the precision that storage and the API share.

use std::{fmt, str::FromStr, time::Duration};

/// Milliseconds since the Unix epoch, between the years 0 and 9999 (RFC 3339's range).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

/// The text is not an RFC 3339 time with an offset.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("Give a time such as 2027-01-31T12:00:00Z.")]
pub struct InvalidTimestamp;

impl Timestamp {
    const EARLIEST: i64 = -62_167_219_200_000;
    const LATEST: i64 = 253_402_300_799_999;

    /// Takes milliseconds since the epoch; out of range they saturate.
    #[must_use]
    pub fn from_millis(millis: i64) -> Self {
        Self(millis.clamp(Self::EARLIEST, Self::LATEST))
    }

    /// Milliseconds since the epoch.
    #[must_use]
    pub const fn as_millis(self) -> i64 {
        self.0
    }

    /// This much later, saturating.
    #[must_use]
    pub fn plus(self, span: Duration) -> Self {
        Self::from_millis(self.0.saturating_add(millis(span)))
    }

    /// This much earlier, saturating.
    #[must_use]
    pub fn minus(self, span: Duration) -> Self {
        Self::from_millis(self.0.saturating_sub(millis(span)))
    }

    /// The time that has passed since `earlier`; zero when `earlier` is in the future.
    #[must_use]
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_millis(u64::try_from(self.0 - earlier.0).unwrap_or(0))
    }
}

fn millis(span: Duration) -> i64 {
    i64::try_from(span.as_millis()).unwrap_or(i64::MAX)
}

impl fmt::Display for Timestamp {
    /// RFC 3339 in UTC with three digits of milliseconds.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let time = jiff::Timestamp::from_millisecond(self.0).map_err(|_| fmt::Error)?;
        write!(f, "{time:.3}")
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Timestamp {
    type Err = InvalidTimestamp;

    /// Reads RFC 3339 with any offset; digits below a millisecond are cut off.
    fn from_str(text: &str) -> Result<Self, InvalidTimestamp> {
        let time: jiff::Timestamp = text.parse().map_err(|_| InvalidTimestamp)?;
        let millis = time.as_millisecond();
        if (Self::EARLIEST..=Self::LATEST).contains(&millis) {
            Ok(Self(millis))
        } else {
            Err(InvalidTimestamp)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_three_digits_in_utc() {
        let time: Timestamp = "2026-11-23T23:05:00.1239+02:00".parse().unwrap();
        assert_eq!(time.to_string(), "2026-11-23T21:05:00.123Z");
        assert_eq!(Timestamp::from_millis(0).to_string(), "1970-01-01T00:00:00.000Z");
        assert!("2026-11-23".parse::<Timestamp>().is_err());
        assert!("tomorrow".parse::<Timestamp>().is_err());
    }
}
