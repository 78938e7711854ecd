//! Env projects and their files.

use std::collections::BTreeMap;

use async_trait::async_trait;
use kagi_domain::{
    access::Owner,
    ids::{EnvFileId, EnvProjectId, UserId},
    model::{
        Revision,
        env_project::{EnvFile, EnvFilePlace, EnvProject, EnvProjectListing, FileType},
        version::NewVersion,
    },
    ports::{
        EnvFileDisclosure, EnvFileRepository, EnvProjectRepository, StorageError, Unique, VersionHistory,
    },
    seal::Sealed,
};

use super::{MemoryStorage, state::State, unit::MemoryUnit, versions::Versions};

#[derive(Debug, Clone)]
pub(super) struct EnvProjectRow {
    pub(super) owner: UserId,
    pub(super) project: EnvProject,
    /// One of each type at most.
    pub(super) files: BTreeMap<FileType, EnvFileRow>,
}

#[derive(Debug, Clone)]
pub(super) struct EnvFileRow {
    pub(super) file: EnvFile,
    pub(super) versions: Versions,
}

impl EnvProjectRow {
    fn reached_by(&self, owner: &Owner) -> bool {
        self.owner == owner.user() && owner.projects().allows(&self.project.name)
    }

    pub(super) fn listing(&self) -> EnvProjectListing {
        let files = self.files.values().map(|row| row.file.clone()).collect();
        EnvProjectListing { project: self.project.clone(), files }
    }

    pub(super) fn disclosure(&self, file: EnvFileId, number: Option<u32>) -> Option<EnvFileDisclosure> {
        let row = self.files.values().find(|row| row.file.id == file)?;
        let version = number.unwrap_or(row.file.version);
        Some(EnvFileDisclosure {
            id: row.file.id,
            owner: self.owner,
            project: self.project.id,
            file_type: row.file.file_type,
            version,
            sealed: row.versions.cell(version)?,
            superseded: number.is_none() && row.versions.has_after(version),
        })
    }
}

impl State {
    pub(super) fn env_project(&self, owner: &Owner, id: EnvProjectId) -> Option<&EnvProjectRow> {
        self.env_projects.get(&id).filter(|row| row.reached_by(owner))
    }

    pub(super) fn env_projects_of(&self, owner: &Owner) -> impl DoubleEndedIterator<Item = &EnvProjectRow> {
        self.env_projects.values().filter(move |row| row.reached_by(owner))
    }

    pub(super) fn env_file(&self, owner: &Owner, place: EnvFilePlace) -> Option<&EnvFileRow> {
        self.env_project(owner, place.project)?.files.values().find(|row| row.file.id == place.file)
    }

    fn env_file_mut(&mut self, owner: &Owner, place: EnvFilePlace) -> Option<&mut EnvFileRow> {
        let project = self.env_projects.get_mut(&place.project).filter(|row| row.reached_by(owner))?;
        project.files.values_mut().find(|row| row.file.id == place.file)
    }

    /// Projects compete for a name whether or not they are within reach.
    fn env_project_name_is_free(&self, owner: &Owner, project: &EnvProject) -> Result<(), StorageError> {
        let key = project.name.key();
        let own = self.env_projects.values().filter(|row| row.owner == owner.user());
        let mut others = own.map(|row| &row.project).filter(|other| other.id != project.id);
        if others.any(|other| other.name.key() == key) {
            return Err(StorageError::Duplicate(Unique::EnvProjectName));
        }
        Ok(())
    }
}

impl MemoryStorage {
    /// Every sealed content with its file and its version's number.
    #[must_use]
    pub fn env_file_cells(&self) -> Vec<(EnvFileId, u32, Sealed)> {
        let state = self.shared.state();
        let files = state.env_projects.values().flat_map(|row| row.files.values());
        let of = |row: &EnvFileRow| {
            let id = row.file.id;
            row.versions.cells().map(move |(number, sealed)| (id, number, sealed.clone())).collect::<Vec<_>>()
        };
        files.flat_map(of).collect()
    }

    /// Puts another cell in the place of a version's of a file, as an intruder in the database would.
    ///
    /// # Panics
    ///
    /// When there is no such version.
    pub fn tamper_env_file(&self, id: EnvFileId, number: u32, sealed: Sealed) {
        let mut state = self.shared.state();
        let mut files = state.env_projects.values_mut().flat_map(|row| row.files.values_mut());
        let row = files.find(|row| row.file.id == id).expect("the file is there");
        row.versions.replace(number, sealed);
    }
}

fn may_be_named_so(owner: &Owner, project: &EnvProject) -> Result<(), StorageError> {
    if owner.projects().allows(&project.name) { Ok(()) } else { Err(StorageError::Internal) }
}

#[async_trait]
impl EnvProjectRepository for MemoryUnit {
    async fn find(&mut self, owner: &Owner, id: EnvProjectId) -> Result<Option<EnvProject>, StorageError> {
        self.shared.answers()?;
        Ok(self.state.env_project(owner, id).map(|row| row.project.clone()))
    }

