//! Versions of values, without the values.

use kagi_domain::model::version::VersionListing;

use super::actor::ActorView;
use crate::schema::view;

view! {
    /// A version of a value. The value is not here.
    pub(crate) struct VersionView as "Version" {
        /// Its number, from 1. A number is never used again; purged versions leave gaps.
        number: u32 = "number",
        /// When it was saved.
        created_at: String = "createdAt",
        /// Who saved it.
        actor: ActorView = "actor",
    }
}

impl From<VersionListing> for VersionView {
    fn from(version: VersionListing) -> Self {
        let actor = version.actor.into();
        Self { number: version.number, created_at: version.created_at.to_string(), actor }
    }
}
