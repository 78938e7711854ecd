//! Keeps refusals in the trail without letting a runaway script flood it.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use uuid::Uuid;

use crate::{
    Kagi,
    access::{Actor, Denied},
    audit::{Action, AuditEvent, AuditRecord, AuditResult, Target, TargetKind},
    ids::{AuditEventId, UserId},
};

/// How many refusals of one actor are listed one by one in a minute; the next is a summary.
const LISTED_PER_MINUTE: u32 = 60;
/// How many actors are remembered before those of earlier minutes are forgotten.
const REMEMBERED: usize = 10_000;

type Who = (UserId, Option<Uuid>);

/// Counts refusals by actor and minute.
#[derive(Debug, Default)]
pub(crate) struct DenialGate(Mutex<HashMap<Who, (i64, u32)>>);

impl DenialGate {
    /// Writes the refusal to the trail, or its minute's summary, or nothing once that is written.
    pub(crate) async fn note(&self, kagi: &Kagi, actor: &Actor, denied: Denied) {
        let now = kagi.ports.clock.now();
        let count = self.count((actor.user(), actor.stamp().id), now.as_millis() / 60_000);
        let action = match count {
            ..=LISTED_PER_MINUTE => Action::AccessDenied,
            _ if count == LISTED_PER_MINUTE + 1 => Action::AccessDeniedMany,
            _ => return,
        };
        let event = AuditEvent {
            id: AuditEventId::mint_at(now, &*kagi.ports.entropy),
            owner: Some(actor.user()),
            action,
            result: AuditResult::Denied,
            actor: actor.stamp().clone(),
            target: Some(target(denied)),
            ip: actor.origin().ip,
            request_id: actor.origin().request_id,
            created_at: now,
        };
        // The refusal stands whether or not it can be written; storage logs why it could not.
        let _ = kagi.ports.storage.record(AuditRecord::new(event)).await;
    }

    fn count(&self, who: Who, minute: i64) -> u32 {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if counts.len() >= REMEMBERED {
            counts.retain(|_, (then, _)| *then == minute);
        }
        let (then, count) = counts.entry(who).or_insert((minute, 0));
        if *then != minute {
            (*then, *count) = (minute, 0);
        }
        *count = count.saturating_add(1);
        *count
    }
}

fn target(denied: Denied) -> Target {
    match denied {
        Denied::Scope(scope) | Denied::Project(scope) => Target::new(TargetKind::Scope, scope),
        Denied::SessionRequired => Target::new(TargetKind::Scope, "session"),
        Denied::ReauthRequired => Target::new(TargetKind::Scope, "reauth"),
    }
}
