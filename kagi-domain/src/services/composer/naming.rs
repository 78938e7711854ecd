//! What variables are called in the file.

use crate::{framework::Framework, text::EnvVarName};

/// What a loader, an interpreter, a shell or a tool obeys: whoever sets one of these runs code, or turns
/// a check off. What ends with `*` stands for all that begins so.
const DANGEROUS: [&str; 78] = [
    "PATH",
    "PATHEXT",
    "LD_*",
    "DYLD_*",
    "_RLD*",
    "LIBPATH",
    "SHLIB_PATH",
    "GCONV_PATH",
    "GLIBC_TUNABLES",
    "MALLOC_*",
    "NODE_OPTIONS",
    "NODE_PATH",
    "NODE_EXTRA_CA_CERTS",
    "NODE_TLS_REJECT_UNAUTHORIZED",
    "NODE_REPL_*",
    "NPM_CONFIG_*",
    "BUN_OPTIONS",
    "DENO_*",
    "PYTHONPATH",
    "PYTHONHOME",
    "PYTHONSTARTUP",
    "PYTHONINSPECT",
    "PYTHONWARNINGS",
    "PYTHONBREAKPOINT",
    "PIP_*",
    "RUBYOPT",
    "RUBYLIB",
    "GEM_*",
    "BUNDLE_*",
    "PERL5*",
    "PERLLIB",
    "PHPRC",
    "PHP_INI_SCAN_DIR",
    "LUA_*",
    "JAVA_TOOL_OPTIONS",
    "_JAVA_OPTIONS",
    "JDK_JAVA_OPTIONS",
    "JAVA_OPTS",
    "CLASSPATH",
    "MAVEN_OPTS",
    "GRADLE_OPTS",
    "GOFLAGS",
    "RUSTC_WRAPPER",
    "RUSTFLAGS",
    "CARGO_*",
    "DOTNET_STARTUP_HOOKS",
    "COR_*",
    "CORECLR_*",
    "BASH_*",
    "ENV",
    "SHELL",
    "IFS",
    "PS1",
    "PS4",
    "PROMPT_COMMAND",
    "HOME",
    "USER",
    "TMPDIR",
    "COMSPEC",
    "GIT_*",
    "EDITOR",
    "VISUAL",
    "PAGER",
    "BROWSER",
    "SSL_CERT_*",
    "OPENSSL_*",
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "ALL_PROXY",
    "NO_PROXY",
    "NODE_V8_COVERAGE",
    "NODE_DEBUG*",
    "ELECTRON_*",
    "DJANGO_DEBUG",
    "FLASK_DEBUG",
    "REQUESTS_CA_BUNDLE",
    "CURL_CA_BUNDLE",
    "SKIP_AUTH*",
];

/// What says that a value may be shown in a browser, where the category leaves it to the names.
const PUBLIC: [&str; 6] =
    ["_PUBLISHABLE_", "_ANON_KEY_", "_SITE_KEY_", "_SITEKEY_", "_MEASUREMENT_ID_", "_PUBLIC_"];

/// What never gets a public prefix, whatever the category says.
const SECRET: [&str; 4] = ["SECRET", "PRIVATE", "TOKEN", "PASSWORD"];

/// The prefixes of all frameworks; a name that has one keeps it.
const PREFIXES: [&str; 7] =
    ["NEXT_PUBLIC_", "VITE_", "NUXT_PUBLIC_", "PUBLIC_", "GATSBY_", "REACT_APP_", "EXPO_PUBLIC_"];

/// A name in `SCREAMING_SNAKE_CASE`: `openaiApiKey`, `openai-api-key` and `OpenAI API key` come out as
/// words joined by underscores. Underscores that are there stay. None when that is no variable's name.
pub(super) fn screaming(name: &str) -> Option<EnvVarName> {
    if name.len() > 255 {
        return None;
    }
    let chars: Vec<char> = name.trim().chars().collect();
    let mut out = String::with_capacity(name.len() + 8);
    let mut joint = false;
    for (at, char) in chars.iter().enumerate() {
        match char {
            _ if char.is_ascii_alphanumeric() || *char == '_' => {}
            ' ' | '-' | '.' => {
                joint = true;
                continue;
            }
            _ => return None,
        }
        let before = at.checked_sub(1).and_then(|at| chars.get(at));
        let after = chars.get(at + 1);
        if begins_word(before, *char, after) || joint {
            out.push('_');
        }
        joint = false;
        out.push(char.to_ascii_uppercase());
    }
    out.parse().ok()
}

