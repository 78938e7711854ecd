//! English.

use super::{Kind, Meaning, Need, Phrases};
use crate::{generate::SecretFormat, model::entry::Environment};

pub(super) const PHRASES: Phrases = &[
    (
        "payment|pay|checkout|billing|subscription|payment provider|payment gateway",
        Meaning::Need(Need::Payment),
    ),
    (
        "email|e-mail|mail|mailer|mailing|newsletter|transactional email|mail service",
        Meaning::Need(Need::Email),
    ),
    ("database|db|sql|connection string|database url|db url|data base", Meaning::Need(Need::Database)),
    ("cache|caching", Meaning::Need(Need::Cache)),
    ("sms|text message|texting", Meaning::Need(Need::Sms)),
    ("map|geocoding", Meaning::Need(Need::Map)),
    ("captcha|bot protection|bot check|spam protection", Meaning::Need(Need::Captcha)),
    ("translation|translator|translate|machine translation", Meaning::Need(Need::Translation)),
    ("login|log in|sign in|signin|oauth|sso|social login|authentication", Meaning::Need(Need::Login)),
    ("analytics|product analytics|usage statistics", Meaning::Need(Need::Analytics)),
    (
        "error tracking|error reporting|error monitoring|crash reports|crash reporting|monitoring",
        Meaning::Need(Need::Errors),
    ),
    ("llm|language model|ai model|ai key|ai api", Meaning::Need(Need::Model)),
    ("file storage|object storage|bucket|storage", Meaning::Need(Need::Storage)),
    ("push notification|push|push message", Meaning::Need(Need::Push)),
    ("text to speech|speech to text|tts|stt|transcription", Meaning::Need(Need::Speech)),
    ("vector database|vector store|embeddings", Meaning::Need(Need::Vectors)),
    (
        "without|except|except for|excluding|exclude|not|no|minus|but not|but without|apart from|other than|rather than",
        Meaning::Not,
    ),
    (
        "instead of|in place of|leave out|skip|omit|drop|ignore|dont|dont need|dont include|dont use|dont want",
        Meaning::Not,
    ),
    ("do not|do not need|do not include|do not use|do not want|no need for|never|no longer", Meaning::Not),
    (
        "not needed|not required|not necessary|is not needed|isnt needed|can go|not included",
        Meaning::NotBefore,
    ),
    (
        "but|only|just|need|needs|want|wants|add|include|give|get|keep|instead|please use|not only",
        Meaning::But,
    ),
    ("and|or|plus|as well as|also|with both|both", Meaning::And),
    ("everything|all of it|all of them|the whole lot|the lot|whole set|everything we have", Meaning::All),
    ("all|every|each|complete|full set of|whole", Meaning::Every),
    (
        "this project|the project|current project|our project|my project|this app|this site|here",
        Meaning::Here,
    ),
    ("project", Meaning::Project),
    (
        "key|api key|token|secret|credential|variable|env var|environment variable|api|dsn|webhook|password|creds|access",
        Meaning::Keys,
    ),
    (
        "bot token|access token|auth token|api token|secret key|site key|signing secret|webhook secret",
        Meaning::Keys,
    ),
    ("env|dotenv|env file|environment file|env.example|config file", Meaning::File),
    ("production|prod|live environment|live keys|live key|live system", Meaning::In(Environment::Production)),
    (
        "staging|stage environment|test environment|testing environment|preprod|pre-production|preproduction|uat|qa environment",
        Meaning::In(Environment::Staging),
    ),
    ("development|dev|develop|dev environment", Meaning::In(Environment::Development)),
    (
        "local|localhost|locally|local dev|local development|my machine|my laptop",
        Meaning::In(Environment::Local),
    ),
    ("random|fresh|new|newly|brand new|another", Meaning::Fresh),
    ("generate|create|make|produce|invent|generated|rotate in", Meaning::Make),
    ("session|session cookie|express session", Meaning::Kind(Kind::Session)),
    ("jwt|jwt signing|json web token|jsonwebtoken", Meaning::Kind(Kind::Jwt)),
    ("cookie|cookie signing", Meaning::Kind(Kind::Cookie)),
    ("encryption|encrypting|aes|data encryption", Meaning::Kind(Kind::Encryption)),
    ("csrf|xsrf", Meaning::Kind(Kind::Csrf)),
    ("nextauth|next-auth|next auth", Meaning::Kind(Kind::NextAuth)),
    ("auth.js|authjs|auth", Meaning::Kind(Kind::Auth)),
    ("password|passphrase|db password|database password", Meaning::Kind(Kind::Password)),
    ("webhook secret|webhook signing", Meaning::Kind(Kind::Webhook)),
    ("signing key|signing secret|signature key", Meaning::Kind(Kind::Signing)),
    ("hex|hexadecimal|hex-encoded", Meaning::Format(SecretFormat::Hex)),
    ("base64|base 64|b64", Meaning::Format(SecretFormat::Base64)),
    (
        "base64url|base64-url|base64 url|url-safe|url-safe base64|base64 url-safe",
        Meaning::Format(SecretFormat::Base64Url),
    ),
    (
        "alphanumeric|alpha-numeric|letters and digits|letters and numbers",
        Meaning::Format(SecretFormat::Alphanumeric),
    ),
    ("byte|bytes", Meaning::Bytes),
    ("bit|bits", Meaning::Bits),
    (
        "what is|what are|what does|what do|whats|how do|how does|how to|how can|why|who|explain|when should|what about|difference between|tell me about",
        Meaning::Question,
    ),
    (
        "write|write me|describe|translate this|summarise|summarize|refactor|fix|review|debug|tell me",
        Meaning::Task,
    ),
    (
        "use|uses|using|with|via|from|through|for|to|on|in|by|our|connect|integrate|integrates|call|calls|talks to|reads from|writes to",
        Meaning::Leads,
    ),
    (
        "the|a|an|of|my|your|its|is|are|has|have|that|which|one|please|me|we|i|it|at|as|some|any|nothing else|nothing|required|necessary|needed|relevant|stored|right|correct|usual|existing|matching",
        Meaning::Filler,
    ),
];
