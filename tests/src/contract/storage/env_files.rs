//! Env files and the versions of their contents.

use std::{collections::BTreeSet, time::Duration};

use kagi_domain::{
    access::Owner,
    ids::{EnvFileId, UserId},
    model::{
        env_project::{EnvFile, EnvFilePlace, FileType},
        version::NewVersion,
    },
    paging::PageRequest,
    ports::{StorageError, Unique},
};

use super::Bench;

/// A file of a project of this name with so many versions, the first one first.
pub(super) async fn history(
    bench: &Bench,
    user: UserId,
    name: &str,
    count: u32,
) -> (EnvFile, Vec<NewVersion>) {
    let owner = Bench::owner(user);
    let project = bench.env_project(user, name).await;
    let mut file = bench.draft_env_file(&project, FileType::Env);
    let versions: Vec<_> = (1..=count).map(|number| bench.version(number)).collect();
    let mut unit = bench.unit().await;
    unit.env_files().insert(&owner, &file, &versions[0]).await.unwrap();
    bench.commit(unit, user).await;
    for version in &versions[1..] {
        saved(bench, &owner, &mut file, version).await.unwrap();
    }
    (file, versions)
}

/// Saves a version as the file's current one.
async fn saved(
    bench: &Bench,
    owner: &Owner,
    file: &mut EnvFile,
    version: &NewVersion,
) -> Result<(), StorageError> {
    let seen = file.version;
    file.version = version.number;
    let mut unit = bench.unit().await;
    unit.env_files().update(owner, file, seen).await?;
    unit.env_files().add_version(owner, file.place(), version, 100).await?;
    unit.commit(bench.record(owner.user())).await
}

async fn found(bench: &Bench, owner: &Owner, place: EnvFilePlace) -> Option<EnvFile> {
    bench.unit().await.env_files().find(owner, place).await.unwrap()
}

async fn found_type(bench: &Bench, owner: &Owner, file: &EnvFile) -> Option<EnvFile> {
    let mut unit = bench.unit().await;
    unit.env_files().find_type(owner, file.project, file.file_type).await.unwrap()
}

pub(super) async fn numbers(
    bench: &Bench,
    owner: &Owner,
    place: EnvFilePlace,
    page: &PageRequest,
) -> Vec<u32> {
    let page = bench.catalog().env_file_versions(owner, place, page).await.unwrap().unwrap();
    page.items.iter().map(|version| version.number).collect()
}

pub(super) async fn removed(bench: &Bench, owner: &Owner, place: EnvFilePlace, number: u32) -> bool {
    let mut unit = bench.unit().await;
    let removed = unit.env_files().remove_version(owner, place, number).await.unwrap();
    bench.commit(unit, owner.user()).await;
    removed
}

/// A file is kept whole, and is found by its place and by its type.
pub async fn a_file_is_kept_whole(bench: Bench) {
    let ada = bench.person("ada").await;
    let owner = Bench::owner(ada);
    let project = bench.env_project(ada, "Blog").await;
    for file_type in FileType::ALL {
        assert_eq!(bench.unit().await.env_files().find_type(&owner, project.id, file_type).await, Ok(None));
        let size = if file_type == FileType::Local { 0 } else { u32::MAX };
        let file = EnvFile { size, ..bench.draft_env_file(&project, file_type) };
        let mut unit = bench.unit().await;
        unit.env_files().insert(&owner, &file, &bench.version(1)).await.unwrap();
        bench.commit(unit, ada).await;
        assert_eq!(found(&bench, &owner, file.place()).await.as_ref(), Some(&file));
        assert_eq!(found_type(&bench, &owner, &file).await, Some(file));
    }
}

/// An update replaces all but id, project, type and creation time, at the version that was seen only.
pub async fn an_update_replaces_size_version_and_time(bench: Bench) {
    let ada = bench.person("ada").await;
    let owner = Bench::owner(ada);
    let (file, _) = history(&bench, ada, "Blog", 1).await;
    bench.clock.advance(Duration::from_secs(1));
    let changed = EnvFile {
        file_type: FileType::Local,
        size: 99,
        version: 2,
        created_at: bench.now(),
        updated_at: bench.now(),
        ..file.clone()
    };
    for seen in [0, 2, u32::MAX] {
        let updated = bench.unit().await.env_files().update(&owner, &changed, seen).await;
        assert_eq!(updated, Err(StorageError::Conflict));
    }
    let mut unit = bench.unit().await;
    unit.env_files().update(&owner, &changed, 1).await.unwrap();
    bench.commit(unit, ada).await;
    let EnvFile { file_type, created_at, .. } = file;
    assert_eq!(found(&bench, &owner, file.place()).await, Some(EnvFile { file_type, created_at, ..changed }));
}

