//! The pages as markup: what they are drawn from comes in, nothing is fetched here.

pub(crate) mod access_key;
pub(crate) mod ask;
pub(crate) mod category;
pub(crate) mod category_form;
pub(crate) mod compare;
pub(crate) mod ended;
pub(crate) mod entry;
pub(crate) mod entry_form;
pub(crate) mod envs;
pub(crate) mod error;
pub(crate) mod history;
pub(crate) mod keys;
pub(crate) mod overview;
pub(crate) mod palette;
pub(crate) mod project;
pub(crate) mod recovery_form;
pub(crate) mod recovery_set;
pub(crate) mod recovery_sets;
pub(crate) mod reference;
pub(crate) mod services;
pub(crate) mod settings;
pub(crate) mod sign_in;
