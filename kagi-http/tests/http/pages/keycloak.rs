//! Signing in with Keycloak, page after page.

use std::time::Duration;

use kagi_domain::{
    Policy, SignUp,
    ports::{Claims, ProviderError},
    services::sign_in::SsoPolicy,
};
use kagi_tests::kagi_with_provider;

use super::{cookie, form, html::obeys_csp, leads_to};
use crate::{Call, PASSWORD, World, call::Reply, world::site};

const SESSION: &str = "__Host-kagi_session";
const KEEPSAKE: &str = "__Host-kagi_sso";
const DEPART: &str = "/api/auth/sign-in/keycloak";
const SUBJECT: &str = "5d2a";
const EMAIL: &str = "ada@example.com";

/// With a Keycloak, and nobody in it.
fn world(policy: Policy) -> World {
    let (kagi, site) = (kagi_with_provider(policy), site("https://kagi.example", &[]));
    World { app: kagi_http::app(kagi.kagi.clone(), site.clone()), kagi, site }
}

/// A browser on its way to Keycloak.
struct Away {
    keepsake: String,
    state: String,
}

impl Away {
    #[track_caller]
    fn by(reply: &Reply) -> Self {
        let to = reply.header("location");
        assert!(reply.status == 303 && to.starts_with("https://id.example/realms/team/auth?"), "{to}");
        let set = reply.headers.get_all("set-cookie").iter().map(|value| value.to_str().unwrap());
        let set: Vec<_> = set.filter(|set| set.starts_with(KEEPSAKE)).collect();
        let [set] = set.as_slice() else { panic!("one cookie is kept: {set:?}") };
        assert!(set.ends_with("; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=600"), "{set}");
        Self { keepsake: cookie(reply, KEEPSAKE), state: state(to) }
    }

    fn callback(&self, rest: &str) -> Call {
        Call::get(format!("/api/auth/callback/keycloak?state={}{rest}", self.state))
    }

    fn back(&self, code: &str) -> Call {
        self.keeping(self.callback(&format!("&code={code}")))
    }

    fn keeping(&self, call: Call) -> Call {
        call.header("cookie", format!("{KEEPSAKE}={}", self.keepsake))
    }
}

fn state(url: &str) -> String {
    url.split_once("state=").unwrap().1.split('&').next().unwrap().to_owned()
}

impl World {
    fn vouch(&self, code: &str) {
        self.kagi.provider.prepare(code, self.ada());
    }

    fn ada(&self) -> Claims {
        let claims = self.kagi.provider.claims(SUBJECT, Some(EMAIL));
        Claims { authenticated_at: Some(self.now()), ..claims }
    }

    async fn leave(&self) -> Away {
        Away::by(&self.send(Call::get(DEPART)).await)
    }

    /// Ada's session, by Keycloak.
    async fn enter(&self) -> String {
        self.vouch("code");
        let reply = self.send(self.leave().await.back("code")).await;
        cookie(&reply, SESSION)
    }

    /// The failure that a reply leads to, as a person reads it.
    async fn sentence(&self, reply: &Reply) -> String {
        assert_eq!(reply.status, 303, "{}", reply.text);
        let to = reply.header("location");
        assert!(to.starts_with("/sign-in?failed="), "{to}");
        let page = self.send(Call::get(to)).await.ok(200).text;
        obeys_csp(&page);
        let (_, rest) = page.split_once("<p class=\"notice\" role=\"alert\">").expect("it says why");
        rest.split("</p>").next().unwrap().to_owned()
    }
}

#[tokio::test]
async fn keycloak_signs_in_and_leads_back() {
    let world = world(Policy::default());
    world.person("bob@example.com").await;
    let door = world.send(Call::get("/sign-in?next=/settings/sessions")).await.ok(200).text;
    let link = "href=\"/api/auth/sign-in/keycloak?next=/settings/sessions\"";
    assert!(door.contains(link) && door.contains("Sign in with Keycloak"), "{door}");
    let away = Away::by(&world.send(Call::get(format!("{DEPART}?next=/settings/sessions"))).await);
    world.vouch("code");
    let reply = world.send(away.back("code").header("user-agent", "Firefox/141.0")).await;
    leads_to(&reply, "/settings/sessions");
    assert_eq!(cookie(&reply, KEEPSAKE), "", "it is forgotten");
    let page = world.page(&cookie(&reply, SESSION), "/settings/sessions").await;
    assert!(page.contains("this one") && page.contains("Firefox"));
}

