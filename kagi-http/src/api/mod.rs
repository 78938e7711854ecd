//! The REST API.
//!
//! A handler's arguments are read in order, and the first that fails decides the answer. So the
//! caller stands first (authenticate, authorise), then the body (size, content type, parse), and the
//! handler validates and finds. Path parameters are bound by position, not by name.

mod access_keys;
mod account;
mod answer;
mod body;
mod caller;
mod categories;
mod entries;
mod loose;
mod query;
mod secrets;
mod sessions;
mod sign_in;
mod view;

use std::collections::HashMap;

use poem_openapi::OpenApi;

use crate::{
    guard::limit,
    route::{Methods, Routes},
};

/// How large a body a path takes.
fn limit_of(path: &str) -> usize {
    match path {
        "/auth/sign-in/email" | "/auth/sign-up/email" | "/auth/sign-out" | "/account/reauth" => limit::SMALL,
        "/account/password" => limit::PASSWORDS,
        _ => limit::USUAL,
    }
}

/// Adds every operation, under `/api`.
pub(crate) fn routes(routes: Routes) -> Routes {
    let api = (
        categories::Api,
        entries::Api,
        access_keys::Api,
        sign_in::Api,
        account::Api,
        sessions::Api,
        secrets::Api,
    );
    let mut table = HashMap::new();
    api.add_routes(&mut table);
    table.into_iter().fold(routes, |routes, (path, endpoints)| {
        let methods = Methods::new().limit(limit_of(&path));
        let on = |methods: Methods, (method, endpoint)| methods.on(method, endpoint);
        routes.at(&format!("/api{path}"), endpoints.into_iter().fold(methods, on))
    })
}

#[cfg(test)]
mod tests {
    use poem_openapi::OpenApiService;
    use serde_json::Value;

    /// Every operation describes itself, with its body and its answers. Whoever adds one adds it
    /// here, and to the access matrix of `tests/http/access.rs`.
    #[test]
    fn operations_describe_themselves() {
        let api = (
            super::categories::Api,
            super::entries::Api,
            super::access_keys::Api,
            super::sign_in::Api,
            super::account::Api,
            super::sessions::Api,
            super::secrets::Api,
        );
        let spec: Value = serde_json::from_str(&OpenApiService::new(api, "Kagi", "0").spec()).unwrap();
        let mut found = Vec::new();
        for (path, methods) in spec["paths"].as_object().unwrap() {
            for (method, operation) in methods.as_object().unwrap() {
                let body = if operation["requestBody"].is_object() { " +body" } else { "" };
                let answers = operation["responses"].as_object().unwrap();
                let answers: Vec<_> = answers.keys().map(String::as_str).collect();
                found.push(format!("{method} {path}{body} -> {}", answers.join(" ")));
            }
        }
        found.sort();
        let expected = [
            "delete /access-keys/{id} -> 204 default",
            "delete /account -> 204 default",
            "delete /account/data -> 204 default",
            "delete /account/sessions -> 204 default",
            "delete /account/sessions/{id} -> 204 default",
            "delete /categories/{id} -> 204 default",
            "delete /entries/{id} -> 204 default",
            "get /access-keys -> 200 default",
            "get /account -> 200 default",
            "get /account/sessions -> 200 default",
            "get /auth/session -> 200 default",
            "get /categories -> 200 default",
            "get /categories/{id} -> 200 default",
            "get /entries -> 200 default",
            "get /entries/project-names -> 200 default",
            "get /entries/{id} -> 200 default",
            "post /access-keys +body -> 201 default",
            "post /account/reauth +body -> 204 default",
            "post /auth/sign-in/email +body -> 200 default",
            "post /auth/sign-out -> 204 default",
            "post /auth/sign-up/email +body -> 201 default",
            "post /categories +body -> 201 default",
            "post /entries +body -> 201 default",
            "post /entries/{id}/reveal -> 200 default",
            "post /secrets/generate +body -> 200 default",
            "put /account +body -> 200 default",
            "put /account/password +body -> 204 default",
            "put /categories/{id} +body -> 200 default",
            "put /entries/{id} +body -> 200 default",
        ];
        assert_eq!(found, expected);
        let schemas = spec["components"]["schemas"].as_object().unwrap();
        assert_eq!(schemas["EntryInput"]["properties"]["projectName"]["type"], "string");
        assert_eq!(schemas["Category"]["properties"]["description"]["nullable"], true);
        assert!(schemas["Category"]["required"].as_array().unwrap().contains(&"entryCount".into()));
    }
}
