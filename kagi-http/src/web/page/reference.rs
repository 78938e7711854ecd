//! The API's description, for people.

use maud::html;
use serde_json::Value;

/// The page.
pub(crate) fn reference(_document: &Value) -> String {
    html! { "soon" }.into_string()
}
