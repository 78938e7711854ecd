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
    plan::holds_a_secret,
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

impl Becomes {
    /// Why the line becomes nothing; `None` for a comment and for what becomes something.
    #[must_use]
    pub fn reason(&self) -> Option<String> {
        match self {
            Self::Value(..) | Self::Service(..) | Self::NewCategory | Self::Comment => None,
            Self::Duplicate(line) => {
                Some(format!("The variable has another value on line {line}, which most parsers take."))
            }
            Self::Conflict(conflict) => Some(conflict.to_string()),
            Self::Unreadable(why) => Some(why.to_string()),
        }
    }
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
    /// A line of a key that goes over several and is not in quotes.
    Key,
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoAssignment => "This is neither NAME=value nor a comment.",
            Self::Name => "Not every parser reads this name.",
            Self::Quote => "The value begins with a quote that nothing closes.",
            Self::Empty => "There is no value.",
            Self::TooLong => "The value is longer than 64 KiB.",
            Self::Key => "This is shaped like a piece of a key. A value of several lines needs quotes.",
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
    let keys = lines_of_keys(document);
    let readings: BTreeMap<u32, _> =
        document.assignments().map(|one| (one.line(), read(one, &open, &keys))).collect();
    let mut last = BTreeMap::new();
    for (line, reading) in &readings {
        if let Ok(name) = reading {
            last.insert(name.clone(), *line);
        }
    }
    let vault = Vault::of(categories, taken, &last.keys().collect());
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

/// The lines between a key's first and its last (RFC 7468), where they are not one value in quotes. What
/// looks like a variable there is a piece of the key, and a name is no secret.
fn lines_of_keys(document: &Document<'_>) -> BTreeSet<u32> {
    let (mut found, mut block) = (BTreeSet::new(), None::<BTreeSet<u32>>);
    for line in document.lines() {
        // EXPOSE: only the marks are looked for.
        let text = line.expose();
        if let Some(lines) = &mut block {
            lines.insert(line.number());
        }
        if text.contains("-----BEGIN ") {
            block = Some(BTreeSet::new());
        }
        if text.contains("-----END ") {
            found.extend(block.take().into_iter().flatten());
        }
    }
    found
}

fn read(
    assignment: Assignment<'_>,
    open: &BTreeSet<u32>,
    keys: &BTreeSet<u32>,
) -> Result<EnvVarName, Unreadable> {
    let name = assignment.name().map_err(|_| Unreadable::Name)?;
    let value = assignment.value();
    if keys.contains(&assignment.line()) || holds_a_secret(name.as_str()) {
        return Err(Unreadable::Key);
    }
    // EXPOSE: only its length is looked at.
    match value.expose().len() {
        _ if open.contains(&assignment.line()) => Err(Unreadable::Quote),
        0 => Err(Unreadable::Empty),
        length if length > SecretValue::MAX_BYTES => Err(Unreadable::TooLong),
        _ => Ok(name),
    }
}

/// What there is to plan with: looked through once, however many lines there are.
struct Vault<'a> {
    /// The categories that have a variable, each with how many variables of the file it has.
    with: BTreeMap<&'a EnvVarName, Vec<(usize, &'a Category)>>,
    /// The catalogue's services that have one, alike.
    services: BTreeMap<&'static str, Vec<(usize, &'static Service)>>,
    /// How categories are called, folded.
    called: BTreeSet<String>,
    taken: &'a BTreeSet<CategoryId>,
}

impl<'a> Vault<'a> {
    /// For the variables of a file.
    fn of(
        categories: &'a [Category],
        taken: &'a BTreeSet<CategoryId>,
        names: &BTreeSet<&EnvVarName>,
    ) -> Self {
        let called = categories.iter().map(|category| category.name.key()).collect();
        let mut vault = Self { with: BTreeMap::new(), services: BTreeMap::new(), called, taken };
        for category in categories {
            let own = category.shape.names();
            let fits = own.iter().filter(|name| names.contains(name)).count();
            for name in own {
                vault.with.entry(name).or_default().push((fits, category));
            }
        }
        let spelt: BTreeSet<_> = names.iter().map(|name| name.as_str()).collect();
        for service in catalogue::all() {
            let fits = service.names().iter().filter(|name| spelt.contains(*name)).count();
            for name in service.names() {
                vault.services.entry(name).or_default().push((fits, service));
            }
        }
        vault
    }

    /// An own category goes first, one of this variable alone before a group, then the catalogue; of several
    /// that would do, the one of which the file has the most variables.
    fn place(&self, name: &EnvVarName) -> Becomes {
        let own = self.with.get(name).into_iter().flatten();
        let fits =
            |(fits, category): &&(usize, &Category)| (category.shape.key_type() == KeyType::Simple, *fits);
        if let Some((_, category)) = first_best(own, fits) {
            return if self.taken.contains(&category.id) {
                Becomes::Conflict(Conflict::Entry)
            } else {
                Becomes::Value(category.id, category.name.to_string())
            };
        }
        let known = self.services.get(name.as_str()).into_iter().flatten();
        let free = known.filter(|(_, service)| !self.is_called(service.name));
        match first_best(free, |(fits, _)| *fits) {
            Some((_, service)) => Becomes::Service(service.slug, service.name),
            None if self.is_called(name.as_str()) => Becomes::Conflict(Conflict::Category),
            None => Becomes::NewCategory,
        }
    }

    fn is_called(&self, name: &str) -> bool {
        self.called.contains(&fold(name))
    }
}

/// The first of the items that fit best.
fn first_best<T, F: Ord>(items: impl Iterator<Item = T>, fits: impl Fn(&T) -> F) -> Option<T> {
    items.reduce(|best, item| if fits(&item) > fits(&best) { item } else { best })
}
