//! `/linhvuc`: which fields a unit uses; and the catalogue, which the command line extends.
//!
//! `/linhvuc` lists, `/linhvuc bat HT,CT` enables, `/linhvuc tat HT` disables. Fields in use
//! are those enabled and those an official of the unit holds.

use serde_json::json;

use super::change::Change;
use super::reply::Reply;
use super::units::Added;
use super::{Act, Answer, Refusal};
use crate::domain::field::{Field, FieldId};
use crate::domain::figure::{CONTROLS, FIGURES};
use crate::domain::official::Action;
use crate::domain::unit::UnitId;
use crate::grammar::command::read_command;
use crate::grammar::day::read_day;
use crate::grammar::fold::{fold, word_is};
use crate::grammar::people::read_fields;
use crate::store::directory::Directory;
use crate::store::fields;

/// Words that a post gives a meaning of its own, beside figures, days and commands.
const POST_WORDS: [&str; 6] = ["tt", "khong", "ko", "khac", "thu", "ngay"];

/// `/linhvuc [bat|tat FIELDS]` of the unit in hand.
///
/// # Errors
/// A word that is no field, or neither `bat` nor `tat`.
pub async fn fields(act: &mut Act<'_>, rest: &str) -> Answer {
    act.ask_leave(Action::Administer)?;
    let (words, unit) = (act.words, act.person.unit);
    let rest = rest.trim();
    if rest.is_empty() {
        return Ok(vec![Reply::text(list(act))]);
    }
    let (verb, named) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
    let on = ["bat", "them", "mo"].iter().any(|v| word_is(verb, v));
    let off = ["tat", "bo", "xoa"].iter().any(|v| word_is(verb, v));
    if !on && !off || named.trim().is_empty() {
        return Err(Refusal::Told(words.fields_usage()));
    }
    let mut change = act.change();
    let chosen = chosen(&change, named)?;
    let names = change.field_names(&chosen);
    if on {
        enable(&mut change, unit, &chosen).await?;
        return Ok(vec![Reply::text(words.fields_enabled(names))]);
    }
    let held = disable(&mut change, unit, &chosen).await?;
    let mut text = words.fields_disabled(names);
    if !held.is_empty() {
        text = format!("{text}\n{}", words.fields_still_held(change.field_names(&held)));
    }
    Ok(vec![Reply::text(text)])
}

fn list(act: &Act<'_>) -> String {
    let used = act.dir.fields_in_use(act.person.unit, act.today);
    let name = |f: &Field| format!("{} {}", f.code, f.name);
    let of = |in_use: bool| {
        let names: Vec<String> = act.dir.fields.iter().filter(|f| used.contains(&f.id) == in_use).map(name).collect();
        if names.is_empty() { act.words.fields_none() } else { names.join("; ") }
    };
    let unit = act.dir.unit(act.person.unit).map_or("", |u| u.name.as_str());
    act.words.fields_list(unit, of(true), of(false))
}

/// The fields of a typed list.
///
/// # Errors
/// The word that is no field, or a list without any.
pub fn chosen(change: &Change<'_>, typed: &str) -> Result<Vec<FieldId>, Refusal> {
    let chosen =
        read_fields(typed, &change.dir.fields).map_err(|bad| Refusal::Told(change.words.no_such_field(bad)))?;
    if chosen.is_empty() {
        return Err(Refusal::Told(change.words.no_such_field(typed.trim())));
    }
    Ok(chosen)
}

/// Enables fields for a unit.
pub async fn enable(change: &mut Change<'_>, unit: UnitId, chosen: &[FieldId]) -> Result<(), Refusal> {
    for field in chosen {
        fields::enable(change.conn, unit, *field).await?;
    }
    note(change, unit, "field_enable", chosen).await
}

