//! Pages stay light.

use kagi_http::brand::BRANDS;
use poem::Endpoint;
use serde_json::json;

use super::form;
use crate::{Call, World};

const COLD: usize = 60 * 1024;
const WARM: usize = 15 * 1024;

/// The bytes of an answer as a browser gets it, headers included.
async fn weigh(world: &World, token: &str, path: &str) -> usize {
    let call = world.with(token, Call::get(path)).header("accept-encoding", "gzip, deflate, br");
    let response = world.app.call(call.into_request(&world.site.public_url)).await.unwrap();
    assert_eq!(response.status().as_u16(), 200, "{path}");
    let headers: usize =
        response.headers().iter().map(|(name, value)| name.as_str().len() + value.len() + 4).sum();
    headers + response.into_body().into_bytes().await.unwrap().len()
}

#[tokio::test]
async fn pages_are_light_cold_and_warm() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    // More than a page of each list, each with an icon of its own and texts of a usual length.
    let mut first = String::new();
    for (brand, number) in BRANDS.iter().zip(0..60) {
        let about = format!("What the {} account number {number} is used for, and by whom.", brand.name);
        let fields = [
            format!("{}_KEY_{number}", brand.slug.to_uppercase()),
            format!("{}_SECRET_{number}", brand.slug.to_uppercase()),
        ];
        let body = json!({"name": format!("{} {number}", brand.name), "keyType": "group", "fieldDefinitions": fields, "iconSlug": brand.slug, "description": about});
        let id = world.send_as(&ada, Call::post("/api/categories").json(&body)).await.ok(201).id();
        first = if first.is_empty() { id } else { first };
        let value = json!({format!("{}_KEY_0", BRANDS[0].slug.to_uppercase()): "a", format!("{}_SECRET_0", BRANDS[0].slug.to_uppercase()): "b"});
        let entry = json!({"categoryId": first, "projectName": format!("Project number {number}"), "value": value, "description": about, "notes": about, "expiresAt": "2026-12-01T00:00:00Z"});
        world.send_as(&ada, Call::post("/api/entries").json(&entry)).await.ok(201);
    }
    let category = world.category(&ada, "Changed often").await;
    let often = world.entry(&ada, &category, "Blog", "first".into()).await;
    for number in 0..100 {
        let save =
            Call::new("PUT", format!("/api/entries/{often}")).json(&json!({"value": format!("{number}")}));
        world.send_as(&ada, save).await.ok(200);
    }
    let mut set = String::new();
    for n in 0..30 {
        let codes: Vec<_> = (0..100).map(|code| format!("{n}-{code}")).collect();
        let codes: Vec<_> = codes.iter().map(String::as_str).collect();
        set = world.recovery_set(&ada, &format!("Service number {n}"), &codes).await;
    }
    let project = env_files(&world, &ada).await;
    let page = world.page(&ada, "/keys").await;
    let assets = page.split(['"']).filter(|text| text.starts_with("/assets/"));
    let mut shared = 0;
    for asset in assets {
        shared += weigh(&world, &ada, asset).await;
    }
    for path in [
        "/",
        "/palette",
        "/palette?search=a",
        "/projects?name=Blog",
        "/keys",
        "/keys/new",
        "/keys/new?search=a",
        "/keys/new?service=firebase",
        &format!("/keys/{first}"),
        &format!("/keys/{first}/edit"),
        &format!("/keys/{first}/entries/new"),
        &format!("/entries/{often}/history"),
        "/envs",
        "/envs/new",
        &project,
        &format!("{project}/files/env.local"),
        &format!("{project}/files/env/history"),
        "/2fa",
        &format!("/2fa/{set}"),
        &format!("/2fa/{set}/edit"),
        "/2fa/new",
        "/settings/sessions",
        "/settings/activity",
        "/settings/encryption",
        "/settings/delete/data",
        "/settings/access-keys",
        "/settings/access-keys/new",
    ] {
        let warm = weigh(&world, &ada, path).await;
        assert!(warm <= WARM && warm + shared <= COLD, "{path}: {warm} warm, {} cold", warm + shared);
    }
    // The reference is the same for everybody until the next release, so a browser asks whether it is.
    let cold = weigh(&world, &ada, "/api/docs").await + shared;
    assert!(cold <= COLD, "/api/docs: {cold} cold");
    let page = world.look(&ada, "/api/docs").await;
    let again = Call::get("/api/docs").header("if-none-match", page.header("etag"));
    world.send_as(&ada, again).await.ok(304);
}

/// Forty projects, the last of them with a file that was saved often; gives its address.
async fn env_files(world: &World, token: &str) -> String {
    let mut last = String::new();
    for number in 0..40 {
        let about = format!("What project number {number} is about, and who works on it.");
        let name = format!("Env project number {number}");
        let new = form("/envs/new", &[("name", &name), ("description", &about)]);
        last = world.send_as(token, new).await.header("location").to_owned();
    }
    for version in 0..100 {
        let (base, text) = (version.to_string(), format!("A={version}\n"));
        let save = form(format!("{last}/files/env/save"), &[("baseVersion", &base), ("content", &text)]);
        world.send_as(token, save).await.ok(303);
    }
    last
}

#[tokio::test]
async fn assets_are_kept_for_good_under_their_hash() {
    let world = World::new();
    let page = world.send(Call::get("/setup")).await.ok(200).text;
    let path = page.split('"').find(|text| text.ends_with("/app.css")).unwrap();
    let reply = world.send(Call::get(path)).await.ok(200);
    assert_eq!(reply.header("cache-control"), "public, max-age=31536000, immutable");
    assert_eq!(reply.header("vary"), "accept-encoding");
    assert!(!reply.text.contains("http"), "nothing from other hosts");
    let other = world.send(Call::get("/assets/0000000000000000/app.css")).await.ok(200);
    assert_eq!(other.header("cache-control"), "no-cache");
    assert_eq!(world.send(Call::get(path.replace("app.css", "main.css"))).await.status.as_u16(), 404);
    assert_eq!(world.send(Call::get("/setup")).await.header("cache-control"), "no-store");
}
