//! The page shows the program, and the program works.
#![cfg(test)]

use std::{
    process::{Command, Output},
    sync::Arc,
};

use kagi_crypto::{Keyring, MasterKey, vault};
use kagi_domain::{
    model::{
        category::{KeyType, NewCategory, Shape},
        entry::NewEntry,
    },
    secret::{SecretFields, SecretText, SecretValue},
};
use kagi_storage_sea::{DatabaseUrl, SeaStorage};

fn run(folder: &std::path::Path, key: Option<&str>) -> Output {
    let mut program = Command::new(env!("CARGO_BIN_EXE_kagi-embedding"));
    program.current_dir(folder).env_remove("KAGI_ENCRYPTION_KEY");
    if let Some(key) = key {
        program.env("KAGI_ENCRYPTION_KEY", key);
    }
    program.output().unwrap()
}

#[test]
fn the_page_shows_the_program() {
    let page = include_str!("../../EMBEDDING.md");
    assert!(
        page.contains(include_str!("../src/main.rs")),
        "docs/EMBEDDING.md must quote src/main.rs as it is"
    );
}

#[test]
fn the_program_keeps_and_reveals() {
    let folder = tempfile::tempdir().unwrap();
    let key = MasterKey::generate_hex();
    let output = run(folder.path(), Some(key.expose()));
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let file = std::fs::read(folder.path().join("vault.db")).unwrap();
    assert!(!file.windows(10).any(|bytes| bytes == b"sk-example"));
}

#[tokio::test]
async fn a_group_is_kept_and_revealed() {
    let folder = tempfile::tempdir().unwrap();
    let storage = SeaStorage::connect(&DatabaseUrl::sqlite(folder.path().join("vault.db"))).await.unwrap();
    let kagi = vault(Arc::new(storage), Keyring::from_hex(&MasterKey::generate_hex()).unwrap()).build();
    let me = kagi.embedded("my-program").await.unwrap();
    let names = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"];
    let shape = Shape::new(KeyType::Group, None, names.map(|name| name.parse().unwrap()).to_vec()).unwrap();
    let aws = kagi.categories().create(&me, NewCategory::new("AWS".parse().unwrap(), shape)).await.unwrap();
    let mut fields = SecretFields::new();
    for name in names {
        fields.insert(name.parse().unwrap(), SecretText::new(format!("value of {name}"))).unwrap();
    }
    let new = NewEntry::new(aws.category.id, "Blog".parse().unwrap(), SecretValue::Group(fields));
    let made = kagi.entries().create(&me, new).await.unwrap();
    let SecretValue::Group(fields) = kagi.entries().reveal(&me, made.entry.id).await.unwrap().value else {
        panic!("the category is a group");
    };
    for name in names {
        assert_eq!(fields.get(&name.parse().unwrap()).unwrap().expose(), format!("value of {name}"));
    }
}

#[test]
fn another_key_does_not_open_the_vault() {
    let folder = tempfile::tempdir().unwrap();
    assert!(run(folder.path(), Some(MasterKey::generate_hex().expose())).status.success());
    let output = run(folder.path(), Some(MasterKey::generate_hex().expose()));
    assert!(!output.status.success());
    assert!(String::from_utf8_lossy(&output.stderr).contains("WrongKey"));
    assert!(!run(folder.path(), None).status.success());
}
