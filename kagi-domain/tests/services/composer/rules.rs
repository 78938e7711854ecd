//! What becomes of a plan.

use kagi_domain::{
    framework::Framework,
    generate::SecretFormat,
    model::{entry::Environment, env_project::FileType},
    plan::EnvPlan,
    services::composer::ComposeRequest,
};
use kagi_tests::samples::{category, env_vars};

use super::{Place, ask, ask_in, key, names, rejections, secret, selects};

#[tokio::test]
async fn only_what_was_offered_counts_and_once() {
    let place = Place::usual().await;
    let composition =
        place.preview("the keys", selects(&["e2", "e2", "e4", "e0", "E1", "e1 ", "x\ny", "e1"])).await;
    assert_eq!(names(&composition), ["OPENAI_API_KEY", "AWS_ID", "AWS_SECRET"]);
    assert_eq!(
        rejections(&composition),
        [
            "OpenAI (Blog): it is selected already",
            "e4: there is no such key among those on offer",
            "e0: there is no such key among those on offer",
            "E1: there is no such key among those on offer",
            "e1: there is no such key among those on offer",
            "x y: there is no such key among those on offer",
            "AWS_REGION of AWS (Blog): the entry has no value for it",
        ]
    );
}

#[tokio::test]
async fn a_name_is_the_categorys_or_one_that_the_request_writes() {
    let place = Place::usual().await;
    for (prompt, planned, expected) in [
        ("the key", "OPENAI_KEY", "OPENAI_API_KEY"),
        ("the key as MY_KEY", "MY_KEY", "MY_KEY"),
        ("the key as my_key", "MY_KEY", "MY_KEY"),
        ("the key as MY_KEY", "my-key", "MY_KEY"),
        ("the key as MY_KEY", "MY_KEY_2", "OPENAI_API_KEY"),
        ("my key, please", "MY_KEY", "OPENAI_API_KEY"),
        ("AWS_SECRET and the key", "AWS_SECRET", "OPENAI_API_KEY"),
        ("MY_KEY", "MY_KEY\nEVIL=1", "OPENAI_API_KEY"),
        ("the key as PATH", "", "OPENAI_API_KEY"),
    ] {
        let plan = EnvPlan { keys: vec![key("e2", planned)], ..EnvPlan::default() };
        assert_eq!(names(&place.preview(prompt, plan).await), [expected], "{prompt}");
    }
    let plan = EnvPlan { keys: vec![key("e2", "LD_PRELOAD")], ..EnvPlan::default() };
    let composition = place.preview("the key as LD_PRELOAD", plan).await;
    assert!(names(&composition).is_empty());
    assert!(rejections(&composition)[0].starts_with("LD_PRELOAD: programs and shells obey"));
}

#[tokio::test]
async fn names_are_brought_into_one_spelling() {
    let place = Place::new().await;
    for (number, name) in ["openaiApiKey", "openai_api_key", "NODE_OPTIONS"].into_iter().enumerate() {
        let made = place.category(category(&format!("C{number}"), name)).await;
        place.entry(made, "Blog", "production", "v").await;
    }
    let composition = place.preview("all", selects(&["e1", "e2", "e3"])).await;
    assert_eq!(names(&composition), ["OPENAI_API_KEY"]);
    assert_eq!(
        rejections(&composition),
        [
            "NODE_OPTIONS: programs and shells obey a variable of this name, so it is not written",
            "C1 (Blog, production): the name OPENAI_API_KEY is taken by C0 (Blog, production)",
        ]
    );
}

#[tokio::test]
async fn of_two_keys_of_one_name_the_projects_own_wins() {
    let place = Place::usual().await;
    for (request, expected) in [
        (ask("all"), "Blog"),
        (ask_in("Shop", "all"), "Shop"),
        (ask_in("ｓｈｏｐ", "all"), "Shop"),
        (ask_in("Other", "all"), "Blog"),
    ] {
        let extraction = place.extract(&request, selects(&["e2", "e3"])).await;
        let [key] = &extraction.composition.selected[..] else { panic!("one of the two") };
        assert_eq!(key.project.as_str(), expected);
        let [said] = &rejections(&extraction.composition)[..] else { panic!("it is said") };
        assert!(said.contains("the name OPENAI_API_KEY is taken by OpenAI"), "{said}");
        assert!(extraction.content.expose().contains(&format!("# Left out: {said}")));
    }
}

