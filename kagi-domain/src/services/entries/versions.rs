//! The history of an entry's value: list, restore, purge. To reveal a version is `reveal`'s.

use crate::{
    access::{Actor, Owner, Scope},
    audit::{Action, AuditEvent, AuditRecord, AuditResult, TargetKind},
    fields::{Fields, Invalid},
    ids::EntryId,
    model::{category::Shape, entry::EntryListing, version::VersionListing},
    paging::{Order, Page, PageRequest},
    ports::EntryDisclosure,
    secret::SecretValue,
    services::{
        entries::{Entries, EntryError},
        retry::retried,
    },
};

impl Entries<'_> {
    /// A page of the versions of an entry's value, newest first, without the values. Needs
    /// [`Scope::EntriesRead`].
    ///
    /// # Errors
    ///
    /// [`EntryError`]; `Invalid` for a cursor of another list.
    pub async fn versions(
        &self,
        actor: &Actor,
        id: EntryId,
        page: &PageRequest,
    ) -> Result<Page<VersionListing>, EntryError> {
        let owner = self.0.authorize(actor, Scope::EntriesRead).await?;
        page.ordered_by(Order::Number)?;
        self.0.ports.storage.catalog().versions(&owner, id, page).await?.ok_or(EntryError::NotFound)
    }

    /// Makes the value of a version the current one again, as a new version: nothing is overwritten,
    /// and no plaintext leaves. The current version can be restored too. Needs
    /// [`Scope::EntriesWrite`].
    ///
    /// # Errors
    ///
    /// [`EntryError`]; nothing is changed then. `Invalid` when the version fills fields that the
    /// category has no longer; `Integrity` leaves a failed event.
    pub async fn restore(&self, actor: &Actor, id: EntryId, number: u32) -> Result<EntryListing, EntryError> {
        let owner = self.0.authorize(actor, Scope::EntriesWrite).await?;
        let restored = retried(|| self.try_restore(&owner, id, number)).await;
        if let Err(EntryError::Integrity) = restored {
            let failed = self.version_event(&owner, Action::EntryRestore, AuditResult::Failed, id, number);
            self.0.ports.storage.record(AuditRecord::new(failed)).await?;
        }
        restored
    }

    async fn try_restore(&self, owner: &Owner, id: EntryId, number: u32) -> Result<EntryListing, EntryError> {
        let mut unit = self.0.ports.storage.begin().await?;
        let mut entry = unit.entries().find(owner, id).await?.ok_or(EntryError::NotFound)?;
        let category = unit.categories().find(owner, entry.category).await?.ok_or(EntryError::NotFound)?;
        let sealed = unit.entries().version(owner, id, number).await?;
        let value = self.open(&EntryDisclosure {
            id,
            owner: owner.user(),
            category: category.id,
            shape: category.shape.clone(),
            version: number,
            sealed: sealed.ok_or(EntryError::VersionNotFound)?,
            superseded: false,
        })?;
        still_fits(&category.shape, &value)?;
        self.save(&mut *unit, owner, &category, &mut entry, Some(&value)).await?;
        let event = self.version_event(owner, Action::EntryRestore, AuditResult::Ok, id, number);
        unit.commit(AuditRecord::new(event)).await?;
        Ok(EntryListing { category: (&category).into(), entry })
    }

    /// Deletes a version for good, such as one that leaked; its number is not used again. Needs
    /// [`Scope::EntriesWrite`].
    ///
    /// # Errors
    ///
    /// [`EntryError`]; `CurrentVersion` when it is the current one.
    pub async fn purge_version(&self, actor: &Actor, id: EntryId, number: u32) -> Result<(), EntryError> {
        let owner = self.0.authorize(actor, Scope::EntriesWrite).await?;
        retried(|| self.try_purge(&owner, id, number)).await
    }

    async fn try_purge(&self, owner: &Owner, id: EntryId, number: u32) -> Result<(), EntryError> {
        let mut unit = self.0.ports.storage.begin().await?;
        let entry = unit.entries().find(owner, id).await?.ok_or(EntryError::NotFound)?;
        if entry.version == number {
            return Err(EntryError::CurrentVersion);
        }
        if !unit.entries().remove_version(owner, id, number).await? {
            return Err(EntryError::VersionNotFound);
        }
        let event = self.version_event(owner, Action::EntryPurgeVersion, AuditResult::Ok, id, number);
        Ok(unit.commit(AuditRecord::new(event)).await?)
    }

    pub(super) fn version_event(
        self,
        owner: &Owner,
        action: Action,
        result: AuditResult,
        id: EntryId,
        number: u32,
    ) -> AuditEvent {
        self.0.version_event(owner, action, result, TargetKind::EntryVersion, (id, number))
    }
}

/// A group's old value may fill fields that were removed since. To leave them out would lose what was
/// to be brought back, so the person decides.
fn still_fits(shape: &Shape, value: &SecretValue) -> Result<(), Invalid> {
    let mut fields = Fields::new();
    if let SecretValue::Group(group) = value {
        for name in group.names().iter().filter(|name| !shape.fields().contains(name)) {
            let advice = "The category has no such field any more; add it again to restore this version.";
            fields.refuse(format!("value.{name}"), advice);
        }
    }
    fields.finish(Some(()))
}
