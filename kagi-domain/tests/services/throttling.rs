//! Guessing is slowed down.

use std::time::Duration;

use kagi_domain::services::sign_in::{NewPassword, SignInError};
use kagi_tests::{TestKagi, kagi, samples::secret};

use crate::{PASSWORD, acting, from, set_up};

async fn guess(kagi: &TestKagi, email: &str, ip: &str, password: &str) -> Result<(), SignInError> {
    kagi.sign_in().sign_in(email, secret(password), from(kagi, ip)).await.map(drop)
}

#[tokio::test]
async fn the_fifth_wrong_password_closes_the_account_for_15_minutes() {
    let kagi = kagi();
    set_up(&kagi, "ada@example.com").await;
    let spellings = ["ada@example.com", "ADA@example.com", " ada@example.com", "\u{ff21}DA@example.com"];
    for (n, email) in spellings.into_iter().enumerate() {
        let ip = format!("198.51.100.{n}");
        assert!(matches!(guess(&kagi, email, &ip, "wrong").await, Err(SignInError::WrongCredentials)));
    }
    let fifth = guess(&kagi, "ada@example.com", "198.51.100.9", "wrong").await;
    assert!(matches!(fifth, Err(SignInError::Throttled { .. })));
    let right = guess(&kagi, "ada@example.com", "203.0.113.1", PASSWORD).await;
    assert!(
        matches!(right, Err(SignInError::Throttled { .. })),
        "the right password is not looked at either"
    );

    kagi.clock.advance(Duration::from_mins(15));
    guess(&kagi, "ada@example.com", "203.0.113.1", PASSWORD).await.unwrap();
}

#[tokio::test]
async fn a_right_password_starts_the_count_afresh() {
    let kagi = kagi();
    set_up(&kagi, "ada@example.com").await;
    for _ in 0..3 {
        for _ in 0..4 {
            let wrong = guess(&kagi, "ada@example.com", "192.0.2.7", "wrong").await;
            assert!(matches!(wrong, Err(SignInError::WrongCredentials)));
        }
        guess(&kagi, "ada@example.com", "192.0.2.7", PASSWORD).await.unwrap();
    }
}

#[tokio::test]
async fn the_twentieth_wrong_password_closes_the_client() {
    let kagi = kagi();
    set_up(&kagi, "ada@example.com").await;
    for n in 0..19 {
        let ip = format!("2001:db8::{n}");
        let wrong = guess(&kagi, &format!("person{n}@example.com"), &ip, "wrong").await;
        assert!(matches!(wrong, Err(SignInError::WrongCredentials)), "{n}");
    }
    let twentieth = guess(&kagi, "person20@example.com", "2001:db8::beef", "wrong").await;
    assert!(matches!(twentieth, Err(SignInError::Throttled { .. })));
    let other_network = guess(&kagi, "ada@example.com", "2001:db8:0:1::1", PASSWORD).await;
    other_network.unwrap();
}

#[tokio::test]
async fn parallel_guesses_are_looked_at_no_more_often_than_the_limit() {
    let kagi = kagi();
    set_up(&kagi, "ada@example.com").await;
    let before = kagi.hasher.checks();
    let guesses: Vec<_> = (0..60)
        .map(|n| {
            let kagi = kagi.clone();
            tokio::spawn(async move {
                guess(&kagi, "ada@example.com", &format!("198.51.100.{n}"), "wrong").await.unwrap_err();
            })
        })
        .collect();
    for guess in guesses {
        guess.await.unwrap();
    }
    assert!(kagi.hasher.checks() - before <= 5, "{} looked at", kagi.hasher.checks() - before);
}

#[tokio::test]
async fn refused_attempts_do_not_prolong_the_lock() {
    let kagi = kagi();
    set_up(&kagi, "ada@example.com").await;
    for _ in 0..5 {
        guess(&kagi, "ada@example.com", "192.0.2.7", "wrong").await.unwrap_err();
    }
    for _ in 0..14 {
        kagi.clock.advance(Duration::from_mins(1));
        let refused = guess(&kagi, "ada@example.com", "192.0.2.7", "wrong").await;
        assert!(matches!(refused, Err(SignInError::Throttled { .. })));
    }
    kagi.clock.advance(Duration::from_mins(1));
    guess(&kagi, "ada@example.com", "192.0.2.7", PASSWORD).await.unwrap();
}

