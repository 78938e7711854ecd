//! Tests across crates, and the contract suites on the fakes.

mod architecture;
mod browser;
mod dotenv;
mod memory_storage;
mod openapi;
mod recipes;
mod support;
mod vault;
