//! A person's own account.

use kagi_domain::{
    fields::{Fields, Invalid},
    model::user::ProfilePatch,
    secret::SecretText,
    services::sign_in::NewPassword,
};

use super::{Raw, raw::typed_secret};
use crate::schema::input;

input! {
    /// What to change of a profile.
    pub(crate) struct ProfileDraft as "ProfileInput" {
        /// What to call the person, 1 to 255 characters.
        pub(crate) name: Raw<String> = "name",
    }
}

input! {
    /// What a person types to replace their password.
    pub(crate) struct NewPasswordDraft as "NewPasswordInput" {
        /// The password that they have.
        pub(crate) current_password: Raw<SecretText> = "currentPassword",
        /// The one that they want, of 12 to 1024 characters.
        pub(crate) new_password: Raw<SecretText> = "newPassword",
    }
}

impl ProfileDraft {
    /// A change of a profile.
    pub(crate) fn into_patch(self) -> Result<ProfilePatch, Invalid> {
        let mut fields = Fields::new();
        let name = self.name.patch(&mut fields, "name", |f, text| f.take("name", text.parse()));
        fields.finish(Some(ProfilePatch { name }))
    }
}

impl NewPasswordDraft {
    /// The current password as typed, and the new one.
    pub(crate) fn into_passwords(self) -> Result<(SecretText, NewPassword), Invalid> {
        let mut fields = Fields::new();
        let f = &mut fields;
        let current = typed_secret(f, "currentPassword", self.current_password);
        let new = typed_secret(f, "newPassword", self.new_password);
        let new = new.and_then(|new| f.take("newPassword", NewPassword::parse(new)));
        fields.finish(current.zip(new))
    }
}
