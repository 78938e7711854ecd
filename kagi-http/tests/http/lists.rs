//! Lists: filters, search, pages.

use serde_json::{Value, json};

use crate::{Call, World};

#[tokio::test]
async fn entries_are_filtered_searched_and_paged() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    let (one, two) = (world.category(&ada, "OpenAI").await, world.category(&ada, "Stripe").await);
    let mut ids = Vec::new();
    for (category, project) in [(&one, "Blog"), (&one, "Shop"), (&two, "Blog")] {
        ids.push(world.entry(&ada, category, project, json!("v")).await);
    }
    let soon = json!({"expiresAt": "2030-01-20T00:00:00Z", "environment": "local"});
    world.send_as(&ada, Call::new("PUT", format!("/api/entries/{}", ids[2])).json(&soon)).await.ok(200);
    let listed = |query: String| {
        let call = world.with(&ada, Call::get(format!("/api/entries?{query}")));
        async {
            let data = world.send(call).await.ok(200).data();
            data.as_array()
                .unwrap()
                .iter()
                .map(|entry| entry["id"].as_str().unwrap().to_owned())
                .collect::<Vec<_>>()
        }
    };
    let expect = |wanted: &[usize]| wanted.iter().map(|index| ids[*index].clone()).collect::<Vec<_>>();
    assert_eq!(listed(String::new()).await, expect(&[2, 1, 0]));
    assert_eq!(listed(format!("categoryId={one}")).await, expect(&[1, 0]));
    assert_eq!(listed("projectName=%E3%82%AD&unknown=1".to_owned()).await, expect(&[]));
    assert_eq!(listed("projectName=blog".to_owned()).await, expect(&[2, 0]));
    assert_eq!(listed("environment=local".to_owned()).await, expect(&[2]));
    assert_eq!(listed("expiring=true".to_owned()).await, expect(&[2]));
    assert_eq!(listed("expiring=false".to_owned()).await, expect(&[2, 1, 0]));
    assert_eq!(listed("search=STRIPE".to_owned()).await, expect(&[2]));
    assert_eq!(listed("search=%25".to_owned()).await, expect(&[]));

    let first = world.send_as(&ada, Call::get("/api/entries?limit=2")).await.ok(200).json();
    let cursor = first["nextCursor"].as_str().unwrap();
    let last =
        world.send_as(&ada, Call::get(format!("/api/entries?limit=2&cursor={cursor}"))).await.ok(200).json();
    assert_eq!((last["data"][0]["id"].as_str(), &last["nextCursor"]), (Some(ids[0].as_str()), &Value::Null));
    let names = world.send_as(&ada, Call::get("/api/entries/project-names")).await.ok(200);
    assert_eq!(names.json(), json!({"data": ["Blog", "Shop"]}));
}

#[tokio::test]
async fn query_parameters_that_cannot_be_read_are_named() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    let of_names = "a3g"; // a cursor of a list by name
    for (path, field) in [
        ("/api/entries?limit=0", "limit"),
        ("/api/entries?limit=1001", "limit"),
        ("/api/entries?limit=99999999999999999999999", "limit"),
        ("/api/entries?limit=-1", "limit"),
        ("/api/entries?limit=", "limit"),
        ("/api/entries?limit=1&limit=2", "limit"),
        ("/api/entries?cursor=sk-canary", "cursor"),
        ("/api/entries?categoryId=sk-canary", "categoryId"),
        ("/api/entries?environment=sk-canary", "environment"),
        ("/api/entries?expiring=sk-canary", "expiring"),
        ("/api/entries?projectName=%00", "projectName"),
        ("/api/entries?search=a%00b", "search"),
        ("/api/entries?search=%FF", "search"),
        ("/api/categories?limit=x", "limit"),
        ("/api/categories?cursor=%F0%9F", "cursor"),
        ("/api/access-keys?limit=x", "limit"),
        ("/api/2fa?limit=0", "limit"),
        ("/api/2fa?cursor=sk-canary", "cursor"),
        ("/api/2fa?search=a%00b", "search"),
        ("/api/audit?limit=0", "limit"),
        ("/api/audit?cursor=sk-canary", "cursor"),
        ("/api/audit?action=sk-canary", "action"),
        ("/api/audit?action=entry.Reveal", "action"),
        ("/api/audit?action=", "action"),
        ("/api/audit?since=sk-canary", "since"),
        ("/api/audit?since=2026-11-23", "since"),
        ("/api/audit?until=", "until"),
        ("/api/audit?until=2026-11-23T00:00:00", "until"),
        ("/api/audit?until=1&until=2", "until"),
    ] {
        let reply = world.send_as(&ada, Call::get(path)).await.ok(400);
        assert_eq!(reply.fields(), [field], "{path}");
        assert!(!reply.text.contains("canary"), "{path}");
    }
    for list in ["entries", "audit", "2fa"] {
        let path = format!("/api/{list}?cursor={of_names}");
        assert_eq!(world.send_as(&ada, Call::get(path)).await.ok(400).fields(), ["cursor"]);
    }
}

#[tokio::test]
async fn a_search_has_at_most_255_characters() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    for list in ["/api/categories", "/api/entries", "/api/2fa", "/api/access-keys", "/api/envs"] {
        for (length, status) in [(255, 200), (256, 400)] {
            let call = Call::get(format!("{list}?search={}", "a".repeat(length)));
            let reply = world.send_as(&ada, call).await.ok(status);
            if status == 400 {
                assert_eq!(reply.fields(), ["search"], "{list}");
            }
        }
    }
}
