//! The editor of a file: a text field that works by itself; the script draws numbers, colours and remarks to it.

use kagi_domain::{
    dotenv::{Diagnostic, Layout},
    secret::SecretText,
    services::env_projects::EditBase,
};
use maud::{Markup, html};

use crate::web::part::{Form, field::notice, icon, remarks};

/// The fields that a refusal is shown at.
const NAMED: &[&str] = &["content", "secretName", "bytes", "prompt", "pick"];

/// A file in the editor.
pub(crate) struct Editor<'a> {
    /// Its [`fields`], or what a refused form held.
    pub(crate) form: &'a Form,
    /// The address of the file; what the form does lies below it.
    pub(crate) path: &'a str,
    /// What the file is called.
    pub(crate) label: &'a str,
    /// What there is to say about the text.
    pub(crate) remarks: &'a [Diagnostic],
    /// What stands above the text in the same form.
    pub(crate) panel: &'a Markup,
    /// Whether the text is stored nowhere.
    pub(crate) unsaved: bool,
    /// Who has to sign in again when the session ends meanwhile.
    pub(crate) who: Who<'a>,
}

/// A person who may have to sign in again.
#[derive(Clone, Copy)]
pub(crate) struct Who<'a> {
    /// Their address.
    pub(crate) email: &'a str,
    /// Whether they can do so with a password.
    pub(crate) passwords: bool,
}

/// The fields of a text in the editor, as it is shown there. `base` is the stored text that it will take the place of, whose
/// line ends and byte order mark it gets back.
pub(crate) fn fields(text: &SecretText, base: &SecretText, begun: EditBase) -> Form {
    let Layout { bom, lf, crlf, cr } = Layout::of(base);
    // EXPOSE: the editor shows the text to whoever opened or typed it; the answer is not stored anywhere.
    Form::new()
        .with("content", text.expose())
        .with("baseVersion", begun.version.to_string())
        .with("baseFile", begun.file.map(|id| id.to_string()).unwrap_or_default())
        .with("layout", format!("{lf} {crlf} {cr}{}", if bom { " bom" } else { "" }))
        .with("bom", if bom { "kept" } else { "" })
}

/// What the text in a form began with. What is no number is a version that is never there.
pub(crate) fn begun(form: &Form) -> EditBase {
    let version = form.value("baseVersion").parse().unwrap_or(u32::MAX);
    EditBase { version, file: form.value("baseFile").parse().ok() }
}

/// What the editor does not show of the base, as the form carries it.
fn layout(form: &Form) -> Layout {
    let mut words = form.value("layout").split(' ');
    let mut count = || words.next().and_then(|word| word.parse().ok()).unwrap_or_default();
    let (lf, crlf, cr) = (count(), count(), count());
    Layout { bom: words.next().is_some(), lf, crlf, cr }
}

