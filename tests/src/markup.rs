//! Texts that would be markup, or would run, where a page forgets to write them as text.

/// What runs, loads, hides or leads away.
const INSIDE: [&str; 18] = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg/onload=alert`1`>",
    "<body onload=alert(1)>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "<a href=javascript:alert(1)>x</a>",
    "<style>*{display:none}</style>",
    "<p style=position:fixed>",
    "<input autofocus onfocus=alert(1)>",
    "<details open ontoggle=alert(1)>",
    "<math><mi//xlink:href='data:x,<script>alert(1)</script>'>",
    "<template><script>alert(1)</script></template>",
    "<base href=//evil.example>",
    "<form action=//evil.example>",
    "<meta http-equiv=refresh content=0;url=//evil.example>",
    "<object data=//evil.example>",
    "&lt;script&gt;&#60;",
];

/// What ends the place that a text may stand in.
const CARRIERS: [(&str, &str); 6] = [
    ("", ""),
    ("\"> ", ""),
    ("'> ", " <x y='"),
    ("</textarea></title></script></select>", ""),
    ("--> ", " <!--"),
    ("x\" autofocus onfocus=alert(1) y=\"", ""),
];

/// Over a hundred different texts, each short enough for a name.
#[must_use]
pub fn payloads() -> Vec<String> {
    let all =
        CARRIERS.iter().flat_map(|(before, after)| INSIDE.map(|inside| format!("{before}{inside}{after}")));
    all.collect()
}
