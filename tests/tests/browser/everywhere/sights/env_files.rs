//! Env projects and their files, and what is answered to their forms.

use super::{
    REFUSED, Sight,
    Step::{Click, Run, Wait},
    Vault,
};

/// Sends a form as without script, past what the script does with it.
const OPEN: &str = "HTMLFormElement.prototype.submit.call(document.querySelector('form[action$=\"/open\"]'))";
const IMPORT: &str =
    "HTMLFormElement.prototype.submit.call(document.querySelector('form[action$=\"/import\"]'))";
const REVEAL_OLD: &str =
    "HTMLFormElement.prototype.submit.call(document.querySelector('form[action$=\"/versions/1/reveal\"]'))";
const COMPARE: &str = "HTMLFormElement.prototype.submit.call(document.querySelector('#compare'))";
/// For a reader that knows values of one line only.
const DOWNLOAD: &str = "const form = document.querySelector('form[action$=\"/download\"]');
    form.append(Object.assign(document.createElement('input'), { type: 'hidden', name: 'target', value: 'docker-run' }));
    HTMLFormElement.prototype.submit.call(form)";
const AGAIN: &str = "document.getElementById('again').showModal()";
const SIGN_IN_WRONGLY: &str = "const field = document.querySelector('#again [name=password]');
    field.value = 'not the password';
    field.form.querySelector('button').click()";

pub(super) fn pages(vault: &Vault) -> Vec<Sight> {
    let mut all = projects(vault);
    all.extend(answers(vault));
    all
}

fn projects(Vault { env, .. }: &Vault) -> Vec<Sight> {
    let one = format!("/envs/{env}");
    let file = format!("{one}/files/env");
    let shown = || Sight::of("/envs/:id/files/:type", &file);
    vec![
        Sight::of("/envs", "/envs"),
        Sight::of("/envs", "/envs?search=zzzz"),
        Sight::of("/envs/new", "/envs/new"),
        Sight::of("/envs/new", "/envs/new").after(REFUSED),
        Sight::of("/envs/:id/edit", format!("{one}/edit")),
        Sight::of("/envs/:id/edit", format!("{one}/edit")).after(REFUSED),
        Sight::of("/envs/:id/delete", format!("{one}/delete")),
        Sight::of("/envs/:id/compare", format!("{one}/compare")),
        shown(),
        Sight::of("/envs/:id/files/:type", format!("{one}/files/env.local")),
        shown().after(&[Run(OPEN), Wait("#editing textarea")]),
        Sight::of("/envs/:id/files/:type/delete", format!("{file}/delete")),
        Sight::of("/envs/:id/files/:type/history", format!("{file}/history")),
        Sight::of("/envs/:id/files/:type/versions/:number/purge", format!("{file}/versions/1/purge")),
    ]
}

/// What is answered to a form, on a page of its own or in the one that asked.
fn answers(Vault { env, .. }: &Vault) -> Vec<Sight> {
    let one = format!("/envs/{env}");
    let shown = |file: &str| Sight::of("/envs/:id/files/:type", format!("{one}/files/{file}"));
    let compare = || Sight::of("/envs/:id/compare", format!("{one}/compare"));
    let history = || Sight::of("/envs/:id/files/:type/history", format!("{one}/files/env/history"));
    vec![
        compare().after(&[Click("form.choose button"), Wait(".compared h2")]),
        compare().after(&[
            Click("form.choose button"),
            Wait(".compared h2"),
            Click("#compared form button"),
            Wait("#compared .half pre"),
        ]),
        history().after(&[Click("#compare button"), Wait("#compared h2")]),
        history().after(&[
            Click("#compare button"),
            Wait("#compared h2"),
            Click("#compared form button"),
            Wait("#compared .half pre"),
        ]),
        history().after(&[Run(COMPARE), Wait("#compared h2")]),
        history()
            .after(&[Click("li form[action$='/versions/1/reveal'] button"), Wait("#compared pre.whole")]),
        history().after(&[Run(REVEAL_OLD), Wait("#compared pre.whole")]),
        shown("env").after(&[Run(OPEN), Wait(".editor.live"), Run(AGAIN), Wait("#again[open]")]),
        shown("env").after(&[
            Run(OPEN),
            Wait(".editor.live"),
            Run(AGAIN),
            Run(SIGN_IN_WRONGLY),
            Wait("#again .error:not([hidden])"),
        ]),
        shown("env").after(&[Run(IMPORT), Wait(".planned-lines")]),
        shown("env.development").after(&[Run(DOWNLOAD), Wait(".left-out")]),
        shown("env.development").after(&[Run(OPEN), Wait("#remarks li")]),
    ]
}
