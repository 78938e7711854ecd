//! A second set, written when the matcher read the first one without a mistake, to see what it makes of
//! prompts that nobody had in mind.

use super::super::{
    case::{
        Case,
        Language::{Chinese, English, French, German, Japanese, Spanish},
    },
    vault::FIREBASE,
};

const SHOP: [&str; 10] = [
    "Stripe",
    "OpenAI API",
    "Postgres",
    "Redis",
    "SendGrid",
    "AWS Credentials",
    "Google Maps",
    "Cloudflare Turnstile",
    "Slack",
    "Warehouse API",
];
const SITE: [&str; 4] = ["Google Maps", "Cloudflare Turnstile", "DeepL", "Resend"];

pub(super) fn cases() -> Vec<Case> {
    [english(), quiet(), asian(), european()].into_iter().flatten().collect()
}

fn english() -> Vec<Case> {
    vec![
        English
            .says("Can you put together the env for a Remix app that takes card payments and queues jobs in redis?")
            .on("Shop")
            .gets("Shop", &["Stripe", "Redis"]),
        English
            .says("We're moving the storefront to Astro. It shows a Google map and has a contact form behind Turnstile.")
            .on("Shop")
            .gets("Shop", &["Google Maps", "Cloudflare Turnstile"])
            .framework("Astro", &["GOOGLE_MAPS_API_KEY", "TURNSTILE_SITE_KEY"]),
        English.says("slack + warehouse").on("Shop").gets("Shop", &["Slack", "Warehouse API"]),
        English
            .says("Everything from Shop except the warehouse api and google maps")
            .gets("Shop", &["Stripe", "OpenAI API", "Postgres", "Redis", "SendGrid", "AWS Credentials", "Cloudflare Turnstile", "Slack"]),
        English.says("dev database please").on("Internal API").gets_from("Internal API", "development", &["Postgres"]),
        English
            .says("an Expo client: sign in with Google, firebase for push, mapbox for maps")
            .on("Field App")
            .gets("Field App", &["Google sign-in", "Firebase (web app)", "Mapbox"])
            .framework("Expo", &[FIREBASE[0], FIREBASE[1], FIREBASE[2], "GOOGLE_CLIENT_ID"]),
        English
            .says("I want to upload files to S3 and talk to Claude")
            .on("Internal API")
            .gets("Internal API", &["AWS Credentials", "Anthropic"]),
        English
            .says("AWS_REGION, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY for the worker")
            .on("Shop")
            .gets("Shop", &["AWS Credentials"]),
        English
            .says("use the db from the blog, and generate a NEXTAUTH_SECRET")
            .on("Shop")
            .gets("Blog", &["Postgres"])
            .makes(&["NEXTAUTH_SECRET"]),
        English.says("all stripe keys").on("Shop").gets("Shop", &["Stripe"]),
        English
            .says("the same as last time: postgress, rediss and openia")
            .on("Shop")
            .gets("Shop", &["Postgres", "Redis", "OpenAI API"]),
        English
            .says("Error monitoring and product analytics for production")
            .on("Blog")
            .gets("Blog", &["Sentry", "PostHog"]),
        English.says("What this project needs to run locally: env vars").on("Sandbox").gets("Sandbox", &["Square"]),
        English.says("the required secrets for this project").on("Sandbox").gets("Sandbox", &["Square"]),
        English.says("square access token").on("Sandbox").gets("Sandbox", &["Square"]),
        English
            .says("Post to Slack and Notion, create issues in Linear")
            .on("Internal API")
            .gets("Shop", &["Slack"])
            .gets("Internal API", &["Notion", "Linear"]),
    ]
}

