//! The number of a version in a path.

use poem::{Request, RequestBody};
use poem_openapi::{
    ApiExtractor, ApiExtractorType, ExtractParamOptions,
    registry::{MetaParamIn, MetaSchema, MetaSchemaRef},
};

/// A version's number. Versions count from 1; whatever is not a number, or is spelled in another way
/// than the API's, is 0: a version that is never there, and is answered like one.
pub(crate) struct Number(pub(crate) u32);

impl Number {
    fn read(text: &str) -> Self {
        Self(text.parse().ok().filter(|number: &u32| number.to_string() == text).unwrap_or(0))
    }
}

impl<'a> ApiExtractor<'a> for Number {
    const TYPES: &'static [ApiExtractorType] = &[ApiExtractorType::Parameter];
    const PARAM_IS_REQUIRED: bool = true;

    type ParamType = u32;
    type ParamRawType = u32;

    fn param_in() -> Option<MetaParamIn> {
        Some(MetaParamIn::Path)
    }

    fn param_schema_ref() -> Option<MetaSchemaRef> {
        let schema = MetaSchema { minimum: Some(1.0), ..MetaSchema::new_with_format("integer", "int64") };
        Some(MetaSchemaRef::Inline(Box::new(schema)))
    }

    async fn from_request(
        request: &'a Request,
        _: &mut RequestBody,
        options: ExtractParamOptions<u32>,
    ) -> poem::Result<Self> {
        Ok(Self::read(request.raw_path_param(options.name).unwrap_or_default()))
    }
}

#[cfg(test)]
mod tests {
    use super::Number;

    #[test]
    fn a_number_has_one_spelling() {
        assert_eq!(Number::read("1").0, 1);
        assert_eq!(Number::read("4294967295").0, u32::MAX);
        for text in ["", "0", "01", "+1", "-1", " 1", "1.0", "1e3", "x", "4294967296", "１"] {
            assert_eq!(Number::read(text).0, 0, "{text}");
        }
    }
}
