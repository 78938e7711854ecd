//! Clouds, hosts, and networks.

use super::{Service, one, several};

pub(super) const SERVICES: &[Service] = &[
    several("aws", "AWS", &["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_REGION"])
        .color("#ff9900")
        .about(
            "Amazon’s cloud: storage, computing, queues, mail.",
            "Access keys, under the user’s security credentials in IAM.",
        )
        .words(&[
            "amazon",
            "web services",
            "s3",
            "iam",
            "ses",
            "sqs",
            "lambda",
            "bedrock",
            "ec2",
            "dynamodb",
        ]),
    several("google-cloud", "Google Cloud", &["GOOGLE_APPLICATION_CREDENTIALS", "GOOGLE_CLOUD_PROJECT"])
        .icon("googlecloud")
        .about(
            "Google’s cloud, by a service account’s key file.",
            "Keys of the service account, in IAM and admin.",
        )
        .words(&["gcp", "gcs", "bigquery", "vertex", "service account"]),
    several("azure", "Azure", &["AZURE_TENANT_ID", "AZURE_CLIENT_ID", "AZURE_CLIENT_SECRET"])
        .color("#0078d4")
        .about(
            "Microsoft’s cloud, by an app registration.",
            "Certificates and secrets, on the app registration’s page.",
        )
        .words(&["microsoft", "entra", "service principal"]),
    several("cloudflare", "Cloudflare", &["CLOUDFLARE_API_TOKEN", "CLOUDFLARE_ACCOUNT_ID"])
        .icon("cloudflare")
        .about(
            "Workers, storage, names and protection at the edge.",
            "API tokens, in the profile; the account id, on the overview page.",
        )
        .words(&["wrangler", "workers", "r2", "d1", "dns", "cdn"]),
    one("digitalocean", "DigitalOcean", "DIGITALOCEAN_ACCESS_TOKEN")
        .icon("digitalocean")
        .about("Virtual machines, databases and object storage.", "Tokens, on the control panel’s API page.")
        .words(&["droplet", "spaces", "doctl"]),
    one("hetzner", "Hetzner Cloud", "HCLOUD_TOKEN")
        .icon("hetzner")
        .about("Virtual machines in Europe and beyond.", "API tokens, under the project’s security page.")
        .words(&["hcloud", "server"]),
    several("scaleway", "Scaleway", &["SCW_ACCESS_KEY", "SCW_SECRET_KEY", "SCW_DEFAULT_PROJECT_ID"])
        .icon("scaleway")
        .about("A European cloud.", "API keys, on the console’s IAM page.")
        .words(&["scw", "iliad"]),
    several("vercel", "Vercel", &["VERCEL_TOKEN", "VERCEL_ORG_ID", "VERCEL_PROJECT_ID"])
        .icon("vercel")
        .about(
            "Deploys front ends and functions.",
            "Tokens, in the account’s settings; the ids, in the linked project’s folder.",
        )
        .words(&["next.js", "nextjs", "zeit", "deploy"]),
    several("netlify", "Netlify", &["NETLIFY_AUTH_TOKEN", "NETLIFY_SITE_ID"])
        .icon("netlify")
        .about(
            "Deploys sites and functions.",
            "Personal access tokens, in the user’s settings; the site id, in the site’s.",
        )
        .words(&["jamstack", "deploy"]),
    one("fly", "Fly.io", "FLY_API_TOKEN")
        .icon("flydotio")
        .about(
            "Runs applications close to their users.",
            "Tokens, in the organisation’s dashboard or by the command line.",
        )
        .words(&["flyctl", "deploy"]),
    one("railway", "Railway", "RAILWAY_TOKEN")
        .icon("railway")
        .about("Deploys applications with their databases.", "Tokens, in the project’s settings.")
        .words(&["deploy"]),
    one("render", "Render", "RENDER_API_KEY")
        .icon("render")
        .about("Hosts services, sites and databases.", "API keys, in the account’s settings.")
        .words(&["deploy"]),
    one("heroku", "Heroku", "HEROKU_API_KEY")
        .icon("heroku")
        .about("Runs applications on dynos.", "API key, in the account’s settings.")
        .words(&["dyno", "salesforce", "deploy"]),
    several("docker-hub", "Docker Hub", &["DOCKERHUB_USERNAME", "DOCKERHUB_TOKEN"])
        .icon("docker")
        .about("Keeps container images.", "Personal access tokens, in the account’s settings.")
        .words(&["container", "image", "registry"]),
    one("hcp-terraform", "HCP Terraform", "TFE_TOKEN")
        .icon("terraform")
        .about("Infrastructure as code, run remotely.", "Tokens, in the user’s settings.")
        .words(&["hashicorp", "terraform cloud", "enterprise", "iac"]),
    several("hashicorp-vault", "HashiCorp Vault", &["VAULT_ADDR", "VAULT_TOKEN"])
        .icon("vault")
        .about(
            "A server for secrets and certificates.",
            "The token that a sign-in method or the operator gave.",
        )
        .words(&["openbao", "secrets"]),
    one("tailscale", "Tailscale", "TS_AUTHKEY")
        .icon("tailscale")
        .about("A private network between machines.", "Keys, in the admin console’s settings.")
        .words(&["vpn", "wireguard", "tailnet"]),
    one("ngrok", "ngrok", "NGROK_AUTHTOKEN")
        .icon("ngrok")
        .about("Tunnels from the internet to a machine of one’s own.", "Your authtoken, in the dashboard.")
        .words(&["tunnel", "webhook"]),
];
