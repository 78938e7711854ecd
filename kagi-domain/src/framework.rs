//! Frameworks, and how they tell the variables that a browser may see.

use crate::matcher::words::{Gap, Word, words};

/// A framework that a request can be about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Framework {
    /// Next.js
    NextJs,
    /// Vite, without one of the frameworks built on it
    Vite,
    /// Nuxt
    Nuxt,
    /// `SvelteKit`
    SvelteKit,
    /// Astro
    Astro,
    /// Gatsby
    Gatsby,
    /// Create React App
    CreateReactApp,
    /// Expo
    Expo,
    /// Electron, whose programs read raw names
    Electron,
    /// React Native without Expo, likewise
    ReactNative,
    /// Plain Node.js, likewise
    Node,
}

/// What the frameworks are called, in words as the matcher reads them; the longest first.
const CALLED: [(&[&str], Framework); 22] = [
    (&["create", "react", "app"], Framework::CreateReactApp),
    (&["react", "scripts"], Framework::CreateReactApp),
    (&["cra"], Framework::CreateReactApp),
    (&["react", "native"], Framework::ReactNative),
    (&["reactnative"], Framework::ReactNative),
    (&["next", "js"], Framework::NextJs),
    (&["nextjs"], Framework::NextJs),
    (&["nuxt", "js"], Framework::Nuxt),
    (&["nuxtjs"], Framework::Nuxt),
    (&["nuxt3"], Framework::Nuxt),
    (&["nuxt4"], Framework::Nuxt),
    (&["nuxt"], Framework::Nuxt),
    (&["svelte", "kit"], Framework::SvelteKit),
    (&["sveltekit"], Framework::SvelteKit),
    (&["astro"], Framework::Astro),
    (&["gatsby"], Framework::Gatsby),
    (&["expo"], Framework::Expo),
    (&["electron"], Framework::Electron),
    (&["vite", "js"], Framework::Vite),
    (&["vite"], Framework::Vite),
    (&["node", "js"], Framework::Node),
    (&["nodejs"], Framework::Node),
];

/// Words that say that what follows is not meant.
const NOT: [&str; 13] =
    ["not", "no", "without", "isnt", "than", "sin", "ohne", "kein", "keine", "nicht", "sans", "pas", "statt"];

impl Framework {
    /// What people call it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::NextJs => "Next.js",
            Self::Vite => "Vite",
            Self::Nuxt => "Nuxt",
            Self::SvelteKit => "SvelteKit",
            Self::Astro => "Astro",
            Self::Gatsby => "Gatsby",
            Self::CreateReactApp => "Create React App",
            Self::Expo => "Expo",
            Self::Electron => "Electron",
            Self::ReactNative => "React Native",
            Self::Node => "Node.js",
        }
    }

    /// What the names of variables begin with that are built into what a browser or a phone gets; none
    /// where there is no such custom.
    #[must_use]
    pub const fn public_prefix(self) -> Option<&'static str> {
        match self {
            Self::NextJs => Some("NEXT_PUBLIC_"),
            Self::Vite => Some("VITE_"),
            Self::Nuxt => Some("NUXT_PUBLIC_"),
            Self::SvelteKit | Self::Astro => Some("PUBLIC_"),
            Self::Gatsby => Some("GATSBY_"),
            Self::CreateReactApp => Some("REACT_APP_"),
            Self::Expo => Some("EXPO_PUBLIC_"),
            Self::Electron | Self::ReactNative | Self::Node => None,
        }
    }

    /// The framework that a request names. Of several it is the first, but for those that another one
    /// is built on: Vite, Node.js, and React Native under Expo.
    #[must_use]
    pub fn detect(prompt: &str) -> Option<Self> {
        let words = words(prompt);
        let meant: Vec<_> = mentions(&words).into_iter().filter(|mention| mention.meant).collect();
        let named = |framework| meant.iter().any(|mention| mention.framework == framework);
        let on_another = |framework: &Self| match framework {
            Self::Vite => meant.iter().any(|m| !matches!(m.framework, Self::Vite | Self::Node)),
            Self::Node => meant.iter().any(|m| m.framework != Self::Node),
            Self::ReactNative => named(Self::Expo),
            _ => false,
        };
        meant.iter().map(|mention| mention.framework).find(|framework| !on_another(framework))
    }
}

/// A place where a framework is named.
pub(crate) struct Mention {
    pub(crate) framework: Framework,
    /// The first word.
    pub(crate) at: usize,
    /// How many words.
    pub(crate) length: usize,
    /// It is not said to be absent.
    meant: bool,
}

