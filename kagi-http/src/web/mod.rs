//! The web pages: made on the server, complete without script, and with no right of their own: each
//! handler calls the same services as the API.
//!
//! `handle` parses and calls, `page` draws, `part` is what pages are made of.

mod asset;
mod ended;
mod handle;
mod page;
mod part;
mod visit;

pub(crate) use asset::{fingerprint, pack, takes_gzip};
pub(crate) use page::reference::reference;

use kagi_domain::model::env_project::EnvContent;
use poem::{IntoEndpoint, Response};

use crate::{
    context::Context,
    guard::limit::{EDITED, PASSWORDS, SMALL_FORM},
    problem::Problem,
    route::{Methods, Routes},
};
use handle::{
    access_keys, categories, download, entries, envs, front, history, import, keycloak, overview, palette,
    recovery_sets, settings, sign_in,
};
use visit::Page;

/// Every page and asset.
pub(crate) fn routes() -> Routes {
    settings(two_factor(env_files(imports(Routes::new()))))
        .at("/assets/:hash/:name", crate::route::get(asset::serve))
        .at("/", get(overview::show))
        .at("/palette", get(palette::show))
        .at("/projects", get(palette::project))
        .at("/setup", get(sign_in::set_up_form).post(Page(sign_in::set_up)).limit(SMALL_FORM))
        .at("/sign-in", get(sign_in::sign_in_form).post(Page(sign_in::sign_in)).limit(SMALL_FORM))
        .at("/sign-up", get(sign_in::sign_up_form).post(Page(sign_in::sign_up)).limit(SMALL_FORM))
        .at("/sign-out", get(front::front).post(Page(sign_in::sign_out)).limit(SMALL_FORM))
        .at("/signed-out", get(keycloak::signed_out))
        .at("/api/auth/sign-in/keycloak", get(keycloak::depart))
        .at("/api/auth/callback/keycloak", get(keycloak::arrive))
        .at("/keys", get(categories::list))
        .at("/keys/new", get(categories::new_form).post(Page(categories::create)))
        .at("/keys/:id", get(categories::show))
        .at("/keys/:id/edit", get(categories::edit_form).post(Page(categories::update)))
        .at("/keys/:id/delete", get(categories::ask_delete).post(Page(categories::delete)))
        .at("/keys/:id/entries/new", get(entries::new_form).post(Page(entries::create)))
        .at("/entries/:id/edit", get(entries::edit_form).post(Page(entries::update)))
        .at("/entries/:id/delete", get(entries::ask_delete).post(Page(entries::delete)))
        .at("/entries/:id/reveal", get(entries::back).post(Page(entries::reveal)))
        .at("/entries/:id/download", get(entries::back).post(Page(download::download)))
        .at("/entries/:id/history", get(history::show))
        .at("/entries/:id/compare", get(history::back).post(Page(history::compare)))
        .at("/entries/:id/versions/:number/reveal", get(history::back_from).post(Page(history::reveal)))
        .at("/entries/:id/versions/:number/restore", get(history::back_from).post(Page(history::restore)))
        .at("/entries/:id/versions/:number/purge", get(history::ask_purge).post(Page(history::purge)))
        .at("/settings", get(front::settings))
        .at("/settings/access-keys", get(access_keys::list))
        .at("/settings/access-keys/new", get(access_keys::new_form).post(Page(access_keys::create)))
        .at("/settings/access-keys/:id/revoke", get(access_keys::ask_revoke).post(Page(access_keys::revoke)))
}

fn imports(routes: Routes) -> Routes {
    routes
        .at("/import", get(import::show).post(Page(import::preview)))
        .at("/import/change", get(import::show).post(Page(import::change)))
        .at("/import/confirm", get(import::show).post(Page(import::confirm)))
        .at("/import/done", get(import::done))
}