fn quiet() -> Vec<Case> {
    vec![
        English
            .says("Just a random 48 byte alphanumeric SECRET_KEY_BASE")
            .on("Blog")
            .makes(&["SECRET_KEY_BASE:alphanumeric:48"]),
        English.says("256-bit AES encryption key, base64").on("Shop").makes(&["ENCRYPTION_KEY:base64:32"]),
        English
            .says("csrf secret and session secret, both hex, 24 bytes")
            .on("Blog")
            .makes(&["CSRF_SECRET:hex:24", "SESSION_SECRET:hex:24"]),
        English.says("Why does my build fail when the key is missing?").on("Shop"),
        English.says("resend the invoice to the customer").on("Blog"),
        English.says("a linear regression over the sales figures").on("Internal API"),
        English.says("PayPal and Klarna").on("Shop"),
        English.says("asdf").on("Shop"),
        English.says("the Dropbox token of this project").on("Shop"),
        English.says("all Mailchimp keys for this project").on("Shop"),
        English.says("an access key for Vercel").on("Blog"),
        German
            .says("Erzeuge ein neues Sitzungsgeheimnis und einen Verschlüsselungsschlüssel in base64")
            .on("Shop")
            .makes(&["SESSION_SECRET", "ENCRYPTION_KEY:base64"]),
        Spanish
            .says("genera una clave JWT de 64 bytes en hexadecimal")
            .on("Blog")
            .makes(&["JWT_SECRET:hex:64"]),
        Japanese.says("暗号化キーを生成してください").on("Shop").makes(&["ENCRYPTION_KEY"]),
        Chinese.says("生成一个随机的加密密钥，64字节").on("Blog").makes(&["ENCRYPTION_KEY:hex:64"]),
    ]
}

fn asian() -> Vec<Case> {
    vec![
        Chinese.says("请帮我准备这个项目上线需要的全部变量").on("Shop").gets("Shop", &SHOP),
        Chinese
            .says("用 Nuxt 做的商城，需要支付和地图")
            .on("Shop")
            .gets("Shop", &["Stripe", "Google Maps"])
            .framework("Nuxt", &["STRIPE_PUBLISHABLE_KEY", "GOOGLE_MAPS_API_KEY"]),
        Chinese
            .says("官网项目的所有环境变量，不要翻译")
            .gets("官网", &["Google Maps", "Cloudflare Turnstile", "Resend"]),
        Japanese
            .says("Viteのフロントエンドで、Supabaseを使ってログインしたい")
            .on("Field App")
            .gets("Field App", &["Supabase"])
            .framework("Vite", &["SUPABASE_URL", "SUPABASE_ANON_KEY"]),
        Japanese.says("開発環境用に、データベースとRedisをお願いします").on("Internal API").gets_from(
            "Internal API",
            "development",
            &["Postgres", "Redis"],
        ),
        Japanese.says("StripeとSlack以外、このプロジェクトのものをすべて").on("Shop").gets(
            "Shop",
            &[
                "OpenAI API",
                "Postgres",
                "Redis",
                "SendGrid",
                "AWS Credentials",
                "Google Maps",
                "Cloudflare Turnstile",
                "Warehouse API",
            ],
        ),
    ]
}

fn european() -> Vec<Case> {
    vec![
        Spanish
            .says("Quiero enviar correos con Resend y medir con PostHog en mi blog hecho con Gatsby")
            .on("Blog")
            .gets("Blog", &["Resend", "PostHog"])
            .framework("Gatsby", &["POSTHOG_KEY", "POSTHOG_HOST"]),
        Spanish.says("Pasarela de pago en el entorno de pruebas, nada más").on("Shop").gets_from(
            "Shop",
            "staging",
            &["Stripe"],
        ),
        German
            .says("Für unsere Next.js-Seite brauchen wir OpenAI und Sentry, aber kein PostHog.")
            .on("Blog")
            .gets("Blog", &["OpenAI API", "Sentry"])
            .framework("Next.js", &["SENTRY_DSN"]),
        German
            .says("Zugangsdaten für AWS und Redis")
            .on("Internal API")
            .gets("Internal API", &["AWS Credentials", "Redis"]),
        German.says("alles aus dem Projekt 官网").gets("官网", &SITE),
        French
            .says("J'ai besoin de la base de données et de Redis pour le développement")
            .on("Internal API")
            .gets_from("Internal API", "development", &["Postgres", "Redis"]),
        French
            .says("Connexion avec Google et cartes Mapbox dans une appli React Native")
            .on("Field App")
            .gets("Field App", &["Google sign-in", "Mapbox"])
            .framework("React Native", &[]),
        French
            .says("je n'ai pas besoin de Stripe, seulement de SendGrid")
            .on("Shop")
            .gets("Shop", &["SendGrid"]),
    ]
}