/// A project has one file of a type; another project may have one too.
pub async fn types_are_unique_within_a_project(bench: Bench) {
    let ada = bench.person("ada").await;
    let owner = Bench::owner(ada);
    let (blog, shop) = (bench.env_project(ada, "Blog").await, bench.env_project(ada, "Shop").await);
    let file = bench.env_file(ada, &blog, FileType::Env).await;
    let twin = bench.draft_env_file(&blog, FileType::Env);
    let inserted = bench.unit().await.env_files().insert(&owner, &twin, &bench.version(1)).await;
    assert_eq!(inserted, Err(StorageError::Duplicate(Unique::EnvFileType)));
    let taken = EnvFile { file_type: FileType::Local, ..file.clone() };
    let inserted = bench.unit().await.env_files().insert(&owner, &taken, &bench.version(1)).await;
    assert!(inserted.is_err(), "the id is taken");
    bench.env_file(ada, &shop, FileType::Env).await;
    assert_eq!(found(&bench, &owner, file.place()).await, Some(file));
    assert_eq!(bench.cells().await, 2);
}

/// A file that is not there, one of another project, another's, and one beyond a limit answer alike, to
/// everything; and no file gets into a project that is not within reach.
pub async fn a_file_out_of_reach_is_not_there(bench: Bench) {
    let (ada, eve) = (bench.person("ada").await, bench.person("eve").await);
    let (file, _) = history(&bench, ada, "alpha", 3).await;
    let (beside, hers) = (bench.env_project(ada, "beta").await, bench.env_project(eve, "alpha").await);
    let at = |project| EnvFilePlace { project, file: file.id };
    let never = bench.draft_env_file(&beside, FileType::Env);
    let strangers = [
        (Bench::owner(ada), at(beside.id)),
        (Bench::owner(ada), at(hers.id)),
        (Bench::owner(ada), EnvFilePlace { file: never.id, ..file.place() }),
        (Bench::owner(eve), file.place()),
        (Bench::owner(eve), at(hers.id)),
        (Bench::limited(eve, &["alpha"]), file.place()),
        (Bench::limited(ada, &["beta"]), file.place()),
        (Bench::limited(ada, &[]), file.place()),
    ];
    for (index, (owner, place)) in strangers.iter().enumerate() {
        assert_eq!(found(&bench, owner, *place).await, None, "{index}");
        let changed = EnvFile { id: place.file, project: place.project, version: 4, ..file.clone() };
        let updated = bench.unit().await.env_files().update(owner, &changed, 3).await;
        assert_eq!(updated, Err(StorageError::Conflict), "{index}");
        let version = bench.version(4);
        let added = bench.unit().await.env_files().add_version(owner, *place, &version, 1).await;
        assert_eq!(added, Err(StorageError::Conflict), "{index}");
        assert_eq!(bench.unit().await.env_files().version(owner, *place, 1).await, Ok(None), "{index}");
        assert!(!removed(&bench, owner, *place, 1).await, "{index}");
        let page = bench.catalog().env_file_versions(owner, *place, &PageRequest::default()).await;
        assert!(page.unwrap().is_none(), "{index}");
        let mut unit = bench.unit().await;
        assert_eq!(unit.env_files().remove(owner, *place).await, Ok(false), "{index}");
        bench.commit(unit, owner.user()).await;
        let before = bench.trail().await.len();
        for number in [None, Some(1), Some(3)] {
            let record = bench.record(owner.user());
            let told = bench.storage.disclose_env_file(owner, *place, number, record).await;
            assert!(told.unwrap().is_none(), "{index}");
        }
        assert_eq!(bench.trail().await.len(), before, "{index}");
    }
    for owner in [Bench::owner(eve), Bench::limited(ada, &["alpha"])] {
        let inserted = bench.unit().await.env_files().insert(&owner, &never, &bench.version(1)).await;
        assert_eq!(inserted, Err(StorageError::Conflict));
    }
    let by_type = found_type(&bench, &Bench::limited(ada, &["beta"]), &file).await;
    assert_eq!(by_type, None);
    let within = Bench::limited(ada, &["ALPHA"]);
    assert_eq!(found(&bench, &within, file.place()).await, Some(file.clone()));
    assert_eq!(numbers(&bench, &within, file.place(), &PageRequest::default()).await, [3, 2, 1]);
    assert!(removed(&bench, &within, file.place(), 1).await);
    assert_eq!(bench.cells().await, 2);
}

