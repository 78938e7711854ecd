//! Env projects and files in a unit of work, and what is handed out for one reveal of a file.

use async_trait::async_trait;

use crate::{
    access::Owner,
    ids::{EnvFileId, EnvProjectId, UserId},
    model::{
        Revision,
        env_project::{EnvFile, EnvFilePlace, EnvProject, FileType},
        version::NewVersion,
    },
    ports::{StorageError, VersionHistory},
    seal::Sealed,
};

/// Changes env projects.
///
/// An implementor owes:
/// - only the owner's rows, and only of names within the owner's limit: one that is not there and one
///   beyond reach answer alike, which is `Conflict` for `update`;
/// - whatever would give a project a name beyond the owner's limit is an error and leaves nothing behind.
#[async_trait]
pub trait EnvProjectRepository: Send {
    /// The project, if it is within reach.
    async fn find(&mut self, owner: &Owner, id: EnvProjectId) -> Result<Option<EnvProject>, StorageError>;

    /// Adds a project without files. [`Unique::EnvProjectName`](crate::ports::Unique::EnvProjectName)
    /// when the folded name is taken.
    async fn insert(&mut self, owner: &Owner, project: &EnvProject) -> Result<(), StorageError>;

    /// Replaces all but id and creation time if the row is at revision `seen`, else `Conflict`.
    /// [`Unique::EnvProjectName`](crate::ports::Unique::EnvProjectName) as for `insert`.
    async fn update(
        &mut self,
        owner: &Owner,
        project: &EnvProject,
        seen: Revision,
    ) -> Result<(), StorageError>;

    /// Removes a project with its files and their versions; `false` when it is not within reach.
    async fn remove(&mut self, owner: &Owner, id: EnvProjectId) -> Result<bool, StorageError>;
}

/// Changes env files and the versions of their contents.
///
/// An implementor owes:
/// - only files of the owner's projects, of names within the owner's limit, and only under their own
///   project: one that is not there, one beyond reach and one of another project answer alike, which is
///   `Conflict` for `update`;
/// - whatever would put a file into a project that is not within reach is an error and leaves nothing
///   behind.
#[async_trait]
pub trait EnvFileRepository: VersionHistory<EnvFilePlace> {
    /// The file, if it is within reach.
    async fn find(&mut self, owner: &Owner, place: EnvFilePlace) -> Result<Option<EnvFile>, StorageError>;

    /// The project's file of this type, if there is one within reach.
    async fn find_type(
        &mut self,
        owner: &Owner,
        project: EnvProjectId,
        file_type: FileType,
    ) -> Result<Option<EnvFile>, StorageError>;

    /// Adds a file with its first version. [`Unique::EnvFileType`](crate::ports::Unique::EnvFileType)
    /// when the project has a file of this type.
    async fn insert(&mut self, owner: &Owner, file: &EnvFile, first: &NewVersion)
    -> Result<(), StorageError>;

    /// Replaces all but id, project, type and creation time if the row is at version `seen`, else
    /// `Conflict`.
    async fn update(&mut self, owner: &Owner, file: &EnvFile, seen: u32) -> Result<(), StorageError>;

    /// Removes a file with its versions; `false` when it is not within reach.
    async fn remove(&mut self, owner: &Owner, place: EnvFilePlace) -> Result<bool, StorageError>;
}

/// A file's sealed content, handed out for one reveal, with the facts that bind it.
#[derive(Debug)]
pub struct EnvFileDisclosure {
    /// The file's id as the row says.
    pub id: EnvFileId,
    /// The owner as the project's row says.
    pub owner: UserId,
    /// The project as the row says.
    pub project: EnvProjectId,
    /// Which of the project's files it is.
    pub file_type: FileType,
    /// The version's number.
    pub version: u32,
    /// The version's cell.
    pub sealed: Sealed,
    /// Whether the file calls this version its current one although it has a newer: nothing in Kagi leaves
    /// a file so. Never where a version was asked for by its number.
    pub superseded: bool,
}
