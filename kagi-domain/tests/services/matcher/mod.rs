//! How well plain words are understood without a model: a table of prompts, and the figures over it.

mod case;
mod prompts;
mod vault;

use std::collections::BTreeSet;

use vault::{KINDS, PROJECTS};

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
