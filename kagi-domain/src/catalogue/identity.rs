//! Signing people in, telling them from robots, and keys that one makes oneself.

use super::{Service, one, several};

pub(super) const SERVICES: &[Service] = &[
    several("clerk", "Clerk", &["CLERK_PUBLISHABLE_KEY", "CLERK_SECRET_KEY"])
        .icon("clerk")
        .public(&["CLERK_PUBLISHABLE_KEY"])
        .about("Sign-in and user management.", "API keys, in the dashboard.")
        .words(&["auth", "login", "users"]),
    several("auth0", "Auth0", &["AUTH0_DOMAIN", "AUTH0_CLIENT_ID", "AUTH0_CLIENT_SECRET", "AUTH0_SECRET"])
        .icon("auth0")
        .public(&["AUTH0_DOMAIN", "AUTH0_CLIENT_ID"])
        .about(
            "Sign-in; AUTH0_SECRET is one’s own, for cookies.",
            "Settings of the application, in the dashboard.",
        )
        .words(&["auth", "login", "oidc", "okta"]),
    one("authjs", "Auth.js", "AUTH_SECRET")
        .color("#7e22ce")
        .about("Encrypts the sessions of an application.", "Random, made by oneself.")
        .words(&["nextauth", "next-auth", "nextauth_secret", "session", "login"]),
    several("google-sign-in", "Google sign-in", &["GOOGLE_CLIENT_ID", "GOOGLE_CLIENT_SECRET"])
        .icon("google")
        .public(&["GOOGLE_CLIENT_ID"])
        .about("Lets people sign in with Google.", "Clients, on the cloud console’s credentials page.")
        .words(&["oauth", "oidc", "login", "gmail", "calendar"]),
    several("github-sign-in", "GitHub sign-in", &["GITHUB_CLIENT_ID", "GITHUB_CLIENT_SECRET"])
        .icon("github")
        .public(&["GITHUB_CLIENT_ID"])
        .about("Lets people sign in with GitHub.", "OAuth apps, in the developer settings.")
        .words(&["oauth", "login"]),
    several(
        "keycloak",
        "Keycloak",
        &["KEYCLOAK_URL", "KEYCLOAK_REALM", "KEYCLOAK_CLIENT_ID", "KEYCLOAK_CLIENT_SECRET"],
    )
    .icon("keycloak")
    .public(&["KEYCLOAK_URL", "KEYCLOAK_REALM", "KEYCLOAK_CLIENT_ID"])
    .about("Sign-in that one runs oneself.", "Credentials of the client, in the admin console.")
    .words(&["oidc", "sso", "red hat", "login"]),
    several("okta", "Okta", &["OKTA_CLIENT_ORGURL", "OKTA_CLIENT_TOKEN"])
        .icon("okta")
        .about("Manages an organisation’s people.", "API tokens, under security in the admin console.")
        .words(&["sso", "oidc", "login"]),
    several("workos", "WorkOS", &["WORKOS_API_KEY", "WORKOS_CLIENT_ID"])
        .color("#6363f1")
        .public(&["WORKOS_CLIENT_ID"])
        .about("Sign-in for companies.", "API keys, in the dashboard.")
        .words(&["sso", "saml", "authkit", "login"]),
    several("stytch", "Stytch", &["STYTCH_PROJECT_ID", "STYTCH_SECRET"])
        .color("#19303d")
        .public(&["STYTCH_PROJECT_ID"])
        .about("Sign-in without passwords.", "API keys, in the project’s settings.")
        .words(&["auth", "login", "magic link"]),
    several("turnstile", "Cloudflare Turnstile", &["TURNSTILE_SITE_KEY", "TURNSTILE_SECRET_KEY"])
        .icon("cloudflare")
        .public(&["TURNSTILE_SITE_KEY"])
        .about("Tells people from robots.", "The widget’s page, in the dashboard.")
        .words(&["captcha", "bot", "spam"]),
    several("recaptcha", "Google reCAPTCHA", &["RECAPTCHA_SITE_KEY", "RECAPTCHA_SECRET_KEY"])
        .icon("google")
        .public(&["RECAPTCHA_SITE_KEY"])
        .about("Tells people from robots.", "Settings of the site, in the admin console.")
        .words(&["captcha", "bot", "spam"]),
    one("session-secret", "Session secret", "SESSION_SECRET")
        .color("#5b6067")
        .about("Signs the cookies of one’s own application.", "Random, made by oneself.")
        .words(&["cookie", "express", "random"]),
    one("jwt-secret", "JWT secret", "JWT_SECRET")
        .color("#5b6067")
        .about("Signs the tokens of one’s own application.", "Random, made by oneself.")
        .words(&["jsonwebtoken", "hs256", "random", "token"]),
];
