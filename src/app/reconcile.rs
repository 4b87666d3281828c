//! `/doichieu [PERIOD]`: the register against the counts of a period, and the same in short
//! behind an import. Its replies name dossiers: only in private chats.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;

use super::import::Plan;
use super::reply::Reply;
use super::scope::{period_for, unit_for};
use super::{Act, Answer, Refusal};
use crate::domain::dossier::Dossier;
use crate::domain::field::FieldId;
use crate::domain::period::Period;
use crate::domain::reconcile::{Difference, Reconciliation, reconcile};
use crate::domain::unit::UnitId;
use crate::grammar::period::spell;
use crate::report::reconcile as report;
use crate::store::directory::Directory;
use crate::store::{Connection, StoreError, dossiers, register_import};
use crate::words::Words;
use crate::words::numbers::number;

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
    let both = both_sides(act.conn, &dir, (unit.id, (period.from, period.end(act.today))), &[]).await?;
    let name = |field| dir.field(field).map(|f| f.name.clone()).unwrap_or_default();
    let mut lines = vec![words.reconcile_head(unit.name.as_str())];
    lines.extend(totals(&period, &both, &name, words));
    lines.extend(report::days(&both.found.differences, (ASKED, act.today), name, words));
    Ok(vec![Reply::text(lines.join("\n"))])
}

/// Days and fields that differ: as many are told to whoever asks for them.
const ASKED: usize = 40;
/// The same behind an import.
const MENTIONED: usize = 10;
/// Months that are told in full behind an import.
const MONTHS: usize = 3;

/// The register against the counts, in lines.
#[derive(Debug, Default)]
pub struct Comparison {
    /// Headed by the days of each month; below, fields of which the register holds nothing.
    pub totals: Vec<String>,
    /// The single days that differ.
    pub days: Vec<String>,
}

/// The months that a list touches, register against counts as the list leaves it, worst
/// first; nothing of months before the unit's first counts.
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
    let Some(first) = register_import::first_posted(conn, unit.id).await? else { return Ok(Comparison::default()) };
    let months = plan.days.iter().map(|day| Period::month_containing((*day).min(today), unit.scheme));
    let months: BTreeMap<NaiveDate, Period> = months.map(|month| (month.from, month)).collect();
    let mut found = Vec::new();
    for month in months.into_values().filter(|month| first <= month.end(today)) {
        let end = month.end(today);
        let known = |d: &Dossier| d.received <= end;
        let changes = plan.changes.iter().filter(|c| known(&c.after) || c.before.as_ref().is_some_and(known));
        let after: Vec<&Dossier> = changes.map(|c| &c.after).collect();
        let both = both_sides(conn, dir, (unit.id, (month.from, end)), &after).await?;
        found.push((month, both));
    }
    let name = |field| dir.field(field).map(|f| f.name.clone()).unwrap_or_default();
    Ok(by_month(found, name, today, words))
}

/// Several months: those that differ in full, worst first, the others in a line.
fn by_month(
    mut found: Vec<(Period, BothSides)>,
    name: impl Fn(FieldId) -> String,
    today: NaiveDate,
    words: &Words,
) -> Comparison {
    let label = |(month, _): &(Period, BothSides)| words.period(month);
    let command = |(month, _): &(Period, BothSides)| format!("/doichieu {}", spell(month));
    // The newest first where they are equally far out.
    found.sort_by_key(|(month, both)| Reverse((both.found.gap(), month.from)));
    let alone = found.len() == 1;
    let (fit, told): (Vec<_>, Vec<_>) =
        found.into_iter().partition(|(_, both)| !alone && both.found.differences.is_empty());
    let (shown, rest) = told.split_at(told.len().min(MONTHS));
    let mut lines: Vec<String> = shown.iter().flat_map(|(month, both)| totals(month, both, &name, words)).collect();
    if let Some(next) = rest.first() {
        let more = number(rest.len() as i64);
        lines.push(words.reconcile_more_months(more, cut(rest.iter().map(label)), command(next)));
    }
    if !fit.is_empty() {
        lines.push(words.reconcile_months_fit(cut(fit.iter().map(label))));
    }
    let differences: Vec<Difference> = shown.iter().flat_map(|(_, both)| both.found.differences.clone()).collect();
    let mut days = report::days(&differences, (MENTIONED, today), &name, words);
    if let Some(worst) = shown.first().filter(|_| differences.len() > MENTIONED) {
        days.push(words.reconcile_more_how(command(worst)));
    }
    Comparison { totals: lines, days }
}

/// The totals of a month under its days; below, fields of which the register holds nothing.
fn totals(period: &Period, both: &BothSides, name: &impl Fn(FieldId) -> String, words: &Words) -> Vec<String> {
    let mut lines = vec![words.reconcile_days(words.period(period), words.period_days(period))];
    lines.extend(report::totals(&both.found, name, words));
    if !both.without.is_empty() {
        let names: Vec<String> = both.without.iter().map(|field| name(*field)).collect();
        lines.push(words.reconcile_not_kept(names.join(", ")));
    }
    lines
}

/// The first few of a list.
fn cut(all: impl Iterator<Item = String>) -> String {
    const NAMED: usize = 5;
    let all: Vec<String> = all.collect();
    let more = if all.len() > NAMED { " …" } else { "" };
    format!("{}{more}", all[..all.len().min(NAMED)].join(", "))
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
