//! What the histories of entries' values and of env files' contents have in common.

use std::fmt;

use crate::{
    Kagi,
    access::Owner,
    audit::{Action, AuditEvent, AuditResult, Target, TargetKind},
};

impl Kagi {
    /// An event that says which version it is about.
    pub(super) fn version_event(
        &self,
        owner: &Owner,
        action: Action,
        result: AuditResult,
        kind: TargetKind,
        (id, number): (impl fmt::Display, u32),
    ) -> AuditEvent {
        self.event(owner, action, result, Target::new(kind, format_args!("{id}/{number}")))
    }
}