#[tokio::test]
async fn the_environment_is_the_plans_then_the_files_then_production_then_the_only_one() {
    let place = Place::new().await;
    let kinds: [&[&str]; 5] = [
        &["production", "staging", "development"],
        &["production", "development"],
        &["staging"],
        &["staging", "local"],
        &["local", "development"],
    ];
    for (number, environments) in kinds.into_iter().enumerate() {
        let made = place.category(category(&format!("C{number}"), &format!("K{number}"))).await;
        for environment in environments {
            place.entry(made, "Blog", environment, "v").await;
        }
    }
    let local = Some(FileType::Local);
    for (planned, file_type, expected) in [
        (None, None, "production production staging - -"),
        (Some("staging"), None, "staging production staging staging -"),
        (Some("development"), local, "development development staging local development"),
        (None, local, "production production staging local local"),
        (None, Some(FileType::Env), "production production staging - -"),
        (Some("PRODUCTION"), local, "production production staging local local"),
        (Some("\n"), None, "production production staging - -"),
    ] {
        let mut plan = selects(&["e1", "e2", "e3", "e4", "e5"]);
        plan.environment = planned.map(str::to_owned);
        place.planner.answer(Ok(plan));
        let request = ComposeRequest { file_type, ..ask("all") };
        let composition = place.kagi.composer().preview(&place.ada, &request).await.unwrap();
        let chosen = |at: usize| {
            let name = format!("K{at}");
            let key = composition.selected.iter().find(|key| key.name.as_str() == name);
            key.map_or("-", |key| key.environment.as_str())
        };
        assert_eq!((0..5).map(chosen).collect::<Vec<_>>().join(" "), expected, "{planned:?} {file_type:?}");
        assert_eq!(composition.rejected.len(), expected.matches('-').count());
    }
}

#[tokio::test]
async fn secrets_are_bounded() {
    use SecretFormat::{Alphanumeric, Base64Url, Hex};
    let place = Place::usual().await;
    let plan = EnvPlan {
        secrets: vec![
            secret("session-secret", "hex", 0),
            secret("B", "base64url", u64::MAX),
            secret("C", "alphanumeric", 24),
            secret("D", "utf8", 32),
            secret("E\nEVIL=1", "hex", 32),
            secret("LD_PRELOAD", "hex", 32),
            secret("SESSION_SECRET", "hex", 32),
            secret("OPENAI_API_KEY", "hex", 32),
        ],
        ..selects(&["e2"])
    };
    let composition = place.preview("secrets, two of them as B and C", plan).await;
    let made: Vec<_> =
        composition.generated.iter().map(|made| (made.recipe.format, made.recipe.size.bytes())).collect();
    assert_eq!(made, [(Hex, 16), (Base64Url, 64), (Alphanumeric, 24)]);
    assert_eq!(names(&composition), ["OPENAI_API_KEY", "SESSION_SECRET", "B", "C"]);
    assert_eq!(composition.rejected.len(), 5, "{:?}", rejections(&composition));

    let many = (0..100).map(|number| secret(&format!("S{number}_SECRET"), "hex", 32)).collect();
    let composition = place.preview("secrets", EnvPlan { secrets: many, ..EnvPlan::default() }).await;
    assert_eq!(composition.generated.len(), 20);
    assert_eq!(rejections(&composition), ["…: 80 more were left out: that is too much for one file"]);
}

#[tokio::test]
async fn the_framework_is_read_from_the_words_and_prefixes_public_names() {
    let place = Place::new().await;
    let mut new = category("Stripe", "STRIPE_PUBLISHABLE_KEY");
    new.public_names = Some(env_vars(&["STRIPE_PUBLISHABLE_KEY"]));
    let made = place.category(new).await;
    place.entry(made, "Blog", "production", "v").await;
    for (prompt, framework, name) in [
        ("a Next.js shop", Some("Next.js"), "NEXT_PUBLIC_STRIPE_PUBLISHABLE_KEY"),
        ("an Electron app", Some("Electron"), "STRIPE_PUBLISHABLE_KEY"),
        ("a shop", None, "STRIPE_PUBLISHABLE_KEY"),
    ] {
        let composition = place.preview(prompt, selects(&["e1"])).await;
        assert_eq!(composition.framework.map(Framework::name), framework);
        assert_eq!(names(&composition), [name]);
        assert_eq!(composition.environment, Environment::Production);
    }
}

/// Any value switches such variables on.
#[tokio::test]
async fn a_model_invents_names_of_secrets_only() {
    let place = Place::usual().await;
    let invented = ["SKIP_CHECKS", "ELECTRON_RUN_AS_NODE", "DATABASE_URL", "PREVIEW_MODE", "NO_PROXY"];
    let secrets = invented.into_iter().chain(["SESSION_SECRET"]).map(|name| secret(name, "hex", 32));
    let plan = EnvPlan { secrets: secrets.collect(), ..EnvPlan::default() };
    let composition = place.preview("what this project needs, in PREVIEW_MODE", plan).await;
    assert_eq!(names(&composition), ["PREVIEW_MODE", "SESSION_SECRET"], "the request writes the one name");
    let reasons: Vec<_> = composition.rejected.iter().map(|rejected| rejected.reason.to_string()).collect();
    assert_eq!(reasons.iter().filter(|reason| reason.contains("ends with SECRET")).count(), 2);
    assert_eq!(reasons.len(), 4);
}
