//! The domain's errors, one by one.

use kagi_domain::{
    access::Denied,
    fields::Invalid,
    model::category::ShapeError,
    ports::{PlannerError, StorageError},
    services::{
        access_keys::AccessKeyError, account::AccountError, audit_trail::AuditTrailError,
        categories::CategoryError, composer::ComposerError, encryption::EncryptionError, entries::EntryError,
        env_projects::EnvProjectError, export::ExportError, overview::OverviewError,
        recovery_sets::RecoverySetError, sign_in::SignInError,
    },
};

use super::{Code, Problem};

impl From<Invalid> for Problem {
    fn from(invalid: Invalid) -> Self {
        let fields = invalid.fields().to_vec();
        Self { fields, ..Self::new(Code::ValidationError, "Some fields need your attention.") }
    }
}

impl From<Denied> for Problem {
    fn from(denied: Denied) -> Self {
        let code = match denied {
            Denied::Scope(_) | Denied::Project(_) => Code::AuthScopeRequired,
            Denied::SessionRequired => Code::SessionRequired,
            Denied::ReauthRequired => Code::ReauthRequired,
        };
        Self::new(code, denied.to_string())
    }
}

impl From<StorageError> for Problem {
    fn from(error: StorageError) -> Self {
        match error {
            StorageError::Conflict => Self::unavailable(1),
            StorageError::Unavailable => Self::unavailable(5),
            StorageError::Duplicate(_) | StorageError::Corrupt | StorageError::Internal => Self::internal(),
        }
    }
}

impl From<ShapeError> for Problem {
    fn from(error: ShapeError) -> Self {
        match error {
            ShapeError::SimpleRequiresEnvVar => {
                Self::new(Code::CategorySimpleRequiresEnvVar, error.to_string())
            }
            ShapeError::GroupRequiresFields => {
                Self::new(Code::CategoryGroupRequiresFields, error.to_string())
            }
            ShapeError::DuplicateField | ShapeError::TooManyFields | ShapeError::FieldsOnSimple => {
                Invalid::field("fieldDefinitions", error).into()
            }
            ShapeError::EnvVarOnGroup => Invalid::field("envVarName", error).into(),
        }
    }
}

impl From<CategoryError> for Problem {
    fn from(error: CategoryError) -> Self {
        let code = match error {
            CategoryError::Denied(denied) => return denied.into(),
            CategoryError::Invalid(invalid) => return invalid.into(),
            CategoryError::Shape(shape) => return shape.into(),
            CategoryError::Storage(error) => return error.into(),
            CategoryError::NotFound => Code::CategoryNotFound,
            CategoryError::Exists => Code::CategoryExists,
            CategoryError::Stale => Code::VersionConflict,
            CategoryError::TypeInUse | CategoryError::FieldInUse => Code::CategoryInUse,
        };
        Self::new(code, error.to_string())
    }
}

impl From<EntryError> for Problem {
    fn from(error: EntryError) -> Self {
        let code = match error {
            EntryError::Denied(denied) => return denied.into(),
            EntryError::Invalid(invalid) => return invalid.into(),
            EntryError::Storage(error) => return error.into(),
            EntryError::Unsealable => return Self::internal(),
            EntryError::NotFound => Code::EntryNotFound,
            EntryError::CategoryNotFound => Code::CategoryNotFound,
            EntryError::VersionNotFound => Code::VersionNotFound,
            EntryError::Stale | EntryError::CurrentVersion | EntryError::Changed(_) => Code::VersionConflict,
            EntryError::Exists => Code::EntryExists,
            EntryError::Integrity => Code::SecretIntegrityFailure,
        };
        Self::new(code, error.to_string())
    }
}

impl From<EnvProjectError> for Problem {
    fn from(error: EnvProjectError) -> Self {
        let code = match error {
            EnvProjectError::Denied(denied) => return denied.into(),
            EnvProjectError::Invalid(invalid) => return invalid.into(),
            EnvProjectError::Storage(error) => return error.into(),
            EnvProjectError::Unsealable => return Self::internal(),
            EnvProjectError::NotFound => Code::EnvProjectNotFound,
            EnvProjectError::FileNotFound => Code::EnvFileNotFound,
            EnvProjectError::VersionNotFound => Code::VersionNotFound,
            EnvProjectError::Stale | EnvProjectError::CurrentVersion | EnvProjectError::VersionConflict => {
                Code::VersionConflict
            }
            EnvProjectError::Exists => Code::EnvProjectExists,
            EnvProjectError::Integrity => Code::SecretIntegrityFailure,
        };
        Self::new(code, error.to_string())
    }
}

