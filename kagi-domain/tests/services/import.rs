//! `.env` files that become entries.

use kagi_domain::{
    access::{Actor, Denied, Scope},
    audit::Action,
    dotenv::Code,
    model::{entry::Environment, env_project::EnvContent},
    ports::StorageError,
    secret::SecretValue,
    services::entries::{
        EntryError,
        import::{Becomes, Choice, Conflict, IMPORTED_LINES, ImportSource, PlannedLine, Unreadable},
    },
};
use kagi_tests::{
    TestKagi, kagi,
    samples::{access_key, category, entry, group, parse, secret},
};

use crate::{acting, env_projects::limited, from, set_up, versions::plain};

fn source(content: &str) -> ImportSource {
    let content = EnvContent::new(secret(content)).unwrap();
    ImportSource { content, project: parse("Blog"), environment: Environment::Staging }
}

async fn plan(kagi: &TestKagi, actor: &Actor, content: &str) -> Vec<PlannedLine> {
    kagi.entries().plan_import(actor, &source(content)).await.unwrap()
}

fn choices(lines: &[PlannedLine]) -> Vec<Choice> {
    lines.iter().filter_map(PlannedLine::choice).collect()
}

/// What was made, as category, variables with their values, and the entry's version.
async fn imported(
    kagi: &TestKagi,
    actor: &Actor,
    content: &str,
    choices: &[Choice],
) -> Vec<(String, String)> {
    let made = kagi.entries().import(actor, &source(content), choices).await.unwrap();
    let mut rows = Vec::new();
    for row in made.entries {
        assert_eq!((row.entry.project.as_str(), row.entry.environment), ("Blog", Environment::Staging));
        let value: SecretValue = kagi.entries().reveal(actor, row.entry.id).await.unwrap().value;
        rows.push((row.category.name.to_string(), plain(&value)));
    }
    rows
}

const FILE: &str = "# the blog\n\nOPENAI_API_KEY=sk-old\nexport OPENAI_API_KEY='sk-new'\nOWN=\"a\\nb\"\nFRESH=x y\n\
    AWS_ACCESS_KEY_ID=AKIA\nAWS_SECRET_ACCESS_KEY='s'\nEMPTY=\nA-B=1\nwhat\nOPEN='x\n";

#[tokio::test]
async fn a_preview_accounts_for_every_line_and_writes_nothing() {
    let kagi = kagi();
    let ada = kagi.actor("ada").await;
    let own = kagi.categories().create(&ada, category("Mine", "OWN")).await.unwrap().category.id;
    let events = kagi.storage.audit_events().len();
    let lines = plan(&kagi, &ada, FILE).await;
    let expected = [
        (1, Becomes::Comment),
        (3, Becomes::Duplicate(4)),
        (4, Becomes::Service("openai", "OpenAI")),
        (5, Becomes::Value(own, "Mine".to_owned())),
        (6, Becomes::NewCategory),
        (7, Becomes::Service("aws", "AWS")),
        (8, Becomes::Service("aws", "AWS")),
        (9, Becomes::Unreadable(Unreadable::Empty)),
        (10, Becomes::Unreadable(Unreadable::Name)),
        (11, Becomes::Unreadable(Unreadable::NoAssignment)),
        (12, Becomes::Unreadable(Unreadable::Quote)),
    ];
    let told: Vec<_> = lines.iter().map(|line| (line.line, line.becomes.clone())).collect();
    assert_eq!(told, expected);
    let fresh = &lines[4];
    assert_eq!((fresh.name.as_ref().unwrap().as_str(), fresh.remark), ("FRESH", Some(Code::UnquotedSpace)));
    assert!(lines[8].name.is_none(), "a name that is none is not told: it may be a piece of a secret");
    assert!(!format!("{lines:?}").contains("sk-"));
    assert_eq!(kagi.storage.audit_events().len(), events);
    assert!(kagi.storage.cells().is_empty());
}