/// The cookie that ties an answer to the browser that asked for it.
#[tokio::test]
async fn an_answer_without_the_browsers_cookie_signs_nobody_in() {
    let world = world(Policy::default());
    world.person("bob@example.com").await;
    world.vouch("code");
    let (attacker, victim) = (world.leave().await, world.leave().await);
    for call in [
        attacker.callback("&code=code"),
        victim.keeping(attacker.callback("&code=code")),
        attacker.keeping(attacker.back("code")),
        Call::get("/api/auth/callback/keycloak"),
        Call::get("/api/auth/callback/keycloak?code=code&code=code&state=a&state=b"),
        Call::get("/api/auth/callback/keycloak?code=%FF&state=%00"),
    ] {
        let reply = world.send(call).await;
        let set =
            reply.headers.get_all("set-cookie").iter().any(|set| set.to_str().unwrap().starts_with(SESSION));
        assert!(!set, "no session begins");
        assert!(world.sentence(&reply).await.contains("Please start again"));
    }
    leads_to(&world.send(attacker.back("code")).await, "/");
    assert!(world.sentence(&world.send(attacker.back("code")).await).await.contains("Please start again"));
}

#[tokio::test]
async fn every_failure_is_a_sentence_on_the_sign_in_page() {
    let sso = SsoPolicy { sign_up: SignUp::Closed, ..SsoPolicy::default() };
    let world = world(Policy { sso, ..Policy::default() });
    world.person(EMAIL).await;
    let hostile = "error_description=%3Cscript%3Ealert(1)%3C/script%3E&error_uri=https://evil.example";
    for (answer, said) in [
        (format!("&error=access_denied&{hostile}"), "did not let you in"),
        (format!("&error=temporarily_unavailable&{hostile}"), "does not answer right now"),
        (format!("&error=invalid_scope&{hostile}"), "not set up for each other"),
        (format!("&error=%3Cscript%3E&{hostile}"), "did not let you in"),
        ("&code=code&iss=https%3A%2F%2Fevil.example".to_owned(), "could not be verified"),
        ("&code=stolen".to_owned(), "could not be verified"),
        (String::new(), "could not be verified"),
    ] {
        let away = world.leave().await;
        let reply = world.send(away.keeping(away.callback(&answer))).await;
        let sentence = world.sentence(&reply).await;
        assert!(sentence.contains(said), "{answer}: {sentence}");
        assert!(!sentence.contains("script") && !reply.header("location").contains("script"));
    }
    world.vouch("code");
    let taken = world.send(world.leave().await.back("code")).await;
    assert!(world.sentence(&taken).await.contains("link Keycloak in the settings"));
    world.kagi.provider.prepare("code", world.kagi.provider.claims("6e3b", Some("eve@example.com")));
    let closed = world.send(world.leave().await.back("code")).await;
    assert!(world.sentence(&closed).await.contains("no account here yet"));
    for error in [ProviderError::Unavailable, ProviderError::Misconfigured] {
        world.kagi.provider.fail(Some(error));
        world.sentence(&world.send(Call::get(format!("{DEPART}?next=/keys"))).await).await;
    }
    let made_up = world.send(Call::get("/sign-in?failed=%3Cscript%3E")).await.ok(200).text;
    assert!(!made_up.contains("role=\"alert\"") && !made_up.contains("<script>"));
    assert_eq!(world.storage.digests().len(), 1, "nothing is half-made");
}

#[tokio::test]
async fn nobody_is_led_to_another_site() {
    let world = world(Policy::default());
    for evil in
        ["//evil.example", "https://evil.example", "/%5Cevil.example", "%2F%2Fevil", "/%09/evil", "/sign-out"]
    {
        let away = Away::by(&world.send(Call::get(format!("{DEPART}?next={evil}"))).await);
        world.vouch("code");
        leads_to(&world.send(away.back("code")).await, "/");
    }
    world.kagi.provider.fail(Some(ProviderError::Unavailable));
    leads_to(
        &world.send(Call::get(format!("{DEPART}?next=//evil.example"))).await,
        "/sign-in?failed=unavailable",
    );
}

