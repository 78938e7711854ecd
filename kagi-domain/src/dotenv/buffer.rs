//! A text that grows without leaving copies of itself behind.

use zeroize::Zeroizing;

use crate::secret::SecretText;

/// Collects a secret text. When it has to move to a larger place, the old one is wiped.
pub(super) struct SecretBuffer(Zeroizing<String>);

impl SecretBuffer {
    /// An empty text with room for that many bytes.
    pub(super) fn with_capacity(bytes: usize) -> Self {
        Self(Zeroizing::new(String::with_capacity(bytes)))
    }

    pub(super) fn push(&mut self, char: char) {
        self.push_str(char.encode_utf8(&mut [0; 4]));
    }

    pub(super) fn push_str(&mut self, text: &str) {
        let needed = self.0.len() + text.len();
        if needed > self.0.capacity() {
            let mut larger = Zeroizing::new(String::with_capacity(needed.max(2 * self.0.capacity())));
            larger.push_str(&self.0);
            self.0 = larger;
        }
        self.0.push_str(text);
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// What was added since the text had that length.
    pub(super) fn behind(&self, length: usize) -> &str {
        self.0.get(length..).unwrap_or_default()
    }

    /// The text, moved out.
    pub(super) fn into_text(mut self) -> SecretText {
        SecretText::new(std::mem::take(&mut *self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_went_in_comes_out() {
        let mut buffer = SecretBuffer::with_capacity(0);
        for _ in 0..100 {
            buffer.push('鍵');
            buffer.push_str("=x");
        }
        assert_eq!(buffer.into_text().expose(), "鍵=x".repeat(100));
    }
}
