//! What happened, in words.

use kagi_domain::audit::Action;

/// Actions by what they are about, in the order in which they are offered.
pub(super) const GROUPS: [(&str, &[Action]); 6] = [
    (
        "Keys",
        &[
            Action::EntryReveal,
            Action::EntryRevealVersion,
            Action::EntryCreate,
            Action::EntryUpdate,
            Action::EntryRestore,
            Action::EntryPurgeVersion,
            Action::EntryDelete,
            Action::CategoryCreate,
            Action::CategoryUpdate,
            Action::CategoryDelete,
        ],
    ),
    (
        "Recovery codes",
        &[
            Action::TwoFactorReveal,
            Action::TwoFactorUnuse,
            Action::TwoFactorCreate,
            Action::TwoFactorUpdate,
            Action::TwoFactorDelete,
        ],
    ),
    (
        "Env files",
        &[
            Action::EnvFileReveal,
            Action::EnvFileRevealVersion,
            Action::EnvFileSave,
            Action::EnvFileRestore,
            Action::EnvFilePurgeVersion,
            Action::EnvFileDelete,
            Action::EnvProjectCreate,
            Action::EnvProjectUpdate,
            Action::EnvProjectDelete,
        ],
    ),
    ("Access keys and exports", &[Action::AccessKeyCreate, Action::AccessKeyDelete, Action::ExportRead]),
    (
        "Account",
        &[
            Action::SignIn,
            Action::SignOut,
            Action::SignUp,
            Action::SetUp,
            Action::Reauth,
            Action::SessionDelete,
            Action::AccountUpdate,
            Action::AccountPassword,
            Action::AccountWipe,
            Action::AccountDelete,
            Action::UserCreate,
            Action::PasswordReset,
            Action::UserDisable,
        ],
    ),
    ("Refusals", &[Action::AccessDenied, Action::AccessDeniedMany]),
];

/// What was done, or tried.
pub(super) const fn phrase(action: Action) -> &'static str {
    match action {
        Action::CategoryCreate => "Category made",
        Action::CategoryUpdate => "Category changed",
        Action::CategoryDelete => "Category deleted",
        Action::EntryCreate => "Entry made",
        Action::EntryUpdate => "Entry changed",
        Action::EntryDelete => "Entry deleted",
        Action::EntryReveal => "Value revealed",
        Action::EntryRevealVersion => "Older value revealed",
        Action::EntryRestore => "Older value restored",
        Action::EntryPurgeVersion => "Older value purged",
        Action::TwoFactorCreate => "Recovery set made",
        Action::TwoFactorUpdate => "Recovery set changed",
        Action::TwoFactorDelete => "Recovery set deleted",
        Action::TwoFactorReveal => "Recovery code revealed",
        Action::TwoFactorUnuse => "Recovery code marked as unused",
        Action::EnvProjectCreate => "Env project made",
        Action::EnvProjectUpdate => "Env project changed",
        Action::EnvProjectDelete => "Env project deleted",
        Action::EnvFileSave => "Env file saved",
        Action::EnvFileDelete => "Env file deleted",
        Action::EnvFileReveal => "Env file revealed",
        Action::EnvFileRevealVersion => "Older env file revealed",
        Action::EnvFileRestore => "Older env file restored",
        Action::EnvFilePurgeVersion => "Older env file purged",
        Action::AccessKeyCreate => "Access key made",
        Action::AccessKeyDelete => "Access key revoked",
        Action::SignIn => "Sign-in",
        Action::SignOut => "Sign-out",
        Action::SignUp => "Registration",
        Action::Reauth => "Password confirmed",
        Action::AccountUpdate => "Profile changed",
        Action::AccountPassword => "Password changed",
        Action::SessionDelete => "Session ended",
        Action::AccountWipe => "Vault data deleted",
        Action::AccountDelete => "Account deleted",
        Action::SetUp => "Kagi set up",
        Action::UserCreate => "Account made by the operator",
        Action::PasswordReset => "Password reset by the operator",
        Action::UserDisable => "Account disabled by the operator",
        Action::AccessDenied => "Access refused",
        Action::AccessDeniedMany => "More access refused",
        Action::ExportRead => "Metadata exported",
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_action_is_offered_once_under_words_of_its_own() {
        let offered: Vec<Action> = GROUPS.iter().flat_map(|(_, actions)| actions.iter().copied()).collect();
        let once: BTreeSet<Action> = offered.iter().copied().collect();
        assert_eq!((offered.len(), once), (Action::ALL.len(), Action::ALL.iter().copied().collect()));
        let words: BTreeSet<&str> = Action::ALL.iter().map(|action| phrase(*action)).collect();
        assert_eq!(words.len(), Action::ALL.len());
    }
}
