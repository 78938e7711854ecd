//! The REST API.
//!
//! A handler's arguments are read in order, and the first that fails decides the answer. So the
//! caller stands first (authenticate, authorise), then the body (size, content type, parse), and the
//! handler validates and finds. Path parameters are bound by position, not by name.

mod access_keys;
mod account;
mod ai;
mod answer;
mod body;
mod caller;
mod categories;
mod entries;
mod entry_versions;
mod env_file_versions;
mod env_files;
mod env_projects;
mod export;
mod import;
mod loose;
mod number;
mod overview;
mod plain;
mod query;
mod recovery_sets;
mod reference;
mod render;
mod secrets;
mod sessions;
mod sign_in;
mod view;

pub(crate) use export::Attachment;
pub(crate) use number::Number;

use std::collections::HashMap;

use poem_openapi::OpenApi;
use serde_json::Value;

use crate::{
    guard::limit,
    openapi::{self, Published},
    route::{Methods, Routes},
    site::Site,
};

/// How large a body a path takes.
fn limit_of(path: &str) -> usize {
    match path {
        "/auth/sign-in/email" | "/auth/sign-up/email" | "/auth/sign-out" | "/account/reauth" => limit::SMALL,
        "/account/password" => limit::PASSWORDS,
        _ => limit::USUAL,
    }
}

/// Every operation.
fn apis(reference: Published) -> impl OpenApi {
    (
        categories::Api,
        entries::Api,
        entry_versions::Api,
        recovery_sets::Api,
        (env_projects::Api, env_files::Api, env_file_versions::Api, render::Api, import::Api),
        access_keys::Api,
        sign_in::Api,
        account::Api,
        sessions::Api,
        secrets::Api,
        ai::Api,
        overview::Api,
        reference::Api(reference),
    )
}

/// Adds every operation, under `/api`.
pub(crate) fn routes(routes: Routes, site: &Site) -> Routes {
    let mut table = HashMap::new();
    apis(Published::new(site)).add_routes(&mut table);
    table.into_iter().fold(routes, |routes, (path, endpoints)| {
        let methods = Methods::new().limit(limit_of(&path));
        let on = |methods: Methods, (method, endpoint)| methods.on(method, endpoint);
        routes.at(&format!("/api{path}"), endpoints.into_iter().fold(methods, on))
    })
}

/// The OpenAPI document of every operation.
pub(crate) fn document(published: &Published) -> Value {
    openapi::describe(&apis(published.clone()), published.url(), published.version())
}

#[cfg(test)]
mod tests {
    use poem_openapi::registry::MetaApi;

    use super::*;
    use crate::problem::Code;

    fn published() -> Published {
        Published::at("https://kagi.example".parse().unwrap(), "0".to_owned())
    }

    /// Whoever adds an operation adds it here, and to the table of `kagi-tests` (`tests/src/operations`), from
    /// which the access matrix and the search for canaries call it.
    #[test]
    fn these_are_the_operations() {
        let document = document(&published());
        let mut found = Vec::new();
        for (path, methods) in document["paths"].as_object().unwrap() {
            for (method, operation) in methods.as_object().unwrap() {
                let body = if operation["requestBody"].is_object() { " +body" } else { "" };
                let answers = operation["responses"].as_object().unwrap().keys();
                let good: Vec<_> =
                    answers.map(String::as_str).filter(|status| status.starts_with('2')).collect();
                found.push(format!("{method} {path}{body} -> {}", good.join(" ")));
            }
        }
        found.sort();
        let expected = [
            "delete /2fa/{id} -> 204",
            "delete /access-keys/{id} -> 204",
            "delete /account -> 204",
            "delete /account/data -> 204",
            "delete /account/sessions -> 204",
            "delete /account/sessions/{id} -> 204",
            "delete /categories/{id} -> 204",
            "delete /entries/{id} -> 204",
            "delete /entries/{id}/versions/{number} -> 204",
            "delete /envs/{id} -> 204",
            "delete /envs/{id}/files/{fileId} -> 204",
            "delete /envs/{id}/files/{fileId}/versions/{number} -> 204",
            "get /2fa -> 200",
            "get /2fa/{id} -> 200",
            "get /access-keys -> 200",
            "get /account -> 200",
            "get /account/sessions -> 200",
            "get /audit -> 200",
            "get /auth/session -> 200",
            "get /categories -> 200",
            "get /categories/{id} -> 200",
            "get /docs -> 200",
            "get /entries -> 200",
            "get /entries/project-names -> 200",
            "get /entries/{id} -> 200",
            "get /entries/{id}/versions -> 200",
            "get /envs -> 200",
            "get /envs/{id} -> 200",
            "get /envs/{id}/files -> 200",
            "get /envs/{id}/files/{fileId}/versions -> 200",
            "get /export -> 200",
            "get /openapi -> 200",
            "get /stats -> 200",
            "post /2fa +body -> 201",
            "post /2fa/{id}/codes/{index}/unuse -> 200",
            "post /2fa/{id}/reveal +body -> 200",
            "post /access-keys +body -> 201",
            "post /account/reauth +body -> 204",
            "post /ai/context +body -> 200",
            "post /ai/extract +body -> 200",
            "post /auth/sign-in/email +body -> 200",
            "post /auth/sign-out -> 200",
            "post /auth/sign-up/email +body -> 201",
            "post /categories +body -> 201",
            "post /entries +body -> 201",
            "post /entries/{id}/reveal -> 200",
            "post /entries/{id}/versions/{number}/restore -> 200",
            "post /entries/{id}/versions/{number}/reveal -> 200",
            "post /envs +body -> 201",
            "post /envs/{id}/files +body -> 200 201",
            "post /envs/{id}/files/{fileId}/reveal -> 200",
            "post /envs/{id}/files/{fileId}/versions/{number}/restore -> 200",
            "post /envs/{id}/files/{fileId}/versions/{number}/reveal -> 200",
            "post /import +body -> 201",
            "post /import/preview +body -> 200",
            "post /render +body -> 200",
            "post /secrets/generate +body -> 200",
            "put /2fa/{id} +body -> 200",
            "put /account +body -> 200",
            "put /account/password +body -> 200",
            "put /categories/{id} +body -> 200",
            "put /entries/{id} +body -> 200",
            "put /envs/{id} +body -> 200",
        ];
        assert_eq!(found, expected);
    }

    /// A code that is misspelt would silently be missing from the document.
    #[test]
    fn handlers_name_codes_that_there_are() {
        fn metas<A: OpenApi>(_: &A) -> Vec<MetaApi> {
            A::meta()
        }
        let apis = metas(&apis(published()));
        for operation in apis.iter().flat_map(|api| &api.paths).flat_map(|path| &path.operations) {
            let paragraphs = operation.description.unwrap_or_default().split("\n\n");
            for paragraph in paragraphs.filter(|text| text.trim().starts_with("Errors:")) {
                for code in paragraph.split('`').skip(1).step_by(2) {
                    let known = Code::ALL.iter().any(|own| own.as_str() == code);
                    assert!(known, "{:?} names the error {code}", operation.operation_id);
                }
            }
        }
    }
}
