//! Access keys.

use std::borrow::Cow;

use kagi_domain::{
    access::{ProjectLimit, Scope},
    model::access_key::{AccessKey, IssuedAccessKey},
};
use poem_openapi::{
    registry::{MetaSchema, MetaSchemaRef, Registry},
    types::Type,
};
use serde::Serialize;

use super::{exposed::Exposed, text};
use crate::{
    api::answer::View,
    schema::{property, view},
};

view! {
    /// An access key, without its text.
    pub(crate) struct AccessKeyView as "AccessKey" {
        /// Its id.
        id: String = "id",
        /// Its name.
        name: String = "name",
        /// How it begins, to recognise it by.
        key_prefix: String = "keyPrefix",
        /// What it may do.
        scopes: Vec<&'static str> = "scopes",
        /// The only projects that it reaches.
        projects: Option<Vec<String>> = "projects",
        /// When it stops working.
        expires_at: Option<String> = "expiresAt",
        /// When it was last used.
        last_used_at: Option<String> = "lastUsedAt",
        /// When it was made.
        created_at: String = "createdAt",
    }
}

/// A fresh access key with its text, which is shown this once.
#[derive(Serialize)]
pub(crate) struct IssuedKeyView {
    #[serde(flatten)]
    access_key: AccessKeyView,
    key: Exposed,
}

impl Type for IssuedKeyView {
    const IS_REQUIRED: bool = true;

    type RawValueType = Self;
    type RawElementValueType = Self;

    fn name() -> Cow<'static, str> {
        "IssuedAccessKey".into()
    }

    fn schema_ref() -> MetaSchemaRef {
        MetaSchemaRef::Reference(Self::name().into_owned())
    }

    fn register(registry: &mut Registry) {
        registry.create_schema::<Self, _>(Self::name().into_owned(), |registry| {
            AccessKeyView::register(registry);
            let mut schema =
                registry.schemas.get(&*AccessKeyView::name()).cloned().unwrap_or(MetaSchema::ANY);
            schema.description = Some("A fresh access key with its text, which is shown this once.");
            schema.properties.push(("key", property::<String>("Its text; only a digest of it is kept.")));
            schema.required.push("key");
            schema
        });
    }

    fn as_raw_value(&self) -> Option<&Self> {
        Some(self)
    }

    fn raw_element_iter<'a>(&'a self) -> Box<dyn Iterator<Item = &'a Self> + 'a> {
        Box::new(std::iter::once(self))
    }
}

impl View for IssuedKeyView {
    fn room(&self) -> usize {
        let projects = self.access_key.projects.as_deref().unwrap_or_default();
        let projects: usize = projects.iter().map(|name| 2 * name.len() + 3).sum();
        projects + self.access_key.name.len() * 2 + self.key.room() + 1024
    }
}

impl From<AccessKey> for AccessKeyView {
    fn from(key: AccessKey) -> Self {
        let projects = match key.projects {
            ProjectLimit::All => None,
            ProjectLimit::Only(names) => Some(names.iter().map(ToString::to_string).collect()),
        };
        Self {
            id: key.id.to_string(),
            name: key.name.to_string(),
            key_prefix: key.prefix,
            scopes: key.scopes.into_iter().map(Scope::as_str).collect(),
            projects,
            expires_at: text(key.expires_at.as_ref()),
            last_used_at: text(key.last_used_at.as_ref()),
            created_at: key.created_at.to_string(),
        }
    }
}

impl From<IssuedAccessKey> for IssuedKeyView {
    fn from(issued: IssuedAccessKey) -> Self {
        Self { access_key: issued.access_key.into(), key: Exposed::text(issued.token) }
    }
}