#[tokio::test]
async fn a_busy_hasher_costs_no_strike() {
    let kagi = kagi();
    set_up(&kagi, "ada@example.com").await;
    kagi.hasher.set_busy(true);
    for _ in 0..30 {
        let busy = guess(&kagi, "ada@example.com", "192.0.2.7", PASSWORD).await;
        assert!(matches!(busy, Err(SignInError::Busy)));
    }
    kagi.hasher.set_busy(false);
    guess(&kagi, "ada@example.com", "192.0.2.7", PASSWORD).await.unwrap();
}

#[tokio::test]
async fn sixty_spellings_of_an_address_share_one_count() {
    let kagi = kagi();
    set_up(&kagi, "ada@example.com").await;
    let wide = |c: char| if c == 'a' { '\u{ff21}' } else { c.to_ascii_uppercase() };
    let spelled = |mask: u32| -> String {
        let letters = "ada@example.com".chars().enumerate();
        letters.map(|(n, c)| if mask >> n & 1 == 1 { wide(c) } else { c }).collect()
    };
    let before = kagi.hasher.checks();
    for n in 0..60 {
        let email = format!("{}{}", " ".repeat(n as usize % 3), spelled(n * 547));
        guess(&kagi, &email, &format!("198.51.100.{n}"), "wrong").await.unwrap_err();
    }
    assert_eq!(kagi.hasher.checks() - before, 5);
}

#[tokio::test]
async fn a_client_that_is_shut_out_leaves_no_trace_of_the_addresses_it_tries() {
    let kagi = kagi();
    set_up(&kagi, "ada@example.com").await;
    for n in 0..20 {
        guess(&kagi, &format!("person{n}@example.com"), "192.0.2.7", "wrong").await.unwrap_err();
    }
    let before = kagi.storage.buckets();
    for n in 20..60 {
        let refused = guess(&kagi, &format!("person{n}@example.com"), "192.0.2.7", "wrong").await;
        assert!(matches!(refused, Err(SignInError::Throttled { .. })));
    }
    assert_eq!(kagi.storage.buckets(), before, "anybody could fill the database with them");
}

#[tokio::test]
async fn guesses_of_strangers_leave_the_owner_their_session() {
    let kagi = kagi();
    let ada = acting(&kagi, &set_up(&kagi, "ada@example.com").await).await;
    for n in 0..25 {
        guess(&kagi, "ada@example.com", "192.0.2.1", &format!("wrong {n}")).await.unwrap_err();
    }
    let shut = guess(&kagi, "ada@example.com", "203.0.113.1", PASSWORD).await;
    assert!(matches!(shut, Err(SignInError::Throttled { .. })));
    kagi.sign_in().reauthenticate(&ada, secret(PASSWORD)).await.expect("the session is theirs");
    let new = NewPassword::parse(secret("another good password")).unwrap();
    kagi.sign_in().change_password(&ada, secret(PASSWORD), new).await.unwrap();
}

#[tokio::test]
async fn the_fifth_wrong_password_closes_a_session_to_guesses_and_no_other() {
    let kagi = kagi();
    let first = acting(&kagi, &set_up(&kagi, "ada@example.com").await).await;
    let other = kagi.sign_in().sign_in("ada@example.com", secret(PASSWORD), from(&kagi, "192.0.2.1")).await;
    let other = acting(&kagi, &other.unwrap()).await;
    let confirm =
        async |actor, password: &str| kagi.sign_in().reauthenticate(actor, secret(password)).await.map(drop);
    let before = kagi.hasher.checks();
    for _ in 0..4 {
        assert!(matches!(confirm(&first, "wrong").await, Err(SignInError::WrongCredentials)));
    }
    for password in ["wrong", "wrong", PASSWORD] {
        assert!(matches!(confirm(&first, password).await, Err(SignInError::Throttled { .. })));
    }
    assert_eq!(kagi.hasher.checks() - before, 5, "no more are looked at");
    confirm(&other, PASSWORD).await.unwrap();
    guess(&kagi, "ada@example.com", "192.0.2.1", PASSWORD).await.expect("nor the door");
    kagi.clock.advance(Duration::from_mins(15));
    confirm(&first, PASSWORD).await.unwrap();
}

#[tokio::test]
async fn a_password_from_the_operator_is_taken_at_once() {
    let kagi = kagi();
    set_up(&kagi, "ada@example.com").await;
    for n in 0..6 {
        guess(&kagi, "ada@example.com", &format!("198.51.100.{n}"), "wrong").await.unwrap_err();
    }
    let new = NewPassword::parse(secret("another good password")).unwrap();
    kagi.people().reset_password(&"ada@example.com".parse().unwrap(), new).await.unwrap();
    guess(&kagi, "ada@example.com", "203.0.113.1", "another good password").await.unwrap();
}
