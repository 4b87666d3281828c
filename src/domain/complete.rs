//! Completeness (SPEC §5): on which working days somebody's figures are missing.
//!
//! An official who holds fields (member on that day, past the grace, not on leave) is
//! missing for a working day without any post of theirs; a zero post counts as one. A day
//! is complete when nobody is missing, and expected when somebody was or something was
//! posted. A period that holds a day without a count is *incomplete*, not zero.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{NaiveDate, NaiveDateTime};

use super::calendar::{Calendar, due_until};
use super::official::{Membership, OfficialId};

/// Days of leave (`/nghi`), both ends inclusive, of whom.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Leaves(HashMap<OfficialId, Vec<(NaiveDate, NaiveDate)>>);

impl Leaves {
    pub fn new(rows: impl IntoIterator<Item = (OfficialId, NaiveDate, NaiveDate)>) -> Self {
        let mut leaves = Leaves::default();
        for (official, from, to) in rows {
            leaves.0.entry(official).or_default().push((from, to));
        }
        leaves
    }

    pub fn holds(&self, official: OfficialId, day: NaiveDate) -> bool {
        self.0.get(&official).is_some_and(|spans| spans.iter().any(|(from, to)| *from <= day && day <= *to))
    }
}

/// Who has a post for a day, by day.
pub type Posted = BTreeMap<NaiveDate, Vec<OfficialId>>;

/// What there is to know about one unit's posting.
#[derive(Clone, Copy)]
pub struct Attendance<'a> {
    /// All memberships, ended ones too, in order of joining.
    pub members: &'a [Membership],
    pub calendar: &'a Calendar,
    pub leaves: &'a Leaves,
    pub posted: &'a Posted,
}

/// The days of one unit within a period.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UnitDays {
    pub expected: BTreeSet<NaiveDate>,
    /// Days on which somebody is missing, with who, in order of joining.
    pub missing: BTreeMap<NaiveDate, Vec<OfficialId>>,
    /// Before 17:00 of a working day: how many of today's expected officials have posted.
    pub today: Option<(usize, usize)>,
    /// Nobody held a field at any time of the period.
    pub nobody_in_charge: bool,
}

impl Attendance<'_> {
    /// Who is expected to post for `day`, in order of joining; nobody on a day off.
    pub fn expected_on(&self, day: NaiveDate) -> Vec<OfficialId> {
        if !self.calendar.is_working(day) {
            return Vec::new();
        }
        let due = |m: &&Membership| m.is_expected_on(day) && !self.leaves.holds(m.official, day);
        self.members.iter().filter(due).map(|m| m.official).collect()
    }

    pub fn has_posted(&self, official: OfficialId, day: NaiveDate) -> bool {
        self.posted.get(&day).is_some_and(|p| p.contains(&official))
    }

    /// Who is expected to post for `day` and has not, in order of joining.
    pub fn missing_on(&self, day: NaiveDate) -> Vec<OfficialId> {
        let mut missing = self.expected_on(day);
        missing.retain(|o| !self.has_posted(*o, day));
        missing
    }

    /// The working days of `from..=to` that are due by `now` (local time of the office).
    pub fn days(&self, from: NaiveDate, to: NaiveDate, now: NaiveDateTime) -> UnitDays {
        let mut days = UnitDays { nobody_in_charge: !self.anybody_in_charge(from, to), ..UnitDays::default() };
        for day in self.calendar.working_days(from, to.min(due_until(now))) {
            let expected = self.expected_on(day);
            let missing: Vec<OfficialId> = expected.iter().copied().filter(|o| !self.has_posted(*o, day)).collect();
            if !expected.is_empty() || self.posted.get(&day).is_some_and(|p| !p.is_empty()) {
                days.expected.insert(day);
            }
            if !missing.is_empty() {
                days.missing.insert(day, missing);
            }
        }
        days.today = self.today(from, to, now);
        days
    }

    fn today(&self, from: NaiveDate, to: NaiveDate, now: NaiveDateTime) -> Option<(usize, usize)> {
        let today = now.date();
        if today < from || today > to || due_until(now) == today {
            return None;
        }
        let expected = self.expected_on(today);
        let posted = expected.iter().filter(|o| self.has_posted(**o, today)).count();
        (!expected.is_empty()).then_some((posted, expected.len()))
    }

    fn anybody_in_charge(&self, from: NaiveDate, to: NaiveDate) -> bool {
        let meets = |since: NaiveDate, until: Option<NaiveDate>| since <= to && until.is_none_or(|u| from < u);
        self.members.iter().any(|m| {
            meets(m.span.since, m.span.until) && m.fields.iter().any(|(_, held)| meets(held.since, held.until))
        })
    }

    /// The first calendar day on which somebody past the grace held a field.
    pub fn first_expected(&self) -> Option<NaiveDate> {
        let held_from = |m: &Membership| m.fields.iter().map(|(_, held)| held.since).min();
        self.members.iter().filter_map(|m| Some(held_from(m)?.max(m.expected_from()))).min()
    }
}

#[cfg(test)]
mod tests;
