//! Chinese and Japanese.

use super::super::case::{
    Case,
    Language::{Chinese, Japanese},
};

const BLOG: [&str; 6] = ["OpenAI API", "Postgres", "Resend", "Sentry", "PostHog", "GitHub"];

pub(super) fn cases() -> Vec<Case> {
    [chinese(), japanese()].into_iter().flatten().collect()
}

fn chinese() -> Vec<Case> {
    vec![
        Chinese
            .says("为这个 Next.js 项目生成 Stripe 和数据库的环境变量")
            .on("Shop")
            .gets("Shop", &["Stripe", "Postgres"])
            .framework("Next.js", &["STRIPE_PUBLISHABLE_KEY"]),
        Chinese.says("这个项目的所有密钥").on("Blog").gets("Blog", &BLOG),
        Chinese.says("除了 GitHub 以外的全部密钥").on("Blog").gets("Blog", &BLOG[..5]),
        Chinese.says("给官网用的人机验证和谷歌地图").gets("官网", &["Cloudflare Turnstile", "Google Maps"]),
        Chinese.says("我需要测试环境的支付密钥").on("Shop").gets_from("Shop", "staging", &["Stripe"]),
        Chinese
            .says("不要 Stripe，只要 Redis 和发邮件的服务")
            .on("Shop")
            .gets("Shop", &["Redis", "SendGrid"]),
        Chinese.says("OpenAI和数据库，开发环境").on("Blog").gets_from(
            "Blog",
            "development",
            &["OpenAI API", "Postgres"],
        ),
    ]
}

fn japanese() -> Vec<Case> {
    vec![
        Japanese
            .says("Next.jsのショップ用にStripeとPostgresのキーをください")
            .on("Shop")
            .gets("Shop", &["Stripe", "Postgres"])
            .framework("Next.js", &["STRIPE_PUBLISHABLE_KEY"]),
        Japanese.says("このプロジェクトのキーを全部").on("Blog").gets("Blog", &BLOG),
        Japanese.says("GitHub以外のすべてのキー").on("Blog").gets("Blog", &BLOG[..5]),
        Japanese.says("ステージング環境のデータベース接続").on("Shop").gets_from(
            "Shop",
            "staging",
            &["Postgres"],
        ),
        Japanese
            .says("Expoアプリで地図とSMSを使いたい")
            .on("Field App")
            .gets("Field App", &["Mapbox", "Twilio"])
            .framework("Expo", &[]),
        Japanese.says("メール送信とキャッシュ、Stripeは不要").on("Shop").gets("Shop", &["SendGrid", "Redis"]),
    ]
}
