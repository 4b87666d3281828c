//! Numbers and days in the Vietnamese manner: `1.236`, `90,23%`, `+12,3%`, `20/11/2026`.

use chrono::{Datelike, NaiveDate};

use crate::domain::summary::Rate;

/// What stands where there is nothing to divide by or compare with.
pub const NOTHING: &str = "–";

/// `1236` → `1.236`.
///
/// ```
/// assert_eq!(motcua::words::numbers::number(7_494_120), "7.494.120");
/// assert_eq!(motcua::words::numbers::number(-1_000), "-1.000");
/// ```
pub fn number(n: i64) -> String {
    let digits = n.unsigned_abs().to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if n < 0 {
        out.push('-');
    }
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push('.');
        }
        out.push(c);
    }
    out
}

/// How many there are: `1.236`.
///
/// ```
/// assert_eq!(motcua::words::numbers::count(3_321), "3.321");
/// ```
pub fn count(n: usize) -> String {
    number(i64::try_from(n).unwrap_or(i64::MAX))
}

/// `90,23%`, or `–` without a whole.
///
/// ```
/// use motcua::{domain::summary::Rate, words::numbers::rate};
/// assert_eq!(rate(Rate { part: 1108, whole: 1228 }), "90,23%");
/// assert_eq!(rate(Rate { part: 0, whole: 0 }), "–");
/// ```
pub fn rate(rate: Rate) -> String {
    match rate.basis_points() {
        Some(bp) => format!("{},{:02}%", number(bp / 100), bp % 100),
        None => NOTHING.to_string(),
    }
}

/// The signed change from `before` to `now` with one decimal, half up (away from zero):
/// `+12,3%`, `-20,0%`, `–` where there was nothing.
///
/// ```
/// use motcua::words::numbers::change;
/// assert_eq!(change(90, 72), "-20,0%");
/// assert_eq!(change(0, 5), "–");
/// ```
pub fn change(before: i64, now: i64) -> String {
    if before == 0 {
        return NOTHING.to_string();
    }
    let diff = (now - before) as i128 * 1000;
    let (magnitude, whole) = (diff.unsigned_abs(), before.unsigned_abs() as u128);
    let tenths = (2 * magnitude + whole) / (2 * whole);
    let sign = if diff < 0 { '-' } else { '+' };
    format!("{sign}{},{}%", number((tenths / 10) as i64), tenths % 10)
}

/// `20/11/2026`.
pub fn date(day: NaiveDate) -> String {
    format!("{:02}/{:02}/{}", day.day(), day.month(), day.year())
}

/// `20/11`.
pub fn day_month(day: NaiveDate) -> String {
    format!("{:02}/{:02}", day.day(), day.month())
}
