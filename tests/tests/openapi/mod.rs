//! The OpenAPI document in the hands of other people's tools.

mod conformance;

use std::process::Command;

use crate::support::{
    database::Database,
    person::Person,
    server::{Server, program},
    tools::Tools,
};

#[test]
#[ignore = "needs Python: KAGI_TEST_VENV, which tests/run sets"]
fn the_document_is_valid() {
    let tools = Tools::new();
    let output = Command::new(program()).arg("openapi").env_clear().output().unwrap();
    assert!(output.status.success(), "kagi-server openapi needs no setting");
    let path = tools.folder().join("openapi.json");
    std::fs::write(&path, output.stdout).unwrap();
    tools.run("openapi-spec-validator", &["--schema", "3.0", path.to_str().unwrap()]);
}

#[tokio::test]
#[ignore = "needs Python: KAGI_TEST_VENV, which tests/run sets"]
async fn a_generated_client_lists_and_reveals() {
    let tools = Tools::new();
    let database = Database::sqlite();
    let server = Server::open(&database);
    let ada = Person::register(&server.url, "ada@example.com").await;
    let category = ada.category("OPENAI_API_KEY").await;
    ada.entry(&category, "Blog", "production", "sk-canary-1 = \"ü\"").await;
    ada.entry(&category, "Blog", "local", "sk-canary-2").await;
    ada.entry(&category, "Shop", "local", "sk-of-another-project").await;
    let key = ada.key(Some(&["Blog"])).await;
    let (document, config) = (format!("{}/api/openapi", server.url), Tools::file("client.yml"));
    let config = config.to_str().unwrap();
    let how = ["--config", config, "--meta", "none", "--output-path", "client", "--fail-on-warning"];
    tools.run("openapi-python-client", &[&["generate", "--url", document.as_str()], &how[..]].concat());
    let script = Tools::file("list_and_reveal.py");
    let api = format!("{}/api", server.url);
    let printed = tools.run("python", &[script.to_str().unwrap(), &api, &key, "Blog"]);
    let lines: Vec<_> = printed.lines().collect();
    let expected = ["OPENAI_API_KEY local sk-canary-2", "OPENAI_API_KEY production sk-canary-1 = \"ü\""];
    assert_eq!(lines, expected, "newest first");
}
