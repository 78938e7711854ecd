//! Bringing variables into a text that somebody wrote.

use std::{collections::HashMap, fmt};

use super::{
    buffer::SecretBuffer,
    document::{Assignment, Document, Form, Kind, Line, LineKind, RawLine},
    scan::part,
};
use crate::secret::SecretText;

/// A text that nothing can be brought into safely.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "Line {line} begins a quote that nothing closes, so what comes into the file could become part of it."
)]
pub struct Unclosed {
    /// The line.
    pub line: u32,
}

/// A text that variables can be brought into.
pub struct MergeBase<'t> {
    text: &'t str,
    document: Document<'t>,
}

impl<'t> MergeBase<'t> {
    /// Looks at a text.
    ///
    /// # Errors
    ///
    /// [`Unclosed`].
    pub fn read(text: &'t SecretText) -> Result<Self, Unclosed> {
        let document = Document::read(text);
        match unclosed(&document) {
            Some(line) => Err(Unclosed { line }),
            // EXPOSE: the text is copied line by line into the merged one, a secret text again.
            None => Ok(Self { text: text.expose(), document }),
        }
    }

    /// Brings the variables of `fresh`, a file of [`EnvFile`](super::EnvFile), into the text.
    ///
    /// - Each of them reads as in `fresh` afterwards, and every other name as it did.
    /// - A variable that has the same value already stays as it is written. One with another value is
    ///   written anew where it counts, at its last assignment, behind its `export`; a comment at the end of
    ///   that line moves above it. Every other byte stays.
    /// - What is new stands at the end, with the comments that `fresh` has for it.
    #[must_use]
    pub fn merged(&self, fresh: &SecretText) -> SecretText {
        let (before, old, new) = (self.text, &self.document, Document::read(fresh));
        // EXPOSE: both become one text, a secret text again.
        let fresh = fresh.expose();
        let mut merged = SecretBuffer::with_capacity(2 * (before.len() + fresh.len()) + 2);
        let changed = changed(old, &new);
        let mut end = 0;
        for line in old.raw_lines() {
            // A byte order mark is part of no line.
            merged.push_str(part(before, end..line.span.start));
            end = line.span.end;
            match changed.get(&line.number) {
                Some(value) => rewrite(before, line, fresh, value, &mut merged),
                None => merged.push_str(part(before, line.span.clone())),
            }
        }
        append(&added(old, &new), before, &mut merged);
        merged.into_text()
    }
}

impl fmt::Debug for MergeBase<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MergeBase({:?})", self.document)
    }
}

/// The first line that begins a quote which nothing closes.
fn unclosed(document: &Document<'_>) -> Option<u32> {
    let open = |line: &&RawLine| matches!(&line.kind, Kind::Assignment(parts) if parts.form == Form::Open);
    document.raw_lines().iter().find(open).map(|line| line.number)
}

/// The lines of new assignments by the number of the old one that each takes the place of.
fn changed<'n>(old: &Document<'_>, new: &'n Document<'_>) -> HashMap<u32, &'n RawLine> {
    let last = last(old);
    let of_new: HashMap<u32, &RawLine> = new.raw_lines().iter().map(|line| (line.number, line)).collect();
    let pairs = new.assignments().filter_map(|fresh| {
        let old = last.get(fresh.raw_name())?;
        // EXPOSE: compared in memory; only the outcome is used.
        let same = old.value().expose() == fresh.value().expose();
        (!same).then_some((old.line(), *of_new.get(&fresh.line())?))
    });
    pairs.collect()
}

/// The assignment of each name that counts.
fn last<'d>(document: &'d Document<'_>) -> HashMap<&'d str, Assignment<'d>> {
    document.assignments().map(|each| (each.raw_name(), each)).collect()
}

/// Writes a new assignment in the place of an old one, and ends it as that ended.
fn rewrite(before: &str, old: &RawLine, fresh: &str, new: &RawLine, merged: &mut SecretBuffer) {
    let Kind::Assignment(parts) = &old.kind else { return };
    let behind = part(before, parts.value.end..old.span.end);
    let end = behind.get(behind.trim_end_matches(['\r', '\n']).len()..).unwrap_or_default();
    if behind.trim_start().starts_with('#') {
        merged.push_str(behind.trim());
        merged.push_str(if end.is_empty() { "\n" } else { end });
    }
    merged.push_str(if parts.exported { "export " } else { "" });
    merged.push_str(part(fresh, new.span.clone()).trim_end_matches('\n'));
    merged.push_str(end);
}

