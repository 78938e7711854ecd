//! How values are sealed.

use std::collections::BTreeMap;

use kagi_domain::{
    model::encryption::Encryption,
    seal::{KeyId, Purpose},
};
use maud::{Markup, html};

use crate::web::part::words::counted;

/// What a vault seals, in the order of the columns.
const KINDS: [(Purpose, &str); 3] = [
    (Purpose::EntryValue, "Values, with their versions"),
    (Purpose::RecoveryCode, "Recovery codes"),
    (Purpose::EnvFile, "Env files, with their versions"),
];

/// The page.
pub(crate) fn page(encryption: &Encryption) -> Markup {
    html! {
        h1 { "Encryption" }
        p.lead { "Values, recovery codes and env files are encrypted before they reach the database. Names, descriptions, notes and labels are not." }
        dl.facts.sheet {
            div { dt { "Algorithm" } dd { "AES-256-GCM" span.soft { ", with a fresh nonce for every value" } } }
            div { dt { "Keys" } dd { "A key of your own for each kind of value" span.soft { ", derived from the master key by HKDF-SHA-256" } } }
            div { dt { "Master key" } dd { code.fingerprint { (encryption.active_key) } p.hint { "Its fingerprint. The key itself is in no database and on no page; whoever runs this Kagi keeps it." } } }
        }
        h2 id="cells" { "What is encrypted under which key" }
        @if encryption.cells.is_empty() { p.nothing { "Nothing is encrypted yet: your vault is empty." } }
        @else { (cells(encryption)) }
    }
}

fn cells(encryption: &Encryption) -> Markup {
    let older = encryption.under_older_keys();
    html! {
        table.cells-by-key aria-labelledby="cells" {
            thead { tr { th scope="col" { "Master key" } @for (_, label) in KINDS { th scope="col" { (label) } } } }
            tbody {
                @for (key, counts) in by_key(encryption) {
                    tr {
                        th scope="row" { code { (key) } " " @if *key == encryption.active_key { span.badge { "active" } } @else { span.badge.expiring { "older" } } }
                        @for count in counts { td { (count) } }
                    }
                }
            }
        }
        @if older > 0 {
            p.hint { (counted(older, "value is", "values are")) " still encrypted under an older key, and can be read as long as the server has that key too." }
        }
    }
}

/// Each key with its numbers, the active one first.
fn by_key(encryption: &Encryption) -> Vec<(&KeyId, [u64; KINDS.len()])> {
    let mut rows: BTreeMap<(bool, &KeyId), [u64; KINDS.len()]> = BTreeMap::new();
    for count in &encryption.cells {
        let row = rows.entry((count.key != encryption.active_key, &count.key)).or_default();
        for (number, (purpose, _)) in row.iter_mut().zip(KINDS) {
            *number += if purpose == count.purpose { count.cells } else { 0 };
        }
    }
    rows.into_iter().map(|((_, key), row)| (key, row)).collect()
}

#[cfg(test)]
mod tests {
    use kagi_domain::model::encryption::CellCount;

    use super::*;

    #[test]
    fn the_active_key_stands_first_and_older_ones_are_told() {
        let key = |text: &str| KeyId::from_stored(text.to_owned());
        let of = |text, purpose, cells| CellCount { key: key(text), purpose, cells };
        let cells = vec![
            of("aa", Purpose::EntryValue, 3),
            of("bb", Purpose::EntryValue, 7),
            of("bb", Purpose::RecoveryCode, 5),
            of("bb", Purpose::EnvFile, 2),
        ];
        let encryption = Encryption { active_key: key("bb"), cells };
        assert_eq!(by_key(&encryption), [(&key("bb"), [7, 5, 2]), (&key("aa"), [3, 0, 0])]);
        assert!(page(&encryption).into_string().contains("3 values are still encrypted under an older key"));
        let encryption = Encryption { cells: Vec::new(), ..encryption };
        assert!(page(&encryption).into_string().contains("your vault is empty"));
    }
}
