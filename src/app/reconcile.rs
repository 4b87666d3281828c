//! `/doichieu [PERIOD]`: the register against the counts of a period, and the same in short
//! behind an import. Its replies name dossiers: only in private chats.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::import::Plan;
use super::reply::Reply;
use super::scope::{period_for, unit_for};
use super::{Act, Answer, Refusal};
use crate::domain::dossier::Dossier;
use crate::domain::period::Period;
use crate::domain::reconcile::reconcile;
use crate::domain::unit::{Unit, UnitId};
use crate::report::reconcile::lines;
use crate::store::directory::Directory;
use crate::store::{Connection, StoreError, dossiers, register_import};
use crate::words::Words;

/// `/doichieu [PERIOD]`.
///
/// # Errors
/// A period that is none, and of the database.
pub async fn command(act: &mut Act<'_>, rest: &str) -> Answer {
    let unit = unit_for(act, "")?.clone();
    let (period, rest) = period_for(rest, unit.scheme, act.today, act.words)?;
    if !rest.is_empty() {
        return Err(Refusal::Told(act.words.reconcile_usage()));
    }
    let (dir, words) = (act.dir.clone(), act.words);
    let kept = dossiers::keepers(act.conn, &[unit.id], period.end(act.today)).await?;
    if kept.is_empty() {
        return Ok(vec![Reply::text(words.reconcile_no_register(unit.name.as_str()))]);
    }
    let told = told(act.conn, &dir, (&unit, &period, act.today), &[], words).await?;
    let head = words.reconcile_head(unit.name.as_str());
    Ok(vec![Reply::text([vec![head], told].concat().join("\n"))])
}

/// The month that a list is about, register against counts as the list leaves it; nothing
/// where nobody has posted in that month. The totals are the first [`TOTALS`] lines.
///
/// # Errors
/// Of the database.
pub async fn after_import(
    conn: &mut Connection,
    dir: &Directory,
    (unit, today): (UnitId, NaiveDate),
    plan: &Plan,
    words: &Words,
) -> Result<Vec<String>, StoreError> {
    let Some(unit) = dir.unit(unit) else { return Ok(Vec::new()) };
    let days = plan.changes.iter().flat_map(|c| [Some(c.after.received), c.after.ended]).flatten();
    let latest = days.max().unwrap_or(today).min(today);
    let period = Period::month_containing(latest, unit.scheme);
    let after: Vec<&Dossier> = plan.changes.iter().map(|c| &c.after).collect();
    let posted = register_import::posted(conn, unit.id, (period.from, period.to)).await?;
    if posted.is_empty() {
        return Ok(Vec::new());
    }
    told(conn, dir, (unit, &period, today), &after, words).await
}

/// Lines of a comparison before the single days.
pub const TOTALS: usize = 3;

/// The comparison in lines, headed by its days. `after`: dossiers as they are about to be.
async fn told(
    conn: &mut Connection,
    dir: &Directory,
    (unit, period, today): (&Unit, &Period, NaiveDate),
    after: &[&Dossier],
    words: &Words,
) -> Result<Vec<String>, StoreError> {
    let days = (period.from, period.end(today));
    let posted = register_import::posted(conn, unit.id, days).await?;
    let held = dossiers::in_hand(conn, unit.id, days).await?;
    let mut held: HashMap<String, Dossier> = held.into_iter().map(|d| (d.code.clone(), d)).collect();
    held.extend(after.iter().map(|d| (d.code.clone(), (*d).clone())));
    let held: Vec<Dossier> = held.into_values().collect();
    let found = reconcile(&held, &posted, days);
    let name = |field| dir.field(field).map(|f| f.name.clone()).unwrap_or_default();
    let head = words.reconcile_days(words.period(period), words.period_days(period));
    Ok([vec![head], lines(&found, name, today, words)].concat())
}
