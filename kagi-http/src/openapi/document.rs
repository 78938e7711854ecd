//! The whole document.

use poem_openapi::{
    OpenApi,
    registry::{MetaApi, MetaSchemaRef, Registry},
};
use serde_json::{Map, Value, json};

use super::{
    demand::{COOKIE_SCHEME, KEY_SCHEME},
    failure, operation, schema, tag,
};
use crate::{cookie, site::PublicUrl};

const ABOUT: &str = "\
Kagi keeps API keys, environment configurations and recovery codes, encrypted. Values leave only by the operations that are called \
reveal, and each reveal is recorded before its value leaves.

Send an access key as `Authorization: Bearer kagi_…`. Success is `{\"data\": …}`; a list adds `nextCursor`, `null` on its last page. \
Times are RFC 3339 in UTC with milliseconds, ids are UUIDs. An error has a `code` for programs, a sentence for people, and a \
`requestId` that the server's log knows. Every answer carries `X-Request-Id`.

A foreign object and a missing one answer alike. Unknown fields of a body are refused, also where no body is expected: leave it empty, or send `{}`; unknown query parameters are ignored.";

/// The description of these operations, as they are served at an address.
pub(super) fn of<A: OpenApi>(_: &A, url: &PublicUrl, version: &str) -> Value {
    let mut registry = Registry::new();
    A::register(&mut registry);
    let apis = A::meta();
    let mut schemas = schema::all(&registry, &bodies(&apis));
    schemas.extend(failure::schemas());
    let paths = paths(&apis, &schemas);
    let responses = failure::shared();
    let used = json!([paths, responses]);
    json!({
        "openapi": "3.0.3",
        "info": {
            "title": "Kagi",
            "version": version,
            "description": ABOUT,
            "license": {"name": "MIT"},
        },
        "servers": [{"url": format!("{url}/api"), "description": "This installation."}],
        "tags": tag::all(&tags(&paths)),
        "paths": paths,
        "components": {
            "schemas": schema::prune(schemas, &used),
            "responses": responses,
            "securitySchemes": security_schemes(url),
        },
    })
}

/// The names of the schemas of bodies.
fn bodies(apis: &[MetaApi]) -> Vec<&str> {
    let operations = apis.iter().flat_map(|api| &api.paths).flat_map(|path| &path.operations);
    let contents =
        operations.filter_map(|operation| operation.request.as_ref()).flat_map(|body| &body.content);
    let names = contents.filter_map(|media| match &media.schema {
        MetaSchemaRef::Reference(name) => Some(name.as_str()),
        MetaSchemaRef::Inline(_) => None,
    });
    names.collect()
}

fn paths(apis: &[MetaApi], schemas: &Map<String, Value>) -> Map<String, Value> {
    let mut paths = Map::new();
    for path in apis.iter().flat_map(|api| &api.paths) {
        let name = path.path.clone();
        let Some(methods) = paths.entry(name).or_insert_with(|| json!({})).as_object_mut() else { continue };
        for meta in &path.operations {
            let method = meta.method.as_str().to_lowercase();
            methods.insert(method, operation::complete(&path.path, meta, schemas));
        }
    }
    paths
}

fn tags(paths: &Map<String, Value>) -> Vec<&str> {
    let operations = paths.values().filter_map(Value::as_object).flat_map(Map::values);
    operations.filter_map(|operation| operation.get("tags")?.get(0)?.as_str()).collect()
}

fn security_schemes(url: &PublicUrl) -> Value {
    json!({
        KEY_SCHEME: {
            "type": "http",
            "scheme": "bearer",
            "bearerFormat": "kagi_ and 43 characters of base64url",
            "description": "An access key, made under Settings → Access keys. It has scopes, may be limited to projects, and may expire.",
        },
        COOKIE_SCHEME: {
            "type": "apiKey",
            "in": "cookie",
            "name": cookie::name(url),
            "description": "A person's session. It has every scope.",
        },
    })
}
