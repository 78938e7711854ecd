//! A category: the type and format of a key, a template for entries.

use crate::{
    ids::CategoryId,
    model::{Patch, Revision},
    text::{Color, Description, EnvVarName, IconSlug, Title, fold},
    time::Timestamp,
};

/// How many environment variables a key is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum KeyType {
    /// One variable.
    Simple,
    /// Several named fields.
    Group,
}

impl KeyType {
    /// Every type, in the order in which pages list them.
    pub const ALL: [Self; 2] = [Self::Simple, Self::Group];

    /// The type as the API and storage spell it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Simple => "simple",
            Self::Group => "group",
        }
    }

    /// Reads [`Self::as_str`] back.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}

/// The environment variables of a category: one, or an ordered list of unique ones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shape(Names);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Names {
    Simple(EnvVarName),
    Group(Vec<EnvVarName>),
}

/// Type, variable and fields do not fit together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ShapeError {
    /// A simple category without its variable.
    #[error("A simple category needs the name of its environment variable.")]
    SimpleRequiresEnvVar,
    /// A group without fields.
    #[error("A group category needs at least one field.")]
    GroupRequiresFields,
    /// A field stands twice in the list.
    #[error("Each field must be named once.")]
    DuplicateField,
    /// More fields than [`Shape::MAX_FIELDS`].
    #[error("A group has at most 100 fields.")]
    TooManyFields,
    /// A group with a single variable.
    #[error("A group category has fields instead of one environment variable.")]
    EnvVarOnGroup,
    /// A simple category with fields.
    #[error("A simple category has one environment variable instead of fields.")]
    FieldsOnSimple,
}

impl Shape {
    /// The most fields a group may define.
    pub const MAX_FIELDS: usize = 100;

    /// Fits type, variable and fields together.
    ///
    /// # Errors
    ///
    /// A [`ShapeError`] that says which part is missing, doubled or out of place.
    pub fn new(
        kind: KeyType,
        env_var: Option<EnvVarName>,
        fields: Vec<EnvVarName>,
    ) -> Result<Self, ShapeError> {
        match (kind, env_var) {
            (KeyType::Simple, _) if !fields.is_empty() => Err(ShapeError::FieldsOnSimple),
            (KeyType::Simple, None) => Err(ShapeError::SimpleRequiresEnvVar),
            (KeyType::Simple, Some(name)) => Ok(Self(Names::Simple(name))),
            (KeyType::Group, Some(_)) => Err(ShapeError::EnvVarOnGroup),
            (KeyType::Group, None) if fields.is_empty() => Err(ShapeError::GroupRequiresFields),
            (KeyType::Group, None) if fields.len() > Self::MAX_FIELDS => Err(ShapeError::TooManyFields),
            (KeyType::Group, None) => {
                let mut seen = std::collections::BTreeSet::new();
                let unique = fields.iter().all(|field| seen.insert(field));
                if unique { Ok(Self(Names::Group(fields))) } else { Err(ShapeError::DuplicateField) }
            }
        }
    }

    /// Simple or group.
    #[must_use]
    pub const fn key_type(&self) -> KeyType {
        match self.0 {
            Names::Simple(_) => KeyType::Simple,
            Names::Group(_) => KeyType::Group,
        }
    }

    /// A simple category's variable.
    #[must_use]
    pub const fn env_var(&self) -> Option<&EnvVarName> {
        match &self.0 {
            Names::Simple(name) => Some(name),
            Names::Group(_) => None,
        }
    }

    /// A group's fields in order; empty for a simple category.
    #[must_use]
    pub fn fields(&self) -> &[EnvVarName] {
        match &self.0 {
            Names::Simple(_) => &[],
            Names::Group(fields) => fields,
        }
    }

    /// All variables: the one, or the fields in order.
    #[must_use]
    pub fn names(&self) -> &[EnvVarName] {
        match &self.0 {
            Names::Simple(name) => std::slice::from_ref(name),
            Names::Group(fields) => fields,
        }
    }
}

/// A category as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Category {
    /// Its id.
    pub id: CategoryId,
    /// Its name, unique (folded) within its owner.
    pub name: Title,
    /// Its variables.
    pub shape: Shape,
    /// Those of its names whose values may be shown in a browser; `None` leaves it to the names.
    pub public_names: Option<Vec<EnvVarName>>,
    /// What it is for.
    pub description: Option<Description>,
    /// Its icon.
    pub icon: Option<IconSlug>,
    /// Its colour.
    pub color: Option<Color>,
    /// How often it was changed.
    pub revision: Revision,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

impl Category {
    /// What category search looks through, folded: name, description and variables.
    #[must_use]
    pub fn search_text(&self) -> String {
        let description = self.description.as_ref().map_or("", |text| text.as_str());
        fold(&format!("{}\n{description}\n{}", self.name, self.variables()))
    }

    /// What entry search looks through of a category, folded: name and variables.
    #[must_use]
    pub fn entry_search_text(&self) -> String {
        fold(&format!("{}\n{}", self.name, self.variables()))
    }

    fn variables(&self) -> String {
        self.shape.names().iter().map(EnvVarName::as_str).collect::<Vec<_>>().join("\n")
    }
}

/// A category in lists and details.
#[derive(Debug, Clone)]
pub struct CategoryListing {
    /// The category.
    pub category: Category,
    /// How many of its entries are within reach.
    pub entry_count: u64,
}

/// What to make a category from.
#[derive(Debug, Clone)]
pub struct NewCategory {
    /// Its name.
    pub name: Title,
    /// Its variables.
    pub shape: Shape,
    /// Those whose values may be shown in a browser.
    pub public_names: Option<Vec<EnvVarName>>,
    /// What it is for.
    pub description: Option<Description>,
    /// Its icon.
    pub icon: Option<IconSlug>,
    /// Its colour.
    pub color: Option<Color>,
}

impl NewCategory {
    /// A category with nothing but its name and variables.
    #[must_use]
    pub const fn new(name: Title, shape: Shape) -> Self {
        Self { name, shape, public_names: None, description: None, icon: None, color: None }
    }
}

/// What to change of a category; what is not named stays.
#[derive(Debug, Clone, Default)]
pub struct CategoryPatch {
    /// A new name.
    pub name: Option<Title>,
    /// A new type, while there are no entries.
    pub key_type: Option<KeyType>,
    /// A new variable.
    pub env_var: Patch<EnvVarName>,
    /// New fields.
    pub fields: Patch<Vec<EnvVarName>>,
    /// New public names.
    pub public_names: Patch<Vec<EnvVarName>>,
    /// A new description.
    pub description: Patch<Description>,
    /// A new icon.
    pub icon: Patch<IconSlug>,
    /// A new colour.
    pub color: Patch<Color>,
    /// The revision that the change began with; at another one nothing is changed. `None` changes what is there.
    pub seen: Option<Revision>,
}

/// Which categories are wanted.
#[derive(Debug, Clone, Default)]
pub struct CategoryFilter {
    /// A folded text that must occur.
    pub search: Option<String>,
}
