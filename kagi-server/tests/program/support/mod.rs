//! The program, its databases and its clients.

mod client;
mod database;
mod program;

pub(crate) use client::{Client, plain_http, raw};
pub(crate) use database::{Database, Kind};
pub(crate) use program::{Finished, Running, command, finish, finish_with_input};

/// A sound master key, for tests only.
pub(crate) const KEY: &str = "9c1f5e0b7a3d48260fe1b94c7d5a823e6b0d9f1c4e7a2358b6c0d4f19e8a7352";
/// Another one.
pub(crate) const OTHER_KEY: &str = "1d7b3f9056c2ae84e90f6a1b5c8d2734f0a9e6b1c3d5472896eb0f4a7c1d3852";
/// The password of whoever a test signs in.
pub(crate) const PASSWORD: &str = "correct horse battery";
/// Their address.
pub(crate) const EMAIL: &str = "ada@example.com";

/// Reproducible pseudo-random numbers (xorshift64).
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap() % limit
    }
}
