//! Where the database is, and why it cannot be used.

use std::{
    fmt,
    net::IpAddr,
    path::{Path, PathBuf},
    str::FromStr,
};

use sea_orm::{DbErr, sqlx::postgres::PgConnectOptions};

use crate::error::classify;

/// Why there is no storage. The sentences are for the operator; none holds the address or a
/// password, and the cause is in the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ConnectError {
    /// Neither SQLite nor PostgreSQL.
    #[error("DATABASE_URL names a database that Kagi does not speak. Use sqlite://… or postgres://….")]
    UnsupportedScheme,
    /// Not an address.
    #[error(
        "DATABASE_URL cannot be read. Use sqlite://path/to/kagi.db or postgres://user:password@host/name."
    )]
    Malformed,
    /// A server on another machine, and nothing said of how the way there is protected.
    #[error(
        "DATABASE_URL names a PostgreSQL server on another machine without saying how the connection is protected. \
         Add ?sslmode=verify-full (and &sslrootcert=… for an authority of your own), or ?sslmode=disable where nobody else \
         is on the network."
    )]
    NoMode,
    /// SQLite in memory would lose everything at the stop.
    #[error("DATABASE_URL must name a file: a database in memory is lost when Kagi stops.")]
    NoFile,
    /// The folder or file cannot be made or opened.
    #[error(
        "The database file cannot be made or opened. Check that its folder exists and may be written to."
    )]
    File,
    /// Nobody answers, or sign-in to the database is refused.
    #[error(
        "The database cannot be reached. Check that it runs, and the address and password in DATABASE_URL."
    )]
    Unreachable,
    /// A newer Kagi migrated it.
    #[error("The database was migrated by a newer version of Kagi. Run that version; nothing was changed.")]
    Newer,
    /// It belongs to something else.
    #[error(
        "The database holds tables, but none of Kagi's. Give Kagi a database of its own; nothing was changed."
    )]
    Foreign,
    /// A migration failed and was rolled back.
    #[error(
        "The database schema could not be brought up to date; nothing was changed. The log names the cause."
    )]
    Migration,
}

impl From<DbErr> for ConnectError {
    fn from(error: DbErr) -> Self {
        match classify(&error) {
            kagi_domain::ports::StorageError::Unavailable => Self::Unreachable,
            _ => Self::Migration,
        }
    }
}

/// The address of a database, read from `DATABASE_URL`. `Debug` shows only its kind.
///
/// `sqlite://path` takes the rest as the file's path, relative to the working directory unless it
/// starts with a slash. `postgres://user:password@host:port/name?sslmode=…` takes the parameters
/// of libpq that name certificates, TLS mode, host, port, user, password and database.
#[derive(Clone)]
pub struct DatabaseUrl(pub(crate) Place);

#[derive(Clone)]
pub(crate) enum Place {
    Sqlite(PathBuf),
    Postgres(Box<PgConnectOptions>),
}

impl DatabaseUrl {
    /// A SQLite file.
    #[must_use]
    pub fn sqlite(path: impl Into<PathBuf>) -> Self {
        Self(Place::Sqlite(path.into()))
    }

    /// The SQLite file; none of a server.
    #[must_use]
    pub fn file(&self) -> Option<&Path> {
        match &self.0 {
            Place::Sqlite(path) => Some(path),
            Place::Postgres(_) => None,
        }
    }
}

impl FromStr for DatabaseUrl {
    type Err = ConnectError;

    fn from_str(text: &str) -> Result<Self, ConnectError> {
        let (scheme, rest) = text.trim().split_once(':').ok_or(ConnectError::Malformed)?;
        match scheme {
            "sqlite" => sqlite(rest).map(|path| Self(Place::Sqlite(path))),
            "postgres" | "postgresql" => postgres(text.trim()).map(|o| Self(Place::Postgres(Box::new(o)))),
            _ => Err(ConnectError::UnsupportedScheme),
        }
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            Place::Sqlite(_) => "DatabaseUrl(SQLite)",
            Place::Postgres(_) => "DatabaseUrl(PostgreSQL)",
        })
    }
}