impl Editor<'_> {
    /// The form with everything that belongs to it.
    pub(crate) fn draw(&self) -> Markup {
        let form = self.form;
        html! {
            (notice(form, NAMED))
            form.editing id="editing" method="post" action={ (self.path) "/save" } autocomplete="off" translate="no"
                data-check="/envs/check" data-line="/envs/line" data-unsaved[self.unsaved] {
                @for name in ["baseVersion", "baseFile", "layout"] { input type="hidden" name=(name) value=(form.value(name)); }
                p.notice id="refused" role="alert" tabindex="-1" hidden {}
                (self.panel)
                (self.bar())
                label.visually-hidden for="f-content" { "Text of " (self.label) }
                @if let Some(error) = form.error("content") { p.error id="f-content-error" { (error) } }
                (self.field())
                p.hint id="editor-help" {
                    "Tab leaves the editor"
                    span data-script hidden {
                        ", until " kbd { "Ctrl+M" } " lets it type tabs. " kbd { "Ctrl+S" } " saves, "
                        kbd { "F8" } " goes to the next remark"
                    }
                    ". What you type is kept in this page only until you save."
                }
                (self.layout())
                (self.insert())
            }
            p.visually-hidden id="remarked" role="status" {}
            (remarks::list(self.remarks))
            (again(self.who))
        }
    }

    fn bar(&self) -> Markup {
        html! {
            div.editor-bar {
                button.primary { (icon(icondata_lu::LuLock)) "Save" }
                button type="button" data-script data-copy-editor hidden { (icon(icondata_lu::LuCopy)) "Copy" }
                button type="button" id="tab-types" aria-pressed="false" data-script hidden { "Tab types a tab" }
                a.button.quiet.end href=(self.path) { "Close" }
            }
        }
    }

    /// The text stands in the field's content, where it is told by none of its bytes but line ends, which are LF: the
    /// parser of HTML changes no others.
    fn field(&self) -> Markup {
        let (error, hint) = (self.form.error("content").map(|_| "f-content-error "), "editor-help");
        html! {
            div.editor {
                div.margin aria-hidden="true" { div.gutter-lines {} }
                div.view aria-hidden="true" { div.sheet-lines {} }
                textarea.mono id="f-content" name="content" rows="24" wrap="off" spellcheck="false" autocomplete="off"
                    autocapitalize="off" autocorrect="off" data-secret data-lpignore="true" data-1p-ignore="true"
                    data-gramm="false" aria-invalid=[error.map(|_| "true")]
                    aria-describedby={ (error.unwrap_or_default()) (hint) } {
                    // The parser drops one line break after the tag.
                    "\n" (self.form.value("content"))
                }
            }
        }
    }

    /// What the field cannot show, and how to change it.
    fn layout(&self) -> Markup {
        let Layout { bom, lf, crlf, cr } = layout(self.form);
        let kinds =
            [(lf, "LF"), (crlf, "CR LF"), (cr, "lone CR")].into_iter().filter(|(count, _)| *count > 0);
        let kinds: Vec<String> = kinds.map(|(count, kind)| format!("{count} {kind}")).collect();
        let option = |value: &str, label: &str| {
            html! { option value=(value) selected[self.form.value("lineEnds") == value] { (label) } }
        };
        html! { @if bom || crlf > 0 || cr > 0 {
            div.layout {
                @if crlf > 0 || cr > 0 {
                    label { "Line ends" select name="lineEnds" {
                        (option("kept", &format!("Keep as they are: {}", kinds.join(", "))))
                        (option("lf", "LF everywhere"))
                        (option("crlf", "CR LF everywhere"))
                    } }
                }
                @if bom {
                    label { input type="checkbox" name="bom" value="kept" checked[self.form.filled("bom").is_some()]; "Begin with a byte order mark" }
                }
                @if crlf > 0 { span.soft { "A shell keeps the CR of a CR LF in the value." } }
                @if cr > 0 { span.soft { "A lone CR ends the line for some parsers only." } }
                @if bom { span.soft { "Shells, Node.js and Deno trip over a byte order mark." } }
            }
        } }
    }

    fn insert(&self) -> Markup {
        let form = self.form;
        let formats = ["base64url", "hex", "base64", "alphanumeric"];
        let sizes = [16, 24, 32, 48, 64].map(|bytes| bytes.to_string());
        let current = form.filled("bytes").unwrap_or("32");
        let error = form.error("secretName");
        html! {
            details.insert open[error.is_some()] {
                summary { (icon(icondata_lu::LuDices)) "Insert a generated secret" }
                div data-insert {
                    div.field {
                        label for="f-secretName" { "Name" }
                        input.mono id="f-secretName" name="secretName" value=(form.value("secretName")) autocomplete="off"
                            spellcheck="false" placeholder="session secret" aria-invalid=[error.map(|_| "true")]
                            aria-describedby=[error.map(|_| "f-secretName-error")];
                        @if let Some(error) = error { p.error id="f-secretName-error" { (error) } }
                    }
                    div.field {
                        label for="f-format" { "Spelled as" }
                        select id="f-format" name="format" { @for format in formats {
                            option value=(format) selected[form.value("format") == format] { (format) }
                        } }
                    }
                    div.field {
                        label for="f-bytes" { "Random bytes" }
                        select id="f-bytes" name="bytes" { @for bytes in &sizes {
                            option value=(bytes) selected[current == bytes] { (bytes) }
                        } }
                    }
                    button formaction={ (self.path) "/insert" } { "Insert" }
                }
            }
        }
    }
}

/// Signing in again without leaving the page.
fn again(who: Who<'_>) -> Markup {
    html! {
        dialog id="again" aria-labelledby="again-title" data-email=(who.email) {
            h2 id="again-title" { "Your session has ended" }
            p { "Your text is still in this page. Sign in again and it will be saved." }
            @if who.passwords {
                form.again method="post" action="/sign-in" {
                    div.field {
                        label for="again-email" { "E-mail" }
                        input id="again-email" name="email" type="email" value=(who.email) readonly autocomplete="username";
                    }
                    div.field {
                        label for="again-password" { "Password" }
                        input id="again-password" name="password" type="password" required autocomplete="current-password";
                    }
                    p.error role="alert" hidden {}
                    div.actions {
                        button.primary { "Sign in and save" }
                        button type="button" data-close { "Back to the text" }
                    }
                }
            } @else {
                div.actions {
                    a.button.primary href="/sign-in" target="_blank" { "Sign in in a new tab" }
                    button type="button" data-close { "Back to the text" }
                }
            }
        }
    }
}
