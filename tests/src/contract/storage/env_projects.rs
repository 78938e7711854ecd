//! Env projects.

use std::time::Duration;

use kagi_domain::{
    access::Owner,
    ids::{EnvFileId, EnvProjectId, UserId},
    model::{
        Revision,
        env_project::{EnvFile, EnvProject, EnvProjectListing, FileType},
    },
    paging::PageRequest,
    ports::{StorageError, Unique},
    text::Description,
};

use super::Bench;
use crate::samples::parse;

impl Bench {
    /// An env project, not written yet.
    #[must_use]
    pub fn draft_env_project(&self, name: &str) -> EnvProject {
        EnvProject {
            id: EnvProjectId::mint(&*self.clock, &*self.entropy),
            name: parse(name),
            description: None,
            revision: Revision::FIRST,
            created_at: self.now(),
            updated_at: self.now(),
        }
    }

    /// This env project in the database.
    pub async fn kept_env_project(&self, user: UserId, project: EnvProject) -> EnvProject {
        let mut unit = self.unit().await;
        unit.env_projects().insert(&Self::owner(user), &project).await.expect("the name is free");
        self.commit(unit, user).await;
        project
    }

    /// An env project in the database.
    pub async fn env_project(&self, user: UserId, name: &str) -> EnvProject {
        self.kept_env_project(user, self.draft_env_project(name)).await
    }

    /// A file, not written yet.
    #[must_use]
    pub fn draft_env_file(&self, project: &EnvProject, file_type: FileType) -> EnvFile {
        EnvFile {
            id: EnvFileId::mint(&*self.clock, &*self.entropy),
            project: project.id,
            file_type,
            size: 17,
            version: 1,
            created_at: self.now(),
            updated_at: self.now(),
        }
    }

    /// A file in the database, with a first version.
    pub async fn env_file(&self, user: UserId, project: &EnvProject, file_type: FileType) -> EnvFile {
        let (file, first) = (self.draft_env_file(project, file_type), self.version(1));
        let mut unit = self.unit().await;
        unit.env_files().insert(&Self::owner(user), &file, &first).await.expect("the type is free");
        self.commit(unit, user).await;
        file
    }

    /// A project as a detail shows it.
    pub async fn env_listing(&self, owner: &Owner, id: EnvProjectId) -> Option<EnvProjectListing> {
        self.catalog().env_project(owner, id).await.expect("the database answers")
    }
}

/// A project is kept whole, with its files in their order.
pub async fn a_project_is_kept_whole(bench: Bench) {
    let ada = bench.person("ada").await;
    let owner = Bench::owner(ada);
    let plain = bench.env_project(ada, "Bl\u{f6}g '\"\\").await;
    let description = Description::parse("what\nfor \u{9375}").unwrap();
    let full = EnvProject { description, revision: Revision(7), ..bench.draft_env_project("Shop") };
    bench.kept_env_project(ada, full.clone()).await;
    for project in [&plain, &full] {
        let mut files = Vec::new();
        for file_type in FileType::ALL.into_iter().rev() {
            files.insert(0, bench.env_file(ada, project, file_type).await);
        }
        let listing = bench.env_listing(&owner, project.id).await;
        assert_eq!(listing, Some(EnvProjectListing { project: project.clone(), files }));
        let found = bench.unit().await.env_projects().find(&owner, project.id).await;
        assert_eq!(found, Ok(Some(project.clone())));
    }
    let never = bench.draft_env_project("never").id;
    assert_eq!(bench.env_listing(&owner, never).await, None);
    assert_eq!(bench.unit().await.env_projects().find(&owner, never).await, Ok(None));
}

/// An update replaces all but id, files and creation time, at the revision that was seen only.
pub async fn an_update_replaces_all_but_files_and_creation_time(bench: Bench) {
    let ada = bench.person("ada").await;
    let owner = Bench::owner(ada);
    let project = bench.env_project(ada, "Blog").await;
    let file = bench.env_file(ada, &project, FileType::Env).await;
    bench.clock.advance(Duration::from_secs(1));
    let changed = EnvProject {
        name: parse("Weblog"),
        description: Description::parse("new").unwrap(),
        revision: Revision(2),
        created_at: bench.now(),
        updated_at: bench.now(),
        ..project.clone()
    };
    for seen in [Revision(0), Revision(2)] {
        let updated = bench.unit().await.env_projects().update(&owner, &changed, seen).await;
        assert_eq!(updated, Err(StorageError::Conflict));
    }
    let mut unit = bench.unit().await;
    unit.env_projects().update(&owner, &changed, Revision::FIRST).await.unwrap();
    bench.commit(unit, ada).await;
    let expected = EnvProject { created_at: project.created_at, ..changed };
    let listing = bench.env_listing(&owner, project.id).await;
    assert_eq!(listing, Some(EnvProjectListing { project: expected, files: vec![file] }));
}

