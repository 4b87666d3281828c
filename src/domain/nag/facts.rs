//! What a decision is made from, and what comes out of it.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use chrono::{NaiveDate, NaiveDateTime};

use super::Slot;
use super::absence::{Absences, Snooze};
use crate::domain::calendar::Calendar;
use crate::domain::check::Check;
use crate::domain::complete::{Attendance, Leaves, Posted};
use crate::domain::field::FieldId;
use crate::domain::official::{Membership, OfficialId};
use crate::domain::period::Period;
use crate::domain::summary::Complete;
use crate::domain::unit::UnitId;

/// An open dossier that is due soon, today, or overdue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    pub id: i64,
    pub code: String,
    pub field: FieldId,
    pub holder: Option<OfficialId>,
    /// The day that counts.
    pub due: NaiveDate,
    /// A reason of lateness is given.
    pub explained: bool,
}

/// A unit that something is due for.
#[derive(Clone, Debug)]
pub struct UnitFacts<'a> {
    pub unit: UnitId,
    pub members: &'a [Membership],
    /// Who posted for today and the three working days before.
    pub posted: &'a Posted,
    /// By due day, oldest first; up to two working days ahead.
    pub dossiers: &'a [Due],
    /// Received and resolved today, over all fields.
    pub today: (i64, i64),
    /// A parent: what its units come to.
    pub below: Option<Below>,
    /// A period is about to end.
    pub ending: Option<Ending>,
    /// A group is bound to the unit.
    pub has_group: bool,
}

/// The units below a parent, itself among them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Below {
    /// Somebody is missing on two working days in a row.
    pub missing: Vec<UnitId>,
    /// Dossiers overdue for three working days or more.
    pub overdue: usize,
}

/// A period that ends soon: how complete it is and what does not add up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ending {
    /// The month first, then what ends with it.
    pub periods: Vec<Period>,
    pub last_working_day: NaiveDate,
    pub complete: Complete,
    /// Of a parent: units with days missing.
    pub incomplete: Vec<String>,
    pub failing: Vec<Check>,
}

impl Ending {
    /// Days missing that are written out; the others are counted.
    pub const DAYS: usize = 5;

    /// Whether who is missing on a day is written out: not of a parent, whose units are.
    pub fn names(&self, day: NaiveDate) -> bool {
        self.incomplete.is_empty() && self.complete.missing.iter().take(Self::DAYS).any(|m| m.day == day)
    }
}

/// Everything known beside the units themselves.
#[derive(Clone, Copy)]
pub struct World<'a> {
    /// Local time of the office.
    pub now: NaiveDateTime,
    pub calendar: &'a Calendar,
    pub leaves: &'a Leaves,
    pub absences: &'a Absences,
    pub snoozes: &'a HashMap<OfficialId, Snooze>,
    /// People whom no chat reaches.
    pub unreachable: &'a HashSet<OfficialId>,
    /// What each person was told today (`''` keys of [`slot_fact`] and [`dossier_fact`]).
    pub told: &'a HashSet<(OfficialId, String)>,
    /// What leaders know already.
    pub known: &'a HashSet<(OfficialId, UnitId, String)>,
}

impl World<'_> {
    pub fn today(&self) -> NaiveDate {
        self.now.date()
    }

    pub fn is_told(&self, person: OfficialId, fact: &str) -> bool {
        self.told.contains(&(person, fact.to_string()))
    }

    pub fn attendance<'u>(&'u self, unit: &'u UnitFacts<'_>) -> Attendance<'u> {
        Attendance { members: unit.members, calendar: self.calendar, leaves: self.leaves, posted: unit.posted }
    }

    /// The snooze that holds a person's nags of a slot back now.
    pub fn snoozed(&self, person: OfficialId, slot: Slot) -> bool {
        slot.can_be_snoozed() && self.snooze(person).is_some()
    }

    pub fn snooze(&self, person: OfficialId) -> Option<&Snooze> {
        self.snoozes.get(&person).filter(|s| self.now < s.until)
    }

    /// Whether a person may be told a slot now.
    pub fn may_tell(&self, person: OfficialId, slot: Slot) -> bool {
        self.absences.of(person, self.today()).is_none()
            && !self.unreachable.contains(&person)
            && !self.snoozed(person, slot)
    }

    /// Working days from the day after `due` to today.
    pub fn working_days_late(&self, due: NaiveDate) -> usize {
        let Some(next) = due.succ_opt() else { return 0 };
        self.calendar.working_days(next, self.today()).count()
    }
}

/// The key of "this slot was told".
pub fn slot_fact(unit: UnitId, slot: Slot) -> String {
    format!("s:{}:{}", unit.0, slot.key())
}

/// The key of "this dossier was told".
pub fn dossier_fact(id: i64) -> String {
    format!("d:{id}")
}

/// The key of "this person cannot be reached".
pub fn unreachable_fact(person: OfficialId) -> String {
    format!("u:{}", person.0)
}

/// To whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Whom {
    Person(OfficialId),
    /// The groups bound to a unit.
    Group(UnitId),
}

/// What one unit's slot tells one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    pub unit: UnitId,
    pub slot: Slot,
    pub say: Say,
    /// What is told with it, beside the slot itself.
    pub facts: Vec<String>,
}

/// One message to one person or group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    pub to: Whom,
    /// In order of units, then of the day.
    pub parts: Vec<Part>,
}

/// What comes of it all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decision {
    /// One a person or group.
    pub messages: Vec<Message>,
    /// What each reader of an 08:05 knows from now on.
    pub known: BTreeMap<(OfficialId, UnitId), BTreeSet<String>>,
}

/// What is said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Say {
    Digest(Vec<Holding>),
    /// `/mau` lines of these fields.
    Remind {
        fields: Vec<FieldId>,
        last: bool,
    },
    LeadMorning(Box<LeadMorning>),
    Leader {
        /// New ones, oldest first.
        overdue: Vec<Due>,
        /// How many there are in all.
        overdue_all: usize,
        missing: Vec<(OfficialId, Vec<NaiveDate>)>,
    },
    /// Of a parent: units that miss two days in a row, dossiers overdue for three.
    Parent(Below),
    LeadEvening {
        expected: usize,
        missing: Vec<Missing>,
        today: (i64, i64),
        unreachable: Vec<OfficialId>,
        /// On leave today, and else to post.
        away: Vec<OfficialId>,
    },
    Group {
        posted: usize,
        expected: usize,
    },
}

/// Dossiers of one holder: the reader's own, or of whom they stand in for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Holding {
    /// `None`: the reader's own, or of a field of theirs without a holder.
    pub instead_of: Option<OfficialId>,
    pub today: Vec<Due>,
    pub soon: Vec<Due>,
    pub overdue: Vec<Due>,
}

/// Who is missing, and whether they have asked for time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    pub who: OfficialId,
    pub snooze: Option<Snooze>,
}

/// What a lead reads in the morning.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LeadMorning {
    /// The working day before, with who is missing.
    pub missing: Option<(NaiveDate, Vec<Missing>)>,
    /// Overdue for more than one working day without a reason.
    pub unexplained: Vec<(Due, Option<Snooze>)>,
    /// People who cannot be told of what they hold: due today, overdue.
    pub unreachable: Vec<(OfficialId, usize, usize)>,
    pub ending: Option<Ending>,
}