/// Disables fields for a unit; returns those that stay in use because somebody holds them.
pub async fn disable(change: &mut Change<'_>, unit: UnitId, chosen: &[FieldId]) -> Result<Vec<FieldId>, Refusal> {
    for field in chosen {
        fields::disable(change.conn, unit, *field).await?;
    }
    note(change, unit, "field_disable", chosen).await?;
    let members = change.dir.members_of(unit).iter().filter(|m| m.span.holds(change.today));
    let held: Vec<FieldId> = members.flat_map(|m| m.fields_on(change.today)).collect();
    Ok(chosen.iter().copied().filter(|f| held.contains(f)).collect())
}

async fn note(change: &mut Change<'_>, unit: UnitId, kind: &str, chosen: &[FieldId]) -> Result<(), Refusal> {
    let codes: Vec<&str> = chosen.iter().filter_map(|f| change.dir.field(*f)).map(|f| f.code.as_str()).collect();
    let detail = json!({ "fields": codes });
    change.note(Some(unit), kind, detail).await?;
    Ok(())
}

/// Adds a field at the end of the catalogue; the same row again is unchanged.
///
/// # Errors
/// A code or alias that means something else already, the same code with other values.
pub async fn add_field(change: &mut Change<'_>, code: &str, name: &str, aliases: &[String]) -> Result<Added, Refusal> {
    let (code, name) = (code.trim(), name.split_whitespace().collect::<Vec<_>>().join(" "));
    let aliases: Vec<String> = aliases.iter().map(|a| a.trim().to_string()).filter(|a| !a.is_empty()).collect();
    if name.is_empty() {
        return Err(Refusal::Told(change.words.field_no_name(code)));
    }
    if let Some(held) = change.dir.fields.iter().find(|f| f.code == code) {
        return if held.name == name && held.aliases == aliases {
            Ok(Added::Unchanged)
        } else {
            Err(Refusal::Told(change.words.field_differs(code, &held.name)))
        };
    }
    for word in [code].into_iter().chain(aliases.iter().map(String::as_str)) {
        if !is_code(word) {
            return Err(Refusal::Told(change.words.field_bad_code(word)));
        }
        if is_taken(change.dir, word) {
            return Err(Refusal::Told(change.words.field_taken(word)));
        }
    }
    if is_taken(change.dir, &name) {
        return Err(Refusal::Told(change.words.field_taken(&name)));
    }
    fields::add(change.conn, code, &name, &aliases).await?;
    change.note(None, "field_add", json!({"code": code, "name": name, "aliases": aliases})).await?;
    Ok(Added::New)
}

/// Two to ten letters: a digit behind would read as a figure's number.
fn is_code(word: &str) -> bool {
    (2..=10).contains(&word.chars().count()) && word.chars().all(char::is_alphabetic)
}

/// Whether a word already means a figure, an indicator, a field, a day or a command.
fn is_taken(dir: &Directory, word: &str) -> bool {
    let folded = fold(word);
    let joined: String = folded.split_whitespace().collect();
    let is = |w: &str| w == folded || w.replace(' ', "") == joined;
    let day = chrono::NaiveDate::default();
    FIGURES.iter().any(|r| r.words.iter().any(|w| is(w)))
        || CONTROLS.iter().any(|(_, _, words)| words.iter().any(|w| is(w)))
        || dir.indicators.iter().any(|i| i.words.iter().any(|w| is(&fold(w))))
        || dir.fields.iter().any(|f| [&f.code, &f.name].into_iter().chain(&f.aliases).any(|w| is(&fold(w))))
        || POST_WORDS.contains(&folded.as_str())
        || read_day(&folded, day).is_some_and(|d| d.rest.is_empty())
        || read_command(&folded, true, None).is_some_and(|(_, rest)| rest.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_no_word_that_a_post_reads_otherwise() {
        let dir = Directory::default();
        for word in ["QH", "th", "BS", "TT", "con", "homnay", "CN", "Mẫu", "ton qua han"] {
            assert!(is_taken(&dir, word), "{word}");
        }
        for word in ["QHXD", "XD", "ATTP"] {
            assert!(!is_taken(&dir, word), "{word}");
        }
        assert!(is_code("QHXD") && is_code("ĐĐ"));
        assert!(!is_code("A") && !is_code("X2") && !is_code("A B"));
    }
}
