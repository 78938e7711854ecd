//! What an operator sets.

use std::time::Duration;

use kagi_domain::{ports::PATIENCE, secret::SecretText};
use reqwest::{Url, header::HeaderValue};

/// Where `OpenAI` is.
const OPENAI: &str = "https://api.openai.com/v1";
/// The model that is asked unless another is named.
const MODEL: &str = "gpt-4o-mini";
/// The longest name of a model.
const LONGEST_MODEL: usize = 200;

/// Why a setting was refused. No sentence holds its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SettingsError {
    /// Not an address, or one with more in it than a server and a path.
    #[error(
        "OPENAI_BASE_URL must be an http or https address without a user, a query or a fragment, such as \
         http://localhost:11434/v1."
    )]
    BaseUrl,
    /// The name has a character that no name of a model has, or is empty or too long.
    #[error(
        "OPENAI_MODEL must be the name of a model: 1 to 200 characters without blanks or control characters."
    )]
    Model,
    /// The key cannot be sent.
    #[error("OPENAI_API_KEY must be one line of printable characters.")]
    Key,
    /// `OpenAI` itself answers nobody without a key.
    #[error("OPENAI_API_KEY must be set, or OPENAI_BASE_URL for a server that needs no key.")]
    KeyMissing,
    /// The machine's root certificates cannot be read.
    #[error(
        "The root certificates of this machine could not be read, so that no https server can be trusted."
    )]
    Certificates,
}

/// How long it is waited.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// For a plan in all.
    pub patience: Duration,
    /// Before the first retry; before the next twice as long.
    pub pause: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self { patience: PATIENCE, pause: Duration::from_millis(500) }
    }
}

/// Which server and which model.
#[derive(Debug)]
pub struct Settings {
    pub(crate) endpoint: Url,
    pub(crate) is_openai: bool,
    pub(crate) model: String,
    /// Marked as sensitive, so that no log shows it.
    pub(crate) authorization: Option<HeaderValue>,
    pub(crate) limits: Limits,
}

impl Settings {
    /// Reads `OPENAI_BASE_URL`, `OPENAI_API_KEY` and `OPENAI_MODEL`; without an address it is `OpenAI`'s,
    /// without a model `gpt-4o-mini`.
    ///
    /// # Errors
    ///
    /// [`SettingsError`], which names the variable.
    pub fn new(
        base_url: Option<&str>,
        key: Option<&SecretText>,
        model: Option<&str>,
    ) -> Result<Self, SettingsError> {
        let endpoint = endpoint(base_url.unwrap_or(OPENAI))?;
        let is_openai = endpoint.host_str() == Some("api.openai.com");
        if is_openai && key.is_none() {
            return Err(SettingsError::KeyMissing);
        }
        let model = model.unwrap_or(MODEL);
        let odd = |c: char| c.is_control() || c.is_whitespace();
        if model.is_empty() || model.len() > LONGEST_MODEL || model.chars().any(odd) {
            return Err(SettingsError::Model);
        }
        let authorization = key.map(bearer).transpose()?;
        Ok(Self { endpoint, is_openai, model: model.to_owned(), authorization, limits: Limits::default() })
    }

    /// The same with other limits, for tests.
    #[must_use]
    pub const fn with_limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }
}

fn endpoint(base: &str) -> Result<Url, SettingsError> {
    let mut url = Url::parse(base.trim_end_matches('/')).map_err(|_| SettingsError::BaseUrl)?;
    let nothing_else = url.username().is_empty()
        && url.password().is_none()
        && url.query().is_none()
        && url.fragment().is_none();
    if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none() || !nothing_else {
        return Err(SettingsError::BaseUrl);
    }
    url.path_segments_mut()
        .map_err(|()| SettingsError::BaseUrl)?
        .pop_if_empty()
        .extend(["chat", "completions"]);
    Ok(url)
}

fn bearer(key: &SecretText) -> Result<HeaderValue, SettingsError> {
    // EXPOSE: the key goes into the header that is sent to the configured server, and only there.
    let key = key.expose();
    if key.is_empty() || !key.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(SettingsError::Key);
    }
    let mut header = HeaderValue::try_from(format!("Bearer {key}")).map_err(|_| SettingsError::Key)?;
    header.set_sensitive(true);
    Ok(header)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(text: &str) -> SecretText {
        SecretText::new(text.to_owned())
    }

    #[test]
    fn the_endpoint_is_below_the_address() {
        for (base, expected) in [
            (None, "https://api.openai.com/v1/chat/completions"),
            (Some("http://localhost:11434/v1"), "http://localhost:11434/v1/chat/completions"),
            (Some("http://[::1]:8080/"), "http://[::1]:8080/chat/completions"),
            (Some("https://ai.example.com/a/b//"), "https://ai.example.com/a/b/chat/completions"),
        ] {
            let settings = Settings::new(base, Some(&key("k")), None).unwrap();
            assert_eq!(settings.endpoint.as_str(), expected);
            assert_eq!((settings.is_openai, settings.model.as_str()), (base.is_none(), "gpt-4o-mini"));
        }
    }

    #[test]
    fn wrong_settings_are_refused_without_showing_them() {
        for base in [
            "",
            "localhost",
            "ftp://x",
            "file:///etc/passwd",
            "http://",
            "http://u:p@x",
            "http://x?k=1",
            "http://x#a",
        ] {
            assert_eq!(Settings::new(Some(base), None, None).unwrap_err(), SettingsError::BaseUrl, "{base}");
        }
        for model in ["", "a b", "a\nb", &"x".repeat(201)] {
            assert_eq!(Settings::new(Some("http://x"), None, Some(model)).unwrap_err(), SettingsError::Model);
        }
        for wrong in ["", "a\nb", "a b", "schlüssel"] {
            assert_eq!(Settings::new(None, Some(&key(wrong)), None).unwrap_err(), SettingsError::Key);
        }
        assert_eq!(Settings::new(None, None, None).unwrap_err(), SettingsError::KeyMissing);
        assert!(Settings::new(Some("http://x"), None, Some("llama3.2:3b")).is_ok());
        let settings = Settings::new(None, Some(&key("hunter2")), None).unwrap();
        assert!(!format!("{settings:?}").contains("hunter2"));
    }
}
