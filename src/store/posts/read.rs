//! What was read of a message, as one seal: its act notes it in the history, so that a line
//! altered, added or deleted later shows ([`crate::store::check`]).

use serde_json::Value;
use sha2::{Digest, Sha256};

/// The form of a post that was read, and the seal over the post and that form's lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Read {
    /// From 1.
    pub form: i64,
    pub seal: [u8; 32],
}

/// A post's own row, as far as replay stands on it.
#[derive(Clone, Copy)]
pub struct Head<'a> {
    pub id: i64,
    pub kind: &'a str,
    pub unit: i64,
    pub sender: i64,
    /// Seconds since 1970.
    pub sent_at: i64,
}

impl Head<'_> {
    /// The seal of one form; `lines` as [`text_of`] writes them.
    pub fn read(&self, form: i64, lines: &str) -> Read {
        let Head { id, kind, unit, sender, sent_at } = self;
        let head = format!("{id} {form} {kind} {unit} {sender} {sent_at};");
        let mut hash = Sha256::new();
        hash.update(head.as_bytes());
        hash.update(lines.as_bytes());
        Read { form, seal: hash.finalize().into() }
    }
}

/// What [`text_of`] writes, in SQL: of the lines `l` of one form in the order of `seq`.
pub(in crate::store) const LINE_TEXT: &str = "l.official_id || ' ' || l.unit_id || ' ' || l.day || ' ' || l.field_id || ' ' || l.subject || ' ' || l.op || ' ' || l.value";

/// Rows of `post_lines` (post, form, seq, then what is sealed) in one text.
pub(super) fn text_of(rows: &[Value]) -> String {
    let column = |v: &Value| v.as_str().map_or_else(|| v.to_string(), str::to_string);
    let row = |row: &Value| {
        let columns = row.as_array().map_or(&[][..], Vec::as_slice);
        columns.iter().skip(3).map(column).collect::<Vec<_>>().join(" ")
    };
    rows.iter().map(row).collect::<Vec<_>>().join(";")
}
