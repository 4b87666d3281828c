//! Days on which a result is due: `19/11`, `5n`, `5 ngày làm việc`, `mai`, `thứ 6`, `cn`.

use std::sync::LazyLock;

use chrono::{Datelike, Days, NaiveDate, Weekday};
use regex::{Captures, Regex};

use super::Fault;
use crate::domain::calendar::Calendar;
use crate::grammar::day::weekday;
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
    /// The first such day on or after receipt; of an apology, on or after today.
    Weekday(Weekday),
}

static WORKING_DAYS: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^(\d{1,3}) ?(?:n|nlv|ngay(?: lam viec)?|nlviec)(?:$|[ ,.])").ok());
static DATE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^(?:ngay )?(\d{1,2})([/.-])(\d{1,2})(?:([/.-])(\d{4}|\d{2}))?(?:$|[ ,.;])").ok());

static WORD: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let weekday = r"t([2-7])|thu ?([2-7]|hai|ba|tu|nam|sau|bay)|(cn|chu ?nhat)";
    Regex::new(&format!(r"^(?:(hom ?nay)|((?:ngay )?mai)|{weekday})(?:$|[ ,.;])")).ok()
});

/// The due day that a tidy text begins with and what follows it. `today` is the day of the
/// message.
///
/// # Errors
/// `None` for anything else; [`Fault::NotADue`] for a day that does not exist.
///
/// ```
/// use motcua::grammar::dossier::due::{Due, due_at};
/// let today = chrono::NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
/// assert_eq!(due_at("5n @Lan", today), Some((Ok(Due::WorkingDays(5)), "@Lan")));
/// assert_eq!(due_at("5 ngày làm việc", today), Some((Ok(Due::WorkingDays(5)), "")));
/// assert_eq!(due_at("19/11 x", today), Some((Ok(Due::DayMonth { day: 19, month: 11 }), "x")));
/// assert_eq!(due_at("thứ 6", today), Some((Ok(Due::Weekday(chrono::Weekday::Fri)), "")));
/// assert_eq!(due_at("tuần sau", today), None);
/// ```
pub fn due_at(text: &str, today: NaiveDate) -> Option<(Result<Due, Fault>, &str)> {
    // Folding keeps words and spaces; what follows is found again by counting words.
    let folded = fold(text);
    if let Some(found) = WORKING_DAYS.as_ref()?.captures(&folded) {
        let typed = found.get(0)?.as_str().trim_end_matches([' ', ',', '.']);
        let n: u32 = found.get(1)?.as_str().parse().ok()?;
        let due = if n <= WORKING_DAYS_MAX { Ok(Due::WorkingDays(n)) } else { Err(Fault::NotADue(typed.to_string())) };
        return Some((due, behind(text, typed)));
    }
    if let Some(found) = WORD.as_ref()?.captures(&folded) {
        let typed = found.get(0)?.as_str().trim_end_matches([' ', ',', '.', ';']);
        return Some((Ok(in_words(&found, today)?), behind(text, typed)));
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

/// Whether a text begins with a due day in words, which may as well be the name of a field
/// (`mai táng phí`).
pub(super) fn is_in_words(text: &str) -> bool {
    WORD.as_ref().is_some_and(|w| w.is_match(&fold(text)))
}

/// The day that a match of [`WORD`] names.
fn in_words(found: &Captures<'_>, today: NaiveDate) -> Option<Due> {
    if found.get(1).is_some() {
        return Some(Due::Day(today));
    }
    if found.get(2).is_some() {
        return today.succ_opt().map(Due::Day);
    }
    let named = found.get(3).or(found.get(4)).and_then(|m| weekday(m.as_str()));
    Some(Due::Weekday(named.unwrap_or(Weekday::Sun)))
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
            Due::Weekday(weekday) => received + Days::new(weekday.days_since(received.weekday()).into()),
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
        assert_eq!(due_at(typed, day("2026-11-20")), expected.map(|(due, rest)| (Ok(due), rest)), "{typed}");
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
        for typed in ["", "ngay kia", "ht", "5", "19/11x", "5nn", "maika", "thu tuc", "t8", "t 6", "cnx"] {
            check(typed, None);
        }
        for (typed, word) in [("31/11", "31/11"), ("29/2/2027 x", "29/2/2027"), ("999n", "999n")] {
            assert_eq!(due_at(typed, day("2026-11-20")).unwrap().0, Err(Fault::NotADue(word.into())), "{typed}");
        }
    }

    #[test]
    fn a_due_day_may_be_said_in_words() {
        for typed in ["homnay", "hôm nay", "Hôm Nay,"] {
            check(typed, Some((Due::Day(day("2026-11-20")), "")));
        }
        for typed in ["mai @Lan", "ngày mai @Lan", "NGAY MAI  @Lan"] {
            check(typed, Some((Due::Day(day("2026-11-21")), "@Lan")));
        }
        let all = [
            (Weekday::Mon, ["t2", "thứ 2", "thứ hai"]),
            (Weekday::Tue, ["t3", "thu 3", "Thứ Ba"]),
            (Weekday::Wed, ["T4", "thu4", "thứ tư"]),
            (Weekday::Thu, ["t5", "thứ 5", "thứ năm"]),
            (Weekday::Fri, ["t6", "thu 6", "thứ sáu"]),
            (Weekday::Sat, ["t7", "thu 7", "thứ bảy"]),
            (Weekday::Sun, ["cn", "chủ nhật", "chunhat"]),
        ];
        for (weekday, typed) in all {
            for typed in typed {
                check(&format!("{typed} mất điện"), Some((Due::Weekday(weekday), "mất điện")));
            }
        }
        // The receipt was a Friday.
        let calendar = Calendar::new([]);
        let of = |weekday| Due::Weekday(weekday).of(day("2026-11-20"), &calendar).unwrap().to_string();
        assert_eq!((of(Weekday::Fri).as_str(), of(Weekday::Thu).as_str()), ("2026-11-20", "2026-11-26"));
        assert_eq!(of(Weekday::Sun), "2026-11-22");
    }

    #[test]
    fn a_due_day_without_a_year_is_the_first_on_or_after_receipt() {
        let calendar = Calendar::new([(day("2026-11-24"), DayKind::Off)]);
        let due = |typed: &str| due_at(typed, day("2026-11-20")).unwrap().0.unwrap();
        let of = |typed: &str, received: &str| due(typed).of(day(received), &calendar);
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
