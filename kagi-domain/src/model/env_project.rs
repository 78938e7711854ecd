//! An env project: the env files of one project. Their contents are not here but on their way in.

use std::{fmt, str::FromStr};

use crate::{
    ids::{EnvFileId, EnvProjectId},
    model::{Patch, Revision, entry::Environment},
    secret::SecretText,
    text::{Description, ProjectName, fold},
    time::Timestamp,
};

/// Which of a project's files it is: a project has one of each at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum FileType {
    /// `.env`
    #[default]
    Env,
    /// `.env.local`
    Local,
    /// `.env.production`
    Production,
    /// `.env.development`
    Development,
}

/// The text names no type of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("Name the file: env, env.local, env.production or env.development.")]
pub struct UnknownFileType;

impl FileType {
    /// Every type, in the order in which pages list them.
    pub const ALL: [Self; 4] = [Self::Env, Self::Local, Self::Production, Self::Development];

    /// The type as the API and storage spell it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Env => "env",
            Self::Local => "env.local",
            Self::Production => "env.production",
            Self::Development => "env.development",
        }
    }

    /// The environment that the file is for; `.env` is for all.
    #[must_use]
    pub const fn environment(self) -> Option<Environment> {
        match self {
            Self::Env => None,
            Self::Local => Some(Environment::Local),
            Self::Production => Some(Environment::Production),
            Self::Development => Some(Environment::Development),
        }
    }

    /// The file's name on disk.
    #[must_use]
    pub const fn file_name(self) -> &'static str {
        match self {
            Self::Env => ".env",
            Self::Local => ".env.local",
            Self::Production => ".env.production",
            Self::Development => ".env.development",
        }
    }
}

impl FromStr for FileType {
    type Err = UnknownFileType;

    /// Reads [`FileType::as_str`] back.
    fn from_str(text: &str) -> Result<Self, UnknownFileType> {
        Self::ALL.into_iter().find(|file_type| file_type.as_str() == text).ok_or(UnknownFileType)
    }
}

impl fmt::Display for FileType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// An env project as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnvProject {
    /// Its id.
    pub id: EnvProjectId,
    /// Its name, which access keys are limited by. Unique within its owner, folded.
    pub name: ProjectName,
    /// What it is for.
    pub description: Option<Description>,
    /// How often it was changed. Its files' changes are none of its own.
    pub revision: Revision,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

impl EnvProject {
    /// What search looks through, folded: name and description.
    #[must_use]
    pub fn search_text(&self) -> String {
        let description = self.description.as_ref().map_or("", |text| text.as_str());
        fold(&format!("{}\n{description}", self.name))
    }
}

/// An env file as stored, without its content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnvFile {
    /// Its id.
    pub id: EnvFileId,
    /// Its project, for good.
    pub project: EnvProjectId,
    /// Which of the project's files it is, for good.
    pub file_type: FileType,
    /// How long its content is, in UTF-8 bytes.
    pub size: u32,
    /// The number of the current content's version, from 1. It grows with every change of the file.
    pub version: u32,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last saved.
    pub updated_at: Timestamp,
}

impl EnvFile {
    /// Where it is.
    #[must_use]
    pub const fn place(&self) -> EnvFilePlace {
        EnvFilePlace { project: self.project, file: self.id }
    }
}

/// A file by its project and itself. Where the file is not of that project, there is no file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EnvFilePlace {
    /// The project.
    pub project: EnvProjectId,
    /// The file.
    pub file: EnvFileId,
}

/// An env project in lists and details.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnvProjectListing {
    /// The project.
    pub project: EnvProject,
    /// Its files in the order of [`FileType::ALL`].
    pub files: Vec<EnvFile>,
}

impl EnvProjectListing {
    /// The project's file of a type, if there is one.
    #[must_use]
    pub fn file(&self, file_type: FileType) -> Option<&EnvFile> {
        self.files.iter().find(|file| file.file_type == file_type)
    }
}

/// What to make an env project from.
#[derive(Debug, Clone)]
pub struct NewEnvProject {
    /// Its name.
    pub name: ProjectName,
    /// What it is for.
    pub description: Option<Description>,
}

/// What to change of an env project; what is not named stays.
#[derive(Debug, Clone, Default)]
pub struct EnvProjectPatch {
    /// A new name.
    pub name: Option<ProjectName>,
    /// A new description.
    pub description: Patch<Description>,
    /// The revision that the change began with; at another one nothing is changed. `None` changes what is there.
    pub seen: Option<Revision>,
}

/// A file's content on its way in, kept byte for byte: at most [`Self::MAX_BYTES`] without NUL. An empty
/// one is a content too.
#[derive(Debug)]
pub struct EnvContent {
    text: SecretText,
    size: u32,
}

/// Why a content was refused. Never quotes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ContentError {
    /// Longer than [`EnvContent::MAX_BYTES`].
    #[error("A file holds at most 256 KiB.")]
    TooLong,
    /// U+0000, which no parser and no variable takes.
    #[error("A file must not contain a NUL character.")]
    Nul,
}

impl EnvContent {
    /// The longest content, in UTF-8 bytes.
    pub const MAX_BYTES: usize = 256 * 1024;

    /// Takes a text as it is.
    ///
    /// # Errors
    ///
    /// [`ContentError`].
    pub fn new(text: SecretText) -> Result<Self, ContentError> {
        // EXPOSE: only length and NUL are looked at.
        let bytes = text.expose().as_bytes();
        match u32::try_from(bytes.len()) {
            Ok(size) if bytes.len() <= Self::MAX_BYTES && !bytes.contains(&0) => Ok(Self { text, size }),
            Ok(_) if bytes.len() <= Self::MAX_BYTES => Err(ContentError::Nul),
            _ => Err(ContentError::TooLong),
        }
    }

    /// The text.
    #[must_use]
    pub const fn text(&self) -> &SecretText {
        &self.text
    }

    /// How long it is, in UTF-8 bytes.
    #[must_use]
    pub const fn size(&self) -> u32 {
        self.size
    }
}

/// What to save as one of a project's files.
#[derive(Debug)]
pub struct EnvFileDraft {
    /// Which file.
    pub file_type: FileType,
    /// Its content, which becomes a new version.
    pub content: EnvContent,
    /// The version on which the content is based: 0 for a file that is not there. Without one, whatever
    /// is there gets a version more.
    pub base_version: Option<u32>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_has_one_spelling() {
        for file_type in FileType::ALL {
            assert_eq!(file_type.as_str().parse(), Ok(file_type));
            assert_eq!(format!(".{file_type}"), file_type.file_name());
        }
        for wrong in ["", ".env", "ENV", "env.", "env.staging", "env.local "] {
            assert_eq!(wrong.parse::<FileType>(), Err(UnknownFileType), "{wrong:?}");
        }
    }

    #[test]
    fn a_content_is_kept_up_to_its_limit() {
        let content = |text: &str| EnvContent::new(SecretText::new(text.to_owned()));
        for kept in ["", "\u{feff}A=1\r\nB='x\r", &"鍵".repeat(87_381)] {
            let content = content(kept).unwrap();
            assert_eq!((content.text().expose(), content.size() as usize), (kept, kept.len()));
        }
        assert_eq!(content("A=\0").unwrap_err(), ContentError::Nul);
        assert!(content(&"x".repeat(EnvContent::MAX_BYTES)).is_ok());
        assert_eq!(content(&"x".repeat(EnvContent::MAX_BYTES + 1)).unwrap_err(), ContentError::TooLong);
    }
}
