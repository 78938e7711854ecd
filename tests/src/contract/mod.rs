//! What every adapter of a port is held to.

pub mod cipher;
pub mod planner;
pub mod storage;
