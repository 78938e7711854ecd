//! What came into the editor: by name, the values masked, and the way back.

use kagi_domain::secret::SecretText;
use maud::{Markup, html};

use crate::web::page::envs::{
    difference::{Pair, Words},
    selection::left_out,
};

/// How a text came into the editor.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum How {
    /// Its variables were brought into the text that was there.
    Merged,
    /// It took the place of the text that was there.
    Replaced,
    /// What was there before came back.
    Back,
    /// What had been taken back came again.
    Again,
}

/// A text in the editor in place of another.
pub(crate) struct Taken {
    /// How it came there.
    pub(crate) how: How,
    /// The text that was there.
    pub(crate) before: SecretText,
    /// The text that is there.
    pub(crate) after: SecretText,
    /// What was chosen and is not in it, and why.
    pub(crate) rejected: Vec<(String, String)>,
}

impl Taken {
    /// The difference. The script takes the text of an answer that has it over into its editor.
    pub(crate) fn draw(&self, action: &str) -> Markup {
        let title = match self.how {
            How::Merged => "Merged into the editor, not saved yet",
            How::Replaced => "In the editor instead, not saved yet",
            How::Back => "The text from before is back",
            How::Again => "In the editor again, not saved yet",
        };
        let [step, button] =
            if self.how == How::Back { ["again", "Do it again"] } else { ["back", "Take it back"] };
        let pair = Pair {
            before: ("before", &self.before),
            after: ("now", &self.after),
            words: Words::InTime,
            shown: false,
        };
        html! {
            section.ai-step.taken data-in-editor aria-labelledby="taken-title" {
                h2 id="taken-title" tabindex="-1" autofocus { (title) }
                (pair.draw())
                (left_out(&self.rejected))
                // EXPOSE: the text that was typed or opened in this page stays in it, for the way back; it is stored nowhere.
                textarea name="before" data-secret hidden { "\n" (self.before.expose()) }
                div.actions { button name="step" value=(step) formaction=(action) { (button) } }
            }
        }
    }
}
