//! The page shows the program, and the program works.
#![cfg(test)]

use std::process::{Command, Output};

use kagi_crypto::MasterKey;

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

#[test]
fn another_key_does_not_open_the_vault() {
    let folder = tempfile::tempdir().unwrap();
    assert!(run(folder.path(), Some(MasterKey::generate_hex().expose())).status.success());
    let output = run(folder.path(), Some(MasterKey::generate_hex().expose()));
    assert!(!output.status.success());
    assert!(String::from_utf8_lossy(&output.stderr).contains("WrongKey"));
    assert!(!run(folder.path(), None).status.success());
}
