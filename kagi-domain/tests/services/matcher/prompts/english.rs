//! English.

use super::super::{
    case::{Case, Language::English},
    vault::FIREBASE,
};

const BLOG: [&str; 6] = ["OpenAI API", "Postgres", "Resend", "Sentry", "PostHog", "GitHub"];

pub(super) fn cases() -> Vec<Case> {
    [frameworks(), services(), scopes(), wholes()].into_iter().flatten().collect()
}

fn frameworks() -> Vec<Case> {
    vec![
        English
            .says("Next.js storefront with Stripe checkout and Postgres")
            .on("Shop")
            .gets("Shop", &["Stripe", "Postgres"])
            .framework("Next.js", &["STRIPE_PUBLISHABLE_KEY"]),
        English
            .says("openai, postgres and resend for my next.js blog")
            .on("Blog")
            .gets("Blog", &["OpenAI API", "Postgres", "Resend"])
            .framework("Next.js", &[]),
        English
            .says("Vite front end that shows a mapbox map and logs people in through Supabase")
            .on("Field App")
            .gets("Field App", &["Mapbox", "Supabase"])
            .framework("Vite", &["SUPABASE_URL", "SUPABASE_ANON_KEY"]),
        English
            .says("nuxt 3 site with turnstile and google maps")
            .on("Shop")
            .gets("Shop", &["Cloudflare Turnstile", "Google Maps"])
            .framework("Nuxt", &["TURNSTILE_SITE_KEY", "GOOGLE_MAPS_API_KEY"]),
        English
            .says("SvelteKit + Supabase + Google login")
            .on("Field App")
            .gets("Field App", &["Supabase", "Google sign-in"])
            .framework("SvelteKit", &["SUPABASE_URL", "SUPABASE_ANON_KEY", "GOOGLE_CLIENT_ID"]),
        English
            .says("env for our astro marketing page, needs posthog")
            .on("Blog")
            .gets("Blog", &["PostHog"])
            .framework("Astro", &["POSTHOG_KEY", "POSTHOG_HOST"]),
        English
            .says("Gatsby site with sentry error tracking")
            .on("Blog")
            .gets("Blog", &["Sentry"])
            .framework("Gatsby", &["SENTRY_DSN"]),
        English
            .says("create-react-app project, Firebase and Google sign in")
            .on("Field App")
            .gets("Field App", &["Firebase (web app)", "Google sign-in"])
            .framework("Create React App", &[FIREBASE[0], FIREBASE[1], FIREBASE[2], "GOOGLE_CLIENT_ID"]),
        English
            .says("Expo app: firebase, twilio sms")
            .on("Field App")
            .gets("Field App", &["Firebase (web app)", "Twilio"])
            .framework("Expo", &FIREBASE),
        English
            .says("Electron desktop client with sentry and supabase")
            .on("Field App")
            .gets("Field App", &["Sentry", "Supabase"])
            .framework("Electron", &[]),
        English
            .says("react native app using firebase push")
            .on("Field App")
            .gets("Field App", &["Firebase (web app)"])
            .framework("React Native", &[]),
        English
            .says("plain node.js worker that reads from redis and writes to s3")
            .on("Internal API")
            .gets("Internal API", &["Redis", "AWS Credentials"])
            .framework("Node.js", &[]),
    ]
}

fn services() -> Vec<Case> {
    vec![
        English.says("I need the openai key").on("Blog").gets("Blog", &["OpenAI API"]),
        English.says("stripe webhooks").on("Shop").gets("Shop", &["Stripe"]),
        English.says("Stirpe and Sengrid keys").on("Shop").gets("Shop", &["Stripe", "SendGrid"]),
        English.says("supbase credentials please").on("Field App").gets("Field App", &["Supabase"]),
        English
            .says("gpt key and the db connection string")
            .on("Blog")
            .gets("Blog", &["OpenAI API", "Postgres"]),
        English.says("claude api").on("Internal API").gets("Internal API", &["Anthropic"]),
        English
            .says("the payment provider and the mail service")
            .on("Shop")
            .gets("Shop", &["Stripe", "SendGrid"]),
        English.says("warehouse api token").gets("Shop", &["Warehouse API"]),
        English.says("OPENAI_API_KEY and DATABASE_URL").on("Shop").gets("Shop", &["OpenAI API", "Postgres"]),
        English
            .says("Postgres, Redis, a fresh JWT secret and a session secret")
            .on("Internal API")
            .gets("Internal API", &["Postgres", "Redis"])
            .makes(&["JWT_SECRET", "SESSION_SECRET"]),
        English.says("jwt secret").on("Internal API").gets("Internal API", &["JWT secret"]),
        English.says("Send mail with resend instead of sendgrid").on("Blog").gets("Blog", &["Resend"]),
        English
            .says("don't include aws, just redis and postgres")
            .on("Shop")
            .gets("Shop", &["Redis", "Postgres"]),
        English
            .says("Docker compose with postgres, redis, sendgrid. No stripe, no aws.")
            .on("Shop")
            .gets("Shop", &["Postgres", "Redis", "SendGrid"]),
        English
            .says("notion and linear tokens, plus the anthropic one")
            .on("Internal API")
            .gets("Internal API", &["Notion", "Linear", "Anthropic"]),
    ]
}

fn scopes() -> Vec<Case> {
    vec![
        English.says("staging env with stripe + database").on("Shop").gets_from(
            "Shop",
            "staging",
            &["Stripe", "Postgres"],
        ),
        English
            .says("Stripe and Redis for staging")
            .on("Shop")
            .gets_from("Shop", "staging", &["Stripe"])
            .gets("Shop", &["Redis"]),
        English
            .says("Stripe and Postgres")
            .on("Shop")
            .file(".env.development")
            .gets_from("Shop", "development", &["Stripe"])
            .gets("Shop", &["Postgres"]),
        English
            .says("give me the database url for production")
            .on("Blog")
            .file(".env.development")
            .gets("Blog", &["Postgres"]),
        English.says("twilio from Field App").on("Shop").gets("Field App", &["Twilio"]),
        English
            .says("Use the OpenAI key of the blog and the Stripe keys of the shop")
            .gets("Blog", &["OpenAI API"])
            .gets("Shop", &["Stripe"]),
        English
            .says("Slack bot token and the linear api key")
            .on("Internal API")
            .gets("Shop", &["Slack"])
            .gets("Internal API", &["Linear"]),
        English
            .says("new landing page in next.js for 官网 with captcha and translations")
            .gets("官网", &["Cloudflare Turnstile", "DeepL"])
            .framework("Next.js", &["TURNSTILE_SITE_KEY"]),
    ]
}

fn wholes() -> Vec<Case> {
    vec![
        English.says("everything for this project").on("Blog").gets("Blog", &BLOG),
        English.says("all keys of this project except GitHub").on("Blog").gets("Blog", &BLOG[..5]),
        English
            .says("Everything this project has, but without Sentry and PostHog")
            .on("Blog")
            .gets("Blog", &["OpenAI API", "Postgres", "Resend", "GitHub"]),
        English.says("Set up the .env for the Field App project, all of it").gets(
            "Field App",
            &["Supabase", "Google sign-in", "Mapbox", "Firebase (web app)", "Twilio", "Sentry"],
        ),
    ]
}
