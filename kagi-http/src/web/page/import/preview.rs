//! What each line of a file would become. No value is shown.

use std::collections::BTreeMap;

use kagi_domain::services::entries::import::{Becomes, Choice, Destination, ImportSource, PlannedLine};
use maud::{Markup, html};

use crate::web::part::{Form, environment, field::notice, icon, sealed, words::counted};

/// The page. A form that was refused comes back with what was ticked, and says what has changed since.
pub(crate) fn preview(form: &Form, source: &ImportSource, lines: &[PlannedLine]) -> Markup {
    let choices: Vec<Choice> = lines.iter().filter_map(PlannedLine::choice).collect();
    let plan = Plan { form, choices: &choices };
    html! {
        h1 { "What the lines become" }
        (notice(form, &[]))
        form.import method="post" action="/import/confirm" data-guard {
            (goes(source))
            p.count { (summary(lines, choices.len())) }
            ol.planned-lines { @for line in lines { (plan.line(line)) } }
            // EXPOSE: the text goes along, unseen, to whoever has just sent it; the answer is not stored anywhere.
            textarea name="content" hidden readonly data-secret { "\n" (source.content.text().expose()) }
            div.actions {
                @if !choices.is_empty() { button.primary { (icon(icondata_lu::LuLock)) "Import the ticked lines" } }
                button formaction="/import/change" { "Change the file" }
                a.button.quiet href="/keys" { "Cancel" }
            }
            p.hint { "All ticked lines are imported, or none. Lines that are not ticked are not kept anywhere." }
        }
    }
}

/// Where the values go, also for the next step.
fn goes(source: &ImportSource) -> Markup {
    html! {
        p.import-to {
            "Into the project " strong { (source.project) } ", environment " (environment(source.environment))
            ". Nothing is written yet, and values stay closed."
        }
        input type="hidden" name="projectName" value=(source.project);
        input type="hidden" name="environment" value=(source.environment.as_str());
    }
}

/// How many lines of which kind; blank ones are the only ones that are not counted.
fn summary(lines: &[PlannedLine], choices: usize) -> String {
    let count = |is: fn(&Becomes) -> bool| lines.iter().filter(|line| is(&line.becomes)).count();
    let comments = count(|becomes| matches!(becomes, Becomes::Comment));
    let kinds = [
        (choices, "to import"),
        (count(|becomes| matches!(becomes, Becomes::Conflict(_))), "in conflict"),
        (count(|becomes| matches!(becomes, Becomes::Duplicate(_))), "overruled"),
        (count(|becomes| matches!(becomes, Becomes::Unreadable(_))), "unreadable"),
        (comments, if comments == 1 { "comment" } else { "comments" }),
    ];
    let told: Vec<_> = kinds.iter().filter(|(n, _)| *n > 0).map(|(n, kind)| format!("{n} {kind}")).collect();
    format!("{}, blank ones aside: {}.", counted(lines.len() as u64, "line", "lines"), told.join(", "))
}

/// A plan, and what was ticked of an earlier one.
struct Plan<'a> {
    form: &'a Form,
    choices: &'a [Choice],
}

impl Plan<'_> {
    fn line(&self, line: &PlannedLine) -> Markup {
        let (class, label) = kind(&line.becomes);
        let choice = line.choice();
        let about = format!("l-{}", line.line);
        html! {
            li.planned-line class=(class) {
                span.line-number { span.visually-hidden { "Line " } (line.line) }
                @match (&choice, &line.name) {
                    (Some(choice), Some(name)) => label.choice {
                        input type="checkbox" name="choices" value=(choice) checked[self.is_ticked(choice)] aria-describedby=(about);
                        code { (name) }
                    },
                    (_, Some(name)) => code.planned-name { (name) },
                    (_, None) => span.planned-name.soft { "–" },
                }
                div.planned-fate id=(about) {
                    p { span class={ "badge " (class) } { (label) } " " (self.fate(line, choice.as_ref())) }
                    @if let Some(reason) = line.becomes.reason() { p.hint { (reason) } }
                    @else if let Some(remark) = line.remark.filter(|_| choice.is_some()) { p.hint { (remark) } }
                    @if choice.as_ref().is_some_and(|choice| self.has_changed(choice)) {
                        p.hint { strong { "This is not what you saw before." } }
                    }
                }
                @if choice.is_some() { (sealed()) }
            }
        }
    }

    fn fate(&self, line: &PlannedLine, choice: Option<&Choice>) -> Markup {
        let together = choice.map(|choice| self.together(choice)).unwrap_or_default();
        html! {
            @match (&line.becomes, &line.name) {
                (Becomes::Value(_, name), _) => { "of your category “" (name) "”" },
                (Becomes::Service(_, name), _) => { "“" (name) "”, from the catalogue" },
                (Becomes::NewCategory, Some(name)) => { "“" (name) "”" },
                _ => {},
            }
            @if !together.is_empty() { ", one entry with " (together) }
        }
    }

    /// The other lines that become a part of the same entry.
    fn together(&self, own: &Choice) -> String {
        let mut goes: BTreeMap<&Destination, Vec<String>> = BTreeMap::new();
        for choice in self.choices.iter().filter(|choice| choice.line != own.line) {
            goes.entry(&choice.destination).or_default().push(choice.line.to_string());
        }
        match goes.get(&own.destination).map(Vec::as_slice) {
            None => String::new(),
            Some([one]) => format!("line {one}"),
            Some(several) => format!("lines {}", several.join(", ")),
        }
    }

    /// Everything is ticked until somebody has chosen.
    fn is_ticked(&self, choice: &Choice) -> bool {
        self.form.problem().is_none() || self.chosen().any(|own| own == *choice)
    }

    fn has_changed(&self, choice: &Choice) -> bool {
        self.chosen().any(|own| own.line == choice.line && own != *choice)
    }

    fn chosen(&self) -> impl Iterator<Item = Choice> {
        self.form.all("choices").filter_map(|text| text.parse().ok())
    }
}

/// The look and the word of what a line becomes.
const fn kind(becomes: &Becomes) -> (&'static str, &'static str) {
    match becomes {
        Becomes::Value(..) => ("plain", "value"),
        Becomes::Service(..) | Becomes::NewCategory => ("fresh", "new category"),
        Becomes::Comment => ("plain", "comment"),
        Becomes::Duplicate(_) => ("expiring", "overruled"),
        Becomes::Conflict(_) => ("expiring", "conflict"),
        Becomes::Unreadable(_) => ("expired", "unreadable"),
    }
}
