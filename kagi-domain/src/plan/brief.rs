//! What a planner is told.

use std::fmt;

use serde::{Serialize, Serializer};

use super::Prompt;
use crate::{
    model::env_project::FileType,
    text::{EnvVarName, ProjectName, Title},
};

/// What a key is called within one request: `e1`, `e2`, … It means nothing beyond it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Handle(u32);

impl Handle {
    /// The handle of the key at this place, counted from 0.
    #[must_use]
    pub fn at(index: usize) -> Self {
        Self(u32::try_from(index).unwrap_or(u32::MAX))
    }

    /// The place, counted from 0.
    #[must_use]
    pub fn index(self) -> usize {
        usize::try_from(self.0).unwrap_or(usize::MAX)
    }

    /// Reads a handle: `e`, and a number from 1 without leading zeroes.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('e')?;
        let canonical = digits.bytes().all(|b| b.is_ascii_digit()) && !digits.starts_with('0');
        let number: u32 = digits.parse().ok().filter(|_| canonical)?;
        Some(Self(number.checked_sub(1)?))
    }
}

impl fmt::Display for Handle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "e{}", u64::from(self.0) + 1)
    }
}

/// A key on offer: one for each category and project. No field can hold a value, a note or a
/// description.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct OfferedKey {
    /// Its name in this request.
    #[serde(rename = "entryId", serialize_with = "text")]
    pub handle: Handle,
    /// Its category's name.
    #[serde(serialize_with = "text")]
    pub category: Title,
    /// Its project.
    #[serde(serialize_with = "text")]
    pub project: ProjectName,
    /// Its variables.
    #[serde(rename = "envVarNames", serialize_with = "texts")]
    pub names: Vec<EnvVarName>,
}

/// Everything that a planner learns. Serialised, it is what a model is sent about the vault.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PlanBrief {
    /// The request.
    #[serde(serialize_with = "prompt")]
    pub prompt: Prompt,
    /// The project it is made in.
    #[serde(rename = "currentProject", serialize_with = "maybe")]
    pub project: Option<ProjectName>,
    /// The type of the file.
    #[serde(serialize_with = "file_type")]
    pub file_type: Option<FileType>,
    /// The keys on offer.
    pub keys: Vec<OfferedKey>,
}

impl PlanBrief {
    /// How long a brief for a model may be as JSON inside a JSON text: with that, and what an adapter
    /// says around it, no request is over 64 KiB.
    pub const MAX_BYTES: usize = 52 * 1024;

    /// How long the brief is as JSON inside a JSON text.
    #[must_use]
    pub fn quoted_len(&self) -> usize {
        quoted_len(self)
    }
}

impl OfferedKey {
    /// What the key adds to [`PlanBrief::quoted_len`], with the comma behind it.
    #[must_use]
    pub fn quoted_len(&self) -> usize {
        quoted_len(self) + 1
    }
}

/// Quotes and backslashes of JSON take one byte more inside a JSON text.
fn quoted_len(value: &impl Serialize) -> usize {
    let json = serde_json::to_string(value).unwrap_or_default();
    json.len() + json.bytes().filter(|byte| matches!(byte, b'"' | b'\\')).count()
}

fn text<S: Serializer>(value: &impl fmt::Display, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(value)
}

fn texts<S: Serializer>(values: &[EnvVarName], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(values.iter().map(EnvVarName::as_str))
}

fn prompt<S: Serializer>(prompt: &Prompt, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(prompt.as_str())
}

#[expect(clippy::ref_option, reason = "serde calls it with a reference to the field")]
fn maybe<S: Serializer>(project: &Option<ProjectName>, serializer: S) -> Result<S::Ok, S::Error> {
    project.as_ref().map(ProjectName::as_str).serialize(serializer)
}

#[expect(
    clippy::ref_option,
    clippy::trivially_copy_pass_by_ref,
    reason = "serde calls it with a reference to the field"
)]
fn file_type<S: Serializer>(kind: &Option<FileType>, serializer: S) -> Result<S::Ok, S::Error> {
    kind.map(|kind| format!(".{}", kind.as_str())).serialize(serializer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn handles_have_one_spelling() {
        for index in [0, 1, 9, 10, 99_999] {
            let handle = Handle::at(index);
            assert_eq!(Handle::parse(&handle.to_string()), Some(handle));
            assert_eq!(handle.index(), index);
        }
        assert_eq!(Handle::at(0).to_string(), "e1");
        for wrong in ["", "e", "e0", "e01", "E1", "e+1", "e-1", "e1 ", " e1", "1", "e99999999999", "e１"] {
            assert_eq!(Handle::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn the_length_is_that_inside_a_json_text() {
        let key = OfferedKey {
            handle: Handle::at(0),
            category: "A \"quoted\\\" name".parse().unwrap(),
            project: "鍵".parse().unwrap(),
            names: vec!["KEY".parse().unwrap()],
        };
        let brief = PlanBrief {
            prompt: Prompt::parse("a\n\"b\"").unwrap(),
            project: None,
            file_type: Some(FileType::Local),
            keys: vec![key.clone()],
        };
        let inside = serde_json::to_string(&serde_json::to_string(&brief).unwrap()).unwrap();
        assert_eq!(brief.quoted_len() + 2, inside.len());
        let more = PlanBrief { keys: vec![key.clone(), key.clone()], ..brief.clone() };
        assert_eq!(more.quoted_len(), brief.quoted_len() + key.quoted_len());
    }
}
