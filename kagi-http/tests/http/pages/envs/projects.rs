//! The grid, making, changing and deleting projects.

use super::{cookie, form, furnished, leads_to, obeys_csp};
use crate::{Call, World};

#[tokio::test]
async fn a_project_is_made_found_changed_and_deleted() {
    let world = World::new();
    let ada = world.person("ada@example.com").await;
    assert!(world.page(&ada, "/envs").await.contains("No env file is kept yet"));
    let (blank, name) = (world.page(&ada, "/envs/new").await, "Blog & <Shop>");
    obeys_csp(&blank);
    let made = world.send_as(&ada, form("/envs/new", &[("name", name), ("description", "the site")])).await;
    assert_eq!((made.status.as_u16(), cookie(&made, "kagi_said").as_str()), (303, "project-made"));
    let path = made.header("location").to_owned();
    for page in ["/envs", "/envs?search=SITE", &path, &format!("{path}/edit"), &format!("{path}/delete")] {
        let text = world.page(&ada, page).await;
        obeys_csp(&text);
        assert!(text.contains("Blog &amp; &lt;Shop&gt;"), "{page}");
    }
    assert!(world.page(&ada, "/envs?search=nothing").await.contains("No project matches “nothing”"));
    let saved = world.send_as(&ada, form(format!("{path}/edit"), &[("name", "Shop")])).await;
    leads_to(&saved, &path);
    let page = world.page(&ada, &path).await;
    assert!(page.contains("Shop") && !page.contains("the site"), "a description that was emptied is gone");
    leads_to(&world.send_as(&ada, Call::post(format!("{path}/delete"))).await, "/envs");
    world.look(&ada, &path).await.ok(404);
    leads_to(&world.send_as(&ada, Call::post(format!("{path}/delete"))).await, "/envs");
}

#[tokio::test]
async fn a_refused_project_keeps_what_was_typed() {
    let world = World::new();
    let (ada, _) = furnished(&world).await;
    let about = "the other one";
    let taken =
        world.send_as(&ada, form("/envs/new", &[("name", "BLOG"), ("description", about)])).await.ok(409);
    assert!(taken.text.contains("already have an env project") && taken.text.contains(about));
    assert!(taken.text.contains("value=\"BLOG\""));
    world.send_as(&ada, form("/envs/new", &[("name", " "), ("description", about)])).await.ok(422);
}

#[tokio::test]
async fn somebody_elses_project_is_like_none() {
    let world = World::new();
    let (ada, path) = furnished(&world).await;
    world.save_file(&ada, &format!("{path}/files/env"), "0", "A=canary\n").await.ok(303);
    let bob = world.person("bob@example.com").await;
    for page in ["", "/edit", "/delete", "/compare", "/files/env", "/files/env/history", "/files/env/delete"]
    {
        world.look(&bob, &format!("{path}{page}")).await.ok(404);
    }
    for act in ["open", "save", "insert", "download", "compare", "versions/1/reveal", "versions/1/restore"] {
        let reply =
            world.send_as(&bob, form(format!("{path}/files/env/{act}"), &[("baseVersion", "1")])).await;
        assert!(reply.status.as_u16() == 404 && !reply.text.contains("canary"), "{act}");
    }
    world.send_as(&bob, Call::post(format!("{path}/delete"))).await.ok(303);
    assert!(world.open_file(&ada, &format!("{path}/files/env")).await.contains("canary"));
    for wrong in ["/envs/no-id", &format!("{path}/files/env.staging"), &format!("{path}/files/.env")] {
        world.look(&ada, wrong).await.ok(404);
    }
}

#[tokio::test]
async fn two_files_are_compared_by_name() {
    let world = World::new();
    let (ada, path) = furnished(&world).await;
    world
        .save_file(&ada, &format!("{path}/files/env"), "0", "SAME=1\nONLY=canary-a\nDIFFERS='canary-b'\n")
        .await
        .ok(303);
    let few = world.page(&ada, &format!("{path}/compare")).await;
    assert!(few.contains("fewer than two files"));
    let production = format!("{path}/files/env.production");
    world.save_file(&ada, &production, "0", "DIFFERS=canary-c\nSAME=\"1\"\nMORE=canary-d\n").await.ok(303);
    let choice = world.page(&ada, &format!("{path}/compare")).await;
    obeys_csp(&choice);
    let two = [("one", "env"), ("other", "env.production")];
    let masked = world.send_as(&ada, form(format!("{path}/compare"), &two)).await.ok(200);
    obeys_csp(&masked.text);
    for told in ["only in .env<", "only in .env.production", "differs", "The same in both:", "MORE", "ONLY"] {
        assert!(masked.text.contains(told), "{told}");
    }
    assert!(!masked.text.contains("canary") && masked.header("cache-control") == "no-store");
    let shown = [two[0], two[1], ("show", "yes")];
    let shown = world.send_as(&ada, form(format!("{path}/compare"), &shown)).await.ok(200).text;
    assert!(shown.contains("canary-<mark>b</mark>") && shown.contains("canary-<mark>c</mark>"));
    for wrong in [[("one", "env"), ("other", "env")], [("one", "env"), ("other", "env.local")]] {
        let page = world.send_as(&ada, form(format!("{path}/compare"), &wrong)).await.ok(422).text;
        assert!(page.contains("Choose two different files"));
    }
}

#[tokio::test]
async fn the_front_page_counts_projects_and_files() {
    let world = World::new();
    let (ada, path) = furnished(&world).await;
    for file in ["env", "env.local"] {
        world.save_file(&ada, &format!("{path}/files/{file}"), "0", "A=1\n").await.ok(303);
    }
    let page = world.page(&ada, "/").await;
    let tile = |count: u8, label: &str| {
        format!("href=\"/envs\"><span class=\"number\">{count}</span> <span class=\"label\">{label}</span>")
    };
    assert!(page.contains(&tile(1, "Env projects")) && page.contains(&tile(2, "Env files")), "{page}");
}
