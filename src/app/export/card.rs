//! The card of a unit and a period: the summary, and what came and went by day.

use super::{ExportError, closed_state, place};
use crate::app::desk::Desk;
use crate::app::reply::{FileRecipe, Rendered};
use crate::app::summarise::{self, Question, summarise};
use crate::domain::unit::UnitId;
use crate::render::png;
use crate::report::card::{Card, Facts, describe};
use crate::report::workbook::file_name;
use crate::store::{Store, by_day};
use crate::words::Locale;

/// Makes the picture of a recipe.
pub async fn render(store: &Store, desk: &Desk, recipe: &FileRecipe) -> Result<Rendered, ExportError> {
    let (card, name) = gather(store, desk, recipe).await?;
    match tokio::task::spawn_blocking(move || png::write(&card)).await {
        Ok(Ok(bytes)) => Ok(Rendered { name, bytes }),
        Ok(Err(e)) => Err(ExportError::Card(e.to_string())),
        Err(e) => Err(ExportError::Card(e.to_string())),
    }
}

/// What stands on the card of a recipe, for whoever compares it.
///
/// # Errors
/// Of the database; a recipe whose unit or period is none.
pub async fn card(store: &Store, desk: &Desk, recipe: &FileRecipe) -> Result<Card, ExportError> {
    Ok(gather(store, desk, recipe).await?.0)
}

/// The card as of the recipe's instant, and the name of its file.
async fn gather(store: &Store, desk: &Desk, recipe: &FileRecipe) -> Result<(Card, String), ExportError> {
    let mut snapshot = store.read().await?;
    let conn = &mut *snapshot;
    let dir = &*desk.directory(conn).await?;
    let (unit, period, now) = place(dir, desk.zone, recipe)?;
    let span = (period.from, period.end(now.date()));
    let units = dir.subtree(unit.id);
    let known = summarise::Facts::load(conn, dir, &units, span).await?;
    let q = Question { dir, unit, period: &period, field: None, now, facts: &known };
    let summary = summarise(conn, &q).await?;
    let facts = Facts {
        summary: &summary,
        days: &by_day::flows(conn, &units, span).await?,
        calendar: &dir.calendar,
        state: closed_state(conn, UnitId(recipe.unit), &period).await?,
        end: span.1,
        drawn: now.date(),
    };
    let words = Locale::from_key(&recipe.locale).unwrap_or_default().words();
    let name = file_name(&unit.code, &Locale::Vi.words().period(&period), "png");
    Ok((describe(&facts, words), name))
}
