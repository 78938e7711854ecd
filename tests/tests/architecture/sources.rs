//! How the sources are kept.

use std::{
    collections::BTreeSet,
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
};

use super::{members, root};

const LONGEST: usize = 400;
/// How many lines above a call its reason may stand.
const ABOVE: usize = 3;

/// Every source file below a folder, in order.
fn sources(folder: &Path, extensions: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().and_then(OsStr::to_str).unwrap_or_default();
        if path.is_dir() && name != "target" && !name.starts_with('.') {
            found.extend(sources(&path, extensions));
        } else if path.extension().and_then(OsStr::to_str).is_some_and(|end| extensions.contains(&end)) {
            found.push(path);
        }
    }
    found.sort();
    found
}

#[test]
fn no_file_is_too_long() {
    let files = sources(root(), &["rs", "css", "js", "sh"]);
    assert!(files.len() > 50, "the sources were found");
    for file in files {
        let lines = fs::read_to_string(&file).unwrap().lines().count();
        assert!(lines <= LONGEST, "{} has {lines} lines", file.display());
    }
}

#[test]
fn every_exposure_says_why() {
    let mut calls = 0;
    let mut silent = Vec::new();
    for package in members().into_iter().filter(|package| package.name != "kagi-tests") {
        let folder = package.manifest_path.parent().unwrap().join("src");
        let files = sources(folder.as_std_path(), &["rs"]);
        let only_in_tests: BTreeSet<_> = files.iter().flat_map(|file| test_modules(file)).collect();
        for file in files.iter().filter(|file| !only_in_tests.iter().any(|module| is_of(file, module))) {
            let text = fs::read_to_string(file).unwrap();
            let lines: Vec<_> = shipped(&text).lines().collect();
            for (index, line) in lines.iter().enumerate().filter(|(_, line)| is_exposure(line)) {
                calls += 1;
                let near = &lines[index.saturating_sub(ABOVE)..=index];
                if !near.iter().any(|line| gives_reason(line)) {
                    silent.push(format!("{}:{}: {}", file.display(), index + 1, line.trim()));
                }
            }
        }
    }
    assert!(calls > 10, "the calls were found");
    assert!(silent.is_empty(), "say why beside each, `// EXPOSE: …`:\n{}", silent.join("\n"));
}

/// The part of a file before its tests.
fn shipped(text: &str) -> &str {
    text.find("#[cfg(test)]\nmod tests {").map_or(text, |end| &text[..end])
}

/// The files' stems that a file declares as modules of its tests.
fn test_modules(file: &Path) -> Vec<PathBuf> {
    let text = fs::read_to_string(file).unwrap();
    let declared = text.split("#[cfg(test)]\nmod ").skip(1).filter_map(|rest| {
        let line = rest.lines().next()?;
        line.strip_suffix(';')
    });
    let stem = file.with_extension("");
    let is_root = matches!(stem.file_name().and_then(OsStr::to_str), Some("lib" | "main" | "mod"));
    let folder = if is_root { file.parent().unwrap().to_owned() } else { stem };
    declared.map(|name| folder.join(name)).collect()
}

fn is_of(file: &Path, module: &Path) -> bool {
    file.starts_with(module) || file.with_extension("") == module
}

fn is_exposure(line: &str) -> bool {
    let code = line.split("//").next().unwrap_or_default();
    code.contains(".expose()")
}

fn gives_reason(line: &str) -> bool {
    line.split_once("// EXPOSE:").is_some_and(|(_, reason)| !reason.trim().is_empty())
}
