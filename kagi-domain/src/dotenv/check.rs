//! The rules behind the diagnostics. What passes them all is read alike by every parser.

use std::collections::HashMap;

use super::{
    diagnostic::{Code, Diagnostic},
    disagreement::Disagreement,
    document::{BOM, Form, Kind, Parts, RawLine},
    names,
    quotes::Quote,
    scan::{is_blank, part},
    write::{expands, is_bare},
};
use crate::text::EnvVarName;

/// The remarks on a text, in the order of its lines.
pub(super) fn diagnostics(text: &str, lines: &[RawLine]) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut whole = Whole { bom: text.starts_with(BOM), ..Whole::default() };
    for line in lines {
        let mut remarks = Remarks::default();
        whole.check(text, line, &mut remarks);
        match &line.kind {
            Kind::Blank => blank_line(part(text, line.span.clone()), &mut remarks),
            Kind::Comment { indented } => {
                remarks.disagree_if(*indented, Disagreement::Indented);
                comment_text(part(text, line.span.clone()), &mut remarks);
            }
            Kind::Assignment(parts) => assignment(text, line, parts, &mut remarks),
            Kind::Other => remarks.say(Code::NotAnAssignment),
        }
        found.extend(remarks.0.into_iter().map(|code| Diagnostic { line: line.number, code }));
    }
    found
}

/// The remarks on one line, each once.
#[derive(Default)]
struct Remarks(Vec<Code>);

impl Remarks {
    fn say(&mut self, code: Code) {
        if !self.0.contains(&code) {
            self.0.push(code);
        }
    }

    fn say_if(&mut self, so: bool, code: Code) {
        if so {
            self.say(code);
        }
    }

    fn disagree_if(&mut self, so: bool, disagreement: Disagreement) {
        self.say_if(so, Code::Disagreement(disagreement));
    }
}

/// What can be said of a line only by who knows the lines before it.
#[derive(Default)]
struct Whole<'t> {
    bom: bool,
    crlf: bool,
    lone_cr: bool,
    assigned: HashMap<&'t str, u32>,
}

impl<'t> Whole<'t> {
    fn check(&mut self, text: &'t str, line: &RawLine, remarks: &mut Remarks) {
        remarks.say_if(std::mem::take(&mut self.bom), Code::Bom);
        let raw = part(text, line.span.clone());
        let crlf = !self.crlf && raw.contains("\r\n");
        let lone_cr = !self.lone_cr && raw.split("\r\n").any(|piece| piece.contains('\r'));
        remarks.say_if(crlf, Code::Crlf);
        remarks.say_if(lone_cr, Code::LoneCr);
        (self.crlf, self.lone_cr) = (self.crlf || crlf, self.lone_cr || lone_cr);
        if let Kind::Assignment(parts) = &line.kind {
            let name = part(text, parts.name.clone());
            let first = *self.assigned.entry(name).or_insert(line.number);
            remarks.say_if(first != line.number, Code::DuplicateKey(first));
        }
    }
}

/// Characters that some parser takes for white space or for the end of a line, and others do not.
fn blanks(text: &str, remarks: &mut Remarks) {
    let rare = |char: char| {
        (char.is_control() || char.is_whitespace() || char == BOM)
            && !matches!(char, ' ' | '\t' | '\r' | '\n')
    };
    remarks.disagree_if(text.contains(rare), Disagreement::RareCharacter);
}

/// What may end a comment too early: JavaScript ends lines at U+2028 and U+2029 as well.
fn comment_text(text: &str, remarks: &mut Remarks) {
    let ends = |char: char| {
        matches!(char, '\u{2028}' | '\u{2029}') || char.is_control() && !matches!(char, '\t' | '\r' | '\n')
    };
    remarks.disagree_if(text.contains(ends), Disagreement::RareCharacter);
}

fn blank_line(raw: &str, remarks: &mut Remarks) {
    remarks.disagree_if(raw.starts_with(is_blank), Disagreement::Indented);
    remarks.disagree_if(!raw.ends_with(['\n', '\r']), Disagreement::UnendedLine);
    blanks(raw, remarks);
}

