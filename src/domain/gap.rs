//! Gaps in reception and clocks that differ (SPEC §11): which messages may have been lost,
//! and whose time stamps tell that our clock is wrong.

use chrono::{Days, NaiveDate, NaiveDateTime, TimeDelta};

use super::calendar::{CLOSES, Calendar, OPENS, moment};

/// Time stamps further off than this are not delay but a clock that is wrong.
pub const SKEW: TimeDelta = TimeDelta::minutes(10);

/// The working days in whose office time (07:00–18:00) something sent in `from..until`
/// (local time of the office) may have been lost; none if `until` is not after `from`.
///
/// ```
/// use motcua::domain::{calendar::Calendar, gap::lost_days};
/// let at = |t: &str| t.parse().unwrap();
/// let days = lost_days(at("2026-11-20T17:59:00"), at("2026-11-23T06:59:00"), &Calendar::default());
/// assert_eq!(days, [at("2026-11-20T00:00:00").date()]);
/// ```
pub fn lost_days(from: NaiveDateTime, until: NaiveDateTime, calendar: &Calendar) -> Vec<NaiveDate> {
    // Nobody's figures of more than a year ago wait for a hint.
    let first = from.date().max(until.date().checked_sub_days(Days::new(366)).unwrap_or(NaiveDate::MIN));
    let overlaps = |day: &NaiveDate| from.max(moment(*day, OPENS)) < until.min(moment(*day, CLOSES));
    calendar.working_days(first, until.date()).filter(overlaps).collect()
}

/// Whether a message's time stamp says that our clock is wrong: later than now, or earlier
/// than a time at which the platform had nothing more for us (`drained`). All by more than
/// [`SKEW`]; old stamps alone are messages that have waited.
pub fn is_skewed(stamp: NaiveDateTime, now: NaiveDateTime, drained: Option<NaiveDateTime>) -> bool {
    stamp - now > SKEW || drained.is_some_and(|d| d - stamp > SKEW)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::DayKind;

    fn at(time: &str) -> NaiveDateTime {
        time.parse().unwrap()
    }

    fn check(from: &str, until: &str, expected: &[&str]) {
        let calendar = Calendar::new([("2026-11-24".parse().unwrap(), DayKind::Off)]);
        let days: Vec<String> = lost_days(at(from), at(until), &calendar).iter().map(NaiveDate::to_string).collect();
        assert_eq!(days, expected, "{from} – {until}");
    }

    #[test]
    fn only_office_time_of_working_days_counts() {
        check("2026-11-20T14:05:00", "2026-11-20T15:10:00", &["2026-11-20"]);
        check("2026-11-20T18:00:00", "2026-11-21T07:00:00", &[]);
        check("2026-11-20T17:59:59", "2026-11-20T18:30:00", &["2026-11-20"]);
        check("2026-11-21T08:00:00", "2026-11-22T17:00:00", &[]);
        check("2026-11-20T20:00:00", "2026-11-25T07:01:00", &["2026-11-23", "2026-11-25"]);
        check("2026-11-20T15:10:00", "2026-11-20T14:05:00", &[]);
        check("2026-11-20T14:05:00", "2026-11-20T14:05:00", &[]);
    }

    #[test]
    fn a_stamp_ahead_or_long_before_the_last_silence_tells_of_a_wrong_clock() {
        let now = at("2026-11-20T14:00:00");
        let skewed = |stamp: &str, drained: Option<&str>| is_skewed(at(stamp), now, drained.map(at));
        assert!(skewed("2026-11-20T14:10:01", None));
        assert!(!skewed("2026-11-20T14:10:00", None));
        assert!(!skewed("2026-11-20T08:00:00", None), "it may have waited");
        assert!(!skewed("2026-11-20T08:00:00", Some("2026-11-20T08:09:00")));
        assert!(skewed("2026-11-20T13:49:00", Some("2026-11-20T13:59:30")));
    }
}
