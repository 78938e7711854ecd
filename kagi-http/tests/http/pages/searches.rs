//! A search that is too long: what was typed stays, and the page says why.

use crate::World;

#[tokio::test]
async fn a_long_search_comes_back_as_it_was_typed() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    let category = world.category(&ada, "OpenAI").await;
    let typed = "a".repeat(256);
    let category = format!("/keys/{category}");
    for path in ["/keys", &category, "/2fa", "/envs", "/palette"] {
        let page = world.look(&ada, &format!("{path}?search={typed}")).await.ok(422).text;
        assert!(page.contains(&format!("value=\"{typed}\"")), "{path}");
        assert!(
            page.contains("<div id=\"results\"><p class=\"notice\" role=\"alert\">Use at most 255"),
            "{path}"
        );
    }
    let options = world.look(&ada, &format!("/palette?list=yes&search={typed}")).await.ok(422).text;
    assert!(options.contains("data-said=\"Use at most 255 characters.\""), "{options}");
}
