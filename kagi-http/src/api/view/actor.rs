//! Who did something.

use kagi_domain::access::ActorStamp;

use super::text;
use crate::schema::view;

view! {
    /// Who did it, readable after the credential is gone.
    pub(crate) struct ActorView as "Actor" {
        /// `session`, `access_key` or `system`.
        kind: &'static str = "kind",
        /// The session's or access key's id; none for a program that holds the vault itself.
        id: Option<String> = "id",
        /// The person's or access key's name.
        name: String = "name",
    }
}

impl From<ActorStamp> for ActorView {
    fn from(actor: ActorStamp) -> Self {
        Self { kind: actor.kind.as_str(), id: text(actor.id.as_ref()), name: actor.name }
    }
}
