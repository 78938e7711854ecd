//! Query parameters. Those that an operation does not know are ignored.

use kagi_domain::{
    fields::{Fields, Invalid},
    paging::{Cursor, InvalidLimit, PageLimit, PageRequest},
};
use poem::{Request, RequestBody};
use poem_openapi::{
    ApiExtractor, ApiExtractorType, ExtractParamOptions,
    registry::{MetaParamIn, MetaSchemaRef},
    types::Type,
};

use crate::problem::Problem;

/// One parameter: a text, if it is there.
pub(crate) struct Asked(pub(crate) Option<String>);

impl<'a> ApiExtractor<'a> for Asked {
    const TYPES: &'static [ApiExtractorType] = &[ApiExtractorType::Parameter];

    type ParamType = String;
    type ParamRawType = String;

    fn param_in() -> Option<MetaParamIn> {
        Some(MetaParamIn::Query)
    }

    fn param_schema_ref() -> Option<MetaSchemaRef> {
        Some(String::schema_ref())
    }

    async fn from_request(
        request: &'a Request,
        _: &mut RequestBody,
        options: ExtractParamOptions<String>,
    ) -> poem::Result<Self> {
        let pairs: Vec<(String, String)> = request.params().unwrap_or_default();
        let mut values = pairs.into_iter().filter(|(key, _)| key == options.name).map(|(_, value)| value);
        let value = values.next();
        if values.next().is_some() {
            return Err(invalid(options.name, "Give this once."));
        }
        // Decoding puts U+FFFD where the bytes are not UTF-8.
        if value.as_ref().is_some_and(|value| value.contains(['\0', '\u{fffd}'])) {
            return Err(invalid(options.name, "Give a UTF-8 text without NUL."));
        }
        Ok(Self(value))
    }
}

fn invalid(name: &str, message: &str) -> poem::Error {
    Problem::from(Invalid::field(name, message)).into()
}

/// Reads which page is wanted.
pub(crate) fn page(fields: &mut Fields, limit: &Asked, cursor: &Asked) -> Option<PageRequest> {
    let limit = match limit.0.as_deref() {
        None => Some(PageLimit::default()),
        Some(text) => {
            let rows = text.parse().map_err(|_| InvalidLimit).and_then(PageLimit::new);
            fields.take("limit", rows)
        }
    };
    let after = cursor.0.as_deref().and_then(|text| fields.take("cursor", Cursor::decode(text)));
    Some(PageRequest { limit: limit?, after })
}
