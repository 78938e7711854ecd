//! A file that was written for anybody, written anew for one reader.

use std::collections::HashMap;

use super::{
    document::{Document, LineKind},
    target::Target,
    write::{EnvFile, Written},
};

/// A document as one reader has to have it, and what could not go along.
#[derive(Debug)]
pub struct Rewritten {
    /// The file, and what it leaves out because its reader cannot read it.
    pub written: Written,
    /// What was left out because nobody can say what it means, in order.
    pub dropped: Vec<Dropped>,
}

/// A line that was not taken along; nothing of it is here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dropped {
    /// Its number in the document.
    pub line: u32,
    /// Why.
    pub reason: DropReason,
}

/// Why a line was not taken along.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DropReason {
    /// Not every parser reads the name.
    #[error("not every parser reads a variable of this name")]
    Name,
    /// The name is assigned again further down.
    #[error("the name is assigned again below, and most parsers take the last value")]
    AssignedAgain,
    /// Neither an assignment nor a comment.
    #[error("it is neither NAME=value nor a comment")]
    Unreadable,
}

/// Writes a document for a reader: names, values, comments and blank lines in their order. Values are taken as
/// they stand there: what looks like a reference is written as text that stays as it is.
#[must_use]
pub fn rewrite(document: &Document<'_>, target: Target) -> Rewritten {
    let last: HashMap<&str, u32> =
        document.assignments().map(|each| (each.raw_name(), each.line())).collect();
    let (mut file, mut dropped, mut assignments) = (EnvFile::new(target), Vec::new(), document.assignments());
    for line in document.lines() {
        let mut drop_it = |reason| dropped.push(Dropped { line: line.number(), reason });
        match line.kind() {
            LineKind::Blank => file.blank_line(),
            // EXPOSE: the comment goes into the file, a secret text again.
            LineKind::Comment => file.comment(line.expose().trim().trim_start_matches('#').trim()),
            LineKind::Other => drop_it(DropReason::Unreadable),
            LineKind::Assignment => match assignments.next() {
                Some(each) if last.get(each.raw_name()) != Some(&each.line()) => {
                    drop_it(DropReason::AssignedAgain);
                }
                Some(each) => match each.name() {
                    // What is refused is told by the file itself.
                    Ok(name) => drop(file.assign(&name, &each.value())),
                    Err(_) => drop_it(DropReason::Name),
                },
                None => drop_it(DropReason::Unreadable),
            },
        }
    }
    Rewritten { written: file.finish(), dropped }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{dotenv::Refusal, secret::SecretText};

    fn rewritten(text: &str, target: Target) -> Rewritten {
        rewrite(&Document::read(&SecretText::new(text.to_owned())), target)
    }

    #[test]
    fn names_values_and_comments_are_taken_along() {
        let told =
            rewritten("\u{feff}# note\r\n\r\nexport A='x y' # why\r\nB = two words\n", Target::Compose);
        assert_eq!(told.written.text.expose(), "# note\n\nA=\"x y\"\nB=\"two words\"\n");
        assert_eq!((told.written.assigned, told.dropped), (2, vec![]));
    }

    #[test]
    fn what_cannot_go_along_is_told() {
        let told = rewritten("A=1\nwhat is this\nA=2\nb-c=3\nD=\"x\ny\"\nE=5\n", Target::DockerRun);
        let dropped: Vec<_> = told.dropped.iter().map(|each| (each.line, each.reason)).collect();
        let wanted = [(1, DropReason::AssignedAgain), (2, DropReason::Unreadable), (4, DropReason::Name)];
        assert_eq!(dropped, wanted);
        let refused = &told.written.refused;
        assert_eq!(
            (refused.len(), refused[0].name.as_str(), refused[0].reason),
            (1, "D", Refusal::LineBreak)
        );
        assert!(told.written.text.expose().starts_with("A=2\n# D is left out: "));
        assert!(told.written.text.expose().ends_with("\nE=5\n") && told.written.assigned == 2);
    }
}
