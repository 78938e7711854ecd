//! A person with Chromium in front of the real server.

mod access_keys;
mod accounts;
mod catalogue;
mod entries;
mod envs;
mod everywhere;
mod history;
mod recovery;
mod settings;

use crate::support::{browser::Browser, server::Server};

const EMAIL: &str = "ada@example.com";
const PASSWORD: &str = "correct horse battery";

/// Follows the printed link and makes the first account.
async fn set_up(browser: &Browser, server: &Server) {
    browser.goto(&server.set_up).await;
    browser.fill("email", EMAIL).await;
    browser.fill("name", "Ada").await;
    browser.fill("password", PASSWORD).await;
    browser.click("Make my vault").await;
    browser.sees("Kagi is yours").await;
}

async fn sign_in(browser: &Browser, server: &Server, password: &str) {
    browser.goto(&format!("{}/sign-in", server.url)).await;
    browser.fill("email", EMAIL).await;
    browser.fill("password", password).await;
    browser.click("Sign in").await;
}

/// Makes a category of one variable and ends on its page.
async fn make_category(browser: &Browser, server: &Server, name: &str, env_var: &str) {
    browser.goto(&format!("{}/keys/new", server.url)).await;
    browser.fill("name", name).await;
    browser.fill("envVarName", env_var).await;
    browser.click("Make category").await;
    browser.sees("No value is kept here yet").await;
}

/// Makes an entry of a simple category from its page, and ends there.
async fn make_entry(browser: &Browser, project: &str, value: &str) {
    browser.click_css("main a.primary").await;
    browser.fill("projectName", project).await;
    browser.fill("value", value).await;
    browser.click("Save entry").await;
    browser.sees(project).await;
}
