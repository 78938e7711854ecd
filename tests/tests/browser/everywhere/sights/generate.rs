//! "AI generate" in its states.

use super::{
    Sight, Step,
    Step::{Run, Wait},
    Vault,
};

/// Opens a closed file for "AI generate".
const GENERATE: &str = "document.querySelector('form[action$=\"generate=yes\"] button').click()";
const ASK: &str = "document.querySelector('#f-prompt').value = 'OpenAI for production and a session secret';
    document.querySelector('#ai [value=generate]').click()";
const ASK_FOR_CONTEXT: &str = "document.querySelector('#f-prompt').value = 'OpenAI';
    document.querySelector('#ai [value=context]').click()";
const ASK_FOR_NOTHING: &str = "document.querySelector('#ai [value=generate]').click()";
const ASK_WITHOUT_SCRIPT: &str = "document.querySelector('#f-prompt').value = 'everything';
    const form = document.querySelector('#editing');
    const step = Object.assign(document.createElement('input'), { type: 'hidden', name: 'step', value: 'generate' });
    form.append(step);
    form.action = form.querySelector('[value=generate]').formAction;
    HTMLFormElement.prototype.submit.call(form)";
const TAKE: &str = "document.querySelector('#ai [value=merge]').click()";
const GENERATES: &[Step] = &[Run(GENERATE), Wait("#ai[open]"), Run(ASK), Wait(".offers")];

pub(super) fn panel(Vault { env, .. }: &Vault) -> Vec<Sight> {
    let path = format!("/envs/{env}/files/env");
    let file = || Sight::of("/envs/:id/files/:type", &path);
    vec![
        file().after(GENERATES),
        file().after(&[Run(GENERATE), Wait("#ai[open]"), Run(ASK_FOR_CONTEXT), Wait("#sent-title")]),
        file().after(&[
            Run(GENERATE),
            Wait("#ai[open]"),
            Run(ASK),
            Wait(".offers"),
            Run(TAKE),
            Wait("[data-in-editor]"),
        ]),
        file().after(&[Run(GENERATE), Wait("#ai[open]"), Run(ASK_WITHOUT_SCRIPT), Wait(".offers")]),
        file().after(&[Run(GENERATE), Wait("#ai[open]"), Run(ASK_FOR_NOTHING), Wait("#f-prompt-error")]),
    ]
}
