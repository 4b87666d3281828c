//! `/doichieu [PERIOD]`: the register against the counts of a period, and the same in short
//! behind an import. Its replies name dossiers: only in private chats.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;

use super::import::Plan;
use super::reply::Reply;
use super::scope::{period_for, unit_for};
use super::{Act, Answer, Refusal};
use crate::domain::dossier::Dossier;
use crate::domain::field::FieldId;
use crate::domain::period::Period;
use crate::domain::reconcile::{Reconciliation, reconcile};
use crate::domain::unit::{Unit, UnitId};
use crate::report::reconcile as report;
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
    let told = compared(act.conn, &dir, (&unit, &period, act.today), &[], words).await?;
    let head = words.reconcile_head(unit.name.as_str());
    Ok(vec![Reply::text([vec![head], told.totals, told.days].concat().join("\n"))])
}

/// The register against the counts, in lines.
#[derive(Debug, Default)]
pub struct Comparison {
    /// Headed by its days; below, fields of which the register holds nothing.
    pub totals: Vec<String>,
    /// The single days that differ.
    pub days: Vec<String>,
}

/// The month that a list is about, register against counts as the list leaves it; nothing
/// where nobody has posted in that month.
///
/// # Errors
/// Of the database.
pub async fn after_import(
    conn: &mut Connection,
    dir: &Directory,
    (unit, today): (UnitId, NaiveDate),
    plan: &Plan,
    words: &Words,
) -> Result<Comparison, StoreError> {
    let Some(unit) = dir.unit(unit) else { return Ok(Comparison::default()) };
    let days = plan.changes.iter().flat_map(|c| [Some(c.after.received), c.after.ended]).flatten();
    let latest = days.max().unwrap_or(today).min(today);
    let period = Period::month_containing(latest, unit.scheme);
    let after: Vec<&Dossier> = plan.changes.iter().map(|c| &c.after).collect();
    let posted = register_import::posted(conn, unit.id, (period.from, period.to)).await?;
    if posted.is_empty() {
        return Ok(Comparison::default());
    }
    compared(conn, dir, (unit, &period, today), &after, words).await
}

/// Compares the fields of which the register holds anything: an office may keep it for some
/// of them only. `after`: dossiers as they are about to be.
async fn compared(
    conn: &mut Connection,
    dir: &Directory,
    (unit, period, today): (&Unit, &Period, NaiveDate),
    after: &[&Dossier],
    words: &Words,
) -> Result<Comparison, StoreError> {
    let both = both_sides(conn, dir, (unit.id, (period.from, period.end(today))), after).await?;
    let name = |field| dir.field(field).map(|f| f.name.clone()).unwrap_or_default();
    let mut totals = vec![words.reconcile_days(words.period(period), words.period_days(period))];
    totals.extend(report::totals(&both.found, name, words));
    if !both.without.is_empty() {
        let names: Vec<String> = both.without.into_iter().map(name).collect();
        totals.push(words.reconcile_not_kept(names.join(", ")));
    }
    Ok(Comparison { totals, days: report::days(&both.found, name, today, words) })
}

/// The register and the counts of some days, side by side.
pub struct BothSides {
    pub found: Reconciliation,
    /// Fields of which the register holds anything: only they are compared.
    pub kept: BTreeSet<FieldId>,
    /// Fields that were posted and of which it holds nothing.
    pub without: BTreeSet<FieldId>,
    /// Its dossiers of those days.
    pub held: Vec<Dossier>,
}

/// Reads both sides. `after`: dossiers as they are about to be.
///
/// # Errors
/// Of the database.
pub async fn both_sides(
    conn: &mut Connection,
    dir: &Directory,
    (unit, days): (UnitId, (NaiveDate, NaiveDate)),
    after: &[&Dossier],
) -> Result<BothSides, StoreError> {
    let all: Vec<FieldId> = dir.fields.iter().map(|f| f.id).collect();
    let kept = dossiers::kept(conn, (&[unit], &all), days.1).await?;
    let kept: BTreeSet<FieldId> = kept.into_iter().map(|(_, f)| f).chain(after.iter().map(|d| d.field)).collect();
    let mut posted = register_import::posted(conn, unit, days).await?;
    let without: BTreeSet<FieldId> = posted.keys().map(|(_, f)| *f).filter(|f| !kept.contains(f)).collect();
    posted.retain(|(_, field), _| kept.contains(field));
    let held = dossiers::in_hand(conn, unit, days).await?;
    let mut held: HashMap<String, Dossier> = held.into_iter().map(|d| (d.code.clone(), d)).collect();
    held.extend(after.iter().map(|d| (d.code.clone(), (*d).clone())));
    let held: Vec<Dossier> = held.into_values().collect();
    Ok(BothSides { found: reconcile(&held, &posted, days), kept, without, held })
}
