//! What people do now and then, with the keyboard alone.

use serde_json::{Value, json};

use super::{
    Browser,
    keyboard::{go, signed_in},
};
use crate::{
    browser::{EMAIL, PASSWORD},
    support::{database::Database, keyboard::ENTER, person::Person, server::Server},
};

const NEW: &str = "another horse battery";

/// A vault with one of everything, and its person in front of it.
async fn furnished(server: &Server) -> (Person, [String; 3]) {
    let ada = Person::set_up(server, EMAIL).await;
    let category = ada.category("STRIPE_KEY").await;
    ada.entry(&category, "Blog", "production", "canary-value").await;
    let id = |made: &Value| made["id"].as_str().unwrap().to_owned();
    let set = id(&ada.make("/2fa", &json!({"service": "GitHub", "tokens": ["canary-a", "canary-b"]})).await);
    let env = id(&ada.make("/envs", &json!({"name": "Site"})).await);
    let file = json!({"fileType": "env", "content": "A=canary-text\n"});
    ada.make(&format!("/envs/{env}/files"), &file).await;
    ada.key(None).await;
    (ada, [format!("/keys/{category}"), format!("/2fa/{set}"), format!("/envs/{env}")])
}

/// Confirms a question that stands in a dialog over the page.
async fn confirm(browser: &Browser, question: &str, button: &str, said: &str) {
    browser.sees(question).await;
    browser.enter(button).await;
    browser.sees(said).await;
}

async fn change_what_is_kept(browser: &Browser, server: &Server, [category, set, env]: &[String; 3]) {
    for (path, field, button, said) in [
        (category, "Name", "Save category", "The category was saved."),
        (set, "Label", "Save recovery set", "The recovery set was saved."),
        (env, "Name", "Save project", "The project was saved."),
    ] {
        browser.goto(&format!("{}{path}", server.url)).await;
        browser.enter("Edit").await;
        browser.find("form.sheet").await;
        browser.write(field, "Renamed").await;
        browser.enter(button).await;
        browser.sees(said).await;
        browser.sees("Renamed").await;
    }
}

async fn take_out(browser: &Browser, server: &Server, category: &str) {
    browser.goto(&format!("{}{category}", server.url)).await;
    browser.enter("More for Blog").await;
    browser.enter("Download").await;
    go(browser, "export").await;
    browser.sees("A JSON file of what your vault contains").await;
    browser.enter("Download the export").await;
    go(browser, "activity").await;
    browser.sees("Metadata exported").await;
    browser.sees("Value revealed").await;
    assert!(!browser.holds("canary").await);
    go(browser, "encryption").await;
    browser.sees("AES-256-GCM").await;
    let cells =
        "return [...document.querySelectorAll('.cells-by-key tbody td')].map((cell) => cell.textContent)";
    assert_eq!(browser.run(cells).await.unwrap(), json!(["1", "2", "1"]), "what is sealed is counted");
}

async fn look_after_the_account(browser: &Browser, server: &Server) {
    go(browser, "profile").await;
    browser.find("[name='name']").await;
    browser.write("Name", "Ada Lovelace").await;
    browser.enter("Save profile").await;
    browser.sees("Your profile was saved.").await;
    let other = Browser::open(390).await;
    signed_in(&other, server).await;
    go(browser, "sessions").await;
    browser.sees("this one").await;
    browser.enter("End the session of").await;
    browser.sees("The session has ended.").await;
    other.goto(&format!("{}/keys", server.url)).await;
    other.sees("Your session has ended").await;
    other.close().await;
    go(browser, "access keys").await;
    browser.enter("Revoke a key").await;
    confirm(browser, "Revoke", "Revoke", "The access key was revoked.").await;
    go(browser, "password").await;
    browser.find("[name='currentPassword']").await;
    browser.write("Current password", PASSWORD).await;
    browser.write("New password", NEW).await;
    browser.key(ENTER).await;
    browser.sees("Your password was changed.").await;
}

async fn delete_what_is_kept(browser: &Browser, server: &Server, [_, set, env]: &[String; 3]) {
    for (path, button, said) in [
        (set, "Delete recovery set", "The recovery set was deleted."),
        (env, "Delete project", "The project was deleted with its files."),
    ] {
        browser.goto(&format!("{}{path}", server.url)).await;
        browser.enter("Delete").await;
        confirm(browser, "cannot be undone", button, said).await;
    }
    go(browser, "delete data").await;
    browser.sees("Nothing here can be undone").await;
    browser.enter("Delete all vault data").await;
    browser.find("[name='confirmation']").await;
    browser.write("Type ada@example.com to confirm", EMAIL).await;
    browser.enter("Delete all vault data").await;
    browser.sees("Your vault is empty.").await;
}

#[tokio::test]
#[ignore = "needs Chromium and its driver, which tests/run finds or installs"]
async fn a_keyboard_is_enough_for_what_is_done_now_and_then() {
    let database = Database::sqlite();
    let (server, browser) = (Server::open(&database), Browser::open(1440).await);
    let (_ada, places) = furnished(&server).await;
    signed_in(&browser, &server).await;
    change_what_is_kept(&browser, &server, &places).await;
    take_out(&browser, &server, &places[0]).await;
    look_after_the_account(&browser, &server).await;
    delete_what_is_kept(&browser, &server, &places).await;
    browser.close().await;
}
