//! What may be depended on.

use std::{collections::BTreeSet, fs, iter::Peekable, str::SplitWhitespace};

use super::{METADATA, root, tree};

/// One cryptographic provider, one TLS stack, and no known hole.
const REFUSED: [&str; 7] =
    ["aws-lc-rs", "aws-lc-sys", "openssl", "openssl-sys", "native-tls", "rsa", "sqlx-mysql"];

#[test]
fn nothing_refused_is_built() {
    let tree = tree(&[], "normal,build,dev");
    assert!(tree.contains("ring"), "the tree was read");
    for name in REFUSED {
        assert!(!tree.contains(name), "{name} is in the tree");
    }
}

#[test]
fn nothing_refused_is_locked_for_any_platform() {
    let lock = fs::read_to_string(root().join("Cargo.lock")).unwrap();
    // The lock file names optional drivers that nobody builds.
    for name in REFUSED.iter().filter(|name| **name != "sqlx-mysql") {
        assert!(!lock.contains(&format!("name = \"{name}\"\n")), "{name} is locked");
    }
}

#[test]
fn the_policy_file_refuses_the_same() {
    let policy = policy();
    for name in REFUSED {
        assert!(policy.contains(&format!("crate = \"{name}\"")), "deny.toml does not refuse {name}");
    }
}

#[test]
fn everything_comes_from_the_one_registry() {
    for package in &METADATA.packages {
        match &package.source {
            Some(source) => assert!(source.is_crates_io(), "{} is from elsewhere", package.name),
            None => assert!(package.manifest_path.starts_with(root()), "{} is outside", package.name),
        }
    }
}

#[test]
fn every_licence_is_allowed() {
    let policy = policy();
    let mut allowed = listed(&policy, "\nallow = [");
    assert!(allowed.contains("MIT") && !allowed.contains("GPL-3.0"), "{allowed:?}");
    // An exception's licence is allowed to its package alone.
    for package in &METADATA.packages {
        let exception =
            policy.lines().find(|line| line.contains(&format!("crate = \"{}\", allow", package.name)));
        let excepted = exception.map(|line| listed(line, "allow = [")).unwrap_or_default();
        let added: Vec<_> = excepted.difference(&allowed).cloned().collect();
        allowed.extend(added.iter().cloned());
        let licence = package.license.as_deref().unwrap_or("none");
        assert!(permits(licence, &allowed), "{} is under {licence}", package.name);
        allowed.retain(|licence| !added.contains(licence));
    }
}

fn policy() -> String {
    fs::read_to_string(root().join("deny.toml")).unwrap()
}

/// The quoted texts of a list in the policy file.
fn listed(policy: &str, opening: &str) -> BTreeSet<String> {
    let (_, list) = policy.split_once(opening).expect("the list is there");
    let (list, _) = list.split_once(']').expect("the list ends");
    list.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}

/// Whether an SPDX expression can be met with the allowed licences.
fn permits(expression: &str, allowed: &BTreeSet<String>) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let mut words = spaced.split_whitespace().peekable();
    let permitted = any(&mut words, allowed);
    permitted && words.next().is_none()
}

type Words<'a> = Peekable<SplitWhitespace<'a>>;

fn any(words: &mut Words, allowed: &BTreeSet<String>) -> bool {
    let mut permitted = all(words, allowed);
    while words.next_if_eq(&"OR").is_some() {
        permitted |= all(words, allowed);
    }
    permitted
}

fn all(words: &mut Words, allowed: &BTreeSet<String>) -> bool {
    let mut permitted = one(words, allowed);
    while words.next_if_eq(&"AND").is_some() {
        permitted &= one(words, allowed);
    }
    permitted
}

fn one(words: &mut Words, allowed: &BTreeSet<String>) -> bool {
    if words.next_if_eq(&"(").is_some() {
        let permitted = any(words, allowed);
        return words.next_if_eq(&")").is_some() && permitted;
    }
    let Some(licence) = words.next() else { return false };
    match words.next_if_eq(&"WITH") {
        Some(_) => allowed.contains(&format!("{licence} WITH {}", words.next().unwrap_or_default())),
        None => allowed.contains(licence),
    }
}

#[test]
fn expressions_are_read_as_they_mean() {
    let allowed = ["MIT", "ISC"].map(str::to_owned).into();
    for good in ["MIT", "MIT/Apache-2.0", "GPL-3.0 OR MIT", "(GPL-3.0 OR ISC) AND MIT", "X WITH Y OR MIT"] {
        assert!(permits(good, &allowed), "{good}");
    }
    for bad in ["", "GPL-3.0", "MIT AND GPL-3.0", "(MIT OR ISC) AND X", "MIT WITH Y", "MIT ISC", "(MIT"] {
        assert!(!permits(bad, &allowed), "{bad}");
    }
}
