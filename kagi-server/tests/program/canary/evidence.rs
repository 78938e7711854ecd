//! What must not be seen, and where it is looked for.

use std::collections::BTreeMap;

use kagi_tests::spellings;

use super::visitor::Answer;
use crate::support::Database;

/// Where the database keeps what nobody is shown: sealed cells and password hashes as they are, digests
/// in hex.
const CELLS: &str = "SELECT cell FROM entry_versions UNION SELECT cell FROM recovery_codes
                     UNION SELECT cell FROM env_file_versions UNION SELECT cell FROM installation UNION SELECT password_hash FROM users";
const DIGESTS: [&str; 2] = ["SELECT digest FROM access_keys", "SELECT token_digest FROM sessions"];

/// Secrets by what they are called; the bytes of each once.
#[derive(Default)]
pub(super) struct Evidence(BTreeMap<Vec<u8>, String>);

impl Evidence {
    pub(super) fn secret(&mut self, name: &str, text: &str) {
        self.0.insert(text.as_bytes().to_vec(), name.to_owned());
    }

    /// Remembers the cells, hashes and digests that the database holds now.
    pub(super) async fn look_into(&mut self, database: &Database) {
        for text in database.texts(CELLS).await {
            // The parts of a cell, and salt and hash of a password, tell as much as the whole.
            for part in text.split([':', '$']).filter(|part| part.len() >= 16 && !part.contains('=')) {
                self.secret("a part of a cell or hash", part);
            }
            self.secret("a cell or hash", &text);
        }
        for query in DIGESTS {
            for digest in database.bytes(query).await {
                self.0.insert(digest, "a digest".to_owned());
            }
        }
    }

    /// Panics where an answer shows what it should not, or not what it should, or the log shows anything.
    pub(super) fn judge(&self, answers: &[Answer], log: &str) {
        for (secret, name) in &self.0 {
            let spellings = spellings(secret);
            let holds = |text: &str| spellings.iter().any(|spelling| text.contains(spelling));
            for answer in answers {
                let shows = answer.shows.contains(name);
                assert_eq!(holds(&answer.text), shows, "{} and {name}: {}", answer.what, answer.text);
            }
            let line = holds(log).then(|| log.lines().find(|line| holds(line)));
            assert!(line.is_none(), "{name} is in the log: {line:?}");
        }
    }
}
