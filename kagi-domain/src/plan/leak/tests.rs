use std::sync::atomic::{AtomicU64, Ordering};

use super::{vendor::PREFIXES, *};
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

/// A vendor's prefix gives away a key also when what follows has an order: the samples of manuals, and
/// keys of words. Put together here, so that no file holds one.
#[test]
fn a_vendors_prefix_is_enough() {
    let alphabet = ('a'..='z').collect::<String>();
    let keys = [
        format!("sk-proj-{alphabet}123456"),
        format!("sk-{alphabet}"),
        format!("sk-{}", "a".repeat(48)),
        format!("sk-ant-api03-{}", &alphabet[..16]),
        format!("ghp_1234567890{alphabet}"),
        format!("xoxb-{}-{}", "123456789012", &alphabet[..12]),
        format!("SG.{}.{}", &alphabet[..22], &alphabet[22..]),
        format!("kagi_{}", "A".repeat(43)),
        format!("AKIA{}{}", "IOSFODNN7", "EXAMPLE"),
        format!("ASIA{}", "Q".repeat(16)),
        format!("GOCSPX-{}", &alphabet[..16]),
        format!("AIza{}", "Sy".repeat(16)),
        format!("hf_{}", "x".repeat(16)),
        format!("re_{}", "winter2026"),
    ];
    for key in keys {
        assert!(holds_a_secret(&key), "{key}");
        assert!(holds_a_secret(&format!("use {key}, please.")), "{key}");
        assert!(holds_a_secret(&format!("KEY={key}")), "{key}");
        assert!(holds_a_secret(&format!("https://api.example.com/v1/{key}/now")), "{key}");
        assert!(holds_a_secret(&format!("密钥是{key}。")), "{key}");
    }
}

/// Forty characters of base64 are what AWS gives out; its manuals' sample is half of words.
#[test]
fn an_aws_secret_is_seen_by_its_length() {
    let aws = format!("wJalrXUtnFEMI/{}/{}{}", "K7MDENG", "bPxRfiCY", "EXAMPLEKEY");
    assert_eq!(aws.len(), 40);
    for key in
        [aws.clone(), format!("AWS_SECRET_ACCESS_KEY={aws}"), format!("\"{aws}\"."), aws.replace('/', "+")]
    {
        assert!(holds_a_secret(&key), "{key}");
    }
    for (start, end) in [("/", ""), ("", "/"), ("", "+")] {
        let key = format!("{start}{}{end}", &aws[start.len()..40 - end.len()]);
        assert!(holds_a_secret(&key), "{key}");
    }
    for path in [
        "Components/UserProfile2/SettingsPageView",
        "src/Components/UserProfile2/SettingsPage",
        "My/Api2/UserByIdentity/FromDatabase/AMap",
        "packages/HTTPServer2/ConnectionPoolState",
    ] {
        assert_eq!(path.len(), 40, "{path}");
        assert!(!holds_a_secret(path), "{path}");
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
        "sk-learn-pipeline-for-the-newest-model, sk-learn-1-5-2, secret_manager_2026_backup",
        "gocardlessAccessTokenForProduction and GOCARDLESS_ACCESS_TOKEN",
        "asiapacificregionproduction, ASIA-PACIFIC-PRODUCTION, AKIACHIX and EAAA",
        "re_exported_things, sb_admin_dashboard, pk_constraint_of_orders, npm_config_registry",
        "hf_transformers_cache and SG.production.internal",
        "wjalrxutnfemi/k7mdeng/bpxrficyexamplekey",
    ] {
        assert!(!holds_a_secret(text), "{text}");
    }
}
