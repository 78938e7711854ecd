//! Pictures: interface icons, a service's tile, Kagi's seal. All inline SVG, without a style attribute.

use icondata_core::Icon;
use kagi_domain::{
    model::{category::Category, entry::CategorySummary},
    text::{Color, IconSlug},
};
use maud::{Markup, PreEscaped, html};

use crate::brand;

/// An interface icon. Decorative: the words beside it say what it means.
pub(crate) fn icon(icon: Icon) -> Markup {
    // The data is compiled in, never a person's; a test holds it free of styles and scripts.
    html! {
        svg.icon aria-hidden="true" viewBox=(icon.view_box.unwrap_or("0 0 24 24")) { (PreEscaped(icon.data)) }
    }
}

/// A category's tile.
pub(crate) fn category_tile(category: &Category) -> Markup {
    let (icon, color) = (category.icon.as_ref(), category.color.as_ref());
    tile(category.name.as_str(), icon.map(IconSlug::as_str), color.map(Color::as_str))
}

/// The tile of an entry's category.
pub(crate) fn summary_tile(category: &CategorySummary) -> Markup {
    let (icon, color) = (category.icon.as_ref(), category.color.as_ref());
    tile(category.name.as_str(), icon.map(IconSlug::as_str), color.map(Color::as_str))
}

/// The service's picture, or the first letter of its name.
fn tile(name: &str, slug: Option<&str>, color: Option<&str>) -> Markup {
    let brand = slug.and_then(brand::find);
    let fill = color.or(brand.map(|brand| brand.color));
    let class = match fill.map(is_light) {
        None => "tile plain",
        Some(true) => "tile light",
        Some(false) => "tile",
    };
    html! {
        svg class=(class) aria-hidden="true" viewBox="0 0 40 40" {
            rect width="40" height="40" rx="8" fill=[fill] {}
            @match brand {
                Some(brand) => g transform="translate(9 9) scale(.917)" { (PreEscaped(brand.icon.data)) }
                None => text x="20" y="26.5" text-anchor="middle" { (monogram(name)) }
            }
        }
    }
}

/// Kagi's mark: a key cut into a seal.
pub(crate) fn seal() -> Markup {
    html! {
        svg.seal aria-hidden="true" viewBox="0 0 32 32" {
            rect width="32" height="32" rx="7" {}
            path fill-rule="evenodd" d="M16 5.5a5.5 5.5 0 0 1 1.3 10.84V19.8h3.7V22h-3.7v1.8h3.7V26h-6.3v-9.66A5.5 5.5 0 0 1 16 5.5Zm0 3.1a2.4 2.4 0 1 0 0 4.8 2.4 2.4 0 0 0 0-4.8Z" {}
        }
    }
}

/// The tile of a service of the catalogue.
pub(crate) fn service_tile(service: &kagi_domain::catalogue::Service) -> Markup {
    tile(service.name, service.icon, service.color)
}

fn monogram(name: &str) -> String {
    name.chars().find(|c| c.is_alphanumeric()).map_or("•".to_owned(), |c| c.to_uppercase().collect())
}

/// Whether dark ink reads better on the colour (WCAG relative luminance over 0.4).
fn is_light(color: &str) -> bool {
    let channel = |at: usize| {
        let hex = color.get(at..at + 2).and_then(|hex| u8::from_str_radix(hex, 16).ok()).unwrap_or(0);
        let c = f64::from(hex) / 255.0;
        if c <= 0.03928 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5) > 0.4
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tile_never_lacks_a_picture() {
        assert!(tile("Stripe", Some("stripe"), None).into_string().contains("#635bff"));
        assert!(tile("鍵", Some("unknown"), Some("#ffee00")).into_string().contains("tile light"));
        assert!(tile("<script>", None, None).into_string().contains(">S<"));
        assert!(tile("…", None, None).into_string().contains('•'));
    }
}
