//! The whole application in process, on a vault in memory.

#![cfg(test)]

mod access;
mod access_keys;
mod account;
mod browser;
mod call;
mod categories;
mod described;
mod entries;
mod failures;
mod forwarding;
mod input;
mod limits;
mod lists;
mod metrics;
mod openapi;
mod order;
mod pages;
mod recovery_sets;
mod secrets;
mod sessions;
mod sign_in;
mod versions;
mod world;

use call::Call;
use world::{PASSWORD, World};
