//! Categories.

use kagi_domain::{
    fields::Fields,
    model::category::{CategoryPatch, KeyType, NewCategory, Shape},
};

use super::{
    Raw,
    raw::{list, parsed, prose, prose_patch, refuse},
};
use crate::{problem::Problem, schema::input};

input! {
    /// What to make or change of a category.
    pub(crate) struct CategoryDraft as "CategoryInput" {
        /// The name, 1 to 255 characters.
        pub(crate) name: Raw<String> = "name",
        /// `simple` or `group`.
        pub(crate) key_type: Raw<String> = "keyType",
        /// A simple category's environment variable.
        pub(crate) env_var_name: Raw<String> = "envVarName",
        /// A group's fields, in order.
        pub(crate) field_definitions: Raw<Vec<String>> = "fieldDefinitions",
        /// Those of its names whose values may be shown in a browser.
        pub(crate) public_names: Raw<Vec<String>> = "publicNames",
        /// What it is for, at most 1000 characters.
        pub(crate) description: Raw<String> = "description",
        /// The name of its icon.
        pub(crate) icon_slug: Raw<String> = "iconSlug",
        /// Its colour, `#rrggbb`.
        pub(crate) color: Raw<String> = "color",
    }
}

impl CategoryDraft {
    /// A new category.
    pub(crate) fn into_new(self) -> Result<NewCategory, Problem> {
        let mut fields = Fields::new();
        let f = &mut fields;
        let name = self.name.needed(f, "name");
        let name = parsed(f, "name", name);
        let kind = self.key_type.needed(f, "keyType").and_then(|text| key_type(f, &text));
        let env_var = self.env_var_name.optional(f, "envVarName");
        let env_var = parsed(f, "envVarName", env_var);
        let defined = self.field_definitions.optional(f, "fieldDefinitions");
        let defined = defined.and_then(|texts| list(f, "fieldDefinitions", &texts));
        let public_names = self.public_names.optional(f, "publicNames");
        let public_names = public_names.and_then(|texts| list(f, "publicNames", &texts));
        let description = prose(f, "description", self.description);
        let icon = self.icon_slug.optional(f, "iconSlug");
        let icon = parsed(f, "iconSlug", icon);
        let color = self.color.optional(f, "color");
        let color = parsed(f, "color", color);
        let (name, kind) = fields.finish(name.zip(kind))?;
        let shape = Shape::new(kind, env_var, defined.unwrap_or_default())?;
        Ok(NewCategory { name, shape, public_names, description, icon, color })
    }

    /// A change of a category.
    pub(crate) fn into_patch(self) -> Result<CategoryPatch, Problem> {
        let mut fields = Fields::new();
        let f = &mut fields;
        let name = self.name.change(f, "name");
        let patch = CategoryPatch {
            name: parsed(f, "name", name),
            key_type: self.key_type.change(f, "keyType").and_then(|text| key_type(f, &text)),
            env_var: self.env_var_name.patch(f, "envVarName", |f, text| f.take("envVarName", text.parse())),
            fields: self
                .field_definitions
                .patch(f, "fieldDefinitions", |f, texts| list(f, "fieldDefinitions", &texts)),
            public_names: self
                .public_names
                .patch(f, "publicNames", |f, texts| list(f, "publicNames", &texts)),
            description: prose_patch(f, "description", self.description),
            icon: self.icon_slug.patch(f, "iconSlug", |f, text| f.take("iconSlug", text.parse())),
            color: self.color.patch(f, "color", |f, text| f.take("color", text.parse())),
            seen: None,
        };
        Ok(fields.finish(Some(patch))?)
    }
}

fn key_type(fields: &mut Fields, text: &str) -> Option<KeyType> {
    KeyType::from_text(text).or_else(|| refuse(fields, "keyType", "Choose simple or group."))
}