/// Whether a word of `camelCase` begins here; `APIKey` is two of them.
fn begins_word(before: Option<&char>, char: char, after: Option<&char>) -> bool {
    let Some(before) = before else { return false };
    let lower_before = before.is_ascii_lowercase() || before.is_ascii_digit();
    let acronym_ends = before.is_ascii_uppercase() && after.is_some_and(char::is_ascii_lowercase);
    // A name that is all capitals already has no words but those between underscores.
    char.is_ascii_uppercase()
        && (acronym_ends
            || (lower_before && (before.is_ascii_lowercase() || after.is_some_and(char::is_ascii_lowercase))))
}

/// Whether a loader, an interpreter or a shell obeys the name.
pub(super) fn is_dangerous(name: &EnvVarName) -> bool {
    DANGEROUS.iter().any(|pattern| match pattern.strip_suffix('*') {
        Some(start) => name.as_str().starts_with(start),
        None => name.as_str() == *pattern,
    })
}

/// Whether the name says that its value is a secret.
pub(super) fn is_of_a_secret(name: &EnvVarName) -> bool {
    let name = name.as_str().trim_end_matches(|c: char| c.is_ascii_digit() || c == '_');
    let last = name.rsplit('_').next().unwrap_or_default();
    ["SECRET", "KEY", "TOKEN", "SALT", "PEPPER", "PASSWORD"].contains(&last) || name == "SECRET_KEY_BASE"
}

/// Whether the request itself writes this very name: as a name, not as words of a sentence.
pub(super) fn is_written(name: &EnvVarName, prompt: &str) -> bool {
    let inside = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let is_name = |word: &&str| word.contains('_') || word.bytes().any(|byte| byte.is_ascii_uppercase());
    prompt.split(|c| !inside(c)).filter(is_name).any(|word| screaming(word).as_ref() == Some(name))
}

