//! Whether a value fits its category.

use crate::{
    fields::{Fields, Invalid},
    model::category::{KeyType, Shape},
    secret::SecretValue,
    text::EnvVarName,
};

/// Checks a value against its category and tells which fields it fills.
pub(super) fn checked_value(shape: &Shape, value: &SecretValue) -> Result<Vec<EnvVarName>, Invalid> {
    let too_long = format!("Use at most {} KiB in all.", SecretValue::MAX_BYTES / 1024);
    let mut fields = Fields::new();
    let mut filled = Vec::new();
    match (shape.key_type(), value) {
        (KeyType::Simple, SecretValue::Simple(text)) => {
            // EXPOSE: only length and NUL are looked at.
            match text.expose() {
                "" => fields.refuse("value", "Please give a value."),
                text if text.len() > SecretValue::MAX_BYTES => fields.refuse("value", too_long),
                text if text.contains('\0') => {
                    fields.refuse("value", "A value must not contain a NUL character.");
                }
                _ => {}
            }
        }
        (KeyType::Group, SecretValue::Group(group)) => {
            let mut bytes = 0;
            for (name, text) in group.iter() {
                // EXPOSE: only length and NUL are looked at.
                bytes += text.expose().len();
                // EXPOSE: as above.
                if text.expose().contains('\0') {
                    fields.refuse(format!("value.{name}"), "A value must not contain a NUL character.");
                }
                if !shape.fields().contains(name) {
                    fields.refuse(format!("value.{name}"), "This category has no such field.");
                }
            }
            if bytes > SecretValue::MAX_BYTES {
                fields.refuse("value", too_long);
            }
            if group.is_empty() {
                fields.refuse("value", "Please fill at least one field.");
            }
            filled = group.names();
        }
        (KeyType::Simple, SecretValue::Group(_)) => {
            fields.refuse("value", "This category is simple: give one text, not named fields.");
        }
        (KeyType::Group, SecretValue::Simple(_)) => {
            fields.refuse("value", "This category is a group: give its fields by name, not one text.");
        }
    }
    fields.finish(Some(filled))
}