/// Of parallel saves of one version one wins, of parallel twins one is made, and a version that becomes
/// the current one while somebody removes its number stays.
pub async fn parallel_saves_lose_nothing(bench: Bench) {
    let ada = bench.person("ada").await;
    let project = bench.env_project(ada, "alpha").await;
    let made = bench.parallel(4, {
        let project = project.clone();
        move |bench, _| {
            let project = project.clone();
            async move {
                let file = bench.draft_env_file(&project, FileType::Local);
                let mut unit = bench.unit().await;
                let inserted = unit.env_files().insert(&Bench::owner(ada), &file, &bench.version(1)).await;
                match inserted {
                    Ok(()) => unit.commit(bench.record(ada)).await.map(|()| file),
                    Err(error) => Err(error),
                }
            }
        }
    });
    let (made, refused): (Vec<_>, Vec<_>) = made.await.into_iter().partition(Result::is_ok);
    assert_eq!(made.len(), 1);
    assert!(refused.into_iter().all(|error| error == Err(StorageError::Duplicate(Unique::EnvFileType))));
    let file = made.into_iter().next().unwrap().unwrap();
    let numbers = bench.parallel(6, move |bench, task| {
        let mut file = file.clone();
        async move {
            let mut made = Vec::new();
            while made.len() < 4 {
                let owner = Bench::owner(ada);
                file = found(&bench, &owner, file.place()).await.unwrap();
                let version = bench.version(file.version + 1);
                if task == 0 {
                    removed(&bench, &owner, file.place(), version.number).await;
                }
                match saved(&bench, &owner, &mut file, &version).await {
                    Ok(()) => made.push(version.number),
                    Err(error) => assert_eq!(error, StorageError::Conflict),
                }
            }
            let (owner, record) = (Bench::owner(ada), bench.record(ada));
            let cell = bench.storage.disclose_env_file(&owner, file.place(), None, record);
            assert!(cell.await.unwrap().is_some(), "the current version is always there");
            made
        }
    });
    let numbers: Vec<_> = numbers.await.into_iter().flatten().collect();
    assert_eq!(numbers.iter().copied().collect::<BTreeSet<_>>(), (2..=25).collect());
    assert_eq!(numbers.len(), 24);
}

/// A file that is saved beside a wipe goes with it, or is a conflict.
pub async fn a_save_beside_a_wipe_goes_with_it(bench: Bench) {
    let ada = bench.person("ada").await;
    for round in 0..6 {
        let (file, _) = history(&bench, ada, &format!("p{round}"), 1).await;
        bench
            .parallel(3, move |bench, task| {
                let mut file = file.clone();
                async move {
                    let owner = Bench::owner(ada);
                    if task == 0 {
                        let mut unit = bench.unit().await;
                        unit.users().wipe(&owner).await.unwrap();
                        return bench.commit(unit, ada).await;
                    }
                    let added = if task == 1 {
                        let second = bench.version(2);
                        saved(&bench, &owner, &mut file, &second).await
                    } else {
                        let other = EnvFile {
                            id: EnvFileId::mint(&*bench.clock, &*bench.entropy),
                            file_type: FileType::Local,
                            ..file
                        };
                        let mut unit = bench.unit().await;
                        match unit.env_files().insert(&owner, &other, &bench.version(1)).await {
                            Ok(()) => unit.commit(bench.record(ada)).await,
                            Err(error) => Err(error),
                        }
                    };
                    assert!(matches!(added, Ok(()) | Err(StorageError::Conflict)), "{added:?}");
                }
            })
            .await;
        assert_eq!(bench.cells().await, 0);
    }
}
