//! BAR.md I2: Schemathesis on the served document: no server error, and every answer is as described.

use crate::support::{database::Database, person::Person, server::Server, tools::Tools};

const CHECKS: &str = "not_a_server_error,status_code_conformance,content_type_conformance,\
                      response_schema_conformance,response_headers_conformance,negative_data_rejection,\
                      unsupported_method,ignored_auth";
/// What ends the session or the account that calls it. Somebody else calls these, once all others are done.
const LAST: &str = "^(/auth/sign-out|/account|/account/(data|password|sessions.*))$";

/// How many examples of an operation a round makes at most.
fn examples(usual: u32) -> String {
    let factor = if std::env::var_os("KAGI_TEST_FULL").is_some() { 20 } else { 1 };
    (usual * factor).to_string()
}

/// One round over the operations, by whoever this header stands for.
fn round(tools: &Tools, server: &Server, header: &str, more: &[&str]) {
    let document = format!("{}/api/openapi", server.url);
    let usual =
        ["run", &document, "--header", header, "--checks", CHECKS, "--no-color", "--seed", "20260504"];
    let usual = [&usual[..], &["--generation-database", "none", "--warnings", "off"]].concat();
    tools.run("schemathesis", &[&usual, more].concat());
}

async fn everybody_is_answered_as_described(database: &Database) {
    let (tools, server) = (Tools::new(), Server::open(database));
    // All sign in before wrong passwords from this address shut it out for a while.
    let ada = Person::register(&server.url, "ada@example.com").await;
    let eve = Person::register(&server.url, "eve@example.com").await;
    let leaving = Person::register(&server.url, "leaving@example.com").await;
    let category = eve.category("TOKEN").await;
    eve.entry(&category, "Blog", "production", "sk-canary").await;
    let (all, limited) = (eve.key(None).await, eve.key(Some(&["Blog"])).await);
    let (thorough, brief) = (examples(8), examples(4));
    let phases = ["--phases", "examples,coverage,fuzzing", "--exclude-path-regex", LAST];
    let brief =
        [&["--max-examples", &brief, "--phases", "fuzzing", "--exclude-path-regex", LAST][..]].concat();
    round(
        &tools,
        &server,
        &format!("Cookie: {}", ada.cookie),
        &[&["--max-examples", &thorough], &phases[..]].concat(),
    );
    round(&tools, &server, &format!("Authorization: Bearer {all}"), &brief);
    round(&tools, &server, &format!("Authorization: Bearer {limited}"), &brief);
    round(&tools, &server, &format!("Cookie: {}", eve.cookie), &brief);
    let last = ["--max-examples", "4", "--phases", "examples,fuzzing", "--include-path-regex", LAST];
    round(&tools, &server, &format!("Cookie: {}", leaving.cookie), &last);
}

#[tokio::test]
#[ignore = "needs Python: KAGI_TEST_VENV, which tests/run sets"]
async fn sqlite() {
    let database = Database::sqlite();
    everybody_is_answered_as_described(&database).await;
    database.drop().await;
}

#[tokio::test]
#[ignore = "needs Python and PostgreSQL: KAGI_TEST_VENV and KAGI_TEST_POSTGRES_URL, which tests/run sets"]
async fn postgres() {
    let database = Database::postgres().await;
    everybody_is_answered_as_described(&database).await;
    database.drop().await;
}