#[tokio::test]
async fn with_keycloak_alone_there_is_no_password_to_type() {
    let world = world(Policy { passwords: false, ..Policy::default() });
    assert!(world.send(Call::get("/setup")).await.ok(200).text.contains("Sign in with Keycloak"));
    world.enter().await;
    let door = world.send(Call::get("/sign-in")).await.ok(200).text;
    assert!(door.contains("Sign in with Keycloak") && !door.contains("name=\"password\""));
}

#[tokio::test]
async fn without_keycloak_nothing_speaks_of_it() {
    let world = World::new();
    let ada = world.person(EMAIL).await;
    for path in ["/sign-in", "/setup"] {
        assert!(!world.send(Call::get(path)).await.text.contains("Keycloak"), "{path}");
    }
    assert!(!world.page(&ada, "/settings/profile").await.contains("Keycloak"));
    assert!(world.page(&ada, "/settings/keycloak").await.contains("not connected"));
    leads_to(&world.send(Call::get(DEPART)).await, "/sign-in?failed=off");
    leads_to(&world.send_as(&ada, Call::post("/sign-out")).await, "/sign-in");
}

#[tokio::test]
async fn signing_out_offers_to_sign_out_there_too() {
    let world = world(Policy::default());
    let exit = "https://id.example/logout?client_id=kagi";
    world.kagi.provider.set_exit(exit);
    let (ada, bob) = (world.enter().await, world.person("bob@example.com").await);
    leads_to(&world.send_as(&bob, Call::post("/sign-out")).await, "/sign-in");
    let reply = world.send_as(&ada, Call::post("/sign-out")).await;
    leads_to(&reply, "/signed-out");
    assert_eq!(cookie(&reply, SESSION), "", "the session here ends first");
    leads_to(&world.look(&ada, "/keys").await, "/sign-in?next=/keys&ended=1");
    let page = world.send(Call::get("/signed-out")).await.ok(200).text;
    assert!(page.contains(&format!("href=\"{exit}\"")), "{page}");
    // The one address of another host is the link that a person may follow.
    obeys_csp(&page.replace(exit, "/"));
}

#[tokio::test]
async fn a_person_links_keycloak_and_unlinks_it() {
    let world = world(Policy::default());
    let ada = world.person(EMAIL).await;
    let page = world.page(&ada, "/settings/keycloak").await;
    assert!(page.contains("Link Keycloak") && !page.contains("name=\"password\""));
    obeys_csp(&page);
    world.clock.advance(Duration::from_mins(11));
    assert!(world.page(&ada, "/settings/keycloak").await.contains("name=\"password\""));
    let link = |password: &'static str| form("/settings/keycloak/link", &[("password", password)]);
    let wrong = world.send_as(&ada, link("not the password")).await.ok(422).text;
    assert!(wrong.contains("This is not your password."));
    world.send_as(&ada, link("")).await.ok(403);

    let reply = world.send_as(&ada, link(PASSWORD)).await.ok(200);
    let (_, href) =
        reply.text.split_once("href=\"https://id.example/realms/team/auth?").expect("it leads on");
    let href = href.split('"').next().unwrap().replace("&amp;", "&");
    assert!(href.contains("prompt=login"));
    let ada = cookie(&reply, SESSION);
    let away = Away { keepsake: cookie(&reply, KEEPSAKE), state: state(&href) };
    world.vouch("code");
    let both = format!("{KEEPSAKE}={}; {SESSION}={ada}", away.keepsake);
    let reply = world.send(away.callback("&code=code").header("cookie", both)).await;
    leads_to(&reply, "/settings/keycloak");
    assert_eq!(cookie(&reply, "kagi_said"), "keycloak-linked");
    leads_to(&world.look(&ada, "/keys").await, "/sign-in?next=/keys&ended=1");
    let ada = cookie(&reply, SESSION);
    assert!(world.page(&ada, "/settings/keycloak").await.contains("opens this vault, since <time"));
    let by_keycloak = world.enter().await;
    assert!(world.page(&by_keycloak, "/settings/profile").await.contains(EMAIL), "the same account");

    let reply = world.send_as(&ada, form("/settings/keycloak/unlink", &[])).await;
    leads_to(&reply, "/settings/keycloak");
    world.vouch("code");
    let refused = world.send(world.leave().await.back("code")).await;
    assert!(world.sentence(&refused).await.contains("already an account"));
}

