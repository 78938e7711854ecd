//! Prompts that select no key: they ask for fresh secrets only, or for nothing.

use super::super::case::{
    Case,
    Language::{Chinese, English, French, German, Japanese, Spanish},
};

pub(super) fn cases() -> Vec<Case> {
    [fresh(), brands(), nothing()].into_iter().flatten().collect()
}

/// Only fresh secrets.
fn fresh() -> Vec<Case> {
    vec![
        English.says("a session secret").on("Blog").makes(&["SESSION_SECRET"]),
        English.says("random JWT key, 64 bytes, base64url").on("Shop").makes(&["JWT_SECRET:base64url:64"]),
        English
            .says("generate an encryption key as hex and a cookie secret")
            .on("Shop")
            .makes(&["ENCRYPTION_KEY:hex", "COOKIE_SECRET"]),
        English.says("nextauth secret, nothing else").on("Blog").makes(&["NEXTAUTH_SECRET"]),
        Chinese.says("随机生成一个会话密钥").on("Blog").makes(&["SESSION_SECRET"]),
        Chinese.says("生成一个32字节的JWT密钥，用base64").on("Shop").makes(&["JWT_SECRET:base64:32"]),
        Japanese.says("ランダムなセッションシークレットを作って").on("Shop").makes(&["SESSION_SECRET"]),
        Japanese.says("JWTの署名キーをbase64urlで新しく生成").on("Blog").makes(&["JWT_SECRET:base64url"]),
        Spanish.says("un secreto de sesión aleatorio").on("Shop").makes(&["SESSION_SECRET"]),
        German
            .says("Bitte nur einen zufälligen JWT-Schlüssel erzeugen")
            .on("Internal API")
            .makes(&["JWT_SECRET"]),
        French.says("un secret de session aléatoire").on("Blog").makes(&["SESSION_SECRET"]),
        French.says("une clé de chiffrement en base64").on("Blog").makes(&["ENCRYPTION_KEY:base64"]),
    ]
}

/// Names of services that mean something else here, or are not in the vault.
fn brands() -> Vec<Case> {
    vec![
        English.says("Render the page in a square layout with a linear gradient").on("Internal API"),
        English.says("I have no notion of what I need yet").on("Internal API"),
        English.says("strip the comments and cut me some slack").on("Shop"),
        English.says("Shopify and Mailchimp keys").on("Shop"),
        English.says("Dropbox token").on("Blog"),
        English.says("Kafka brokers and a datadog agent").on("Shop"),
        English.says("no stripe, no openai, nothing at all").on("Shop"),
    ]
}

/// Not a request for keys.
fn nothing() -> Vec<Case> {
    vec![
        English.says("what is a .env file?").on("Blog"),
        English.says("How do I rotate a Stripe key?").on("Shop"),
        English.says("thanks!").on("Blog"),
        English.says("write me a haiku about databases").on("Blog"),
        Chinese.says("今天天气怎么样？").on("Blog"),
        Japanese.says("こんにちは、元気ですか").on("Shop"),
        Spanish.says("¿Qué es un token JWT?").on("Internal API"),
        German.says("Das ist ein schlichter Text über das Wetter.").on("Blog"),
        French.says("Bonjour, ça va ?").on("Shop"),
    ]
}
