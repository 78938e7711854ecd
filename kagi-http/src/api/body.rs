//! JSON bodies. Whatever is wrong with one, the answer is a fixed sentence: parsers quote their input.

use std::{fmt, marker::PhantomData};

use poem::{FromRequest, Request, RequestBody, http::header::CONTENT_TYPE};
use poem_openapi::{
    ApiExtractor, ApiExtractorType, ExtractParamOptions,
    registry::{MetaMediaType, MetaRequest, MetaSchema, MetaSchemaRef, Registry},
    types::Type,
};
use serde::{
    Deserialize, Deserializer,
    de::{DeserializeOwned, MapAccess, Visitor, value::MapAccessDeserializer},
};

use crate::{
    body::{collect, invalid},
    context::Context,
    problem::Problem,
};

const JSON: &str = "application/json";

/// What a body may be read into.
pub(crate) trait Input: DeserializeOwned + Type {
    /// What must be there when something is made from it.
    const REQUIRED: &'static [&'static str];
    /// What can be changed but not cleared, beside those.
    const NEVER_NULL: &'static [&'static str] = &[];
    /// What cannot be changed.
    const FIXED: &'static [&'static str] = &[];
}

/// A body to make something from.
pub(crate) struct Body<T>(pub(crate) T);

/// A body to change something with: nothing has to be there.
pub(crate) struct Change<T>(pub(crate) T);

/// A body that may be left out, which says the same as one that names nothing.
pub(crate) struct MaybeBody<T>(pub(crate) T);

/// No body, or one that says nothing: an empty one of whatever type, or `{}`. A field has no meaning here and
/// is refused as it is where others have one, before anything happens.
pub(crate) struct NoBody;

impl<'a, T: Input> ApiExtractor<'a> for Body<T> {
    const TYPES: &'static [ApiExtractorType] = &[ApiExtractorType::RequestObject];
    const PARAM_IS_REQUIRED: bool = true;

    type ParamType = ();
    type ParamRawType = ();

    fn register(registry: &mut Registry) {
        T::register(registry);
        if let Some(schema) = registry.schemas.get_mut(&*T::name()) {
            schema.required = T::REQUIRED.to_vec();
            require(schema, T::REQUIRED);
        }
    }

    fn request_meta() -> Option<MetaRequest> {
        Some(request_meta(T::schema_ref(), true))
    }

    async fn from_request(
        request: &'a Request,
        body: &mut RequestBody,
        _: ExtractParamOptions<()>,
    ) -> poem::Result<Self> {
        Ok(Self(read(request, body).await?))
    }
}

impl<'a, T: Input> ApiExtractor<'a> for Change<T> {
    const TYPES: &'static [ApiExtractorType] = &[ApiExtractorType::RequestObject];
    const PARAM_IS_REQUIRED: bool = true;

    type ParamType = ();
    type ParamRawType = ();

    fn register(registry: &mut Registry) {
        T::register(registry);
        if let Some(input) = registry.schemas.get(&*T::name()) {
            let mut change = MetaSchema { required: Vec::new(), ..input.clone() };
            change.properties.retain(|(name, _)| !T::FIXED.contains(name));
            require(&mut change, T::REQUIRED);
            require(&mut change, T::NEVER_NULL);
            registry.schemas.insert(change_name::<T>(), change);
        }
    }

    fn request_meta() -> Option<MetaRequest> {
        Some(request_meta(MetaSchemaRef::Reference(change_name::<T>()), true))
    }

    async fn from_request(
        request: &'a Request,
        body: &mut RequestBody,
        _: ExtractParamOptions<()>,
    ) -> poem::Result<Self> {
        Ok(Self(read(request, body).await?))
    }
}

impl<'a, T: Input + Default> ApiExtractor<'a> for MaybeBody<T> {
    const TYPES: &'static [ApiExtractorType] = &[ApiExtractorType::RequestObject];

    type ParamType = ();
    type ParamRawType = ();

    fn register(registry: &mut Registry) {
        T::register(registry);
    }

    fn request_meta() -> Option<MetaRequest> {
        Some(request_meta(T::schema_ref(), false))
    }

    async fn from_request(
        request: &'a Request,
        body: &mut RequestBody,
        _: ExtractParamOptions<()>,
    ) -> poem::Result<Self> {
        let bytes = collect(Context::of(request)?.place(), body).await?;
        if bytes.is_empty() { Ok(Self(T::default())) } else { parse(request, &bytes).map(Self) }
    }
}

/// `CategoryInput` makes a category, `CategoryChange` changes one.
fn change_name<T: Type>() -> String {
    let name = T::name();
    format!("{}Change", name.strip_suffix("Input").unwrap_or(&name))
}

/// Whatever these properties are, they are not `null`.
fn require(schema: &mut MetaSchema, names: &[&str]) {
    let meant = schema.properties.iter_mut().filter(|(name, _)| names.contains(name));
    for (_, property) in meant {
        if let MetaSchemaRef::Inline(property) = property {
            property.nullable = false;
        }
    }
}

impl<'a> FromRequest<'a> for NoBody {
    async fn from_request(request: &'a Request, body: &mut RequestBody) -> poem::Result<Self> {
        let bytes = collect(Context::of(request)?.place(), body).await?;
        if !bytes.is_empty() {
            parse::<NoFields>(request, &bytes)?;
        }
        Ok(Self)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NoFields {}

fn request_meta(schema: MetaSchemaRef, required: bool) -> MetaRequest {
    let content = vec![MetaMediaType { content_type: JSON, schema }];
    MetaRequest { description: None, content, required }
}

async fn read<T: Input>(request: &Request, body: &mut RequestBody) -> poem::Result<T> {
    parse(request, &collect(Context::of(request)?.place(), body).await?)
}

fn parse<T: DeserializeOwned>(request: &Request, bytes: &[u8]) -> poem::Result<T> {
    if !is_json(request) {
        return Err(Problem::unsupported_media_type(JSON).into());
    }
    let text = std::str::from_utf8(bytes).map_err(|_| invalid("The body must be UTF-8 text."))?;
    let Object(input) = serde_json::from_str(text).map_err(|error| explain(&error))?;
    Ok(input)
}

/// A JSON object; a struct by itself would take a list of its fields' values as well.
struct Object<T>(T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Object<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(ObjectVisitor(PhantomData))
    }
}

struct ObjectVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for ObjectVisitor<T> {
    type Value = Object<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, object: A) -> Result<Object<T>, A::Error> {
        T::deserialize(MapAccessDeserializer::new(object)).map(Object)
    }
}

fn is_json(request: &Request) -> bool {
    let header = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let essence = header.and_then(|value| value.split(';').next());
    essence.is_some_and(|essence| essence.trim().eq_ignore_ascii_case(JSON))
}

/// Only the kind of the error is told; its text would quote the body.
fn explain(error: &serde_json::Error) -> Problem {
    if error.is_data() {
        invalid("The body must be a JSON object that names only fields of this operation, each once.")
    } else {
        invalid("The body is not valid JSON.")
    }
}
