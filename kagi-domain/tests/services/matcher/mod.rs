//! How well plain words are understood without a model: a table of prompts, and the figures over it.

mod case;
mod prompts;
mod vault;

use std::{collections::BTreeSet, fmt::Debug, time::Duration};

use kagi_domain::{
    access::Actor,
    framework::Framework,
    generate::SecretFormat,
    matcher,
    model::entry::Environment,
    plan::{Handle, OfferedKey, PlanBrief, Prompt},
    ports::Engine,
    services::composer::{ComposeRequest, Composition},
};
use kagi_tests::{
    TestKagi,
    hostile::Hostile,
    kagi,
    samples::{category, entry, env_vars, group, group_value, parse},
};

use proptest::prelude::*;

use case::{Case, Key};
use vault::{KINDS, Kind, PROJECTS};

async fn filled(kagi: &TestKagi, actor: &Actor) {
    for kind in &KINDS {
        let mut new = match kind.names {
            [only] => category(kind.name, only),
            several => group(kind.name, several),
        };
        new.public_names = kind.public.map(env_vars);
        let made = kagi.categories().create(actor, new).await.unwrap().category;
        let of_kind =
            PROJECTS.iter().flat_map(|(project, entries)| entries.iter().map(move |entry| (project, entry)));
        for (project, (_, environments)) in of_kind.filter(|(_, (name, _))| *name == kind.name) {
            for environment in *environments {
                let mut new = entry(made.id, project, "value");
                new.environment = Environment::from_text(environment).unwrap();
                if kind.names.len() > 1 {
                    new.value =
                        group_value(&kind.names.iter().map(|name| (*name, "value")).collect::<Vec<_>>());
                }
                kagi.entries().create(actor, new).await.unwrap();
            }
        }
    }
}

fn request(case: &Case) -> ComposeRequest {
    let mut request = ComposeRequest::new(Prompt::parse(case.prompt).unwrap());
    request.project = case.project.map(parse);
    request.file_type = case.file.map(|file| file[1..].parse().unwrap());
    request
}

/// What was expected and what came, in one form.
#[derive(Default)]
struct Figures {
    right: usize,
    wrong: usize,
    missed: usize,
}

impl Figures {
    fn add<T: Ord + Debug>(&mut self, prompt: &str, expected: &BTreeSet<T>, found: &BTreeSet<T>) {
        self.right += expected.intersection(found).count();
        self.wrong += found.difference(expected).count();
        self.missed += expected.difference(found).count();
        for wrong in found.difference(expected) {
            println!("  wrong:  {wrong:?} for {prompt:?}");
        }
        for missed in expected.difference(found) {
            println!("  missed: {missed:?} for {prompt:?}");
        }
    }

    /// In tenths of a percent.
    fn rates(&self, what: &str) -> (usize, usize) {
        let precision = 1000 * self.right / (self.right + self.wrong).max(1);
        let recall = 1000 * self.right / (self.right + self.missed).max(1);
        let shown = |rate: usize| format!("{}.{} %", rate / 10, rate % 10);
        println!("{what}: precision {}, recall {}", shown(precision), shown(recall));
        (precision, recall)
    }
}

/// A variable of the file, with where it comes from: category, project, environment, and name.
type Variable = (String, String, String, String);

fn expected(case: &Case) -> BTreeSet<Variable> {
    let prefix = match case.framework {
        Some("Next.js") => "NEXT_PUBLIC_",
        Some("Vite") => "VITE_",
        Some("Nuxt") => "NUXT_PUBLIC_",
        Some("SvelteKit" | "Astro") => "PUBLIC_",
        Some("Gatsby") => "GATSBY_",
        Some("Create React App") => "REACT_APP_",
        Some("Expo") => "EXPO_PUBLIC_",
        _ => "",
    };
    let name =
        |name: &str| if case.public.contains(&name) { format!("{prefix}{name}") } else { name.to_owned() };
    let of = |(category, project, environment): &Key| {
        let Kind { names, .. } = KINDS.iter().find(|kind| kind.name == *category).unwrap();
        let place = (*category, *project, *environment);
        names.iter().map(move |field| (place, *field)).collect::<Vec<_>>()
    };
    let all = case.keys.iter().flat_map(of);
    all.map(|((a, b, c), field)| (a.to_owned(), b.to_owned(), c.to_owned(), name(field))).collect()
}

