//! `/so [PERIOD]`: the register of a period as a workbook.

use super::{ExportError, bytes_of, place};
use crate::app::desk::Desk;
use crate::app::reply::{FileKind, FileRecipe, Reader, Rendered, Reply};
use crate::app::{Act, Answer};
use crate::domain::dossier::{Dossier, State, Timeliness};
use crate::report::register_book::{Outcome, RegisterBook, RegisterRow, describe};
use crate::report::workbook::file_name;
use crate::store::directory::Directory;
use crate::store::{Store, dossiers};
use crate::words::numbers::date;
use crate::words::{Locale, Words};

/// Answers with one line and the recipe of the book.
///
/// # Errors
/// A period or unit that is none, or a unit that is not this person's to ask about.
pub fn book(act: &Act<'_>, rest: &str) -> Answer {
    let (unit, period) = super::asked(act, rest)?;
    let recipe = FileRecipe { reader: Reader::All, ..super::recipe(act, FileKind::Register, (unit, &period)) };
    let (label, days) = (act.words.period(&period), act.words.period_days(&period));
    let text = act.words.book_sent(unit.name.as_str(), label, days, date(period.end(act.today)));
    Ok(vec![Reply::text(text).with_file(recipe)])
}

/// Makes the book of a recipe.
pub async fn render(store: &Store, desk: &Desk, recipe: &FileRecipe) -> Result<Rendered, ExportError> {
    let words = Locale::from_key(&recipe.locale).unwrap_or_default().words();
    let facts = {
        let mut snapshot = store.read().await?;
        let dir = desk.directory(&mut snapshot).await?;
        let (unit, period, now) = place(&dir, desk.zone, recipe)?;
        let end = period.end(now.date());
        let held = dossiers::in_hand(&mut snapshot, unit.id, (period.from, end)).await?;
        RegisterBook {
            unit_code: unit.code.clone(),
            unit_name: unit.name.clone(),
            period: format!("{} ({})", words.period(&period), words.period_days(&period)),
            end,
            rows: held.iter().map(|d| row(d, end, &dir, words)).collect(),
        }
    };
    let name = file_name(&facts.unit_code, &format!("sổ {}", recipe.period), "xlsx");
    let bytes = bytes_of(move || describe(&facts, words)).await?;
    Ok(Rendered { name, bytes })
}

/// The dossier as it stood at the end of a day.
fn row(d: &Dossier, end: chrono::NaiveDate, dir: &Directory, words: &Words) -> RegisterRow {
    let ended = d.ended.filter(|e| *e <= end);
    let due = if ended.is_some() { d.due } else { d.due_as_of(end) };
    let is_stopped = d.stops.iter().any(|s| s.from <= end && s.to.is_none_or(|to| to > end));
    let result = match ended {
        Some(_) if d.state == State::Withdrawn => Outcome::Withdrawn,
        Some(on) => Outcome::Resolved(Timeliness::of(due, on), (on - due).num_days().max(0)),
        None if is_stopped => Outcome::Stopped,
        None => Outcome::Pending((end - due).num_days().max(0)),
    };
    RegisterRow {
        code: d.code.clone(),
        field: dir.field(d.field).map(|f| f.name.clone()).unwrap_or_default(),
        received: d.received,
        due,
        promised: d.promised,
        ended,
        result,
        holder: d.holder.and_then(|h| dir.official(h)).map(|o| o.name.clone()).unwrap_or_default(),
        reason: d.why_late().map(|(reason, text)| words.reason_of(reason, text)),
    }
}
