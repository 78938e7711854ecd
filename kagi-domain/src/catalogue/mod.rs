//! Well-known services: what their keys are called and which of them may be seen in a browser.
//!
//! Facts only: the names of the variables are those of the vendors' own documentation, or, where a
//! vendor names none, what most projects use. A service is a template for a category
//! ([`Service::category`]); nothing of it is stored until somebody makes one.

mod ai;
mod cloud;
mod code;
mod data;
mod identity;
mod media;
mod messages;
mod payments;
mod search;

pub use search::search;

use crate::{
    fields::{Fields, Invalid},
    model::category::{KeyType, NewCategory, Shape},
    text::{Description, EnvVarName},
};

/// Services of one kind.
#[derive(Debug)]
pub struct Area {
    /// What the kind is called.
    pub name: &'static str,
    /// Its services, the best known first.
    pub services: &'static [Service],
}

/// Every service, by kind.
pub static AREAS: [Area; 8] = [
    Area { name: "AI", services: ai::SERVICES },
    Area { name: "Cloud and hosting", services: cloud::SERVICES },
    Area { name: "Databases and storage", services: data::SERVICES },
    Area { name: "Code and monitoring", services: code::SERVICES },
    Area { name: "Payments and shops", services: payments::SERVICES },
    Area { name: "E-mail and messages", services: messages::SERVICES },
    Area { name: "Signing in", services: identity::SERVICES },
    Area { name: "Maps, media and content", services: media::SERVICES },
];

/// A service that people keep keys of.
#[derive(Debug)]
pub struct Service {
    /// Its name in addresses. It never changes.
    pub slug: &'static str,
    /// What people call it.
    pub name: &'static str,
    /// Its icon, for [`IconSlug`](crate::text::IconSlug); without one it is drawn as a letter.
    pub icon: Option<&'static str>,
    /// Its colour, `#rrggbb`, where it has no icon that brings one.
    pub color: Option<&'static str>,
    /// Those of its names whose values may be shown in a browser; empty when all are secret.
    pub public: &'static [&'static str],
    /// What it is, in a sentence.
    pub about: &'static str,
    /// What else people type when they look for it, in lower case.
    pub words: &'static [&'static str],
    /// Where its owner finds the key, in words.
    pub found: &'static str,
    keys: Keys,
}

#[derive(Debug)]
enum Keys {
    One(&'static str),
    Several(&'static [&'static str]),
}

impl Service {
    /// Whether its key is one variable or several fields.
    #[must_use]
    pub const fn key_type(&self) -> KeyType {
        match self.keys {
            Keys::One(_) => KeyType::Simple,
            Keys::Several(_) => KeyType::Group,
        }
    }

    /// Its variables: the one, or the fields in order.
    #[must_use]
    pub const fn names(&self) -> &[&'static str] {
        match &self.keys {
            Keys::One(name) => std::slice::from_ref(name),
            Keys::Several(names) => names,
        }
    }

    /// A category to make from it.
    ///
    /// # Errors
    ///
    /// [`Invalid`] when the catalogue is wrong; the tests hold every service to it.
    pub fn category(&self) -> Result<NewCategory, Invalid> {
        let mut fields = Fields::new();
        let f = &mut fields;
        let name = f.take("name", self.name.parse());
        let shape = self.shape(f);
        let public = parsed(f, "publicNames", self.public);
        let description = f.take("description", Description::parse(self.about)).flatten();
        let icon = self.icon.and_then(|slug| f.take("iconSlug", slug.parse()));
        let color = self.color.and_then(|color| f.take("color", color.parse()));
        let (name, shape) = fields.finish(name.zip(shape))?;
        Ok(NewCategory { name, shape, public_names: public, description, icon, color })
    }

    fn shape(&self, fields: &mut Fields) -> Option<Shape> {
        let names = parsed(fields, "fieldDefinitions", self.names())?;
        let (one, several) = match self.key_type() {
            KeyType::Simple => (names.into_iter().next(), Vec::new()),
            KeyType::Group => (None, names),
        };
        fields.take("fieldDefinitions", Shape::new(self.key_type(), one, several))
    }

    const fn new(slug: &'static str, name: &'static str, keys: Keys) -> Self {
        let (about, found) = ("", "");
        Self { slug, name, icon: None, color: None, public: &[], about, words: &[], found, keys }
    }

    const fn icon(mut self, slug: &'static str) -> Self {
        self.icon = Some(slug);
        self
    }

    const fn color(mut self, color: &'static str) -> Self {
        self.color = Some(color);
        self
    }

    const fn public(mut self, names: &'static [&'static str]) -> Self {
        self.public = names;
        self
    }

    const fn about(mut self, about: &'static str, found: &'static str) -> Self {
        self.about = about;
        self.found = found;
        self
    }

    const fn words(mut self, words: &'static [&'static str]) -> Self {
        self.words = words;
        self
    }
}

/// A service whose key is one variable.
const fn one(slug: &'static str, name: &'static str, variable: &'static str) -> Service {
    Service::new(slug, name, Keys::One(variable))
}

/// A service whose key is several fields.
const fn several(slug: &'static str, name: &'static str, fields: &'static [&'static str]) -> Service {
    Service::new(slug, name, Keys::Several(fields))
}

/// Every service, kind by kind.
pub fn all() -> impl Iterator<Item = &'static Service> {
    AREAS.iter().flat_map(|area| area.services)
}

/// The service of a slug.
#[must_use]
pub fn find(slug: &str) -> Option<&'static Service> {
    all().find(|service| service.slug == slug)
}

fn parsed(fields: &mut Fields, field: &str, names: &[&str]) -> Option<Vec<EnvVarName>> {
    let names: Result<Vec<_>, _> = names.iter().map(|name| name.parse()).collect();
    fields.take(field, names)
}

#[cfg(test)]
mod tests;
