//! The API reference for people.

use poem::Endpoint;

use super::html::obeys_csp;
use crate::{Call, World, world::document};

const COLD: usize = 60 * 1024;

#[tokio::test]
async fn the_reference_shows_every_operation_and_object_to_anybody() {
    let world = World::new();
    let reply = world.send(Call::get("/api/docs")).await.ok(200);
    assert_eq!(reply.header("content-type"), "text/html; charset=utf-8");
    assert_eq!(reply.header("cache-control"), "public, max-age=3600");
    obeys_csp(&reply.text);
    let anchors: Vec<_> =
        reply.text.split("id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let mut operations = 0;
    for (path, methods) in document()["paths"].as_object().unwrap() {
        for operation in methods.as_object().unwrap().values() {
            let id = operation["operationId"].as_str().unwrap();
            assert_eq!(anchors.iter().filter(|anchor| **anchor == id).count(), 1, "{id}");
            assert!(reply.text.contains(&format!("<code class=\"path\">{path}</code>")), "{path}");
            operations += 1;
        }
    }
    assert_eq!(reply.text.matches("<article class=\"operation\"").count(), operations);
    // Whatever is linked within the page is there.
    for target in reply.text.split("href=\"#").skip(1).filter_map(|rest| rest.split('"').next()) {
        assert!(anchors.contains(&target), "#{target} leads nowhere");
    }
    let tag = reply.header("etag").to_owned();
    world.send(Call::get("/api/docs").header("if-none-match", tag)).await.ok(304);
}

#[tokio::test]
async fn the_reference_is_light_with_all_it_loads() {
    let world = World::new();
    let page = world.send(Call::get("/api/docs")).await.ok(200).text;
    let assets: Vec<_> = page.split('"').filter(|text| text.starts_with("/assets/")).collect();
    assert_eq!(assets.len(), 4);
    let mut weight = 0;
    for path in ["/api/docs"].iter().chain(&assets) {
        let call = Call::get(*path).header("accept-encoding", "gzip");
        let response = world.app.call(call.into_request(&world.site.public_url)).await.unwrap();
        assert_eq!(response.headers()["content-encoding"], "gzip", "{path}");
        weight += response.into_body().into_bytes().await.unwrap().len();
    }
    assert!(weight <= COLD, "{weight} bytes");
}
