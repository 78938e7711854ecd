//! "Are you sure?", for what cannot be undone. The script shows the same form in a dialog.

use maud::{Markup, html};

/// A question before something is gone for good.
pub(crate) struct Ask<'a> {
    /// The question.
    pub(crate) title: String,
    /// What will be gone.
    pub(crate) text: Markup,
    /// Where the answer goes.
    pub(crate) action: &'a str,
    /// What the button says.
    pub(crate) button: &'a str,
    /// The way back.
    pub(crate) back: &'a str,
}

impl Ask<'_> {
    /// The question with its two answers.
    pub(crate) fn draw(&self) -> Markup {
        html! {
            section.ask id="question" {
                h1 { (self.title) }
                p { (self.text) }
                form.actions method="post" action=(self.action) {
                    button.danger { (self.button) }
                    a.button href=(self.back) data-close autofocus { "Cancel" }
                }
            }
        }
    }
}