fn sqlite(rest: &str) -> Result<PathBuf, ConnectError> {
    let path = rest.strip_prefix("//").unwrap_or(rest);
    match path {
        "" | ":memory:" => Err(ConnectError::NoFile),
        // No parameters: every one of them is decided here.
        _ if path.contains(['?', '\0']) => Err(ConnectError::Malformed),
        _ => Ok(PathBuf::from(path)),
    }
}

fn postgres(text: &str) -> Result<PgConnectOptions, ConnectError> {
    /// The driver logs parameters that it does not know, with their values; so it gets none.
    const KNOWN: [&str; 13] = [
        "sslmode",
        "ssl-mode",
        "sslrootcert",
        "ssl-root-cert",
        "ssl-ca",
        "sslcert",
        "ssl-cert",
        "sslkey",
        "ssl-key",
        "host",
        "port",
        "user",
        "password",
    ];
    let parameters = text.split_once('?').map_or("", |(_, parameters)| parameters);
    let keys = parameters.split('&').filter_map(|pair| pair.split('=').next());
    let mut says_mode = false;
    for key in keys.filter(|key| !key.is_empty()) {
        if !KNOWN.contains(&key) && key != "dbname" {
            return Err(ConnectError::Malformed);
        }
        says_mode |= matches!(key, "sslmode" | "ssl-mode");
    }
    let options: PgConnectOptions = text.parse().map_err(|_| ConnectError::Malformed)?;
    // The driver's own default takes TLS where the server offers it, checks no certificate, and goes on
    // in the clear where somebody in between says that there is none.
    if says_mode || is_on_this_machine(&options) { Ok(options) } else { Err(ConnectError::NoMode) }
}

/// Whether the way to the server leaves this machine.
fn is_on_this_machine(options: &PgConnectOptions) -> bool {
    let host = options.get_host();
    let bare = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
    options.get_socket().is_some()
        || host.starts_with('/')
        || bare.eq_ignore_ascii_case("localhost")
        || bare.parse().is_ok_and(|ip: IpAddr| ip.to_canonical().is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(text: &str) -> Option<ConnectError> {
        text.parse::<DatabaseUrl>().err()
    }

    #[test]
    fn addresses_are_told_apart() {
        for good in
            ["sqlite://kagi-data/kagi.db", "sqlite:/var/lib/kagi.db", "postgres://u:p@h/n?sslmode=require"]
        {
            assert_eq!(refusal(good), None, "{good}");
        }
        assert_eq!(refusal("mysql://u:p@h/n"), Some(ConnectError::UnsupportedScheme));
        assert_eq!(refusal("kagi.db"), Some(ConnectError::Malformed));
        assert_eq!(refusal("sqlite::memory:"), Some(ConnectError::NoFile));
        assert_eq!(refusal("sqlite://"), Some(ConnectError::NoFile));
        assert_eq!(refusal("sqlite://a.db?mode=ro"), Some(ConnectError::Malformed));
        assert_eq!(refusal("postgres://u:p@h:x/n"), Some(ConnectError::Malformed));
        assert_eq!(refusal("postgres://u:p@h/n?passwd=hunter2"), Some(ConnectError::Malformed));
    }

    #[test]
    fn the_way_to_another_machine_is_protected_or_said_not_to_be() {
        for open in ["u:p@h/n", "u:p@10.0.0.7/n", "u@h/n?sslrootcert=ca.pem", "/n?host=h", "u@127.0.0.1.h/n"]
        {
            assert_eq!(refusal(&format!("postgres://{open}")), Some(ConnectError::NoMode), "{open}");
        }
        for mode in ["disable", "require", "verify-ca", "verify-full"] {
            assert_eq!(refusal(&format!("postgres://u:p@h/n?sslmode={mode}")), None);
        }
        for near in ["localhost", "127.0.0.1", "127.1.2.3", "[::1]", "%2Fvar%2Frun%2Fpostgresql", "LOCALHOST"]
        {
            assert_eq!(refusal(&format!("postgres://u:p@{near}/n")), None, "{near}");
        }
        assert_eq!(refusal("postgres:///n?host=/var/run/postgresql"), None);
    }

    #[test]
    fn debug_shows_no_password() {
        let url: DatabaseUrl = "postgres://u:hunter2@localhost/n".parse().unwrap();
        assert_eq!(format!("{url:?}"), "DatabaseUrl(PostgreSQL)");
    }
}
