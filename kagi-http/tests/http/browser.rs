//! What protects people in browsers: hosts, origins, headers.

use kagi_domain::{
    Policy,
    access::{ProjectLimit, Scope},
};
use kagi_http::Site;
use kagi_tests::operations::OPERATIONS;
use serde_json::json;

use crate::{
    Call, World,
    call::Reply,
    world::{site, things},
};

const CSP: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; \
                   connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Panics where an answer lacks a header that all have. Every answer of these tests is held to it.
pub(crate) fn has_headers(site: &Site, reply: &Reply) {
    let https = site.public_url.is_https();
    let referrer = if https || !site.insecure_http { "no-referrer" } else { "same-origin" };
    for (name, value) in [
        ("content-security-policy", CSP),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", referrer),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
    ] {
        assert_eq!(reply.header(name), value, "{} {}", reply.status, reply.text);
        assert_eq!(reply.headers.get_all(name).iter().count(), 1);
    }
    assert_eq!(reply.header("strict-transport-security").starts_with("max-age="), https);
    assert!(!reply.header("cache-control").is_empty());
    assert_eq!(reply.header("x-request-id").len(), 36);
    assert!(reply.headers.keys().all(|name| !name.as_str().starts_with("access-control-")));
}

#[tokio::test]
async fn every_answer_has_its_headers_errors_included() {
    for url in ["https://kagi.example", "http://127.0.0.1:3000"] {
        let world = World::at(site(url, &[]), Policy::default());
        let ada = world.person("ada@example.com").await;
        let category = world.category(&ada, "One").await;
        let large = vec![b'x'; 3 * 1024 * 1024];
        let calls = [
            (200, world.with(&ada, Call::get("/api/categories"))),
            (200, Call::get("/livez")),
            (200, Call::get("/readyz")),
            (200, Call::get("/api/auth/session")),
            (204, world.with(&ada, Call::new("DELETE", format!("/api/categories/{category}")))),
            (400, world.with(&ada, Call::post("/api/categories").text("{"))),
            (401, Call::get("/api/categories")),
            (403, world.with(&ada, Call::post("/api/categories")).header("sec-fetch-site", "cross-site")),
            (404, Call::get("/api/nothing")),
            (404, Call::get("/nothing")),
            (404, Call::get("/metrics")),
            (405, Call::post("/livez")),
            (200, Call::new("HEAD", "/sign-in")),
            (200, Call::get("/assets/0/app.js")),
            (404, Call::get("/assets/0/nothing.js")),
            (405, Call::new("PATCH", "/api/categories")),
            (413, world.with(&ada, Call::post("/api/categories").text(large))),
            (415, world.with(&ada, Call::post("/api/categories").body("x"))),
            (421, Call::get("/api/categories").header("host", "evil.example")),
        ];
        for (status, call) in calls {
            let reply = world.send(call.header("origin", url).header("x-request-id", "mine")).await;
            has_headers(&world.site, &reply.ok(status));
        }
        world.storage.set_unavailable(true);
        let reply = world.send_as(&ada, Call::get("/api/categories")).await.ok(503);
        has_headers(&world.site, &reply);
    }
}

#[tokio::test]
async fn only_our_own_hosts_are_answered() {
    let public = World::new();
    let local = World::at(site("http://127.0.0.1:3000", &[]), Policy::default());
    let table = [
        (&public, "kagi.example", true),
        (&public, "KAGI.example", true),
        (&public, "kagi.example:443", true),
        (&public, "kagi.example:444", false),
        (&public, "kagi.example.", false),
        (&public, "kagi.example.evil.example", false),
        (&public, "evil.example", false),
        (&public, "user@kagi.example", false),
        (&public, "evil.example@kagi.example", false),
        (&public, "kagi.example, evil.example", false),
        (&public, "", false),
        (&public, "localhost:3000", true),
        (&public, "127.0.0.1", true),
        (&public, "[::1]:3000", true),
        (&public, "localhost.evil.example", false),
        (&public, "127.0.0.1.nip.example", false),
        (&public, "192.0.2.1", false),
        (&local, "127.0.0.1:3000", true),
        (&local, "localhost:9999", true),
        (&local, "kagi.example", false),
    ];
    for (world, host, passes) in table {
        let reply = world.send(Call::get("/api/auth/session").header("host", host)).await;
        if passes {
            reply.ok(200);
        } else {
            reply.is(421, "MISDIRECTED_REQUEST");
        }
        for probe in ["/livez", "/readyz"] {
            world.send(Call::get(probe).header("host", host)).await.ok(200);
        }
    }
    public.send(Call::get("/api/auth/session").without_host()).await.is(421, "MISDIRECTED_REQUEST");
    let twice = Call::get("/api/auth/session").header("host", "kagi.example").header("host", "evil.example");
    public.send(twice).await.is(421, "MISDIRECTED_REQUEST");
    let both = Call::get("http://evil.example/api/auth/session").header("host", "kagi.example");
    public.send(both).await.is(421, "MISDIRECTED_REQUEST");
    public.send(Call::get("/livez/x").header("host", "evil.example")).await.ok(421);
}

