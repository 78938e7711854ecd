//! "AI generate": the panel in the form of the editor, so that the text in the editor goes along with every step.

use kagi_domain::{ports::Engine, services::composer::Context};
use maud::{Markup, html};

use crate::{
    problem::Code,
    web::{
        page::envs::{selection::selection, taken::Taken},
        part::{Form, icon, plan::Plan, words::counted},
    },
};

/// What can be asked for at once, to see how one asks.
const EXAMPLES: [&str; 4] = [
    "Everything for this project",
    "OpenAI and AWS for this Next.js project",
    "A session secret and a random JWT key",
    "The payment keys for production",
];

/// What the panel has to tell besides what its form carries.
pub(crate) enum Told {
    /// Nothing.
    Nothing,
    /// What a model would be sent.
    Context(Context),
    /// What came into the editor.
    Taken(Taken),
}

/// The panel.
pub(crate) struct Panel<'a> {
    /// What was typed and ticked.
    pub(crate) form: &'a Form,
    /// The address of the file.
    pub(crate) path: &'a str,
    /// What the file is called.
    pub(crate) file: &'a str,
    /// Who is asked.
    pub(crate) engine: &'a Engine,
    /// What there is to tell.
    pub(crate) told: &'a Told,
}

impl Panel<'_> {
    /// The panel. The script takes what has the id `ai` out of an answer.
    pub(crate) fn draw(&self) -> Markup {
        let plan = Plan::of(self.form);
        html! {
            details.ai id="ai" open[self.is_open()] {
                // The first button of a form is what Enter presses in a field: not one that does something.
                button name="step" value="stay" formaction=(self.action()) tabindex="-1" hidden {}
                summary { (icon(icondata_lu::LuSparkles)) span { "AI generate" } span.soft { "a file from the keys you keep" } }
                div.ai-panel {
                    (self.ask(plan.is_some() || matches!(self.told, Told::Taken(_))))
                    @match (self.told, &plan) {
                        (Told::Context(context), _) => (sent(context)),
                        (Told::Taken(taken), _) => (taken.draw(&self.action())),
                        (Told::Nothing, Some(plan)) => (selection(plan, self.form, self.file, &self.action())),
                        (Told::Nothing, None) => {}
                    }
                }
            }
        }
    }

    fn is_open(&self) -> bool {
        let filled = ["prompt", "plan", "generate"].iter().any(|field| self.form.filled(field).is_some());
        filled || self.form.error("prompt").is_some() || !matches!(self.told, Told::Nothing)
    }

    fn action(&self) -> String {
        format!("{}/generate", self.path)
    }

    fn ask(&self, again: bool) -> Markup {
        let (form, action) = (self.form, self.action());
        let error = form.error("prompt");
        let begins = error.is_some() || form.filled("generate").is_some();
        html! {
            div.field {
                label for="f-prompt" { "What do you need?" }
                textarea id="f-prompt" name="prompt" rows="2" autocomplete="off" autofocus[begins]
                    placeholder="In your own words, in any language" aria-invalid=[error.map(|_| "true")]
                    aria-describedby={ @if error.is_some() { "f-prompt-error " } "f-prompt-hint" } {
                    // The parser drops one line break after the tag.
                    "\n" (form.value("prompt"))
                }
                @if let Some(error) = error { p.error id="f-prompt-error" { (error) } }
                p.hint id="f-prompt-hint" { (told_to(self.engine)) }
            }
            div.actions {
                @if is_down(form) {
                    button.primary name="step" value="offline" formaction=(action) { "Use the built-in matcher" }
                }
                button.primary[!again && !is_down(form)] name="step" value="generate" formaction=(action) data-asks=(who(self.engine)) {
                    @if again { "Generate again" } @else { "Generate" }
                }
                button.quiet name="step" value="context" formaction=(action) { "See what the model sees" }
            }
            div.asking id="asking" hidden {
                progress aria-label="Asking" {}
                span role="status" {}
                button type="button" data-cancel { "Cancel" }
            }
            @if form.filled("prompt").is_none() || form.filled("example").is_some() {
                div.examples role="group" aria-label="Examples" {
                    span.soft { "For example" }
                    @for example in EXAMPLES { button.tiny name="example" value=(example) formaction=(action) { (example) } }
                }
            }
        }
    }
}

/// Whether the model gave no answer, so that a person may choose the other way.
fn is_down(form: &Form) -> bool {
    form.problem().is_some_and(|problem| matches!(problem.code, Code::AiUnavailable | Code::AiTimeout))
}

/// Who answers, in words.
pub(crate) fn who(engine: &Engine) -> String {
    match engine {
        Engine::OpenAi(model) => format!("{model} at OpenAI"),
        Engine::Compatible(model) => format!("{model} at the configured server"),
        Engine::Offline => "the built-in matcher".to_owned(),
    }
}

fn told_to(engine: &Engine) -> Markup {
    html! {
        @match engine {
            Engine::Offline => "The built-in matcher chooses by names. Nothing leaves this server.",
            _ => { "Sent to " (who(engine)) ": your words, and names of categories, projects and variables. Never a value or a note." },
        }
    }
}

/// What a model would be told, laid out, and the literal text that would be sent.
fn sent(Context { engine, payload, brief, offered, left_out }: &Context) -> Markup {
    let keys = counted(*offered as u64, "key", "keys");
    html! {
        section.ai-step aria-labelledby="sent-title" {
            h2 id="sent-title" tabindex="-1" autofocus { "What the model sees" }
            p {
                @if payload.is_some() { "“Generate” would tell " (who(engine)) " this: your words, and the names of " (keys) ". Nothing was sent yet." }
                @else { "Nothing is sent: the built-in matcher reads this on the server, your words and the names of " (keys) "." }
                @if *left_out > 0 { " " (left_out) " more are left out because they fit your words least." }
            }
            pre.payload tabindex="0" aria-labelledby="sent-title" { "\n" (brief) }
            @if let Some(payload) = payload {
                h3 id="payload-title" { "The whole request, word for word" }
                pre.payload id="payload" tabindex="0" aria-labelledby="payload-title" { "\n" (payload) }
                div.actions { button type="button" data-copy-from="payload" data-said="Copied the request." hidden { (icon(icondata_lu::LuCopy)) "Copy the request" } }
            }
        }
    }
}