#[tokio::test]
async fn confirmed_lines_become_entries_and_their_categories() {
    let kagi = kagi();
    let ada = kagi.actor("ada").await;
    kagi.categories().create(&ada, category("Mine", "OWN")).await.unwrap();
    let lines = plan(&kagi, &ada, FILE).await;
    let rows = imported(&kagi, &ada, FILE, &choices(&lines)).await;
    let expected = [
        ("OpenAI", "sk-new"),
        ("Mine", "a\nb"),
        ("FRESH", "x y"),
        ("AWS", "AWS_ACCESS_KEY_ID=AKIA;AWS_SECRET_ACCESS_KEY=s;"),
    ];
    assert_eq!(rows, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
    let events = kagi.storage.audit_events();
    let count = |action| events.iter().filter(|event| event.action == action).count();
    assert_eq!((count(Action::CategoryCreate), count(Action::EntryCreate)), (4, 4));
    // Once more: now every place is taken, and nothing is offered.
    let again = plan(&kagi, &ada, FILE).await;
    assert!(choices(&again).is_empty());
    assert_eq!(again[3].becomes, Becomes::Conflict(Conflict::Entry));
    // Of what is offered, only what is confirmed is made.
    let kagi = self::kagi();
    let ada = kagi.actor("ada").await;
    let lines = plan(&kagi, &ada, FILE).await;
    let rows = imported(&kagi, &ada, FILE, &choices(&lines[4..6])).await;
    assert_eq!(rows.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["FRESH", "AWS"]);
}

#[tokio::test]
async fn an_own_category_goes_before_the_catalogue_and_the_best_of_several_is_taken() {
    let kagi = kagi();
    let ada = kagi.actor("ada").await;
    kagi.categories().create(&ada, group("A group", &["OPENAI_API_KEY", "OTHER"])).await.unwrap();
    kagi.categories().create(&ada, group("B group", &["OTHER", "MORE", "THIRD"])).await.unwrap();
    let one = kagi.categories().create(&ada, category("Z one", "OPENAI_API_KEY")).await.unwrap().category;
    kagi.categories().create(&ada, category("stripe", "MINE")).await.unwrap();
    kagi.categories().create(&ada, category("lonely", "MINE_TOO")).await.unwrap();
    let lines = plan(&kagi, &ada, "OPENAI_API_KEY=1\nOTHER=2\nTHIRD=3\nLONELY=5\nMORE=4\n").await;
    let named = |index: usize| match &lines[index].becomes {
        Becomes::Value(_, name) => name.as_str(),
        other => panic!("{other:?}"),
    };
    assert_eq!((named(0), named(1), named(2)), ("Z one", "B group", "B group"));
    assert_eq!(lines[0].choice().unwrap().to_string(), format!("1:category:{}", one.id));
    assert_eq!(lines[3].becomes, Becomes::Conflict(Conflict::Category));
    // The catalogue's name is taken by something else: the variable gets a category of its own.
    let lines = plan(&kagi, &ada, "STRIPE_SECRET_KEY=4\n").await;
    assert!(!matches!(lines[0].becomes, Becomes::Service("stripe", _)), "{lines:?}");
}

#[tokio::test]
async fn what_is_no_longer_so_is_refused_as_a_whole() {
    let kagi = kagi();
    let ada = kagi.actor("ada").await;
    let lines = plan(&kagi, &ada, FILE).await;
    let all = choices(&lines);
    let made = kagi.categories().create(&ada, category("OpenAI", "OPENAI_API_KEY")).await.unwrap().category;
    let (events, cells) = (kagi.storage.audit_events().len(), kagi.storage.cells());
    let refused = async |content: &str, choices: &[Choice], line: u32| {
        let outcome = kagi.entries().import(&ada, &source(content), choices).await;
        assert!(matches!(outcome, Err(EntryError::Changed(own)) if own == line), "{outcome:?}");
    };
    refused(FILE, &all, 4).await;
    refused("FRESH=1\n", &all[1..], all[1].line).await;
    let twice = [all[2].clone(), all[2].clone()];
    refused(FILE, &twice, 6).await;
    refused(FILE, &["1:new:FRESH".parse().unwrap()], 1).await;
    assert_eq!((kagi.storage.audit_events().len(), kagi.storage.cells()), (events, cells));
    kagi.entries().create(&ada, entry(made.id, "Blog", "v")).await.unwrap();
    let nothing = kagi.entries().import(&ada, &source(FILE), &[]).await;
    assert!(matches!(nothing, Err(EntryError::Invalid(_))));
    // A database that is gone at the end leaves nothing behind.
    let all = choices(&plan(&kagi, &ada, FILE).await);
    let cells = kagi.storage.cells();
    kagi.storage.fail_next_commit(StorageError::Unavailable);
    assert!(kagi.entries().import(&ada, &source(FILE), &all).await.is_err());
    assert_eq!(kagi.storage.cells(), cells);
    assert_eq!(imported(&kagi, &ada, FILE, &all).await.len(), 4);
}

#[tokio::test]
async fn scopes_and_projects_hold() {
    let kagi = kagi();
    let session = acting(&kagi, &set_up(&kagi, "ada@example.com").await).await;
    let own = kagi.categories().create(&session, category("Mine", "OWN")).await.unwrap().category.id;
    let writer = kagi.access_keys().create(&session, access_key("ci", &[Scope::EntriesWrite])).await.unwrap();
    let writer = kagi.sign_in().by_access_key(&writer.token, from(&kagi, "192.0.2.1")).await.unwrap();
    let lines = plan(&kagi, &writer, FILE).await;
    let denied = kagi.entries().import(&writer, &source(FILE), &choices(&lines)).await;
    assert!(matches!(denied, Err(EntryError::Denied(Denied::Scope(Scope::CategoriesWrite)))));
    let mine =
        [Choice { line: 5, destination: kagi_domain::services::entries::import::Destination::Category(own) }];
    assert_eq!(kagi.entries().import(&writer, &source(FILE), &mine).await.unwrap().entries.len(), 1);
    let elsewhere = limited(&kagi, &session, &["Shop"]).await;
    let denied = kagi.entries().plan_import(&elsewhere, &source(FILE)).await;
    assert!(matches!(denied, Err(EntryError::Denied(Denied::Project(Scope::EntriesWrite)))));
    let denied = kagi.entries().import(&elsewhere, &source(FILE), &mine).await;
    assert!(matches!(denied, Err(EntryError::Denied(Denied::Project(Scope::EntriesWrite)))));
    let reader = kagi.access_keys().create(&session, access_key("ci", &[Scope::EntriesRead])).await.unwrap();
    let reader = kagi.sign_in().by_access_key(&reader.token, from(&kagi, "192.0.2.1")).await.unwrap();
    let denied = kagi.entries().plan_import(&reader, &source(FILE)).await;
    assert!(matches!(denied, Err(EntryError::Denied(Denied::Scope(Scope::EntriesWrite)))));
}

#[tokio::test]
async fn a_file_of_too_many_lines_is_refused() {
    let kagi = kagi();
    let ada = kagi.actor("ada").await;
    let most = "# x\n\n".repeat(IMPORTED_LINES);
    assert_eq!(plan(&kagi, &ada, &most).await.len(), IMPORTED_LINES);
    let refused = kagi.entries().plan_import(&ada, &source(&format!("{most}A=1"))).await;
    assert!(matches!(refused, Err(EntryError::Invalid(invalid)) if invalid.fields()[0].field == "content"));
}

/// A name is no secret: it is searched, exported, and told to a model.
#[tokio::test]
async fn a_piece_of_a_key_is_no_name() {
    let kagi = kagi();
    let ada = kagi.actor("ada").await;
    let random = format!("{}{}", "aB3dE5gH7jK9mN1p", "Q3sT5vX7z");
    let file = format!(
        "KEY=-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkq\nQmFzZTY0c2VjcmV0==\n-----END PRIVATE KEY-----\nA=1\n{random}=x\n\
         B=\"-----BEGIN X-----\nabc==\n-----END X-----\"\nC=-----BEGIN \nD=1\n"
    );
    let lines = plan(&kagi, &ada, &file).await;
    let told: Vec<_> = lines.iter().map(|line| (line.line, line.becomes.clone())).collect();
    let (new, no) = (Becomes::NewCategory, Becomes::Unreadable);
    assert_eq!(
        told,
        [
            (1, new.clone()),
            (2, no(Unreadable::NoAssignment)),
            (3, no(Unreadable::Key)),
            (4, no(Unreadable::NoAssignment)),
            (5, new.clone()),
            (6, no(Unreadable::Key)),
            (7, new.clone()),
            (10, new.clone()),
            (11, new),
        ]
    );
    assert!(lines.iter().all(|line| line.name.as_ref().is_none_or(|name| name.as_str().len() < 8)));
}

/// Each line is looked up, not compared with all that the vault has.
#[tokio::test]
async fn a_long_file_and_a_large_vault_are_planned_at_once() {
    let kagi = kagi();
    let ada = kagi.actor("ada").await;
    for at in 0..700 {
        kagi.categories().create(&ada, category(&format!("Own {at}"), &format!("OWN_{at}"))).await.unwrap();
    }
    let file = (600..1600).map(|at| format!("OWN_{at}=x")).collect::<Vec<_>>().join("\n");
    let began = tokio::time::Instant::now();
    let lines = plan(&kagi, &ada, &file).await;
    let took = began.elapsed();
    let values = lines.iter().filter(|line| matches!(line.becomes, Becomes::Value(..))).count();
    assert_eq!((lines.len(), values), (1000, 100));
    assert!(took.as_secs() < 4, "{took:?}");
}
