//! What is shaped like a key. A prompt never needs one, so that doubt is decided against the text:
//! also a UUID or a commit's digest is taken for a key, as several services give out keys of that form.

/// What vendors begin their keys with. So much the shorter can the rest be.
const PREFIXES: [&str; 58] = [
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
    "akia",
    "asia",
    "aiza",
    "ya29.",
    "goc",
    "sg.",
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
    "eaaa",
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
    "age-secret-key-",
    "tskey-",
    "phc_",
    "phx_",
    "eyj",
    "rzp_",
    "tvly-",
];

/// The fewest characters behind a vendor's prefix.
const REST: usize = 12;

/// Whether something in the text is shaped like a key, a token, or an address with a password.
#[must_use]
pub fn holds_a_secret(text: &str) -> bool {
    let inside = |c: char| c.is_ascii_alphanumeric() || "_-+/=.~:@%!$*&^?#".contains(c);
    text.contains("-----BEGIN ") || text.split(|c| !inside(c)).any(is_secret)
}

fn is_secret(token: &str) -> bool {
    if has_password(token) {
        return true;
    }
    // An assignment's name, an address' scheme and a sentence's full stop are no part of the key.
    let parts = token.split(['=', ':', '@', '?', '&', '#', '!', '$', '*', '^', '%', '~']);
    parts.map(|part| part.trim_matches(['.', '/', '-', '_'])).any(|part| {
        has_prefix(part) || is_uuid(part) || part.split(['.', '/']).any(is_random) || is_random(part)
    })
}

/// `scheme://user:password@host`
fn has_password(token: &str) -> bool {
    let Some((_, rest)) = token.split_once("://") else { return false };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let Some((user, _)) = authority.rsplit_once('@') else { return false };
    user.split_once(':').is_some_and(|(_, password)| !password.is_empty())
}

fn has_prefix(part: &str) -> bool {
    PREFIXES.iter().any(|prefix| {
        let Some((start, rest)) = part.split_at_checked(prefix.len()) else { return false };
        start.eq_ignore_ascii_case(prefix) && rest.len() >= REST && Classes::of(rest).are_of_a_key()
    })
}

fn is_uuid(part: &str) -> bool {
    let groups: Vec<_> = part.split('-').collect();
    let lengths: Vec<_> = groups.iter().map(|group| group.len()).collect();
    lengths == [8, 4, 4, 4, 12] && groups.iter().all(|group| group.bytes().all(|b| b.is_ascii_hexdigit()))
}

/// Long, and of letters and digits without order. Random text changes between them at every other
/// character, words and names do not.
fn is_random(part: &str) -> bool {
    let restless = |found: &Classes| found.changes * 3 >= found.length;
    let solid = part.split(['-', '_', '+', '/']).any(|run| {
        let found = Classes::of(run);
        let cases = found.lower.min(found.upper);
        let hex = found.length >= 32 && found.digits >= 4 && run.bytes().all(|byte| byte.is_ascii_hexdigit());
        let short = found.length >= 20 && found.digits >= 1 && found.digits < found.length;
        hex || (restless(&found) && (short || (found.length >= 32 && cases >= found.length / 4)))
    });
    let all = Classes::of(part);
    let cases = all.lower.min(all.upper);
    let mixed = (all.digits >= 2 && cases >= 4) || (all.length >= 28 && cases >= all.length / 3);
    solid || (all.length >= 20 && mixed && restless(&all))
}

#[derive(Default)]
struct Classes {
    length: usize,
    lower: usize,
    upper: usize,
    digits: usize,
    /// How often the next character is of another kind.
    changes: usize,
}

impl Classes {
    fn of(text: &str) -> Self {
        let mut found = Self::default();
        let mut last = None;
        for byte in text.bytes() {
            found.length += 1;
            let kind = match byte {
                b'a'..=b'z' => &mut found.lower,
                b'A'..=b'Z' => &mut found.upper,
                b'0'..=b'9' => &mut found.digits,
                _ => {
                    last = None;
                    continue;
                }
            };
            *kind += 1;
            let class = (byte.is_ascii_lowercase(), byte.is_ascii_uppercase());
            found.changes += usize::from(last.is_some_and(|last| last != class));
            last = Some(class);
        }
        found
    }

    /// Words have neither digits among their letters nor capitals within.
    const fn are_of_a_key(&self) -> bool {
        self.changes >= 3 && (self.digits >= 2 || (self.upper >= 2 && self.lower >= 2))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU64, Ordering};

