//! `/secrets`: fresh secrets for whoever has a credential, whatever its scopes. Nothing of the vault
//! is touched, and nothing recorded.

use poem_openapi::OpenApi;

use super::{
    answer::{Answer, Shown},
    body::{Body, Input},
    caller::Caller,
    view::GeneratedView,
};
use crate::draft::RecipeDraft;

#[derive(Clone)]
pub(super) struct Api;

impl Input for RecipeDraft {
    const REQUIRED: &'static [&'static str] = &["format", "bytes"];
}

#[OpenApi]
impl Api {
    /// Makes a fresh secret.
    ///
    /// It is kept nowhere.
    #[oai(path = "/secrets/generate", method = "post", operation_id = "generateSecret")]
    #[expect(clippy::unused_async, reason = "the framework calls it so")]
    async fn generate(&self, caller: Caller, body: Body<RecipeDraft>) -> Answer<Shown<GeneratedView>> {
        let recipe = body.0.into_recipe()?;
        Ok(Shown(caller.kagi().generate(recipe).into()))
    }
}
