//! Leave and snoozes: who is not to be told anything now, and who stands in.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime};

use super::{CLOSES, OPENS, minute_of, moment};
use crate::domain::calendar::Calendar;
use crate::domain::official::OfficialId;
use crate::domain::unit::UnitId;

/// Days of leave, both ends inclusive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leave {
    pub id: i64,
    pub official: OfficialId,
    /// Where the stand-in sees the dossiers.
    pub unit: UnitId,
    pub first: NaiveDate,
    pub last: NaiveDate,
    pub stand_in: Option<OfficialId>,
}

impl Leave {
    pub fn holds(&self, day: NaiveDate) -> bool {
        self.first <= day && day <= self.last
    }
}

/// The leaves that touch the days looked at.
#[derive(Clone, Debug, Default)]
pub struct Absences(HashMap<OfficialId, Vec<Leave>>);

impl Absences {
    pub fn new(leaves: impl IntoIterator<Item = Leave>) -> Absences {
        let mut all = Absences::default();
        for leave in leaves {
            all.0.entry(leave.official).or_default().push(leave);
        }
        all
    }

    /// The leave that a person is on, the one entered last.
    pub fn of(&self, official: OfficialId, day: NaiveDate) -> Option<&Leave> {
        self.0.get(&official)?.iter().rfind(|l| l.holds(day))
    }

    /// Who stands in for a person in a unit.
    pub fn stand_in(&self, official: OfficialId, unit: UnitId, day: NaiveDate) -> Option<OfficialId> {
        self.0.get(&official)?.iter().rfind(|l| l.holds(day) && l.unit == unit && l.stand_in.is_some())?.stand_in
    }
}

/// Put off until a moment, with the reason if one was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snooze {
    pub until: NaiveDateTime,
    pub reason: String,
}

/// What `/hoan` asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PutOff {
    Minutes(u32),
    /// To the afternoon; from noon on to its end.
    Afternoon,
    /// To the next working day.
    Tomorrow,
}

/// When the afternoon begins …
const AFTERNOON: u16 = 13 * 60 + 30;
/// … and when its end does.
const LATE_AFTERNOON: u16 = 16 * 60 + 30;

/// The moment until which nags are put off: always in office time. `None`: the afternoon is
/// all but over.
///
/// ```
/// use motcua::domain::calendar::Calendar;
/// use motcua::domain::nag::absence::{PutOff, put_off_until};
/// let until = |now: &str, put_off| {
///     let until = put_off_until(put_off, now.parse().unwrap(), &Calendar::default());
///     until.map(|u| u.to_string()).unwrap_or_default()
/// };
/// assert_eq!(until("2026-11-20T14:10:00", PutOff::Minutes(120)), "2026-11-20 16:10:00");
/// assert_eq!(until("2026-11-20T16:15:00", PutOff::Minutes(120)), "2026-11-23 07:00:00");
/// assert_eq!(until("2026-11-20T08:00:00", PutOff::Afternoon), "2026-11-20 13:30:00");
/// assert_eq!(until("2026-11-20T16:45:00", PutOff::Afternoon), "");
/// ```
pub fn put_off_until(put_off: PutOff, now: NaiveDateTime, calendar: &Calendar) -> Option<NaiveDateTime> {
    let next_day = || moment(calendar.next_working_day(now.date()), OPENS);
    let until = match put_off {
        PutOff::Tomorrow => next_day(),
        PutOff::Afternoon if minute_of(now) < AFTERNOON => moment(now.date(), AFTERNOON),
        PutOff::Afternoon if minute_of(now) < LATE_AFTERNOON => moment(now.date(), LATE_AFTERNOON),
        PutOff::Afternoon => return None,
        PutOff::Minutes(n) => now + chrono::TimeDelta::minutes(n.into()),
    };
    if !calendar.is_working(until.date()) || minute_of(until) >= CLOSES {
        return Some(moment(calendar.next_working_day(until.date()), OPENS));
    }
    Some(until.max(moment(until.date(), OPENS)))
}
