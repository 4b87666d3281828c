//! Days and instants as the database keeps them: days since 1970-01-01, seconds since then.

use chrono::{DateTime, Datelike, NaiveDate, Utc};

/// `1970-01-01` → 0.
pub fn to_db(day: NaiveDate) -> i64 {
    (day - NaiveDate::default()).num_days()
}

/// 0 → `1970-01-01`. Days outside the calendar come out as its ends.
pub fn from_db(day: i64) -> NaiveDate {
    chrono::TimeDelta::try_days(day).and_then(|d| NaiveDate::default().checked_add_signed(d)).unwrap_or(if day < 0 {
        NaiveDate::MIN
    } else {
        NaiveDate::MAX
    })
}

/// Seconds since 1970 → instant; out of range comes out as 1970.
pub fn instant(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(seconds, 0).unwrap_or_default()
}

/// The half month that holds `day`: `(year * 12 + month - 1) * 2 + (day >= 15)`.
pub fn half_of(day: NaiveDate) -> i64 {
    (i64::from(day.year()) * 12 + i64::from(day.month0())) * 2 + i64::from(day.day() >= 15)
}

/// The first day of the half month that holds `day`.
pub fn half_start(day: NaiveDate) -> NaiveDate {
    let first = if day.day() >= 15 { 15 } else { 1 };
    day.with_day(first).unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_come_back_as_they_went() {
        for d in ["1970-01-01", "2026-11-20", "2028-02-29"] {
            let day: NaiveDate = d.parse().unwrap();
            assert_eq!(from_db(to_db(day)), day);
        }
        assert_eq!(to_db("1970-01-02".parse().unwrap()), 1);
    }

    #[test]
    fn a_month_of_either_scheme_is_two_halves() {
        let half = |d: &str| half_of(d.parse().unwrap());
        assert_eq!(half("2026-10-15") + 1, half("2026-11-14"));
        assert_eq!(half("2026-11-01") + 1, half("2026-11-30"));
        assert_eq!(half("2026-12-31") + 1, half("2027-01-01"));
    }
}
