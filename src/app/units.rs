//! Units are added: on the command line, or a whole province at once from a file.

use serde_json::json;

use super::Refusal;
use super::change::Change;
use crate::domain::period::Scheme;
use crate::domain::unit::UnitId;
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
        return told(change.words.unit_bad_code(code));
    }
    if name.is_empty() {
        return told(change.words.unit_no_name(code));
    }
    let parent = match row.parent.as_deref().map(str::trim).filter(|p| !p.is_empty()) {
        None => None,
        Some(parent) => match units::by_code(change.conn, parent).await? {
            Some(parent) => Some(parent.id),
            None => return told(change.words.no_such_unit(parent)),
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
