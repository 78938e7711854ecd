//! The operator's settings: read once, into types, with all mistakes reported together.

mod known;
mod model;
mod parse;
mod reader;
mod variables;

use std::{
    fmt,
    net::{Ipv4Addr, SocketAddr},
    sync::Arc,
};

use ipnet::IpNet;
use kagi_crypto::{Keyring, MasterKey};
use kagi_domain::{
    Policy,
    ports::Planner,
    secret::SecretText,
    services::sign_in::{Registration, registration},
};
use kagi_http::PublicUrl;
use kagi_storage_sea::DatabaseUrl;
use tracing_subscriber::filter::{LevelFilter, Targets};

use reader::Reader;

pub use reader::ConfigError;
pub use variables::Variables;

const DEFAULT_LISTEN: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 3000);
const DEFAULT_DATABASE: &str = "sqlite://kagi-data/kagi.db";

/// Settings of another release's features: set, they would be taken for working.
const SINGLE_SIGN_ON: [&str; 6] = [
    "KEYCLOAK_URL",
    "KEYCLOAK_REALM",
    "KEYCLOAK_CLIENT_ID",
    "KEYCLOAK_CLIENT_SECRET",
    "KAGI_SSO_SIGN_UP",
    "KAGI_SSO_DOMAINS",
];

/// Everything that serving needs.
#[derive(Debug)]
pub struct Config {
    /// Where the database is.
    pub database: DatabaseUrl,
    /// The master keys.
    pub keyring: Keyring,
    /// Where to listen.
    pub listen: SocketAddr,
    /// What people type; `None` is the address that the listener gets, which is on loopback then.
    pub public_url: Option<PublicUrl>,
    /// Whether plain http is accepted beyond loopback.
    pub insecure_http: bool,
    /// Whose forwarding headers are believed.
    pub trusted_proxies: Vec<IpNet>,
    /// Sign-up, passwords and sessions.
    pub policy: Policy,
    /// The account to make when there is none.
    pub first_user: Option<Registration>,
    /// Who helps to compose files, beside the built-in matcher.
    pub planner: Option<Model>,
}

/// A model's planner.
#[derive(Clone)]
pub struct Model(pub Arc<dyn Planner>);

impl fmt::Debug for Model {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Model({})", self.0.engine())
    }
}

impl Config {
    /// Reads all settings.
    ///
    /// # Errors
    ///
    /// [`ConfigError`] with a sentence for each mistake.
    pub fn read(variables: &Variables) -> Result<Self, ConfigError> {
        let mut reader = Reader::new(variables);
        let database = read_database(&mut reader);
        let keyring = read_keyring(&mut reader);
        let listen = reader.parse("KAGI_LISTEN", DEFAULT_LISTEN, parse::listen);
        let insecure_http = reader.parse("KAGI_INSECURE_HTTP", false, parse::switch);
        let public_url = read_public_url(&mut reader, listen, insecure_http);
        let trusted_proxies = reader.parse("KAGI_TRUSTED_PROXIES", Vec::new(), parse::networks);
        let policy = read_policy(&mut reader);
        let first_user = read_first_user(&mut reader, &policy);
        for name in SINGLE_SIGN_ON {
            if reader.text(name).is_some() {
                reader.refuse(name, "is set, but this version has no single sign-on yet; remove it.");
            }
        }
        let planner = model::read_planner(&mut reader).map(Model);
        let found = database.zip(keyring).map(|(database, keyring)| Self {
            database,
            keyring,
            listen,
            public_url,
            insecure_http,
            trusted_proxies,
            policy,
            first_user,
            planner,
        });
        reader.finish(found)
    }

    /// Reads only where the database is.
    ///
    /// # Errors
    ///
    /// [`ConfigError`].
    pub fn read_database(variables: &Variables) -> Result<DatabaseUrl, ConfigError> {
        let mut reader = Reader::new(variables);
        let database = read_database(&mut reader);
        reader.finish(database)
    }

    /// Reads only where the server listens.
    ///
    /// # Errors
    ///
    /// [`ConfigError`].
    pub fn read_listen(variables: &Variables) -> Result<SocketAddr, ConfigError> {
        let mut reader = Reader::new(variables);
        let listen = reader.parse("KAGI_LISTEN", DEFAULT_LISTEN, parse::listen);
        reader.finish(Some(listen))
    }

    /// Reads only what people type to reach the server.
    ///
    /// # Errors
    ///
    /// [`ConfigError`].
    pub fn read_address(variables: &Variables) -> Result<PublicUrl, ConfigError> {
        let mut reader = Reader::new(variables);
        let listen = reader.parse("KAGI_LISTEN", DEFAULT_LISTEN, parse::listen);
        let insecure_http = reader.parse("KAGI_INSECURE_HTTP", false, parse::switch);
        let url = read_public_url(&mut reader, listen, insecure_http);
        // Of an address and a port there is always a URL.
        reader.finish(url.or_else(|| format!("http://{listen}").parse().ok()))
    }

