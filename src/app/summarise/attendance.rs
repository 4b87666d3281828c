//! Who has posted, of one unit or of all below it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::Question;
use crate::domain::complete::{Attendance, Posted, UnitDays};
use crate::domain::official::OfficialId;
use crate::domain::summary::{Below, Complete, IncompleteUnit, MissingDay};
use crate::domain::unit::{Unit, UnitId};
use crate::store::directory::Directory;
use crate::store::{Connection, Result, totals};

/// One unit with what was posted in it.
pub struct UnitAttendance<'a> {
    pub unit: &'a Unit,
    posted: Posted,
    q: Question<'a>,
}

impl UnitAttendance<'_> {
    pub fn get(&self) -> Attendance<'_> {
        Attendance {
            members: self.q.dir.members_of(self.unit.id),
            calendar: &self.q.dir.calendar,
            leaves: &self.q.facts.leaves,
            posted: &self.posted,
        }
    }

    /// Whether no unit stands below this one.
    pub fn is_leaf(&self) -> bool {
        self.q.dir.children(self.unit.id).is_empty()
    }

    /// The days of the period asked about that are due.
    pub fn days(&self) -> UnitDays {
        self.get().days(self.q.period.from, self.q.end(), self.q.now)
    }
}

/// The attendance of each unit over the period, in the order given.
pub async fn attendances<'a>(
    conn: &mut Connection,
    q: &Question<'a>,
    units: &[UnitId],
) -> Result<Vec<UnitAttendance<'a>>> {
    let mut posted = totals::posted(conn, units, q.period.from, q.end()).await?;
    let found = units.iter().filter_map(|id| {
        let unit = q.dir.unit(*id)?;
        Some(UnitAttendance { unit, posted: posted.remove(id).unwrap_or_default(), q: *q })
    });
    Ok(found.collect())
}

/// How complete the figures are; [`Below`] without its rows for a unit with units below.
pub(super) async fn complete(
    conn: &mut Connection,
    q: &Question<'_>,
    units: &[UnitId],
) -> Result<(Complete, Option<Below>)> {
    let all = attendances(conn, q, units).await?;
    match all.as_slice() {
        [own] => Ok((of_unit(q.dir, own.unit.id, &own.days()), None)),
        all => {
            let days: Vec<(&Unit, UnitDays)> = all.iter().map(|a| (a.unit, a.days())).collect();
            Ok((of_parent(&days), Some(below(q.dir, &days))))
        }
    }
}

/// How complete the figures of one unit are.
pub fn of_unit(dir: &Directory, unit: UnitId, days: &UnitDays) -> Complete {
    let name = |o: &OfficialId| dir.official(*o).map_or(String::new(), |o| o.name.clone());
    let missing = days
        .missing
        .iter()
        .map(|(day, who)| MissingDay { day: *day, officials: who.iter().map(name).collect() })
        .collect();
    let who: BTreeSet<OfficialId> = days.missing.values().flatten().copied().collect();
    Complete {
        expected_days: days.expected.len(),
        reported_days: days.expected.difference(&days.missing.keys().copied().collect()).count(),
        missing,
        today: days.today,
        nobody_in_charge: days.nobody_in_charge,
        called: called(dir, unit, who.into_iter()),
        since: None,
    }
}

/// How a unit calls some of its people: the given name where no other member who holds
/// fields (and so might be meant) has it.
pub fn called(dir: &Directory, unit: UnitId, who: impl Iterator<Item = OfficialId>) -> BTreeMap<String, String> {
    let holders = dir.members_of(unit).iter().filter(|m| !m.fields.is_empty());
    let members: BTreeSet<OfficialId> = holders.map(|m| m.official).collect();
    let given = |id: &OfficialId| dir.official(*id).map(|o| o.given_name());
    who.filter_map(|id| {
        let official = dir.official(id)?;
        let shared = members.iter().filter(|m| **m != id && given(m) == Some(official.given_name())).count() > 0;
        let short = if shared { official.name.as_str() } else { official.given_name() };
        Some((official.name.clone(), short.to_string()))
    })
    .collect()
}

/// A day is complete when nobody below is missing; who is missing is told by unit, not by name.
fn of_parent(days: &[(&Unit, UnitDays)]) -> Complete {
    let expected: BTreeSet<NaiveDate> = days.iter().flat_map(|(_, d)| d.expected.iter().copied()).collect();
    let missing: BTreeSet<NaiveDate> = days.iter().flat_map(|(_, d)| d.missing.keys().copied()).collect();
    let today: Vec<(usize, usize)> = days.iter().filter_map(|(_, d)| d.today).collect();
    Complete {
        expected_days: expected.len(),
        reported_days: expected.difference(&missing).count(),
        missing: missing.into_iter().map(|day| MissingDay { day, officials: Vec::new() }).collect(),
        today: (!today.is_empty()).then(|| today.iter().fold((0, 0), |sum, t| (sum.0 + t.0, sum.1 + t.1))),
        nobody_in_charge: days.iter().all(|(_, d)| d.nobody_in_charge),
        ..Complete::default()
    }
}

/// Units count once something was expected of them; a commune in which nobody is in charge
/// counts too, since it will never report by itself.
fn below(dir: &Directory, days: &[(&Unit, UnitDays)]) -> Below {
    let mut below = Below::default();
    for (unit, days) in days {
        if days.expected.is_empty() && days.nobody_in_charge && dir.children(unit.id).is_empty() {
            below.units += 1;
            below.nobody_in_charge.push(unit.name.clone());
            continue;
        }
        if days.expected.is_empty() {
            continue;
        }
        below.units += 1;
        if days.missing.is_empty() {
            below.complete_units += 1;
            continue;
        }
        days.missing.keys().for_each(|day| *below.units_missing.entry(*day).or_default() += 1);
        let (code, name, missing_days) = (unit.code.clone(), unit.name.clone(), days.missing.len());
        below.incomplete.push(IncompleteUnit { code, name, missing_days });
    }
    below.incomplete.sort_by(|a, b| b.missing_days.cmp(&a.missing_days).then_with(|| a.code.cmp(&b.code)));
    below
}

/// The day figures begin, where the period begins before it: the first day on which
/// anybody was expected or anything was posted.
pub(super) async fn since(conn: &mut Connection, q: &Question<'_>, units: &[UnitId]) -> Result<Option<NaiveDate>> {
    let nobody = Posted::new();
    let first_expected = |unit: &UnitId| {
        let members = q.dir.members_of(*unit);
        let (calendar, leaves) = (&q.dir.calendar, &q.facts.leaves);
        Attendance { members, calendar, leaves, posted: &nobody }.first_expected()
    };
    let expected = units.iter().filter_map(first_expected).min();
    if expected.is_some_and(|day| day <= q.period.from) {
        return Ok(None);
    }
    let posted = totals::first_day(conn, units).await?;
    let first = expected.into_iter().chain(posted).min();
    Ok(first.filter(|day| *day > q.period.from && *day <= q.now.date()))
}
