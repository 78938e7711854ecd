//! What cannot be undone asks for the address, and for the password when the last time is long ago.

use std::time::Duration;

use super::{cookie, form, leads_to};
use crate::{Call, PASSWORD, World};

const SESSION: &str = "__Host-kagi_session";
const DATA: &str = "/settings/delete/data";
const ACCOUNT: &str = "/settings/delete/account";
const ADA: &str = "ada@example.com";

async fn furnished() -> (World, String) {
    let world = World::new();
    let ada = world.person(ADA).await;
    let category = world.category(&ada, "Key").await;
    world.entry(&ada, &category, "Blog", "v".into()).await;
    world.recovery_set(&ada, "GitHub", &["a"]).await;
    let env = world.env_project(&ada, "Site").await;
    world.env_file(&ada, &env, "env", "A=1").await;
    (world, ada)
}

async fn is_whole(world: &World, session: &str) -> bool {
    world.page(session, "/keys").await.contains(">Key</span>")
}

#[tokio::test]
async fn it_says_what_goes_and_wants_the_address() {
    let (world, ada) = furnished().await;
    for path in [DATA, ACCOUNT] {
        let page = world.page(&ada, path).await;
        assert!(
            page.contains("1 category, 1 entry, 1 recovery set, 1 env project with 1 file will be deleted."),
            "{page}"
        );
        assert!(page.contains("Type ada@example.com to confirm") && !page.contains("name=\"password\""));
        for typed in ["", "ada", "bob@example.com", "yes"] {
            let page = world.send_as(&ada, form(path, &[("confirmation", typed)])).await.ok(422).text;
            assert!(
                page.contains("id=\"f-confirmation-error\"") && page.contains(&format!("value=\"{typed}\""))
            );
        }
        assert!(is_whole(&world, &ada).await);
    }
    let reply = world.send_as(&ada, form(DATA, &[("confirmation", " ADA@example.com ")])).await;
    leads_to(&reply, "/settings/delete");
    assert_eq!(cookie(&reply, "kagi_said"), "vault-wiped");
    assert!(world.page(&ada, "/keys").await.contains("Your vault is empty"));
    assert!(world.page(&ada, "/2fa").await.contains("No recovery codes yet"));
}

#[tokio::test]
async fn after_ten_minutes_it_wants_the_password_too() {
    for path in [DATA, ACCOUNT] {
        let (world, ada) = furnished().await;
        world.clock.advance(Duration::from_mins(11));
        assert!(world.page(&ada, path).await.contains("name=\"password\""));
        let typed =
            |confirmation, password| form(path, &[("confirmation", confirmation), ("password", password)]);
        let page = world.send_as(&ada, typed(ADA, "")).await.ok(403).text;
        assert!(
            page.contains("Please confirm your password first") && page.contains("value=\"ada@example.com\"")
        );
        let page = world.send_as(&ada, typed(ADA, "not the right one")).await.ok(422).text;
        assert!(page.contains("This is not your password.") && !page.contains("not the right one"));
        assert!(is_whole(&world, &ada).await);
        // A right password with a wrong address starts the ten minutes again, and nothing else.
        let reply = world.send_as(&ada, typed("bob@example.com", PASSWORD)).await.ok(422);
        assert!(!reply.text.contains("name=\"password\""));
        let renewed = cookie(&reply, SESSION);
        assert_eq!(world.look(&ada, "/keys").await.status.as_u16(), 303, "the old token is over");
        assert!(is_whole(&world, &renewed).await);
        world.send_as(&renewed, typed(ADA, "")).await.ok(303);
        world
            .sign_in()
            .sign_in(ADA, kagi_tests::samples::secret(PASSWORD), world.origin(None))
            .await
            .map_or_else(|_| assert_eq!(path, ACCOUNT), |_| assert_eq!(path, DATA));
    }
}

#[tokio::test]
async fn a_deleted_account_is_signed_out_and_nobody_else_is_touched() {
    let (world, ada) = furnished().await;
    let bob = world.person("bob@example.com").await;
    world.category(&bob, "Key").await;
    let other = world.sign_in_again(ADA).await;
    world.clock.advance(Duration::from_mins(11));
    let reply = world.send_as(&ada, form(ACCOUNT, &[("confirmation", ADA), ("password", PASSWORD)])).await;
    leads_to(&reply, "/sign-in");
    assert_eq!(
        (cookie(&reply, SESSION).as_str(), cookie(&reply, "kagi_said").as_str()),
        ("", "account-gone")
    );
    let set: Vec<_> = reply.headers.get_all("set-cookie").iter().collect();
    assert_eq!(set.len(), 2, "no session is left behind");
    let said = Call::get("/sign-in").header("cookie", "kagi_said=account-gone");
    assert!(world.send(said).await.ok(200).text.contains("Your account and everything in it was deleted."));
    assert_eq!(world.look(&other, "/keys").await.status.as_u16(), 303);
    assert!(is_whole(&world, &bob).await);
}
