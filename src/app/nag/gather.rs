//! The facts behind a look: which slots of which units are due, and what is known of those
//! units alone. Nothing here reads a unit for which nothing is due.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use chrono::{NaiveDate, NaiveDateTime};

use super::{Addresses, Look};
use crate::app::export::{checks, overdue};
use crate::app::reply::Reader;
use crate::app::summarise::{self, Question, summarise};
use crate::clock::instant_of;
use crate::domain::check::Outcome;
use crate::domain::complete::{Leaves, Posted};
use crate::domain::nag::absence::{Absences, Snooze};
use crate::domain::nag::facts::{Below, Due, Ending, UnitFacts, World};
use crate::domain::nag::leader::{LEADERS_DAYS, missing_twice};
use crate::domain::nag::period::{END_OF_DAY, NEXT_MORNING, ending_soon, ending_with_month};
use crate::domain::nag::policy::DueSlot;
use crate::domain::nag::{Slot, Times, minute_of, moment, slots_due, told_until};
use crate::domain::official::OfficialId;
use crate::domain::period::Period;
use crate::domain::unit::UnitId;
use crate::report::names::Names;
use crate::store::directory::Directory;
use crate::store::nags::{self, StoredSnooze};
use crate::store::{Connection, Result, days, leaves, totals};

/// Units that are nagged: practice units are not, nor units without people.
pub fn units_asked(dir: &Directory) -> impl Iterator<Item = UnitId> + '_ {
    let mut units: Vec<UnitId> = dir.members.keys().copied().collect();
    units.sort_unstable();
    units.into_iter().filter(|u| dir.unit(*u).is_some_and(|u| !u.practice))
}

/// The slots that have come since the last look, and those of people whose snooze has ended.
pub async fn due(conn: &mut Connection, dir: &Directory, look: Look, last: Option<i64>) -> Result<Vec<DueSlot>> {
    let now = look.local();
    if !crate::domain::nag::is_office_time(now, &dir.calendar) {
        return Ok(Vec::new());
    }
    let last = last.map(|at| days::instant(at).with_timezone(&look.zone).naive_local());
    let usual = slots_due(&Times::default(), last, now, &dir.calendar);
    let own = nags::times(conn, now.date()).await?;
    let mut due = Vec::new();
    for unit in units_asked(dir) {
        let slots = own.get(&unit).map(|times| slots_due(times, last, now, &dir.calendar));
        let slots = slots.as_ref().unwrap_or(&usual);
        due.extend(slots.iter().map(|slot| DueSlot { unit, slot: *slot, only: None }));
    }
    let since = last.filter(|l| *l <= now).unwrap_or(moment(now.date(), 0));
    let since = since.max(moment(now.date(), 0));
    for (who, said) in ended(conn, look, since).await? {
        for m in dir.memberships_on(who, now.date()) {
            let times = own.get(&m.unit).copied().unwrap_or_default();
            let practice = dir.unit(m.unit).is_none_or(|u| u.practice);
            for slot in Slot::ALL.into_iter().filter(|s| !practice && is_put_off(*s, &times, said, now)) {
                if !due.iter().any(|d| (d.unit, d.slot, &d.only) == (m.unit, slot, &None)) {
                    due.push(DueSlot { unit: m.unit, slot, only: Some(vec![who]) });
                }
            }
        }
    }
    Ok(due)
}

/// People whose snooze ended between `since` and now, and when they had asked for it.
async fn ended(conn: &mut Connection, look: Look, since: NaiveDateTime) -> Result<Vec<(OfficialId, NaiveDateTime)>> {
    let local = |at: i64| days::instant(at).with_timezone(&look.zone).naive_local();
    let stored = nags::snoozes(conn, instant(look, since)).await?;
    let ended = stored.into_iter().filter(|s| local(s.until) <= look.local());
    Ok(ended.map(|s| (s.official, local(s.said_at))).collect())
}

