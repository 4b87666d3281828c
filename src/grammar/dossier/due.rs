//! Days on which a result is due: `19/11`, `5n`, `5 ngày làm việc`.

use std::sync::LazyLock;

use chrono::{Datelike, Days, NaiveDate};
use regex::Regex;

use super::Fault;
use crate::domain::calendar::Calendar;
use crate::grammar::fold::fold;

/// Longest time that a procedure takes, in working days.
const WORKING_DAYS_MAX: u32 = 366;
/// A due day further behind its receipt is a slip of the year.
const FURTHEST: i64 = 731;

/// A due day as typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    Day(NaiveDate),
    /// The first such day on or after receipt.
    DayMonth {
        day: u32,
        month: u32,
    },
    /// Counted from the day after receipt.
    WorkingDays(u32),
}

static WORKING_DAYS: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^(\d{1,3}) ?(?:n|nlv|ngay(?: lam viec)?|nlviec)(?:$|[ ,.])").ok());
static DATE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^(?:ngay )?(\d{1,2})([/.-])(\d{1,2})(?:([/.-])(\d{4}|\d{2}))?(?:$|[ ,.;])").ok());

/// The due day that a tidy text begins with and what follows it.
///
/// # Errors
/// `None` for anything else; [`Fault::NotADue`] for a day that does not exist.
///
/// ```
/// use motcua::grammar::dossier::due::{Due, due_at};
/// assert_eq!(due_at("5n @Lan"), Some((Ok(Due::WorkingDays(5)), "@Lan")));
/// assert_eq!(due_at("5 ngày làm việc"), Some((Ok(Due::WorkingDays(5)), "")));
/// assert_eq!(due_at("19/11 x"), Some((Ok(Due::DayMonth { day: 19, month: 11 }), "x")));
/// assert_eq!(due_at("ngay mai"), None);
/// ```
pub fn due_at(text: &str) -> Option<(Result<Due, Fault>, &str)> {
    // Folding keeps words and spaces; what follows is found again by counting words.
    let folded = fold(text);
    if let Some(found) = WORKING_DAYS.as_ref()?.captures(&folded) {
        let typed = found.get(0)?.as_str().trim_end_matches([' ', ',', '.']);
        let n: u32 = found.get(1)?.as_str().parse().ok()?;
        let due = if n <= WORKING_DAYS_MAX { Ok(Due::WorkingDays(n)) } else { Err(Fault::NotADue(typed.to_string())) };
        return Some((due, behind(text, typed)));
    }
    let found = DATE.as_ref()?.captures(&folded)?;
    let typed = found.get(0)?.as_str().trim_end_matches([' ', ',', '.', ';']);
    let part = |i: usize| found.get(i).and_then(|m| m.as_str().parse::<u32>().ok());
    let (day, month) = (part(1)?, part(3)?);
    let bad = || Fault::NotADue(typed.to_string());
    let due = match part(5) {
        Some(year) => {
            let year = if year < 100 { 2000 + year } else { year };
            NaiveDate::from_ymd_opt(year as i32, month, day).map(Due::Day).ok_or_else(bad)
        }
        // A leap year has every day that there is.
        None => NaiveDate::from_ymd_opt(2028, month, day).map(|_| Due::DayMonth { day, month }).ok_or_else(bad),
    };
    Some((due, behind(text, typed)))
}

/// What follows the words of `typed`, which is folded, in the text it was read from.
fn behind<'a>(text: &'a str, typed: &str) -> &'a str {
    let mut rest = text.trim_start();
    for word in typed.split(' ') {
        let mut left = word.chars().count();
        let end = rest.char_indices().find(|(_, c)| {
            let is_letter = !unicode_normalization::char::is_combining_mark(*c);
            if is_letter && left == 0 {
                return true;
            }
            left -= usize::from(is_letter);
            false
        });
        rest = end.map_or("", |(at, _)| &rest[at..]).trim_start();
    }
    rest.trim_start_matches([' ', ',', '.', ';'])
}

