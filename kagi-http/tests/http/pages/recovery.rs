//! Recovery codes by page: paste, reveal one at a time, look again, take a use back.

use super::{cookie, form, html::obeys_csp, leads_to};
use crate::{Call, World};

const CODES: [&str; 4] = ["canary-aa", "canary-bb", "canary-cc", "canary-dd"];

/// Makes a set by its form; gives its path.
async fn pasted(world: &World, ada: &str, tokens: &str) -> String {
    let reply = world.send_as(ada, form("/2fa/new", &[("service", "GitHub"), ("tokens", tokens)])).await;
    assert_eq!((reply.status.as_u16(), cookie(&reply, "kagi_said").as_str()), (303, "set-made"));
    reply.header("location").to_owned()
}

/// The code on a page that shows one.
fn shown(page: &str) -> Option<&str> {
    let (_, rest) = page.split_once("id=\"code-shown\"")?;
    rest.split_once('>')?.1.split('<').next()
}

#[tokio::test]
async fn pasted_codes_are_split_by_the_server() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    assert!(world.page(&ada, "/2fa").await.contains("No recovery codes yet"));
    let path = pasted(&world, &ada, " canary-aa\r\ncanary-bb,canary-cc\tcanary-dd\r\n\r\n").await;
    let page = world.page(&ada, &path).await;
    assert!(page.contains("4 of 4 left") && !page.contains("canary"), "{page}");
    for code in CODES {
        let page = world.send_as(&ada, form(format!("{path}/reveal"), &[])).await.ok(200);
        assert_eq!(shown(&page.text), Some(code));
    }
    // What a service prints with blanks in it is one code a line when the person says so.
    let fields = [("service", "Mail"), ("tokens", "1234 5678\r\n8765 4321\r\n"), ("wholeLines", "yes")];
    let path = world.send_as(&ada, form("/2fa/new", &fields)).await.header("location").to_owned();
    let page = world.send_as(&ada, form(format!("{path}/reveal"), &[])).await.ok(200);
    assert_eq!(shown(&page.text), Some("1234 5678"));
    let list = world.page(&ada, "/2fa").await;
    assert!(list.contains("aria-valuenow=\"0\"") && list.contains("used up") && list.contains(">low<"));
}

#[tokio::test]
async fn a_code_is_shown_once_and_again_by_its_index() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    let path = pasted(&world, &ada, &CODES.join("\n")).await;
    let reveal = form(format!("{path}/reveal"), &[]).header("accept-encoding", "gzip");
    let page = world.send_as(&ada, reveal).await.ok(200);
    assert_eq!((shown(&page.text), page.header("cache-control")), (Some("canary-aa"), "no-store"));
    assert_eq!(page.header("content-encoding"), "", "plaintext is not packed");
    assert!(page.text.contains("3 remain") && page.text.contains("3 of 4 left"));
    obeys_csp(&page.text);
    let page = world.page(&ada, &path).await;
    assert!(!page.contains("canary") && page.contains("used <time"), "{page}");
    let again = world.send_as(&ada, form(format!("{path}/reveal"), &[("index", "0")])).await.ok(200);
    assert_eq!(shown(&again.text), Some("canary-aa"));
    assert!(again.text.contains("3 remain"), "looking again uses nothing up");
    leads_to(&world.look(&ada, &format!("{path}/reveal")).await, &path);
    for wrong in ["4", "x", "-1"] {
        let page = world.send_as(&ada, form(format!("{path}/reveal"), &[("index", wrong)])).await.ok(422);
        assert!(page.text.contains("role=\"alert\"") && !page.text.contains("canary"), "{wrong}");
    }
}

