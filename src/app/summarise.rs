//! `/tonghop`: what a unit comes to over a period (SPEC §5).
//!
//! A unit with units below it is their sum plus its own desk; children on another scheme
//! are asked for the parent's dates. Practice units are in nobody's sum.

mod attendance;
mod below;

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::{NaiveDate, NaiveDateTime};

use crate::domain::complete::Leaves;
use crate::domain::field::FieldId;
use crate::domain::figure::Figure;
use crate::domain::period::Period;
use crate::domain::summary::{FieldSum, IndicatorTotal, Previous, Row, Summary, Warning};
use crate::domain::unit::{Unit, UnitId};
use crate::domain::warn;
use crate::store::directory::Directory;
use crate::store::totals::{self, Of};
use crate::store::{Connection, Result, days, dossiers, leaves};

pub use attendance::{UnitAttendance, attendances, called, of_unit};

/// What is asked.
#[derive(Clone, Copy)]
pub struct Question<'a> {
    pub dir: &'a Directory,
    pub unit: &'a Unit,
    /// Of the unit's scheme.
    pub period: &'a Period,
    pub field: Option<FieldId>,
    /// Local time of the office: "today", and whether it is 17:00 yet.
    pub now: NaiveDateTime,
    pub facts: &'a Facts,
}

/// What other rooms of the house know.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    pub leaves: Leaves,
    /// Overdue dossiers of the register at the end asked for.
    pub register_late: BTreeMap<(UnitId, FieldId), i64>,
}

impl Facts {
    /// What is known of some units in the days `from..=end`.
    ///
    /// A field whose dossiers the register holds has a number there, 0 too: it may differ
    /// from what officials stated.
    ///
    /// # Errors
    /// Of the database.
    pub async fn load(
        conn: &mut Connection,
        dir: &Directory,
        units: &[UnitId],
        (from, end): (NaiveDate, NaiveDate),
    ) -> Result<Facts> {
        let fields: Vec<FieldId> = dir.fields.iter().map(|f| f.id).collect();
        let kept = dossiers::kept(conn, (units, &fields), end).await?;
        let mut register_late: BTreeMap<_, _> = kept.into_iter().map(|key| (key, 0)).collect();
        if !register_late.is_empty() {
            register_late.extend(dossiers::late_at(conn, units, end).await?);
        }
        Ok(Facts { leaves: leaves::load(conn, units, from, end).await?, register_late })
    }
}

impl Question<'_> {
    /// The last day whose figures count.
    pub fn end(&self) -> NaiveDate {
        self.period.end(self.now.date())
    }

    /// The unit and all below it.
    pub fn units(&self) -> Vec<UnitId> {
        self.dir.subtree(self.unit.id)
    }
}

/// Answers the question from one snapshot.
///
/// # Errors
/// Of the database.
pub async fn summarise(conn: &mut Connection, q: &Question<'_>) -> Result<Summary> {
    let units = q.units();
    let sums = sums(conn, q, &units).await?;
    let by_field = by_field(q, &sums);
    let indicators = totals::indicators(conn, &units, q.period.from, q.end()).await?;
    let (of_field, of_all) = warn::by_field(&indicators);
    let shown = match q.field {
        Some(field) => of_field.get(&field).cloned().unwrap_or_default(),
        None => of_all,
    };

    let name = |f: FieldId| q.dir.field(f).map_or("", |f| f.name.as_str());
    let mut total = FieldSum::default();
    let (mut rows, mut warnings) = (Vec::new(), Vec::new());
    for (field, sum) in &by_field {
        total += *sum;
        let row = sum.row(q.dir.field(*field).map_or("", |f| f.code.as_str()), name(*field));
        warnings.extend(warn::of_field(name(*field), sum));
        if let Some(values) = of_field.get(field) {
            warnings.extend(warn::of_indicators(name(*field), &row, &q.dir.indicators, values));
        }
        if !row.is_zero() {
            rows.push(row);
        }
    }
    let total = total.row("", "");
    // Of all fields together only what no single field has shown already.
    if q.field.is_none() && !warnings.iter().any(|w| matches!(w.code(), "W5" | "W6")) {
        warnings.extend(warn::of_indicators("", &total, &q.dir.indicators, &shown));
    }

    let (mut complete, below) = attendance::complete(conn, q, &units).await?;
    let openings = totals::openings(conn, &units).await?;
    complete.since = attendance::since(conn, q, &units).await?;
    if let (Some(day), false) = (complete.since, openings.values().any(|o| q.period.contains(o.day))) {
        warnings.push(Warning::DataSince { day });
    }
    let below = below.map(|b| below::with_rows(b, q, &sums));
    let shown = q.dir.indicators.iter().filter_map(|i| {
        let value = shown.get(&i.id).copied().filter(|v| *v != 0)?;
        Some(IndicatorTotal { id: i.id, key: i.key.clone(), name: i.name.clone(), value })
    });
    Ok(Summary {
        unit: q.unit.id,
        unit_code: q.unit.code.clone(),
        unit_name: q.unit.name.clone(),
        period: q.period.clone(),
        to_date: q.period.to_date(q.now.date()),
        field: q.field.map(|f| name(f).to_string()),
        rows,
        total,
        indicators: shown.collect(),
        complete,
        below,
        warnings,
        previous: previous(conn, q, &units).await?,
    })
}