/// Where a text names frameworks, in order.
pub(crate) fn mentions(words: &[Word]) -> Vec<Mention> {
    let french =
        words.iter().any(|word| matches!(&*word.text, "moi" | "un" | "une" | "les" | "le" | "des" | "je"));
    let (mut found, mut at) = (Vec::new(), 0);
    while let Some(rest) = words.get(at..).filter(|rest| !rest.is_empty()) {
        let called = CALLED.iter().find(|(names, _)| begins_with(rest, names));
        let Some((framework, length)) =
            called.map(|(names, framework)| (*framework, names.len())).or_else(|| bare(rest))
        else {
            at += 1;
            continue;
        };
        let before = words.get(..at).unwrap_or_default();
        if is_it(framework, before, rest, length, french) {
            found.push(Mention { framework, at, length, meant: !is_denied(before) });
        }
        at += length;
    }
    found
}

fn begins_with(words: &[Word], names: &[&str]) -> bool {
    let together = words.iter().skip(1).take(names.len() - 1).all(|word| word.gap <= Gap::Blank);
    words.len() >= names.len() && together && words.iter().zip(names).all(|(word, name)| word.text == *name)
}

/// `Next 15` and `node server`: the short names, which are ordinary words as well.
fn bare(words: &[Word]) -> Option<(Framework, usize)> {
    let [name, next, ..] = words else { return None };
    let number = next.text.bytes().all(|byte| byte.is_ascii_digit()) && next.text.len() == 2;
    let runs =
        matches!(&*next.text, "server" | "backend" | "worker" | "service" | "script" | "cli" | "api" | "app");
    match &*name.text {
        "next" if number && name.capital && next.gap <= Gap::Blank => Some((Framework::NextJs, 1)),
        "node" if (number || runs) && next.gap <= Gap::Blank => Some((Framework::Node, 1)),
        _ => None,
    }
}

/// Whether a name is that of the framework here: `vite` is French for quickly, and Expo gives out
/// tokens too.
fn is_it(framework: Framework, before: &[Word], rest: &[Word], length: usize, french: bool) -> bool {
    let next = rest.get(length).filter(|word| word.gap <= Gap::Blank).map_or("", |word| &*word.text);
    let last = before.last().map_or("", |word| &*word.text);
    match framework {
        Framework::Vite if length == 1 && french => {
            let noun = |word: &str| {
                matches!(word, "app" | "application" | "projet" | "site" | "avec" | "sous" | "react" | "vue")
            };
            noun(next) || noun(last) || rest.first().is_some_and(|word| word.capital && word.gap != Gap::Stop)
        }
        Framework::Expo => !matches!(next, "token" | "key" | "access"),
        _ => true,
    }
}

/// Whether the words before a name deny it: `not a`, `instead of`, `without`.
fn is_denied(before: &[Word]) -> bool {
    let last = before.iter().rev().take(2);
    let near: Vec<_> = last.take_while(|word| word.gap <= Gap::Blank || NOT.contains(&&*word.text)).collect();
    let texts: Vec<_> = near.iter().map(|word| &*word.text).collect();
    match texts[..] {
        ["of", "instead"] => true,
        [last, ..] if NOT.contains(&last) => true,
        ["a" | "an" | "the" | "any" | "use" | "using", before] => NOT.contains(&before),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frameworks_are_named_in_many_ways() {
        for (prompt, framework) in [
            ("a Next.js 15 shop", Framework::NextJs),
            ("NEXTJS", Framework::NextJs),
            ("Next 15 with Stripe", Framework::NextJs),
            ("Next.jsの環境変数", Framework::NextJs),
            ("为这个Vite项目", Framework::Vite),
            ("vite + react", Framework::Vite),
            ("Nuxt3", Framework::Nuxt),
            ("SvelteKit on Vite", Framework::SvelteKit),
            ("Vite, then Astro", Framework::Astro),
            ("gatsby blog", Framework::Gatsby),
            ("my create-react-app", Framework::CreateReactApp),
            ("React Native with Expo", Framework::Expo),
            ("Electron with Vite", Framework::Electron),
            ("React Native, no Expo", Framework::ReactNative),
            ("Node.js API for a Nuxt site", Framework::Nuxt),
            ("a node server", Framework::Node),
            ("Express on Node.js", Framework::Node),
            ("une application vite", Framework::Vite),
            ("SvelteKit instead of Next.js", Framework::SvelteKit),
            ("not a Next.js app but Astro", Framework::Astro),
        ] {
            assert_eq!(Framework::detect(prompt), Some(framework), "{prompt}");
        }
    }

    #[test]
    fn ordinary_words_are_no_frameworks() {
        for prompt in [
            "the next key",
            "Next week",
            "fais vite un fichier",
            "Vite, il me faut un .env",
            "expo token",
            "without Next.js",
            "nodes",
            "astronomy",
        ] {
            assert_eq!(Framework::detect(prompt), None, "{prompt}");
        }
    }
}