fn found(composition: &Composition) -> BTreeSet<Variable> {
    let variable = |key: &kagi_domain::services::composer::SelectedKey| {
        let environment = key.environment.as_str().to_owned();
        (key.category.to_string(), key.project.to_string(), environment, key.name.to_string())
    };
    composition.selected.iter().map(variable).collect()
}

/// What is said of a secret in the table, of what was made: as much of it as is expected there.
fn secrets(case: &Case, composition: &Composition) -> (BTreeSet<String>, BTreeSet<String>) {
    let expected = case.secrets.iter().map(|secret| (*secret).to_owned()).collect::<BTreeSet<_>>();
    let told = |name: &str| expected.iter().find(|secret| secret.split(':').next() == Some(name));
    let found = composition.generated.iter().map(|secret| {
        let format = secret.recipe.format.as_str();
        let whole = [secret.name.to_string(), format.to_owned(), secret.recipe.size.bytes().to_string()];
        let parts = told(secret.name.as_str()).map_or(1, |told| told.split(':').count());
        whole[..parts].join(":")
    });
    (expected.clone(), found.collect())
}

/// Both figures over the whole table, by variables of the files and by secrets. Frameworks are decided by
/// code from the words alone: each must be right.
#[tokio::test]
async fn plain_words_are_understood() {
    let kagi = kagi();
    let ada = kagi.actor("ada").await;
    filled(&kagi, &ada).await;
    let (mut keys, mut fresh) = (Figures::default(), Figures::default());
    for case in prompts::all() {
        // Nobody may ask too often.
        kagi.clock.advance(Duration::from_secs(4));
        let composition = kagi.composer().preview(&ada, &request(&case)).await.unwrap();
        assert_eq!(composition.engine, Engine::Offline);
        assert_eq!(composition.framework.map(Framework::name), case.framework, "{}", case.prompt);
        keys.add(case.prompt, &expected(&case), &found(&composition));
        let (expected, made) = secrets(&case, &composition);
        fresh.add(case.prompt, &expected, &made);
    }
    for (precision, recall) in [keys.rates("variables"), fresh.rates("fresh secrets")] {
        assert!(precision >= 900 && recall >= 900);
    }
}
/// Enough of everything, and nothing that the vault does not have.
#[test]
fn the_table_is_fair() {
    let table = prompts::all();
    let languages: BTreeSet<_> = table.iter().map(|case| case.language).collect();
    let frameworks: BTreeSet<_> = table.iter().filter_map(|case| case.framework).collect();
    let quiet = table.iter().filter(|case| case.keys.is_empty()).count();
    let (all, fresh) = (table.len(), table.iter().filter(|case| !case.secrets.is_empty()).count());
    println!(
        "{all} prompts, {} languages, {} frameworks, {quiet} quiet, {fresh} with fresh secrets",
        languages.len(),
        frameworks.len()
    );
    assert!(all >= 60 && languages.len() == 6 && frameworks.len() >= 8 && quiet >= 15);
    assert_eq!(table.iter().map(|case| case.prompt).collect::<BTreeSet<_>>().len(), all);
    for case in &table {
        let projects: BTreeSet<_> = PROJECTS.iter().map(|(name, _)| *name).collect();
        assert!(case.project.is_none_or(|name| projects.contains(name)), "{}", case.prompt);
        assert!(case.file.is_none_or(|file| file.starts_with(".env")), "{}", case.prompt);
        for (category, project, environment) in &case.keys {
            let (_, entries) = PROJECTS.iter().find(|(name, _)| name == project).unwrap();
            let (_, environments) = entries.iter().find(|(name, _)| name == category).unwrap();
            assert!(environments.contains(environment), "{}", case.prompt);
        }
        let kinds = KINDS.iter().filter(|kind| case.keys.iter().any(|key| key.0 == kind.name));
        let names: BTreeSet<_> = kinds.flat_map(|kind| kind.names).copied().collect();
        assert!(case.public.iter().all(|name| names.contains(name)), "{}", case.prompt);
    }
    assert!(KINDS.iter().any(|kind| kind.public.is_some()));
}

