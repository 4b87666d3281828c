//! Nagging (SPEC §8): who is told what, when, and when to stop.
//!
//! A pure function of facts and time: [`slots_due`] says which of a unit's slots have come
//! since the last look, [`policy::decide`] turns what is known into messages. Few and well
//! timed: one message a person and pass, nothing outside office time, each fact once a day.
//!
//! After a gap only the latest state is told, once: of today's slots those whose fact still
//! matters ([`told_until`]); yesterday's are dropped.
//!
//! Deliberately not here: the sentences (`app::nag`), and what is stored (`store::nags`).

pub mod absence;
pub mod facts;
pub mod lead;
pub mod leader;
pub mod period;
pub mod policy;
pub mod responsible;

use chrono::{NaiveDateTime, Timelike};

use super::calendar::Calendar;

/// Nothing is said before 07:00, nor from 18:00 on.
pub use super::calendar::{CLOSES, Minute, OPENS, moment};

/// The end of office hours: what a morning message tells is of use until then.
const OFFICE_ENDS: Minute = 17 * 60;

/// What is told once a working day, at a time that a unit may change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Slot {
    /// Dossiers due and overdue, to whoever holds them.
    Digest,
    /// To the lead: missing from the day before, overdue without a reason.
    LeadMorning,
    /// To the leader: what has gone on for days.
    LeaderMorning,
    /// To whoever has not posted for today.
    Reminder,
    LastReminder,
    /// To the lead: who is missing, totals so far.
    LeadEvening,
}

impl Slot {
    /// In the order of the day.
    pub const ALL: [Slot; 6] =
        [Slot::Digest, Slot::LeadMorning, Slot::LeaderMorning, Slot::Reminder, Slot::LastReminder, Slot::LeadEvening];

    /// Name in the database and behind `/nhac`.
    pub fn key(self) -> &'static str {
        match self {
            Slot::Digest => "sang",
            Slot::LeadMorning => "daumoi",
            Slot::LeaderMorning => "lanhdao",
            Slot::Reminder => "nhac1",
            Slot::LastReminder => "nhac2",
            Slot::LeadEvening => "chieu",
        }
    }

    pub fn from_key(key: &str) -> Option<Slot> {
        Slot::ALL.into_iter().find(|s| s.key() == key)
    }

    /// When it is told where a unit has not said otherwise (SPEC §8).
    pub fn usual(self) -> Minute {
        match self {
            Slot::Digest => 7 * 60 + 45,
            Slot::LeadMorning => 8 * 60,
            Slot::LeaderMorning => 8 * 60 + 5,
            Slot::Reminder => 16 * 60 + 15,
            Slot::LastReminder => 16 * 60 + 50,
            Slot::LeadEvening => 17 * 60 + 10,
        }
    }

    /// A snooze puts these off; what a lead is told about others is never put off.
    pub fn can_be_snoozed(self) -> bool {
        !matches!(self, Slot::LeadMorning | Slot::LeadEvening)
    }
}

/// The times of one unit on one day; `None`: switched off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Times([Option<Minute>; 6]);

impl Default for Times {
    fn default() -> Self {
        Times(Slot::ALL.map(|s| Some(s.usual())))
    }
}

impl Times {
    pub fn at(&self, slot: Slot) -> Option<Minute> {
        self.0.get(slot as usize).copied().flatten()
    }

    pub fn set(&mut self, slot: Slot, minute: Option<Minute>) {
        if let Some(held) = self.0.get_mut(slot as usize) {
            *held = minute;
        }
    }
}

/// The minute of the day of a moment.
pub fn minute_of(at: NaiveDateTime) -> Minute {
    (at.hour() * 60 + at.minute()) as Minute
}

/// Whether anything may be said at all (local time of the office).
pub fn is_office_time(now: NaiveDateTime, calendar: &Calendar) -> bool {
    (OPENS..CLOSES).contains(&minute_of(now)) && calendar.is_working(now.date())
}

/// The first minute of the day at which a missed slot is no longer told: the second reminder
/// takes the place of the first, and the morning's lists end with the office's day.
pub fn told_until(slot: Slot, times: &Times) -> Minute {
    match slot {
        Slot::Digest | Slot::LeadMorning | Slot::LeaderMorning => OFFICE_ENDS,
        Slot::Reminder => times.at(Slot::LastReminder).unwrap_or(CLOSES),
        Slot::LastReminder | Slot::LeadEvening => CLOSES,
    }
}

/// Where a clock has never been looked at, or was put back, what fell due so long ago is
/// still ours to tell (minutes).
pub const FIRST_LOOK: i64 = 15;

