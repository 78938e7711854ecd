//! A browser in words, from what it calls itself.

use kagi_domain::model::user::UserAgent;

/// Marks of programs. Browsers name those they descend from too, so the first that fits counts.
const PROGRAMS: [(&str, &str); 14] = [
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Vivaldi/", "Vivaldi"),
    ("FxiOS/", "Firefox"),
    ("Firefox/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chromium/", "Chromium"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
    ("curl/", "curl"),
    ("Wget/", "Wget"),
    ("python-requests/", "Python"),
    ("PostmanRuntime/", "Postman"),
];
/// Marks of systems, likewise.
const SYSTEMS: [(&str, &str); 7] = [
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
];

/// "Firefox on Linux"; a claim, like what it is read from.
pub(super) fn device(agent: Option<&UserAgent>) -> String {
    let text = agent.map_or("", UserAgent::as_str);
    match (first(&PROGRAMS, text), first(&SYSTEMS, text)) {
        (Some(program), Some(system)) => format!("{program} on {system}"),
        (Some(program), None) => program.to_owned(),
        (None, Some(system)) => format!("An unknown program on {system}"),
        (None, None) => "An unknown program".to_owned(),
    }
}

fn first(marks: &[(&str, &'static str)], text: &str) -> Option<&'static str> {
    marks.iter().find_map(|(mark, name)| text.contains(mark).then_some(*name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_are_told_from_their_ancestors() {
        const GECKO: &str = "AppleWebKit/537.36 (KHTML, like Gecko)";
        for (text, words) in [
            ("Mozilla/5.0 (X11; Linux x86_64; rv:141.0) Gecko/20100101 Firefox/141.0".to_owned(), "Firefox on Linux"),
            (format!("Mozilla/5.0 (Windows NT 10.0; Win64; x64) {GECKO} Chrome/140.0.0.0 Safari/537.36"), "Chrome on Windows"),
            (format!("Mozilla/5.0 (Windows NT 10.0) {GECKO} Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0"), "Edge on Windows"),
            (format!("Mozilla/5.0 (Linux; Android 10; K) {GECKO} Chrome/140.0.0.0 Mobile Safari/537.36"), "Chrome on Android"),
            (format!("Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) {GECKO} Chrome/140.0.0.0 Safari/537.36"), "Chrome on ChromeOS"),
            ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15".to_owned(), "Safari on macOS"),
            ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/140.0 Mobile/15E148 Safari/604.1".to_owned(), "Chrome on iPhone"),
            ("curl/8.5.0".to_owned(), "curl"),
            ("Lynx on Linux".to_owned(), "An unknown program on Linux"),
            ("<script>".to_owned(), "An unknown program"),
        ] {
            assert_eq!(device(UserAgent::read(&text).as_ref()), words, "{text}");
        }
        assert_eq!(device(None), "An unknown program");
    }
}
