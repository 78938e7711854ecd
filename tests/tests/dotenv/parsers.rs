//! Other people's parsers, each run once for a folder of files.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use serde_json::Value;

use super::{Files, Variables};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Parser {
    /// The `dotenv` of npm.
    Dotenv,
    /// The same, then `dotenv-expand`: what Vite does.
    DotenvExpand,
    /// `@next/env`.
    Next,
    /// Node.js itself, `--env-file`.
    Node,
    /// Python's `python-dotenv`.
    Python,
    /// Rust's `dotenvy`.
    Dotenvy,
    /// The parser of Docker Compose.
    Compose,
    /// The parser of `docker run --env-file`.
    DockerRun,
    /// The system's POSIX shell.
    Sh,
    Bash,
}

/// What a parser makes of a file.
type Read = Result<Variables, String>;

impl Parser {
    /// All that know quotes.
    pub(super) const QUOTING: [Self; 9] = [
        Self::Dotenv,
        Self::DotenvExpand,
        Self::Next,
        Self::Node,
        Self::Python,
        Self::Dotenvy,
        Self::Compose,
        Self::Sh,
        Self::Bash,
    ];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Dotenv => "dotenv",
            Self::DotenvExpand => "dotenv-expand",
            Self::Next => "@next/env",
            Self::Node => "node",
            Self::Python => "python-dotenv",
            Self::Dotenvy => "dotenvy",
            Self::Compose => "compose",
            Self::DockerRun => "docker-run",
            Self::Sh => "sh",
            Self::Bash => "bash",
        }
    }

    /// What the parser makes of each file, in order.
    pub(super) fn read(self, files: &Files) -> Vec<Read> {
        let paths: Vec<_> = (0..files.expected.len()).map(|number| files.path(number)).collect();
        let folder = files.folder.path();
        match self {
            Self::Dotenvy => paths.iter().map(|path| by_dotenvy(path)).collect(),
            Self::Sh | Self::Bash => by_shell(self.name(), folder, &paths),
            Self::Python => {
                let venv =
                    std::env::var("KAGI_TEST_VENV").expect("KAGI_TEST_VENV names a Python environment");
                let mut command = Command::new(Path::new(&venv).join("bin/python"));
                answers(command.arg(tool("read.py")).arg(folder))
            }
            Self::Compose | Self::DockerRun => {
                answers(Command::new(tool("readers")).arg(self.name()).arg(folder))
            }
            Self::Dotenv | Self::DotenvExpand | Self::Next | Self::Node => {
                answers(Command::new("node").arg(tool("read.cjs")).arg(self.name()).arg(folder))
            }
        }
    }
}

fn tool(name: &str) -> PathBuf {
    let folder = std::env::var("KAGI_TEST_DOTENV").expect("KAGI_TEST_DOTENV names a folder of parsers");
    Path::new(&folder).join(name)
}

/// Runs a program with nothing in its environment but where programs are.
fn run(command: &mut Command) -> Output {
    let path = std::env::var_os("PATH").unwrap_or_default();
    command.env_clear().env("PATH", path).output().unwrap_or_else(|error| panic!("{command:?}: {error}"))
}

/// The lines of JSON that a reader prints, one for each file.
fn answers(command: &mut Command) -> Vec<Read> {
    let output = run(command);
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().lines().map(answer).collect()
}

fn answer(line: &str) -> Read {
    let answer: Value = serde_json::from_str(line).unwrap();
    if let Some(error) = answer.get("error") {
        return Err(error.to_string());
    }
    let none = serde_json::Map::new();
    let values = answer.get("values").and_then(Value::as_object).unwrap_or(&none);
    // A name without a value is one all the same.
    let text = |value: &Value| value.as_str().map_or_else(|| format!("{value}?"), str::to_owned);
    Ok(values.iter().map(|(name, value)| (name.clone(), text(value))).collect())
}

fn by_dotenvy(path: &Path) -> Read {
    let mut read = Variables::new();
    for pair in dotenvy::from_path_iter(path).map_err(|error| error.to_string())? {
        let (name, value) = pair.map_err(|error| error.to_string())?;
        // The first counts when a program loads the file.
        read.entry(name).or_insert(value);
    }
    Ok(read)
}

/// Sources each file in a shell of its own, and looks at what it exports then.
fn by_shell(shell: &str, folder: &Path, paths: &[PathBuf]) -> Vec<Read> {
    let own: BTreeSet<_> = sourced(shell, folder, Path::new("/dev/null")).unwrap().into_keys().collect();
    let read = |path: &PathBuf| {
        let mut read = sourced(shell, folder, path)?;
        read.retain(|name, _| !own.contains(name));
        Ok(read)
    };
    paths.iter().map(read).collect()
}

fn sourced(shell: &str, folder: &Path, path: &Path) -> Read {
    let mut command = Command::new(shell);
    let script = "set -a; . \"$1\"; exec /usr/bin/env -0";
    command.args(["-c", script, shell]).arg(path).current_dir(folder);
    let output = run(&mut command);
    let said = String::from_utf8_lossy(&output.stderr);
    // A locale that the system does not have is set all the same.
    if !output.status.success() || said.lines().any(|line| !line.contains("warning: setlocale")) {
        return Err(said.into_owned());
    }
    let text = String::from_utf8(output.stdout).map_err(|error| error.to_string())?;
    let pairs = text.split('\0').filter_map(|pair| pair.split_once('='));
    Ok(pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect())
}