#[tokio::test]
async fn a_mistaken_use_is_taken_back_and_the_last_code_is_the_last() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    let path = pasted(&world, &ada, "canary-aa").await;
    let reveal = || form(format!("{path}/reveal"), &[]);
    let page = world.send_as(&ada, reveal()).await.ok(200).text;
    assert!(page.contains("none remain") && page.contains("Every code was used"));
    let page = world.send_as(&ada, reveal()).await.ok(409).text;
    assert!(page.contains("All codes of this set have been used") && shown(&page).is_none());
    let reply = world.send_as(&ada, Call::post(format!("{path}/codes/0/unuse"))).await;
    leads_to(&reply, &path);
    assert_eq!(cookie(&reply, "kagi_said"), "code-unused");
    assert_eq!(shown(&world.send_as(&ada, reveal()).await.ok(200).text), Some("canary-aa"));
    world.send_as(&ada, Call::post(format!("{path}/codes/1/unuse"))).await.ok(404);
    leads_to(&world.look(&ada, &format!("{path}/codes/0/unuse")).await, &path);
}

#[tokio::test]
async fn a_refused_set_keeps_what_was_typed() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    let long = "x".repeat(257);
    let typed = [("service", ""), ("label", "ada, work"), ("tokens", &*long), ("wholeLines", "yes")];
    let page = world.send_as(&ada, form("/2fa/new", &typed)).await.ok(422);
    assert_eq!((page.header("cache-control"), page.header("content-encoding")), ("no-store", ""));
    for kept in ["value=\"ada, work\"", &format!("\n{long}</textarea>"), "value=\"yes\" checked", "Code 1: "]
    {
        assert!(page.text.contains(kept), "{kept}");
    }
    let many = "x ".repeat(101);
    let page = world.send_as(&ada, form("/2fa/new", &[("service", "A"), ("tokens", &many)])).await.ok(422);
    assert!(page.text.contains("A set has at most 100 codes."));
    let page = world.send_as(&ada, form("/2fa/new", &[("service", "A"), ("tokens", " ,\r\n")])).await.ok(422);
    assert!(page.text.contains("id=\"f-tokens-error\">Please fill this in."));
}

#[tokio::test]
async fn an_edit_keeps_codes_and_uses_unless_there_are_new_ones() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    let path = pasted(&world, &ada, &CODES.join(" ")).await;
    world.send_as(&ada, form(format!("{path}/reveal"), &[])).await.ok(200);
    assert!(!world.page(&ada, &format!("{path}/edit")).await.contains("canary"));
    let edit = |tokens: &'static str| {
        form(format!("{path}/edit"), &[("service", "GitLab"), ("label", "work"), ("tokens", tokens)])
    };
    let reply = world.send_as(&ada, edit("")).await;
    assert_eq!(cookie(&reply, "kagi_said"), "set-saved");
    let page = world.page(&ada, &path).await;
    assert!(page.contains("<h1>GitLab</h1>") && page.contains("3 of 4 left"));
    let reply = world.send_as(&ada, edit("new-1, new-2, new-3")).await;
    assert_eq!(cookie(&reply, "kagi_said"), "codes-replaced");
    assert!(world.page(&ada, &path).await.contains("3 of 3 left"));
    assert!(world.page(&ada, "/2fa?search=WORK").await.contains("GitLab"));
    assert!(world.page(&ada, "/2fa?search=github").await.contains("No recovery set matches “github”"));
    let ask = world.page(&ada, &format!("{path}/delete")).await;
    assert!(ask.contains("3 unused codes") && ask.contains("cannot be undone"));
    for _ in 0..2 {
        leads_to(&world.send_as(&ada, Call::post(format!("{path}/delete"))).await, "/2fa");
    }
}

#[tokio::test]
async fn anothers_set_is_not_there() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    let path = pasted(&world, &ada, &CODES.join(" ")).await;
    let bob = world.person("bob@example.com").await;
    for page in ["", "/edit", "/delete"] {
        world.look(&bob, &format!("{path}{page}")).await.ok(404);
    }
    for action in ["/reveal", "/codes/0/unuse"] {
        world.send_as(&bob, form(format!("{path}{action}"), &[])).await.ok(404);
    }
    world.send_as(&bob, form(format!("{path}/edit"), &[("service", "Mine")])).await.ok(404);
    leads_to(&world.send_as(&bob, Call::post(format!("{path}/delete"))).await, "/2fa");
    assert!(world.page(&ada, &path).await.contains("4 of 4 left"), "nothing happened to it");
    world.look(&ada, "/2fa/not-an-id").await.ok(404);
    assert!(!world.page(&bob, "/2fa").await.contains("GitHub"));
}
