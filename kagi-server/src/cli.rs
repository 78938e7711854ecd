//! The command line.
#![expect(clippy::doc_markdown, reason = "these comments are what --help prints")]

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

/// Kagi, a self-hosted encrypted secret manager.
#[derive(Debug, Parser)]
#[command(name = "kagi-server", version, after_help = AFTER_HELP)]
pub struct Cli {
    /// Read settings from FILE too; the environment wins over it.
    #[arg(long, value_name = "FILE", global = true)]
    pub env_file: Option<PathBuf>,
    /// What to do.
    #[command(subcommand)]
    pub command: Option<Command>,
}

const AFTER_HELP: &str = "\
Without a command, kagi-server serves. To try Kagi on this machine, run `kagi-server quickstart`.

Settings (environment or --env-file):
  KAGI_ENCRYPTION_KEY         master key, 64 hexadecimal characters (or KAGI_ENCRYPTION_KEY_FILE); required
  KAGI_EXTRA_DECRYPTION_KEYS  further keys that only open, with commas between them
  DATABASE_URL                sqlite://path or postgres://user:password@host/name?sslmode=… [sqlite://kagi-data/kagi.db]
  KAGI_LISTEN                 address and port to listen on [127.0.0.1:3000]
  KAGI_PUBLIC_URL             what people type; required beyond loopback
  KAGI_INSECURE_HTTP          1 allows plain http beyond loopback
  KAGI_TRUSTED_PROXIES        networks whose forwarding headers are believed
  ADMIN_EMAIL, ADMIN_PASSWORD the first account, made once (or ADMIN_PASSWORD_FILE)
  ENABLE_EMAIL_PASSWORD       true or false [true]
  KAGI_SIGN_UP                open or closed [closed]
  KEYCLOAK_URL, KEYCLOAK_REALM, KEYCLOAK_CLIENT_ID, KEYCLOAK_CLIENT_SECRET
                              sign-in with Keycloak, all or none (or KEYCLOAK_CLIENT_SECRET_FILE)
  KAGI_SSO_SIGN_UP            open or closed: may a first sign-in there make an account [open]
  KAGI_SSO_DOMAINS            for which e-mail domains, with commas between them [all]
  KAGI_SESSION_IDLE           how long an unused session lasts [12h]
  KAGI_SESSION_MAX            how long any session lasts [7d]
  OPENAI_API_KEY              the key of the model that composes env files (or OPENAI_API_KEY_FILE)
  OPENAI_BASE_URL             a server that speaks OpenAI's protocol, such as a local one [OpenAI's, with a key]
  OPENAI_MODEL                which model is asked [gpt-4o-mini]
  KAGI_LOG                    what to log, such as info or info,kagi_http=debug [info]";

/// What the program can do.
#[derive(Debug, Clone, Subcommand)]
pub enum Command {
    /// Serve the API and the web pages; this is also what happens without a command.
    ///
    /// Brings the database's schema up to date, checks that the master key fits the database, and
    /// then listens. Until the first account exists it prints a set-up link on the standard output;
    /// the log goes to the standard error. SIGTERM and SIGINT finish what is under way, for up to
    /// ten seconds.
    Serve,
    /// Serve on this machine only, with everything kept in ./kagi-data.
    ///
    /// The first run makes ./kagi-data with a database (kagi.db) and a fresh master key (kagi.env),
    /// both readable by you alone; later runs use them. Keep a copy of kagi.env: without it the
    /// database cannot be opened. KAGI_LISTEN may name another loopback address; DATABASE_URL and
    /// KAGI_ENCRYPTION_KEY are ignored.
    Quickstart,
    /// Print a fresh master key for KAGI_ENCRYPTION_KEY.
    ///
    /// It is 64 hexadecimal characters from the system's random number generator. It is stored
    /// nowhere: keep it, apart from the database and its backups.
    Keygen,
    /// Bring the database's schema up to date and stop; needs DATABASE_URL only.
    ///
    /// `serve` does it too. Replicas may run it at the same time: they take turns.
    Migrate,
    /// Print the description of the REST API, an OpenAPI 3.0 document.
    ///
    /// It is what a running server answers at /api/openapi. Needs no setting and no database; the
    /// address in it is KAGI_PUBLIC_URL, or KAGI_LISTEN when that is not set.
    Openapi,
    /// Manage accounts from the server's command line.
    User {
        /// What to do with accounts.
        #[command(subcommand)]
        command: UserCommand,
    },
    /// Ask the running server whether it is ready; the exit status is the answer.
    ///
    /// Asks /readyz at KAGI_LISTEN, or at loopback when that is every address. For containers'
    /// health checks.
    Healthcheck,
}

/// What can be done with accounts.
#[derive(Debug, Clone, Subcommand)]
pub enum UserCommand {
    /// Make an account.
    Add {
        /// The e-mail address to sign in with.
        email: String,
        /// What to call the person.
        #[arg(long)]
        name: Option<String>,
        /// Where the password comes from.
        #[command(flatten)]
        password: PasswordSource,
    },
    /// Give an account a new password and end its sessions.
    ResetPassword {
        /// The account's e-mail address.
        email: String,
        /// Where the password comes from.
        #[command(flatten)]
        password: PasswordSource,
    },
    /// Bar an account: its sessions end and its access keys stop working; its vault stays.
    Disable {
        /// The account's e-mail address.
        email: String,
    },
}

/// Where a password comes from; never the command line, which other users can see.
#[derive(Debug, Clone, Copy, Args)]
pub struct PasswordSource {
    /// Read the password from the standard input instead of asking twice on the terminal.
    #[arg(long)]
    pub password_stdin: bool,
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use clap::CommandFactory;

    use super::Cli;

    /// The names of variables in a text; what a `_FILE` form names is its variable.
    fn variables(text: &str) -> BTreeSet<&str> {
        let words = text.split(|c: char| !c.is_ascii_uppercase() && c != '_');
        let names = words.filter(|word| word.trim_matches('_').contains('_'));
        names.map(|name| name.strip_suffix("_FILE").unwrap_or(name)).collect()
    }

    #[test]
    fn the_help_and_the_documentation_name_the_same_settings() {
        let documentation = include_str!("../../docs/CONFIGURATION.md");
        let rows = documentation.lines().filter_map(|line| line.strip_prefix("| `")?.split(" | ").next());
        let documented: BTreeSet<_> = rows.flat_map(variables).collect();
        let help = Cli::command().render_long_help().to_string();
        assert_eq!(variables(&help), documented);
        assert!(documented.len() > 20, "only {documented:?}");
    }
}
