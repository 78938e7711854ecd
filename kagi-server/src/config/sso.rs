//! Settings of sign-in at Keycloak: all of its four or none.

use std::collections::BTreeSet;

use kagi_auth::{Registration, keycloak};
use kagi_domain::{
    secret::SecretText,
    services::sign_in::SsoPolicy,
    text::{Email, fold},
};

use super::{parse, reader::Reader};

const URL: &str = "KEYCLOAK_URL";
const REALM: &str = "KEYCLOAK_REALM";
const CLIENT: &str = "KEYCLOAK_CLIENT_ID";
const SECRET: &str = "KEYCLOAK_CLIENT_SECRET";
const SIGN_UP: &str = "KAGI_SSO_SIGN_UP";
const DOMAINS: &str = "KAGI_SSO_DOMAINS";

/// Where Keycloak sends browsers back to, below the public URL.
const CALLBACK: &str = "/api/auth/callback/keycloak";
const SIGNED_OUT: &str = "/sign-in";

/// How this installation, at this address, is known to Keycloak.
pub(super) fn read_provider(reader: &mut Reader<'_>, address: &str) -> Option<Registration> {
    let secret = reader.secret(SECRET).filter(|text| {
        // EXPOSE: only emptiness is looked at.
        !text.expose().is_empty()
    });
    let (url, realm, client) = (reader.text(URL), reader.text(REALM), reader.text(CLIENT));
    let given = [
        (URL, url.is_some()),
        (REALM, realm.is_some()),
        (CLIENT, client.is_some()),
        (SECRET, secret.is_some()),
    ];
    let names = |set: bool| given.iter().filter(move |(_, own)| *own == set).map(|(name, _)| *name);
    let Some(first) = names(true).next() else {
        for name in
            [SIGN_UP, DOMAINS].into_iter().filter(|name| reader.text(name).is_some()).collect::<Vec<_>>()
        {
            reader.refuse(name, "has no effect without KEYCLOAK_URL; set up Keycloak or remove it.");
        }
        return None;
    };
    let (Some(url), Some(realm), Some(client_id), Some(client_secret)) = (url, realm, client, secret) else {
        let missing = names(false).collect::<Vec<_>>().join(", ");
        reader.refuse(first, format_args!("is set without {missing}; set all four or none."));
        return None;
    };
    match keycloak::issuer(url, realm) {
        Ok(issuer) => Some(registration(issuer, client_id, client_secret, address)),
        Err(why) => {
            let name = if why == keycloak::InvalidRealm::Realm { REALM } else { URL };
            reader.refuse(&format!("{name}:"), why);
            None
        }
    }
}

fn registration(
    issuer: kagi_domain::model::identity::Issuer,
    client_id: &str,
    client_secret: SecretText,
    address: &str,
) -> Registration {
    Registration {
        issuer,
        client_id: client_id.to_owned(),
        client_secret,
        redirect_uri: format!("{address}{CALLBACK}"),
        signed_out_uri: format!("{address}{SIGNED_OUT}"),
    }
}

/// What a first sign-in there may do.
pub(super) fn read_policy(reader: &mut Reader<'_>) -> SsoPolicy {
    let default = SsoPolicy::default();
    SsoPolicy {
        sign_up: reader.parse(SIGN_UP, default.sign_up, parse::sign_up),
        domains: reader.parse(DOMAINS, default.domains, domains),
    }
}

/// Domains of e-mail addresses, with commas or spaces between them.
fn domains(text: &str) -> Result<BTreeSet<String>, &'static str> {
    let is_domain = |word: &str| format!("x@{word}").parse::<Email>().is_ok();
    let all: BTreeSet<String> = parse::words(text).map(fold).collect();
    if all.iter().all(|word| is_domain(word)) {
        Ok(all)
    } else {
        Err("must be a list of e-mail domains such as example.com, team.example.org.")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn domains_are_folded_words_without_an_at() {
        let all = domains("Example.COM, team.example.org\texample.com").unwrap();
        assert_eq!(all.into_iter().collect::<Vec<_>>(), ["example.com", "team.example.org"]);
        for wrong in ["@example.com", "ada@example.com", "a@b, example.com"] {
            assert!(domains(wrong).is_err(), "{wrong}");
        }
    }
}
