//! The versions of a file.

use kagi_domain::audit::Action;

use super::{Call, cookie, done, events, form, furnished, leads_to, obeys_csp, typed};
use crate::World;

/// A file that had two texts.
async fn twice(world: &World) -> (String, String) {
    let (ada, project) = furnished(world).await;
    let file = format!("{project}/files/env");
    world.save_file(&ada, &file, "0", "KEY=canary-1-end\nSAME=1\nGONE=canary-gone\n").await.ok(303);
    world.save_file(&ada, &file, "1", "KEY=canary-22-end\nSAME='1'\n").await.ok(303);
    (ada, file)
}

#[tokio::test]
async fn versions_are_listed_shown_and_compared() {
    let world = World::new();
    let (ada, file) = twice(&world).await;
    let page = world.page(&ada, &format!("{file}/history")).await;
    obeys_csp(&page);
    assert!(page.contains("Version 2</strong> <span class=\"badge\">current") && !page.contains("canary"));
    let before = events(&world);
    let shown = world.send_as(&ada, Call::post(format!("{file}/versions/1/reveal"))).await.ok(200);
    obeys_csp(&shown.text);
    assert!(shown.text.contains("canary-1-end") && shown.header("cache-control") == "no-store");
    let two = [("one", "2"), ("other", "1")];
    let masked = world.send_as(&ada, form(format!("{file}/compare"), &two)).await.ok(200).text;
    obeys_csp(&masked);
    assert!(masked.contains("changed") && masked.contains("removed") && masked.contains("The same in both:"));
    assert!(!masked.contains("canary"), "values are masked unless they are asked for");
    let shown = form(format!("{file}/compare"), &[two[0], two[1], ("show", "yes")]);
    let shown = world.send_as(&ada, shown).await.ok(200).text;
    let older = shown.find("canary-<mark>1</mark>-end").unwrap();
    assert!(older < shown.find("canary-<mark>22</mark>-end").unwrap(), "the older one comes first");
    assert_eq!(done(&world, before), [Action::EnvFileRevealVersion; 5], "one event for each version");
    for same in ["1", "", "x"] {
        let page = form(format!("{file}/compare"), &[("one", same), ("other", same)]);
        assert!(world.send_as(&ada, page).await.ok(422).text.contains("Choose two different versions."));
    }
    world.send_as(&ada, Call::post(format!("{file}/versions/9/reveal"))).await.ok(404);
    leads_to(&world.look(&ada, &format!("{file}/versions/1/reveal")).await, &format!("{file}/history"));
    leads_to(&world.look(&ada, &format!("{file}/compare")).await, &format!("{file}/history"));
}

#[tokio::test]
async fn a_version_is_restored_and_another_deleted_for_good() {
    let world = World::new();
    let (ada, file) = twice(&world).await;
    let restored = world.send_as(&ada, Call::post(format!("{file}/versions/1/restore"))).await;
    leads_to(&restored, &format!("{file}/history?undo=2"));
    assert_eq!(cookie(&restored, "kagi_said"), "file-restored");
    let said = Call::get(format!("{file}/history?undo=2")).header("cookie", "kagi_said=file-restored");
    assert!(world.send_as(&ada, said).await.text.contains(&format!("action=\"{file}/versions/2/restore\"")));
    assert!(typed(&world.open_file(&ada, &file).await).starts_with("KEY=canary-1-end\n"));
    let ask = world.page(&ada, &format!("{file}/versions/2/purge")).await;
    assert!(ask.contains("Delete version 2 for good?"));
    world.look(&ada, &format!("{file}/versions/3/purge")).await.ok(409);
    leads_to(
        &world.send_as(&ada, Call::post(format!("{file}/versions/2/purge"))).await,
        &format!("{file}/history"),
    );
    leads_to(
        &world.send_as(&ada, Call::post(format!("{file}/versions/2/purge"))).await,
        &format!("{file}/history"),
    );
    assert!(!world.page(&ada, &format!("{file}/history")).await.contains("Version 2</strong>"));
}