/// What each unit and field comes to; fields other than the one asked for are left out.
pub async fn sums(conn: &mut Connection, q: &Question<'_>, units: &[UnitId]) -> Result<Of<FieldSum>> {
    let (from, end) = (q.period.from, q.end());
    let before = totals::net_before(conn, units, from).await?;
    let flows = totals::flows(conn, units, from, end).await?;
    let openings = totals::openings(conn, units).await?;
    let awaiting = totals::stocks(conn, units, Figure::AwaitingSupplement, end).await?;
    let late = totals::stocks(conn, units, Figure::PendingLate, end).await?;

    let mut out: Of<FieldSum> = Of::new();
    let wanted = |key: &(UnitId, FieldId)| q.field.is_none_or(|f| f == key.1);
    for (key, net) in before.iter().filter(|(k, _)| wanted(k)) {
        out.entry(*key).or_default().carried += net;
    }
    for (key, flows) in flows.iter().filter(|(k, _)| wanted(k)) {
        out.entry(*key).or_default().flows = *flows;
    }
    for (key, opening) in openings.iter().filter(|(k, o)| wanted(k) && o.day <= end) {
        out.entry(*key).or_default().carried += opening.pending;
    }
    for (key, standing) in awaiting.iter().filter(|(k, _)| wanted(k)) {
        out.entry(*key).or_default().awaiting = standing.value;
    }
    let in_sum: HashSet<UnitId> = units.iter().copied().collect();
    let register = q.facts.register_late.iter().filter(|((unit, _), _)| in_sum.contains(unit));
    let register: HashMap<_, _> = register.filter(|(k, _)| wanted(k)).map(|(k, n)| (*k, *n)).collect();
    for key in late.keys().chain(openings.keys()).chain(register.keys()).filter(|k| wanted(k)) {
        let opening = openings.get(key).filter(|o| o.day <= end);
        // The opening's late part stands until anybody states another on its day or later.
        let stated = match (opening, late.get(key)) {
            (Some(o), Some(s)) if s.stated < days::to_db(o.day) => Some(o.late),
            (_, Some(s)) => Some(s.value),
            (Some(o), None) => Some(o.late).filter(|n| *n != 0),
            (None, None) => None,
        };
        let sum = out.entry(*key).or_default();
        *sum = sum.with_late(stated, register.get(key).copied());
    }
    Ok(out)
}

/// All units together, in catalogue order.
fn by_field(q: &Question<'_>, sums: &Of<FieldSum>) -> Vec<(FieldId, FieldSum)> {
    let mut fields: HashMap<FieldId, FieldSum> = HashMap::new();
    for ((_, field), sum) in sums {
        *fields.entry(*field).or_default() += *sum;
    }
    let mut fields: Vec<_> = fields.into_iter().collect();
    fields.sort_by_key(|(f, _)| (q.dir.field_order(*f), *f));
    fields
}

async fn previous(conn: &mut Connection, q: &Question<'_>, units: &[UnitId]) -> Result<Previous> {
    let Some(span) = q.period.comparison(q.now.date()) else { return Ok(Previous::default()) };
    let (received, resolved) = totals::received_resolved(conn, units, span, q.field).await?;
    Ok(Previous { received, resolved })
}

/// The sum of a unit's own fields as one row.
fn row_of<'a>(unit: &Unit, sums: impl Iterator<Item = &'a FieldSum>) -> Row {
    let mut all = FieldSum::default();
    sums.for_each(|s| all += *s);
    all.row(unit.code.as_str(), unit.name.as_str())
}

#[cfg(test)]
mod tests;
