//! Holds the repository to its picture: which crate knows which, what may be depended on, and how
//! the sources are kept.

mod contract;
mod dependencies;
mod edges;
mod sources;

use std::{
    collections::BTreeSet,
    env,
    path::{Path, PathBuf},
    process::Command,
    sync::LazyLock,
};

use cargo_metadata::{CargoOpt, Metadata, MetadataCommand, Package};

/// The workspace's folder.
fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the package is in the workspace")
}

/// What cargo knows of the workspace and of everything that it builds on this platform.
static METADATA: LazyLock<Metadata> = LazyLock::new(|| {
    let version = output(Command::new(rustc()).arg("-vV"));
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).expect("rustc names its host");
    MetadataCommand::new()
        .current_dir(root())
        .features(CargoOpt::AllFeatures)
        .other_options(["--offline", "--locked", "--filter-platform", host].map(str::to_owned))
        .exec()
        .expect("cargo metadata answers")
});

/// The workspace's packages.
fn members() -> Vec<&'static Package> {
    METADATA.workspace_packages()
}

/// The names of all packages that these are built from on this platform, themselves included.
fn tree(packages: &[&str], edges: &str) -> BTreeSet<String> {
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(root()).args(["tree", "--offline", "--locked", "--prefix", "none", "--format", "{p}"]);
    cargo.args(["--edges", edges]);
    match packages {
        [] => drop(cargo.arg("--workspace")),
        _ => drop(cargo.args(packages.iter().flat_map(|name| ["--package", name]))),
    }
    let lines = output(&mut cargo);
    lines.lines().filter_map(|line| line.split_whitespace().next()).map(str::to_owned).collect()
}

fn rustc() -> PathBuf {
    env::var_os("RUSTC").map_or_else(|| "rustc".into(), PathBuf::from)
}

fn output(command: &mut Command) -> String {
    let output = command.output().expect("the command starts");
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("the command answers in UTF-8")
}
