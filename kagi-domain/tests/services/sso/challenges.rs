//! A challenge is good once, for ten minutes, in its own browser.

use std::time::Duration;

use kagi_domain::{
    Policy,
    ports::ProviderError,
    secret::SecretText,
    services::sign_in::{Return, SsoError},
};
use kagi_tests::{TestKagi, kagi, kagi_with, samples::secret};

use super::{Browser, EMAIL, SUBJECT, depart, here, vault};

async fn arrive(kagi: &TestKagi, browser: &Browser, keepsake: Option<&SecretText>) -> Result<(), SsoError> {
    kagi.provider.prepare("code", kagi.provider.claims(SUBJECT, Some(EMAIL)));
    kagi.sign_in().arrive(browser.returned("code"), keepsake, None, here(kagi)).await.map(drop)
}

#[tokio::test]
async fn a_first_answer_is_good_and_a_second_is_not() {
    let kagi = vault();
    let browser = depart(&kagi).await;
    arrive(&kagi, &browser, Some(&browser.keepsake)).await.unwrap();
    let replayed = arrive(&kagi, &browser, Some(&browser.keepsake)).await;
    assert!(matches!(replayed, Err(SsoError::Expired)));
    assert_eq!(kagi.provider.unredeemed(), 1, "the second code was not redeemed");
}

#[tokio::test]
async fn of_parallel_answers_one_begins_a_session() {
    let kagi = vault();
    let browser = depart(&kagi).await;
    for n in 0..8 {
        kagi.provider.prepare(&format!("code {n}"), kagi.provider.claims(SUBJECT, Some(EMAIL)));
    }
    let tries = (0..8).map(|n| {
        let (kagi, returned) = (kagi.clone(), browser.returned(&format!("code {n}")));
        let keepsake = secret(browser.keepsake.expose());
        tokio::spawn(async move { kagi.sign_in().arrive(returned, Some(&keepsake), None, here(&kagi)).await })
    });
    let mut sessions = 0;
    for outcome in tries.collect::<Vec<_>>() {
        sessions += usize::from(outcome.await.unwrap().is_ok());
    }
    assert_eq!((sessions, kagi.storage.digests().len()), (1, 1));
}

#[tokio::test]
async fn an_answer_needs_the_browser_that_asked() {
    let kagi = vault();
    let (victim, attacker) = (depart(&kagi).await, depart(&kagi).await);
    let foreign = arrive(&kagi, &attacker, Some(&victim.keepsake)).await;
    assert!(matches!(foreign, Err(SsoError::Expired)), "another browser's state");
    let nothing = arrive(&kagi, &attacker, None).await;
    assert!(matches!(nothing, Err(SsoError::Expired)), "a browser that keeps nothing");
    let stateless = Return { state: None, ..attacker.returned("code") };
    let stateless = kagi.sign_in().arrive(stateless, Some(&attacker.keepsake), None, here(&kagi)).await;
    assert!(matches!(stateless, Err(SsoError::Expired)), "no state");
    for made_up in ["", "x", ":", "0000000000000000:AAAA:AAAA:AAAA", &"x".repeat(4096)] {
        let made_up = arrive(&kagi, &victim, Some(&secret(made_up))).await;
        assert!(matches!(made_up, Err(SsoError::Expired)));
    }
    assert!(kagi.storage.digests().is_empty());
    arrive(&kagi, &victim, Some(&victim.keepsake)).await.expect("none of that used it up");
}

#[tokio::test]
async fn a_challenge_lasts_ten_minutes() {
    let kagi = vault();
    let (slow, late) = (depart(&kagi).await, depart(&kagi).await);
    kagi.clock.advance(Duration::from_mins(10).checked_sub(Duration::from_millis(1)).unwrap());
    arrive(&kagi, &slow, Some(&slow.keepsake)).await.unwrap();
    kagi.clock.advance(Duration::from_millis(1));
    assert!(matches!(arrive(&kagi, &late, Some(&late.keepsake)).await, Err(SsoError::Expired)));
}

#[tokio::test]
async fn a_challenge_is_sealed_and_told_only_in_part() {
    let kagi = vault();
    let departure = kagi.sign_in().depart("/keys?search=%E9%8D%B5".to_owned()).await.unwrap();
    let allowed = |b: u8| b.is_ascii_graphic() && !b"\",;\\".contains(&b);
    assert!(departure.keepsake.expose().bytes().all(allowed), "a cookie carries it");
    let browser = Browser::of(departure);
    kagi.provider.prepare("code", kagi.provider.claims(SUBJECT, Some(EMAIL)));
    let returned = browser.returned("code");
    let arrival = kagi.sign_in().arrive(returned, Some(&browser.keepsake), None, here(&kagi)).await.unwrap();
    assert_eq!(arrival.next, "/keys?search=%E9%8D%B5");
}

