//! What the domain needs from outside. Each trait's documentation is its contract: every sentence
//! of it is a case of the contract suite that all adapters pass.

mod ambient;
mod catalog;
mod cipher;
mod directory;
mod env_projects;
mod identity;
mod planner;
mod recovery_sets;
mod storage;
mod unit;
mod versions;

pub use ambient::{Clock, Entropy};
pub use catalog::Catalog;
pub use cipher::{Cipher, CipherError, Digester, TokenDigest};
pub use directory::{Bucket, Directory, Installation, KeyHolder, SessionHolder, Throttle, Use};
pub use env_projects::{EnvFileDisclosure, EnvFileRepository, EnvProjectRepository};
pub use identity::{HasherError, PasswordHasher};
pub use planner::{Engine, PATIENCE, Planner, PlannerError};
pub use recovery_sets::{CodeAnswer, CodeDisclosure, CodePick, NewCode, RecoverySetRepository};
pub use storage::{EntryDisclosure, Storage, StorageError, Unique};
pub use unit::{
    AccessKeyRepository, CategoryRepository, CategoryUsage, EntryRepository, SessionRepository, UnitOfWork,
    UserRepository,
};
pub use versions::VersionHistory;
