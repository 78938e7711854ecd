//! The whole application in process, on a vault in memory.

#![cfg(test)]

mod access;
mod access_keys;
mod browser;
mod call;
mod categories;
mod crowd;
mod entries;
mod export;
mod failures;
mod forwarding;
mod input;
mod limits;
mod lists;
mod order;
mod overview;
mod pages;
mod sign_in;
mod world;

use call::Call;
use world::{PASSWORD, World};
