//! Recovery sets, and which of their codes to reveal.

use kagi_domain::{
    fields::{Fields, Invalid},
    model::{
        Patch,
        recovery_set::{CodeIndex, NewRecoverySet, RecoveryCodes, RecoverySetPatch},
    },
    secret::SecretText,
    text::Title,
};

use super::{Raw, raw::parsed};
use crate::schema::input;

input! {
    /// What to make or change of a recovery set.
    pub(crate) struct RecoverySetDraft as "RecoverySetInput" {
        /// Where the codes are good, 1 to 255 characters.
        pub(crate) service: Raw<String> = "service",
        /// Which account there, at most 255 characters.
        pub(crate) label: Raw<String> = "label",
        /// The codes in order, 1 to 100 of 1 to 256 characters each. Blanks round a code are dropped.
        pub(crate) tokens: Raw<Vec<SecretText>> = "tokens",
    }
}

input! {
    /// Which code to reveal.
    pub(crate) struct CodeDraft as "RecoveryCodeInput" {
        /// Its index, from 0 in the order in which the codes were given; the first unused one unless told.
        pub(crate) index: Raw<u64> = "index",
    }
}

impl RecoverySetDraft {
    /// A new set.
    pub(crate) fn into_new(self) -> Result<NewRecoverySet, Invalid> {
        let mut fields = Fields::new();
        let f = &mut fields;
        let service = self.service.needed(f, "service");
        let service = parsed(f, "service", service);
        let label = self.label.optional(f, "label").and_then(|text| label(f, &text));
        let codes = self.tokens.needed(f, "tokens").and_then(|codes| read_codes(f, codes));
        let (service, codes) = fields.finish(service.zip(codes))?;
        Ok(NewRecoverySet { service, label, codes })
    }

    /// A change of a set.
    pub(crate) fn into_patch(self) -> Result<RecoverySetPatch, Invalid> {
        let mut fields = Fields::new();
        let f = &mut fields;
        let service = self.service.change(f, "service");
        let patch = RecoverySetPatch {
            service: parsed(f, "service", service),
            label: match self.label.patch(f, "label", |_, text| Some(text)) {
                Patch::Keep => Patch::Keep,
                Patch::Clear => Patch::Clear,
                Patch::Set(text) => Patch::set_or_clear(label(f, &text)),
            },
            codes: self.tokens.change(f, "tokens").and_then(|codes| read_codes(f, codes)),
            seen: None,
        };
        fields.finish(Some(patch))
    }
}

impl CodeDraft {
    /// The index, if one is named.
    pub(crate) fn into_index(self) -> Result<Option<CodeIndex>, Invalid> {
        let mut fields = Fields::new();
        let index = self.index.optional(&mut fields, "index");
        let index = index.and_then(|number| fields.take("index", CodeIndex::new(number)));
        fields.finish(Some(index))
    }
}

/// Reads a label; blanks are none.
fn label(fields: &mut Fields, text: &str) -> Option<Title> {
    if text.trim().is_empty() { None } else { fields.take("label", text.parse()) }
}

fn read_codes(fields: &mut Fields, codes: Vec<SecretText>) -> Option<RecoveryCodes> {
    fields.take("tokens", RecoveryCodes::new(codes))
}
