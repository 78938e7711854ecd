//! Two documents side by side, by name.

use std::{
    collections::{HashMap, HashSet},
    fmt,
};

use super::document::{Assignment, Document};

/// What became of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// Only the later document has it.
    Added,
    /// Only the earlier document has it.
    Removed,
    /// Both have it, with different values.
    Changed,
    /// Both have it, with the same value, however that is quoted.
    Same,
}

/// A name and what became of it; no value.
#[derive(Clone, PartialEq, Eq)]
pub struct Difference {
    /// The name as it stands there. As with [`Assignment::raw_name`], show it to the texts' owner only.
    pub raw_name: String,
    /// What became of it.
    pub change: Change,
    /// Its line in the earlier document.
    pub line_before: Option<u32>,
    /// Its line in the later document.
    pub line_after: Option<u32>,
}

impl fmt::Debug for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Difference({:?}, lines {:?} and {:?})", self.change, self.line_before, self.line_after)
    }
}

/// Compares two documents by name: first the names of the later one in its order, then those that only the
/// earlier one has, in its order. Each name is told once; where one is assigned several times, the last
/// assignment counts, as for most parsers. Names are compared as they stand there, in their own case.
#[must_use]
pub fn compare(before: &Document<'_>, after: &Document<'_>) -> Vec<Difference> {
    let (old, new) = (Last::of(before), Last::of(after));
    let mut differences: Vec<_> = new.in_order.iter().map(|name| difference(name, &old, &new)).collect();
    let removed = old.in_order.iter().filter(|name| !new.by_name.contains_key(*name));
    differences.extend(removed.map(|name| difference(name, &old, &new)));
    differences
}

/// The last assignment of each name.
struct Last<'d> {
    in_order: Vec<&'d str>,
    by_name: HashMap<&'d str, Assignment<'d>>,
}

impl<'d> Last<'d> {
    fn of(document: &'d Document<'_>) -> Self {
        let mut seen = HashSet::new();
        let names = document.assignments().map(Assignment::raw_name);
        let in_order = names.filter(|name| seen.insert(*name)).collect();
        let by_name = document.assignments().map(|each| (each.raw_name(), each)).collect();
        Self { in_order, by_name }
    }
}

fn difference(name: &str, old: &Last<'_>, new: &Last<'_>) -> Difference {
    let (before, after) = (old.by_name.get(name), new.by_name.get(name));
    let change = match (before, after) {
        (None, _) => Change::Added,
        (_, None) => Change::Removed,
        // EXPOSE: compared in memory; only the outcome is told.
        (Some(before), Some(after)) if before.value().expose() == after.value().expose() => Change::Same,
        _ => Change::Changed,
    };
    Difference {
        raw_name: name.to_owned(),
        change,
        line_before: before.map(|assignment| assignment.line()),
        line_after: after.map(|assignment| assignment.line()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::secret::SecretText;

    fn told(before: &str, after: &str) -> Vec<(String, Change, Option<u32>, Option<u32>)> {
        let (before, after) = (SecretText::new(before.to_owned()), SecretText::new(after.to_owned()));
        let differences = compare(&Document::read(&before), &Document::read(&after));
        differences.into_iter().map(|d| (d.raw_name, d.change, d.line_before, d.line_after)).collect()
    }

    #[test]
    fn names_are_told_with_their_lines() {
        let before = "GONE=1\n# note\nKEPT='a b'\nTURNED=old\nturned=x\n";
        let after = "NEW=1\nTURNED=new\nexport KEPT=\"a b\"\nturned=x";
        let own = |name: &str, change, before, after| (name.to_owned(), change, before, after);
        assert_eq!(
            told(before, after),
            [
                own("NEW", Change::Added, None, Some(1)),
                own("TURNED", Change::Changed, Some(4), Some(2)),
                own("KEPT", Change::Same, Some(3), Some(3)),
                own("turned", Change::Same, Some(5), Some(4)),
                own("GONE", Change::Removed, Some(1), None),
            ]
        );
    }

    #[test]
    fn the_last_assignment_counts() {
        let own = |change, after| vec![("A".to_owned(), change, Some(2), Some(after))];
        assert_eq!(told("A=1\nA=2\n", "A=2\n"), own(Change::Same, 1));
        assert_eq!(told("A=1\nA=2\n", "A=2\nA=1\n"), own(Change::Changed, 2));
    }

    #[test]
    fn debug_shows_neither_name_nor_value() {
        let (before, after) = (SecretText::new("hunter=2".to_owned()), SecretText::new(String::new()));
        let shown = format!("{:?}", compare(&Document::read(&before), &Document::read(&after)));
        assert_eq!(shown, "[Difference(Removed, lines Some(1) and None)]");
    }
}
