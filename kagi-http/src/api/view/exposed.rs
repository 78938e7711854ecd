//! Plaintext on its way into an answer.

use std::borrow::Cow;

use kagi_domain::secret::{SecretText, SecretValue};
use poem_openapi::{registry::MetaSchemaRef, types::Type};
use serde::{Serialize, Serializer, ser::SerializeMap};

use crate::{api::loose::Loose, draft::SecretDraft};

/// A secret that is written into an answer: a string, or an object of strings.
pub(super) struct Exposed(SecretValue);

impl Exposed {
    pub(super) const fn value(value: SecretValue) -> Self {
        Self(value)
    }

    pub(super) const fn text(text: SecretText) -> Self {
        Self(SecretValue::Simple(text))
    }

    /// How many bytes it takes at most. A byte becomes at most six (`\u0000`).
    pub(super) fn room(&self) -> usize {
        match &self.0 {
            // EXPOSE: the length is taken, to reserve the answer's buffer.
            SecretValue::Simple(text) => 6 * text.expose().len(),
            SecretValue::Group(fields) => {
                // EXPOSE: as above.
                fields.iter().map(|(name, text)| name.as_str().len() + 6 * text.expose().len() + 6).sum()
            }
        }
    }
}

impl Serialize for Exposed {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            // EXPOSE: this is the answer to an authorised, recorded reveal.
            SecretValue::Simple(text) => serializer.serialize_str(text.expose()),
            SecretValue::Group(fields) => {
                let mut object = serializer.serialize_map(None)?;
                for (name, text) in fields.iter() {
                    // EXPOSE: as above.
                    object.serialize_entry(name.as_str(), text.expose())?;
                }
                object.end()
            }
        }
    }
}

impl Type for Exposed {
    const IS_REQUIRED: bool = true;

    type RawValueType = Self;
    type RawElementValueType = Self;

    fn name() -> Cow<'static, str> {
        "value".into()
    }

    fn schema_ref() -> MetaSchemaRef {
        MetaSchemaRef::Inline(Box::new(SecretDraft::schema()))
    }

    fn as_raw_value(&self) -> Option<&Self> {
        Some(self)
    }

    fn raw_element_iter<'a>(&'a self) -> Box<dyn Iterator<Item = &'a Self> + 'a> {
        Box::new(std::iter::once(self))
    }
}
