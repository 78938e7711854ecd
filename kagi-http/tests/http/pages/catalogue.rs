//! A category from a well-known service, and the grid that it then stands in.

use kagi_domain::{catalogue, model::category::KeyType};
use serde_json::{Value, json};

use super::{form, html::obeys_csp, leads_to};
use crate::{Call, World};

/// The fields of the only form that is sent to an address, as a browser would send them untouched.
fn as_sent(page: &str, action: &str) -> Vec<(String, String)> {
    let form = page.split(&format!("action=\"{action}\" data-guard>")).nth(1).expect("the form is there");
    let form = form.split("</form>").next().unwrap();
    let attribute = |tag: &str, name: &str| {
        tag.split(&format!(" {name}=\"")).nth(1).map(|rest| plain(rest.split('"').next().unwrap()))
    };
    let mut fields = Vec::new();
    for part in form.split('<').skip(1) {
        let (tag, text) = part.split_once('>').unwrap();
        let Some(name) = attribute(tag, "name") else {
            if let (true, Some(value)) =
                (tag.starts_with("option") && tag.contains(" selected"), attribute(tag, "value"))
            {
                fields.push(("iconSlug".to_owned(), value));
            }
            continue;
        };
        match tag.split(' ').next().unwrap() {
            "textarea" => fields.push((name, plain(text.strip_prefix('\n').unwrap()))),
            "input" if !tag.contains("type=\"radio\"") || tag.contains(" checked") => {
                fields.push((name, attribute(tag, "value").unwrap_or_default()));
            }
            _ => {}
        }
    }
    fields
}

fn plain(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

#[tokio::test]
async fn every_service_is_one_pick_and_one_submit() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    for service in catalogue::all() {
        let page = world.page(&ada, &format!("/keys/new?service={}", service.slug)).await;
        let fields = as_sent(&page, "/keys/new");
        let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let reply = world.send_as(&ada, form("/keys/new", &fields)).await;
        let id = reply
            .header("location")
            .strip_prefix("/keys/")
            .unwrap_or_else(|| panic!("{}: {}", service.slug, reply.text));
        let made = world.send_as(&ada, Call::get(format!("/api/categories/{id}"))).await.data();
        let names = json!(service.names());
        let simple = service.key_type() == KeyType::Simple;
        assert_eq!(made["name"], service.name);
        assert_eq!(made["keyType"], service.key_type().as_str(), "{}", service.slug);
        assert_eq!(made["envVarName"], if simple { names[0].clone() } else { Value::Null });
        assert_eq!(made["fieldDefinitions"], if simple { json!([]) } else { names });
        assert_eq!(made["publicNames"], json!(service.public), "{}", service.slug);
        assert_eq!(made["iconSlug"], json!(service.icon), "{}", service.slug);
        assert_eq!((&made["description"], &made["color"]), (&json!(service.about), &json!(service.color)));
    }
}

#[tokio::test]
async fn services_are_found_without_script() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    let page = world.page(&ada, "/keys/new").await;
    obeys_csp(&page);
    let links = page.matches("href=\"/keys/new?service=").count();
    assert!(links > catalogue::all().count(), "the first ones as cards, and all of them by name");
    assert!(page.contains(">OPENAI_API_KEY</code>"));
    let page = world.page(&ada, "/keys/new?search=stripe%20gres").await;
    assert!(page.contains("No service matches"), "both words must occur");
    let page = world.page(&ada, "/keys/new?search=POSTGRES").await;
    assert!(page.contains("service=postgresql\"") && page.contains("value=\"POSTGRES\""));
    assert!(!page.contains("service=openai\""));
    let page = world.page(&ada, "/keys/new?search=e").await;
    assert_eq!(page.matches("href=\"/keys/new?service=").count(), 12);
    assert!(page.contains(" more: type on"));
    let page = world.page(&ada, "/keys/new?search=no+such").await;
    assert!(page.contains("No service matches “no such”") && page.contains("name=\"envVarName\""));
}

#[tokio::test]
async fn a_picked_service_says_where_its_key_is_and_takes_the_focus() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    let page = world.page(&ada, "/keys/new?service=stripe").await;
    obeys_csp(&page);
    assert!(
        page.contains("Filled in for <strong>Stripe</strong>")
            && page.contains("in the developers’ dashboard.")
    );
    assert!(page.contains("STRIPE_SECRET_KEY\n") && page.contains("value=\"listed\" checked"));
    assert_eq!(page.matches(" autofocus").count(), 1);
    // What is not in the catalogue is a blank form below the services.
    for unknown in ["STRIPE", "nope", ""] {
        let page = world.page(&ada, &format!("/keys/new?service={unknown}")).await;
        assert!(page.contains("Start from a service") && !page.contains("Filled in for"));
    }
}

#[tokio::test]
async fn a_taken_name_keeps_what_the_service_filled_in() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    world.category(&ada, "aws").await;
    let page = world.page(&ada, "/keys/new?service=aws").await;
    let fields = as_sent(&page, "/keys/new");
    let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let page = world.send_as(&ada, form("/keys/new", &fields)).await.ok(409).text;
    assert!(
        page.contains("id=\"f-name-error\"") && page.contains("AWS_ACCESS_KEY_ID\nAWS_SECRET_ACCESS_KEY")
    );
    let mut kept = as_sent(&page, "/keys/new");
    assert_eq!(kept.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect::<Vec<_>>(), fields);
    kept[0].1 = "AWS of the shop".to_owned();
    let kept: Vec<_> = kept.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    assert!(
        world.send_as(&ada, form("/keys/new", &kept)).await.ok(303).header("location").starts_with("/keys/")
    );
}

#[tokio::test]
async fn a_card_says_what_its_category_is() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    let group = json!({"name": "Four", "keyType": "group", "fieldDefinitions": ["A", "B", "C", "D"], "iconSlug": "stripe"});
    let id = world.send_as(&ada, Call::post("/api/categories").json(&group)).await.ok(201).id();
    world.entry(&ada, &id, "Blog", json!({"A": "a"})).await;
    let page = world.page(&ada, "/keys").await;
    let card = page.split(&format!("href=\"/keys/{id}\"")).nth(1).unwrap().split("</a>").next().unwrap();
    for part in
        ["#635bff", "aria-hidden=\"true\"", ">Four<", "4 fields · 1 entry", "<code>C</code>", "and 1 more"]
    {
        assert!(card.contains(part), "{part}: {card}");
    }
    assert!(world.page(&ada, "/keys?search=FOUR").await.contains(&id));
    assert!(world.page(&ada, "/keys?search=five").await.contains("No category matches “five”"));
}

#[tokio::test]
async fn an_empty_vault_offers_services() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    for path in ["/", "/keys"] {
        let page = world.page(&ada, path).await;
        assert!(
            page.contains("Your vault is empty") && page.contains("href=\"/keys/new?service=openai\""),
            "{path}"
        );
    }
    leads_to(
        &world.send(Call::get("/keys/new?service=openai")).await,
        "/sign-in?next=/keys/new%3Fservice%3Dopenai",
    );
}
