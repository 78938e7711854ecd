//! Spanish, German and French.

use super::super::case::{
    Case,
    Language::{French, German, Spanish},
};

pub(super) fn cases() -> Vec<Case> {
    [spanish(), german(), french()].into_iter().flatten().collect()
}

fn spanish() -> Vec<Case> {
    vec![
        Spanish
            .says("Necesito las claves de Stripe y la base de datos para mi tienda en Next.js")
            .on("Shop")
            .gets("Shop", &["Stripe", "Postgres"])
            .framework("Next.js", &["STRIPE_PUBLISHABLE_KEY"]),
        Spanish
            .says("todo para este proyecto menos Sentry")
            .on("Blog")
            .gets("Blog", &["OpenAI API", "Postgres", "Resend", "PostHog", "GitHub"]),
        Spanish
            .says("Una app Nuxt con mapas de Google, sin Stripe")
            .on("Shop")
            .gets("Shop", &["Google Maps"])
            .framework("Nuxt", &["GOOGLE_MAPS_API_KEY"]),
        Spanish
            .says("credenciales de AWS y Redis para desarrollo")
            .on("Internal API")
            .gets_from("Internal API", "development", &["Redis"])
            .gets("Internal API", &["AWS Credentials"]),
        Spanish.says("correo y pagos").on("Shop").gets("Shop", &["SendGrid", "Stripe"]),
    ]
}

fn german() -> Vec<Case> {
    vec![
        German
            .says("Alle Schlüssel für dieses Projekt ohne PostHog")
            .on("Blog")
            .gets("Blog", &["OpenAI API", "Postgres", "Resend", "Sentry", "GitHub"]),
        German
            .says("SvelteKit-App mit Supabase und Anmeldung über Google")
            .on("Field App")
            .gets("Field App", &["Supabase", "Google sign-in"])
            .framework("SvelteKit", &["SUPABASE_URL", "SUPABASE_ANON_KEY", "GOOGLE_CLIENT_ID"]),
        German
            .says("Ein zufälliges Sitzungsgeheimnis und die Datenbank")
            .on("Shop")
            .gets("Shop", &["Postgres"])
            .makes(&["SESSION_SECRET"]),
        German.says("Zahlungen und E-Mail-Versand für den Shop").gets("Shop", &["Stripe", "SendGrid"]),
        German.says("Datenbank für die Entwicklung").on("Blog").gets_from(
            "Blog",
            "development",
            &["Postgres"],
        ),
    ]
}

fn french() -> Vec<Case> {
    vec![
        French
            .says("Fais-moi vite un .env avec Stripe et Redis")
            .on("Shop")
            .gets("Shop", &["Stripe", "Redis"]),
        French
            .says("toutes les clés de ce projet sauf GitHub et Sentry")
            .on("Blog")
            .gets("Blog", &["OpenAI API", "Postgres", "Resend", "PostHog"]),
        French
            .says("Site Gatsby avec Google Maps et le captcha, pas de Stripe")
            .on("Shop")
            .gets("Shop", &["Google Maps", "Cloudflare Turnstile"])
            .framework("Gatsby", &["GOOGLE_MAPS_API_KEY", "TURNSTILE_SITE_KEY"]),
        French.says("la base de données de préproduction").on("Blog").gets_from(
            "Blog",
            "staging",
            &["Postgres"],
        ),
        French.says("envoi d'e-mails et paiement").on("Shop").gets("Shop", &["SendGrid", "Stripe"]),
    ]
}