#[tokio::test]
async fn what_the_provider_refuses_is_told_apart() {
    let kagi = vault();
    for (word, expected) in [
        ("access_denied", "Declined"),
        ("temporarily_unavailable", "Unavailable"),
        ("unauthorized_client", "Misconfigured"),
        ("<script>alert(1)</script>", "Declined"),
    ] {
        let browser = depart(&kagi).await;
        let returned = Return { error: Some(word.to_owned()), ..browser.returned("code") };
        let refused = kagi.sign_in().arrive(returned, Some(&browser.keepsake), None, here(&kagi)).await;
        assert_eq!(format!("{:?}", refused.unwrap_err()), expected, "{word}");
    }
    for error in [ProviderError::Unavailable, ProviderError::Misconfigured] {
        let browser = depart(&kagi).await;
        kagi.provider.fail(Some(error));
        let refused = arrive(&kagi, &browser, Some(&browser.keepsake)).await.unwrap_err();
        assert_eq!(format!("{refused:?}"), format!("{error:?}"));
        let refused = kagi.sign_in().depart(String::new()).await.unwrap_err();
        assert_eq!(format!("{refused:?}"), format!("{error:?}"));
        kagi.provider.fail(None);
    }
}

#[tokio::test]
async fn another_issuers_answer_is_refused() {
    let kagi = vault();
    let browser = depart(&kagi).await;
    let returned = Return { issuer: Some("https://evil.example".to_owned()), ..browser.returned("code") };
    let refused = kagi.sign_in().arrive(returned, Some(&browser.keepsake), None, here(&kagi)).await;
    assert!(matches!(refused, Err(SsoError::Refused)));

    let mut claims = kagi.provider.claims(SUBJECT, Some(EMAIL));
    claims.identity.issuer = "https://evil.example".parse().unwrap();
    kagi.provider.prepare("code", claims);
    let browser = depart(&kagi).await;
    let refused =
        kagi.sign_in().arrive(browser.returned("code"), Some(&browser.keepsake), None, here(&kagi)).await;
    assert!(matches!(refused, Err(SsoError::Refused)));
    assert!(kagi.storage.digests().is_empty());
}

#[tokio::test]
async fn a_client_that_guesses_codes_is_slowed_down() {
    let kagi = vault();
    for _ in 0..20 {
        let browser = depart(&kagi).await;
        let wrong = kagi
            .sign_in()
            .arrive(browser.returned("guess"), Some(&browser.keepsake), None, here(&kagi))
            .await;
        assert!(matches!(wrong, Err(SsoError::Refused)));
    }
    let browser = depart(&kagi).await;
    let throttled = arrive(&kagi, &browser, Some(&browser.keepsake)).await;
    assert!(matches!(throttled, Err(SsoError::Throttled)));
    let elsewhere = crate::from(&kagi, "198.51.100.7");
    let returned = browser.returned("code");
    kagi.sign_in().arrive(returned, Some(&browser.keepsake), None, elsewhere).await.expect("others are not");
}

#[tokio::test]
async fn without_a_provider_nothing_is_offered() {
    for kagi in [kagi(), kagi_with(Policy { passwords: false, ..Policy::default() })] {
        assert!(!kagi.sign_in().offers_provider());
        assert!(matches!(kagi.sign_in().depart(String::new()).await, Err(SsoError::Off)));
        let arrived = kagi.sign_in().arrive(Return::default(), None, None, here(&kagi)).await;
        assert!(matches!(arrived, Err(SsoError::Off)));
        assert_eq!(kagi.sign_in().provider_exit().await, None);
    }
}

/// Each of them is made up for nothing, and leaves no row of its own.
#[tokio::test]
async fn whoever_goes_back_again_and_again_has_to_wait() {
    let kagi = vault();
    for _ in 0..20 {
        let browser = depart(&kagi).await;
        let returned = Return { error: Some("access_denied".to_owned()), ..browser.returned("code") };
        let refused = kagi.sign_in().arrive(returned, Some(&browser.keepsake), None, here(&kagi)).await;
        assert!(matches!(refused, Err(SsoError::Declined)), "{refused:?}");
    }
    let browser = depart(&kagi).await;
    let refused = arrive(&kagi, &browser, Some(&browser.keepsake)).await;
    assert!(matches!(refused, Err(SsoError::Throttled)));
}
