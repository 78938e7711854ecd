//! Sign-in, sign-up and step-up.

use kagi_domain::{
    fields::{Fields, Invalid},
    secret::SecretText,
    services::sign_in::{NewPassword, Registration},
    text::TextError,
};

use super::{
    Raw,
    raw::{parsed, refuse, typed_secret},
};
use crate::schema::input;

input! {
    /// What a person types to sign in.
    pub(crate) struct SignInDraft as "SignInInput" {
        /// Their address.
        pub(crate) email: Raw<String> = "email",
        /// Their password.
        pub(crate) password: Raw<SecretText> = "password",
    }
}

input! {
    /// What a person types to register.
    pub(crate) struct SignUpDraft as "SignUpInput" {
        /// Their address.
        pub(crate) email: Raw<String> = "email",
        /// A password of 12 to 1024 characters.
        pub(crate) password: Raw<SecretText> = "password",
        /// What to call them.
        pub(crate) name: Raw<String> = "name",
    }
}

input! {
    /// What a person types to confirm that it is them.
    pub(crate) struct PasswordDraft as "PasswordInput" {
        /// Their password.
        pub(crate) password: Raw<SecretText> = "password",
    }
}

impl SignInDraft {
    /// Address and password as typed.
    pub(crate) fn into_credentials(self) -> Result<(String, SecretText), Invalid> {
        let mut fields = Fields::new();
        let email = self.email.needed(&mut fields, "email");
        let email =
            email.and_then(|text| if text.contains('\0') { nul(&mut fields, "email") } else { Some(text) });
        let password = typed_secret(&mut fields, "password", self.password);
        fields.finish(email.zip(password))
    }
}

impl SignUpDraft {
    /// Whom to make an account for.
    pub(crate) fn into_registration(self) -> Result<Registration, Invalid> {
        let mut fields = Fields::new();
        let f = &mut fields;
        let email = self.email.needed(f, "email");
        let email = parsed(f, "email", email);
        let password = typed_secret(f, "password", self.password);
        let password = password.and_then(|password| f.take("password", NewPassword::parse(password)));
        let name = self.name.optional(f, "name").filter(|name| !name.trim().is_empty());
        let name = parsed(f, "name", name);
        let (email, password) = fields.finish(email.zip(password))?;
        Ok(Registration { email, password, name })
    }
}

impl PasswordDraft {
    /// The password as typed.
    pub(crate) fn into_password(self) -> Result<SecretText, Invalid> {
        let mut fields = Fields::new();
        let password = typed_secret(&mut fields, "password", self.password);
        fields.finish(password)
    }
}

fn nul(fields: &mut Fields, name: &str) -> Option<String> {
    refuse(fields, name, &TextError::Nul.to_string())
}
