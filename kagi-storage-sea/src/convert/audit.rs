//! Events of the trail.

use kagi_domain::audit::AuditEvent;

use crate::row::audit_event::Model;

pub(crate) fn event_row(event: &AuditEvent) -> Model {
    let target = event.target.as_ref();
    Model {
        id: event.id.as_uuid(),
        user_id: event.owner.map(kagi_domain::ids::UserId::as_uuid),
        action: event.action.as_str().to_owned(),
        result: event.result.as_str().to_owned(),
        actor_kind: event.actor.kind.as_str().to_owned(),
        actor_id: event.actor.id,
        actor_name: event.actor.name.clone(),
        target_type: target.map(|target| target.kind.as_str().to_owned()),
        target_id: target.map(|target| target.id.clone()),
        ip: event.ip.map(|ip| ip.to_string()),
        request_id: event.request_id.as_uuid(),
        created_at: event.created_at.as_millis(),
    }
}
