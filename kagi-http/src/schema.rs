//! Objects of the API with their schemas, from one declaration.
//!
//! The framework's own derive reads input through a tree of values, which copies secrets, and asks of
//! everything that is shown that it can be read back.

use poem_openapi::registry::{MetaSchema, MetaSchemaRef};

/// An object that is read from a JSON body: every field may be missing, unknown ones are refused.
macro_rules! input {
    ($(#[doc = $about:literal])+ $vis:vis struct $name:ident as $title:literal {
        $($(#[doc = $doc:literal])+ $field_vis:vis $field:ident: $kind:ty = $json:literal,)+
    }) => {
        $(#[doc = $about])+
        #[derive(Default, serde::Deserialize)]
        #[serde(default, deny_unknown_fields)]
        $vis struct $name {
            $($(#[doc = $doc])+ #[serde(rename = $json)] $field_vis $field: $kind,)+
        }

        $crate::schema::described!($name $title [$($about)+] [] $($json $kind [$($doc)+])+);
    };
}

/// An object that is shown: every field is there, `null` where there is nothing.
macro_rules! view {
    ($(#[doc = $about:literal])+ $vis:vis struct $name:ident as $title:literal {
        $($(#[doc = $doc:literal])+ $field:ident: $kind:ty = $json:literal,)+
    }) => {
        $(#[doc = $about])+
        #[derive(serde::Serialize)]
        $vis struct $name {
            $($(#[doc = $doc])+ #[serde(rename = $json)] $field: $kind,)+
        }

        $crate::schema::described!($name $title [$($about)+] [$($json),+] $($json $kind [$($doc)+])+);
    };
}

macro_rules! described {
    ($name:ident $title:literal [$($about:literal)+] [$($required:literal),*] $($json:literal $kind:ty [$($doc:literal)+])+) => {
        impl poem_openapi::types::Type for $name {
            const IS_REQUIRED: bool = true;

            type RawValueType = Self;
            type RawElementValueType = Self;

            fn name() -> std::borrow::Cow<'static, str> {
                $title.into()
            }

            fn schema_ref() -> poem_openapi::registry::MetaSchemaRef {
                poem_openapi::registry::MetaSchemaRef::Reference($title.to_owned())
            }

            fn register(registry: &mut poem_openapi::registry::Registry) {
                registry.create_schema::<Self, _>($title.to_owned(), |registry| {
                    $(<$kind as poem_openapi::types::Type>::register(registry);)+
                    poem_openapi::registry::MetaSchema {
                        description: Some(concat!($($about),+).trim_ascii_start()),
                        required: vec![$($required),*],
                        properties: vec![$(($json, $crate::schema::property::<$kind>(concat!($($doc),+)))),+],
                        ..poem_openapi::registry::MetaSchema::new("object")
                    }
                });
            }

            fn as_raw_value(&self) -> Option<&Self> {
                Some(self)
            }

            fn raw_element_iter<'a>(&'a self) -> Box<dyn Iterator<Item = &'a Self> + 'a> {
                Box::new(std::iter::once(self))
            }
        }
    };
}

pub(crate) use {described, input, view};

/// A property's schema: described, and `null` where it may be missing.
pub(crate) fn property<T: poem_openapi::types::Type>(about: &'static str) -> MetaSchemaRef {
    let more = MetaSchema {
        description: Some(about.trim_ascii_start()),
        nullable: !T::IS_REQUIRED,
        ..MetaSchema::ANY
    };
    T::schema_ref().merge(more)
}
