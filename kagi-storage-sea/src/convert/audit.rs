//! Events of the trail.

use kagi_domain::{
    access::{ActorKind, ActorStamp},
    audit::{Action, AuditEvent, AuditResult, Target, TargetKind},
    ids::{AuditEventId, RequestId, UserId},
    ports::StorageError,
};

use super::Column;
use crate::row::audit_event::Model;

pub(crate) fn event(row: &Model) -> Result<AuditEvent, StorageError> {
    let column = |name| Column("audit_events", name);
    let actor_kind = ActorKind::from_stored(&row.actor_kind);
    Ok(AuditEvent {
        id: AuditEventId::from_uuid(row.id),
        owner: row.user_id.map(UserId::from_uuid),
        action: Action::from_stored(&row.action).ok_or_else(|| column("action").corrupt())?,
        result: AuditResult::from_stored(&row.result).ok_or_else(|| column("result").corrupt())?,
        actor: ActorStamp {
            kind: actor_kind.ok_or_else(|| column("actor_kind").corrupt())?,
            id: row.actor_id,
            name: row.actor_name.clone(),
        },
        target: target(row)?,
        ip: column("ip").parse_option(row.ip.as_deref())?,
        request_id: RequestId::from_uuid(row.request_id),
        created_at: column("created_at").time(row.created_at)?,
    })
}

fn target(row: &Model) -> Result<Option<Target>, StorageError> {
    match (row.target_type.as_deref(), &row.target_id) {
        (None, None) => Ok(None),
        (Some(kind), Some(id)) => {
            let kind = TargetKind::from_stored(kind);
            Ok(Some(Target {
                kind: kind.ok_or_else(|| Column("audit_events", "target_type").corrupt())?,
                id: id.clone(),
            }))
        }
        _ => Err(Column("audit_events", "target_id").corrupt()),
    }
}

pub(crate) fn event_row(event: &AuditEvent) -> Model {
    let target = event.target.as_ref();
    Model {
        id: event.id.as_uuid(),
        user_id: event.owner.map(UserId::as_uuid),
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