impl Due {
    /// The day, for a dossier received on `received`; typed in `word`.
    ///
    /// `0n` is the day of receipt, or the first working day after it.
    ///
    /// # Errors
    /// A day before the receipt, or years behind it.
    pub fn of(self, received: NaiveDate, calendar: &Calendar) -> Result<NaiveDate, Fault> {
        let day = match self {
            Due::WorkingDays(0) if !calendar.is_working(received) => calendar.next_working_day(received),
            Due::WorkingDays(n) => calendar.add_working_days(received, n),
            Due::Day(day) => day,
            Due::DayMonth { day, month } => first_on_or_after(received, day, month),
        };
        match (day - received).num_days() {
            days if days < 0 => Err(Fault::DueBeforeReceipt(crate::words::numbers::date(day))),
            days if days > FURTHEST => Err(Fault::DueTooFar(crate::words::numbers::date(day))),
            _ => Ok(day),
        }
    }
}

/// The first such day of any year on or after `from`; of 29 February in a leap year.
fn first_on_or_after(from: NaiveDate, day: u32, month: u32) -> NaiveDate {
    let years = from.year()..=from.year() + 8;
    let mut days = years.filter_map(|y| NaiveDate::from_ymd_opt(y, month, day));
    days.find(|d| *d >= from).unwrap_or(from + Days::new(0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::DayKind;

    fn day(iso: &str) -> NaiveDate {
        iso.parse().unwrap()
    }

    fn check(typed: &str, expected: Option<(Due, &str)>) {
        assert_eq!(due_at(typed), expected.map(|(due, rest)| (Ok(due), rest)), "{typed}");
    }

    #[test]
    fn a_due_day_is_a_day_or_a_number_of_working_days() {
        let n = |n| Due::WorkingDays(n);
        for typed in ["5n", "5 n", "5 ngay", "5 ngày", "05 ngày làm việc", "5nlv", "5N", "5n,", "5 nga\u{300}y"] {
            check(typed, Some((n(5), "")));
        }
        check("5 ngày  làm việc @Lan", Some((n(5), "@Lan")));
        check("20 NGÀY @Hòa", Some((n(20), "@Hòa")));
        let nov = Due::DayMonth { day: 19, month: 11 };
        for typed in ["19/11", "ngày 19/11", "19-11", "19.11", "19/11."] {
            check(typed, Some((nov, "")));
        }
        check("19/11 mất điện", Some((nov, "mất điện")));
        check("26/11/2026", Some((Due::Day(day("2026-11-26")), "")));
        check("26/11/26 x", Some((Due::Day(day("2026-11-26")), "x")));
        for typed in ["", "ngay mai", "ht", "5", "19/11x", "5nn"] {
            check(typed, None);
        }
        for (typed, word) in [("31/11", "31/11"), ("29/2/2027 x", "29/2/2027"), ("999n", "999n")] {
            assert_eq!(due_at(typed).unwrap().0, Err(Fault::NotADue(word.into())), "{typed}");
        }
    }

    #[test]
    fn a_due_day_without_a_year_is_the_first_on_or_after_receipt() {
        let calendar = Calendar::new([(day("2026-11-24"), DayKind::Off)]);
        let of = |typed: &str, received: &str| due_at(typed).unwrap().0.unwrap().of(day(received), &calendar);
        assert_eq!(of("26/11", "2026-11-20"), Ok(day("2026-11-26")));
        assert_eq!(of("20/11", "2026-11-20"), Ok(day("2026-11-20")));
        assert_eq!(of("5/1", "2026-12-30"), Ok(day("2027-01-05")));
        assert_eq!(of("29/2", "2027-06-01"), Ok(day("2028-02-29")));
        assert_eq!(of("3n", "2026-11-20"), Ok(day("2026-11-26")));
        assert_eq!(of("0n", "2026-11-20"), Ok(day("2026-11-20")));
        assert_eq!(of("0n", "2026-11-21"), Ok(day("2026-11-23")));
        assert_eq!(of("19/11/2026", "2026-11-20"), Err(Fault::DueBeforeReceipt("19/11/2026".into())));
        assert_eq!(of("19/11/2062", "2026-11-20"), Err(Fault::DueTooFar("19/11/2062".into())));
    }
}
