//! A form's field: label, control, hint and error, tied together for screen readers.

use maud::{Markup, html};

use crate::web::part::{Form, icon, next::escape};

/// One field of a form. Build it, then draw it as a control.
pub(crate) struct Field<'a> {
    form: &'a Form,
    name: &'a str,
    label: &'a str,
    hint: Option<&'a str>,
    required: bool,
    marked: bool,
    mono: bool,
    autocomplete: Option<&'a str>,
    list: Option<&'a str>,
}

impl<'a> Field<'a> {
    /// A field that must be filled.
    pub(crate) const fn new(form: &'a Form, name: &'a str, label: &'a str) -> Self {
        Self {
            form,
            name,
            label,
            hint: None,
            required: true,
            marked: true,
            mono: false,
            autocomplete: Some("off"),
            list: None,
        }
    }

    /// It may stay empty.
    #[must_use]
    pub(crate) const fn optional(mut self) -> Self {
        self.required = false;
        self
    }

    /// Whether it must be filled depends on other fields, so only the server can say.
    #[must_use]
    pub(crate) const fn unmarked(mut self) -> Self {
        self.required = false;
        self.marked = false;
        self
    }

    /// It must be filled, unless there is something that stays when it is not.
    #[must_use]
    pub(crate) const fn required_unless(mut self, kept: bool) -> Self {
        self.required = !kept;
        self.marked = !kept;
        self
    }

    /// The id of a list of suggestions.
    #[must_use]
    pub(crate) const fn list(mut self, id: &'a str) -> Self {
        self.list = Some(id);
        self
    }

    /// A sentence under it.
    #[must_use]
    pub(crate) const fn hint(mut self, hint: &'a str) -> Self {
        self.hint = Some(hint);
        self
    }

    /// It holds a name or a value, not prose.
    #[must_use]
    pub(crate) const fn mono(mut self) -> Self {
        self.mono = true;
        self
    }

    /// What browsers may fill in.
    #[must_use]
    pub(crate) const fn autocomplete(mut self, token: &'a str) -> Self {
        self.autocomplete = Some(token);
        self
    }

    /// A one-line control of an HTML input type.
    pub(crate) fn input(self, kind: &str) -> Markup {
        // A password is never sent back.
        let value = (kind != "password").then(|| self.form.value(self.name));
        let control = html! {
            input id=(self.id()) name=(self.name) type=(kind) value=[value] class=[self.mono.then_some("mono")]
                required[self.required] autocomplete=[self.autocomplete] list=[self.list] spellcheck="false"
                aria-describedby=[self.described_by()] aria-invalid=[self.invalid()] autofocus[self.first()];
        };
        self.around(&control)
    }

    /// A control of several lines.
    pub(crate) fn area(self, rows: u8) -> Markup {
        let control = html! {
            textarea id=(self.id()) name=(self.name) rows=(rows) class=[self.mono.then_some("mono")]
                spellcheck=(!self.mono) autocomplete="off" required[self.required]
                aria-describedby=[self.described_by()] aria-invalid=[self.invalid()] autofocus[self.first()] {
                // The parser drops one line break after the tag.
                "\n" (self.form.value(self.name))
            }
        };
        self.around(&control)
    }

    /// A masked control of several lines, with a switch that shows what is typed.
    pub(crate) fn secret(self, rows: u8) -> Markup {
        let show = format!("{}-show", self.id());
        let control = html! {
            div.secret {
                textarea.mono id=(self.id()) name=(self.name) rows=(rows) spellcheck="false" autocomplete="off"
                    autocapitalize="off" data-secret data-lpignore="true" data-1p-ignore="true" required[self.required]
                    aria-describedby=[self.described_by()] aria-invalid=[self.invalid()] autofocus[self.first()] {
                    "\n" (self.form.value(self.name))
                }
                label.show { input id=(show) type="checkbox" autocomplete="off"; " Show" span.visually-hidden { " " (self.label) } }
            }
        };
        self.around(&control)
    }

    /// A choice of one.
    pub(crate) fn select(self, options: &[(&str, &str)]) -> Markup {
        let current = self.form.value(self.name);
        let control = html! {
            select id=(self.id()) name=(self.name) aria-describedby=[self.described_by()]
                aria-invalid=[self.invalid()] autofocus[self.first()] {
                @for (value, label) in options {
                    option value=(value) selected[*value == current] { (label) }
                }
            }
        };
        self.around(&control)
    }

    fn around(&self, control: &Markup) -> Markup {
        let id = self.id();
        html! {
            div.field {
                label for=(id) { (self.label) @if !self.required && self.marked { " " span.optional { "optional" } } }
                (control)
                @if let Some(error) = self.error() { p.error id={ (id) "-error" } { (error) } }
                @if let Some(hint) = self.hint { p.hint id={ (id) "-hint" } { (hint) } }
            }
        }
    }

    fn id(&self) -> String {
        format!("f-{}", self.name)
    }

    fn error(&self) -> Option<&'a str> {
        self.form.error(self.name)
    }

    fn first(&self) -> bool {
        self.form.is_first_error(self.name)
    }

    fn invalid(&self) -> Option<&'static str> {
        self.error().map(|_| "true")
    }

    fn described_by(&self) -> Option<String> {
        let id = self.id();
        let error = self.error().map(|_| format!("{id}-error"));
        let hint = self.hint.map(|_| format!("{id}-hint"));
        let ids: Vec<String> = error.into_iter().chain(hint).collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }
}

/// What a group of choices is called, its error and its choices.
pub(crate) fn choices(form: &Form, field: &str, legend: &str, hint: Option<&str>, inside: &Markup) -> Markup {
    let error = form.error(field);
    let described = error.map(|_| format!("g-{field}-error"));
    html! {
        fieldset.field aria-describedby=[described] {
            legend { (legend) }
            @if let Some(hint) = hint { p.hint { (hint) } }
            @if let Some(error) = error { p.error id={ "g-" (field) "-error" } { (error) } }
            (inside)
        }
    }
}

/// The revision that a form of something stored began with: somebody else's change is not overwritten unseen.
pub(crate) fn revision(form: &Form) -> Markup {
    html! { @if let Some(at) = form.filled("revision") { input type="hidden" name="revision" value=(at); } }
}

/// What stands above a form that was refused as a whole.
pub(crate) fn notice(form: &Form, named: &[&str]) -> Markup {
    html! {
        @if let Some(text) = form.notice(named) {
            p.notice role="alert" tabindex="-1" autofocus[!named.iter().any(|name| form.is_first_error(name))] { (text) }
        }
    }
}

/// How somebody shows that it is still them, because the last time was over ten minutes ago.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Again {
    /// By their password.
    pub(crate) password: bool,
    /// At Keycloak, which leads back to this path.
    pub(crate) keycloak: Option<String>,
}

impl Again {
    /// The question.
    pub(crate) fn draw(&self, form: &Form) -> Markup {
        html! {
            div.confirm {
                @if self.password {
                    p { (icon(icondata_lu::LuLock)) "You confirmed your password more than ten minutes ago. Please do it again to go on." }
                    (Field::new(form, "password", "Your password").autocomplete("current-password").input("password"))
                } @else {
                    p { (icon(icondata_lu::LuLock)) "You signed in more than ten minutes ago. Please do it again to go on." }
                }
                @if let Some(next) = &self.keycloak {
                    p { a.button href={ "/api/auth/sign-in/keycloak?again=1&next=" (escape(next)) } { "Sign in with Keycloak again" } }
                }
            }
        }
    }
}
