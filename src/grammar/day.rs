//! Days as officials type them: `homnay`, `hôm qua`, `20/11`, `19/11/26`, `t6`, `cn`.
//!
//! A day without a year: SPEC §14 wants the latest such day that is not in the future, and
//! `21/11` typed on 20/11 refused as a day in the future. Both hold when the *nearest* such
//! day is taken, of last year and of this year: `31/12` in January is last year's, `21/11`
//! a day early is a slip. [`BadDay::Future`] carries last year's day for whoever only asks.

use chrono::{Datelike, Days, NaiveDate, Weekday};

use super::lex::{Kind, Token, lex};

/// Why a day cannot be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadDay {
    /// `31/11`, `19/13`.
    NoSuchDay,
    /// After today; `last` is the latest such day before, where no year was typed.
    Future { day: NaiveDate, last: Option<NaiveDate> },
}

/// A day found at the start of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DayRead<'a> {
    pub day: Result<NaiveDate, BadDay>,
    /// As typed.
    pub word: &'a str,
    /// What stands behind it.
    pub rest: &'a str,
}

impl DayRead<'_> {
    /// The day of whoever only asks: without a year the latest that is not in the future,
    /// however near the next one is.
    ///
    /// # Errors
    /// As [`read_day`], a day in the future only where its year was typed.
    ///
    /// ```
    /// use chrono::NaiveDate;
    /// use motcua::grammar::day::read_day;
    /// let today = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
    /// let asked = read_day("31/12", today).unwrap().asked();
    /// assert_eq!(asked, Ok(NaiveDate::from_ymd_opt(2025, 12, 31).unwrap()));
    /// ```
    pub fn asked(&self) -> Result<NaiveDate, BadDay> {
        match self.day {
            Err(BadDay::Future { last: Some(last), .. }) => Ok(last),
            day => day,
        }
    }
}

/// Reads the day a text begins with; `None` if it begins with something else.
///
/// `today` is the day of the message's own time stamp in the office's zone.
///
/// ```
/// use chrono::NaiveDate;
/// use motcua::grammar::day::read_day;
/// let today = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
/// let read = read_day("hôm qua ht", today).unwrap();
/// assert_eq!((read.day.unwrap().to_string().as_str(), read.rest), ("2026-11-19", "ht"));
/// assert!(read_day("31/11", today).unwrap().day.is_err());
/// assert!(read_day("ht ol 3", today).is_none());
/// ```
pub fn read_day(text: &str, today: NaiveDate) -> Option<DayRead<'_>> {
    let tokens = lex(text);
    let (day, taken) = day_at(&tokens, today, true)?;
    let (first, last) = (tokens.first()?, tokens.get(taken - 1)?);
    let rest = tokens.get(taken).map_or("", |t| &text[t.at..]);
    Some(DayRead { day, word: &text[first.at..last.end()], rest: rest.trim_end() })
}

/// The day as short as it can be typed on `today` and still be that day: `19/11`, else
/// `31/12/2025`.
///
/// ```
/// # use chrono::NaiveDate;
/// use motcua::grammar::day::shortest;
/// let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
/// assert_eq!(shortest(day(2026, 11, 19), day(2026, 11, 20)), "19/11");
/// assert_eq!(shortest(day(2025, 11, 19), day(2026, 11, 20)), "19/11/2025");
/// ```
pub fn shortest(day: NaiveDate, today: NaiveDate) -> String {
    if without_year(day.day(), day.month(), today) == Ok(day) {
        format!("{}/{}", day.day(), day.month())
    } else {
        format!("{}/{}/{}", day.day(), day.month(), day.year())
    }
}

