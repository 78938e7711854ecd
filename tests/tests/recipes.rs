//! What the documents tell people to type, typed: an env file comes back byte for byte.

use std::process::Command;

use serde_json::json;
use tempfile::TempDir;

use crate::support::{database::Database, person::Person, server::Server};

const DOCUMENTS: [(&str, &str); 2] =
    [("README.md", include_str!("../../README.md")), ("docs/API.md", include_str!("../../docs/API.md"))];

/// The command of a document that ends by writing the file, as one line.
fn recipe(document: &str) -> String {
    let whole = document.replace("\\\n", " ");
    let mut lines = whole.lines().filter(|line| line.contains("/reveal") && line.ends_with("> .env"));
    let line = lines.next().expect("the document has the recipe").to_owned();
    assert_eq!(lines.next(), None, "and has it once");
    line
}

/// A text of this many bytes with all that could get lost on the way: a byte order mark, three kinds of line
/// ends, letters of several bytes, blanks at the end, and no line end after the last line.
fn text(bytes: usize) -> String {
    let mut text = "\u{feff}A=\"x\"\r\nB='y' \rC=ä\t\n\n".to_owned();
    while text.len() + 16 <= bytes {
        text.push_str("K=värde \u{1f511}\r\n");
    }
    let left = bytes.saturating_sub(text.len());
    text + &"x".repeat(left)
}

#[tokio::test]
#[ignore = "needs curl and a server, which tests/run builds"]
async fn the_documents_commands_give_env_files_back_byte_for_byte() {
    let database = Database::sqlite();
    let server = Server::open(&database);
    let ada = Person::set_up(&server, "ada@example.com").await;
    let scopes = json!({"name": "CI", "scopes": ["envs:reveal"]});
    let key = ada.make("/access-keys", &scopes).await["key"].as_str().unwrap().to_owned();
    let project = ada.make("/envs", &json!({"name": "Blog"})).await["id"].as_str().unwrap().to_owned();
    for (file_type, content) in [("env", text(100)), ("env.local", text(256 * 1024))] {
        let body = json!({"fileType": file_type, "content": content, "baseVersion": 0});
        let file = ada.make(&format!("/envs/{project}/files"), &body).await;
        assert_eq!(file["size"], content.len());
        for (name, document) in DOCUMENTS {
            let command = recipe(document)
                .replace("http://127.0.0.1:3000", &server.url)
                .replace("PROJECT_ID", &project)
                .replace("FILE_ID", file["id"].as_str().unwrap());
            let place = TempDir::new().unwrap();
            let mut shell = Command::new("sh");
            shell.args(["-c", &command]).current_dir(place.path());
            shell.env("KAGI_KEY", &key).env("KAGI", format!("{}/api", server.url));
            shell.env("auth", format!("Authorization: Bearer {key}")).env("no_proxy", "*");
            assert!(shell.status().unwrap().success(), "{name}: {command}");
            let got = std::fs::read(place.path().join(".env")).unwrap();
            assert!(got == content.as_bytes(), "{name}: {} bytes of {}", got.len(), content.len());
        }
    }
}
