//! Which crate knows which.

use std::collections::BTreeSet;

use cargo_metadata::{DependencyKind, Package};

use super::{members, tree};

/// What the server wires.
const SERVER: [&str; 6] =
    ["kagi-domain", "kagi-storage-sea", "kagi-crypto", "kagi-auth", "kagi-http", "kagi-ai-openai"];
/// What a program needs to have a vault of its own.
const EMBEDDER: [&str; 3] = ["kagi-domain", "kagi-storage-sea", "kagi-crypto"];

/// The workspace's crates that a package depends on in one way.
fn edges(package: &Package, kind: DependencyKind) -> BTreeSet<&str> {
    let house: BTreeSet<_> = members().iter().map(|member| member.name.as_str()).collect();
    let of_kind = package.dependencies.iter().filter(|dependency| dependency.kind == kind);
    of_kind.filter_map(|dependency| house.get(dependency.name.as_str()).copied()).collect()
}

#[test]
fn every_arrow_points_at_the_domain() {
    for package in members() {
        let allowed: &[&str] = match package.name.as_str() {
            "kagi-domain" => &[],
            "kagi-server" => &SERVER,
            // The manual's program, which stands for everybody who embeds a vault.
            "kagi-embedding" => &EMBEDDER,
            _ => &["kagi-domain"],
        };
        let mut edges = edges(package, DependencyKind::Normal);
        edges.retain(|name| !allowed.contains(name));
        assert!(edges.is_empty(), "{} must not depend on {edges:?}", package.name);
        assert!(self::edges(package, DependencyKind::Build).is_empty(), "{}", package.name);
    }
}

#[test]
fn the_server_wires_every_adapter() {
    let server = members().into_iter().find(|package| package.name == "kagi-server").unwrap();
    let wired = edges(server, DependencyKind::Normal);
    for name in SERVER {
        assert!(wired.contains(name), "{name} is not wired");
    }
}

#[test]
fn tests_of_a_crate_know_no_other_than_the_fakes() {
    for package in members().into_iter().filter(|package| package.name != "kagi-tests") {
        let beyond: Vec<_> = edges(package, DependencyKind::Development)
            .into_iter()
            .filter(|name| *name != "kagi-tests")
            .collect();
        assert!(beyond.is_empty(), "the tests of {} belong in kagi-tests: {beyond:?}", package.name);
    }
}

#[test]
fn the_fakes_are_for_tests_only() {
    for package in members() {
        for kind in [DependencyKind::Normal, DependencyKind::Build] {
            assert!(!edges(package, kind).contains("kagi-tests"), "{}", package.name);
        }
    }
}

#[test]
fn the_domain_is_free_of_frameworks() {
    let tree = tree(&["kagi-domain"], "normal,build");
    for framework in
        ["sea-orm", "sqlx", "sqlx-core", "ring", "poem", "poem-openapi", "reqwest", "tokio", "maud", "hyper"]
    {
        assert!(!tree.contains(framework), "the domain must not know {framework}");
    }
}

#[test]
fn only_the_fakes_can_make_proofs() {
    for package in members().into_iter().filter(|package| package.name != "kagi-tests") {
        let asked = package.dependencies.iter().flat_map(|dependency| &dependency.features);
        assert!(!asked.into_iter().any(|feature| feature == "test-proofs"), "{}", package.name);
        let own = package.name == "kagi-domain";
        let passed_on = |(name, needs): (&String, &Vec<String>)| {
            (own && name != "test-proofs" && needs.iter().any(|need| need == "test-proofs"))
                || needs.iter().any(|need| need.ends_with("/test-proofs"))
        };
        assert!(!package.features.iter().any(passed_on), "{}", package.name);
    }
}

#[test]
fn an_embedder_gets_no_server() {
    let tree = tree(&EMBEDDER, "normal,build");
    assert!(tree.contains("sea-orm"), "the tree was read");
    for part in ["poem", "poem-openapi", "hyper", "hyper-util", "maud", "clap", "reqwest", "argon2"] {
        assert!(!tree.contains(part), "an embedder does not need {part}");
    }
}

#[test]
fn a_package_has_one_binary_of_integration_tests() {
    for package in members() {
        let binaries = package.targets.iter().filter(|target| target.is_test()).count();
        assert!(binaries <= 1, "{} links {binaries} binaries of tests", package.name);
    }
}
