//! Working days of the office (SPEC §7, DOMAIN §3.4).
//!
//! Monday to Friday are worked, except days off; single Saturdays are worked in exchange
//! for a day off (`lam` days). Both come as rows that an admin edits, because every year's
//! list is decided anew; nothing is hard-coded here.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, Weekday};

/// A minute of the day, 0–1439.
pub type Minute = u16;

/// Office time of a working day begins (SPEC §8, §11) …
pub const OPENS: Minute = 7 * 60;
/// … and ends.
pub const CLOSES: Minute = 18 * 60;

/// The moment of a minute of a day.
pub fn moment(day: NaiveDate, minute: Minute) -> NaiveDateTime {
    day.and_hms_opt(u32::from(minute) / 60, u32::from(minute) % 60, 0).unwrap_or(day.and_time(chrono::NaiveTime::MIN))
}

/// What a row of the holiday table says about its day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayKind {
    /// A day off, whatever the weekday.
    Off,
    /// Worked although it is a Saturday or Sunday (làm bù).
    Work,
}

impl DayKind {
    /// Name in the database.
    pub fn key(self) -> &'static str {
        match self {
            DayKind::Off => "off",
            DayKind::Work => "work",
        }
    }

    pub fn from_key(key: &str) -> Option<DayKind> {
        [DayKind::Off, DayKind::Work].into_iter().find(|k| k.key() == key)
    }
}

/// From this time on a working day's figures are expected (SPEC §5).
pub const DUE_TIME: NaiveTime = match NaiveTime::from_hms_opt(17, 0, 0) {
    Some(t) => t,
    None => NaiveTime::MIN,
};

/// Which days are worked.
///
/// ```
/// use chrono::NaiveDate;
/// use motcua::domain::calendar::{Calendar, DayKind};
/// let day = |d| NaiveDate::from_ymd_opt(2026, 11, d).unwrap();
/// let calendar = Calendar::new([(day(24), DayKind::Off)]);
/// assert!(!calendar.is_working(day(24)));
/// assert_eq!(calendar.add_working_days(day(20), 3), day(26));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    rows: BTreeMap<NaiveDate, DayKind>,
}

impl Calendar {
    /// Of a day named twice the later row counts.
    pub fn new(rows: impl IntoIterator<Item = (NaiveDate, DayKind)>) -> Self {
        Calendar { rows: rows.into_iter().collect() }
    }

    pub fn is_working(&self, day: NaiveDate) -> bool {
        match self.rows.get(&day) {
            Some(DayKind::Work) => true,
            Some(DayKind::Off) => false,
            None => !matches!(day.weekday(), Weekday::Sat | Weekday::Sun),
        }
    }

    /// Working days of `from..=to`, in order; none when `to` lies before `from`.
    pub fn working_days(&self, from: NaiveDate, to: NaiveDate) -> impl Iterator<Item = NaiveDate> + '_ {
        from.iter_days().take_while(move |d| *d <= to).filter(|d| self.is_working(*d))
    }

    /// The `n`th working day counted from the day after `from`; `from` itself for 0.
    /// A due day `5n` is this (SPEC §7: the day of receipt is not counted).
    pub fn add_working_days(&self, from: NaiveDate, n: u32) -> NaiveDate {
        (0..n).fold(from, |day, _| self.next_working_day(day))
    }

    /// The first working day after `day`.
    pub fn next_working_day(&self, day: NaiveDate) -> NaiveDate {
        day.iter_days().skip(1).find(|d| self.is_working(*d)).unwrap_or(NaiveDate::MAX)
    }

    /// The last working day before `day`.
    pub fn previous_working_day(&self, day: NaiveDate) -> NaiveDate {
        let mut before = day;
        while let Some(d) = before.pred_opt() {
            if self.is_working(d) {
                return d;
            }
            before = d;
        }
        before
    }
}

/// The last day whose figures are expected by now: today from 17:00 on, else yesterday.
/// `now` is local time of the office.
pub fn due_until(now: NaiveDateTime) -> NaiveDate {
    if now.time() >= DUE_TIME { now.date() } else { now.date() - Days::new(1) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(iso: &str) -> NaiveDate {
        iso.parse().unwrap()
    }

    /// The table as shipped: the rows of the migration that seeds it.
    fn shipped() -> Calendar {
        let sql = include_str!("../../migrations/0002_holidays.sql");
        let rows = sql.lines().filter_map(|line| {
            let mut parts = line.trim().strip_prefix("('")?.split("', '");
            Some((day(parts.next()?), DayKind::from_key(parts.next()?).unwrap()))
        });
        Calendar::new(rows)
    }

    fn check(received: &str, n: u32, due: &str) {
        assert_eq!(shipped().add_working_days(day(received), n), day(due), "{received} + {n}");
    }

    #[test]
    fn due_days_skip_holidays_and_count_worked_saturdays() {
        check("2026-08-21", 3, "2026-08-25"); // Sat 22/8 is worked
        check("2026-02-13", 3, "2026-02-25"); // Tết
        check("2026-01-08", 3, "2026-01-12"); // Sat 10/1 is worked
        check("2026-03-13", 20, "2026-04-10"); // plain weeks
        check("2026-04-29", 2, "2026-05-05"); // 30/4 and 1/5
        check("2026-11-20", 3, "2026-11-26"); // 24/11
        check("2026-11-20", 5, "2026-11-30"); // 24/11 and a weekend
        check("2026-11-21", 3, "2026-11-26"); // received on a day off
        check("2026-12-30", 3, "2027-01-05"); // change of year
        check("2027-02-03", 1, "2027-02-11"); // Tết 2027
        check("2027-04-29", 2, "2027-05-05"); // 30/4, and 3/5 in place of Sat 1/5
        check("2026-11-20", 0, "2026-11-20");
    }

    #[test]
    fn the_shipped_table_holds_the_years_2025_to_2027() {
        let weekdays_off = |year: i32| {
            let (a, b) = (day(&format!("{year}-01-01")), day(&format!("{year}-12-31")));
            let off = |d: &NaiveDate| !matches!(d.weekday(), Weekday::Sat | Weekday::Sun) && !shipped().is_working(*d);
            a.iter_days().take_while(|d| *d <= b).filter(off).count()
        };
        assert_eq!([2025, 2026, 2027].map(weekdays_off), [12, 14, 12]);
        for saturday in ["2025-04-26", "2026-01-10", "2026-08-22"] {
            assert!(shipped().is_working(day(saturday)), "{saturday}");
        }
        assert!(shipped().is_working(day("2026-11-23")));
    }

    #[test]
    fn working_days_of_a_range_have_both_ends() {
        let days: Vec<_> = shipped().working_days(day("2026-11-20"), day("2026-11-25")).collect();
        assert_eq!(days, ["2026-11-20", "2026-11-23", "2026-11-25"].map(day));
        assert_eq!(shipped().working_days(day("2026-11-25"), day("2026-11-20")).count(), 0);
    }

    #[test]
    fn the_working_days_around_a_day_skip_days_off() {
        assert_eq!(shipped().next_working_day(day("2026-11-23")), day("2026-11-25"));
        assert_eq!(shipped().previous_working_day(day("2026-11-25")), day("2026-11-23"));
        assert_eq!(shipped().previous_working_day(day("2026-08-24")), day("2026-08-22"));
    }

    #[test]
    fn today_is_due_from_17_00_on() {
        let at = |t: &str| due_until(format!("2026-11-20T{t}").parse().unwrap());
        assert_eq!(at("16:59:59"), day("2026-11-19"));
        assert_eq!(at("17:00:00"), day("2026-11-20"));
    }
}