/// The day that `tokens` begin with and how many tokens it takes. `leading`: at the start
/// of a line, where `20-11` is a day too.
pub(super) fn day_at(tokens: &[Token], today: NaiveDate, leading: bool) -> Option<(Result<NaiveDate, BadDay>, usize)> {
    let first = tokens.first()?;
    match first.kind {
        Kind::Date => return Some((dated(&first.word, today), 1)),
        Kind::DashedPair if leading => return Some((dated(&first.word, today), 1)),
        Kind::Word => {}
        _ => return None,
    }
    let second = tokens.get(1);
    let back = |days| Some(Ok(today.checked_sub_days(Days::new(days))?));
    match (first.word.as_str(), second.map(|t| t.word.as_str())) {
        ("homnay", _) => Some((Ok(today), 1)),
        ("homqua", _) => Some((back(1)?, 1)),
        ("homkia", _) => Some((back(2)?, 1)),
        ("hom", Some("nay")) => Some((Ok(today), 2)),
        ("hom", Some("qua")) => Some((back(1)?, 2)),
        ("hom", Some("kia")) => Some((back(2)?, 2)),
        ("ngay", Some(word)) if second.is_some_and(|t| t.kind == Kind::Date) => Some((dated(word, today), 2)),
        ("ngay", Some(d)) => spelled_out(d, &tokens[2..], today),
        ("cn" | "chunhat", _) => Some((Ok(latest(Weekday::Sun, today)), 1)),
        ("chu", Some("nhat")) => Some((Ok(latest(Weekday::Sun, today)), 2)),
        ("t", Some(n)) if second.is_some_and(|t| t.glued) => Some((Ok(latest(weekday(n)?, today)), 2)),
        ("thu", Some(n)) => Some((Ok(latest(weekday(n)?, today)), 2)),
        _ => None,
    }
}

/// `ngày 20 tháng 11`, `ngày 20 tháng 11 năm 2026`: what follows `ngày 20`.
fn spelled_out(d: &str, behind: &[Token], today: NaiveDate) -> Option<(Result<NaiveDate, BadDay>, usize)> {
    let [thang, m, ..] = behind else { return None };
    let is_number = |t: &Token| matches!(t.kind, Kind::Number { plus: false, .. });
    if thang.word != "thang" || !is_number(m) || !d.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    match behind.get(2..4) {
        Some([nam, y]) if nam.word == "nam" && is_number(y) => {
            Some((dated(&format!("{d}/{}/{}", m.word, y.word), today), 6))
        }
        _ => Some((dated(&format!("{d}/{}", m.word), today), 4)),
    }
}

/// A dotted day without a year, `20.11`. By itself it may as well be a number, so whoever
/// asks has to know that a day stands there.
pub(super) fn dotted(token: &Token, today: NaiveDate) -> Option<Result<NaiveDate, BadDay>> {
    let (d, m) = token.word.split_once('.')?;
    let short = |s: &str| matches!(s.len(), 1 | 2) && s.bytes().all(|b| b.is_ascii_digit());
    (token.kind == Kind::NotWhole && short(d) && short(m)).then(|| dated(&token.word, today))
}

/// What stands behind `thứ`.
pub(super) fn weekday(word: &str) -> Option<Weekday> {
    Some(match word {
        "2" | "hai" => Weekday::Mon,
        "3" | "ba" => Weekday::Tue,
        "4" | "tu" => Weekday::Wed,
        "5" | "nam" => Weekday::Thu,
        "6" | "sau" => Weekday::Fri,
        "7" | "bay" => Weekday::Sat,
        _ => return None,
    })
}

/// The latest such weekday, today included.
fn latest(weekday: Weekday, today: NaiveDate) -> NaiveDate {
    let back = today.weekday().days_since(weekday);
    today.checked_sub_days(Days::new(back.into())).unwrap_or(today)
}