fn two_factor(routes: Routes) -> Routes {
    routes
        .at("/2fa", get(recovery_sets::list))
        .at("/2fa/new", get(recovery_sets::new_form).post(Page(recovery_sets::create)))
        .at("/2fa/:id", get(recovery_sets::show))
        .at("/2fa/:id/edit", get(recovery_sets::edit_form).post(Page(recovery_sets::update)))
        .at("/2fa/:id/reveal", get(recovery_sets::back).post(Page(recovery_sets::reveal)))
        .at("/2fa/:id/codes/:index/unuse", get(recovery_sets::back_from).post(Page(recovery_sets::unuse)))
        .at("/2fa/:id/delete", get(recovery_sets::ask_delete).post(Page(recovery_sets::delete)))
}

fn env_files(routes: Routes) -> Routes {
    use envs::{compare, download, edit, file, generate, history, import};
    const FILE: &str = "/envs/:id/files/:type";
    let at = |rest: &str| format!("{FILE}{rest}");
    routes
        .at("/envs", get(envs::list))
        .at("/envs/new", get(envs::new_form).post(Page(envs::create)))
        .at("/envs/check", Methods::new().post(Page(edit::check)).limit(EnvContent::MAX_BYTES))
        .at("/envs/line", Methods::new().post(Page(edit::line)))
        .at("/envs/:id", get(file::first))
        .at("/envs/:id/edit", get(envs::edit_form).post(Page(envs::update)))
        .at("/envs/:id/delete", get(envs::ask_delete).post(Page(envs::delete)))
        .at("/envs/:id/compare", get(compare::choose).post(Page(compare::compare)))
        .at(FILE, get(file::show))
        .at(&at("/open"), get(file::back).post(Page(file::open)))
        .at(&at("/save"), get(file::back).post(Page(edit::save)).limit(EDITED))
        .at(&at("/insert"), get(file::back).post(Page(edit::insert)).limit(EDITED))
        .at(&at("/generate"), get(file::back).post(Page(generate::generate)).limit(EDITED))
        .at(&at("/download"), get(file::back).post(Page(download::download)))
        .at(&at("/import"), get(file::back).post(Page(import::take)))
        .at(&at("/delete"), get(file::ask_delete).post(Page(file::delete)))
        .at(&at("/history"), get(history::show))
        .at(&at("/compare"), get(history::back).post(Page(history::compare)))
        .at(&at("/versions/:number/reveal"), get(history::back_from).post(Page(history::reveal)))
        .at(&at("/versions/:number/restore"), get(history::back_from).post(Page(history::restore)))
        .at(&at("/versions/:number/purge"), get(history::ask_purge).post(Page(history::purge)))
}

fn settings(routes: Routes) -> Routes {
    use settings::{account, activity, danger, keycloak, sessions};
    routes
        .at("/settings/profile", get(account::profile_form).post(Page(account::save_profile)))
        .at(
            "/settings/password",
            get(account::password_form).post(Page(account::change_password)).limit(PASSWORDS),
        )
        .at("/settings/keycloak", get(keycloak::show))
        .at("/settings/keycloak/link", get(keycloak::back).post(Page(keycloak::link)).limit(PASSWORDS))
        .at("/settings/keycloak/unlink", get(keycloak::back).post(Page(keycloak::unlink)).limit(PASSWORDS))
        .at("/settings/sessions", get(sessions::list))
        .at("/settings/sessions/end-others", get(sessions::back).post(Page(sessions::end_others)))
        .at("/settings/sessions/:id/end", get(sessions::back).post(Page(sessions::end)))
        .at("/settings/encryption", get(settings::encryption))
        .at("/settings/activity", get(activity::list))
        .at("/settings/activity/:kind/:id", get(activity::go))
        .at("/settings/export", get(settings::export))
        .at("/settings/export/file", get(settings::export_file))
        .at("/settings/delete", get(danger::show))
        .at("/settings/delete/data", get(danger::ask_data).post(Page(danger::delete_data)))
        .at("/settings/delete/account", get(danger::ask_account).post(Page(danger::delete_account)))
}

fn get(endpoint: impl IntoEndpoint<Endpoint: 'static>) -> Methods {
    crate::route::get(Page(endpoint.into_endpoint()))
}

/// What a person sees when a page cannot be shown.
pub(crate) fn error_page(context: &Context, problem: &Problem) -> Response {
    let request = context.origin().request_id.to_string();
    visit::Reply::disclosure(page::error::error(problem, &request))
}
