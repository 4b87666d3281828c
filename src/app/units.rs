//! Units are added: on the command line, or a whole province at once from a file.

use serde_json::json;

use super::Refusal;
use super::change::Change;
use crate::domain::period::Scheme;
use crate::domain::unit::UnitId;
use crate::grammar::names::quoted;
use crate::store::units::{self, NewUnit};

/// A unit as it is typed; what is `None` was not said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UnitRow {
    pub code: String,
    pub name: String,
    pub parent: Option<String>,
    pub scheme: Option<Scheme>,
}

/// Whether a row brought something new.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Added {
    New,
    Unchanged,
}

/// Adds a unit. The same row again is unchanged.
///
/// # Errors
/// A code that is none, a parent that does not exist, the same code with other values.
pub async fn add_unit(change: &mut Change<'_>, row: &UnitRow) -> Result<(UnitId, Added), Refusal> {
    let told = |sentence: String| Err(Refusal::Told(sentence));
    let (code, name) = (row.code.trim(), row.name.split_whitespace().collect::<Vec<_>>().join(" "));
    if !is_code(code) {
        return told(change.words.unit_bad_code(quoted(code)));
    }
    if name.is_empty() {
        return told(change.words.unit_no_name(code));
    }
    if !is_name(&name) {
        return told(change.words.unit_bad_name(code));
    }
    let parent = match row.parent.as_deref().map(str::trim).filter(|p| !p.is_empty()) {
        None => None,
        Some(parent) => match units::by_code(change.conn, parent).await? {
            Some(parent) => Some(parent.id),
            None => return told(change.words.no_such_unit(quoted(parent))),
        },
    };
    if let Some(held) = units::by_code(change.conn, code).await? {
        let other_parent = parent.is_some() && parent != held.parent;
        let other_scheme = row.scheme.is_some_and(|s| s != held.scheme);
        if held.name != name || other_parent || other_scheme {
            return told(change.words.unit_differs(held.code, held.name));
        }
        return Ok((held.id, Added::Unchanged));
    }
    let scheme = row.scheme.unwrap_or(Scheme::FifteenFourteen);
    let id = units::add(change.conn, &NewUnit { code, name: &name, parent, scheme, practice: false }).await?;
    let detail = json!({"code": code, "name": name, "parent": parent.map(|p| p.0), "scheme": scheme.key()});
    change.note(Some(id), "unit", detail).await?;
    Ok((id, Added::New))
}

/// Letters without marks, digits, `-`, `_` and `.`, at most 20: what is typed alike on every
/// keyboard.
fn is_code(code: &str) -> bool {
    (1..=20).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b))
}

/// A name as it is kept: what is printed over a report is one line, which nothing turns
/// around, at most 200 letters.
fn is_name(name: &str) -> bool {
    let turns = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    name.chars().count() <= 200 && !name.chars().any(|c| c.is_control() || turns(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_line_and_short() {
        for (name, expected) in [
            ("UBND xã Khúc Thừa Dụ", true),
            (&*"ữ".repeat(200), true),
            (&*"ữ".repeat(201), false),
            ("UBND\nxã", false),
            ("UBND\u{1b}[31m", false),
            ("UBND\0", false),
            ("UBND \u{202e}xã", false),
        ] {
            assert_eq!(is_name(name), expected, "{name:?}");
        }
    }

    #[test]
    fn a_code_is_typed_alike_on_every_keyboard() {
        for (code, expected) in
            [("KTD", true), ("a-1_b.2", true), (&*"A".repeat(21), false), ("", false), ("ĐĐ", false), ("A\nB", false)]
        {
            assert_eq!(is_code(code), expected, "{code:?}");
        }
    }
}
