//! Databases, queues, search, and files.

use super::{Service, one, several};

pub(super) const SERVICES: &[Service] = &[
    one("postgresql", "PostgreSQL", "DATABASE_URL")
        .icon("postgresql")
        .about(
            "A database by its connection address.",
            "The connection string that the host or administrator gives.",
        )
        .words(&["postgres", "pg", "sql", "database", "db", "connection string"]),
    several(
        "postgresql-libpq",
        "PostgreSQL (libpq)",
        &["PGHOST", "PGPORT", "PGDATABASE", "PGUSER", "PGPASSWORD"],
    )
    .icon("postgresql")
    .about(
        "A database as psql and libpq name its parts.",
        "The connection details that the host or administrator gives.",
    )
    .words(&["postgres", "psql", "sql", "database", "db"]),
    several("mysql", "MySQL", &["MYSQL_DATABASE", "MYSQL_USER", "MYSQL_PASSWORD", "MYSQL_ROOT_PASSWORD"])
        .icon("mysql")
        .about("A database as its container image names its parts.", "Chosen when the database is made.")
        .words(&["mariadb", "sql", "database", "db"]),
    one("mongodb", "MongoDB", "MONGODB_URI")
        .icon("mongodb")
        .about("A document database by its connection address.", "Connect, on the cluster’s page.")
        .words(&["mongo", "atlas", "mongoose", "nosql", "database", "db"]),
    one("redis", "Redis", "REDIS_URL")
        .icon("redis")
        .about(
            "A cache or queue by its connection address.",
            "The connection string that the host or administrator gives.",
        )
        .words(&["valkey", "cache", "queue", "bullmq", "celery"]),
    several("supabase", "Supabase", &["SUPABASE_URL", "SUPABASE_ANON_KEY", "SUPABASE_SERVICE_ROLE_KEY"])
        .icon("supabase")
        .public(&["SUPABASE_URL", "SUPABASE_ANON_KEY"])
        .about(
            "Postgres with sign-in, storage and a client for browsers.",
            "API keys, in the project’s settings.",
        )
        .words(&["postgres", "baas", "database", "db"]),
    several(
        "firebase",
        "Firebase (web app)",
        &[
            "FIREBASE_API_KEY",
            "FIREBASE_AUTH_DOMAIN",
            "FIREBASE_PROJECT_ID",
            "FIREBASE_STORAGE_BUCKET",
            "FIREBASE_MESSAGING_SENDER_ID",
            "FIREBASE_APP_ID",
        ],
    )
    .icon("firebase")
    .public(&[
        "FIREBASE_API_KEY",
        "FIREBASE_AUTH_DOMAIN",
        "FIREBASE_PROJECT_ID",
        "FIREBASE_STORAGE_BUCKET",
        "FIREBASE_MESSAGING_SENDER_ID",
        "FIREBASE_APP_ID",
    ])
    .about(
        "What a web app needs to reach its Firebase project.",
        "Your apps, in the project’s general settings.",
    )
    .words(&["google", "firestore", "baas", "push"]),
    several(
        "firebase-admin",
        "Firebase Admin",
        &["FIREBASE_PROJECT_ID", "FIREBASE_CLIENT_EMAIL", "FIREBASE_PRIVATE_KEY"],
    )
    .icon("firebase")
    .about("A server’s access to a Firebase project.", "Service accounts, in the project’s settings.")
    .words(&["google", "firestore", "service account", "fcm"]),
    one("neon", "Neon", "NEON_API_KEY")
        .color("#00e599")
        .about("Postgres that branches; this key manages projects.", "API keys, in the account’s settings.")
        .words(&["postgres", "serverless", "database", "db"]),
    several("planetscale", "PlanetScale", &["PLANETSCALE_SERVICE_TOKEN_ID", "PLANETSCALE_SERVICE_TOKEN"])
        .icon("planetscale")
        .about(
            "Hosted MySQL and Postgres; this token manages them.",
            "Service tokens, in the organisation’s settings.",
        )
        .words(&["mysql", "vitess", "database", "db"]),
    several("turso", "Turso", &["TURSO_DATABASE_URL", "TURSO_AUTH_TOKEN"])
        .icon("turso")
        .about("SQLite at the edge.", "The database’s page, or the command line.")
        .words(&["libsql", "sqlite", "database", "db"]),
    several("upstash", "Upstash Redis", &["UPSTASH_REDIS_REST_URL", "UPSTASH_REDIS_REST_TOKEN"])
        .icon("upstash")
        .about("Redis over HTTP.", "REST API, on the database’s page.")
        .words(&["cache", "serverless", "rate limit"]),
    one("convex", "Convex", "CONVEX_DEPLOY_KEY")
        .color("#ee342f")
        .about("A reactive database with functions.", "Deploy keys, in the deployment’s settings.")
        .words(&["baas", "database", "db"]),
    several("neo4j", "Neo4j", &["NEO4J_URI", "NEO4J_USERNAME", "NEO4J_PASSWORD"])
        .icon("neo4j")
        .about("A graph database.", "The credentials file that comes with a new instance.")
        .words(&["graph", "cypher", "aura", "database", "db"]),
    several("clickhouse", "ClickHouse", &["CLICKHOUSE_DB", "CLICKHOUSE_USER", "CLICKHOUSE_PASSWORD"])
        .icon("clickhouse")
        .about(
            "A database for analytics, as its container image names it.",
            "Chosen when the database is made.",
        )
        .words(&["olap", "analytics", "database", "db"]),
    several("influxdb", "InfluxDB", &["INFLUX_HOST", "INFLUX_ORG", "INFLUX_TOKEN"])
        .icon("influxdb")
        .about("A database for time series.", "API tokens, under load data.")
        .words(&["time series", "telegraf", "metrics"]),
    several("elasticsearch", "Elasticsearch", &["ES_URL", "ES_API_KEY"])
        .icon("elasticsearch")
        .about("Search and analytics.", "API keys, in the stack’s management.")
        .words(&["elastic", "kibana", "search"]),
    several("algolia", "Algolia", &["ALGOLIA_APP_ID", "ALGOLIA_SEARCH_API_KEY", "ALGOLIA_ADMIN_API_KEY"])
        .icon("algolia")
        .public(&["ALGOLIA_APP_ID", "ALGOLIA_SEARCH_API_KEY"])
        .about("Hosted search.", "API keys, in the settings.")
        .words(&["docsearch", "instantsearch"]),
    one("meilisearch", "Meilisearch", "MEILI_MASTER_KEY")
        .icon("meilisearch")
        .about("Search that one runs oneself.", "Chosen when the server is started.")
        .words(&["meili"]),
    several("rabbitmq", "RabbitMQ", &["RABBITMQ_DEFAULT_USER", "RABBITMQ_DEFAULT_PASS"])
        .icon("rabbitmq")
        .about("A message broker, as its container image names its user.", "Chosen when the broker is made.")
        .words(&["amqp", "queue", "broker"]),
    several("minio", "MinIO", &["MINIO_ROOT_USER", "MINIO_ROOT_PASSWORD"])
        .icon("minio")
        .about("Object storage that one runs oneself.", "Chosen when the server is started.")
        .words(&["s3", "bucket", "storage"]),
    several("backblaze", "Backblaze B2", &["B2_APPLICATION_KEY_ID", "B2_APPLICATION_KEY"])
        .icon("backblaze")
        .about("Object storage and backups.", "Application keys, in the account.")
        .words(&["s3", "bucket", "storage", "backup"]),
];
