//! Tokens that are wrong in one way each: none vouches for anybody.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use kagi_domain::ports::ProviderError;
use serde_json::{Value, json};

use super::{CLIENT, SECRET, SigningKey, World};

/// Claims that take the place of the good ones; `"(none)"` takes one away.
fn claims(world: &World) -> Vec<(&'static str, Value)> {
    let (issuer, now) = (world.server.issuer(), world.seconds());
    vec![
        ("another issuer", json!({ "iss": "https://evil.example/realms/team" })),
        ("no issuer", json!({ "iss": "(none)" })),
        ("an issuer with a slash more", json!({ "iss": format!("{issuer}/") })),
        ("an issuer in other letters", json!({ "iss": issuer.to_uppercase() })),
        ("an issuer among others", json!({ "iss": [issuer, "https://evil.example"] })),
        ("another audience", json!({ "aud": "account" })),
        ("no audience", json!({ "aud": "(none)" })),
        ("an empty list of audiences", json!({ "aud": [] })),
        ("a list of other audiences", json!({ "aud": ["account", "KAGI"] })),
        ("an audience that is a number", json!({ "aud": 1 })),
        ("another authorized party", json!({ "azp": "account" })),
        ("an empty authorized party", json!({ "azp": "" })),
        ("audiences beside ours and no party", json!({ "aud": [CLIENT, "account"], "azp": "(none)" })),
        ("audiences beside ours and their party", json!({ "aud": [CLIENT, "account"], "azp": "account" })),
        ("an end in the past", json!({ "exp": now - 61 })),
        ("an end a minute ago", json!({ "exp": now - 60 })),
        ("no end", json!({ "exp": "(none)" })),
        ("an end in words", json!({ "exp": "4102444800" })),
        ("an end before all time", json!({ "exp": -1 })),
        ("a beginning in the future", json!({ "iat": now + 61 })),
        ("a beginning long ago", json!({ "iat": now - 3600 })),
        ("no beginning", json!({ "iat": "(none)" })),
        ("a beginning in words", json!({ "iat": "now" })),
        ("not yet valid", json!({ "nbf": now + 61 })),
        ("a time of authentication in the future", json!({ "auth_time": now + 61 })),
        ("a time of authentication in words", json!({ "auth_time": "now" })),
        ("no nonce", json!({ "nonce": "(none)" })),
        ("an empty nonce", json!({ "nonce": "" })),
        ("another nonce", json!({ "nonce": super::challenge(2).nonce.expose() })),
        ("the state for a nonce", json!({ "nonce": super::challenge(1).state.expose() })),
        ("a list of nonces", json!({ "nonce": [super::challenge(1).nonce.expose()] })),
        ("no subject", json!({ "sub": "(none)" })),
        ("an empty subject", json!({ "sub": "" })),
        ("a subject that is too long", json!({ "sub": "x".repeat(256) })),
        ("a subject with a blank", json!({ "sub": "5d2a " })),
        ("a subject with a zero", json!({ "sub": "5d2a\u{0}" })),
        ("a subject beyond ASCII", json!({ "sub": "ａda" })),
        ("a subject that is a number", json!({ "sub": 5 })),
    ]
}

/// Members of the header that take the place of the good ones.
fn headers() -> Vec<(&'static str, Value)> {
    vec![
        ("no algorithm", json!({ "alg": "(none)" })),
        ("the algorithm none", json!({ "alg": "none" })),
        ("the algorithm None", json!({ "alg": "None" })),
        ("an algorithm of shared secrets", json!({ "alg": "HS256" })),
        ("an algorithm of another key", json!({ "alg": "RS256" })),
        ("an algorithm of another curve", json!({ "alg": "ES384" })),
        ("an algorithm nobody knows", json!({ "alg": "ES257" })),
        ("a key that is not there", json!({ "kid": "unusual" })),
        ("a key that is a path", json!({ "kid": "../../usual" })),
        ("an extension that must be understood", json!({ "crit": ["b64"], "b64": false })),
        ("an access token", json!({ "typ": "at+jwt" })),
        ("a logout token", json!({ "typ": "logout+jwt" })),
    ]
}

fn changed(mut good: Value, change: &Value) -> Value {
    for (name, value) in change.as_object().unwrap() {
        if value == "(none)" {
            good.as_object_mut().unwrap().remove(name);
        } else {
            good[name] = value.clone();
        }
    }
    good
}

