//! A file as a file: verbatim, or for one reader.

use kagi_domain::audit::Action;

use super::{done, events, form, furnished, obeys_csp};
use crate::World;

#[tokio::test]
async fn a_download_is_the_file_to_the_byte_and_in_the_trail() {
    let world = World::new();
    let (ada, project) = furnished(&world).await;
    let file = format!("{project}/files/env.local");
    world.save_file(&ada, &file, "0", "# note\nA = two words\n").await.ok(303);
    let before = events(&world);
    let reply = world.send_as(&ada, form(format!("{file}/download"), &[])).await.ok(200);
    assert_eq!(reply.text, "# note\nA = two words\n");
    assert_eq!(reply.header("content-disposition"), "attachment; filename=\".env.local\"");
    assert_eq!(
        (reply.header("cache-control"), reply.header("content-type")),
        ("no-store", "text/plain; charset=utf-8")
    );
    assert_eq!(done(&world, before), [Action::EnvFileReveal]);
    let portable = form(format!("{file}/download"), &[("target", "portable")]);
    assert_eq!(world.send_as(&ada, portable).await.ok(200).text, "# note\nA='two words'\n");
}

#[tokio::test]
async fn what_a_reader_cannot_be_given_is_told_first() {
    let world = World::new();
    let (ada, project) = furnished(&world).await;
    let file = format!("{project}/files/env");
    world.save_file(&ada, &file, "0", "A=1\nB=\"canary\ncanary\"\nwhat canary\n").await.ok(303);
    let asked = form(format!("{file}/download"), &[("target", "docker-run")]);
    let told = world.send_as(&ada, asked).await.ok(200);
    obeys_csp(&told.text);
    assert_eq!(told.header("content-disposition"), "");
    assert!(told.text.contains("values of one line only") && told.text.contains("Line 4"));
    assert!(told.text.contains("<code>B</code>") && !told.text.contains("canary"));
    let anyway = form(format!("{file}/download"), &[("target", "docker-run"), ("without", "yes")]);
    let text = world.send_as(&ada, anyway).await.ok(200).text;
    assert!(text.starts_with("A=1\n# B is left out: ") && !text.contains("canary"));
    let before = events(&world);
    world.send_as(&ada, form(format!("{file}/download"), &[("target", "cobol")])).await.ok(400);
    assert_eq!(done(&world, before), [], "nothing is revealed for a reader that there is not");
}
