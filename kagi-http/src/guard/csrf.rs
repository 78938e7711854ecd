//! Whether an unsafe request comes from this site's own pages.

use poem::http::{
    HeaderMap,
    header::{AUTHORIZATION, ORIGIN},
};

use crate::{problem::Problem, site::Site};

/// Refuses what another site's page sent.
///
/// A request with `Authorization` passes: a page cannot add it across sites, and its cookie is not
/// looked at. Otherwise `Sec-Fetch-Site` has to be `same-origin` or `none`; where it is absent,
/// `Origin` has to be the public URL's; with neither it passes, for no browser sent it.
pub(crate) fn check(site: &Site, headers: &HeaderMap) -> Result<(), Problem> {
    if headers.contains_key(AUTHORIZATION) {
        return Ok(());
    }
    let passes = if headers.contains_key("sec-fetch-site") {
        headers.get_all("sec-fetch-site").iter().all(|value| value == "same-origin" || value == "none")
    } else {
        let own = site.public_url.to_string();
        headers.get_all(ORIGIN).iter().all(|value| value.as_bytes() == own.as_bytes())
    };
    if passes { Ok(()) } else { Err(Problem::csrf()) }
}
