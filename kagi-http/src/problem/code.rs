//! The codes of the API, each with its status.

use poem::http::StatusCode;

macro_rules! codes {
    ($($name:ident = $status:ident $text:literal: $meaning:literal;)+) => {
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

            /// What it means and what to do about it, for the API's document.
            #[must_use]
            pub const fn meaning(self) -> &'static str {
                match self { $(Self::$name => $meaning,)+ }
            }
        }
    };
}

codes! {
    ValidationError = BAD_REQUEST "VALIDATION_ERROR":
        "A field or parameter is not right; `fields` names each mistake.";
    CategorySimpleRequiresEnvVar = BAD_REQUEST "CATEGORY_SIMPLE_REQUIRES_ENV_VAR":
        "A simple category names one environment variable and no fields.";
    CategoryGroupRequiresFields = BAD_REQUEST "CATEGORY_GROUP_REQUIRES_FIELDS":
        "A group names at least one field and no environment variable.";
    PromptContainsSecret = BAD_REQUEST "PROMPT_CONTAINS_SECRET":
        "The prompt holds something shaped like a key; nothing was sent.";
    AuthRequired = UNAUTHORIZED "AUTH_REQUIRED":
        "There is no credential, or the session has ended: send an access key, or sign in.";
    AuthInvalidKey = UNAUTHORIZED "AUTH_INVALID_KEY": "The access key is unknown, expired or revoked.";
    AuthInvalidCredentials = UNAUTHORIZED "AUTH_INVALID_CREDENTIALS": "The address or the password is wrong.";
    AuthScopeRequired = FORBIDDEN "AUTH_SCOPE_REQUIRED":
        "The access key lacks the scope, or its project limit does not reach so far.";
    SessionRequired = FORBIDDEN "SESSION_REQUIRED":
        "Only a signed-in person may do this, never an access key.";
    ReauthRequired = FORBIDDEN "REAUTH_REQUIRED":
        "The password was given too long ago: confirm it by `POST /account/reauth` and try again.";
    CsrfRejected = FORBIDDEN "CSRF_REJECTED": "A browser sent the request from another site.";
    SignUpClosed = FORBIDDEN "SIGN_UP_CLOSED": "The operator lets nobody register.";
    NotFound = NOT_FOUND "NOT_FOUND": "There is nothing at this address.";
    CategoryNotFound = NOT_FOUND "CATEGORY_NOT_FOUND": "There is no such category, or it is not yours.";
    EntryNotFound = NOT_FOUND "ENTRY_NOT_FOUND": "There is no such entry, or it is not yours.";
    VersionNotFound = NOT_FOUND "VERSION_NOT_FOUND": "There is no such version, or it is no longer kept.";
    TwoFactorNotFound = NOT_FOUND "TWO_FACTOR_NOT_FOUND": "There is no such set or code, or it is not yours.";
    EnvProjectNotFound = NOT_FOUND "ENV_PROJECT_NOT_FOUND": "There is no such env project, or it is not yours.";
    EnvFileNotFound = NOT_FOUND "ENV_FILE_NOT_FOUND": "There is no such file in this project.";
    AccessKeyNotFound = NOT_FOUND "ACCESS_KEY_NOT_FOUND": "There is no such access key, or it is not yours.";
    SessionNotFound = NOT_FOUND "SESSION_NOT_FOUND": "There is no such session, or it is not yours.";
    MethodNotAllowed = METHOD_NOT_ALLOWED "METHOD_NOT_ALLOWED":
        "The address does not support the method; the `Allow` header lists those it does.";
    CategoryExists = CONFLICT "CATEGORY_EXISTS": "A category of this name exists, in whatever spelling.";
    CategoryInUse = CONFLICT "CATEGORY_IN_USE": "Entries use what the change would take away.";
    EntryExists = CONFLICT "ENTRY_EXISTS":
        "The category has an entry for this project and environment already.";
    EnvProjectExists = CONFLICT "ENV_PROJECT_EXISTS":
        "An env project of this name exists, in whatever spelling.";
    TwoFactorDepleted = CONFLICT "TWO_FACTOR_DEPLETED": "Every code of the set is used.";
    EmailTaken = CONFLICT "EMAIL_TAKEN": "The address has an account already.";
    VersionConflict = CONFLICT "VERSION_CONFLICT":
        "Somebody saved in between, or the version is the current one; read again and decide.";
    PayloadTooLarge = PAYLOAD_TOO_LARGE "PAYLOAD_TOO_LARGE":
        "The body is larger than this operation accepts.";
    UnsupportedMediaType = UNSUPPORTED_MEDIA_TYPE "UNSUPPORTED_MEDIA_TYPE":
        "Send the body as `application/json`.";
    MisdirectedRequest = MISDIRECTED_REQUEST "MISDIRECTED_REQUEST": "The `Host` header names another server.";
    RateLimited = TOO_MANY_REQUESTS "RATE_LIMITED":
        "Too many attempts; wait as many seconds as `Retry-After` says.";
    SecretIntegrityFailure = INTERNAL_SERVER_ERROR "SECRET_INTEGRITY_FAILURE":
        "The stored value was changed outside of Kagi and cannot be trusted.";
    InternalError = INTERNAL_SERVER_ERROR "INTERNAL_ERROR":
        "Something went wrong on the server; its log knows the request's id.";
    AiUnavailable = BAD_GATEWAY "AI_UNAVAILABLE": "The model did not answer, or not usably; the built-in matcher can be asked with `offline`.";
    AiTimeout = GATEWAY_TIMEOUT "AI_UNAVAILABLE": "The model took longer than 60 seconds in all.";
    Unavailable = SERVICE_UNAVAILABLE "UNAVAILABLE":
        "The vault is not available, or has no room for the body at the moment; try again after `Retry-After` seconds.";
}