fn assignment(text: &str, line: &RawLine, parts: &Parts, remarks: &mut Remarks) {
    let before = part(text, line.span.start..parts.value.start);
    let value = part(text, parts.value.clone());
    let behind = part(text, parts.value.end..line.span.end);
    name(part(text, parts.name.clone()), remarks);
    let export = part(text, line.span.start..parts.name.start).trim_start_matches(is_blank);
    remarks.disagree_if(parts.exported && export != "export ", Disagreement::ExportBlanks);
    remarks.disagree_if(parts.colon, Disagreement::Colon);
    remarks.disagree_if(parts.spaced && !parts.colon, Disagreement::BlanksAroundEquals);
    around(before, behind, remarks);
    let inner = match parts.form {
        Form::Quoted(_) => part(value, 1..value.len().saturating_sub(1)),
        _ => value,
    };
    match parts.form {
        Form::Quoted(quote) => quoted(quote, inner, remarks),
        Form::Open => remarks.say(Code::UnterminatedQuote),
        Form::Loose => remarks.disagree_if(true, Disagreement::TextAfterQuote),
        Form::Bare => bare(value, before, behind, remarks),
    }
    remarks.disagree_if(inner.contains(r"\$"), Disagreement::EscapedDollar);
    let literal = parts.form == Form::Quoted(Quote::Single);
    remarks.say_if(expands(inner) || !literal && inner.contains('$'), Code::Expansion);
    remarks.say_if(inner.contains("$("), Code::Execution);
    remarks.disagree_if(inner.starts_with("encrypted:"), Disagreement::Encrypted);
}

fn name(name: &str, remarks: &mut Remarks) {
    remarks.say_if(name.parse::<EnvVarName>().is_err(), Code::InvalidName);
    let special = names::is_kept_by_next(name) || names::is_kept_by_shells(name);
    remarks.disagree_if(special, Disagreement::SpecialName);
}

/// What stands before a value, and behind it.
fn around(before: &str, behind: &str, remarks: &mut Remarks) {
    let odd = before.trim_start_matches(' ').starts_with(is_blank);
    remarks.disagree_if(odd, Disagreement::Indented);
    let trailing = !behind.is_empty() || before.ends_with(is_blank);
    let ended = behind.ends_with(['\n', '\r']);
    remarks.disagree_if(trailing && !ended, Disagreement::UnendedLine);
    blanks(before, remarks);
    blanks(behind, remarks);
    // Only a comment after a space, without quotes, is one for everybody.
    let gap = behind.split('#').next().unwrap_or_default();
    let close = behind.contains('#') && (gap.contains('\t') || !gap.ends_with(' '));
    remarks.disagree_if(close, Disagreement::CloseComment);
    remarks.disagree_if(behind.contains(['\'', '"', '\\']), Disagreement::QuoteInComment);
}

fn bare(value: &str, before: &str, behind: &str, remarks: &mut Remarks) {
    let gap = behind.split('#').next().unwrap_or_default();
    remarks.disagree_if(before.ends_with('\t') || gap.contains('\t'), Disagreement::TrailingTab);
    // `= # …` is a comment to some, and a value to others.
    remarks.say_if(value.is_empty() && behind.starts_with('#'), Code::UnquotedHash);
    if is_bare(value) {
        return;
    }
    remarks.say_if(value.contains('#'), Code::UnquotedHash);
    remarks.say_if(value.contains([' ', '\t']), Code::UnquotedSpace);
    remarks.say_if(value.contains('`'), Code::Execution);
    remarks.disagree_if(value.contains('\\'), Disagreement::UnquotedBackslash);
    remarks.disagree_if(value.contains(['\'', '"', '`']), Disagreement::QuoteInside);
    blanks(value, remarks);
    let means_something = |char: char| "&;|<>()*?[]{}~!^".contains(char);
    remarks.disagree_if(value.contains(means_something), Disagreement::ShellCharacter);
}

fn quoted(quote: Quote, inner: &str, remarks: &mut Remarks) {
    remarks.disagree_if(inner.contains('\r'), Disagreement::CarriageReturnInQuotes);
    remarks.disagree_if(inner.contains('\0'), Disagreement::RareCharacter);
    match quote {
        Quote::Backtick => {
            remarks.say(Code::Execution);
            remarks.disagree_if(true, Disagreement::Backticks);
        }
        Quote::Single => {
            let escapes = inner.contains('\'') || inner.contains(r"\\") || inner.ends_with('\\');
            remarks.disagree_if(escapes, Disagreement::EscapeInSingle);
            remarks.disagree_if(inner.contains('\n'), Disagreement::LineBreakInSingle);
            remarks.disagree_if(inner.contains("=\""), Disagreement::EqualsQuote);
        }
        Quote::Double => {
            let mut pieces = inner.split(r"\n").flat_map(|piece| piece.split(r"\$"));
            let others = pieces.any(|piece| piece.contains('\\'));
            remarks.disagree_if(inner.contains(r"\n"), Disagreement::EscapedLineBreak);
            remarks.disagree_if(others || inner.contains('"'), Disagreement::EscapeInDouble);
            remarks.say_if(inner.contains('`'), Code::Execution);
        }
    }
}
