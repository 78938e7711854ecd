//! The whole application in process, on a vault in memory.

#![cfg(test)]

mod access;
mod access_keys;
mod account;
mod ai;
mod bodiless;
mod browser;
mod call;
mod categories;
mod crowd;
mod described;
mod entries;
mod env_files;
mod env_projects;
mod export;
mod failures;
mod forwarding;
mod import;
mod input;
mod limits;
mod lists;
mod metrics;
mod openapi;
mod order;
mod overview;
mod pages;
mod recovery_sets;
mod render;
mod rooms;
mod secrets;
mod sessions;
mod sign_in;
mod versions;
mod world;

use call::Call;
use world::{PASSWORD, World};
