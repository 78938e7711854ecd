//! Plaintext that must not spread: no `Clone`, no `Display`, no `Serialize`, no `PartialEq`;
//! dots in `Debug`, and zeroes in memory once dropped.

use std::fmt;

use serde::de::{Deserializer, MapAccess, Visitor};
use zeroize::Zeroizing;

use crate::text::EnvVarName;

/// A secret text.
pub struct SecretText(Zeroizing<String>);

impl SecretText {
    /// Takes the plaintext over; the caller's copy is moved, not duplicated.
    #[must_use]
    pub fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }

    /// The plaintext. Every call says beside it why the text has to be seen (`// EXPOSE: …`).
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for SecretText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretText(••••)")
    }
}

/// Plaintext bytes on their way into or out of a cell.
pub struct SecretBytes(Zeroizing<Vec<u8>>);

impl SecretBytes {
    /// Takes the bytes over.
    #[must_use]
    pub fn new(bytes: Vec<u8>) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// The bytes. Every call says why (`// EXPOSE: …`).
    #[must_use]
    pub fn expose(&self) -> &[u8] {
        &self.0
    }

    /// Reads the bytes as UTF-8, without a copy.
    ///
    /// # Errors
    ///
    /// [`Unreadable`] when they are not UTF-8; nothing of them is told.
    pub fn into_text(mut self) -> Result<SecretText, Unreadable> {
        match String::from_utf8(std::mem::take(&mut *self.0)) {
            Ok(text) => Ok(SecretText::new(text)),
            Err(error) => {
                drop(Zeroizing::new(error.into_bytes()));
                Err(Unreadable)
            }
        }
    }
}

impl fmt::Debug for SecretBytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretBytes(••••)")
    }
}

/// Opened plaintext does not have the shape that was sealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the opened value does not have the expected shape")]
pub struct Unreadable;

/// The named values of a group, in the order in which they were given; names are unique.
#[derive(Debug, Default)]
pub struct SecretFields(Vec<(EnvVarName, SecretText)>);

impl SecretFields {
    /// No fields yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a field; a name that is there already is handed back.
    ///
    /// # Errors
    ///
    /// The name, when it is taken.
    pub fn insert(&mut self, name: EnvVarName, value: SecretText) -> Result<(), EnvVarName> {
        if self.get(&name).is_some() {
            return Err(name);
        }
        self.0.push((name, value));
        Ok(())
    }

    /// A field's value.
    #[must_use]
    pub fn get(&self, name: &EnvVarName) -> Option<&SecretText> {
        self.0.iter().find_map(|(own, value)| (own == name).then_some(value))
    }

    /// The fields in order.
    pub fn iter(&self) -> impl Iterator<Item = (&EnvVarName, &SecretText)> {
        self.0.iter().map(|(name, value)| (name, value))
    }

    /// The names in order.
    #[must_use]
    pub fn names(&self) -> Vec<EnvVarName> {
        self.0.iter().map(|(name, _)| name.clone()).collect()
    }

    /// Whether there is no field.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// An entry's value.
#[derive(Debug)]
pub enum SecretValue {
    /// One environment variable.
    Simple(SecretText),
    /// Several named fields.
    Group(SecretFields),
}

impl SecretValue {
    /// The longest value, in UTF-8 bytes; for a group, of all its values together.
    pub const MAX_BYTES: usize = 64 * 1024;

    /// The plaintext that is sealed: a simple value as it is, a group as a JSON object.
    #[must_use]
    pub fn to_plaintext(&self) -> SecretBytes {
        match self {
            // EXPOSE: the cipher needs the bytes.
            Self::Simple(text) => SecretBytes::new(text.expose().as_bytes().to_vec()),
            Self::Group(fields) => SecretBytes::new(write_object(fields)),
        }
    }

    /// Reads what [`Self::to_plaintext`] wrote for a simple value.
    ///
    /// # Errors
    ///
    /// [`Unreadable`] when the bytes are not UTF-8.
    pub fn simple_from_plaintext(plaintext: SecretBytes) -> Result<Self, Unreadable> {
        plaintext.into_text().map(Self::Simple)
    }

