//! Argon2id password hashing that cannot be used to exhaust the machine.

mod argon;
mod lanes;
mod password;

pub use password::ArgonHasher;
