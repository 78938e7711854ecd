//! Events of the audit trail.

use kagi_domain::audit::AuditEvent;

use super::{ActorView, text};
use crate::{api::answer::View, schema::view};

view! {
    /// Something that was done to a vault, or tried.
    pub(crate) struct AuditEventView as "AuditEvent" {
        /// Its id, by which the trail is ordered.
        id: String = "id",
        /// What was done, such as `entry.reveal`.
        action: &'static str = "action",
        /// `ok`, `denied` or `failed`.
        result: &'static str = "result",
        /// Who did it.
        actor: ActorView = "actor",
        /// What kind of object it was done to, such as `entry`; `scope` for a permission that was missing.
        target_type: Option<&'static str> = "targetType",
        /// The object's id; for a scope its name.
        target_id: Option<String> = "targetId",
        /// The client's address; none for a program that holds the vault itself.
        ip: Option<String> = "ip",
        /// The request's id, as its answer and the server's log have it.
        request_id: String = "requestId",
        /// When it was done.
        created_at: String = "createdAt",
    }
}

impl View for AuditEventView {}

impl From<AuditEvent> for AuditEventView {
    fn from(event: AuditEvent) -> Self {
        let (target_type, target_id) = event.target.map(|target| (target.kind.as_str(), target.id)).unzip();
        Self {
            id: event.id.to_string(),
            action: event.action.as_str(),
            result: event.result.as_str(),
            actor: event.actor.into(),
            target_type,
            target_id,
            ip: text(event.ip.as_ref()),
            request_id: event.request_id.to_string(),
            created_at: event.created_at.to_string(),
        }
    }
}