/// The name with the framework's public prefix, where that belongs on it.
pub(super) fn prefixed(
    name: EnvVarName,
    field: &EnvVarName,
    public: Option<&[EnvVarName]>,
    framework: Option<Framework>,
) -> EnvVarName {
    let Some(prefix) = framework.and_then(Framework::public_prefix) else { return name };
    let text = name.as_str();
    let says_so = || PUBLIC.iter().any(|words| format!("_{text}_").contains(words));
    let open = public.map_or_else(says_so, |names| names.contains(field));
    let kept = SECRET.iter().any(|word| text.contains(word))
        || PREFIXES.iter().any(|prefix| text.starts_with(prefix));
    if open && !kept { format!("{prefix}{text}").parse().unwrap_or(name) } else { name }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_come_out_in_screaming_snake_case() {
        for (name, expected) in [
            ("OPENAI_API_KEY", "OPENAI_API_KEY"),
            ("openai_api_key", "OPENAI_API_KEY"),
            ("openaiApiKey", "OPENAI_API_KEY"),
            ("openAIKey", "OPEN_AI_KEY"),
            ("openai-api-key", "OPENAI_API_KEY"),
            (" session secret ", "SESSION_SECRET"),
            ("ConnectionStrings__Default", "CONNECTION_STRINGS__DEFAULT"),
            ("S3_KEY2", "S3_KEY2"),
            ("AUTH0_DOMAIN", "AUTH0_DOMAIN"),
            ("auth0Domain", "AUTH0_DOMAIN"),
            ("B2KEY", "B2KEY"),
            ("_x", "_X"),
        ] {
            assert_eq!(screaming(name).unwrap().as_str(), expected, "{name}");
        }
        for wrong in ["", " ", "1A", "A=B", "A\nB", "A#", "$A", "Ä", "鍵", "A'B", &"A".repeat(256)] {
            assert_eq!(screaming(wrong), None, "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn any_text_gives_a_plain_name_or_none(text in any::<String>(), ascii in "[A-Za-z0-9_. -]{0,30}") {
            for text in [text, ascii] {
                if let Some(name) = screaming(&text) {
                    let plain = |b: u8| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_';
                    prop_assert!(name.as_str().bytes().all(plain));
                    prop_assert_eq!(screaming(name.as_str()), Some(name));
                }
            }
        }
    }

    #[test]
    fn what_loaders_obey_is_dangerous() {
        for name in
            ["PATH", "LD_PRELOAD", "DYLD_INSERT_LIBRARIES", "NODE_OPTIONS", "GIT_SSH_COMMAND", "BASH_ENV"]
        {
            assert!(is_dangerous(&name.parse().unwrap()), "{name}");
        }
        for name in
            ["GITHUB_TOKEN", "PATH_TO_X", "APP_ENV", "NODE_ENV", "ENVIRONMENT", "LDAP_URL", "HOMEPAGE"]
        {
            assert!(!is_dangerous(&name.parse().unwrap()), "{name}");
        }
    }

    #[test]
    fn a_secret_says_so_at_its_end() {
        for name in [
            "SESSION_SECRET",
            "SECRET",
            "APP_KEY",
            "CSRF_TOKEN",
            "PASSWORD_SALT",
            "SECRET_KEY_BASE",
            "JWT_KEY_2",
        ] {
            assert!(is_of_a_secret(&name.parse().unwrap()), "{name}");
        }
        for name in ["SKIP_AUTH", "DATABASE_URL", "TOKEN_CHECK_OFF", "DEBUG", "MONKEY", "SECRETS"] {
            assert!(!is_of_a_secret(&name.parse().unwrap()), "{name}");
        }
    }

    #[test]
    fn a_name_counts_as_written_only_as_a_name() {
        let written = |name: &str, prompt| is_written(&name.parse().unwrap(), prompt);
        assert!(written("MY_KEY", "OpenAI as MY_KEY, please"));
        assert!(written("MY_KEY", "OpenAI as my_key."));
        assert!(written("MY_KEY", "myKey=OpenAI"));
        assert!(!written("MY_KEY", "give me my key"));
        assert!(!written("MY_KEY", "give me MY_KEYS or NOT_MY_KEY"));
        assert!(!written("KEY", "a key"));
        assert!(written("KEY", "call it KEY"));
    }

    #[test]
    fn prefixes_go_on_public_names_only() {
        use Framework::{Electron, NextJs, Node, ReactNative, Vite};
        let name = |text: &str| -> EnvVarName { text.parse().unwrap() };
        let all = |text: &str, public: Option<&[&str]>, framework| {
            let public: Option<Vec<_>> = public.map(|names| names.iter().map(|text| name(text)).collect());
            prefixed(name(text), &name(text), public.as_deref(), Some(framework)).to_string()
        };
        for (text, public, framework, expected) in [
            ("STRIPE_PUBLISHABLE_KEY", None, NextJs, "NEXT_PUBLIC_STRIPE_PUBLISHABLE_KEY"),
            ("SUPABASE_URL", None, NextJs, "SUPABASE_URL"),
            ("SUPABASE_URL", Some(&["SUPABASE_URL"][..]), Vite, "VITE_SUPABASE_URL"),
            ("SUPABASE_ANON_KEY", Some(&[][..]), Vite, "SUPABASE_ANON_KEY"),
            ("PUBLIC_SECRET", None, Vite, "PUBLIC_SECRET"),
            ("MY_PUBLIC_TOKEN", Some(&["MY_PUBLIC_TOKEN"][..]), Vite, "MY_PUBLIC_TOKEN"),
            ("SITE_KEY_PASSWORD", Some(&["SITE_KEY_PASSWORD"][..]), NextJs, "SITE_KEY_PASSWORD"),
            ("PUBLICATION_ID", None, NextJs, "PUBLICATION_ID"),
            ("PRIVATE_SITE_KEY", None, NextJs, "PRIVATE_SITE_KEY"),
            ("NEXT_PUBLIC_SITE_KEY", None, NextJs, "NEXT_PUBLIC_SITE_KEY"),
            ("NEXT_PUBLIC_SITE_KEY", None, Vite, "NEXT_PUBLIC_SITE_KEY"),
        ] {
            assert_eq!(all(text, public, framework), expected);
        }
        for raw in [Electron, ReactNative, Node] {
            assert_eq!(all("GA_MEASUREMENT_ID", None, raw), "GA_MEASUREMENT_ID");
        }
    }
}
