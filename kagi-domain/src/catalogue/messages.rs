//! Mail, telephone, chat, and what is pushed.

use super::{Service, one, several};

pub(super) const SERVICES: &[Service] = &[
    several("twilio", "Twilio", &["TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN"])
        .icon("twilio")
        .about("Text messages and calls.", "Account info, on the console’s first page.")
        .words(&["sms", "phone", "voice", "whatsapp", "verify"]),
    one("sendgrid", "SendGrid", "SENDGRID_API_KEY")
        .icon("sendgrid")
        .about("Sends mail.", "API keys, in the settings.")
        .words(&["email", "e-mail", "mail", "twilio"]),
    one("resend", "Resend", "RESEND_API_KEY")
        .icon("resend")
        .about("Sends mail.", "API keys, in the dashboard.")
        .words(&["email", "e-mail", "mail", "react email"]),
    one("mailgun", "Mailgun", "MAILGUN_API_KEY")
        .icon("mailgun")
        .about("Sends and receives mail.", "API keys, in the account’s security settings.")
        .words(&["email", "e-mail", "mail"]),
    one("postmark", "Postmark", "POSTMARK_SERVER_TOKEN")
        .color("#ffde00")
        .about("Sends mail.", "API tokens, on the server’s page.")
        .words(&["email", "e-mail", "mail"]),
    one("brevo", "Brevo", "BREVO_API_KEY")
        .icon("brevo")
        .about("Sends mail and campaigns.", "SMTP and API, in the settings.")
        .words(&["sendinblue", "email", "e-mail", "mail", "newsletter"]),
    one("mailchimp", "Mailchimp", "MAILCHIMP_API_KEY")
        .icon("mailchimp")
        .about("Newsletters and audiences.", "API keys, under the account’s extras.")
        .words(&["email", "e-mail", "newsletter", "mandrill"]),
    several("smtp", "SMTP server", &["SMTP_HOST", "SMTP_PORT", "SMTP_USER", "SMTP_PASSWORD"])
        .color("#5b6067")
        .about("Any server that takes mail.", "The outgoing-mail settings that the provider gives.")
        .words(&["email", "e-mail", "mail", "nodemailer"]),
    several("slack", "Slack", &["SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_APP_TOKEN"])
        .icon("slack")
        .about("A bot in a workspace.", "Basic information and OAuth, in the app’s settings.")
        .words(&["bolt", "bot", "chat"]),
    one("discord", "Discord", "DISCORD_TOKEN")
        .icon("discord")
        .about("A bot on servers.", "Bot, on the application’s page in the developer portal.")
        .words(&["bot", "chat"]),
    one("telegram", "Telegram", "TELEGRAM_BOT_TOKEN")
        .icon("telegram")
        .about("A bot in chats.", "BotFather tells it when the bot is made.")
        .words(&["bot", "botfather", "chat"]),
    several("vonage", "Vonage", &["VONAGE_API_KEY", "VONAGE_API_SECRET"])
        .icon("vonage")
        .about("Text messages and calls.", "API settings, in the dashboard.")
        .words(&["nexmo", "sms", "phone", "voice"]),
    several(
        "pusher",
        "Pusher",
        &["PUSHER_APP_ID", "PUSHER_APP_KEY", "PUSHER_APP_SECRET", "PUSHER_APP_CLUSTER"],
    )
    .icon("pusher")
    .public(&["PUSHER_APP_KEY", "PUSHER_APP_CLUSTER"])
    .about("Live updates over channels.", "App keys, on the app’s page.")
    .words(&["websocket", "realtime", "channels", "reverb", "soketi"]),
    one("ably", "Ably", "ABLY_API_KEY")
        .color("#ff5416")
        .about("Live updates over channels.", "API keys, on the app’s page.")
        .words(&["websocket", "realtime", "pub/sub"]),
    several("zoom", "Zoom", &["ZOOM_ACCOUNT_ID", "ZOOM_CLIENT_ID", "ZOOM_CLIENT_SECRET"])
        .icon("zoom")
        .about("Meetings, by a server-to-server app.", "App credentials, in the marketplace.")
        .words(&["meeting", "video"]),
    one("intercom", "Intercom", "INTERCOM_ACCESS_TOKEN")
        .icon("intercom")
        .about("Talks with customers.", "Authentication of the app, in the developer hub.")
        .words(&["support", "chat", "helpdesk"]),
    one("hubspot", "HubSpot", "HUBSPOT_ACCESS_TOKEN")
        .icon("hubspot")
        .about("Contacts and deals, by a private app.", "Private apps, under integrations in the settings.")
        .words(&["crm", "marketing", "sales"]),
];
