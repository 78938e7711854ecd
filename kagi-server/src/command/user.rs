//! `user add|reset-password|disable`

use std::io::{self, Read};

use kagi_domain::{
    Kagi,
    fields::Fields,
    secret::SecretText,
    services::sign_in::{NewPassword, registration},
    text::Email,
};
use zeroize::Zeroizing;

use super::{runtime, say};
use crate::{
    Failure, Outside, Vault,
    cli::{PasswordSource, UserCommand},
    config::{Config, Variables},
};

pub(super) fn run(variables: &Variables, command: UserCommand) -> Result<(), Failure> {
    let config = Config::read(variables)?;
    let command = Task::read(command)?;
    runtime()?.block_on(async {
        let vault = Vault::open(&config.database, config.keyring, config.policy, Outside::default()).await?;
        let done = command.perform(vault.kagi()).await;
        vault.close().await;
        done
    })
}

/// A command with everything that it needs, typed or asked for.
enum Task {
    Add(kagi_domain::services::sign_in::Registration),
    ResetPassword(Email, NewPassword),
    Disable(Email),
}

impl Task {
    fn read(command: UserCommand) -> Result<Self, Failure> {
        match command {
            UserCommand::Add { email, name, password } => {
                check_email(&email)?;
                Ok(Self::Add(registration(&email, read_password(password)?, name.as_deref())?))
            }
            UserCommand::ResetPassword { email, password } => {
                let email = check_email(&email)?;
                let mut fields = Fields::new();
                let password = fields.take("password", NewPassword::parse(read_password(password)?));
                Ok(Self::ResetPassword(email, fields.finish(password)?))
            }
            UserCommand::Disable { email } => Ok(Self::Disable(check_email(&email)?)),
        }
    }

    async fn perform(self, kagi: &Kagi) -> Result<(), Failure> {
        let people = kagi.people();
        match self {
            Self::Add(who) => {
                let user = people.add(who).await?;
                say(format_args!("{} has an account now.", user.email));
            }
            Self::ResetPassword(email, password) => {
                let user = people.reset_password(&email, password).await?;
                say(format_args!("{} has a new password; all sessions have ended.", user.email));
                if user.disabled_at.is_some() {
                    say("The account is barred and stays so: its new password signs nobody in.");
                }
            }
            Self::Disable(email) => {
                let user = people.disable(&email).await?;
                say(format_args!(
                    "{} is barred; all sessions have ended and access keys stopped working.",
                    user.email
                ));
            }
        }
        Ok(())
    }
}

/// Before a password is asked for, so that nobody types one in vain.
fn check_email(text: &str) -> Result<Email, Failure> {
    let mut fields = Fields::new();
    let email = fields.take("email", text.parse());
    Ok(fields.finish(email)?)
}

fn read_password(source: PasswordSource) -> Result<SecretText, Failure> {
    if source.password_stdin { from_stdin() } else { from_terminal() }
}

/// All of the standard input, without the line break at its end.
fn from_stdin() -> Result<SecretText, Failure> {
    const MOST: u64 = 8 * 1024;
    let mut text = Zeroizing::new(String::with_capacity(256));
    let read = io::stdin().lock().take(MOST).read_to_string(&mut text);
    read.map_err(|_| {
        Failure::Said("The password on the standard input cannot be read; it must be UTF-8 text.")
    })?;
    let line = text.strip_suffix('\n').map_or(text.as_str(), |line| line.strip_suffix('\r').unwrap_or(line));
    Ok(SecretText::new(line.to_owned()))
}

fn from_terminal() -> Result<SecretText, Failure> {
    let ask = |prompt| {
        rpassword::prompt_password(prompt).map(SecretText::new).map_err(|_| {
            Failure::Said(
                "There is no terminal to ask for the password on; pipe it in with --password-stdin.",
            )
        })
    };
    let (once, again) = (ask("Password: ")?, ask("The same again: ")?);
    // EXPOSE: both were typed by the same person.
    if once.expose() == again.expose() {
        Ok(once)
    } else {
        Err(Failure::Said("The two passwords differ; nothing was changed."))
    }
}