impl From<ComposerError> for Problem {
    fn from(error: ComposerError) -> Self {
        let code = match error {
            ComposerError::Denied(denied) => return denied.into(),
            ComposerError::Storage(error) => return error.into(),
            ComposerError::Throttled { retry_after } => {
                return Self::new(Code::RateLimited, error.to_string()).retry_after(retry_after);
            }
            ComposerError::Integrity => Code::SecretIntegrityFailure,
            ComposerError::Planner(PlannerError::TimedOut) => Code::AiTimeout,
            ComposerError::Planner(
                PlannerError::Unreachable
                | PlannerError::Limited
                | PlannerError::Unauthorized
                | PlannerError::Failed
                | PlannerError::Refused
                | PlannerError::Truncated
                | PlannerError::Unusable,
            ) => Code::AiUnavailable,
        };
        Self::new(code, error.to_string())
    }
}

impl From<RecoverySetError> for Problem {
    fn from(error: RecoverySetError) -> Self {
        let code = match error {
            RecoverySetError::Denied(denied) => return denied.into(),
            RecoverySetError::Invalid(invalid) => return invalid.into(),
            RecoverySetError::Storage(error) => return error.into(),
            RecoverySetError::Unsealable => return Self::internal(),
            RecoverySetError::NotFound => Code::TwoFactorNotFound,
            RecoverySetError::Stale => Code::VersionConflict,
            RecoverySetError::Depleted => Code::TwoFactorDepleted,
            RecoverySetError::Integrity => Code::SecretIntegrityFailure,
        };
        Self::new(code, error.to_string())
    }
}

impl From<AccessKeyError> for Problem {
    fn from(error: AccessKeyError) -> Self {
        match error {
            AccessKeyError::Denied(denied) => denied.into(),
            AccessKeyError::Invalid(invalid) => invalid.into(),
            AccessKeyError::Storage(error) => error.into(),
            AccessKeyError::NotFound => Self::new(Code::AccessKeyNotFound, error.to_string()),
        }
    }
}

impl From<AccountError> for Problem {
    fn from(error: AccountError) -> Self {
        match error {
            AccountError::Denied(denied) => denied.into(),
            AccountError::Invalid(invalid) => invalid.into(),
            AccountError::Storage(error) => error.into(),
            AccountError::Gone => Self::auth_required(),
            AccountError::SessionNotFound => Self::new(Code::SessionNotFound, error.to_string()),
        }
    }
}

impl From<AuditTrailError> for Problem {
    fn from(error: AuditTrailError) -> Self {
        match error {
            AuditTrailError::Denied(denied) => denied.into(),
            AuditTrailError::Invalid(invalid) => invalid.into(),
            AuditTrailError::Storage(error) => error.into(),
        }
    }
}

impl From<OverviewError> for Problem {
    fn from(error: OverviewError) -> Self {
        match error {
            OverviewError::Denied(denied) => denied.into(),
            OverviewError::Storage(error) => error.into(),
        }
    }
}

impl From<EncryptionError> for Problem {
    fn from(error: EncryptionError) -> Self {
        match error {
            EncryptionError::Denied(denied) => denied.into(),
            EncryptionError::Storage(error) => error.into(),
        }
    }
}

impl From<ExportError> for Problem {
    fn from(error: ExportError) -> Self {
        match error {
            ExportError::Denied(denied) => denied.into(),
            ExportError::Storage(error) => error.into(),
        }
    }
}

impl From<SignInError> for Problem {
    fn from(error: SignInError) -> Self {
        let code = match error {
            SignInError::Denied(denied) => return denied.into(),
            SignInError::Invalid(invalid) => return invalid.into(),
            SignInError::Storage(error) => return error.into(),
            SignInError::Throttled { retry_after } => {
                return Self::new(Code::RateLimited, error.to_string()).retry_after(retry_after);
            }
            SignInError::Busy => {
                return Self { message: error.to_string().into(), ..Self::unavailable(1) };
            }
            SignInError::WrongCredentials => Code::AuthInvalidCredentials,
            // No credential was looked at, so it is not a wrong one, and it has nothing to do with
            // registration: where passwords are switched off, the operation is not there.
            SignInError::PasswordsOff => Code::NotFound,
            SignInError::SignUpClosed | SignInError::SetUpClosed => Code::SignUpClosed,
            SignInError::EmailTaken => Code::EmailTaken,
        };
        Self::new(code, error.to_string())
    }
}
