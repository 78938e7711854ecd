//! The vault that the prompts are about.

/// A category: its name, its variables, and those that may be shown in a browser (none said: `None`).
pub(super) struct Kind {
    pub(super) name: &'static str,
    pub(super) names: &'static [&'static str],
    pub(super) public: Option<&'static [&'static str]>,
}

const fn kind(name: &'static str, names: &'static [&'static str]) -> Kind {
    Kind { name, names, public: None }
}

impl Kind {
    const fn public(mut self, names: &'static [&'static str]) -> Self {
        self.public = Some(names);
        self
    }
}

pub(super) const FIREBASE: [&str; 3] = ["FIREBASE_API_KEY", "FIREBASE_AUTH_DOMAIN", "FIREBASE_PROJECT_ID"];

pub(super) static KINDS: [Kind; 25] = [
    kind("OpenAI API", &["OPENAI_API_KEY"]),
    kind("Anthropic", &["ANTHROPIC_API_KEY"]),
    kind("Stripe", &["STRIPE_PUBLISHABLE_KEY", "STRIPE_SECRET_KEY", "STRIPE_WEBHOOK_SECRET"])
        .public(&["STRIPE_PUBLISHABLE_KEY"]),
    kind("AWS Credentials", &["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_REGION"]),
    kind("Postgres", &["DATABASE_URL"]),
    kind("Redis", &["REDIS_URL"]),
    kind("SendGrid", &["SENDGRID_API_KEY"]),
    kind("Resend", &["RESEND_API_KEY"]),
    kind("Supabase", &["SUPABASE_URL", "SUPABASE_ANON_KEY", "SUPABASE_SERVICE_ROLE_KEY"])
        .public(&["SUPABASE_URL", "SUPABASE_ANON_KEY"]),
    kind("Google Maps", &["GOOGLE_MAPS_API_KEY"]).public(&["GOOGLE_MAPS_API_KEY"]),
    kind("Google sign-in", &["GOOGLE_CLIENT_ID", "GOOGLE_CLIENT_SECRET"]).public(&["GOOGLE_CLIENT_ID"]),
    kind("GitHub", &["GITHUB_TOKEN"]),
    kind("Sentry", &["SENTRY_DSN"]).public(&["SENTRY_DSN"]),
    kind("Twilio", &["TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN"]),
    kind("Cloudflare Turnstile", &["TURNSTILE_SITE_KEY", "TURNSTILE_SECRET_KEY"]),
    kind("Slack", &["SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET"]),
    kind("Notion", &["NOTION_TOKEN"]),
    kind("Linear", &["LINEAR_API_KEY"]),
    kind("Square", &["SQUARE_ACCESS_TOKEN"]),
    kind("Firebase (web app)", &FIREBASE).public(&FIREBASE),
    kind("JWT secret", &["JWT_SECRET"]),
    kind("Warehouse API", &["WAREHOUSE_API_TOKEN"]),
    kind("Mapbox", &["MAPBOX_ACCESS_TOKEN"]),
    kind("PostHog", &["POSTHOG_KEY", "POSTHOG_HOST"]).public(&["POSTHOG_KEY", "POSTHOG_HOST"]),
    kind("DeepL", &["DEEPL_AUTH_KEY"]),
];

const LIVE: &[&str] = &["production"];
const LIVE_AND_STAGING: &[&str] = &["production", "staging"];
const LIVE_AND_DEVELOPMENT: &[&str] = &["production", "development"];
const SHARED: &[&str] = &["production", "staging", "development"];

/// A project's entries: of which category, in which environments.
pub(super) type Entries = &'static [(&'static str, &'static [&'static str])];

pub(super) static PROJECTS: [(&str, Entries); 6] = [
    (
        "Blog",
        &[
            ("OpenAI API", LIVE_AND_DEVELOPMENT),
            ("Postgres", SHARED),
            ("Resend", LIVE),
            ("Sentry", LIVE),
            ("PostHog", LIVE),
            ("GitHub", LIVE),
        ],
    ),
    (
        "Shop",
        &[
            ("Stripe", SHARED),
            ("OpenAI API", LIVE),
            ("Postgres", LIVE_AND_STAGING),
            ("Redis", LIVE),
            ("SendGrid", LIVE),
            ("AWS Credentials", LIVE),
            ("Google Maps", LIVE),
            ("Cloudflare Turnstile", LIVE),
            ("Slack", LIVE),
            ("Warehouse API", LIVE),
        ],
    ),
    (
        "Field App",
        &[
            ("Supabase", LIVE_AND_DEVELOPMENT),
            ("Google sign-in", LIVE),
            ("Mapbox", LIVE),
            ("Firebase (web app)", LIVE),
            ("Twilio", LIVE),
            ("Sentry", LIVE),
        ],
    ),
    (
        "Internal API",
        &[
            ("JWT secret", LIVE),
            ("Postgres", LIVE_AND_DEVELOPMENT),
            ("Redis", LIVE_AND_DEVELOPMENT),
            ("AWS Credentials", LIVE),
            ("Anthropic", LIVE),
            ("Linear", LIVE),
            ("Notion", LIVE),
            ("GitHub", LIVE),
        ],
    ),
    ("官网", &[("Google Maps", LIVE), ("Cloudflare Turnstile", LIVE), ("DeepL", LIVE), ("Resend", LIVE)]),
    ("Sandbox", &[("Square", LIVE)]),
];
