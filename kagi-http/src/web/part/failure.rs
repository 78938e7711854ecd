//! Why a sign-in at Keycloak failed, told on the next page. The address carries a word of this list, never a
//! text: whoever makes a link up can show one of these sentences and nothing else.

use kagi_domain::{ports::StorageError, services::sign_in::SsoError};

use crate::web::part::next::escape;

/// Where a failure is told: to somebody in a session on the page of the matter, else at the door.
pub(crate) fn told(error: &SsoError, in_session: bool, next: &str) -> String {
    let word = word(error);
    match (in_session, next) {
        (true, _) => format!("/settings/keycloak?failed={word}"),
        (false, "/") => format!("/sign-in?failed={word}"),
        (false, next) => format!("/sign-in?failed={word}&next={}", escape(next)),
    }
}

/// The sentence of a word.
pub(crate) fn sentence(word: &str) -> Option<String> {
    ALL.iter().map(|make| make()).find(|error| self::word(error) == word).map(|error| text(&error))
}

/// What is said of an error.
pub(crate) fn text(error: &SsoError) -> String {
    match error {
        SsoError::Denied(_) => "Please confirm first that it is you, then try again.".to_owned(),
        SsoError::Storage(_) => {
            "Kagi could not finish this right now. Nothing was changed; please try again in a moment."
                .to_owned()
        }
        other => other.to_string(),
    }
}

/// The word of an error.
const fn word(error: &SsoError) -> &'static str {
    match error {
        SsoError::Off => "off",
        SsoError::Expired => "expired",
        SsoError::Throttled => "throttled",
        SsoError::Declined => "declined",
        SsoError::Unavailable => "unavailable",
        SsoError::Misconfigured => "misconfigured",
        SsoError::Refused => "refused",
        SsoError::Disabled => "disabled",
        SsoError::EmailTaken => "email-taken",
        SsoError::SignUpClosed => "closed",
        SsoError::EmailUnverified => "unverified",
        SsoError::DomainRefused => "domain",
        SsoError::NotFresh => "not-fresh",
        SsoError::OtherPerson => "other-person",
        SsoError::LinkTaken => "link-taken",
        SsoError::OnlyWayIn => "only-way-in",
        SsoError::Denied(_) => "confirm",
        SsoError::Storage(_) => "broken",
    }
}

const ALL: [fn() -> SsoError; 18] = [
    || SsoError::Off,
    || SsoError::Expired,
    || SsoError::Throttled,
    || SsoError::Declined,
    || SsoError::Unavailable,
    || SsoError::Misconfigured,
    || SsoError::Refused,
    || SsoError::Disabled,
    || SsoError::EmailTaken,
    || SsoError::SignUpClosed,
    || SsoError::EmailUnverified,
    || SsoError::DomainRefused,
    || SsoError::NotFresh,
    || SsoError::OtherPerson,
    || SsoError::LinkTaken,
    || SsoError::OnlyWayIn,
    || SsoError::Denied(kagi_domain::access::Denied::ReauthRequired),
    || SsoError::Storage(StorageError::Unavailable),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_word_has_a_sentence_of_its_own() {
        let words: BTreeSet<_> = ALL.iter().map(|make| word(&make())).collect();
        let sentences: BTreeSet<_> = words.iter().map(|word| sentence(word).unwrap()).collect();
        assert_eq!((words.len(), sentences.len()), (ALL.len(), ALL.len()));
        assert!(sentences.iter().all(|text| text.ends_with('.') && text.starts_with(char::is_uppercase)));
        assert_eq!(sentence("<script>"), None);
    }

    #[test]
    fn a_failure_is_told_where_somebody_is() {
        assert_eq!(told(&SsoError::Expired, false, "/"), "/sign-in?failed=expired");
        assert_eq!(told(&SsoError::Expired, false, "/a?b=c"), "/sign-in?failed=expired&next=/a%3Fb%3Dc");
        assert_eq!(told(&SsoError::LinkTaken, true, "/"), "/settings/keycloak?failed=link-taken");
    }
}
