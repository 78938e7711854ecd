//! The number of a version in a path.

use std::borrow::Cow;

use poem_openapi::{
    registry::{MetaSchema, MetaSchemaRef},
    types::{ParseFromParameter, ParseResult, Type},
};

/// A version's number. Versions count from 1; whatever is not a number, or is spelled in another way
/// than the server's, is 0: a version that is never there, and is answered like one.
pub(crate) struct Number(u32);

impl Number {
    /// Reads the one spelling.
    pub(crate) fn read(text: &str) -> Self {
        Self(text.parse().ok().filter(|number: &u32| number.to_string() == text).unwrap_or(0))
    }

    pub(crate) const fn get(&self) -> u32 {
        self.0
    }
}

impl ParseFromParameter for Number {
    fn parse_from_parameter(text: &str) -> ParseResult<Self> {
        Ok(Self::read(text))
    }
}

impl Type for Number {
    const IS_REQUIRED: bool = true;

    type RawValueType = Self;
    type RawElementValueType = Self;

    fn name() -> Cow<'static, str> {
        "versionNumber".into()
    }

    fn schema_ref() -> MetaSchemaRef {
        let schema = MetaSchema { minimum: Some(1.0), ..MetaSchema::new_with_format("integer", "int64") };
        MetaSchemaRef::Inline(Box::new(schema))
    }

    fn as_raw_value(&self) -> Option<&Self> {
        Some(self)
    }

    fn raw_element_iter<'a>(&'a self) -> Box<dyn Iterator<Item = &'a Self> + 'a> {
        Box::new(std::iter::once(self))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_has_one_spelling() {
        let read = |text| Number::read(text).get();
        assert_eq!(read("1"), 1);
        assert_eq!(read("4294967295"), u32::MAX);
        for text in ["", "0", "01", "+1", "-1", " 1", "1.0", "1e3", "x", "4294967296", "１"] {
            assert_eq!(read(text), 0, "{text}");
        }
    }
}
