//! `/access-keys`: for people in a session only.

use kagi_domain::{fields::Fields, ids::AccessKeyId, services::access_keys::AccessKeyError};
use poem_openapi::{OpenApi, param::Path};

use super::{
    answer::{Answer, Done, Listed, Made},
    body::{Body, Input, NoBody},
    caller::{Fresh, InSession},
    query::{Asked, page},
    view::{AccessKeyView, IssuedKeyView},
};
use crate::draft::AccessKeyDraft;

#[derive(Clone)]
pub(super) struct Api;

impl Input for AccessKeyDraft {
    const REQUIRED: &'static [&'static str] = &["name", "scopes"];
}

#[OpenApi]
impl Api {
    /// A page of access keys, newest first.
    #[oai(path = "/access-keys", method = "get", operation_id = "listAccessKeys")]
    async fn list(
        &self,
        person: InSession,
        search: Asked,
        limit: Asked,
        cursor: Asked,
    ) -> Answer<Listed<AccessKeyView>> {
        let mut fields = Fields::new();
        let page = page(&mut fields, &limit, &cursor);
        let page = fields.finish(page)?;
        let found = person.kagi().access_keys().list(&person.actor, search.0.as_deref(), &page).await?;
        Ok(Listed::from(found))
    }

    /// Makes an access key and shows its text, this once.
    ///
    /// Only a digest of it is kept: a lost key is replaced, not found again.
    #[oai(path = "/access-keys", method = "post", operation_id = "createAccessKey")]
    async fn create(&self, person: Fresh, body: Body<AccessKeyDraft>) -> Answer<Made<IssuedKeyView>> {
        let new = body.0.into_new()?;
        Ok(Made(person.kagi().access_keys().create(&person.actor, new).await?.into()))
    }

    /// Revokes an access key.
    ///
    /// The next request with it is refused.
    ///
    /// Errors: `ACCESS_KEY_NOT_FOUND`.
    #[oai(path = "/access-keys/:id", method = "delete", operation_id = "deleteAccessKey")]
    async fn delete(&self, person: InSession, id: Path<String>, _body: NoBody) -> Answer<Done> {
        person.kagi().access_keys().delete(&person.actor, parse(&id)?).await?;
        Ok(Done)
    }
}

/// What is no id is nobody's key.
fn parse(id: &str) -> Result<AccessKeyId, AccessKeyError> {
    id.parse().map_err(|_| AccessKeyError::NotFound)
}