/// The sources of the matcher hold no prompt of the table.
#[test]
fn no_prompt_is_known_by_heart() {
    fn sources(folder: &std::path::Path) -> String {
        let paths = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
        let text = |path: std::path::PathBuf| {
            if path.is_dir() { sources(&path) } else { std::fs::read_to_string(path).unwrap() }
        };
        paths.map(text).collect::<Vec<_>>().join("\n").to_lowercase()
    }
    let source = sources(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/matcher"));
    assert!(source.contains("without|except"), "the sources were read");
    for case in prompts::all() {
        assert!(!source.contains(&case.prompt.to_lowercase()), "{}", case.prompt);
    }
}

fn brief(prompt: &str) -> Option<PlanBrief> {
    let of = |(at, (project, kind)): (usize, (&&str, &Kind))| OfferedKey {
        handle: Handle::at(at),
        category: parse(kind.name),
        project: parse(project),
        names: env_vars(kind.names),
    };
    let projects = PROJECTS.iter().map(|(name, _)| name);
    let all = projects.flat_map(|project| KINDS.iter().map(move |kind| (project, kind)));
    let keys = all.enumerate().map(of).collect();
    let prompt = Prompt::parse(prompt).ok()?;
    Some(PlanBrief { prompt, project: Some(parse("Shop")), file_type: None, keys })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever the text: no panic, the same plan each time, and nothing in it that was not on offer.
    #[test]
    fn any_text_gives_a_plan_of_what_is_on_offer(
        seed: u64,
        noise in ".{0,40}",
        words in prop::collection::vec(0_usize..140, 0..6),
    ) {
        let table = prompts::all();
        let hostile = Hostile::new(seed);
        let mixed: Vec<_> = words.iter().map(|at| hostile.mutated(table[at % table.len()].prompt)).collect();
        let mixed = mixed.join(&noise);
        for text in [mixed, noise, hostile.pieces(), hostile.characters()] {
            let text: String = text.chars().filter(|c| !c.is_control()).take(Prompt::MAX_CHARS).collect();
            let Some(brief) = brief(&text) else { continue };
            let plan = matcher::plan(&brief);
            prop_assert_eq!(&plan, &matcher::plan(&brief));
            for key in &plan.keys {
                prop_assert!(Handle::parse(&key.handle).is_some_and(|handle| handle.index() < brief.keys.len()));
            }
            for secret in &plan.secrets {
                prop_assert!(SecretFormat::from_text(&secret.format).is_some() && (16..=64).contains(&secret.bytes));
            }
            prop_assert!(plan.environment.is_none_or(|name| Environment::from_text(&name).is_some()));
        }
    }
}

/// A figure: run in a release build with `--ignored --nocapture measure_matching`.
#[test]
#[ignore = "needs a release build: a measurement"]
fn measure_matching() {
    let key = |at: usize| OfferedKey {
        handle: Handle::at(at),
        category: parse(&format!("Service{} maps", at % 5000)),
        project: parse(&format!("Project {}", at / 5000)),
        names: env_vars(&[&format!("SERVICE{}_API_KEY", at % 5000)]),
    };
    let keys: Vec<_> = (0..10_000).map(key).collect();
    for (what, prompt) in [
        ("usual", "Next.js with service42 maps and service77, staging".to_owned()),
        ("long", "servce42 maps not a_b ".repeat(90)),
        ("dense", "不要地图と".repeat(399)),
    ] {
        let prompt = Prompt::parse(&prompt).unwrap();
        let brief =
            PlanBrief { prompt, project: Some(parse("Project 1")), file_type: None, keys: keys.clone() };
        let start = tokio::time::Instant::now();
        let plan = matcher::plan(&brief);
        let planned = tokio::time::Instant::now();
        let fitted = matcher::fitted(brief, PlanBrief::MAX_BYTES);
        println!("{what}: planned in {:.1?}, {} keys", planned.duration_since(start), plan.keys.len());
        println!("{what}: fitted in {:.1?}, {} keys", planned.elapsed(), fitted.keys.len());
    }
}
