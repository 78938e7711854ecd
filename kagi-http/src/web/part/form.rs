//! What a person typed, with what was wrong with it: a refused form comes back as it was sent.

use kagi_domain::fields::FieldError;
use poem::{FromRequest, Request, RequestBody, http::StatusCode};
use zeroize::Zeroizing;

use super::urlencoded;
use crate::{
    body::collect,
    context::Context,
    problem::{Code, Problem},
    room::Place,
};

/// The fields of a form. Values are wiped when it is dropped; it has no `Debug`.
#[derive(Default)]
pub(crate) struct Form {
    values: Vec<(String, Zeroizing<String>)>,
    errors: Vec<FieldError>,
    problem: Option<Problem>,
}

impl Form {
    /// An empty form.
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// Fills a field in, before the person sees the form.
    #[must_use]
    pub(crate) fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.values.push((name.to_owned(), Zeroizing::new(value.into())));
        self
    }

    /// Puts another value in a field's place.
    #[must_use]
    pub(crate) fn replace(self, name: &str, value: impl Into<String>) -> Self {
        self.without(name).with(name, value)
    }

    /// Takes a field out.
    #[must_use]
    pub(crate) fn without(mut self, name: &str) -> Self {
        self.values.retain(|(own, _)| own != name);
        self
    }

    /// A field's value; empty when it was not sent.
    pub(crate) fn value(&self, name: &str) -> &str {
        self.all(name).next().unwrap_or_default()
    }

    /// A field's value, unless it is blank.
    pub(crate) fn filled(&self, name: &str) -> Option<&str> {
        Some(self.value(name)).filter(|value| !value.trim().is_empty())
    }

    /// Every value that was sent under a name.
    pub(crate) fn all<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a str> {
        self.values.iter().filter_map(move |(own, value)| (own == name).then_some(value.as_str()))
    }

    /// The filled lines of a field.
    pub(crate) fn lines(&self, name: &str) -> impl Iterator<Item = &str> {
        self.value(name).lines().map(str::trim).filter(|line| !line.is_empty())
    }

    /// Every field as it was sent.
    pub(crate) fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.values.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Notes why the server said no: beside the fields it is about, else above the form.
    #[must_use]
    pub(crate) fn refuse(mut self, problem: Problem) -> Self {
        let field = match problem.code {
            Code::CategoryExists | Code::EnvProjectExists => Some("name"),
            Code::CategorySimpleRequiresEnvVar => Some("envVarName"),
            Code::CategoryGroupRequiresFields => Some("fieldDefinitions"),
            Code::EntryExists => Some("projectName"),
            Code::EmailTaken => Some("email"),
            Code::ReauthRequired => Some("password"),
            _ => None,
        };
        let own =
            field.map(|field| FieldError { field: field.to_owned(), message: problem.message.to_string() });
        self.errors = own.into_iter().chain(problem.fields.iter().cloned()).collect();
        self.problem = Some(problem);
        self
    }

    /// What is wrong with a field, and what to do.
    pub(crate) fn error(&self, field: &str) -> Option<&str> {
        self.errors.iter().find(|error| error.field == field).map(|error| error.message.as_str())
    }

    /// What is wrong with none of the fields named: it stands above the form.
    pub(crate) fn notice(&self, named: &[&str]) -> Option<String> {
        let problem = self.problem.as_ref()?;
        let stray = self.errors.iter().filter(|error| !named.contains(&error.field.as_str()));
        let stray: Vec<&str> = stray.map(|error| error.message.as_str()).collect();
        match self.errors.as_slice() {
            [] => Some(problem.message.to_string()),
            _ if stray.is_empty() => None,
            _ => Some(stray.join(" ")),
        }
    }

    /// Whether this is the field to start mending at.
    pub(crate) fn is_first_error(&self, field: &str) -> bool {
        self.errors.first().is_some_and(|error| error.field == field)
    }

    /// The status of the page that shows the form again.
    pub(crate) fn status(&self) -> StatusCode {
        match &self.problem {
            None => StatusCode::OK,
            Some(problem) if problem.status() == StatusCode::BAD_REQUEST => StatusCode::UNPROCESSABLE_ENTITY,
            Some(problem) => problem.status(),
        }
    }

    /// The refusal, for its headers.
    pub(crate) const fn problem(&self) -> Option<&Problem> {
        self.problem.as_ref()
    }
}

impl Form {
    /// Reads a body that is a form.
    pub(crate) async fn read(place: Place, body: &mut RequestBody) -> poem::Result<Self> {
        Ok(Self { values: urlencoded::pairs(&collect(place, body).await?)?, ..Self::new() })
    }
}

impl<'a> FromRequest<'a> for Form {
    async fn from_request(request: &'a Request, body: &mut RequestBody) -> poem::Result<Self> {
        if !urlencoded::is_form(request) {
            return Err(Problem::unsupported_media_type(urlencoded::FORM).into());
        }
        Self::read(Context::of(request)?.place(), body).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_stands_where_it_belongs() {
        let form = Form::new().with("name", "OpenAI").refuse(Problem::new(Code::CategoryExists, "Taken."));
        assert_eq!((form.error("name"), form.notice(&["name"])), (Some("Taken."), None));
        assert_eq!(form.value("name"), "OpenAI");
        let form = Form::new().refuse(Problem::new(Code::RateLimited, "Wait."));
        assert_eq!(form.notice(&["name"]).as_deref(), Some("Wait."));
        assert_eq!(form.status(), StatusCode::TOO_MANY_REQUESTS);
    }
}
