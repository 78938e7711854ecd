//! Drives the release server on loopback and prints what it does, beside a bare route of the same
//! size in the same run. `tests/load` builds both and starts it.
//!
//! Each figure is the median of several rounds. In each round the bare route is driven right before
//! the operation, by the same generator, on the same machine: absolute figures are the machine's,
//! the ratios are Kagi's.

mod bare;
mod drive;
mod operation;
mod options;
mod place;
mod process;
mod table;
mod vault;

use std::collections::BTreeMap;

use drive::{Load, Outcome};
use operation::{Operation, operations};
use options::Options;
use place::Place;
use table::{Figures, Row};
use vault::Vault;

fn main() {
    let mut arguments = std::env::args().skip(1);
    if let Some(size) = arguments.next().filter(|first| first == "bare").and_then(|_| arguments.next()) {
        return bare::serve(size.parse().expect("a number of bytes"));
    }
    let options = Options::read(std::env::args().skip(1));
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let refused = runtime.expect("a runtime starts").block_on(run(&options));
    assert_eq!(refused, 0, "every answer is the one that was asked for");
}

/// Measures on each database and prints; returns how many answers were not 200.
async fn run(options: &Options) -> u64 {
    let mut refused = 0;
    println!("{}", table::head(options));
    for database in &options.databases {
        let mut latencies = BTreeMap::new();
        for entries in &options.sizes {
            let place = Place::new(database).await;
            let vault = Vault::fill(&place, *entries).await;
            refused += measure(options, &place, &vault, &mut latencies).await;
            place.remove().await;
        }
        print!("{}", table::flatness(database, &latencies));
    }
    refused
}

/// Median latency at one connection, by operation and size of the vault.
type Latencies = BTreeMap<(&'static str, usize), f64>;

async fn measure(options: &Options, place: &Place, vault: &Vault, latencies: &mut Latencies) -> u64 {
    let costs = vault.statements(place).await;
    let ready = place.time_to_ready(5).await;
    let server = place.start().await;
    let idle = server.resident_kib();
    let mut refused = 0;
    for operation in operations(vault).iter().filter(|operation| options.asks_for(operation.name)) {
        let size = operation.answer_size(server.address).await;
        let bare = bare::Bare::start(size);
        for &connections in options.connections.iter().filter(|number| **number <= operation.most) {
            let (load, plain) = loads(operation, &server, &bare, connections, options);
            let mut rounds = Vec::new();
            for _ in 0..options.rounds {
                let (plain, own) = (plain.run(&bare.process).await, load.run(&server.process).await);
                refused += own.refused;
                rounds.push(Figures::of(&own, &plain));
            }
            let figures = Figures::median(&rounds);
            let statements = costs.get(operation.name).copied();
            print!("{}", Row { place, vault, operation, connections, figures, statements });
            if connections == 1 {
                latencies.insert((operation.name, vault.entries), figures.p50_micros);
            }
        }
    }
    println!("{}", table::process(place, vault, &ready, idle, server.resident_kib()));
    refused
}

fn loads(
    operation: &Operation,
    server: &process::Server,
    bare: &bare::Bare,
    connections: usize,
    options: &Options,
) -> (Load, Load) {
    let of = |address, requests| Load { address, requests, connections, span: options.span };
    (of(server.address, operation.requests.clone()), of(bare.address, bare::requests()))
}

/// What a load came to, for whoever prints it.
fn per_second(outcome: &Outcome) -> f64 {
    f64::from(u32::try_from(outcome.micros.len()).unwrap_or(u32::MAX)) / outcome.span.as_secs_f64()
}