/// The paragraphs of the new file as far as they hold what the old one does not know.
fn added<'n>(old: &Document<'_>, new: &'n Document<'_>) -> Vec<Vec<&'n str>> {
    let known = last(old);
    let names: HashMap<u32, &str> = new.assignments().map(|each| (each.line(), each.raw_name())).collect();
    let is_known = |line: &Line<'_>| names.get(&line.number()).is_some_and(|name| known.contains_key(name));
    let lines: Vec<Line<'_>> = new.lines().collect();
    let paragraphs = lines.split(|line| line.kind() == LineKind::Blank).filter(|lines| !lines.is_empty());
    let mut added = Vec::new();
    for lines in paragraphs {
        let fresh: Vec<_> = lines.iter().filter(|line| !is_known(line)).collect();
        let holds_more = fresh.iter().any(|line| line.kind() == LineKind::Assignment);
        // A paragraph of comments alone says what the file leaves out.
        if holds_more || fresh.len() == lines.len() {
            // EXPOSE: the lines become part of the merged text, a secret text again.
            added.push(fresh.into_iter().map(|line| line.expose()).collect());
        }
    }
    added
}

/// Adds paragraphs behind the text, a blank line before each.
fn append(paragraphs: &[Vec<&str>], before: &str, merged: &mut SecretBuffer) {
    let blank = |text: &str| text.is_empty() || text.ends_with("\n\n") || text == "\n" || text == "\u{feff}";
    if !paragraphs.is_empty() && !blank(before) {
        merged.push_str(if before.ends_with(['\n', '\r']) { "\n" } else { "\n\n" });
    }
    for (index, lines) in paragraphs.iter().enumerate() {
        merged.push_str(if index > 0 { "\n" } else { "" });
        for line in lines {
            merged.push_str(line);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::dotenv::{EnvFile, Target};

    fn text(text: &str) -> SecretText {
        SecretText::new(text.to_owned())
    }

    fn merged(before: &str, fresh: &str) -> String {
        MergeBase::read(&text(before)).unwrap().merged(&text(fresh)).expose().to_owned()
    }

    #[test]
    fn what_is_there_stays_and_what_is_new_comes_behind() {
        let fresh = "# OpenAI, Blog\nOPENAI_API_KEY=new\n\n# AWS, Blog\nAWS_ID=id\nAWS_SECRET='a b'\n";
        for (before, after) in [
            ("", fresh.to_owned()),
            ("A=1", format!("A=1\n\n{fresh}")),
            ("A=1\n", format!("A=1\n\n{fresh}")),
            ("A=1\n\n", format!("A=1\n\n{fresh}")),
            ("AWS_ID=id\nAWS_SECRET=\"a b\"\nOPENAI_API_KEY = new\n", String::new()),
            (
                "# mine\n export OPENAI_API_KEY=old # why\nB='x\ny'\n",
                "# mine\n# why\nexport OPENAI_API_KEY=new\nB='x\ny'\n\n# AWS, Blog\nAWS_ID=id\nAWS_SECRET='a b'\n".to_owned(),
            ),
            (
                "OPENAI_API_KEY=1\nOPENAI_API_KEY=2\nAWS_ID=id\r\nAWS_SECRET=x\r\n",
                "OPENAI_API_KEY=1\nOPENAI_API_KEY=new\nAWS_ID=id\r\nAWS_SECRET='a b'\r\n".to_owned(),
            ),
            ("AWS_SECRET='a b'\nAWS_ID=x", "AWS_SECRET='a b'\nAWS_ID=id\n\n# OpenAI, Blog\nOPENAI_API_KEY=new\n".to_owned()),
        ] {
            let after = if after.is_empty() { before.to_owned() } else { after };
            assert_eq!(merged(before, fresh), after);
            assert_eq!(merged(&after, fresh), after, "again changes nothing");
        }
        assert_eq!(merged("A=1\n", "# X is left out: …\n\nA=1\n"), "A=1\n\n# X is left out: …\n");
    }

    #[test]
    fn an_open_quote_takes_nothing_in() {
        assert_eq!(MergeBase::read(&text("A=1\nB='open\n")).unwrap_err(), Unclosed { line: 2 });
    }

    /// Each name with the value that counts.
    fn values(text: &SecretText) -> std::collections::BTreeMap<String, String> {
        let document = Document::read(text);
        let pair = |each: Assignment<'_>| (each.raw_name().to_owned(), each.value().expose().to_owned());
        document.assignments().map(pair).collect()
    }

    proptest! {
        #[test]
        fn every_name_reads_as_it_should(
            before in "([AB]|export A|C|x-y)?( ?= ?)?(['\"`]?[a-z #$\\\\\n]{0,6}['\"`]?)?(\n|\r\n|\r)?(\n?[A-C]=['\"]?.{0,5}['\"]?\n?){0,4}",
            fresh in proptest::collection::btree_map("[A-D]", "[a-z' \"#\n]{0,8}", 0..4),
        ) {
            let mut file = EnvFile::new(Target::Portable);
            for (name, value) in &fresh {
                file.comment("why");
                let _refused = file.assign(&name.parse().unwrap(), &text(value));
                file.blank_line();
            }
            let fresh = file.finish().text;
            let before = text(&before);
            if let Ok(base) = MergeBase::read(&before) {
                let merged = base.merged(&fresh);
                let mut expected = values(&before);
                expected.extend(values(&fresh));
                prop_assert_eq!(values(&merged), expected);
            }
        }
    }
}
