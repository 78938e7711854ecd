//! A file in its tab and in the editor.

use kagi_domain::{
    access::{ProjectLimit, Scope},
    audit::Action,
};

use super::{cookie, done, events, form, furnished, hidden, leads_to, obeys_csp, typed};
use crate::{Call, World};

#[tokio::test]
async fn a_file_stays_closed_until_it_is_asked_for() {
    let world = World::new();
    let (ada, project) = furnished(&world).await;
    let file = format!("{project}/files/env.production");
    let blank = world.page(&ada, &file).await;
    obeys_csp(&blank);
    assert!(blank.contains("There is no .env.production yet") && typed(&blank).is_empty());
    assert_eq!(hidden(&blank, "baseVersion"), "0");
    let before = events(&world);
    let saved = world.save_file(&ada, &file, "0", "KEY=canary\n").await;
    leads_to(&saved, &file);
    assert_eq!(
        (cookie(&saved, "kagi_said").as_str(), done(&world, before)),
        ("file-saved", vec![Action::EnvFileSave])
    );
    for page in [&project, &file] {
        let page = world.page(&ada, page).await;
        obeys_csp(&page);
        assert!(page.contains("Reveal to edit") && page.contains("version 1") && page.contains("11 bytes"));
        assert!(!page.contains("canary") && !page.contains("KEY"), "metadata only");
    }
    leads_to(&world.look(&ada, &format!("{file}/open")).await, &file);
    assert_eq!(done(&world, before), [Action::EnvFileSave], "looking reveals nothing");
    let open = Call::post(format!("{file}/open")).header("accept-encoding", "gzip");
    let reply = world.send_as(&ada, open).await.ok(200);
    obeys_csp(&reply.text);
    assert_eq!((typed(&reply.text).as_str(), hidden(&reply.text, "baseVersion")), ("KEY=canary\n", "1"));
    assert_eq!((reply.header("cache-control"), reply.header("content-encoding")), ("no-store", ""));
    assert_eq!(done(&world, before), [Action::EnvFileSave, Action::EnvFileReveal]);
    world.send_as(&ada, Call::post(format!("{project}/files/env.local/open"))).await.ok(404);
}

#[tokio::test]
async fn what_the_field_holds_is_what_was_saved() {
    let world = World::new();
    let (ada, project) = furnished(&world).await;
    let file = format!("{project}/files/env");
    for (version, text) in
        ["\n\nA=</textarea><script>x</script>\n", "&lt;&amp;\"'\n", "A=1"].iter().enumerate()
    {
        world.save_file(&ada, &file, &version.to_string(), text).await.ok(303);
        let page = world.open_file(&ada, &file).await;
        assert_eq!(typed(&page), *text);
        obeys_csp(&page);
    }
}

#[tokio::test]
async fn a_refused_file_keeps_what_was_typed() {
    let world = World::new();
    let (ada, project) = furnished(&world).await;
    let file = format!("{project}/files/env");
    let before = events(&world);
    let long = format!("A={}\n", "x".repeat(256 * 1024));
    let page = world.save_file(&ada, &file, "0", &long).await.ok(422).text;
    assert!(page.contains("at most 256 KiB") && typed(&page) == long && page.contains("data-unsaved"));
    let page = world.save_file(&ada, &file, "0", "A=\0\nB=kept\n").await.ok(422).text;
    assert!(page.contains("NUL") && typed(&page).contains("B=kept"));
    assert_eq!(done(&world, before), []);
    assert!(world.page(&ada, &file).await.contains("There is no .env yet"));
}

