//! What pages are made of.

mod badge;
pub(crate) mod chart;
pub(crate) mod field;
pub(crate) mod flash;
mod form;
mod icon;
mod layout;
pub(crate) mod next;
pub(crate) mod words;

pub(crate) use badge::{copy_name, environment, expiry, sealed};
pub(crate) use field::Field;
pub(crate) use flash::Flash;
pub(crate) use form::Form;
pub(crate) use icon::{category_tile, icon, seal, service_tile, summary_tile};
pub(crate) use layout::{Crumb, Nav, Shell, manual, plain};