#[tokio::test]
async fn a_link_that_fails_is_told_in_the_settings() {
    let world = world(Policy::default());
    world.enter().await;
    let bob = world.person("bob@example.com").await;
    let reply = world.send_as(&bob, form("/settings/keycloak/link", &[])).await.ok(200);
    let (_, href) = reply.text.split_once("href=\"https://id.example").unwrap();
    let away = Away { keepsake: cookie(&reply, KEEPSAKE), state: state(&href.replace("&amp;", "&")) };
    world.vouch("code");
    let both = format!("{KEEPSAKE}={}; {SESSION}={bob}", away.keepsake);
    let reply = world.send(away.callback("&code=code").header("cookie", both)).await;
    leads_to(&reply, "/settings/keycloak?failed=link-taken");
    assert!(
        world.page(&bob, "/settings/keycloak?failed=link-taken").await.contains("linked to another account")
    );
}

#[tokio::test]
async fn whoever_has_no_password_steps_up_at_keycloak() {
    let world = world(Policy::default());
    let ada = world.enter().await;
    let page = world.page(&ada, "/settings/keycloak").await;
    assert!(page.contains("your only way in") && !page.contains("Unlink"));
    world.clock.advance(Duration::from_mins(11));
    for path in ["/settings/access-keys/new", "/settings/delete/data", "/settings/delete/account"] {
        let page = world.page(&ada, path).await;
        let link = format!("href=\"{DEPART}?again=1&amp;next={path}\"");
        assert!(page.contains(&link) && !page.contains("name=\"password\""), "{path}: {page}");
    }
    let depart = Call::get(format!("{DEPART}?again=1&next=/settings/access-keys/new"));
    let reply = world.send_as(&ada, depart).await;
    assert!(reply.header("location").contains("prompt=login"));
    let away = Away::by(&reply);
    world.vouch("code");
    let both = format!("{KEEPSAKE}={}; {SESSION}={ada}", away.keepsake);
    let reply = world.send(away.callback("&code=code").header("cookie", both)).await;
    leads_to(&reply, "/settings/access-keys/new");
    let renewed = cookie(&reply, SESSION);
    assert!(!world.page(&renewed, "/settings/access-keys/new").await.contains("again=1"));
    leads_to(&world.look(&ada, "/keys").await, "/sign-in?next=/keys&ended=1");
}

#[tokio::test]
async fn vaults_stay_apart() {
    let world = world(Policy::default());
    let ada = world.enter().await;
    let category = world.category(&ada, "Only Ada's").await;
    world.kagi.provider.prepare("code", world.kagi.provider.claims("6e3b", Some("bob@example.com")));
    let bob = cookie(&world.send(world.leave().await.back("code")).await, SESSION);
    assert!(!world.page(&bob, "/keys").await.contains("Only Ada"));
    assert_eq!(world.look(&bob, &format!("/keys/{category}")).await.status, 404);
}

/// A link in a letter or on another page begins no session, and replaces none.
#[tokio::test]
async fn nobody_elses_link_begins_a_sign_in() {
    let world = world(Policy::default());
    let ada = world.enter().await;
    for site in ["cross-site", "same-site"] {
        let reply =
            world.send(Call::get(format!("{DEPART}?next=/keys")).header("sec-fetch-site", site)).await;
        leads_to(&reply, "/sign-in?next=/keys");
        assert!(reply.headers.get("set-cookie").is_none());
    }
    let reply = world.send_as(&ada, Call::get(format!("{DEPART}?next=/keys"))).await;
    leads_to(&reply, "/keys");
    assert!(reply.headers.get("set-cookie").is_none(), "whoever is signed in stays so");
}
