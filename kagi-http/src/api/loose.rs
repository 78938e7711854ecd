//! Fields of JSON bodies that never fail to parse: a wrong type is remembered, so that the answer
//! can name the field, and a parser's error, which quotes its input, never comes up.

use std::{borrow::Cow, fmt, marker::PhantomData};

use kagi_domain::{
    model::{category::Shape, recovery_set::RecoveryCodes},
    secret::SecretText,
};
use poem_openapi::{
    registry::{MetaSchema, MetaSchemaRef},
    types::Type,
};
use serde::{
    Deserialize, Deserializer,
    de::{IgnoredAny, MapAccess, SeqAccess, Visitor},
};

use crate::draft::{Raw, SecretDraft};

/// A type that takes some of JSON's kinds and gives `None` for the others.
pub(crate) trait Loose: Sized {
    /// Its schema.
    fn schema() -> MetaSchema;

    /// From a string.
    fn from_text(_: &str) -> Option<Self> {
        None
    }

    /// From a whole number that is not negative.
    fn from_number(_: u64) -> Option<Self> {
        None
    }

    /// From a truth.
    fn from_bool(_: bool) -> Option<Self> {
        None
    }

    /// From an array. Reads it to its end.
    fn from_list<'de, A: SeqAccess<'de>>(mut list: A) -> Result<Option<Self>, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(None)
    }

    /// From an object. Reads it to its end.
    fn from_object<'de, A: MapAccess<'de>>(mut object: A) -> Result<Option<Self>, A::Error> {
        while object.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(None)
    }
}

impl Loose for String {
    fn schema() -> MetaSchema {
        MetaSchema::new("string")
    }

    fn from_text(text: &str) -> Option<Self> {
        Some(text.to_owned())
    }
}

impl Loose for SecretText {
    fn schema() -> MetaSchema {
        MetaSchema::new_with_format("string", "password")
    }

    fn from_text(text: &str) -> Option<Self> {
        Some(Self::new(text.to_owned()))
    }
}

impl Loose for Vec<String> {
    fn schema() -> MetaSchema {
        let items = MetaSchemaRef::Inline(Box::new(String::schema()));
        MetaSchema { items: Some(Box::new(items)), ..MetaSchema::new("array") }
    }

    fn from_list<'de, A: SeqAccess<'de>>(mut list: A) -> Result<Option<Self>, A::Error> {
        let mut texts = Some(Self::new());
        while let Some(item) = list.next_element::<Raw<String>>()? {
            match (item, texts.as_mut()) {
                (Raw::Given(text), Some(texts)) => texts.push(text),
                _ => texts = None,
            }
        }
        Ok(texts)
    }
}

impl Loose for u64 {
    fn schema() -> MetaSchema {
        MetaSchema { minimum: Some(0.0), ..MetaSchema::new("integer") }
    }

    fn from_number(number: u64) -> Option<Self> {
        Some(number)
    }
}

impl Loose for bool {
    fn schema() -> MetaSchema {
        MetaSchema::new("boolean")
    }

    fn from_bool(truth: bool) -> Option<Self> {
        Some(truth)
    }
}

/// The codes of a recovery set.
impl Loose for Vec<SecretText> {
    fn schema() -> MetaSchema {
        let code = MetaSchema {
            min_length: Some(1),
            max_length: Some(RecoveryCodes::LONGEST),
            ..SecretText::schema()
        };
        MetaSchema {
            items: Some(Box::new(MetaSchemaRef::Inline(Box::new(code)))),
            min_items: Some(1),
            max_items: Some(RecoveryCodes::MOST),
            ..MetaSchema::new("array")
        }
    }

    fn from_list<'de, A: SeqAccess<'de>>(mut list: A) -> Result<Option<Self>, A::Error> {
        let mut codes = Some(Self::new());
        while let Some(item) = list.next_element::<Raw<SecretText>>()? {
            match (item, codes.as_mut()) {
                // One more than can be right is kept, for the mistake to be seen, and no more.
                (Raw::Given(code), Some(codes)) if codes.len() <= RecoveryCodes::MOST => codes.push(code),
                (Raw::Given(_), _) => {}
                _ => codes = None,
            }
        }
        Ok(codes)
    }
}

impl Loose for SecretDraft {
    fn schema() -> MetaSchema {
        let text = || MetaSchemaRef::Inline(Box::new(SecretText::schema()));
        let fields =
            MetaSchema { additional_properties: Some(Box::new(text())), ..MetaSchema::new("object") };
        let fields = MetaSchemaRef::Inline(Box::new(fields));
        MetaSchema { any_of: vec![text(), fields], ..MetaSchema::ANY }
    }

    fn from_text(text: &str) -> Option<Self> {
        SecretText::from_text(text).map(Self::Text)
    }

    fn from_object<'de, A: MapAccess<'de>>(mut object: A) -> Result<Option<Self>, A::Error> {
        let mut fields = Vec::new();
        while let Some(name) = object.next_key::<String>()? {
            // One more than can be right is kept, for the mistake to be seen, and no more.
            if fields.len() > Shape::MAX_FIELDS {
                object.next_value::<IgnoredAny>()?;
            } else {
                fields.push((name, object.next_value()?));
            }
        }
        Ok(Some(Self::Fields(fields)))
    }
}

impl<'de, T: Loose> Deserialize<'de> for Raw<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Anything(PhantomData))
    }
}

struct Anything<T>(PhantomData<T>);

impl<'de, T: Loose> Visitor<'de> for Anything<T> {
    type Value = Raw<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("anything")
    }

    fn visit_unit<E>(self) -> Result<Raw<T>, E> {
        Ok(Raw::Null)
    }

    fn visit_bool<E>(self, truth: bool) -> Result<Raw<T>, E> {
        Ok(T::from_bool(truth).map_or(Raw::Wrong, Raw::Given))
    }

    fn visit_i64<E>(self, _: i64) -> Result<Raw<T>, E> {
        Ok(Raw::Wrong)
    }

    fn visit_u64<E>(self, number: u64) -> Result<Raw<T>, E> {
        Ok(T::from_number(number).map_or(Raw::Wrong, Raw::Given))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Raw<T>, E> {
        Ok(Raw::Wrong)
    }

    fn visit_str<E>(self, text: &str) -> Result<Raw<T>, E> {
        Ok(T::from_text(text).map_or(Raw::Wrong, Raw::Given))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Raw<T>, A::Error> {
        Ok(T::from_list(list)?.map_or(Raw::Wrong, Raw::Given))
    }

    fn visit_map<A: MapAccess<'de>>(self, object: A) -> Result<Raw<T>, A::Error> {
        Ok(T::from_object(object)?.map_or(Raw::Wrong, Raw::Given))
    }
}

impl<T: Loose + Send + Sync> Type for Raw<T> {
    const IS_REQUIRED: bool = false;

    type RawValueType = T;
    type RawElementValueType = T;

    fn name() -> Cow<'static, str> {
        "field".into()
    }

    fn schema_ref() -> MetaSchemaRef {
        MetaSchemaRef::Inline(Box::new(T::schema()))
    }

    fn as_raw_value(&self) -> Option<&T> {
        match self {
            Self::Given(value) => Some(value),
            Self::Absent | Self::Null | Self::Wrong => None,
        }
    }

    fn raw_element_iter<'a>(&'a self) -> Box<dyn Iterator<Item = &'a T> + 'a> {
        Box::new(self.as_raw_value().into_iter())
    }
}
