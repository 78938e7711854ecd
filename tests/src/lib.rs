//! Test support: fakes of every port, sample builders, and the contract suites that adapters pass.
//!
//! - [`MemoryStorage`] is a whole database in memory, with transactions and staged faults.
//! - [`TestClock`], [`SeededEntropy`], [`FakeCipher`], [`FakeDigester`] and [`FakeHasher`] keep their
//!   ports' promises cheaply and the same way each time.
//! - [`FakePlanner`] answers what it is told to, and remembers what it was told.
//! - [`kagi()`] is a whole vault over them; [`samples`] builds inputs and entities.
//! - [`hostile`] makes texts that are out to be misread in an `.env` file.
//! - [`contract`] holds the suites; [`storage_contract!`] runs one on an adapter.
//! - [`operations`] is a request for each operation of the API; [`spellings()`] finds secrets in what comes back;
//!   [`markup`] has texts that would be markup.

mod ambient;
#[macro_use]
pub mod contract;
mod hasher;
pub mod hostile;
mod kagi;
pub mod markup;
mod memory;
pub mod operations;
mod planner;
pub mod samples;
mod sealing;
mod spellings;

pub use ambient::{SeededEntropy, TestClock};
pub use hasher::FakeHasher;
pub use kagi::{TestKagi, kagi, kagi_with, kagi_with_planner};
pub use memory::MemoryStorage;
pub use planner::FakePlanner;
pub use sealing::{FakeCipher, FakeDigester};
pub use spellings::spellings;
