//! `/xuat [PERIOD] [UNIT]`: the workbook of SPEC §6, and the same for the command line; what
//! other documents of a period share with it.
//!
//! A reply holds only the recipe; [`render`] gathers everything anew from one read snapshot
//! when the file leaves, with the recipe's instant as "today", and builds the file off the
//! async threads. The same data gives the same bytes.

mod card;
pub mod checks;
mod days;
mod facts;
mod log;
pub mod overdue;
mod register;

pub use card::card;
pub use register::book;

use chrono::NaiveDateTime;
use chrono_tz::Tz;

use super::desk::Desk;
use super::reply::{FileKind, FileRecipe, Reader, Rendered, Reply};
use super::scope::{period_for, unit_for};
use super::{Act, Answer};
use crate::domain::official::{Action, may};
use crate::domain::period::Period;
use crate::domain::unit::{Unit, UnitId};
use crate::grammar::period::{read_period, spell};
use crate::render::xlsx;
use crate::report::book::Book;
use crate::report::workbook::{State, describe, file_name};
use crate::store::directory::Directory;
use crate::store::{Connection, Store, StoreError, closed, days::instant};
use crate::words::Locale;
use crate::words::numbers::date;

/// Why there is no document.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("unit {0} is not there")]
    NoUnit(i64),
    #[error("“{0}” is no period")]
    NoPeriod(String),
    #[error("workbook: {0}")]
    Workbook(String),
    #[error("card: {0}")]
    Card(String),
}

/// Makes the document of a recipe.
///
/// # Errors
/// Of the database; a recipe whose unit or period is none; a workbook larger than Excel's
/// sheets.
pub async fn render(store: &Store, desk: &Desk, recipe: &FileRecipe) -> Result<Rendered, ExportError> {
    match recipe.kind {
        FileKind::Workbook => workbook(store, desk, recipe).await,
        FileKind::Register => register::render(store, desk, recipe).await,
        FileKind::Card => card::render(store, desk, recipe).await,
    }
}

async fn workbook(store: &Store, desk: &Desk, recipe: &FileRecipe) -> Result<Rendered, ExportError> {
    let facts = {
        let mut snapshot = store.read().await?;
        let dir = desk.directory(&mut snapshot).await?;
        facts::gather(&mut snapshot, &dir, desk.zone, recipe).await?
    };
    let words = Locale::from_key(&recipe.locale).unwrap_or_default().words();
    let name = file_name(&facts.summary.unit_code, &facts.period, "xlsx");
    let bytes = bytes_of(move || describe(&facts.workbook(), words)).await?;
    Ok(Rendered { name, bytes })
}

/// Writes a book off the async threads.
async fn bytes_of(book: impl FnOnce() -> Book + Send + 'static) -> Result<Vec<u8>, ExportError> {
    match tokio::task::spawn_blocking(move || xlsx::write(&book())).await {
        Ok(Ok(bytes)) => Ok(bytes),
        Ok(Err(e)) => Err(ExportError::Workbook(e.to_string())),
        Err(e) => Err(ExportError::Workbook(e.to_string())),
    }
}

/// Answers with one line and the recipe of the workbook.
///
/// # Errors
/// A period or unit that is none, or a unit that is not this person's to ask about.
pub fn export(act: &Act<'_>, rest: &str) -> Answer {
    let (unit, period) = asked(act, rest)?;
    let recipe = recipe(act, FileKind::Workbook, (unit, &period));
    let (name, label, days) = (unit.name.as_str(), act.words.period(&period), act.words.period_days(&period));
    let text = match period.to_date(act.today) {
        Some(day) => act.words.export_sent_to_date(name, label, days, date(day)),
        None => act.words.export_sent(name, label, days),
    };
    Ok(vec![Reply::text(text).with_file(recipe)])
}

/// What is to be made for this person, as of their message.
pub fn recipe(act: &Act<'_>, kind: FileKind, (unit, period): (&Unit, &Period)) -> FileRecipe {
    FileRecipe {
        kind,
        unit: unit.id.0,
        period: spell(period),
        at: act.origin.sent_at.timestamp(),
        locale: act.locale.to_string(),
        reader: reader(act),
    }
}

/// The unit, and the period as that unit's scheme has it.
///
/// # Errors
/// A period or unit that is none, or a unit that is not this person's to ask about.
pub fn asked<'a>(act: &'a Act<'_>, rest: &str) -> Result<(&'a Unit, Period), super::Refusal> {
    let own = unit_for(act, "")?;
    let (period, code) = period_for(rest, own.scheme, act.today, act.words)?;
    let unit = unit_for(act, code)?;
    if unit.scheme == own.scheme {
        return Ok((unit, period));
    }
    Ok((unit, period_for(rest, unit.scheme, act.today, act.words)?.0))
}

fn reader(act: &Act<'_>) -> Reader {
    match act.origin.private {
        false => Reader::Group,
        true if may(act.person.role, Action::SeeMissing) => Reader::All,
        true => Reader::Officer(act.person.official.0),
    }
}

/// Unit, period and local time of a recipe.
fn place<'a>(
    dir: &'a Directory,
    zone: Tz,
    recipe: &FileRecipe,
) -> Result<(&'a Unit, Period, NaiveDateTime), ExportError> {
    let unit = dir.unit(UnitId(recipe.unit)).ok_or(ExportError::NoUnit(recipe.unit))?;
    let now = instant(recipe.at).with_timezone(&zone).naive_local();
    match read_period(&recipe.period, unit.scheme, now.date()) {
        Ok((Some(period), "")) => Ok((unit, period, now)),
        _ => Err(ExportError::NoPeriod(recipe.period.clone())),
    }
}

/// Whether the figures of a period may still change.
async fn closed_state(conn: &mut Connection, unit: UnitId, period: &Period) -> Result<State, StoreError> {
    let closed = closed::touching(conn, unit, period.from, period.to).await?;
    Ok(facts::state(&closed, (period.from, period.to)))
}
