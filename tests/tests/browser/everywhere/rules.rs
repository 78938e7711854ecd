//! What is held against every page.

use serde_json::{Value, json};

use super::{Browser, Sight};

/// BAR.md P5, in bytes over the wire.
const COLD: u64 = 60 * 1024;
const WARM: u64 = 15 * 1024;

/// What reaches over the right edge when the page can be scrolled sideways.
const WIDE: &str = "
    const wide = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= wide) return [];
    const beyond = [...document.querySelectorAll('body *')].filter((node) => node.getBoundingClientRect().right > wide + 1);
    return beyond.map((node) => `too wide: ${node.outerHTML.slice(0, 100)}`);";

const AXE: &str = "
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
    const found = await axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] });
    return found.violations.flatMap(({ id, nodes }) =>
        nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.any[0]?.message ?? ''}`));";

/// The page's own bytes for whoever was here before, and for whoever was not; and those of what it is made
/// of. All are packed, as they came.
const WEIGHT: &str = "
    const [page] = performance.getEntriesByType('navigation');
    const parts = performance.getEntriesByType('resource').filter(({ initiatorType }) => ['link', 'script', 'img', 'css'].includes(initiatorType));
    const warm = location.pathname === '/api/docs' ? 0 : page.transferSize; // Browsers keep the reference for an hour.
    return [warm, page.transferSize, parts.reduce((sum, part) => sum + part.encodedBodySize, 0)];";

/// The rules, with the script that knows most of them.
pub(super) struct Rules(String);

impl Rules {
    pub(super) fn new() -> Self {
        let path = std::env::var("KAGI_TEST_AXE").expect("KAGI_TEST_AXE names the script of axe-core");
        Self(std::fs::read_to_string(path).unwrap())
    }

    /// What is wrong with the page that is open on this server, in the light and in the dark.
    pub(super) async fn broken(&self, browser: &Browser, server: &str) -> Vec<String> {
        let mut wrong: Vec<_> = too_heavy(&browser.run(WEIGHT).await.unwrap()).into_iter().collect();
        wrong.extend(foreign(browser, server).await);
        browser.run(&self.0).await.unwrap();
        for scheme in ["dark", "light"] {
            browser.look_in(scheme).await;
            wrong.extend(lines(&browser.run(WIDE).await.unwrap()));
            let found = browser.run(&format!("return (async () => {{ {AXE} }})()")).await.unwrap();
            wrong.extend(lines(&found).iter().map(|what| format!("{what} in the {scheme}")));
        }
        wrong
    }

    /// What is wrong with these pages.
    pub(super) async fn broken_by(&self, browser: &Browser, server: &str, sights: &[Sight]) -> Vec<String> {
        let mut wrong = Vec::new();
        for sight in sights {
            sight.show(browser, server).await;
            let found = self.broken(browser, server).await;
            wrong.extend(found.into_iter().map(|what| format!("{what} ({})", sight.path)));
        }
        wrong
    }
}

fn lines(found: &Value) -> Vec<String> {
    found.as_array().unwrap().iter().map(|line| line.as_str().unwrap().to_owned()).collect()
}

fn too_heavy(weight: &Value) -> Option<String> {
    let [warm, page, parts] = [0, 1, 2].map(|index| weight[index].as_u64().unwrap());
    (warm > WARM || page + parts > COLD).then(|| format!("{warm} bytes warm, {} cold", page + parts))
}

/// The requests since the last look that went elsewhere.
async fn foreign(browser: &Browser, server: &str) -> Vec<String> {
    let requests = browser.requests().await;
    let own = |url: &&String| !url.starts_with(&format!("{server}/")) && url.starts_with("http");
    requests.iter().filter(own).map(|url| format!("a request to {url}")).collect()
}

#[tokio::test]
#[ignore = "needs Chromium, its driver and axe-core, which tests/run finds or installs"]
async fn the_rules_see_what_they_look_for() {
    let (server, browser) = (crate::support::server::Server::quickstart(), Browser::open(1440).await);
    let rules = Rules::new();
    browser.goto(&format!("{}/setup", server.url)).await;
    assert_eq!(rules.broken(&browser, &server.url).await, Vec::<String>::new());
    browser
        .run(
            "document.querySelector('label').remove();
            document.querySelector('h1').style.color = '#ccc';
            document.body.style.width = '200vw'",
        )
        .await
        .unwrap();
    let found = rules.broken(&browser, &server.url).await;
    for rule in ["label: ", "color-contrast: ", "too wide: "] {
        assert!(found.iter().any(|what| what.starts_with(rule)), "{rule} {found:?}");
    }
    // The same server by another name is another host, and a page that leads there asked for it.
    browser.goto(&format!("{}/setup", server.url.replace("127.0.0.1", "localhost"))).await;
    let found = rules.broken(&browser, &server.url).await;
    assert!(found.iter().any(|what| what.starts_with("a request to http://localhost")), "{found:?}");
    assert_eq!(too_heavy(&json!([WARM, WARM, COLD - WARM])), None);
    assert!(too_heavy(&json!([WARM + 1, 0, 0])).is_some() && too_heavy(&json!([0, 1, COLD])).is_some());
    browser.close().await;
}
