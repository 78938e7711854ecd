//! Who is going to read a file.

use std::str::FromStr;

/// A reader that a file is written for, or that a text is read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Target {
    /// Every quote-aware parser at once. To read as this is to read what most of them read.
    Portable,
    /// Docker Compose, by `env_file` or its own `.env`.
    Compose,
    /// Next.js, Vite and whatever else uses `dotenv-expand` before version 1000.
    Next,
    /// The `dotenv` of npm. Node.js' own `--env-file` reads the same, but for a carriage return.
    Node,
    /// Python's `python-dotenv`.
    Python,
    /// Rust's `dotenvy`.
    Dotenvy,
    /// A POSIX shell: `set -a; . ./file`.
    Shell,
    /// `docker run --env-file`, which knows no quotes.
    DockerRun,
}

/// A name that is no target's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "Name the reader of the file: portable, compose, next, node, python-dotenv, dotenvy, shell or docker-run."
)]
pub struct UnknownTarget;

impl Target {
    /// Every target.
    pub const ALL: [Self; 8] = [
        Self::Portable,
        Self::Compose,
        Self::Next,
        Self::Node,
        Self::Python,
        Self::Dotenvy,
        Self::Shell,
        Self::DockerRun,
    ];

    /// The target as the API spells it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Portable => "portable",
            Self::Compose => "compose",
            Self::Next => "next",
            Self::Node => "node",
            Self::Python => "python-dotenv",
            Self::Dotenvy => "dotenvy",
            Self::Shell => "shell",
            Self::DockerRun => "docker-run",
        }
    }
}

impl FromStr for Target {
    type Err = UnknownTarget;

    /// Reads [`Target::as_str`] back.
    fn from_str(text: &str) -> Result<Self, UnknownTarget> {
        Self::ALL.into_iter().find(|target| target.as_str() == text).ok_or(UnknownTarget)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_have_names() {
        for target in Target::ALL {
            assert_eq!(target.as_str().parse(), Ok(target));
            assert!(UnknownTarget.to_string().contains(target.as_str()));
        }
        for wrong in ["", "Portable", "docker", "portable "] {
            assert_eq!(wrong.parse::<Target>(), Err(UnknownTarget));
        }
    }
}