#[tokio::test]
async fn remarks_stand_beside_the_text_and_are_made_for_a_session_only() {
    let world = World::new();
    let (ada, project) = furnished(&world).await;
    let file = format!("{project}/files/env");
    let text = "A=1\nA=$B\nwhat is this canary\n";
    world.save_file(&ada, &file, "0", text).await.ok(303);
    let page = world.open_file(&ada, &file).await;
    for line in
        ["<li class=\"bad\" data-line=\"2\">", "<li class=\"odd\" data-line=\"2\">", "data-line=\"3\""]
    {
        assert!(page.contains(line), "{line}");
    }
    let before = events(&world);
    let checked = world.send_as(&ada, Call::post("/envs/check").body(text)).await.ok(200);
    assert!(page.contains(&checked.text), "the same list");
    assert!(!checked.text.contains("canary") && checked.header("cache-control") == "no-store");
    assert_eq!(done(&world, before), [], "nothing is written");
    let clean = world.send_as(&ada, Call::post("/envs/check").body("A=1\n")).await.ok(200);
    assert!(clean.text.contains("No remarks"));
    let many = world.send_as(&ada, Call::post("/envs/check").body("x y\n".repeat(60_000))).await.ok(200);
    assert!(many.text.len() < 100_000 && many.text.contains("more below line"));
    let most = "x".repeat(256 * 1024);
    world.send_as(&ada, Call::post("/envs/check").body(most.clone())).await.ok(200);
    world.send_as(&ada, Call::post("/envs/check").body(most + "x")).await.ok(413);
    world.send_as(&ada, Call::post("/envs/check").body(vec![b'A', b'=', 0xff])).await.ok(400);
    let refused = world.send(Call::post("/envs/check").body(text)).await;
    leads_to(&refused, "/sign-in?next=/envs/check");
    let key = world.key(&ada, Scope::ALL, ProjectLimit::default()).await;
    let refused = world.send(Call::post("/envs/check").key(key.expose()).body(text)).await;
    leads_to(&refused, "/sign-in?next=/envs/check");
    let stranger = Call::post("/envs/check").header("sec-fetch-site", "cross-site").body(text);
    world.send_as(&ada, stranger).await.ok(403);
}

#[tokio::test]
async fn a_generated_secret_gets_a_line_of_its_own() {
    let world = World::new();
    let (ada, project) = furnished(&world).await;
    let file = format!("{project}/files/env");
    let before = events(&world);
    let asked = [("secretName", "session secret"), ("format", "hex"), ("bytes", "16")];
    let fields = [asked[0], asked[1], asked[2], ("baseVersion", "0"), ("content", "A=1")];
    let page = world.send_as(&ada, form(format!("{file}/insert"), &fields)).await.ok(200).text;
    obeys_csp(&page);
    let text = typed(&page);
    let secret = text.strip_prefix("A=1\nSESSION_SECRET=").unwrap().strip_suffix('\n').unwrap();
    assert!(secret.len() == 32 && secret.bytes().all(|byte| byte.is_ascii_hexdigit()));
    assert_eq!((hidden(&page, "baseVersion"), done(&world, before)), ("0", vec![]), "nothing is saved");
    let line = world.send_as(&ada, form("/envs/line", &asked)).await.ok(200).text;
    assert!(line.contains("<code id=\"line\">SESSION_SECRET="), "{line}");
    let wrong = [("secretName", "鍵"), ("format", "hex"), ("bytes", "16"), ("content", "A=kept")];
    let page = world.send_as(&ada, form(format!("{file}/insert"), &wrong)).await.ok(200).text;
    assert!(page.contains("Use letters, digits and underscores only") && typed(&page) == "A=kept");
    let line = world.send_as(&ada, form("/envs/line", &wrong)).await.ok(200).text;
    assert!(line.contains("notice") && !line.contains("id=\"line\""));
}

#[tokio::test]
async fn a_file_is_deleted_after_a_question() {
    let world = World::new();
    let (ada, project) = furnished(&world).await;
    let file = format!("{project}/files/env");
    world.look(&ada, &format!("{file}/delete")).await.ok(404);
    world.save_file(&ada, &file, "0", "A=1\n").await.ok(303);
    assert!(world.page(&ada, &format!("{file}/delete")).await.contains("Delete .env of Blog?"));
    leads_to(&world.send_as(&ada, Call::post(format!("{file}/delete"))).await, &project);
    leads_to(&world.send_as(&ada, Call::post(format!("{file}/delete"))).await, &project);
    assert!(world.page(&ada, &file).await.contains("There is no .env yet"));
}
