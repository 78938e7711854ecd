//! What to measure.

use std::time::Duration;

/// Sizes, connections, databases, rounds and their length.
#[derive(Debug, Clone)]
pub struct Options {
    /// Entries in the vault.
    pub sizes: Vec<usize>,
    /// Connections at once.
    pub connections: Vec<usize>,
    /// `sqlite` and `postgres`.
    pub databases: Vec<String>,
    /// Names of operations; all when there is none.
    pub operations: Vec<String>,
    /// Rounds, of which the median counts.
    pub rounds: usize,
    /// How long each takes.
    pub span: Duration,
}

const HELP: &str = "load [--sizes 100,100000] [--connections 1,32,128] [--databases sqlite,postgres] \
                    [--operations reveal,get] [--rounds 3] [--seconds 1]";

impl Options {
    /// Reads the command line.
    pub fn read(arguments: impl Iterator<Item = String>) -> Self {
        let mut options = Self {
            sizes: vec![100, 100_000],
            connections: vec![1, 32, 128],
            databases: vec!["sqlite".to_owned(), "postgres".to_owned()],
            operations: Vec::new(),
            rounds: 3,
            span: Duration::from_secs(1),
        };
        let arguments: Vec<String> = arguments.collect();
        for pair in arguments.chunks(2) {
            let [name, value] = pair else { panic!("usage: {HELP}") };
            match name.as_str() {
                "--sizes" => options.sizes = numbers(value),
                "--connections" => options.connections = numbers(value),
                "--databases" => options.databases = names(value),
                "--operations" => options.operations = names(value),
                "--rounds" => options.rounds = value.parse().expect(HELP),
                "--seconds" => options.span = Duration::from_secs_f64(value.parse().expect(HELP)),
                _ => panic!("usage: {HELP}"),
            }
        }
        options
    }

    /// Whether this operation is to be measured.
    pub fn asks_for(&self, operation: &str) -> bool {
        self.operations.is_empty() || self.operations.iter().any(|name| name == operation)
    }
}

fn names(list: &str) -> Vec<String> {
    list.split(',').map(str::to_owned).collect()
}

fn numbers(list: &str) -> Vec<usize> {
    list.split(',').map(|number| number.parse().expect(HELP)).collect()
}
