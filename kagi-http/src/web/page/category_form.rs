//! Making and changing a category.

use maud::{Markup, html};

use crate::{
    brand,
    web::part::{
        Field, Form,
        field::{choices, notice, revision},
    },
};

/// Colours on offer; any other can be typed.
const PALETTE: &[(&str, &str)] = &[
    ("#b3321f", "Red"),
    ("#c77700", "Amber"),
    ("#5f7d1a", "Moss"),
    ("#0b7a5b", "Green"),
    ("#0e6f9e", "Blue"),
    ("#4353c9", "Indigo"),
    ("#8a3fa8", "Purple"),
    ("#8c5a3c", "Brown"),
    ("#5b6067", "Grey"),
];

const FIELDS: &[&str] =
    &["name", "keyType", "envVarName", "fieldDefinitions", "publicNames", "description", "iconSlug", "color"];

/// What a category's form starts from.
pub(crate) fn blank() -> Form {
    Form::new().with("keyType", "simple").with("publicChoice", "auto").with("color", "")
}

/// The page of a new category; `start` is what may stand above the form.
pub(crate) fn fresh(form: &Form, start: &Markup) -> Markup {
    html! {
        h1 { "New category" }
        p.lead { "A category is a template: what the key is called and which variables it fills. Values come next, as its entries." }
        (start)
        (sheet(form, "/keys/new", "/keys", "Make category", false))
    }
}

/// The page of a category that is there.
pub(crate) fn stored(form: &Form, id: &str, has_entries: bool) -> Markup {
    html! {
        h1 { "Edit category" }
        (sheet(form, &format!("/keys/{id}/edit"), &format!("/keys/{id}"), "Save category", has_entries))
    }
}

fn sheet(form: &Form, action: &str, cancel: &str, button: &str, has_entries: bool) -> Markup {
    html! {
        (notice(form, FIELDS))
        form.sheet method="post" action=(action) data-guard {
            (revision(form))
            (Field::new(form, "name", "Name").hint("Such as “OpenAI API” or “AWS credentials”.").input("text"))
            (variables(form, has_entries))
            (public_names(form))
            (Field::new(form, "description", "Description").optional().hint("Metadata: searchable and part of exports. Never put a secret here.").area(2))
            div.pair { (icon_field(form)) (colours(form)) }
            div.actions {
                button.primary { (button) }
                a.button href=(cancel) { "Cancel" }
            }
        }
    }
}

fn variables(form: &Form, has_entries: bool) -> Markup {
    let hint = has_entries.then_some("The type cannot change while the category has entries.");
    let radio = |value: &str, label: &str, about: &str| {
        html! {
            label.choice {
                input type="radio" name="keyType" value=(value) checked[form.value("keyType") == value] id={ "type-" (value) };
                span { strong { (label) } " " span.soft { (about) } }
            }
        }
    };
    html! {
        (choices(form, "keyType", "Type", hint, &html! {
            (radio("simple", "Simple", "one variable, such as an API key"))
            (radio("group", "Group", "several fields that belong together, such as an id and a secret"))
        }))
        div.when-simple {
            (Field::new(form, "envVarName", "Environment variable").mono().unmarked()
                .hint("Letters, digits and underscores, such as OPENAI_API_KEY.").input("text"))
        }
        div.when-group {
            (Field::new(form, "fieldDefinitions", "Fields, one per line").mono().unmarked()
                .hint("Each is an environment variable, such as AWS_ACCESS_KEY_ID.").area(4))
        }
    }
}

fn public_names(form: &Form) -> Markup {
    let radio = |value: &str, label: &str| {
        html! {
            label.choice { input type="radio" name="publicChoice" value=(value) checked[form.value("publicChoice") == value] id=[(value == "listed").then_some("public-listed")]; span { (label) } }
        }
    };
    let hint = "Some values, such as a publishable key, may be shown in a browser; frameworks want a prefix like NEXT_PUBLIC_ on them. Which of these?";
    choices(
        form,
        "publicNames",
        "Public names",
        Some(hint),
        &html! {
            (radio("auto", "Decide by the name (PUBLISHABLE, ANON_KEY, SITE_KEY, …), never one with SECRET or TOKEN"))
            (radio("none", "None: all of them are secret"))
            (radio("listed", "These:"))
            div.when-listed {
                label.visually-hidden for="f-publicNames" { "Public names, one per line" }
                textarea.mono id="f-publicNames" name="publicNames" rows="2" spellcheck="false" autocomplete="off" { "\n" (form.value("publicNames")) }
            }
        },
    )
}

fn icon_field(form: &Form) -> Markup {
    let current = form.value("iconSlug");
    let known = brand::find(current).is_some() || current.is_empty();
    let other = (!known).then_some((current, current));
    let brands = brand::BRANDS.iter().map(|brand| (brand.slug, brand.name));
    let options: Vec<_> = [("", "First letter of the name")].into_iter().chain(other).chain(brands).collect();
    Field::new(form, "iconSlug", "Icon").optional().select(&options)
}

fn colours(form: &Form) -> Markup {
    let current = form.value("color");
    let own = !current.is_empty() && PALETTE.iter().all(|(value, _)| *value != current);
    let swatch = |value: &str, label: &str| {
        html! {
            label.swatch {
                input type="radio" name="color" value=(value) checked[current == value] title=(label);
                svg aria-hidden="true" viewBox="-12 -12 24 24" {
                    @if value.is_empty() { path d="M-7 7 7-7" {} } @else { circle r="8" fill=(value) {} }
                }
            }
        }
    };
    choices(
        form,
        "color",
        "Colour",
        None,
        &html! {
            div.swatches {
                (swatch("", "The icon’s own"))
                @for (value, name) in PALETTE { (swatch(value, name)) }
                @if own { (swatch(current, current)) }
            }
        },
    )
}
