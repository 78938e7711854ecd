//! Payments and shops.

use super::{Service, one, several};

pub(super) const SERVICES: &[Service] = &[
    several("stripe", "Stripe", &["STRIPE_PUBLISHABLE_KEY", "STRIPE_SECRET_KEY", "STRIPE_WEBHOOK_SECRET"])
        .icon("stripe")
        .public(&["STRIPE_PUBLISHABLE_KEY"])
        .about("Payments and subscriptions.", "API keys and webhooks, in the developers’ dashboard.")
        .words(&["checkout", "billing", "payment", "cards"]),
    several("paypal", "PayPal", &["PAYPAL_CLIENT_ID", "PAYPAL_CLIENT_SECRET"])
        .icon("paypal")
        .public(&["PAYPAL_CLIENT_ID"])
        .about("Payments by PayPal account or card.", "Apps and credentials, in the developer dashboard.")
        .words(&["braintree", "checkout", "payment"]),
    one("paddle", "Paddle", "PADDLE_API_KEY")
        .icon("paddle")
        .about("Sells software as merchant of record.", "Authentication, under the developer tools.")
        .words(&["billing", "subscription", "payment"]),
    several(
        "lemonsqueezy",
        "Lemon Squeezy",
        &["LEMONSQUEEZY_API_KEY", "LEMONSQUEEZY_STORE_ID", "LEMONSQUEEZY_WEBHOOK_SECRET"],
    )
    .icon("lemonsqueezy")
    .about("Sells digital goods as merchant of record.", "API and webhooks, in the settings.")
    .words(&["billing", "subscription", "payment"]),
    several("razorpay", "Razorpay", &["RAZORPAY_KEY_ID", "RAZORPAY_KEY_SECRET"])
        .icon("razorpay")
        .public(&["RAZORPAY_KEY_ID"])
        .about("Payments in India.", "API keys, in the account’s settings.")
        .words(&["upi", "checkout", "payment"]),
    one("square", "Square", "SQUARE_ACCESS_TOKEN")
        .icon("square")
        .about("Payments in shops and online.", "Credentials of the application, in the developer console.")
        .words(&["block", "point of sale", "payment"]),
    several("shopify", "Shopify", &["SHOPIFY_API_KEY", "SHOPIFY_API_SECRET"])
        .icon("shopify")
        .public(&["SHOPIFY_API_KEY"])
        .about("An app’s client id and secret.", "Settings of the app, in the developer dashboard.")
        .words(&["shop", "store", "e-commerce"]),
    one("alchemy", "Alchemy", "ALCHEMY_API_KEY")
        .icon("alchemy")
        .about("Reads and writes blockchains.", "Apps, in the dashboard.")
        .words(&["ethereum", "web3", "rpc", "blockchain"]),
];
