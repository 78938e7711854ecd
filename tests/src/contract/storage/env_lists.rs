//! Env projects in lists and totals, and with their vault.

use std::time::Duration;

use kagi_domain::{
    model::env_project::{EnvProject, EnvProjectListing, FileType},
    paging::{Cursor, PageLimit, PageRequest},
    ports::StorageError,
    seal::Purpose,
    text::{Description, fold},
};

use super::Bench;

/// Projects come newest id first with their files, each once however they are paged.
pub async fn projects_come_newest_first_page_by_page(bench: Bench) {
    let ada = bench.person("ada").await;
    let owner = Bench::owner(ada);
    let mut made = Vec::new();
    for index in 0..9_usize {
        bench.clock.advance(Duration::from_millis(1));
        let project = bench.env_project(ada, &format!("p{index}")).await;
        let mut files = Vec::new();
        for file_type in FileType::ALL.into_iter().take(index % 4) {
            files.push(bench.env_file(ada, &project, file_type).await);
        }
        made.insert(0, EnvProjectListing { project, files });
    }
    let all = bench.catalog().env_projects(&owner, None, &PageRequest::default()).await.unwrap();
    assert_eq!((&all.items, all.next), (&made, None));
    let (mut seen, mut after) = (Vec::new(), None);
    loop {
        let page = PageRequest { limit: PageLimit::new(4).unwrap(), after };
        let page = bench.catalog().env_projects(&owner, None, &page).await.unwrap();
        assert!(page.items.len() <= 4);
        seen.extend(page.items);
        bench.env_project(ada, &format!("newer than {}", seen.len())).await;
        let mut unit = bench.unit().await;
        unit.env_projects().remove(&owner, seen.last().unwrap().project.id).await.unwrap();
        bench.commit(unit, ada).await;
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    assert_eq!(seen, made);
    let beyond = PageRequest { after: Some(Cursor::Id(uuid::Uuid::nil())), ..PageRequest::default() };
    assert!(bench.catalog().env_projects(&owner, None, &beyond).await.unwrap().items.is_empty());
}

/// A search finds what occurs in name or description, folded and literal.
pub async fn search_covers_name_and_description(bench: Bench) {
    let ada = bench.person("ada").await;
    let mut made = Vec::new();
    for (name, description) in [("Blog", "\u{c4}DA 100%"), ("b_log", ""), ("\u{ff21}shop", "blog\\x")] {
        bench.clock.advance(Duration::from_millis(1));
        let description = Description::parse(description).unwrap();
        let draft = EnvProject { description, ..bench.draft_env_project(name) };
        made.push(bench.kept_env_project(ada, draft).await.id);
    }
    for (text, wanted) in [
        ("BLOG", &[2, 0][..]),
        ("\u{e4}da", &[0]),
        ("%", &[0]),
        ("_", &[1]),
        ("\\", &[2]),
        ("ash", &[2]),
        ("b%", &[]),
    ] {
        let (page, text) = (PageRequest::default(), fold(text));
        let found = bench.catalog().env_projects(&Bench::owner(ada), Some(&text), &page).await;
        let found: Vec<_> = found.unwrap().items.into_iter().map(|listing| listing.project.id).collect();
        assert_eq!(found, wanted.iter().map(|index| made[*index]).collect::<Vec<_>>(), "{text}");
    }
}

/// Projects and files within reach are counted, as are the cells of all versions by their key.
pub async fn projects_files_and_cells_are_counted(bench: Bench) {
    let (ada, eve) = (bench.person("ada").await, bench.person("eve").await);
    for user in [ada, eve] {
        for (name, files) in [("alpha", 3), ("beta", 1), ("gamma", 0)] {
            let project = bench.env_project(user, name).await;
            for file_type in FileType::ALL.into_iter().take(files) {
                let file = bench.env_file(user, &project, file_type).await;
                let mut unit = bench.unit().await;
                let (owner, second) = (Bench::owner(user), bench.version(2));
                unit.env_files().add_version(&owner, file.place(), &second, 100).await.unwrap();
                bench.commit(unit, user).await;
            }
        }
    }
    for (owner, projects, files) in [
        (Bench::owner(ada), 3, 4),
        (Bench::limited(ada, &["ALPHA", "gamma"]), 2, 3),
        (Bench::limited(ada, &["delta"]), 0, 0),
        (Bench::limited(ada, &[]), 0, 0),
    ] {
        let totals = bench.catalog().totals(&owner).await.unwrap();
        assert_eq!((totals.env_projects, totals.env_files), (projects, files));
        let cells = bench.catalog().cells(&owner).await.unwrap();
        assert!(cells.iter().all(|count| count.purpose == Purpose::EnvFile));
        assert_eq!(cells.iter().map(|count| count.cells).sum::<u64>(), 2 * files);
    }
    assert_eq!(bench.cells().await, 16);
}

/// A wipe takes projects, files and versions, and nobody else's; a person goes with theirs; and nothing
/// is put in for nobody.
pub async fn projects_go_with_the_vault_and_with_the_person(bench: Bench) {
    let (ada, bob) = (bench.person("ada").await, bench.person("bob").await);
    for user in [ada, bob] {
        for name in ["alpha", "beta"] {
            let project = bench.env_project(user, name).await;
            bench.env_file(user, &project, FileType::Env).await;
        }
    }
    for leave in [false, true] {
        let mut unit = bench.unit().await;
        if leave {
            assert_eq!(unit.users().remove(&Bench::owner(ada)).await, Ok(true));
        } else {
            unit.users().wipe(&Bench::owner(ada)).await.unwrap();
        }
        bench.commit(unit, ada).await;
        let list = bench.catalog().env_projects(&Bench::owner(ada), None, &PageRequest::default()).await;
        assert!(list.unwrap().items.is_empty());
        assert_eq!(bench.cells().await, 2);
        if !leave {
            let project = bench.env_project(ada, "alpha").await;
            bench.env_file(ada, &project, FileType::Env).await;
        }
    }
    let draft = bench.draft_env_project("alpha");
    let inserted = bench.unit().await.env_projects().insert(&Bench::owner(ada), &draft).await;
    assert_eq!(inserted, Err(StorageError::Conflict));
}
