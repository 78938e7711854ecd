//! Inputs and entities to test with.

use std::{fmt::Debug, str::FromStr};

use kagi_domain::{
    access::{ProjectLimit, Scope},
    ids::{CategoryId, IdSource, UserId},
    model::{
        access_key::NewAccessKey,
        category::{KeyType, NewCategory, Shape},
        entry::{Environment, NewEntry},
        env_project::{EnvContent, EnvFileDraft, FileType, NewEnvProject},
        recovery_set::{NewRecoverySet, RecoveryCodes},
        user::User,
    },
    ports::Clock,
    secret::{SecretFields, SecretText, SecretValue},
    text::EnvVarName,
};

use crate::{SeededEntropy, TestClock};

/// Reads a text that is known to be right: `parse::<Title>("OpenAI API")`.
///
/// # Panics
///
/// When it is not.
#[must_use]
pub fn parse<T: FromStr<Err: Debug>>(text: &str) -> T {
    text.parse().expect("the sample is valid")
}

/// The shape of one variable.
#[must_use]
pub fn simple_shape(env_var: &str) -> Shape {
    Shape::new(KeyType::Simple, Some(parse(env_var)), Vec::new()).expect("the sample is valid")
}

/// The shape of several fields.
#[must_use]
pub fn group_shape(fields: &[&str]) -> Shape {
    Shape::new(KeyType::Group, None, env_vars(fields)).expect("the sample is valid")
}

/// Names of environment variables.
#[must_use]
pub fn env_vars(names: &[&str]) -> Vec<EnvVarName> {
    names.iter().map(|name| parse(name)).collect()
}

/// A category of one variable.
#[must_use]
pub fn category(name: &str, env_var: &str) -> NewCategory {
    new_category(name, simple_shape(env_var))
}

/// A category of several fields.
#[must_use]
pub fn group(name: &str, fields: &[&str]) -> NewCategory {
    new_category(name, group_shape(fields))
}

fn new_category(name: &str, shape: Shape) -> NewCategory {
    NewCategory { name: parse(name), shape, public_names: None, description: None, icon: None, color: None }
}

/// A production entry with this text as its value.
#[must_use]
pub fn entry(category: CategoryId, project: &str, value: &str) -> NewEntry {
    NewEntry {
        category,
        project: parse(project),
        environment: Environment::Production,
        value: text_value(value),
        description: None,
        notes: None,
        expires_at: None,
    }
}

/// A simple category's value.
#[must_use]
pub fn text_value(text: &str) -> SecretValue {
    SecretValue::Simple(secret(text))
}

/// A group's value.
///
/// # Panics
///
/// When a field stands twice.
#[must_use]
pub fn group_value(fields: &[(&str, &str)]) -> SecretValue {
    let mut group = SecretFields::new();
    for (name, text) in fields {
        group.insert(parse(name), secret(text)).expect("each field stands once");
    }
    SecretValue::Group(group)
}

/// A recovery set of these codes.
#[must_use]
pub fn recovery_set(service: &str, codes: &[&str]) -> NewRecoverySet {
    NewRecoverySet { service: parse(service), label: None, codes: recovery_codes(codes) }
}

/// Codes of a recovery set.
///
/// # Panics
///
/// When one of them cannot be a code.
#[must_use]
pub fn recovery_codes(codes: &[&str]) -> RecoveryCodes {
    let codes = codes.iter().map(|code| secret(code)).collect();
    RecoveryCodes::new(codes).expect("the sample is valid")
}

/// An env project without a description.
#[must_use]
pub fn env_project(name: &str) -> NewEnvProject {
    NewEnvProject { name: parse(name), description: None }
}

/// A content to save as a project's `.env`, whatever is there.
///
/// # Panics
///
/// When it cannot be a content.
#[must_use]
pub fn env_file(content: &str) -> EnvFileDraft {
    let content = EnvContent::new(secret(content)).expect("the sample is valid");
    EnvFileDraft { file_type: FileType::Env, content, base_version: None }
}

/// A secret text.
#[must_use]
pub fn secret(text: &str) -> SecretText {
    SecretText::new(text.to_owned())
}

/// An access key with these scopes that reaches all projects and does not expire.
#[must_use]
pub fn access_key(name: &str, scopes: &[Scope]) -> NewAccessKey {
    NewAccessKey {
        name: parse(name),
        scopes: scopes.iter().copied().collect(),
        projects: ProjectLimit::All,
        expires_at: None,
    }
}

/// A limit to these projects.
#[must_use]
pub fn only(projects: &[&str]) -> ProjectLimit {
    ProjectLimit::Only(projects.iter().map(|project| parse(project)).collect())
}

/// A person with this address and a fresh id.
#[must_use]
pub fn user(email: &str, clock: &TestClock, ids: &IdSource<SeededEntropy>) -> User {
    User {
        id: UserId::mint(clock, ids),
        email: parse(email),
        name: None,
        disabled_at: None,
        created_at: clock.now(),
    }
}
