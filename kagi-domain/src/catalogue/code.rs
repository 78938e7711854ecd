//! Source code, builds, packages, errors, numbers, and issues.

use super::{Service, one, several};

pub(super) const SERVICES: &[Service] = &[
    one("github", "GitHub", "GITHUB_TOKEN")
        .icon("github")
        .about(
            "A personal access token for code, issues and packages.",
            "Personal access tokens, in the developer settings.",
        )
        .words(&["gh", "git", "pat", "actions", "gh_token"]),
    one("gitlab", "GitLab", "GITLAB_TOKEN")
        .icon("gitlab")
        .about(
            "An access token for code, pipelines and packages.",
            "Access tokens, in the user’s preferences.",
        )
        .words(&["glab", "git", "pat", "ci"]),
    one("npm", "npm", "NPM_TOKEN")
        .icon("npm")
        .about("Installs and publishes JavaScript packages.", "Access tokens, in the account’s settings.")
        .words(&["node", "javascript", "package", "npmrc"]),
    one("pypi", "PyPI", "PYPI_API_TOKEN")
        .icon("pypi")
        .about("Publishes Python packages.", "API tokens, in the account’s settings.")
        .words(&["python", "twine", "package", "pip"]),
    one("circleci", "CircleCI", "CIRCLECI_CLI_TOKEN")
        .icon("circleci")
        .about("Builds and tests.", "Personal API tokens, in the user’s settings.")
        .words(&["ci", "circle_token"]),
    one("sentry", "Sentry", "SENTRY_DSN")
        .icon("sentry")
        .public(&["SENTRY_DSN"])
        .about("Reports errors; the DSN says where to.", "Client keys (DSN), in the project’s settings.")
        .words(&["errors", "crash", "monitoring"]),
    one("sentry-releases", "Sentry releases", "SENTRY_AUTH_TOKEN")
        .icon("sentry")
        .about(
            "Uploads source maps and releases from a build.",
            "Auth tokens, in the organisation’s settings.",
        )
        .words(&["source maps", "sentry-cli", "ci"]),
    several("datadog", "Datadog", &["DD_API_KEY", "DD_APP_KEY", "DD_SITE"])
        .icon("datadog")
        .about("Metrics, traces and logs.", "API keys and application keys, in the organisation’s settings.")
        .words(&["monitoring", "apm", "observability"]),
    one("newrelic", "New Relic", "NEW_RELIC_LICENSE_KEY")
        .icon("newrelic")
        .about("Metrics, traces and logs.", "API keys, in the user’s menu.")
        .words(&["monitoring", "apm", "observability"]),
    several("grafana", "Grafana", &["GRAFANA_URL", "GRAFANA_SERVICE_ACCOUNT_TOKEN"])
        .icon("grafana")
        .about("Dashboards and alerts.", "Service accounts, under users and access.")
        .words(&["dashboards", "loki", "monitoring"]),
    one("honeycomb", "Honeycomb", "HONEYCOMB_API_KEY")
        .color("#f5a623")
        .about("Traces and events.", "API keys, in the environment’s settings.")
        .words(&["opentelemetry", "tracing", "observability"]),
    one("axiom", "Axiom", "AXIOM_TOKEN")
        .color("#4b4b4b")
        .about("Logs and events.", "API tokens, in the settings.")
        .words(&["logs", "observability"]),
    one("pagerduty", "PagerDuty", "PAGERDUTY_TOKEN")
        .icon("pagerduty")
        .about("Calls whoever is on duty.", "API access keys, under integrations.")
        .words(&["on-call", "incidents", "alerts"]),
    several("posthog", "PostHog", &["POSTHOG_KEY", "POSTHOG_HOST"])
        .icon("posthog")
        .public(&["POSTHOG_KEY", "POSTHOG_HOST"])
        .about("Product analytics and feature flags.", "Project API key, in the project’s settings.")
        .words(&["analytics", "feature flags", "events"]),
    one("mixpanel", "Mixpanel", "MIXPANEL_TOKEN")
        .icon("mixpanel")
        .about("Product analytics.", "Project token, in the project’s settings.")
        .words(&["analytics", "events"]),
    one("google-analytics", "Google Analytics", "GA_MEASUREMENT_ID")
        .icon("googleanalytics")
        .public(&["GA_MEASUREMENT_ID"])
        .about("Counts visits; the id stands in every page.", "Data streams, in the property’s settings.")
        .words(&["ga4", "gtag", "analytics"]),
    one("launchdarkly", "LaunchDarkly", "LAUNCHDARKLY_SDK_KEY")
        .color("#405bff")
        .about("Feature flags on a server.", "SDK keys, on the project’s environments page.")
        .words(&["feature flags", "toggle"]),
    one("linear", "Linear", "LINEAR_API_KEY")
        .icon("linear")
        .about("Issues and projects.", "Personal API keys, under security and access.")
        .words(&["issues", "tickets"]),
    one("codecov", "Codecov", "CODECOV_TOKEN")
        .icon("codecov")
        .about("Reports how much code the tests reach.", "Upload token, in the repository’s configuration.")
        .words(&["coverage", "ci"]),
    one("sonarqube", "SonarQube", "SONAR_TOKEN")
        .icon("sonarqubecloud")
        .about("Reports on the quality of code.", "Security, in the account’s settings.")
        .words(&["sonarcloud", "static analysis", "ci"]),
    one("snyk", "Snyk", "SNYK_TOKEN")
        .icon("snyk")
        .about("Finds known holes in dependencies.", "Auth token, in the account’s settings.")
        .words(&["security", "vulnerabilities", "ci"]),
    one("expo", "Expo", "EXPO_TOKEN")
        .icon("expo")
        .about("Builds and publishes mobile apps.", "Access tokens, in the account’s settings.")
        .words(&["eas", "react native", "mobile"]),
];
