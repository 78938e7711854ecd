//! What a file would become, and what it became. No value is here.

use kagi_domain::services::entries::import::{Becomes, Imported, PlannedLine};

use super::{EntryView, text};
use crate::{api::answer::View, schema::view};

view! {
    /// What the lines of a file would become, blank ones aside.
    pub(crate) struct ImportPlanView as "ImportPlan" {
        /// The lines in order.
        lines: Vec<PlannedLineView> = "lines",
    }
}

view! {
    /// What a line would become.
    struct PlannedLineView as "PlannedLine" {
        /// Its number, from 1; of a value that goes over several lines, the first.
        line: u32 = "line",
        /// The variable, where the line is read.
        variable: Option<String> = "variable",
        /// `value` of a category that is there, `service` (a value of a new category of a well-known service),
        /// `new_category` (a value of one that is named like the variable), or nothing: `comment`, `duplicate`,
        /// `conflict`, `unreadable`.
        becomes: &'static str = "becomes",
        /// The category's name.
        category_name: Option<String> = "categoryName",
        /// What to confirm the line with; none where it becomes nothing.
        choice: Option<String> = "choice",
        /// Why it becomes nothing, or how parsers disagree about it.
        remark: Option<String> = "remark",
    }
}

view! {
    /// What an import made.
    pub(crate) struct ImportedView as "Imported" {
        /// The entries in the order of the file.
        entries: Vec<EntryView> = "entries",
        /// How many of their categories are new.
        new_category_count: usize = "newCategoryCount",
    }
}

impl View for ImportPlanView {
    fn room(&self) -> usize {
        512 * (self.lines.len() + 1)
    }
}

impl View for ImportedView {
    fn room(&self) -> usize {
        1024 * (self.entries.len() + 1)
    }
}

impl From<Vec<PlannedLine>> for ImportPlanView {
    fn from(lines: Vec<PlannedLine>) -> Self {
        Self { lines: lines.into_iter().map(PlannedLineView::from).collect() }
    }
}

impl From<PlannedLine> for PlannedLineView {
    fn from(planned: PlannedLine) -> Self {
        let choice = text(planned.choice().as_ref());
        let variable = text(planned.name.as_ref());
        let parsers = text(planned.remark.as_ref());
        let (becomes, category_name, remark) = match planned.becomes {
            Becomes::Value(_, name) => ("value", Some(name), parsers),
            Becomes::Service(_, name) => ("service", Some(name.to_owned()), parsers),
            Becomes::NewCategory => ("new_category", variable.clone(), parsers),
            Becomes::Comment => ("comment", None, None),
            Becomes::Duplicate(line) => {
                let remark =
                    format!("The variable has another value on line {line}, which most parsers take.");
                ("duplicate", None, Some(remark))
            }
            Becomes::Conflict(conflict) => ("conflict", None, Some(conflict.to_string())),
            Becomes::Unreadable(why) => ("unreadable", None, Some(why.to_string())),
        };
        Self { line: planned.line, variable, becomes, category_name, choice, remark }
    }
}

impl From<Imported> for ImportedView {
    fn from(imported: Imported) -> Self {
        Self {
            entries: imported.entries.into_iter().map(EntryView::from).collect(),
            new_category_count: imported.new_categories,
        }
    }
}