    use super::*;
    use crate::{
        generate::{SecretFormat, SecretRecipe, SecretSize},
        ports::Entropy,
    };

    /// Put together here, so that no file holds one.
    fn keys() -> Vec<String> {
        let (mixed, hex) = ("aB3dE5gH7jK9mN1pQ3sT5vX7z", "9f86d081884c7d659a2feaa0c55ad015");
        let base64 = "wJal/XUtn+EMI7K4MDENG1bPxRf2CYE9XAMP0LEK";
        let mut keys = Vec::new();
        for prefix in PREFIXES.iter().filter(|prefix| prefix.len() > 3) {
            keys.push(format!("{prefix}{mixed}"));
        }
        keys.extend([
            format!("sk-{mixed}"),
            format!("sk-proj-{mixed}"),
            format!("OPENAI_API_KEY=sk-{mixed}"),
            format!("\"{mixed}\""),
            format!("({hex})"),
            base64.to_owned(),
            format!("key:{base64}"),
            format!("AKIA{}", "IOSF7DNN7EXAMP2E"),
            format!("eyJhbGciOi.{mixed}.{mixed}"),
            "postgres://app:hunter2@db.example.com/app".to_owned(),
            "redis://:hunter2@localhost:6379".to_owned(),
            "3f2504e0-4f89-41d3-9a0c-0305e82c3301".to_owned(),
            "-----BEGIN PRIVATE KEY-----".to_owned(),
            format!("https://hooks.example.com/services/T0/B0/{mixed}"),
        ]);
        keys
    }

    #[test]
    fn keys_are_seen_wherever_they_stand() {
        for key in keys() {
            assert!(holds_a_secret(&key), "{key}");
            assert!(holds_a_secret(&format!("use {key}, please.")), "{key}");
            assert!(holds_a_secret(&format!("密钥是{key}。")), "{key}");
        }
    }

    /// What Kagi itself makes is random text of four alphabets.
    #[test]
    fn random_text_is_seen() {
        struct Mixing(AtomicU64);
        impl Entropy for Mixing {
            fn fill(&self, buffer: &mut [u8]) {
                for byte in buffer {
                    let step = 0x9e37_79b9_7f4a_7c15;
                    let next = self.0.fetch_add(step, Ordering::Relaxed).wrapping_add(step);
                    let mixed = (next ^ (next >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
                    *byte = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb).to_be_bytes()[0];
                }
            }
        }
        let entropy = Mixing(AtomicU64::new(7));
        for format in SecretFormat::ALL {
            for bytes in [16, 32, 64] {
                let recipe = SecretRecipe { format, size: SecretSize::new(bytes).unwrap() };
                let seen = (0..1000).filter(|_| holds_a_secret(recipe.make(&entropy).expose())).count();
                println!("{} of {bytes} bytes: {seen} of 1000", format.as_str());
                // The shortest of base64 may be cut by its signs into pieces of few characters.
                let least = if bytes == 16 { 880 } else { 980 };
                assert!(seen >= least, "{} of {bytes} bytes: {seen}", format.as_str());
            }
        }
    }

    #[test]
    fn ordinary_words_are_not_keys() {
        for text in [
            "NEXT_PUBLIC_SUPABASE_ANON_KEY and STRIPE_WEBHOOK_SECRET for staging",
            "a 64-byte base64url JWT key, sha256, hs512, ed25519",
            "sk-learn-something-really-long and re_exported_things_here",
            "https://github.com/vercel/next.js/tree/canary/examples/with-supabase",
            "postgres://localhost:5432/app and redis://user@localhost",
            "Donaudampfschifffahrtsgesellschaftskapitän",
            "my-project-2024-q3-backend-production-v2",
            "internationalization2 useServerSideRenderingWithStreamingSupport",
            "arn:aws:s3:::my-bucket-name/path/to/2024-11-26/report.csv",
            "com.example.mobile.android.debug 192.168.100.100 2024-11-26T00:12:48Z",
            "为这个项目生成随机的会话密钥",
            "secret_key_base, secret_something_plain, asia-northeast1, akiaaaaaaaaaaaaaaaaa",
            "projectAlpha2024Backend My-Project-2024-Q3-Backup-V2-Final-Release getUserByIdFromDbAndMap",
            "ada@example.com +49 170 1234567890",
        ] {
            assert!(!holds_a_secret(text), "{text}");
        }
    }
}