/// A name is unique when folded, within its owner only, beyond the owner's projects too.
pub async fn names_are_unique_folded_within_an_owner(bench: Bench) {
    let (ada, eve) = (bench.person("ada").await, bench.person("eve").await);
    bench.env_project(ada, "\u{c4}lpha").await;
    let other = bench.env_project(ada, "other").await;
    let taken = Err(StorageError::Duplicate(Unique::EnvProjectName));
    for name in ["\u{e4}lpha", "\u{c4}LPHA", "A\u{308}lpha"] {
        let twin = bench.draft_env_project(name);
        for owner in [Bench::owner(ada), Bench::limited(ada, &[name])] {
            assert_eq!(bench.unit().await.env_projects().insert(&owner, &twin).await, taken, "{name}");
        }
        let renamed = EnvProject { name: parse(name), revision: Revision(2), ..other.clone() };
        let owner = Bench::limited(ada, &[name, "other"]);
        let updated = bench.unit().await.env_projects().update(&owner, &renamed, Revision::FIRST).await;
        assert_eq!(updated, taken, "{name}");
    }
    bench.env_project(eve, "\u{e4}lpha").await;
    let respelled = EnvProject { name: parse("OTHER"), revision: Revision(2), ..other };
    let mut unit = bench.unit().await;
    unit.env_projects().update(&Bench::owner(ada), &respelled, Revision::FIRST).await.unwrap();
    bench.commit(unit, ada).await;
}

/// A removal takes files and versions, of this project only; without a commit, nothing.
pub async fn a_removal_takes_files_and_versions(bench: Bench) {
    let ada = bench.person("ada").await;
    let owner = Bench::owner(ada);
    let (gone, stays) = (bench.env_project(ada, "gone").await, bench.env_project(ada, "stays").await);
    for project in [&gone, &stays] {
        bench.env_file(ada, project, FileType::Env).await;
        bench.env_file(ada, project, FileType::Local).await;
    }
    let mut unit = bench.unit().await;
    assert_eq!(unit.env_projects().remove(&owner, gone.id).await, Ok(true));
    drop(unit);
    assert_eq!(bench.cells().await, 4);
    let mut unit = bench.unit().await;
    assert_eq!(unit.env_projects().remove(&owner, gone.id).await, Ok(true));
    assert_eq!(unit.env_projects().remove(&owner, gone.id).await, Ok(false));
    bench.commit(unit, ada).await;
    assert_eq!(bench.cells().await, 2);
    assert_eq!(bench.env_listing(&owner, gone.id).await, None);
    assert_eq!(bench.env_listing(&owner, stays.id).await.unwrap().files.len(), 2);
}

/// Another's project, and one beyond a limit to projects, is neither found, changed nor removed; nothing
/// gets a name beyond the limit; within it all works, in whatever spelling.
pub async fn a_project_out_of_reach_is_not_there(bench: Bench) {
    let (ada, eve) = (bench.person("ada").await, bench.person("eve").await);
    let project = bench.env_project(ada, "\u{c4}lpha").await;
    let file = bench.env_file(ada, &project, FileType::Env).await;
    let strangers = [
        Bench::owner(eve),
        Bench::limited(eve, &["\u{c4}lpha"]),
        Bench::limited(ada, &["beta"]),
        Bench::limited(ada, &[]),
    ];
    let changed = EnvProject { revision: Revision(2), ..project.clone() };
    let renamed = EnvProject { name: parse("beta"), ..changed.clone() };
    for (index, owner) in strangers.iter().enumerate() {
        assert_eq!(bench.env_listing(owner, project.id).await, None, "{index}");
        let list = bench.catalog().env_projects(owner, None, &PageRequest::default()).await.unwrap();
        assert!(list.items.is_empty(), "{index}");
        assert_eq!(bench.unit().await.env_projects().find(owner, project.id).await, Ok(None), "{index}");
        for change in [&changed, &renamed] {
            let updated = bench.unit().await.env_projects().update(owner, change, Revision::FIRST).await;
            assert!(updated.is_err(), "{index}");
        }
        let mut unit = bench.unit().await;
        assert_eq!(unit.env_projects().remove(owner, project.id).await, Ok(false), "{index}");
        bench.commit(unit, owner.user()).await;
    }
    let within = Bench::limited(ada, &["\u{e4}LPHA", "gamma"]);
    for name in ["beta", "\u{c4}lpha 2"] {
        let outside = bench.draft_env_project(name);
        assert!(bench.unit().await.env_projects().insert(&within, &outside).await.is_err(), "{name}");
        let moved = EnvProject { name: parse(name), ..changed.clone() };
        let updated = bench.unit().await.env_projects().update(&within, &moved, Revision::FIRST).await;
        assert!(updated.is_err(), "{name}");
    }
    let listing = EnvProjectListing { project: project.clone(), files: vec![file] };
    assert_eq!(bench.env_listing(&Bench::owner(ada), project.id).await, Some(listing.clone()));
    assert_eq!(bench.env_listing(&within, project.id).await, Some(listing));
    let mut unit = bench.unit().await;
    unit.env_projects().insert(&within, &bench.draft_env_project("GAMMA")).await.unwrap();
    unit.env_projects().update(&within, &changed, Revision::FIRST).await.unwrap();
    assert_eq!(unit.env_projects().remove(&within, project.id).await, Ok(true));
    bench.commit(unit, ada).await;
}

/// An id that is taken replaces nothing.
pub async fn a_taken_id_replaces_nothing(bench: Bench) {
    let (ada, eve) = (bench.person("ada").await, bench.person("eve").await);
    let project = bench.env_project(ada, "Blog").await;
    for user in [ada, eve] {
        let twin = EnvProject { name: parse("Other"), ..project.clone() };
        let inserted = bench.unit().await.env_projects().insert(&Bench::owner(user), &twin).await;
        assert!(inserted.is_err());
    }
    assert_eq!(bench.env_listing(&Bench::owner(ada), project.id).await.unwrap().project, project);
}