/// The slots of a unit that have come after `last` and are to be told at `now`, both local
/// time. `last` of an earlier day: since this day began; none, or later than `now`: within
/// [`FIRST_LOOK`].
///
/// ```
/// use motcua::domain::calendar::Calendar;
/// use motcua::domain::nag::{Slot, Times, slots_due};
/// let at = |t: &str| format!("2026-11-20T{t}:00").parse().unwrap();
/// let due = |last, now| slots_due(&Times::default(), Some(at(last)), at(now), &Calendar::default());
/// assert_eq!(due("16:14", "16:15"), [Slot::Reminder]);
/// assert_eq!(due("16:15", "16:15"), []);
/// // The program stood still for an hour: the second reminder alone.
/// assert_eq!(due("16:00", "17:05"), [Slot::LastReminder]);
/// ```
pub fn slots_due(times: &Times, last: Option<NaiveDateTime>, now: NaiveDateTime, calendar: &Calendar) -> Vec<Slot> {
    if !is_office_time(now, calendar) {
        return Vec::new();
    }
    let last = last.filter(|l| *l <= now).unwrap_or(now - chrono::TimeDelta::minutes(FIRST_LOOK));
    let seen = Some(last).filter(|l| l.date() == now.date()).map(minute_of);
    let minute = minute_of(now);
    let is_due = |slot: &Slot| {
        times.at(*slot).is_some_and(|at| {
            at <= minute && seen.is_none_or(|seen| seen < at) && (minute == at || minute < told_until(*slot, times))
        })
    };
    Slot::ALL.into_iter().filter(is_due).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::DayKind;

    fn at(text: &str) -> NaiveDateTime {
        text.parse().unwrap()
    }

    fn check(last: Option<&str>, now: &str, expected: &[Slot]) {
        let calendar = Calendar::new([
            ("2026-11-24".parse().unwrap(), DayKind::Off),
            ("2026-08-22".parse().unwrap(), DayKind::Work),
        ]);
        let due = slots_due(&Times::default(), last.map(at), at(now), &calendar);
        assert_eq!(due, expected, "{last:?} → {now}");
    }

    #[test]
    fn each_slot_comes_at_its_minute_and_only_then() {
        use Slot::*;
        check(Some("2026-11-20T07:44:59"), "2026-11-20T07:45:00", &[Digest]);
        check(Some("2026-11-20T07:45:10"), "2026-11-20T07:45:40", &[]);
        check(Some("2026-11-20T07:45:40"), "2026-11-20T08:06:00", &[LeadMorning, LeaderMorning]);
        check(Some("2026-11-20T16:49:00"), "2026-11-20T17:10:00", &[LastReminder, LeadEvening]);
    }

    #[test]
    fn after_a_gap_only_what_still_matters_is_told() {
        use Slot::*;
        check(Some("2026-11-13T09:00:00"), "2026-11-20T09:00:00", &[Digest, LeadMorning, LeaderMorning]);
        check(Some("2026-11-19T17:40:00"), "2026-11-20T16:20:00", &[Digest, LeadMorning, LeaderMorning, Reminder]);
        check(Some("2026-11-19T17:40:00"), "2026-11-20T17:40:00", &[LastReminder, LeadEvening]);
    }

    #[test]
    fn a_clock_never_looked_at_or_put_back_tells_what_falls_due_now() {
        use Slot::*;
        check(None, "2026-11-20T08:05:00", &[LeadMorning, LeaderMorning]);
        check(None, "2026-11-20T16:15:00", &[Reminder]);
        check(None, "2026-11-20T16:31:00", &[]);
        check(Some("2026-11-20T17:40:00"), "2026-11-20T16:15:00", &[Reminder]);
    }

    #[test]
    fn nothing_comes_at_night_or_on_days_off() {
        check(None, "2026-11-20T06:59:00", &[]);
        check(None, "2026-11-20T18:00:00", &[]);
        check(None, "2026-11-21T16:15:00", &[]); // Saturday
        check(None, "2026-11-24T16:15:00", &[]); // holiday
        check(Some("2026-08-22T16:14:00"), "2026-08-22T16:15:00", &[Slot::Reminder]); // worked Saturday
    }

    #[test]
    fn a_unit_may_switch_a_slot_off_or_move_it() {
        let mut times = Times::default();
        times.set(Slot::LastReminder, None);
        times.set(Slot::Reminder, Some(15 * 60 + 45));
        let due = |last, now| slots_due(&times, Some(at(last)), at(now), &Calendar::default());
        assert_eq!(due("2026-11-20T15:44:00", "2026-11-20T15:45:00"), [Slot::Reminder]);
        assert_eq!(due("2026-11-20T15:40:00", "2026-11-20T17:00:00"), [Slot::Reminder]);
    }
}
