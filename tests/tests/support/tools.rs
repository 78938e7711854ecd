//! The Python tools that `tests/run` installs, in a folder of a test's own.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use tempfile::TempDir;

/// How much of a line is shown when a tool complains: what it quotes can be large.
const SHOWN: usize = 300;
const LINES: usize = 150;

pub(crate) struct Tools {
    bin: PathBuf,
    folder: TempDir,
}

impl Tools {
    pub(crate) fn new() -> Self {
        let venv = std::env::var("KAGI_TEST_VENV").expect("KAGI_TEST_VENV names a Python environment");
        Self { bin: Path::new(&venv).join("bin"), folder: tempfile::tempdir().unwrap() }
    }

    /// Where the tools work.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// A file that belongs to these tests.
    pub(crate) fn file(name: &str) -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("openapi").join(name)
    }

    /// Runs a tool and gives what it printed; panics with it when the tool complains.
    pub(crate) fn run(&self, tool: &str, arguments: &[&str]) -> String {
        let mut command = Command::new(self.bin.join(tool));
        command.args(arguments).current_dir(self.folder()).env_clear();
        command.env("PATH", &self.bin).env("HOME", self.folder()).env("PYTHONDONTWRITEBYTECODE", "1");
        command.env("PYTHONPATH", self.folder()).env("COLUMNS", "200");
        let output = command.output().unwrap_or_else(|error| panic!("{tool}: {error}"));
        let printed = String::from_utf8_lossy(&output.stdout).into_owned();
        if !output.status.success() {
            let everything = printed + &String::from_utf8_lossy(&output.stderr);
            let lines: Vec<String> =
                everything.lines().map(|line| line.chars().take(SHOWN).collect()).collect();
            panic!("{tool} failed:\n{}", lines[lines.len().saturating_sub(LINES)..].join("\n"));
        }
        printed
    }
}
