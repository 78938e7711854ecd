//! The services whose icons Kagi draws: slug, name, colour and picture.
//!
//! The pictures come from Simple Icons and are the marks of their owners; Kagi shows them to name the
//! service that a key belongs to.

use icondata_core::Icon;
use icondata_si as si;

/// A service that people keep keys of.
#[derive(Debug, Clone, Copy)]
pub struct Brand {
    /// What a category's `iconSlug` says.
    pub slug: &'static str,
    /// What people call it.
    pub name: &'static str,
    /// Its colour, `#rrggbb`, for categories without one of their own.
    pub color: &'static str,
    /// Its picture.
    pub icon: Icon,
}

/// The brand of a slug.
#[must_use]
pub fn find(slug: &str) -> Option<&'static Brand> {
    BRANDS.binary_search_by(|brand| brand.slug.cmp(slug)).ok().and_then(|index| BRANDS.get(index))
}

macro_rules! brands {
    ($($slug:literal $name:literal $color:literal $icon:ident,)+) => {
        /// Every brand, sorted by slug.
        pub static BRANDS: &[Brand] = &[$(Brand { slug: $slug, name: $name, color: $color, icon: si::$icon },)+];
    };
}

brands! {
    "airtable" "Airtable" "#18bfff" SiAirtable,
    "alchemy" "Alchemy" "#0c0c0e" SiAlchemy,
    "algolia" "Algolia" "#003dff" SiAlgolia,
    "anthropic" "Anthropic" "#191919" SiAnthropic,
    "auth0" "Auth0" "#eb5424" SiAuth0,
    "backblaze" "Backblaze" "#e21e29" SiBackblaze,
    "brevo" "Brevo" "#0b996e" SiBrevo,
    "circleci" "CircleCI" "#343434" SiCircleci,
    "clerk" "Clerk" "#6c47ff" SiClerk,
    "clickhouse" "ClickHouse" "#ffcc01" SiClickhouse,
    "cloudflare" "Cloudflare" "#f38020" SiCloudflare,
    "cloudinary" "Cloudinary" "#3448c5" SiCloudinary,
    "codecov" "Codecov" "#f01f7a" SiCodecov,
    "contentful" "Contentful" "#2478cc" SiContentful,
    "datadog" "Datadog" "#632ca6" SiDatadog,
    "deepgram" "Deepgram" "#13ef93" SiDeepgram,
    "deepl" "DeepL" "#0f2b46" SiDeepl,
    "digitalocean" "DigitalOcean" "#0080ff" SiDigitalocean,
    "discord" "Discord" "#5865f2" SiDiscord,
    "docker" "Docker" "#2496ed" SiDocker,
    "dropbox" "Dropbox" "#0061ff" SiDropbox,
    "elasticsearch" "Elasticsearch" "#005571" SiElasticsearch,
    "elevenlabs" "ElevenLabs" "#000000" SiElevenlabs,
    "expo" "Expo" "#1c2024" SiExpo,
    "figma" "Figma" "#f24e1e" SiFigma,
    "firebase" "Firebase" "#dd2c00" SiFirebase,
    "flydotio" "Fly.io" "#24175b" SiFlydotio,
    "github" "GitHub" "#181717" SiGithub,
    "gitlab" "GitLab" "#fc6d26" SiGitlab,
    "google" "Google" "#4285f4" SiGoogle,
    "googleanalytics" "Google Analytics" "#e37400" SiGoogleanalytics,
    "googlecloud" "Google Cloud" "#4285f4" SiGooglecloud,
    "googlegemini" "Google Gemini" "#8e75b2" SiGooglegemini,
    "googlemaps" "Google Maps" "#4285f4" SiGooglemaps,
    "grafana" "Grafana" "#f46800" SiGrafana,
    "heroku" "Heroku" "#430098" SiHeroku,
    "hetzner" "Hetzner" "#d50c2d" SiHetzner,
    "hubspot" "HubSpot" "#ff7a59" SiHubspot,
    "huggingface" "Hugging Face" "#ffd21e" SiHuggingface,
    "influxdb" "InfluxDB" "#22adf6" SiInfluxdb,
    "intercom" "Intercom" "#6afdef" SiIntercom,
    "keycloak" "Keycloak" "#4d4d4d" SiKeycloak,
    "langchain" "LangChain" "#1c3c3c" SiLangchain,
    "lemonsqueezy" "Lemon Squeezy" "#ffc233" SiLemonsqueezy,
    "linear" "Linear" "#5e6ad2" SiLinear,
    "mailchimp" "Mailchimp" "#ffe01b" SiMailchimp,
    "mailgun" "Mailgun" "#f06b66" SiMailgun,
    "mapbox" "Mapbox" "#000000" SiMapbox,
    "meilisearch" "Meilisearch" "#ff5caa" SiMeilisearch,
    "minio" "MinIO" "#c72e49" SiMinio,
    "mixpanel" "Mixpanel" "#7856ff" SiMixpanel,
    "mongodb" "MongoDB" "#47a248" SiMongodb,
    "mysql" "MySQL" "#4479a1" SiMysql,
    "neo4j" "Neo4j" "#4581c3" SiNeo4j,
    "netlify" "Netlify" "#00c7b7" SiNetlify,
    "newrelic" "New Relic" "#1ce783" SiNewrelic,
    "ngrok" "ngrok" "#1f1e37" SiNgrok,
    "notion" "Notion" "#000000" SiNotion,
    "npm" "npm" "#cb3837" SiNpm,
    "okta" "Okta" "#007dc1" SiOkta,
    "ollama" "Ollama" "#000000" SiOllama,
    "openai" "OpenAI" "#412991" SiOpenai,
    "paddle" "Paddle" "#fddd35" SiPaddle,
    "pagerduty" "PagerDuty" "#06ac38" SiPagerduty,
    "paypal" "PayPal" "#002991" SiPaypal,
    "perplexity" "Perplexity" "#1fb8cd" SiPerplexity,
    "planetscale" "PlanetScale" "#000000" SiPlanetscale,
    "postgresql" "PostgreSQL" "#4169e1" SiPostgresql,
    "posthog" "PostHog" "#000000" SiPosthog,
    "prisma" "Prisma" "#2d3748" SiPrisma,
    "pusher" "Pusher" "#300d4f" SiPusher,
    "pypi" "PyPI" "#3775a9" SiPypi,
    "rabbitmq" "RabbitMQ" "#ff6600" SiRabbitmq,
    "railway" "Railway" "#0b0d0e" SiRailway,
    "razorpay" "Razorpay" "#0c2451" SiRazorpay,
    "reddit" "Reddit" "#ff4500" SiReddit,
    "redis" "Redis" "#ff4438" SiRedis,
    "render" "Render" "#000000" SiRender,
    "replicate" "Replicate" "#000000" SiReplicate,
    "resend" "Resend" "#000000" SiResend,
    "sanity" "Sanity" "#0d0e12" SiSanity,
    "scaleway" "Scaleway" "#4f0599" SiScaleway,
    "sendgrid" "SendGrid" "#51a9e3" SiSendgrid,
    "sentry" "Sentry" "#362d59" SiSentry,
    "shopify" "Shopify" "#7ab55c" SiShopify,
    "slack" "Slack" "#4a154b" SiSlack,
    "snyk" "Snyk" "#4c4a73" SiSnyk,
    "sonarqubecloud" "SonarQube" "#126ed3" SiSonarqubecloud,
    "spotify" "Spotify" "#1ed760" SiSpotify,
    "square" "Square" "#3e4348" SiSquare,
    "stripe" "Stripe" "#635bff" SiStripe,
    "supabase" "Supabase" "#3fcf8e" SiSupabase,
    "tailscale" "Tailscale" "#242424" SiTailscale,
    "telegram" "Telegram" "#26a5e4" SiTelegram,
    "terraform" "Terraform" "#844fba" SiTerraform,
    "turso" "Turso" "#4ff8d2" SiTurso,
    "twilio" "Twilio" "#f22f46" SiTwilio,
    "twitch" "Twitch" "#9146ff" SiTwitch,
    "unsplash" "Unsplash" "#000000" SiUnsplash,
    "upstash" "Upstash" "#00e9a3" SiUpstash,
    "vault" "HashiCorp Vault" "#ffec6e" SiVault,
    "vercel" "Vercel" "#000000" SiVercel,
    "vonage" "Vonage" "#000000" SiVonage,
    "weightsandbiases" "Weights & Biases" "#ffbe00" SiWeightsandbiases,
    "x" "X" "#000000" SiX,
    "zoom" "Zoom" "#0b5cff" SiZoom,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brands_are_sorted_and_drawable() {
        assert!(BRANDS.is_sorted_by(|a, b| a.slug < b.slug));
        for brand in BRANDS {
            assert!(brand.slug.parse::<kagi_domain::text::IconSlug>().is_ok(), "{}", brand.slug);
            assert!(brand.color.parse::<kagi_domain::text::Color>().is_ok(), "{}", brand.slug);
            assert_eq!(brand.icon.view_box, Some("0 0 24 24"), "{}", brand.slug);
            assert_eq!(brand.icon.style, None, "{}", brand.slug);
            assert!(!brand.icon.data.contains("style"), "{}", brand.slug);
            assert_eq!(find(brand.slug).map(|found| found.name), Some(brand.name));
        }
        assert!(find("no-such-brand").is_none());
    }

    #[test]
    fn every_icon_of_the_catalogue_is_here() {
        let icons = kagi_domain::catalogue::all().filter_map(|service| Some((service.slug, service.icon?)));
        for (service, icon) in icons {
            assert!(find(icon).is_some(), "{service}: {icon}");
        }
    }
}
