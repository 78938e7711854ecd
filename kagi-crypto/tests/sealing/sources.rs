//! C6: the sources make keys and nonces in one place each.

use std::{fs, path::Path};

/// Every line of the sources that is no comment, test modules included.
fn sources() -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    let text: String = files.iter().map(|file| fs::read_to_string(file).unwrap()).collect();
    let code: Vec<_> = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
    code.join("\n")
}

/// The function of this name, from its signature to its closing brace.
fn function(sources: &str, name: &str) -> String {
    let start = sources.find(&format!("fn {name}")).unwrap_or_else(|| panic!("{name} is gone"));
    let indent = sources[..start].rsplit('\n').next().unwrap().chars().take_while(|c| *c == ' ').count();
    let end = sources[start..].find(&format!("\n{}}}\n", " ".repeat(indent))).unwrap();
    sources[start..start + end].to_owned()
}

fn assert_only_in(name: &str, what: &str) {
    let sources = sources();
    assert_eq!(sources.matches(what).count(), 1, "{what} stands in one place");
    assert!(function(&sources, name).contains(what), "{what} stands in {name}");
}

#[test]
fn keys_and_nonces_are_made_in_one_function_each() {
    assert_only_in("aead_key", "UnboundKey::new(");
    assert_only_in("seal_with_fresh_iv", "Nonce::assume_unique_for_key(");
    assert_only_in("seal_with_fresh_iv", "seal_in_place");
    assert_only_in("open_cell", "Nonce::try_assume_unique_for_key(");
    assert_only_in("open_cell", "open_in_place");
}

#[test]
fn no_other_door_leads_to_a_key() {
    let sources = sources();
    for other in ["UnboundKey::from", "SealingKey", "OpeningKey", "CHACHA20", "AES_128_GCM", "Prk::new"] {
        assert!(!sources.contains(other), "{other}");
    }
    assert!(function(&sources, "aead_key").contains("derived: &Derived"));
    assert_only_in("hkdf_sha256", "Derived(derived)");
}
