//! An entry: a category's value in one project and environment. Only its metadata is here.

use crate::{
    ids::{CategoryId, EntryId},
    model::{
        Patch, Revision,
        category::{Category, Shape},
    },
    secret::SecretValue,
    text::{Color, Description, EnvVarName, IconSlug, Notes, ProjectName, Title, fold},
    time::Timestamp,
};

/// Where a value is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Environment {
    /// The live system.
    #[default]
    Production,
    /// The rehearsal.
    Staging,
    /// Shared development.
    Development,
    /// One developer's machine.
    Local,
}

impl Environment {
    /// Every environment, in the order in which pages list them.
    pub const ALL: [Self; 4] = [Self::Production, Self::Staging, Self::Development, Self::Local];

    /// The environment as the API and storage spell it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Production => "production",
            Self::Staging => "staging",
            Self::Development => "development",
            Self::Local => "local",
        }
    }

    /// Reads [`Self::as_str`] back.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|environment| environment.as_str() == text)
    }
}

/// An entry as stored, without its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its id.
    pub id: EntryId,
    /// Its category, for good.
    pub category: CategoryId,
    /// Its project.
    pub project: ProjectName,
    /// Its environment.
    pub environment: Environment,
    /// What it is for.
    pub description: Option<Description>,
    /// Remarks.
    pub notes: Option<Notes>,
    /// When its value stops working, as far as the person knows.
    pub expires_at: Option<Timestamp>,
    /// Which of the category's variables the current value fills. Names are metadata.
    pub filled: Vec<EnvVarName>,
    /// The number of the current value's version, from 1.
    pub version: u32,
    /// How often the entry was changed.
    pub revision: Revision,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

impl Entry {
    /// What entry search looks through, folded: project, description and notes.
    #[must_use]
    pub fn search_text(&self) -> String {
        let description = self.description.as_ref().map_or("", |text| text.as_str());
        let notes = self.notes.as_ref().map_or("", |text| text.as_str());
        fold(&format!("{}\n{description}\n{notes}", self.project))
    }
}

/// What an entry's listing says of its category.
#[derive(Debug, Clone)]
pub struct CategorySummary {
    /// Its id.
    pub id: CategoryId,
    /// Its name.
    pub name: Title,
    /// Its variables.
    pub shape: Shape,
    /// Its icon.
    pub icon: Option<IconSlug>,
    /// Its colour.
    pub color: Option<Color>,
}

impl From<&Category> for CategorySummary {
    fn from(category: &Category) -> Self {
        Self {
            id: category.id,
            name: category.name.clone(),
            shape: category.shape.clone(),
            icon: category.icon.clone(),
            color: category.color.clone(),
        }
    }
}

/// An entry in lists and details.
#[derive(Debug, Clone)]
pub struct EntryListing {
    /// The entry.
    pub entry: Entry,
    /// Its category.
    pub category: CategorySummary,
}

/// What to make an entry from.
#[derive(Debug)]
pub struct NewEntry {
    /// Its category.
    pub category: CategoryId,
    /// Its project.
    pub project: ProjectName,
    /// Its environment.
    pub environment: Environment,
    /// Its value.
    pub value: SecretValue,
    /// What it is for.
    pub description: Option<Description>,
    /// Remarks.
    pub notes: Option<Notes>,
    /// When the value stops working.
    pub expires_at: Option<Timestamp>,
}

impl NewEntry {
    /// A production entry with nothing but its project and value.
    #[must_use]
    pub const fn new(category: CategoryId, project: ProjectName, value: SecretValue) -> Self {
        let environment = Environment::Production;
        Self { category, project, environment, value, description: None, notes: None, expires_at: None }
    }
}

/// What to change of an entry; what is not named stays, the value too.
#[derive(Debug, Default)]
pub struct EntryPatch {
    /// A new project.
    pub project: Option<ProjectName>,
    /// A new environment.
    pub environment: Option<Environment>,
    /// A new value, which makes a new version.
    pub value: Option<SecretValue>,
    /// A new description.
    pub description: Patch<Description>,
    /// New remarks.
    pub notes: Patch<Notes>,
    /// A new expiry.
    pub expires_at: Patch<Timestamp>,
    /// The revision that the change began with; at another one nothing is changed. `None` changes what is there.
    pub seen: Option<Revision>,
}

/// Which entries are wanted.
#[derive(Debug, Clone, Default)]
pub struct EntryFilter {
    /// Of this category.
    pub category: Option<CategoryId>,
    /// Of this project (compared folded).
    pub project: Option<ProjectName>,
    /// Of this environment.
    pub environment: Option<Environment>,
    /// Expiring no later than this.
    pub expires_before: Option<Timestamp>,
    /// A folded text that must occur in the entry or in its category's names.
    pub search: Option<String>,
}
