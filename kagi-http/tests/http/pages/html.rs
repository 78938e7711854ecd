//! Reads just enough HTML to see its structure.

/// The tags with the names of their attributes, in order. Panics at a tag that does not end.
pub(super) fn structure(page: &str) -> Vec<String> {
    let mut tags = Vec::new();
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        let (tag, after) = tag(&rest[at + 1..]);
        tags.push(tag);
        rest = after;
    }
    tags
}

fn tag(text: &str) -> (String, &str) {
    let mut shape = String::new();
    let mut quoted = false;
    for (at, c) in text.char_indices() {
        match c {
            '"' => quoted = !quoted,
            '>' if !quoted => {
                return (shape.split_whitespace().collect::<Vec<_>>().join(" "), &text[at + 1..]);
            }
            _ if !quoted => shape.push(c),
            _ => {}
        }
    }
    panic!("a tag does not end");
}

/// Holds a page to the content security policy: no inline script, no style, no handler, nothing from
/// other hosts.
#[track_caller]
pub(super) fn obeys_csp(page: &str) {
    for tag in structure(page) {
        let mut words = tag.split(' ');
        let name = words.next().unwrap_or_default();
        assert!(!["style", "iframe", "object", "embed", "base", "foreignObject"].contains(&name), "<{tag}>");
        assert!(name != "script" || tag == "script src= defer", "<{tag}>");
        for attribute in words {
            assert!(
                !attribute.starts_with("on") && attribute != "style=" && attribute != "srcdoc=",
                "<{tag}>"
            );
        }
    }
    for attribute in ["href=\"", "src=\"", "action=\""] {
        for value in page.split(attribute).skip(1) {
            assert!(
                value.starts_with(['/', '#']) && !value.starts_with("//"),
                "{attribute}{}",
                &value[..40.min(value.len())]
            );
        }
    }
    assert_eq!(page.matches("<script").count(), 1);
    assert!(page.contains("></script>"), "the script is empty but for its address");
}

#[test]
fn the_checks_see_what_they_look_for() {
    assert_eq!(structure("<a href=\"x>y\" hidden>b</a>"), ["a href= hidden", "/a"]);
    for bad in [
        "<p style=\"x\">",
        "<p onclick=\"x\">",
        "<script>x</script>",
        "<style>x</style>",
        "<img src=\"//evil\">",
    ] {
        let page = format!("<script src=\"/a\" defer></script>{bad}");
        assert!(std::panic::catch_unwind(|| obeys_csp(&page)).is_err(), "{bad}");
    }
    obeys_csp("<script src=\"/a\" defer></script><p>style=x onclick=y</p>");
}
