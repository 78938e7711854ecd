//! Tests across crates, and the contract suites on the fakes.

mod architecture;
mod memory_storage;
mod vault;
