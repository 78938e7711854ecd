//! Somebody saved in between: both texts are there, and nothing is lost.

use kagi_domain::audit::Action;

use super::{done, events, form, furnished, hidden, obeys_csp, typed};
use crate::{Call, World};

#[tokio::test]
async fn both_texts_come_back_and_the_work_goes_on() {
    let world = World::new();
    let (ada, project) = furnished(&world).await;
    let file = format!("{project}/files/env");
    world.save_file(&ada, &file, "0", "A=1\nB=1\n").await.ok(303);
    world.save_file(&ada, &file, "1", "A=theirs-canary\nB=1\n").await.ok(303);
    let before = events(&world);
    let reply = world.save_file(&ada, &file, "1", "A=1\nB=mine-canary\n").await.ok(409);
    obeys_csp(&reply.text);
    assert_eq!(typed(&reply.text), "A=1\nB=mine-canary\n", "what was typed stays in the editor");
    assert!(reply.text.contains("A=theirs-canary") && reply.text.contains("version 2 was saved since"));
    assert!(reply.text.contains("data-unsaved") && reply.header("cache-control") == "no-store");
    assert_eq!(hidden(&reply.text, "baseVersion"), "2");
    assert_eq!(
        done(&world, before),
        [Action::EnvFileReveal],
        "nothing is saved; that theirs was shown is known"
    );
    world.save_file(&ada, &file, "2", "A=theirs-canary\nB=mine-canary\n").await.ok(303);
    assert_eq!(typed(&world.open_file(&ada, &file).await), "A=theirs-canary\nB=mine-canary\n");
}

#[tokio::test]
async fn a_file_that_came_or_went_meanwhile_is_a_conflict_too() {
    let world = World::new();
    let (ada, project) = furnished(&world).await;
    let file = format!("{project}/files/env");
    world.save_file(&ada, &file, "0", "A=theirs\n").await.ok(303);
    let page = world.save_file(&ada, &file, "0", "A=mine\n").await.ok(409).text;
    assert!(
        page.contains("You began with no file") && page.contains("A=theirs") && typed(&page) == "A=mine\n"
    );
    world.send_as(&ada, Call::post(format!("{file}/delete"))).await.ok(303);
    let page = world.save_file(&ada, &file, "1", "A=mine\n").await.ok(409).text;
    assert!(page.contains("the file was deleted since") && typed(&page) == "A=mine\n");
    assert_eq!(hidden(&page, "baseVersion"), "0");
    world.save_file(&ada, &file, "0", "A=mine\n").await.ok(303);
    for wrong in ["", "x", "-1", "99"] {
        world.save_file(&ada, &file, wrong, "A=mine\n").await.ok(409);
    }
}

#[tokio::test]
async fn a_file_that_was_made_again_is_another_though_its_version_is_the_same() {
    let world = World::new();
    let (ada, project) = furnished(&world).await;
    let file = format!("{project}/files/env");
    world.save_file(&ada, &file, "0", "A=1\n").await.ok(303);
    let page = world.open_file(&ada, &file).await;
    let read = [("baseVersion", hidden(&page, "baseVersion")), ("baseFile", hidden(&page, "baseFile"))];
    world.send_as(&ada, Call::post(format!("{file}/delete"))).await.ok(303);
    world.save_file(&ada, &file, "0", "A=theirs\n").await.ok(303);
    let save = format!("{file}/save");
    let refused =
        world.send_as(&ada, form(&save, &[read[0], read[1], ("content", "A=mine\n")])).await.ok(409).text;
    assert!(
        refused.contains("and it was made again: version 1 of the new one is there now")
            && refused.contains("A=theirs")
    );
    assert_eq!(typed(&refused), "A=mine\n", "what was typed stays in the editor");
    let read = [("baseVersion", hidden(&refused, "baseVersion")), ("baseFile", hidden(&refused, "baseFile"))];
    world.send_as(&ada, form(&save, &[read[0], read[1], ("content", "A=both\n")])).await.ok(303);
    assert_eq!(typed(&world.open_file(&ada, &file).await), "A=both\n");
}

/// A file has room for tens of thousands of names, a page has not.
#[tokio::test]
async fn a_page_of_differences_is_bounded() {
    let world = World::new();
    let (ada, project) = furnished(&world).await;
    let file = format!("{project}/files/env");
    let text =
        |value: &str| (0..3000).map(|at| format!("N{at}={value}")).collect::<Vec<_>>().join("\n") + "\n";
    world.save_file(&ada, &file, "0", &text("a")).await.ok(303);
    world.save_file(&ada, &file, "1", &text("b")).await.ok(303);
    let page = world.save_file(&ada, &file, "1", &text("c")).await.ok(409).text;
    assert_eq!(typed(&page), text("c"), "nothing that was typed is lost");
    assert_eq!(page.matches("<div class=\"change\">").count(), 300);
    assert!(page.contains("2700 further names differ"));
}
