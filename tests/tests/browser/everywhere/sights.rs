//! Every page, and what can be open on it.

mod env_files;
mod generate;

use super::{Browser, Vault};

/// A page in a state.
pub(super) struct Sight {
    /// Its route, in the router's spelling; none for what no route of the pages shows.
    pub(super) route: Option<&'static str>,
    pub(super) path: String,
    /// What is done there.
    steps: &'static [Step],
}

enum Step {
    /// Clicks the first such element.
    Click(&'static str),
    /// Waits until there is one.
    Wait(&'static str),
    Run(&'static str),
}
use Step::{Click, Run, Wait};

/// Routes that only lead on, are read by programs, or answer a form.
pub(super) const LEAD_ON: &[&str] = &[
    "/assets/:hash/:name",
    "/sign-out",
    "/signed-out",
    "/api/auth/sign-in/keycloak",
    "/api/auth/callback/keycloak",
    "/settings/keycloak/link",
    "/settings/keycloak/unlink",
    "/settings",
    "/settings/activity/:kind/:id",
    "/settings/export/file",
    "/settings/sessions/end-others",
    "/settings/sessions/:id/end",
    "/entries/:id/reveal",
    "/entries/:id/download",
    "/entries/:id/compare",
    "/entries/:id/versions/:number/reveal",
    "/entries/:id/versions/:number/restore",
    "/2fa/:id/reveal",
    "/2fa/:id/codes/:index/unuse",
    "/import/change",
    "/import/confirm",
    "/envs/check",
    "/envs/line",
    "/envs/:id",
    "/envs/:id/files/:type/open",
    "/envs/:id/files/:type/save",
    "/envs/:id/files/:type/insert",
    "/envs/:id/files/:type/generate",
    "/envs/:id/files/:type/import",
    "/envs/:id/files/:type/download",
    "/envs/:id/files/:type/compare",
    "/envs/:id/files/:type/versions/:number/reveal",
    "/envs/:id/files/:type/versions/:number/restore",
];

const REFUSED: &[Step] = &[
    Run("const form = document.querySelector('main form[method=post]');
        for (const field of form.querySelectorAll('input:not([type=hidden], [type=radio], [type=checkbox])')) field.value = '';
        HTMLFormElement.prototype.submit.call(form)"),
    Wait("main :is(.error, .notice)"),
];
const PREVIEWED: &str = "const form = document.querySelector('main form.sheet');
    form.elements.content.value = '# remark\\nOPENAI_API_KEY=one\\nOPENAI_API_KEY=two\\nAWS_ACCESS_KEY_ID=a\\nAWS_SECRET_ACCESS_KEY=b #c\\nwhat is this\\nFRESH=1';
    form.elements.projectName.value = 'Blog';
    HTMLFormElement.prototype.submit.call(form)";
const SENT_WITHOUT_SCRIPT: &str = "HTMLFormElement.prototype.submit.call(document.querySelector('[data-reveal], [data-reveal-code], [data-disclose]'))";

impl Sight {
    fn of(route: &'static str, path: impl Into<String>) -> Self {
        Self { route: Some(route), path: path.into(), steps: &[] }
    }

    fn after(mut self, steps: &'static [Step]) -> Self {
        self.steps = steps;
        self
    }

    /// Goes there and does what is to be done.
    pub(super) async fn show(&self, browser: &Browser, server: &str) {
        browser.goto(&format!("{server}{}", self.path)).await;
        for step in self.steps {
            match step {
                Click(css) => browser.click_css(css).await,
                Wait(css) => drop(browser.find(css).await),
                Run(script) => drop(browser.run(script).await.unwrap()),
            }
        }
    }
}

/// What a person in a session can see.
pub(super) fn of_a_member(vault: &Vault) -> Vec<Sight> {
    let mut all = keys(vault);
    all.extend(entries(vault));
    all.extend(two_factor(vault));
    all.extend(env_files::pages(vault));
    all.extend(generate::panel(vault));
    all.extend(settings(vault));
    all
}

fn keys(Vault { category, group, .. }: &Vault) -> Vec<Sight> {
    let (one, several) = (format!("/keys/{category}"), format!("/keys/{group}"));
    vec![
        Sight::of("/", "/"),
        Sight::of("/", "/").after(&[Click(".account summary")]),
        Sight::of("/", "/")
            .after(&[Run("document.querySelector('[data-palette]').click()"), Wait("#spots a")]),
        Sight::of("/", "/").after(&[
            Run("document.querySelector('[data-palette]').click();
                const field = document.querySelector('#palette input');
                field.value = 'o';
                field.dispatchEvent(new Event('input', { bubbles: true }))"),
            Wait("#spots [aria-label='Services'] a"),
        ]),
        Sight::of("/", "/").after(&[
            Run("document.querySelector('[data-palette]').click();
                const field = document.querySelector('#palette input');
                field.value = 'zzzz';
                field.dispatchEvent(new Event('input', { bubbles: true }))"),
            Wait("#palette .nothing:not([hidden])"),
        ]),
        Sight::of("/", "/").after(&[Run("document.getElementById('ended').showModal()")]),
        Sight::of("/", "/").after(&[Run("kagi.explain(new Error('It did not work.'))"), Wait(".toast.bad")]),
        Sight::of("/palette", "/palette"),
        Sight::of("/palette", "/palette?search=o"),
        Sight::of("/palette", "/palette?search=zzzz"),
        Sight::of("/projects", "/projects?name=Blog"),
        Sight::of("/projects", "/projects?name=Nothing"),
        Sight::of("/keys", "/keys"),
        Sight::of("/keys", "/keys?search=openai"),
        Sight::of("/keys", "/keys?search=zzzz"),
        Sight::of("/import", "/import"),
        Sight::of("/import", "/import").after(REFUSED),
        Sight::of("/import", "/import").after(&[Run(PREVIEWED), Wait(".planned-lines")]),
        Sight::of(
            "/import/done",
            "/import/done?name=Blog&environment=production&from=0&to=9999999999999&new=1",
        ),
        Sight::of("/import/done", "/import/done?name=Nothing&environment=local&from=0&to=1"),
        Sight::of("/keys/new", "/keys/new"),
        Sight::of("/keys/new", "/keys/new").after(REFUSED),
        Sight::of("/keys/new", "/keys/new?search=a"),
        Sight::of("/keys/new", "/keys/new?service=firebase"),
        Sight::of("/keys/:id", &one),
        Sight::of("/keys/:id", &one).after(&[Click("a[data-ask]"), Wait("#ask[open]")]),
        // The last one's: what an open menu lies over counts as too small to hit.
        Sight::of("/keys/:id", &one)
            .after(&[Click("section.project:last-of-type li.entry:last-child .more summary")]),
        Sight::of("/keys/:id", &one).after(&[Click("[data-reveal] button"), Wait("pre.value")]),
        Sight::of("/keys/:id", &one).after(&[Run(SENT_WITHOUT_SCRIPT), Wait(".opened")]),
        Sight::of("/keys/:id", several),
        Sight::of("/keys/:id/edit", format!("{one}/edit")),
        Sight::of("/keys/:id/edit", format!("{one}/edit")).after(REFUSED),
        Sight::of("/keys/:id/delete", format!("{one}/delete")),
        Sight::of("/keys/:id/entries/new", format!("{one}/entries/new")),
        Sight::of("/keys/:id/entries/new", format!("{one}/entries/new")).after(REFUSED),
        Sight::of("/keys/:id/entries/new", format!("/keys/{group}/entries/new")).after(REFUSED),
    ]
}

fn entries(Vault { entry, .. }: &Vault) -> Vec<Sight> {
    let one = format!("/entries/{entry}");
    let history = || Sight::of("/entries/:id/history", format!("{one}/history"));
    vec![
        Sight::of("/entries/:id/edit", format!("{one}/edit")),
        Sight::of("/entries/:id/edit", format!("{one}/edit")).after(REFUSED),
        Sight::of("/entries/:id/delete", format!("{one}/delete")),
        history(),
        history().after(&[Click("[data-reveal] button"), Wait("pre.value")]),
        history().after(&[Click("[data-disclose] button"), Wait(".fuse")]),
        history().after(&[
            Run("HTMLFormElement.prototype.submit.call(document.querySelector('[data-disclose]'))"),
            Wait(".half"),
        ]),
        Sight::of("/entries/:id/versions/:number/purge", format!("{one}/versions/1/purge")),
    ]
}

fn two_factor(Vault { set, spent, .. }: &Vault) -> Vec<Sight> {
    let one = format!("/2fa/{set}");
    vec![
        Sight::of("/2fa", "/2fa"),
        Sight::of("/2fa", "/2fa?search=zzzz"),
        Sight::of("/2fa/new", "/2fa/new"),
        Sight::of("/2fa/new", "/2fa/new").after(REFUSED),
        Sight::of("/2fa/:id", &one),
        Sight::of("/2fa/:id", &one).after(&[Click("a[data-ask]"), Wait("#ask[open]")]),
        Sight::of("/2fa/:id", &one).after(&[Click(".supply [data-reveal-code] button"), Wait("#code-shown")]),
        Sight::of("/2fa/:id", &one).after(&[Run(SENT_WITHOUT_SCRIPT), Wait("#code-shown")]),
        Sight::of("/2fa/:id", format!("/2fa/{spent}")),
        Sight::of("/2fa/:id/edit", format!("{one}/edit")),
        Sight::of("/2fa/:id/edit", format!("{one}/edit")).after(REFUSED),
        Sight::of("/2fa/:id/delete", format!("{one}/delete")),
    ]
}

fn settings(Vault { key, .. }: &Vault) -> Vec<Sight> {
    vec![
        Sight::of("/settings/profile", "/settings/profile"),
        Sight::of("/settings/profile", "/settings/profile").after(&[Click("main form button"), Wait(".flash")]),
        Sight::of("/settings/password", "/settings/password"),
        Sight::of("/settings/password", "/settings/password").after(REFUSED),
        Sight::of("/settings/keycloak", "/settings/keycloak"),
        Sight::of("/settings/keycloak", "/settings/keycloak?failed=link-taken"),
        Sight::of("/settings/sessions", "/settings/sessions"),
        Sight::of("/settings/encryption", "/settings/encryption"),
        Sight::of("/settings/activity", "/settings/activity"),
        Sight::of("/settings/activity", "/settings/activity?action=user.delete"),
        Sight::of("/settings/activity", "/settings/activity?since=2026-02-02&until=2026-01-01"),
        Sight::of("/settings/export", "/settings/export"),
        Sight::of("/settings/delete", "/settings/delete"),
        Sight::of("/settings/delete/data", "/settings/delete/data"),
        Sight::of("/settings/delete/data", "/settings/delete/data").after(REFUSED),
        Sight::of("/settings/delete/account", "/settings/delete/account"),
        Sight::of("/settings/delete/account", "/settings/delete/account").after(REFUSED),
        Sight::of("/settings/access-keys", "/settings/access-keys"),
        Sight::of("/settings/access-keys/new", "/settings/access-keys/new"),
        Sight::of("/settings/access-keys/new", "/settings/access-keys/new").after(REFUSED),
        Sight::of("/settings/access-keys/new", "/settings/access-keys/new").after(&[
            Run("document.querySelector('[name=name]').value = 'another'; document.querySelector('[name=scopes]').checked = true"),
            Click("main form button.primary"),
            Wait("[data-copy-from]"),
        ]),
        Sight::of("/settings/access-keys/:id/revoke", format!("/settings/access-keys/{key}/revoke")),
        Sight { route: None, path: "/nowhere".to_owned(), steps: &[] },
        Sight { route: None, path: "/api/docs".to_owned(), steps: &[] },
    ]
}

/// What anybody can see of a server that is in use.
pub(super) fn of_a_guest() -> Vec<Sight> {
    vec![
        Sight::of("/sign-in", "/sign-in"),
        Sight::of("/sign-in", "/sign-in").after(REFUSED),
        Sight::of("/sign-in", "/sign-in?ended=1"),
        Sight::of("/sign-in", "/sign-in?failed=email-taken"),
        Sight::of("/sign-up", "/sign-up"),
        Sight::of("/sign-up", "/sign-up").after(REFUSED),
        Sight::of("/setup", "/setup"),
        Sight::of("/sign-in", "/sign-in").after(&[
            Run("const form = document.querySelector('main form');
                form.action = '/2fa/new';
                HTMLFormElement.prototype.submit.call(form)"),
            Wait("main a[target='_blank']"),
        ]),
    ]
}

/// What anybody can see of a server that is new.
pub(super) fn of_a_new_server(set_up: &str) -> Vec<Sight> {
    vec![
        Sight::of("/setup", "/setup"),
        Sight::of("/setup", "/setup?token=wrong"),
        Sight::of("/setup", set_up),
        Sight::of("/setup", set_up).after(REFUSED),
    ]
}

/// What the owner of a new server sees.
pub(super) fn of_an_empty_vault() -> Vec<Sight> {
    vec![
        Sight::of("/", "/"),
        Sight::of("/keys", "/keys"),
        Sight::of("/2fa", "/2fa"),
        Sight::of("/envs", "/envs"),
        Sight::of("/settings/access-keys", "/settings/access-keys"),
        Sight::of("/settings/encryption", "/settings/encryption"),
    ]
}

#[tokio::test]
#[ignore = "needs a server, which tests/run builds"]
async fn the_list_of_pages_is_whole() {
    let vault = Vault::furnished().await;
    let seen: Vec<_> =
        [of_a_member(&vault), of_a_guest()].into_iter().flatten().filter_map(|sight| sight.route).collect();
    let routes = kagi_http::page_paths();
    for route in &routes {
        let known = seen.contains(&route.as_str());
        assert_ne!(
            known,
            LEAD_ON.contains(&route.as_str()),
            "{route} is not looked at, or twice in the lists"
        );
    }
    for route in seen.iter().chain(LEAD_ON) {
        assert!(routes.iter().any(|own| own == route), "{route} is no page any more");
    }
}
