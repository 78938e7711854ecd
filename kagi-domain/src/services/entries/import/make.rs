//! What the confirmed lines become.

use std::collections::{BTreeMap, BTreeSet};

use super::{Choice, Destination, ImportSource, PlannedLine};
use crate::{
    access::Owner,
    catalogue,
    dotenv::Document,
    fields::Invalid,
    ids::{CategoryId, EntryId},
    model::{
        Revision,
        category::{Category, KeyType, NewCategory, Shape},
        entry::Entry,
    },
    ports::{StorageError, UnitOfWork},
    secret::{SecretFields, SecretText, SecretValue},
    services::entries::{Entries, EntryError, value::checked_value},
    text::EnvVarName,
};

impl Entries<'_> {
    pub(super) async fn make_category(
        &self,
        unit: &mut dyn UnitOfWork,
        owner: &Owner,
        group: &Group,
    ) -> Result<Category, EntryError> {
        let new = match &group.destination {
            Destination::Service(slug) => {
                catalogue::find(slug).ok_or(EntryError::Changed(group.line))?.category()?
            }
            Destination::New(name) => named_like(name)?,
            Destination::Category(_) => return Err(EntryError::Changed(group.line)),
        };
        let now = self.0.ports.clock.now();
        let category = Category {
            id: CategoryId::mint(&*self.0.ports.clock, &*self.0.ports.entropy),
            name: new.name,
            shape: new.shape,
            public_names: new.public_names,
            description: new.description,
            icon: new.icon,
            color: new.color,
            revision: Revision::FIRST,
            created_at: now,
            updated_at: now,
        };
        let inserted = unit.categories().insert(owner, &category).await;
        inserted.map_err(|error| somebody_was_faster(error, group.line))?;
        Ok(category)
    }

    pub(super) async fn make_entry(
        &self,
        unit: &mut dyn UnitOfWork,
        owner: &Owner,
        source: &ImportSource,
        category: &Category,
        group: Group,
    ) -> Result<Entry, EntryError> {
        let now = self.0.ports.clock.now();
        let line = group.line;
        let value = group.into_value(category.shape.key_type())?;
        let entry = Entry {
            id: EntryId::mint(&*self.0.ports.clock, &*self.0.ports.entropy),
            category: category.id,
            project: source.project.clone(),
            environment: source.environment,
            description: None,
            notes: None,
            expires_at: None,
            filled: checked_value(&category.shape, &value)?,
            version: 1,
            revision: Revision::FIRST,
            created_at: now,
            updated_at: now,
        };
        let first = self.version(owner, category, &entry, &value)?;
        // Held so that a field which this value fills cannot be removed at the same moment.
        unit.categories().hold(owner, category.id, category.revision).await?;
        let inserted = unit.entries().insert(owner, &entry, &first).await;
        inserted.map_err(|error| somebody_was_faster(error, line))?;
        Ok(entry)
    }
}

/// The lines that become one entry.
pub(super) struct Group {
    /// The first of them.
    pub(super) line: u32,
    pub(super) destination: Destination,
    values: Vec<(EnvVarName, SecretText)>,
}

impl Group {
    fn into_value(self, kind: KeyType) -> Result<SecretValue, EntryError> {
        let line = self.line;
        let mut values = self.values.into_iter();
        if kind == KeyType::Simple {
            let one = values.next().filter(|_| values.len() == 0);
            return one.map(|(_, text)| SecretValue::Simple(text)).ok_or(EntryError::Changed(line));
        }
        let mut fields = SecretFields::new();
        for (name, text) in values {
            fields.insert(name, text).map_err(|_| EntryError::Changed(line))?;
        }
        Ok(SecretValue::Group(fields))
    }
}

/// The confirmed lines by where they go. Each must still become what was confirmed, and once.
pub(super) fn gathered(
    source: &ImportSource,
    planned: &[PlannedLine],
    choices: &[Choice],
) -> Result<Vec<Group>, EntryError> {
    let offered: BTreeMap<u32, Choice> =
        planned.iter().filter_map(PlannedLine::choice).map(|choice| (choice.line, choice)).collect();
    let mut confirmed = BTreeSet::new();
    for choice in choices {
        if offered.get(&choice.line) != Some(choice) || !confirmed.insert(choice.line) {
            return Err(EntryError::Changed(choice.line));
        }
    }
    let mut groups: BTreeMap<&Destination, Group> = BTreeMap::new();
    for assignment in Document::read(source.content.text()).assignments() {
        let line = assignment.line();
        let Some(choice) = offered.get(&line).filter(|_| confirmed.contains(&line)) else { continue };
        let name = assignment.name().map_err(|_| EntryError::Changed(line))?;
        let destination = choice.destination.clone();
        let group = groups.entry(&choice.destination);
        let group = group.or_insert_with(|| Group { line, destination, values: Vec::new() });
        group.values.push((name, assignment.value()));
    }
    Ok(groups.into_values().collect())
}

/// A category of one variable that is called like it.
fn named_like(name: &EnvVarName) -> Result<NewCategory, EntryError> {
    let title = name.as_str().parse().map_err(|error| Invalid::field("content", error))?;
    let shape = Shape::new(KeyType::Simple, Some(name.clone()), Vec::new());
    let shape = shape.map_err(|error| Invalid::field("content", error))?;
    Ok(NewCategory { name: title, shape, public_names: None, description: None, icon: None, color: None })
}

/// Somebody took a place or a name between the plan and now.
fn somebody_was_faster(error: StorageError, line: u32) -> EntryError {
    match error {
        StorageError::Duplicate(_) => EntryError::Changed(line),
        other => EntryError::Storage(other),
    }
}