async fn all_refused(world: &World, tokens: Vec<(&'static str, String)>) -> usize {
    assert!(world.redeem(world.good()).await.is_ok(), "the token they are made from is good");
    for (case, token) in &tokens {
        assert_eq!(world.redeem(token.as_str()).await, Err(ProviderError::Refused), "{case}");
    }
    assert!(world.redeem(world.good()).await.is_ok(), "and still is");
    tokens.len()
}

#[tokio::test]
async fn wrong_claims_are_refused() {
    let world = World::new().await;
    let token = |change| world.key.token(&world.header(), &changed(world.payload(), change));
    let tokens = claims(&world).iter().map(|(case, change)| (*case, token(change))).collect();
    assert_eq!(all_refused(&world, tokens).await, 38);
}

#[tokio::test]
async fn wrong_headers_are_refused() {
    let world = World::new().await;
    let token = |change| world.key.token(&changed(world.header(), change), &world.payload());
    let tokens = headers().iter().map(|(case, change)| (*case, token(change))).collect();
    assert_eq!(all_refused(&world, tokens).await, 12);
}

#[tokio::test]
async fn wrong_signatures_are_refused() {
    let world = World::new().await;
    let good = world.good();
    let (message, signature) = good.rsplit_once('.').unwrap();
    let (header, payload) = message.split_once('.').unwrap();
    let raw = URL_SAFE_NO_PAD.decode(signature).unwrap();
    let with = |bytes: &[u8]| format!("{message}.{}", URL_SAFE_NO_PAD.encode(bytes));
    let flipped: Vec<u8> = raw.iter().enumerate().map(|(n, byte)| byte ^ u8::from(n == 20)).collect();
    let other = SigningKey::p256("usual");
    let asn1 = SigningKey::p256_asn1("usual");
    let admin = URL_SAFE_NO_PAD.encode(changed(world.payload(), &json!({ "sub": "admin" })).to_string());
    let untyped = URL_SAFE_NO_PAD.encode(r#"{"alg":"ES256","kid":"usual"}"#);
    let bring_your_own = changed(world.header(), &json!({ "jwk": other.public() }));
    let elsewhere = changed(world.header(), &json!({ "jku": "https://evil.example/certs" }));
    let confused = |secret: &[u8]| {
        let header = changed(world.header(), &json!({ "alg": "HS256" }));
        SigningKey::shared("usual", secret).token(&header, &world.payload())
    };
    let unsigned = URL_SAFE_NO_PAD.encode(r#"{"alg":"none"}"#);
    let tokens = vec![
        ("none", format!("{message}.")),
        ("no algorithm and none", format!("{unsigned}.{payload}.")),
        ("half of one", with(&raw[..32])),
        ("one with a byte more", with(&[raw.as_slice(), &[0]].concat())),
        ("zeros", with(&[0; 64])),
        ("a bit that flipped", with(&flipped)),
        ("padding", format!("{good}=")),
        ("another key's", other.token(&world.header(), &world.payload())),
        ("another key's, brought along", other.token(&bring_your_own, &world.payload())),
        ("another key's, to be fetched", other.token(&elsewhere, &world.payload())),
        ("another form", asn1.token(&world.header(), &world.payload())),
        ("another payload's", format!("{header}.{admin}.{signature}")),
        ("another header's", format!("{untyped}.{payload}.{signature}")),
        ("the client's secret", confused(SECRET.as_bytes())),
        ("the public key as a secret", confused(world.key.public_bytes())),
    ];
    assert_eq!(all_refused(&world, tokens).await, 15);
}

#[tokio::test]
async fn what_is_no_token_is_refused() {
    let world = World::new().await;
    let good = world.good();
    let (message, signature) = good.rsplit_once('.').unwrap();
    let (header, payload) = (world.header().to_string(), world.payload().to_string());
    let doubled = |name: &str, value: &str| payload.replacen('{', &format!("{{\"{name}\":{value},"), 1);
    let key = &world.key;
    let tokens = vec![
        ("nothing", String::new()),
        ("dots", "..".to_owned()),
        ("two parts", message.to_owned()),
        ("four parts", format!("{good}.{signature}")),
        ("five parts", format!("{good}.{signature}.{signature}")),
        ("blanks", format!(" {good}\n")),
        ("another alphabet", good.replace('.', "~")),
        ("a list for a payload", key.token_of(&header, "[]")),
        ("a text for a payload", key.token_of(&header, "\"x\"")),
        ("half a payload", key.token_of(&header, payload.trim_end_matches('}'))),
        ("more after the payload", key.token_of(&header, &format!("{payload}x"))),
        ("two subjects", key.token_of(&header, &doubled("sub", "\"admin\""))),
        ("two nonces", key.token_of(&header, &doubled("nonce", "\"x\""))),
        ("two audiences", key.token_of(&header, &doubled("aud", "\"x\""))),
        ("half a header", key.token_of(header.trim_end_matches('}'), &payload)),
    ];
    assert_eq!(all_refused(&world, tokens).await, 15);
}
