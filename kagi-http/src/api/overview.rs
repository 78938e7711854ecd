//! `/stats`, `/audit` and `/export`.

use kagi_domain::{audit::AuditFilter, fields::Fields};
use poem_openapi::OpenApi;

use super::{
    answer::{Answer, Listed, Shown},
    caller::{AuditRead, ExportRead, May, StatsRead},
    export::Attachment,
    query::{Asked, page},
    view::{AuditEventView, StatsView},
};
use crate::draft::parsed;

#[derive(Clone)]
pub(super) struct Api;

#[OpenApi]
impl Api {
    /// The vault at a glance: totals, the newest entries, and those that expire.
    #[oai(path = "/stats", method = "get", operation_id = "getStats")]
    async fn stats(&self, may: May<StatsRead>) -> Answer<Shown<StatsView>> {
        Ok(Shown(may.kagi().overview().get(&may.actor).await?.into()))
    }

    /// A page of the own audit trail, newest first. `since` is within, `until` is not.
    #[oai(path = "/audit", method = "get", operation_id = "listAuditEvents")]
    async fn audit(
        &self,
        may: May<AuditRead>,
        action: Asked,
        since: Asked,
        until: Asked,
        limit: Asked,
        cursor: Asked,
    ) -> Answer<Listed<AuditEventView>> {
        let mut fields = Fields::new();
        let filter = AuditFilter {
            action: parsed(&mut fields, "action", action.0),
            since: parsed(&mut fields, "since", since.0),
            until: parsed(&mut fields, "until", until.0),
        };
        let page = page(&mut fields, &limit, &cursor);
        let page = fields.finish(page)?;
        Ok(Listed::from(may.kagi().audit_trail().list(&may.actor, &filter, &page).await?))
    }

    /// All metadata as a file: categories with their entries, never a value. The audit trail holds the
    /// export before its first byte leaves.
    #[oai(path = "/export", method = "get", operation_id = "exportVault")]
    async fn export(&self, may: May<ExportRead>) -> Answer<Attachment> {
        let export = may.kagi().export().begin(&may.actor).await?;
        Ok(Attachment::begin(export, may.context()).await?)
    }
}
