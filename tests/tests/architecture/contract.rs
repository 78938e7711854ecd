//! The storage suite runs every case that there is.

use std::{collections::BTreeSet, fs};

use super::root;

#[test]
fn every_case_is_listed() {
    let folder = root().join("tests/src/contract/storage");
    let mut written = BTreeSet::new();
    for file in fs::read_dir(&folder).unwrap() {
        let path = file.unwrap().path();
        let part = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let text = fs::read_to_string(&path).unwrap();
        let names = text.lines().filter_map(|line| line.strip_prefix("pub async fn ")?.split('(').next());
        written.extend(names.map(|name| format!("{part}::{name}")));
    }
    assert!(written.len() > 90, "the cases were found");

    let list = fs::read_to_string(folder.join("cases.rs")).unwrap();
    let (_, list) = list.split_once("$crate::__storage_cases! {").unwrap();
    let (list, _) = list.split_once("    };").unwrap();
    let (mut listed, mut part) = (BTreeSet::new(), "");
    for line in list.lines().map(str::trim).filter(|line| !line.contains('$')) {
        match line.strip_suffix(" {") {
            Some(name) => part = name,
            None if line == "}" || line.is_empty() => {}
            None => drop(listed.insert(format!("{part}::{line}"))),
        }
    }
    assert_eq!(listed, written);
}
