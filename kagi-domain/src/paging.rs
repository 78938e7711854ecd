//! Keyset paging: a page's cost does not grow with its depth.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use uuid::Uuid;

use crate::fields::Invalid;

/// Where a page ended: the sort key of its last row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cursor {
    /// Lists ordered by id.
    Id(Uuid),
    /// Lists ordered by a folded name, which is unique within its owner.
    Key(String),
    /// Lists ordered by a number, which is unique within its parent.
    Number(u32),
}

/// The text is not a cursor that this list gave out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("This cursor is not one that this list gave out; start again without it.")]
pub struct InvalidCursor;

impl Cursor {
    /// The opaque text for clients.
    #[must_use]
    pub fn encode(&self) -> String {
        let text = match self {
            Self::Id(id) => format!("i{id}"),
            Self::Key(key) => format!("k{key}"),
            Self::Number(number) => format!("n{number}"),
        };
        URL_SAFE_NO_PAD.encode(text)
    }

    /// Reads [`Self::encode`] back.
    ///
    /// # Errors
    ///
    /// [`InvalidCursor`].
    pub fn decode(text: &str) -> Result<Self, InvalidCursor> {
        let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| InvalidCursor)?;
        let text = String::from_utf8(bytes).map_err(|_| InvalidCursor)?;
        match text.split_at_checked(1) {
            Some(("i", id)) => Uuid::try_parse(id).map(Self::Id).map_err(|_| InvalidCursor),
            Some(("k", key)) if !key.contains('\0') => Ok(Self::Key(key.to_owned())),
            Some(("n", number)) => number.parse().map(Self::Number).map_err(|_| InvalidCursor),
            _ => Err(InvalidCursor),
        }
    }
}

/// How many rows a page holds at most: 1 to 1000.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageLimit(u16);

/// The number is out of range.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("Give a limit between 1 and 1000.")]
pub struct InvalidLimit;

impl PageLimit {
    /// Takes a number of rows.
    ///
    /// # Errors
    ///
    /// [`InvalidLimit`] outside 1 to 1000.
    pub fn new(rows: u64) -> Result<Self, InvalidLimit> {
        match u16::try_from(rows) {
            Ok(rows @ 1..=1000) => Ok(Self(rows)),
            _ => Err(InvalidLimit),
        }
    }

    /// A number of rows that is known to be in range; what is not is brought into it.
    pub(crate) const fn of(rows: u16) -> Self {
        match rows {
            0 => Self(1),
            1..=1000 => Self(rows),
            _ => Self(1000),
        }
    }

    /// The number of rows.
    #[must_use]
    pub const fn rows(self) -> u16 {
        self.0
    }
}

impl Default for PageLimit {
    fn default() -> Self {
        Self(200)
    }
}

/// By what a list is ordered, and so which cursors it gives out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    Id,
    Key,
    Number,
}

impl Cursor {
    const fn order(&self) -> Order {
        match self {
            Self::Id(_) => Order::Id,
            Self::Key(_) => Order::Key,
            Self::Number(_) => Order::Number,
        }
    }
}

/// Which page of a list is wanted.
#[derive(Debug, Clone, Default)]
pub struct PageRequest {
    /// How many rows at most.
    pub limit: PageLimit,
    /// After which row; from the start when `None`.
    pub after: Option<Cursor>,
}

impl PageRequest {
    /// Refuses a cursor of a list with another order: read as "from the start" it would show rows
    /// twice and never end.
    pub(crate) fn ordered_by(&self, order: Order) -> Result<(), Invalid> {
        match &self.after {
            Some(cursor) if cursor.order() != order => Err(Invalid::field("cursor", InvalidCursor)),
            _ => Ok(()),
        }
    }
}

/// One page of a list.
#[derive(Debug, Clone)]
pub struct Page<T> {
    /// The rows in the list's order.
    pub items: Vec<T>,
    /// Where the next page starts; `None` when this is the last.
    pub next: Option<Cursor>,
    /// How many rows of this page are damaged and left out.
    pub damaged: usize,
}

impl<T> Page<T> {
    /// Cuts a page from rows that were read with one more than the limit, as a probe for the next.
    #[must_use]
    pub fn cut(mut items: Vec<T>, limit: PageLimit, cursor: impl Fn(&T) -> Cursor) -> Self {
        let rows = usize::from(limit.rows());
        let more = items.len() > rows;
        items.truncate(rows);
        let next = if more { items.last().map(cursor) } else { None };
        Self { items, next, damaged: 0 }
    }

    /// Cuts a page from stored rows, one more than the limit as above. A row that cannot be read is left
    /// out and counted: it hides no other, and what it hides itself is not passed over in silence.
    #[must_use]
    pub fn read<R, E>(
        rows: Vec<R>,
        limit: PageLimit,
        cursor: impl Fn(&R) -> Cursor,
        read: impl Fn(&R) -> Result<T, E>,
    ) -> Self {
        let Page { items: rows, next, .. } = Page::cut(rows, limit, cursor);
        let items: Vec<T> = rows.iter().filter_map(|row| read(row).ok()).collect();
        Self { damaged: rows.len() - items.len(), items, next }
    }
}
