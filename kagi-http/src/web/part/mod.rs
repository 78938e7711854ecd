//! What pages are made of.

mod badge;
pub(crate) mod field;
pub(crate) mod flash;
mod form;
mod icon;
mod layout;
mod meter;
pub(crate) mod next;
pub(crate) mod words;

pub(crate) use badge::{copy_name, environment, expiry, sealed};
pub(crate) use field::Field;
pub(crate) use flash::Flash;
pub(crate) use form::Form;
pub(crate) use icon::{category_tile, icon, seal};
pub(crate) use layout::{Crumb, Nav, Shell, manual, plain};
pub(crate) use meter::meter;
