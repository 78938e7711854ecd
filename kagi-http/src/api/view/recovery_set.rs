//! Recovery sets without their codes, and a revealed code.

use kagi_domain::{
    model::recovery_set::{CodeUse, RecoverySet},
    services::recovery_sets::RevealedCode,
};

use super::{exposed::Exposed, text};
use crate::{api::answer::View, schema::view};

view! {
    /// A recovery set: the recovery codes of one service. The codes themselves are not here.
    pub(crate) struct RecoverySetView as "RecoverySet" {
        /// Its id.
        id: String = "id",
        /// Where the codes are good.
        service: String = "service",
        /// Which account there.
        label: Option<String> = "label",
        /// How many codes there are.
        total_count: usize = "totalCount",
        /// How many of them were used.
        used_count: usize = "usedCount",
        /// The codes in order, each with its use.
        codes: Vec<CodeView> = "codes",
        /// When it was made.
        created_at: String = "createdAt",
        /// When it was last changed. The use of a code is no change.
        updated_at: String = "updatedAt",
    }
}

view! {
    /// The use of a code.
    struct CodeView as "RecoveryCode" {
        /// Its index, from 0 in the order in which the codes were given.
        index: usize = "index",
        /// When it was first revealed.
        used_at: Option<String> = "usedAt",
    }
}

view! {
    /// A revealed recovery code.
    pub(crate) struct RevealedCodeView as "RevealedRecoveryCode" {
        /// The set's id.
        id: String = "id",
        /// Where the code is good.
        service: String = "service",
        /// The code.
        token: Exposed = "token",
        /// Its index, from 0 in the order in which the codes were given.
        index: u8 = "index",
        /// How many codes are unused now.
        remaining: u8 = "remaining",
    }
}

impl View for RecoverySetView {
    fn room(&self) -> usize {
        512 + 64 * self.codes.len()
    }
}

impl View for RevealedCodeView {
    fn room(&self) -> usize {
        2 * self.service.len() + self.token.room() + 256
    }
}

impl From<RecoverySet> for RecoverySetView {
    fn from(set: RecoverySet) -> Self {
        let code =
            |(index, code): (usize, &CodeUse)| CodeView { index, used_at: text(code.used_at.as_ref()) };
        Self {
            id: set.id.to_string(),
            service: set.service.to_string(),
            label: text(set.label.as_ref()),
            total_count: set.total(),
            used_count: set.used(),
            codes: set.codes.iter().enumerate().map(code).collect(),
            created_at: set.created_at.to_string(),
            updated_at: set.updated_at.to_string(),
        }
    }
}

impl From<RevealedCode> for RevealedCodeView {
    fn from(revealed: RevealedCode) -> Self {
        Self {
            id: revealed.set.to_string(),
            service: revealed.service.to_string(),
            token: Exposed::text(revealed.token),
            index: revealed.index.get(),
            remaining: revealed.remaining,
        }
    }
}