/// `20/11`, `20/11/2026`, `20-11-26`, `19.11.2026`, `2026-11-20`.
fn dated(text: &str, today: NaiveDate) -> Result<NaiveDate, BadDay> {
    let parts: Vec<&str> = text.split(['/', '-', '.']).collect();
    let number = |s: &str| if s.len() <= 4 { s.parse::<u32>().ok() } else { None };
    let day = match parts[..] {
        [d, m] if d.len() <= 2 && m.len() <= 2 => {
            let (Some(d), Some(m)) = (number(d), number(m)) else { return Err(BadDay::NoSuchDay) };
            return without_year(d, m, today);
        }
        [y, m, d] if y.len() == 4 => (number(y), number(m), number(d)),
        [d, m, y] if y.len() == 4 => (number(y), number(m), number(d)),
        [d, m, y] if y.len() == 2 => (number(y).map(|y| 2000 + y), number(m), number(d)),
        _ => return Err(BadDay::NoSuchDay),
    };
    let (Some(y), Some(m), Some(d)) = day else { return Err(BadDay::NoSuchDay) };
    let day = NaiveDate::from_ymd_opt(y as i32, m, d).ok_or(BadDay::NoSuchDay)?;
    if day > today { Err(BadDay::Future { day, last: None }) } else { Ok(day) }
}

/// The nearest such day of this year and the last (see the top of this file).
fn without_year(d: u32, m: u32, today: NaiveDate) -> Result<NaiveDate, BadDay> {
    let of_year = |year| NaiveDate::from_ymd_opt(year, m, d);
    match (of_year(today.year()), of_year(today.year() - 1)) {
        (Some(day), _) if day <= today => Ok(day),
        (Some(day), Some(last)) if day - today < today - last => Err(BadDay::Future { day, last: Some(last) }),
        (Some(day), None) => Err(BadDay::Future { day, last: None }),
        (_, Some(last)) => Ok(last),
        (None, None) => Err(BadDay::NoSuchDay),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ymd(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    fn check(today: &str, typed: &str, expected: Result<&str, BadDay>) {
        let read = read_day(typed, ymd(today)).expect("a day");
        assert_eq!(read.day, expected.map(ymd), "{typed} on {today}");
    }

    #[test]
    fn a_day_is_named_in_words_or_numbers() {
        let friday = "2026-11-20";
        for (typed, day) in [
            ("homnay", "2026-11-20"),
            ("Hôm nay", "2026-11-20"),
            ("homqua", "2026-11-19"),
            ("hôm kia", "2026-11-18"),
            ("20/11", "2026-11-20"),
            ("ngày 19/11", "2026-11-19"),
            ("19/11/2026", "2026-11-19"),
            ("19/11/26", "2026-11-19"),
            ("19-11", "2026-11-19"),
            ("19.11.2026", "2026-11-19"),
            ("2026-11-19", "2026-11-19"),
            ("t6", "2026-11-20"),
            ("thứ 7", "2026-11-14"),
            ("t2", "2026-11-16"),
            ("thứ năm", "2026-11-19"),
            ("cn", "2026-11-15"),
            ("Chủ nhật", "2026-11-15"),
        ] {
            check(friday, typed, Ok(day));
        }
    }

    #[test]
    fn without_a_year_the_nearest_such_day_is_meant() {
        check("2027-01-04", "31/12", Ok("2026-12-31"));
        check("2026-11-20", "14/11", Ok("2026-11-14"));
        let slip = BadDay::Future { day: ymd("2026-11-21"), last: Some(ymd("2025-11-21")) };
        check("2026-11-20", "21/11", Err(slip));
        check("2026-03-15", "20/12", Ok("2025-12-20"));
        check("2025-01-10", "29/2", Ok("2024-02-29"));
        check("2026-11-20", "29/2", Err(BadDay::NoSuchDay));
        check("2026-11-20", "31/11", Err(BadDay::NoSuchDay));
        check("2026-11-20", "19/13", Err(BadDay::NoSuchDay));
        check("2026-11-20", "21/11/2026", Err(BadDay::Future { day: ymd("2026-11-21"), last: None }));
    }

    #[test]
    fn small_talk_is_no_day() {
        for text in ["thu tuc moi", "t 6", "ngay mai", "hom truoc", "3", "t8"] {
            assert_eq!(read_day(text, ymd("2026-11-20")), None, "{text}");
        }
    }
}
