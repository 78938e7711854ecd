//! Through an editor and back: what was not touched stays to the byte.

use kagi_domain::dotenv::{Edit, LineEnds, shown};
use kagi_tests::{hostile::Hostile, samples::secret};

const ENDS: [&str; 3] = ["\n", "\r\n", "\r"];
const LINES: [&str; 6] = ["", "A=1", "B='two words'", "# 鍵", "A=1", "C=\"x"];

/// A text of mixed line ends, line by line with what ends each.
fn mixed(hostile: &Hostile) -> Vec<(String, &'static str)> {
    let mut lines: Vec<(String, &str)> = Vec::new();
    for number in 0..=hostile.below(12) {
        let own = hostile.below(2) == 0;
        let line = if own { format!("K{number}=v") } else { LINES[hostile.below(LINES.len())].to_owned() };
        let end = ENDS[hostile.below(ENDS.len())];
        // A lone CR and the LF of an empty line behind it are one line end.
        let joins = line.is_empty() && end == "\n" && lines.last().is_some_and(|(_, above)| *above == "\r");
        lines.push((line, if joins { "\r" } else { end }));
    }
    if hostile.below(2) == 0 {
        lines.last_mut().unwrap().1 = "";
    }
    lines
}

fn joined(lines: &[(String, &str)], bom: bool) -> String {
    let text: String = lines.iter().flat_map(|(line, end)| [line.as_str(), end]).collect();
    format!("{}{text}", if bom { "\u{feff}" } else { "" })
}

fn saved(before: &str, typed: &str, bom: bool) -> String {
    let edit = Edit { text: secret(typed), line_ends: LineEnds::Kept, bom };
    edit.apply(&secret(before)).expose().to_owned()
}

#[test]
fn a_text_that_is_opened_and_saved_is_the_same_to_the_byte() {
    let hostile = Hostile::new(1);
    for _ in 0..4000 {
        let bom = hostile.below(4) == 0;
        let before = joined(&mixed(&hostile), bom);
        let seen = shown(&secret(&before));
        assert!(!seen.expose().contains(['\r', '\u{feff}']));
        assert_eq!(saved(&before, seen.expose(), bom), before);
        // A form sends every line end as CR LF.
        assert_eq!(saved(&before, &seen.expose().replace('\n', "\r\n"), bom), before);
    }
}

#[test]
fn a_changed_line_changes_no_other_byte() {
    let hostile = Hostile::new(2);
    for _ in 0..4000 {
        let mut lines = mixed(&hostile);
        let before = joined(&lines, true);
        let at = hostile.below(lines.len());
        lines[at].0 = format!("CHANGED={}", hostile.below(1000));
        let meant = joined(&lines, true);
        assert_eq!(saved(&before, shown(&secret(&meant)).expose(), true), meant);
    }
}

#[test]
fn an_added_or_removed_line_changes_no_other_byte() {
    let hostile = Hostile::new(3);
    for _ in 0..4000 {
        let mut lines = mixed(&hostile);
        lines.retain(|(line, _)| !line.is_empty());
        // Of two lines that are alike, nobody can say which one was removed.
        lines.dedup_by(|one, other| one.0 == other.0);
        let before = joined(&lines, false);
        let at = hostile.below(lines.len() + 1);
        let mut more = lines.clone();
        let end = at.checked_sub(1).map_or("", |above| lines[above].1);
        if end.is_empty() {
            continue;
        }
        more.insert(at, ("NEW=1".to_owned(), end));
        let meant = joined(&more, false);
        assert_eq!(saved(&before, shown(&secret(&meant)).expose(), false), meant);
        assert_eq!(saved(&meant, shown(&secret(&before)).expose(), false), before);
    }
}

#[test]
fn what_was_typed_is_what_is_read_again() {
    let hostile = Hostile::new(4);
    for _ in 0..4000 {
        let (before, typed) = (joined(&mixed(&hostile), false), joined(&mixed(&hostile), false));
        let typed = shown(&secret(&typed));
        let meant = secret(&saved(&before, typed.expose(), false));
        assert_eq!(shown(&meant).expose(), typed.expose());
    }
}
