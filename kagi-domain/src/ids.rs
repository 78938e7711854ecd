//! Typed ids: UUIDv7 (RFC 9562, section 5.7) made from the [`Clock`] and [`Entropy`] ports.
//!
//! Two ids of different things never compare or convert into each other by accident.

use std::{fmt, str::FromStr};

use uuid::Uuid;

use crate::ports::{Clock, Entropy};

/// The text is not a canonical (hyphenated, 36 characters) UUID.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("This is not a valid id.")]
pub struct InvalidId;

/// Makes a fresh UUIDv7: 48 bits of milliseconds, the rest random.
pub(crate) fn mint(clock: &dyn Clock, entropy: &dyn Entropy) -> Uuid {
    let mut random = [0; 10];
    entropy.fill(&mut random);
    let millis = u64::try_from(clock.now().as_millis()).unwrap_or(0);
    uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
}

macro_rules! typed_ids {
    ($($(#[$doc:meta])* $name:ident;)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Uuid);

        impl $name {
            /// A fresh id, ordered by the clock.
            pub fn mint(clock: &dyn Clock, entropy: &dyn Entropy) -> Self {
                Self(mint(clock, entropy))
            }

            /// Takes an id that was stored before.
            #[must_use]
            pub const fn from_uuid(id: Uuid) -> Self {
                Self(id)
            }

            /// The bare UUID, for storage and for the sealing context.
            #[must_use]
            pub const fn as_uuid(self) -> Uuid {
                self.0
            }
        }

        impl FromStr for $name {
            type Err = InvalidId;

            /// Accepts the hyphenated form only.
            fn from_str(text: &str) -> Result<Self, InvalidId> {
                match Uuid::try_parse(text) {
                    Ok(id) if text.len() == 36 => Ok(Self(id)),
                    _ => Err(InvalidId),
                }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0, f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }
    )+};
}

typed_ids! {
    /// A person with a vault.
    UserId;
    /// The type and format of a key.
    CategoryId;
    /// A category's value in one project and environment.
    EntryId;
    /// The recovery codes of one service.
    RecoverySetId;
    /// One recovery code. A set that gets new codes gets new ids: no cell of an old code fits them.
    RecoveryCodeId;
    /// A credential for the API.
    AccessKeyId;
    /// A browser's sign-in.
    SessionId;
    /// One line of the audit trail.
    AuditEventId;
    /// One request, quoted in error answers and in the audit trail.
    RequestId;
}