fn instant(look: Look, local: NaiveDateTime) -> i64 {
    instant_of(look.zone, local).timestamp()
}

/// A slot that fell into the snooze, its very first minute too, and is still of use: the
/// latest of its kind. What was told in that minute already is known as told.
fn is_put_off(slot: Slot, times: &Times, said: NaiveDateTime, now: NaiveDateTime) -> bool {
    let from = if said.date() == now.date() { minute_of(said) } else { 0 };
    let minute = minute_of(now);
    slot.can_be_snoozed()
        && times.at(slot).is_some_and(|at| from <= at && at <= minute && minute < told_until(slot, times))
}

/// What was read for a look.
pub struct Gathered {
    leaves: Leaves,
    absences: Absences,
    snoozes: HashMap<OfficialId, Snooze>,
    unreachable: HashSet<OfficialId>,
    told: HashSet<(OfficialId, String)>,
    known: HashSet<(OfficialId, UnitId, String)>,
    units: BTreeSet<UnitId>,
    posted: BTreeMap<UnitId, Posted>,
    nothing: Posted,
    dossiers: HashMap<UnitId, Vec<Due>>,
    today: BTreeMap<UnitId, (i64, i64)>,
    below: BTreeMap<UnitId, Below>,
    ending: BTreeMap<UnitId, Ending>,
    groups: HashSet<UnitId>,
}