    /// Reads what to log.
    ///
    /// # Errors
    ///
    /// [`ConfigError`].
    pub fn read_log_filter(variables: &Variables) -> Result<Targets, ConfigError> {
        let mut reader = Reader::new(variables);
        let default = Targets::new().with_default(LevelFilter::INFO);
        let filter = reader.parse("KAGI_LOG", default, parse::log_filter);
        reader.finish(Some(filter))
    }
}

fn read_database(reader: &mut Reader<'_>) -> Option<DatabaseUrl> {
    let secret = reader.secret("DATABASE_URL");
    // EXPOSE: parsed; the errors quote nothing.
    let text = secret.as_ref().map(SecretText::expose).filter(|text| !text.is_empty());
    match text.unwrap_or(DEFAULT_DATABASE).parse() {
        Ok(database) => Some(database),
        Err(error) => {
            // Its sentences name the variable themselves.
            reader.refuse("", error);
            None
        }
    }
}

fn read_keyring(reader: &mut Reader<'_>) -> Option<Keyring> {
    const NAME: &str = "KAGI_ENCRYPTION_KEY";
    const EXTRA: &str = "KAGI_EXTRA_DECRYPTION_KEYS";
    let before = reader.problems();
    let active = match reader.secret(NAME) {
        Some(hex) => MasterKey::parse(&hex).map_err(|rest| reader.refuse(NAME, rest)).ok(),
        None if reader.problems() > before => None,
        None => {
            reader.refuse(NAME, "is not set; name the file that holds it with --env-file or, for a new database, make one with `kagi-server keygen`.");
            None
        }
    };
    let extra = reader.secret(EXTRA);
    // EXPOSE: parsed into keys.
    let words = extra.as_ref().map_or("", SecretText::expose);
    let mut others = Vec::new();
    for (index, word) in parse::words(words).enumerate() {
        match MasterKey::parse(&SecretText::new(word.to_owned())) {
            Ok(key) => others.push(key),
            Err(rest) => reader.refuse(&format!("{EXTRA} (key {})", index + 1), rest),
        }
    }
    active.map(|active| Keyring::new(active, others))
}

fn read_public_url(reader: &mut Reader<'_>, listen: SocketAddr, insecure: bool) -> Option<PublicUrl> {
    const NAME: &str = "KAGI_PUBLIC_URL";
    if reader.text(NAME).is_none() && !listen.ip().is_loopback() {
        reader.refuse(
            NAME,
            "must be set when KAGI_LISTEN is not on loopback: say what people type to reach Kagi.",
        );
    }
    let url = reader.parse(NAME, None, |text| match text.parse() {
        Ok(url) => Ok(Some(url)),
        Err(_) => {
            Err("must be scheme and host only, such as https://kagi.example.com or http://127.0.0.1:3000.")
        }
    });
    let in_clear = |url: &PublicUrl| !url.is_https() && !url.is_loopback();
    if !insecure && url.as_ref().is_some_and(in_clear) {
        reader.refuse(
            NAME,
            "must begin with https://, because passwords and secrets would cross the network in the clear; \
             KAGI_INSECURE_HTTP=1 allows it nevertheless.",
        );
    }
    url
}

fn read_policy(reader: &mut Reader<'_>) -> Policy {
    let default = Policy::default();
    Policy {
        sign_up: reader.parse("KAGI_SIGN_UP", default.sign_up, parse::sign_up),
        passwords: reader.parse("ENABLE_EMAIL_PASSWORD", default.passwords, parse::switch),
        session_idle: reader.parse("KAGI_SESSION_IDLE", default.session_idle, parse::duration),
        session_max: reader.parse("KAGI_SESSION_MAX", default.session_max, parse::duration),
    }
}

fn read_first_user(reader: &mut Reader<'_>, policy: &Policy) -> Option<Registration> {
    const EMAIL: &str = "ADMIN_EMAIL";
    const PASSWORD: &str = "ADMIN_PASSWORD";
    let password = reader.secret(PASSWORD).filter(|text| {
        // EXPOSE: only emptiness is looked at.
        !text.expose().is_empty()
    });
    let (email, password) = match (reader.text(EMAIL), password) {
        (None, None) => return None,
        (Some(email), Some(password)) => (email, password),
        (Some(_), None) => {
            reader.refuse(EMAIL, "is set without ADMIN_PASSWORD; set both or none.");
            return None;
        }
        (None, Some(_)) => {
            reader.refuse(PASSWORD, "is set without ADMIN_EMAIL; set both or none.");
            return None;
        }
    };
    if !policy.passwords {
        reader.refuse(EMAIL, "makes an account with a password, which ENABLE_EMAIL_PASSWORD=false forbids.");
    }
    match registration(email, password, None) {
        Ok(registration) => Some(registration),
        Err(invalid) => {
            for mistake in invalid.fields() {
                let name = if mistake.field == "password" { PASSWORD } else { EMAIL };
                reader.refuse(&format!("{name}:"), &mistake.message);
            }
            None
        }
    }
}
