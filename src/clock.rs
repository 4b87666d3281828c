//! The only room that reads the time. Tests and `--at` move a [`ManualClock`].

use std::sync::Mutex;
use std::time::Instant;

use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;

/// The default zone of an office.
pub const OFFICE_ZONE: Tz = chrono_tz::Asia::Ho_Chi_Minh;

/// Asks what time it is.
pub trait Clock: Send + Sync {
    fn now(&self) -> DateTime<Utc>;
}

/// The wall clock of the machine.
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one door to the machine's time")]
    fn now(&self) -> DateTime<Utc> {
        Utc::now()
    }
}

/// A clock that stands still until it is moved.
pub struct ManualClock(Mutex<DateTime<Utc>>);

impl ManualClock {
    pub fn new(at: DateTime<Utc>) -> Self {
        ManualClock(Mutex::new(at))
    }

    pub fn set(&self, at: DateTime<Utc>) {
        *self.0.lock().unwrap_or_else(|e| e.into_inner()) = at;
    }
}

impl Clock for ManualClock {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap_or_else(|e| e.into_inner())
    }
}

/// A clock that is put somewhere and runs on from there.
pub struct RunningClock {
    from: DateTime<Utc>,
    put_at: Instant,
}

impl RunningClock {
    pub fn new(from: DateTime<Utc>) -> Self {
        RunningClock { from, put_at: Instant::now() }
    }
}

impl Clock for RunningClock {
    fn now(&self) -> DateTime<Utc> {
        self.from + self.put_at.elapsed()
    }
}

/// The wall clock until it is moved; from then on it stands where it was put, and only
/// moves forward.
#[derive(Default)]
pub struct MovableClock(Mutex<Option<DateTime<Utc>>>);

impl MovableClock {
    /// Puts the clock to `at`. The first time to anywhere, later only forward: `false`, and
    /// nothing happens, for a step back.
    pub fn move_to(&self, at: DateTime<Utc>) -> bool {
        let mut stands = self.0.lock().unwrap_or_else(|e| e.into_inner());
        if stands.is_some_and(|s| at < s) {
            return false;
        }
        *stands = Some(at);
        true
    }

    /// Where it was put; `None` while it is the wall clock.
    pub fn stands(&self) -> Option<DateTime<Utc>> {
        *self.0.lock().unwrap_or_else(|e| e.into_inner())
    }
}

impl Clock for MovableClock {
    fn now(&self) -> DateTime<Utc> {
        let stands = *self.0.lock().unwrap_or_else(|e| e.into_inner());
        stands.unwrap_or_else(|| SystemClock.now())
    }
}

/// The day of an instant in the office's zone.
pub fn day_of(at: DateTime<Utc>, zone: Tz) -> NaiveDate {
    zone.from_utc_datetime(&at.naive_utc()).date_naive()
}

/// The instant at which clocks in a zone show a time; of two the earlier. Where they are put
/// forward past it, as long after the time before as it would have been.
///
/// ```
/// use motcua::clock::{OFFICE_ZONE, instant_of};
/// let quarter_past_four = "2026-11-20T16:15:00".parse().unwrap();
/// assert_eq!(instant_of(OFFICE_ZONE, quarter_past_four).to_string(), "2026-11-20 09:15:00 UTC");
/// ```
pub fn instant_of(zone: Tz, local: NaiveDateTime) -> DateTime<Utc> {
    // No zone puts its clocks forward twice within a day.
    const BEFORE: TimeDelta = TimeDelta::hours(12);
    let exact = |at: NaiveDateTime| zone.from_local_datetime(&at).earliest().map(|t| t.to_utc());
    let after_gap = || Some(exact(local.checked_sub_signed(BEFORE)?)? + BEFORE);
    exact(local).or_else(after_gap).unwrap_or_else(|| local.and_utc())
}

/// Reads TIME of the command line: RFC 3339, or `2026-11-20T16:15[:30]`, or a day
/// (its midnight), in the office's zone.
pub fn parse_time(text: &str, zone: Tz) -> Option<DateTime<Utc>> {
    if let Ok(t) = DateTime::parse_from_rfc3339(text) {
        return Some(t.to_utc());
    }
    let local = ["%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"]
        .iter()
        .find_map(|f| NaiveDateTime::parse_from_str(text, f).ok())
        .or_else(|| text.parse::<NaiveDate>().ok()?.and_hms_opt(0, 0, 0))?;
    Some(instant_of(zone, local))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_local_time_is_one_instant() {
        let check = |zone: Tz, local: &str, expected: &str| {
            assert_eq!(instant_of(zone, local.parse().unwrap()).to_rfc3339(), expected, "{local} in {zone}");
        };
        check(OFFICE_ZONE, "2026-11-20T00:00:00", "2026-11-19T17:00:00+00:00");
        let berlin = chrono_tz::Europe::Berlin;
        check(berlin, "2026-07-01T12:00:00", "2026-07-01T10:00:00+00:00");
        // Put forward from 2:00 to 3:00, put back from 3:00 to 2:00.
        check(berlin, "2026-03-29T02:30:00", "2026-03-29T01:30:00+00:00");
        check(berlin, "2026-10-25T02:30:00", "2026-10-25T00:30:00+00:00");
    }

    #[test]
    fn a_time_without_zone_is_the_offices() {
        let expected = Utc.with_ymd_and_hms(2026, 11, 20, 9, 15, 0).single();
        assert_eq!(parse_time("2026-11-20T16:15", OFFICE_ZONE), expected);
        assert_eq!(parse_time("2026-11-20T16:15:00+07:00", OFFICE_ZONE), expected);
        assert_eq!(parse_time("20/11/2026", OFFICE_ZONE), None);
    }
}
