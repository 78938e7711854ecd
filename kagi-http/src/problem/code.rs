//! The codes of the API, each with its status.

use poem::http::StatusCode;

macro_rules! codes {
    ($($name:ident = $status:ident $text:literal;)+) => {
        /// What went wrong, for programs. The table is the API's contract.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[expect(missing_docs, reason = "the names are the API's codes")]
        pub enum Code { $($name,)+ }

        impl Code {
            /// Every code.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// The code as answers spell it.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text,)+ }
            }

            /// The status it goes with.
            #[must_use]
            pub const fn status(self) -> StatusCode {
                match self { $(Self::$name => StatusCode::$status,)+ }
            }
        }
    };
}

codes! {
    ValidationError = BAD_REQUEST "VALIDATION_ERROR";
    CategorySimpleRequiresEnvVar = BAD_REQUEST "CATEGORY_SIMPLE_REQUIRES_ENV_VAR";
    CategoryGroupRequiresFields = BAD_REQUEST "CATEGORY_GROUP_REQUIRES_FIELDS";
    AuthRequired = UNAUTHORIZED "AUTH_REQUIRED";
    AuthInvalidKey = UNAUTHORIZED "AUTH_INVALID_KEY";
    AuthInvalidCredentials = UNAUTHORIZED "AUTH_INVALID_CREDENTIALS";
    AuthScopeRequired = FORBIDDEN "AUTH_SCOPE_REQUIRED";
    SessionRequired = FORBIDDEN "SESSION_REQUIRED";
    ReauthRequired = FORBIDDEN "REAUTH_REQUIRED";
    CsrfRejected = FORBIDDEN "CSRF_REJECTED";
    SignUpClosed = FORBIDDEN "SIGN_UP_CLOSED";
    NotFound = NOT_FOUND "NOT_FOUND";
    CategoryNotFound = NOT_FOUND "CATEGORY_NOT_FOUND";
    EntryNotFound = NOT_FOUND "ENTRY_NOT_FOUND";
    VersionNotFound = NOT_FOUND "VERSION_NOT_FOUND";
    TwoFactorNotFound = NOT_FOUND "TWO_FACTOR_NOT_FOUND";
    EnvProjectNotFound = NOT_FOUND "ENV_PROJECT_NOT_FOUND";
    EnvFileNotFound = NOT_FOUND "ENV_FILE_NOT_FOUND";
    AccessKeyNotFound = NOT_FOUND "ACCESS_KEY_NOT_FOUND";
    SessionNotFound = NOT_FOUND "SESSION_NOT_FOUND";
    MethodNotAllowed = METHOD_NOT_ALLOWED "METHOD_NOT_ALLOWED";
    CategoryExists = CONFLICT "CATEGORY_EXISTS";
    CategoryInUse = CONFLICT "CATEGORY_IN_USE";
    EntryExists = CONFLICT "ENTRY_EXISTS";
    EnvProjectExists = CONFLICT "ENV_PROJECT_EXISTS";
    TwoFactorDepleted = CONFLICT "TWO_FACTOR_DEPLETED";
    EmailTaken = CONFLICT "EMAIL_TAKEN";
    VersionConflict = CONFLICT "VERSION_CONFLICT";
    PayloadTooLarge = PAYLOAD_TOO_LARGE "PAYLOAD_TOO_LARGE";
    UnsupportedMediaType = UNSUPPORTED_MEDIA_TYPE "UNSUPPORTED_MEDIA_TYPE";
    MisdirectedRequest = MISDIRECTED_REQUEST "MISDIRECTED_REQUEST";
    RateLimited = TOO_MANY_REQUESTS "RATE_LIMITED";
    SecretIntegrityFailure = INTERNAL_SERVER_ERROR "SECRET_INTEGRITY_FAILURE";
    InternalError = INTERNAL_SERVER_ERROR "INTERNAL_ERROR";
    Unavailable = SERVICE_UNAVAILABLE "UNAVAILABLE";
}