    async fn insert(&mut self, owner: &Owner, project: &EnvProject) -> Result<(), StorageError> {
        self.shared.answers()?;
        self.state.person_is_there(owner.user())?;
        may_be_named_so(owner, project)?;
        self.state.env_project_name_is_free(owner, project)?;
        if self.state.env_projects.contains_key(&project.id) {
            return Err(StorageError::Internal);
        }
        let row = EnvProjectRow { owner: owner.user(), project: project.clone(), files: BTreeMap::new() };
        self.state.env_projects.insert(project.id, row);
        Ok(())
    }

    async fn update(
        &mut self,
        owner: &Owner,
        project: &EnvProject,
        seen: Revision,
    ) -> Result<(), StorageError> {
        self.shared.answers()?;
        may_be_named_so(owner, project)?;
        let row = self.state.env_project(owner, project.id).ok_or(StorageError::Conflict)?;
        if row.project.revision != seen {
            return Err(StorageError::Conflict);
        }
        let created_at = row.project.created_at;
        self.state.env_project_name_is_free(owner, project)?;
        let row = self.state.env_projects.get_mut(&project.id).ok_or(StorageError::Conflict)?;
        row.project = EnvProject { created_at, ..project.clone() };
        Ok(())
    }

    async fn remove(&mut self, owner: &Owner, id: EnvProjectId) -> Result<bool, StorageError> {
        self.shared.answers()?;
        let there = self.state.env_project(owner, id).is_some();
        Ok(there && self.state.env_projects.remove(&id).is_some())
    }
}

#[async_trait]
impl EnvFileRepository for MemoryUnit {
    async fn find(&mut self, owner: &Owner, place: EnvFilePlace) -> Result<Option<EnvFile>, StorageError> {
        self.shared.answers()?;
        Ok(self.state.env_file(owner, place).map(|row| row.file.clone()))
    }

    async fn find_type(
        &mut self,
        owner: &Owner,
        project: EnvProjectId,
        file_type: FileType,
    ) -> Result<Option<EnvFile>, StorageError> {
        self.shared.answers()?;
        let row = self.state.env_project(owner, project).and_then(|row| row.files.get(&file_type));
        Ok(row.map(|row| row.file.clone()))
    }

    async fn insert(
        &mut self,
        owner: &Owner,
        file: &EnvFile,
        first: &NewVersion,
    ) -> Result<(), StorageError> {
        self.shared.answers()?;
        let mut files = self.state.env_projects.values().flat_map(|row| row.files.values());
        let taken = files.any(|row| row.file.id == file.id);
        self.state.env_project(owner, file.project).ok_or(StorageError::Conflict)?;
        let project = self.state.env_projects.get_mut(&file.project).ok_or(StorageError::Conflict)?;
        if project.files.contains_key(&file.file_type) {
            return Err(StorageError::Duplicate(Unique::EnvFileType));
        }
        if taken {
            return Err(StorageError::Internal);
        }
        let row = EnvFileRow { file: file.clone(), versions: Versions::first(first) };
        project.files.insert(file.file_type, row);
        Ok(())
    }

    async fn update(&mut self, owner: &Owner, file: &EnvFile, seen: u32) -> Result<(), StorageError> {
        self.shared.answers()?;
        let row = self.state.env_file_mut(owner, file.place()).ok_or(StorageError::Conflict)?;
        if row.file.version != seen {
            return Err(StorageError::Conflict);
        }
        let (file_type, created_at) = (row.file.file_type, row.file.created_at);
        row.file = EnvFile { file_type, created_at, ..file.clone() };
        Ok(())
    }

    async fn remove(&mut self, owner: &Owner, place: EnvFilePlace) -> Result<bool, StorageError> {
        self.shared.answers()?;
        let Some(file_type) = self.state.env_file(owner, place).map(|row| row.file.file_type) else {
            return Ok(false);
        };
        let project = self.state.env_projects.get_mut(&place.project);
        Ok(project.is_some_and(|row| row.files.remove(&file_type).is_some()))
    }
}

#[async_trait]
impl VersionHistory<EnvFilePlace> for MemoryUnit {
    async fn add_version(
        &mut self,
        owner: &Owner,
        id: EnvFilePlace,
        version: &NewVersion,
        keep: u32,
    ) -> Result<(), StorageError> {
        self.shared.answers()?;
        self.state.env_file_mut(owner, id).ok_or(StorageError::Conflict)?.versions.add(version, keep)
    }

    async fn version(
        &mut self,
        owner: &Owner,
        id: EnvFilePlace,
        number: u32,
    ) -> Result<Option<Sealed>, StorageError> {
        self.shared.answers()?;
        Ok(self.state.env_file(owner, id).and_then(|row| row.versions.cell(number)))
    }

    async fn remove_version(
        &mut self,
        owner: &Owner,
        id: EnvFilePlace,
        number: u32,
    ) -> Result<bool, StorageError> {
        self.shared.answers()?;
        let row = self.state.env_file_mut(owner, id);
        Ok(row.is_some_and(|row| row.versions.remove_below(row.file.version, number)))
    }
}