/// Reads what the policy has to know for these slots.
pub async fn gather(
    conn: &mut Connection,
    dir: &Directory,
    (look, addresses): (Look, &Addresses<'_>),
    due: &[DueSlot],
) -> Result<Gathered> {
    let (now, today) = (look.local(), look.today());
    let calendar = &dir.calendar;
    let of = |slots: &[Slot]| -> Vec<UnitId> {
        let units: BTreeSet<UnitId> = due.iter().filter(|d| slots.contains(&d.slot)).map(|d| d.unit).collect();
        units.into_iter().collect()
    };
    let units: BTreeSet<UnitId> = due.iter().map(|d| d.unit).collect();
    let yesterday = calendar.previous_working_day(today);
    let from = calendar.previous_working_day(yesterday);
    let absent = leaves::between(conn, from, today).await?;

    let parents: Vec<UnitId> =
        of(&[Slot::LeaderMorning]).into_iter().filter(|u| !dir.children(*u).is_empty()).collect();
    let below: BTreeSet<UnitId> = parents.iter().flat_map(|p| dir.subtree(*p)).collect();
    let morning = of(&[Slot::LeadMorning, Slot::LeaderMorning]);
    let posting: BTreeSet<UnitId> = morning.iter().copied().chain(below.iter().copied()).collect();
    let posting: Vec<UnitId> = posting.into_iter().collect();
    let mut posted = totals::posted(conn, &posting, from, yesterday).await?;
    let afternoon = of(&[Slot::Reminder, Slot::LastReminder, Slot::LeadEvening]);
    for (unit, of_today) in totals::posted(conn, &afternoon, today, today).await? {
        posted.entry(unit).or_default().extend(of_today);
    }
    let mut flows: BTreeMap<UnitId, (i64, i64)> = BTreeMap::new();
    for ((unit, _), f) in totals::flows(conn, &of(&[Slot::LeadEvening]), today, today).await? {
        let sum = flows.entry(unit).or_default();
        *sum = (sum.0 + f.received(), sum.1 + f.resolved());
    }
    let soon = calendar.add_working_days(today, 2);
    let mut dossiers = nags::due(conn, &of(&[Slot::LeadMorning, Slot::LeaderMorning]), today).await?;
    dossiers.extend(nags::due(conn, &of(&[Slot::Digest]), soon).await?);

    let mut found = Gathered {
        leaves: Leaves::new(absent.iter().map(|l| (l.official, l.first, l.last))),
        absences: Absences::new(absent),
        snoozes: snoozes(conn, look).await?,
        unreachable: units
            .iter()
            .flat_map(|u| dir.members_of(*u))
            .filter(|m| m.span.holds(today) && addresses.of(m.official).is_none())
            .map(|m| m.official)
            .collect(),
        told: nags::told(conn, look.stage, today).await?,
        known: if morning.is_empty() { HashSet::new() } else { nags::known(conn, look.stage).await? },
        units,
        posted,
        nothing: Posted::new(),
        dossiers,
        today: flows,
        below: BTreeMap::new(),
        ending: BTreeMap::new(),
        groups: dir.groups.values().map(|g| g.unit).collect(),
    };
    found.below = below_of(conn, dir, now, (&parents, &below), &found).await?;
    for unit in of(&[Slot::LeadMorning]) {
        if let Some(ending) = ending_of(conn, dir, (unit, now)).await? {
            found.ending.insert(unit, ending);
        }
    }
    Ok(found)
}

impl Gathered {
    /// The policy's view of one unit.
    fn unit<'a>(&'a self, dir: &'a Directory, unit: UnitId) -> UnitFacts<'a> {
        UnitFacts {
            unit,
            members: dir.members_of(unit),
            posted: self.posted.get(&unit).unwrap_or(&self.nothing),
            dossiers: self.dossiers.get(&unit).map_or(&[], Vec::as_slice),
            today: self.today.get(&unit).copied().unwrap_or_default(),
            below: self.below.get(&unit).cloned(),
            ending: self.ending.get(&unit).cloned(),
            has_group: self.groups.contains(&unit),
        }
    }

    pub fn units<'a>(&'a self, dir: &'a Directory) -> BTreeMap<UnitId, UnitFacts<'a>> {
        self.units.iter().map(|u| (*u, self.unit(dir, *u))).collect()
    }

    pub fn world<'a>(&'a self, dir: &'a Directory, now: NaiveDateTime) -> World<'a> {
        World {
            now,
            calendar: &dir.calendar,
            leaves: &self.leaves,
            absences: &self.absences,
            snoozes: &self.snoozes,
            unreachable: &self.unreachable,
            told: &self.told,
            known: &self.known,
        }
    }
}

async fn snoozes(conn: &mut Connection, look: Look) -> Result<HashMap<OfficialId, Snooze>> {
    let local = |at: i64| days::instant(at).with_timezone(&look.zone).naive_local();
    let stored = nags::snoozes(conn, look.now.timestamp()).await?;
    // In the simulator the clock may stand before what was said at the real one's time.
    let holds = stored.into_iter().filter(|s| s.said_at <= look.now.timestamp());
    Ok(holds.map(|s: StoredSnooze| (s.official, Snooze { until: local(s.until), reason: s.reason })).collect())
}

/// What each parent's units come to.
async fn below_of(
    conn: &mut Connection,
    dir: &Directory,
    now: NaiveDateTime,
    (parents, below): (&[UnitId], &BTreeSet<UnitId>),
    found: &Gathered,
) -> Result<BTreeMap<UnitId, Below>> {
    if parents.is_empty() {
        return Ok(BTreeMap::new());
    }
    let world = found.world(dir, now);
    let latest = (0..LEADERS_DAYS).fold(now.date(), |day, _| dir.calendar.previous_working_day(day));
    let units: Vec<UnitId> = below.iter().copied().collect();
    let overdue = nags::due(conn, &units, latest).await?;
    let missing: HashSet<UnitId> =
        units.iter().copied().filter(|u| !missing_twice(&found.unit(dir, *u), &world).is_empty()).collect();
    let of_parent = |parent: &UnitId| {
        let units = dir.subtree(*parent);
        let overdue = units.iter().filter_map(|u| overdue.get(u)).map(Vec::len).sum();
        (*parent, Below { missing: units.into_iter().filter(|u| missing.contains(u)).collect(), overdue })
    };
    Ok(parents.iter().map(of_parent).collect())
}

/// The period of a unit that is about to end today, with what is missing and what fails.
async fn ending_of(
    conn: &mut Connection,
    dir: &Directory,
    (unit, now): (UnitId, NaiveDateTime),
) -> Result<Option<Ending>> {
    let Some(unit) = dir.unit(unit) else { return Ok(None) };
    let Some(last_working_day) = ending_soon(now.date(), unit.scheme, &dir.calendar) else { return Ok(None) };
    let period = Period::month_containing(now.date(), unit.scheme);
    let span = (period.from, period.end(now.date()));
    let facts = summarise::Facts::load(conn, dir, &dir.subtree(unit.id), span).await?;
    let q = Question { dir, unit, period: &period, field: None, now, facts: &facts };
    let summary = summarise(conn, &q).await?;
    let words = crate::words::Locale::default().words();
    let overdue = overdue::rows(conn, &q, (Reader::All, Names::All), words).await?;
    let unexplained = overdue.as_deref().map(overdue::unexplained);
    let checks = checks::run(conn, &q, &summary, (Names::All, words), unexplained).await?;
    Ok(Some(Ending {
        periods: ending_with_month(now.date(), unit.scheme),
        last_working_day,
        failing: checks.into_iter().filter(|c| c.outcome == Outcome::Failed).collect(),
        incomplete: summary.below.iter().flat_map(|b| &b.incomplete).map(|u| u.name.clone()).collect(),
        complete: summary.complete,
    }))
}

/// Every moment of a day at which something may fall due: the times of all units, ends of
/// periods, ends of snoozes. For a clock that is moved.
pub async fn moments(
    conn: &mut Connection,
    dir: &Directory,
    day: NaiveDate,
    zone: chrono_tz::Tz,
) -> Result<BTreeSet<NaiveDateTime>> {
    let mut all = BTreeSet::new();
    if !dir.calendar.is_working(day) {
        return Ok(all);
    }
    let own = nags::times(conn, day).await?;
    for times in own.values().copied().chain([Times::default()]) {
        all.extend(Slot::ALL.into_iter().filter_map(|s| times.at(s)).map(|minute| moment(day, minute)));
    }
    all.extend([moment(day, NEXT_MORNING), moment(day, END_OF_DAY)]);
    let start = instant_of(zone, moment(day, 0)).timestamp();
    let local = |at: i64| days::instant(at).with_timezone(&zone).naive_local();
    let snoozes = nags::snoozes(conn, start).await?;
    all.extend(snoozes.into_iter().map(|s| local(s.until)).filter(|until| until.date() == day));
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(slot: Slot, said: &str, now: &str, expected: bool) {
        let at = |time: &str| format!("2026-11-{time}").parse().unwrap();
        assert_eq!(is_put_off(slot, &Times::default(), at(said), at(now)), expected, "{slot:?} {said} {now}");
    }

    #[test]
    fn a_slot_is_put_off_from_the_minute_in_which_the_snooze_was_said() {
        check(Slot::Reminder, "20T16:14:59", "20T16:30:00", true);
        check(Slot::Reminder, "20T16:15:00", "20T16:30:00", true);
        check(Slot::Reminder, "20T16:15:59", "20T16:30:00", true);
        check(Slot::Reminder, "20T16:16:00", "20T16:30:00", false);
        check(Slot::LeadEvening, "20T17:10:00", "20T17:30:00", false);
    }

    #[test]
    fn of_what_was_put_off_only_what_is_of_use_is_told() {
        check(Slot::Reminder, "20T16:15:00", "20T16:50:00", false); // the last one takes its place
        check(Slot::LastReminder, "20T16:15:00", "20T16:50:00", true);
        check(Slot::Digest, "20T07:45:30", "20T16:59:00", true);
        check(Slot::Digest, "20T07:45:30", "20T17:00:00", false);
        check(Slot::Digest, "19T16:30:00", "20T07:44:00", false);
        check(Slot::Digest, "19T16:30:00", "20T07:45:00", true);
    }
}
