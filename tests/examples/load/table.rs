//! The figures as Markdown.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::{self, Write},
};

use crate::{
    drive::Outcome,
    operation::Operation,
    options::Options,
    per_second,
    place::{Place, program},
    vault::Vault,
};

/// What one load came to, beside the bare route's.
#[derive(Debug, Clone, Copy)]
pub struct Figures {
    per_second: f64,
    share: f64,
    /// Median latency in microseconds.
    pub p50_micros: f64,
    p99_micros: f64,
    cpu_micros: f64,
    cpu_share: f64,
}

impl Figures {
    /// Of a load and of the bare route's right before it.
    pub fn of(own: &Outcome, bare: &Outcome) -> Self {
        let at = |share: usize| own.micros.get(own.micros.len() * share / 100).copied().unwrap_or(u32::MAX);
        Self {
            per_second: per_second(own),
            share: per_second(own) / per_second(bare),
            p50_micros: f64::from(at(50)),
            p99_micros: f64::from(at(99)),
            cpu_micros: own.cpu_micros,
            cpu_share: bare.cpu_micros / own.cpu_micros,
        }
    }

    /// The median of each figure.
    pub fn median(rounds: &[Self]) -> Self {
        let of = |figure: fn(&Self) -> f64| {
            let mut all: Vec<f64> = rounds.iter().map(figure).collect();
            all.sort_by(f64::total_cmp);
            all[all.len() / 2]
        };
        Self {
            per_second: of(|round| round.per_second),
            share: of(|round| round.share),
            p50_micros: of(|round| round.p50_micros),
            p99_micros: of(|round| round.p99_micros),
            cpu_micros: of(|round| round.cpu_micros),
            cpu_share: of(|round| round.cpu_share),
        }
    }
}

/// The table's head.
pub fn head(options: &Options) -> String {
    format!(
        "Medians of {} rounds of {} s. Shares are of a bare route of the same size in the same round.\n\n\
         | Database | Entries | Operation | Connections | Requests/s | Share of bare | p50 ms | p99 ms | CPU µs | CPU, share of bare | Statements |\n\
         | --- | ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
        options.rounds,
        options.span.as_secs_f64(),
    )
}

/// One line.
pub struct Row<'a> {
    pub place: &'a Place,
    pub vault: &'a Vault,
    pub operation: &'a Operation,
    pub connections: usize,
    pub figures: Figures,
    pub statements: Option<u64>,
}

impl fmt::Display for Row<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Figures { per_second, share, p50_micros, p99_micros, cpu_micros, cpu_share } = self.figures;
        let statements = self.statements.map_or(String::new(), |count| count.to_string());
        // A server that took less than a tick of the clock has no share.
        let cpu_share =
            if cpu_share.is_finite() { format!("{:.1} %", cpu_share * 100.0) } else { String::new() };
        writeln!(
            f,
            "| {} | {} | {} | {} | {per_second:.0} | {:.1} % | {:.2} | {:.2} | {cpu_micros:.0} | {cpu_share} | {statements} |",
            self.place.name,
            self.vault.entries,
            self.operation.name,
            self.connections,
            share * 100.0,
            p50_micros / 1000.0,
            p99_micros / 1000.0,
        )
    }
}

/// What the process itself takes.
pub fn process(place: &Place, vault: &Vault, ready: &[f64], idle: u64, loaded: u64) -> String {
    let binary = std::fs::metadata(program()).map_or(0, |data| data.len());
    format!(
        "| {} | {} | ready {:.0} ms (worst {:.0}), resident {:.1} MiB idle, {:.1} MiB after the load, binary {:.1} MiB | | | | | | | | |",
        place.name,
        vault.entries,
        ready[ready.len() / 2],
        ready[ready.len() - 1],
        mebi(idle * 1024),
        mebi(loaded * 1024),
        mebi(binary),
    )
}

fn mebi(bytes: u64) -> f64 {
    f64::from(u32::try_from(bytes / 1024).unwrap_or(u32::MAX)) / 1024.0
}

/// How much longer an operation takes in the largest vault than in the smallest, at one connection.
pub fn flatness(database: &str, latencies: &BTreeMap<(&'static str, usize), f64>) -> String {
    let names: BTreeSet<_> = latencies.keys().map(|(name, _)| *name).collect();
    let mut text = String::new();
    for name in names {
        let sizes: Vec<_> = latencies.iter().filter(|((own, _), _)| *own == name).collect();
        if let [((_, few), base), .., ((_, many), latency)] = sizes.as_slice() {
            let times = *latency / *base;
            // Writing to a string cannot fail.
            let _ =
                write!(text, "\n{database}, {name}: {times:.2} times as long in {many} entries as in {few}");
        }
    }
    text + "\n"
}
