//! Two texts by name: what was added, removed, changed. Values are masked unless they were asked for.

use std::collections::HashMap;

use kagi_domain::{
    dotenv::{Change, Difference, Document, compare},
    secret::SecretText,
};
use maud::{Markup, html};

use crate::web::part::{diff::marked, sealed, words::counted};

/// How many names are drawn of those that differ, and of those that do not: a file has room for tens of
/// thousands, and a page of them helps nobody.
const DRAWN: usize = 300;

/// Two texts, the earlier one first, with what each is called.
pub(crate) struct Pair<'a> {
    /// The earlier text, or the one of the two files that stands first.
    pub(crate) before: (&'a str, &'a SecretText),
    /// The other one.
    pub(crate) after: (&'a str, &'a SecretText),
    /// What one side alone has is called so: `added` and `removed`, or `only here`.
    pub(crate) words: Words,
    /// Whether the values are shown.
    pub(crate) shown: bool,
}

/// How to speak of what only one side has.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Words {
    /// The one text became the other.
    InTime,
    /// Both are there at once.
    SideBySide,
}

impl Pair<'_> {
    /// The names that differ, each with its values, then those that do not.
    pub(crate) fn draw(&self) -> Markup {
        let (before, after) = (Document::read(self.before.1), Document::read(self.after.1));
        let (same, differing): (Vec<_>, Vec<_>) =
            compare(&before, &after).into_iter().partition(|each| each.change == Change::Same);
        let values = [Values::of(&before), Values::of(&after)];
        // EXPOSE: only whether the texts are the same is told.
        let alike = self.before.1.expose() == self.after.1.expose();
        html! {
            @if differing.is_empty() {
                p { @if alike { "Both are the same, byte for byte." } @else { "All names have the same values; comments, order or spelling differ." } }
            }
            @for each in differing.iter().take(DRAWN) { (self.change(each, &values)) }
            @if differing.len() > DRAWN {
                p.hint { (counted((differing.len() - DRAWN) as u64, "further name differs", "further names differ")) ", not shown here." }
            }
            @if !differing.is_empty() && !same.is_empty() {
                p.line.unchanged {
                    span.soft { "The same in both:" } @for each in same.iter().take(DRAWN) { " " code { (each.raw_name) } }
                    @if same.len() > DRAWN { " " span.soft { "and " (same.len() - DRAWN) " more" } }
                }
            }
        }
    }

    fn change(&self, each: &Difference, [before, after]: &[Values; 2]) -> Markup {
        let name = each.raw_name.as_str();
        // EXPOSE: the person asked to see both; the answer is not stored anywhere.
        let [one, other] = [before, after].map(|side| side.0.get(name).map_or("", SecretText::expose));
        let [left, right] = if self.shown { marked(one, other) } else { [sealed(), sealed()] };
        // Of what only one side has there is nothing to see without its value.
        let alone = each.line_before.xor(each.line_after).filter(|_| !self.shown);
        html! {
            div.change {
                p.line {
                    code { (name) } span.badge.plain { (self.word(each.change)) }
                    @if let Some(line) = alone { span.soft { "line " (line) } }
                }
                @if alone.is_none() {
                    div.halves {
                        (self.half(name, self.before.0, each.line_before, &left))
                        (self.half(name, self.after.0, each.line_after, &right))
                    }
                }
            }
        }
    }

    fn half(&self, name: &str, side: &str, line: Option<u32>, text: &Markup) -> Markup {
        html! {
            div.half {
                p.hint { (side) @if let Some(line) = line { ", line " (line) } }
                @if line.is_none() { p.soft { "not there" } }
                @else if self.shown { pre.value data-secret tabindex="0" aria-label={ (name) " in " (side) } { "\n" (text) } }
                @else { (text) }
            }
        }
    }

    fn word(&self, change: Change) -> String {
        match (change, self.words) {
            (Change::Added, Words::InTime) => "added".to_owned(),
            (Change::Removed, Words::InTime) => "removed".to_owned(),
            (Change::Added, Words::SideBySide) => format!("only in {}", self.after.0),
            (Change::Removed, Words::SideBySide) => format!("only in {}", self.before.0),
            (Change::Changed, Words::InTime) => "changed".to_owned(),
            (Change::Changed, Words::SideBySide) => "differs".to_owned(),
            (Change::Same, _) => "same".to_owned(),
        }
    }
}

/// The last value of each name, as for most parsers.
struct Values(HashMap<String, SecretText>);

impl Values {
    fn of(document: &Document<'_>) -> Self {
        Self(document.assignments().map(|each| (each.raw_name().to_owned(), each.value())).collect())
    }
}
