//! What the lines of a file would become. Nothing is looked up and nothing is written here.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use super::choice::{Choice, Destination};
use crate::{
    catalogue::{self, Service},
    dotenv::{Assignment, Code, Document, LineKind},
    ids::CategoryId,
    model::category::{Category, KeyType},
    secret::SecretValue,
    text::{EnvVarName, fold},
};

/// A line of a file that is not blank, and what it would become.
#[derive(Debug, Clone)]
pub struct PlannedLine {
    /// Its number, from 1; of a value that goes over several, the first.
    pub line: u32,
    /// The variable. Without one the line is not read, and nothing of it is told.
    pub name: Option<EnvVarName>,
    /// What it would become.
    pub becomes: Becomes,
    /// What parsers make of the line, where they disagree.
    pub remark: Option<Code>,
}

/// What a line would become.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Becomes {
    /// A value of a category that is there, of this name.
    Value(CategoryId, String),
    /// A value of a new category of a well-known service.
    Service(&'static str, &'static str),
    /// A value of a new category that is named like the variable.
    NewCategory,
    /// Nothing: it is a comment.
    Comment,
    /// Nothing: the variable has another value further below, on this line, which most parsers take.
    Duplicate(u32),
    /// Nothing as it stands: something is in its place.
    Conflict(Conflict),
    /// Nothing: it cannot be read as a value.
    Unreadable(Unreadable),
}

/// What is in a line's place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Conflict {
    /// The category has an entry for this project and environment.
    Entry,
    /// A category of this name has other variables.
    Category,
}

impl fmt::Display for Conflict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Entry => "Its category already has an entry for this project and environment.",
            Self::Category => "You have a category of this name with other variables.",
        })
    }
}

/// Why a line is no value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unreadable {
    /// Neither an assignment nor a comment.
    NoAssignment,
    /// Not every parser reads the name.
    Name,
    /// A quote that nothing closes.
    Quote,
    /// There is no value.
    Empty,
    /// Longer than a value can be.
    TooLong,
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoAssignment => "This is neither NAME=value nor a comment.",
            Self::Name => "Not every parser reads this name.",
            Self::Quote => "The value begins with a quote that nothing closes.",
            Self::Empty => "There is no value.",
            Self::TooLong => "The value is longer than 64 KiB.",
        })
    }
}

impl PlannedLine {
    /// What a person confirms; `None` when the line becomes nothing.
    #[must_use]
    pub fn choice(&self) -> Option<Choice> {
        let destination = match (&self.becomes, &self.name) {
            (Becomes::Value(id, _), _) => Destination::Category(*id),
            (Becomes::Service(slug, _), _) => Destination::Service(slug),
            (Becomes::NewCategory, Some(name)) => Destination::New(name.clone()),
            _ => return None,
        };
        Some(Choice { line: self.line, destination })
    }
}

/// Plans a whole file. `taken` are the categories that have an entry in the place.
pub(super) fn plan(
    document: &Document<'_>,
    categories: &[Category],
    taken: &BTreeSet<CategoryId>,
) -> Vec<PlannedLine> {
    let mut remarks = BTreeMap::new();
    for diagnostic in document.diagnostics() {
        remarks.entry(diagnostic.line).or_insert(diagnostic.code);
    }
    let open: BTreeSet<u32> = document
        .diagnostics()
        .iter()
        .filter(|remark| remark.code == Code::UnterminatedQuote)
        .map(|remark| remark.line)
        .collect();
    let readings: BTreeMap<u32, _> =
        document.assignments().map(|one| (one.line(), read(one, &open))).collect();
    let mut last = BTreeMap::new();
    for (line, reading) in &readings {
        if let Ok(name) = reading {
            last.insert(name.clone(), *line);
        }
    }
    let vault = Vault { categories, taken, names: last.keys().collect() };
    let planned = |line: u32, kind: LineKind| {
        let reading = match kind {
            LineKind::Blank => return None,
            LineKind::Comment => return Some((None, Becomes::Comment)),
            LineKind::Other => return Some((None, Becomes::Unreadable(Unreadable::NoAssignment))),
            LineKind::Assignment => readings.get(&line)?,
        };
        Some(match reading {
            Err(why) => (None, Becomes::Unreadable(*why)),
            Ok(name) => {
                let counts = last.get(name).copied().filter(|last| *last != line);
                (Some(name.clone()), counts.map_or_else(|| vault.place(name), Becomes::Duplicate))
            }
        })
    };
    let lines =
        document.lines().filter_map(|line| Some((line.number(), planned(line.number(), line.kind())?)));
    lines
        .map(|(line, (name, becomes))| PlannedLine {
            line,
            name,
            becomes,
            remark: remarks.get(&line).copied(),
        })
        .collect()
}

fn read(assignment: Assignment<'_>, open: &BTreeSet<u32>) -> Result<EnvVarName, Unreadable> {
    let name = assignment.name().map_err(|_| Unreadable::Name)?;
    let value = assignment.value();
    // EXPOSE: only its length is looked at.
    match value.expose().len() {
        _ if open.contains(&assignment.line()) => Err(Unreadable::Quote),
        0 => Err(Unreadable::Empty),
        length if length > SecretValue::MAX_BYTES => Err(Unreadable::TooLong),
        _ => Ok(name),
    }
}

/// What there is to plan with.
struct Vault<'a> {
    categories: &'a [Category],
    taken: &'a BTreeSet<CategoryId>,
    /// Every variable of the file.
    names: BTreeSet<&'a EnvVarName>,
}

impl Vault<'_> {
    /// An own category goes first, one of this variable alone before a group, then the catalogue; of several
    /// that would do, the one of which the file has the most variables.
    fn place(&self, name: &EnvVarName) -> Becomes {
        let own = self.categories.iter().filter(|category| category.shape.names().contains(name));
        let fits = |category: &&Category| {
            let simple = category.shape.key_type() == KeyType::Simple;
            (simple, category.shape.names().iter().filter(|name| self.names.contains(name)).count())
        };
        if let Some(category) = first_best(own, fits) {
            return if self.taken.contains(&category.id) {
                Becomes::Conflict(Conflict::Entry)
            } else {
                Becomes::Value(category.id, category.name.to_string())
            };
        }
        let known = catalogue::all().filter(|service| service.names().contains(&name.as_str()));
        let free = known.filter(|service| !self.is_named(service.name));
        let fits = |service: &&Service| {
            self.names.iter().filter(|name| service.names().contains(&name.as_str())).count()
        };
        match first_best(free, fits) {
            Some(service) => Becomes::Service(service.slug, service.name),
            None if self.is_named(name.as_str()) => Becomes::Conflict(Conflict::Category),
            None => Becomes::NewCategory,
        }
    }

    fn is_named(&self, name: &str) -> bool {
        let key = fold(name);
        self.categories.iter().any(|category| category.name.key() == key)
    }
}

/// The first of the items that fit best.
fn first_best<T, F: Ord>(items: impl Iterator<Item = T>, fits: impl Fn(&T) -> F) -> Option<T> {
    items.reduce(|best, item| if fits(&item) > fits(&best) { item } else { best })
}