    /// Reads what [`Self::to_plaintext`] wrote for a group.
    ///
    /// # Errors
    ///
    /// [`Unreadable`] when the bytes are not a JSON object of strings with unique, valid names.
    pub fn group_from_plaintext(plaintext: &SecretBytes) -> Result<Self, Unreadable> {
        // EXPOSE: parsed into secret fields. The parser's error quotes input, so it is dropped.
        let mut reader = serde_json::Deserializer::from_slice(plaintext.expose());
        let fields = reader.deserialize_map(FieldsVisitor).map_err(|_| Unreadable)?;
        reader.end().map_err(|_| Unreadable)?;
        Ok(Self::Group(fields))
    }
}

/// Writes the JSON object by hand so that no plaintext lingers in a serializer's buffers: the
/// exact capacity is reserved first, so the vector never moves.
fn write_object(fields: &SecretFields) -> Vec<u8> {
    // EXPOSE: only the length is looked at. A byte becomes at most six (`\u0000`).
    let room: usize =
        fields.iter().map(|(name, value)| name.as_str().len() + 6 * value.expose().len() + 6).sum();
    let mut out = Vec::with_capacity(room + 2);
    out.push(b'{');
    for (index, (name, value)) in fields.iter().enumerate() {
        if index > 0 {
            out.push(b',');
        }
        out.push(b'"');
        out.extend_from_slice(name.as_str().as_bytes());
        out.extend_from_slice(b"\":\"");
        // EXPOSE: this is the plaintext that is about to be sealed.
        write_escaped(&mut out, value.expose());
        out.push(b'"');
    }
    out.push(b'}');
    out
}

/// RFC 8259, section 7: the quote, the backslash and the control characters are escaped.
fn write_escaped(out: &mut Vec<u8>, text: &str) {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    for byte in text.bytes() {
        match byte {
            b'"' | b'\\' => out.extend_from_slice(&[b'\\', byte]),
            0..=0x1f => {
                let digit = |nibble: u8| HEX.get(usize::from(nibble)).copied().unwrap_or(b'0');
                out.extend_from_slice(&[b'\\', b'u', b'0', b'0', digit(byte >> 4), digit(byte & 15)]);
            }
            _ => out.push(byte),
        }
    }
}

struct FieldsVisitor;

impl<'de> Visitor<'de> for FieldsVisitor {
    type Value = SecretFields;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of strings")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<SecretFields, A::Error> {
        use serde::de::Error as _;
        let mut fields = SecretFields::new();
        while let Some((name, value)) = map.next_entry::<String, String>()? {
            let value = SecretText::new(value);
            let name = name.parse().map_err(|_| A::Error::custom("name"))?;
            fields.insert(name, value).map_err(|_| A::Error::custom("duplicate"))?;
        }
        Ok(fields)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn group(pairs: &[(&str, &str)]) -> SecretValue {
        let mut fields = SecretFields::new();
        for (name, value) in pairs {
            fields.insert(name.parse().unwrap(), SecretText::new((*value).to_owned())).unwrap();
        }
        SecretValue::Group(fields)
    }

    #[test]
    fn debug_shows_dots() {
        assert_eq!(format!("{:?}", SecretText::new("hunter2".to_owned())), "SecretText(••••)");
        assert!(!format!("{:?}", group(&[("A", "hunter2")])).contains("hunter2"));
    }

    #[test]
    fn a_group_must_be_an_object_of_unique_strings() {
        for bad in [
            "",
            "[]",
            "{\"A\":1}",
            "{\"A\":\"x\",\"A\":\"y\"}",
            "{\"A B\":\"x\"}",
            "{} x",
            "{\"A\":\"x\"",
            "null",
        ] {
            let bytes = SecretBytes::new(bad.as_bytes().to_vec());
            assert!(SecretValue::group_from_plaintext(&bytes).is_err(), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn a_group_reads_back(a in any::<String>(), b in any::<String>()) {
            let sealed = group(&[("FIRST", &a), ("_second", &b)]).to_plaintext();
            let as_json: serde_json::Value = serde_json::from_slice(sealed.expose()).unwrap();
            prop_assert_eq!(as_json["FIRST"].as_str(), Some(a.as_str()));
            let SecretValue::Group(fields) = SecretValue::group_from_plaintext(&sealed).unwrap() else { unreachable!() };
            let read: Vec<_> = fields.iter().map(|(n, v)| (n.as_str(), v.expose())).collect();
            prop_assert_eq!(read, vec![("FIRST", a.as_str()), ("_second", b.as_str())]);
        }
    }
}
