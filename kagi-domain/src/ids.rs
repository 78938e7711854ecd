//! Typed ids: UUIDv7 (RFC 9562, section 5.7) made from the [`Clock`] and [`Entropy`] ports.
//!
//! Two ids of different things never compare or convert into each other by accident.

mod source;

use std::{fmt, str::FromStr};

use uuid::Uuid;

use crate::{
    ports::{Clock, Entropy},
    time::Timestamp,
};

pub use source::IdSource;

/// The text is not a canonical (hyphenated, 36 characters) UUID.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("This is not a valid id.")]
pub struct InvalidId;

macro_rules! typed_ids {
    ($($(#[$doc:meta])* $name:ident;)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Uuid);

        impl $name {
            /// A fresh id, greater than all that were made from this source before.
            pub fn mint(clock: &dyn Clock, ids: &IdSource<impl Entropy>) -> Self {
                Self::mint_at(clock.now(), ids)
            }

            /// The same for a time that was read before: the id is not from before it.
            pub fn mint_at(time: Timestamp, ids: &IdSource<impl Entropy>) -> Self {
                Self(ids.mint(time))
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
    /// The env files of one project.
    EnvProjectId;
    /// One env file. A file that is made again after its deletion has another id.
    EnvFileId;
    /// A credential for the API.
    AccessKeyId;
    /// A browser's sign-in.
    SessionId;
    /// One line of the audit trail.
    AuditEventId;
    /// One request, quoted in error answers and in the audit trail.
    RequestId;
}

impl AuditEventId {
    /// A bound in a trail that is ordered by id: the ids of earlier milliseconds are below it, those
    /// of this one and of later ones are not.
    #[must_use]
    pub fn first_at(time: Timestamp) -> Self {
        Self(Uuid::from_u128(u128::try_from(time.as_millis()).unwrap_or(0) << 80))
    }
}
