//! What vendors begin their keys with.

use super::Classes;

/// In their true spelling. So much the shorter can the rest be.
pub(super) const PREFIXES: [&str; 58] = [
    "sk-",
    "sk_",
    "pk_",
    "rk_",
    "whsec_",
    "ghp_",
    "gho_",
    "ghu_",
    "ghs_",
    "ghr_",
    "github_pat_",
    "glpat-",
    "gldt-",
    "glrt-",
    "xoxb-",
    "xoxp-",
    "xoxa-",
    "xoxe-",
    "xoxs-",
    "xapp-",
    "AKIA",
    "ASIA",
    "AIza",
    "ya29.",
    "GOCSPX-",
    "SG.",
    "hf_",
    "npm_",
    "pypi-",
    "dop_v1_",
    "doo_v1_",
    "shpat_",
    "shpss_",
    "shpca_",
    "sq0atp-",
    "sq0csp-",
    "EAAA",
    "re_",
    "sbp_",
    "sb_",
    "dckr_pat_",
    "lin_api_",
    "secret_",
    "ntn_",
    "xai-",
    "gsk_",
    "pplx-",
    "r8_",
    "kagi_",
    "hvs.",
    "hvb.",
    "AGE-SECRET-KEY-",
    "tskey-",
    "phc_",
    "phx_",
    "eyJ",
    "rzp_",
    "tvly-",
];

/// The prefixes of AWS's ids, which are words as well. Only capitals and digits follow them.
const AWS: [&str; 2] = ["AKIA", "ASIA"];

/// The fewest characters behind a prefix when they look random.
const REST: usize = 12;
/// The fewest letters and digits in a row behind a prefix, however they look. Few words are longer.
const RUN: usize = 16;
/// The same where digits are among them.
const RUN_WITH_DIGITS: usize = 10;

/// Whether the text begins as a vendor's key does, and goes on as one. The prefix in its true spelling
/// is believed whatever follows, if there is enough of it; in another case the rest has to look random.
pub(super) fn is_key(text: &str) -> bool {
    PREFIXES.iter().any(|prefix| {
        let Some((start, rest)) = text.split_at_checked(prefix.len()) else { return false };
        let random = rest.len() >= REST && Classes::of(rest).are_of_a_key();
        start.eq_ignore_ascii_case(prefix) && (random || (start == *prefix && is_enough(prefix, rest)))
    })
}

fn is_enough(prefix: &str, rest: &str) -> bool {
    if AWS.contains(&prefix) {
        let id = rest.bytes().take_while(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
        return id.count() >= RUN;
    }
    rest.split(|c: char| !c.is_ascii_alphanumeric()).any(|run| {
        let digits = run.bytes().filter(u8::is_ascii_digit).count();
        run.len() >= RUN || (run.len() >= RUN_WITH_DIGITS && digits >= 2)
    })
}
