//! What a hash is, and which hashes are read.

use argon2::{
    Algorithm, Argon2, Params, PasswordHasher as _, Version, password_hash::phc::PasswordHash as Phc,
};
use kagi_domain::ports::{HasherError, PasswordHasher};

use crate::{hasher, password, stored};

#[tokio::test]
async fn the_right_password_and_no_other() {
    let hasher = hasher();
    let hash = hasher.hash(password("correct horse")).await.unwrap();
    assert_eq!(hasher.verify(password("correct horse"), Some(hash.clone())).await, Ok(true));
    for wrong in ["", "correct horse ", "Correct horse", "correct", "correct horse\0", "\u{1f434}"] {
        assert_eq!(hasher.verify(password(wrong), Some(hash.clone())).await, Ok(false), "{wrong:?}");
    }
}

#[tokio::test]
async fn salts_are_fresh() {
    let hasher = hasher();
    let (one, other) =
        (hasher.hash(password("same")).await.unwrap(), hasher.hash(password("same")).await.unwrap());
    assert_ne!(one.as_str(), other.as_str());
}

#[tokio::test]
async fn a_hash_costs_at_least_the_floor() {
    let hash = hasher().hash(password("any")).await.unwrap();
    let phc = Phc::new(hash.as_str()).unwrap();
    let params = Params::try_from(&phc).unwrap();
    assert_eq!((phc.algorithm.as_str(), phc.version), ("argon2id", Some(0x13)));
    assert!(params.m_cost() >= 19 * 1024 && params.t_cost() >= 2 && params.p_cost() >= 1);
    assert_eq!((phc.salt.unwrap().len(), phc.hash.unwrap().len()), (16, 32));
}

/// The second is from the test vectors of the reference implementation.
#[tokio::test]
async fn hashes_of_another_cost_still_verify() {
    let params = Params::new(8 * 1024, 3, 2, Some(24)).unwrap();
    let older = Argon2::new(Algorithm::Argon2id, Version::V0x13, params).hash_password(b"password").unwrap();
    let reference = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
    for phc in [older.to_string(), reference.to_owned()] {
        assert_eq!(hasher().verify(password("password"), Some(stored(&phc))).await, Ok(true), "{phc}");
        assert_eq!(hasher().verify(password("Password"), Some(stored(&phc))).await, Ok(false), "{phc}");
    }
}

#[tokio::test]
async fn what_is_no_affordable_argon2id_is_broken() {
    let rest = "c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
    let broken = [
        String::new(),
        "password".to_owned(),
        "$argon2id$".to_owned(),
        "$argon2id$v=19$m=65536,t=2,p=1".to_owned(),
        "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ".to_owned(),
        format!("$argon2i$v=19$m=65536,t=2,p=1${rest}"),
        format!("$argon2d$v=19$m=65536,t=2,p=1${rest}"),
        format!("$scrypt$ln=14,r=8,p=1${rest}"),
        format!("$argon2id$v=18$m=65536,t=2,p=1${rest}"),
        format!("$argon2id$v=19$m=0,t=2,p=1${rest}"),
        // More than a row may ask for: 4 TiB, 300 MiB, a thousand passes, 64 lanes.
        format!("$argon2id$v=19$m=4294967295,t=2,p=1${rest}"),
        format!("$argon2id$v=19$m=307200,t=2,p=1${rest}"),
        format!("$argon2id$v=19$m=65536,t=1000,p=1${rest}"),
        format!("$argon2id$v=19$m=65536,t=2,p=64${rest}"),
        format!("{rest}\n"),
    ];
    for phc in broken {
        let outcome = hasher().verify(password("password"), Some(stored(&phc))).await;
        assert_eq!(outcome, Err(HasherError::Broken), "{phc}");
    }
}

#[tokio::test]
async fn nobody_has_the_decoy() {
    for guess in ["", "password", "Z"] {
        assert_eq!(hasher().verify(password(guess), None).await, Ok(false));
    }
}
