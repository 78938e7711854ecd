//! The ways in which a secret can stand in a text.

use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE},
};

/// How a secret reads in a log, an answer or a file: as it is, in JSON, in JSON that stands in JSON, in
/// HTML, hex, decimal bytes, URLs, and base64 of both alphabets. Base64 shifts with what stands before: of
/// each of the three alignments the middle is given, which no neighbour changes.
///
/// What is shorter than eight bytes has spellings that are found by chance.
#[must_use]
pub fn spellings(secret: &[u8]) -> Vec<String> {
    let hex = secret.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat();
    let list: Vec<_> = secret.iter().map(ToString::to_string).collect();
    let url = secret.iter().map(|byte| in_url(*byte)).collect::<Vec<_>>().concat();
    let mut all = vec![hex.to_uppercase(), hex, list.join(", "), list.join(",")];
    all.extend([url.replace("%20", "+"), url]);
    if let Ok(text) = str::from_utf8(secret) {
        all.push(text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;"));
        // A body is JSON, a log's line is JSON round it, and what is printed for debugging adds a third.
        all.extend(std::iter::successors(Some(text.to_owned()), |text| Some(escaped(text))).take(4));
    }
    for shift in 0..3 {
        let shifted = [&[0; 3][..shift], secret].concat();
        for engine in [&STANDARD, &URL_SAFE] {
            let encoded = engine.encode(&shifted);
            let encoded = encoded.trim_end_matches('=');
            all.push(encoded[4..encoded.len() - 4].to_owned());
        }
    }
    all
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"")
}

fn in_url(byte: u8) -> String {
    match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    }
}
