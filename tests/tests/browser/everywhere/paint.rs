//! How soon a page is seen (BAR.md P5); a measurement, not a gate.

use super::{Browser, Vault, sights};

const PAINT: &str = "
    return new Promise((tell) => {
        const told = () => performance.getEntriesByName('first-contentful-paint')[0];
        if (told()) return tell(told().startTime);
        new PerformanceObserver((list) => tell(list.getEntries()[0].startTime)).observe({ type: 'paint' });
    });";

async fn painted(browser: &Browser, url: &str) -> f64 {
    browser.goto(url).await;
    browser.run(PAINT).await.unwrap().as_f64().unwrap()
}

#[tokio::test]
#[ignore = "needs Chromium and its driver, which tests/run finds or installs"]
async fn measure_first_paint() {
    let vault = Vault::furnished().await;
    let browser = vault.open().await;
    let mut times = Vec::new();
    let paths: std::collections::BTreeSet<_> =
        sights::of_a_member(&vault).into_iter().map(|sight| sight.path).collect();
    for path in paths {
        times.push((painted(&browser, &format!("{}{path}", vault.server.url)).await, path));
    }
    times.sort_by(|one, other| one.0.total_cmp(&other.0));
    let (median, slowest) = (times[times.len() / 2].0, times.last().unwrap());
    println!(
        "first paint of {} pages: median {median:.0} ms, slowest {:.0} ms ({})",
        times.len(),
        slowest.0,
        slowest.1
    );
    browser.close().await;
}