#[tokio::test]
async fn unsafe_requests_from_other_sites_change_nothing() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    let key = world.key(&ada, &[Scope::CategoriesWrite], ProjectLimit::All).await;
    let own = "https://kagi.example";
    // Sec-Fetch-Site, Origin, with a key; and whether it passes.
    let table: [(&[&str], &[&str], bool, bool); 22] = [
        (&["same-origin"], &[], false, true),
        (&["none"], &[], false, true),
        (&["same-site"], &[], false, false),
        (&["cross-site"], &[], false, false),
        (&["same-site"], &[own], false, false),
        (&["cross-site"], &[own], false, false),
        (&["Same-Origin"], &[], false, false),
        (&[""], &[own], false, false),
        (&["same-origin", "cross-site"], &[], false, false),
        (&["same-origin, cross-site"], &[], false, false),
        (&["\u{ff}"], &[], false, false),
        (&["same-origin"], &["https://evil.example"], false, true),
        (&[], &[own], false, true),
        (&[], &["https://evil.example"], false, false),
        (&[], &["null"], false, false),
        (&[], &["http://kagi.example"], false, false),
        (&[], &["https://kagi.example:8443"], false, false),
        (&[], &["https://kagi.example.evil.example"], false, false),
        (&[], &[own, "https://evil.example"], false, false),
        (&[], &[""], false, false),
        (&[], &[], false, true),
        (&["cross-site"], &["https://evil.example"], true, true),
    ];
    let mut made = 0;
    for (number, (fetch, origin, with_key, passes)) in table.into_iter().enumerate() {
        let body = json!({"name": format!("n{number}"), "keyType": "simple", "envVarName": "X"});
        let mut call = world.with(&ada, Call::post("/api/categories").json(&body));
        for value in fetch {
            call = call.header("sec-fetch-site", value);
        }
        for value in origin {
            call = call.header("origin", value);
        }
        if with_key {
            call = call.key(key.expose());
        }
        let reply = world.send(call).await;
        if passes {
            made += 1;
            reply.ok(201);
        } else {
            assert_eq!(reply.status, 403, "case {number}");
            reply.is(403, "CSRF_REJECTED");
        }
    }
    let listed = world.send_as(&ada, Call::get("/api/categories")).await.ok(200).data();
    assert_eq!(listed.as_array().unwrap().len(), made);
}

/// Every unsafe operation of the document, and with it whatever it would have changed: a recovery code
/// is not used up.
#[tokio::test]
async fn every_unsafe_operation_refuses_other_sites() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    let ids = world.furnish(&ada).await;
    let things = things(&ids);
    let before = world.storage.audit_events().len();
    let mut refused = 0;
    for operation in OPERATIONS.iter().filter(|operation| operation.method != "GET") {
        for (name, value) in [
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-site", "same-site"),
            ("origin", "https://evil.example"),
            ("origin", "null"),
        ] {
            let call = Call::new(operation.method, operation.path(&things)).header(name, value);
            let call = match operation.body(&things) {
                Some(body) => call.text(body),
                None => call,
            };
            world.send_as(&ada, call).await.is(403, "CSRF_REJECTED");
            refused += 1;
        }
    }
    assert!(refused >= 100, "only {refused} were refused");
    assert_eq!(world.storage.audit_events().len(), before);
    let code = world.send_as(&ada, Call::post(format!("/api/2fa/{}/reveal", ids.set))).await.ok(200).data();
    assert_eq!((&code["index"], &code["remaining"]), (&json!(0), &json!(1)));
    // Reading is not stopped: what another site's page may see of it is the browser's to decide.
    let read = Call::get("/api/categories").header("sec-fetch-site", "cross-site");
    world.send_as(&ada, read).await.ok(200);
}

#[tokio::test]
async fn over_plain_http_browsers_can_say_where_a_form_came_from() {
    let insecure = Site { insecure_http: true, ..site("http://kagi.lan:3000", &[]) };
    let world = World::at(insecure, Policy::default());
    let reply = world.send(Call::get("/setup")).await;
    assert_eq!(reply.header("referrer-policy"), "same-origin", "`no-referrer` makes every Origin `null`");
    let form = |origin| Call::post("/sign-out").header("origin", origin);
    assert_eq!(world.send(form("http://kagi.lan:3000")).await.status, 303);
    assert_eq!(world.send(form("null")).await.status, 403);
}
