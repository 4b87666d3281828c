//! `/nghi 23/11-25/11 @Minh`, `/nghi @Lan 18/11`, `/nghi bo 18/11`: days of leave, whose, and
//! who stands in.

use std::sync::LazyLock;

use chrono::NaiveDate;
use regex::Regex;

use super::fold::{fold, word_is};
use super::planned::read_planned_day;

/// What was typed behind `/nghi`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LeaveRead<'a> {
    /// `bo`: the days are taken back.
    pub take_back: bool,
    /// `@Lan` before the days.
    pub colleague: Option<&'a str>,
    /// First and last day of each, in the order typed.
    pub days: Vec<(NaiveDate, NaiveDate)>,
    /// Behind the days, with or without `@`.
    pub stand_in: Option<&'a str>,
}

/// Why days of leave cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BadLeave<'a> {
    /// No day stands where one should.
    NoDay(&'a str),
    Backwards {
        first: NaiveDate,
        last: NaiveDate,
    },
}

/// A day in figures.
static DAY: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}/\d{1,2}(?:/\d{2,4})?)").ok());
/// `23-25/11`: the first day without its month.
static SHORT: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^(\d{1,2})\s*[-–—]\s*(\d{1,2})(/\d{1,2}(?:/\d{2,4})?)").ok());

/// Reads what stands behind `/nghi`; without days (a list is asked for) `days` is empty. Of
/// days without a year the nearest to `today` are meant.
///
/// ```
/// use chrono::NaiveDate;
/// use motcua::grammar::leave::read_leave;
/// let today = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
/// let read = read_leave("23/11-25/11 @Minh", today).unwrap();
/// assert_eq!(read.days[0].1.to_string(), "2026-11-25");
/// assert_eq!(read.stand_in, Some("Minh"));
/// let read = read_leave("bo @Lan 18/11", today).unwrap();
/// assert!(read.take_back && read.colleague == Some("Lan"));
/// ```
///
/// # Errors
/// The text that is no day; days the wrong way round.
pub fn read_leave(text: &str, today: NaiveDate) -> Result<LeaveRead<'_>, BadLeave<'_>> {
    let mut read = LeaveRead::default();
    let mut rest = text.trim();
    let (first, behind) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
    if ["bo", "rut", "huy", "xoa"].iter().any(|w| word_is(first, w)) {
        read.take_back = true;
        rest = behind.trim_start();
    }
    if let Some(named) = rest.strip_prefix('@') {
        // The name runs up to the first word that is a day.
        let words = named.char_indices().filter(|(i, c)| *i > 0 && c.is_whitespace()).map(|(i, _)| i);
        let starts = words.map(|i| i + 1).find(|i| one_day(&named[*i..], today, true).is_some());
        let (name, behind) = named.split_at(starts.unwrap_or(named.len()));
        read.colleague = Some(name.trim().trim_end_matches([':', ',']));
        rest = behind.trim_start();
    }
    if rest.is_empty() {
        return Ok(read);
    }
    let mut leading = true;
    while let Some((first, last, behind)) = span(rest, today, leading) {
        if last < first {
            return Err(BadLeave::Backwards { first, last });
        }
        read.days.push((first, last));
        let next = behind.trim_start();
        leading = next.starts_with([',', ';']);
        rest = next.trim_start_matches([',', ';']).trim_start();
    }
    if read.days.is_empty() {
        return Err(BadLeave::NoDay(rest));
    }
    let stand_in = rest.trim_start_matches(['(', '@']).trim_end_matches(')').trim();
    let stand_in = stand_in.strip_prefix("thay:").or(stand_in.strip_prefix("thay ")).unwrap_or(stand_in).trim();
    read.stand_in = Some(stand_in.trim_start_matches('@')).filter(|s| !s.is_empty());
    Ok(read)
}

/// A day, or two with a mark between them, and what follows.
fn span(text: &str, today: NaiveDate, leading: bool) -> Option<(NaiveDate, NaiveDate, &str)> {
    if let Some(found) = SHORT.as_ref().and_then(|r| r.captures(text)) {
        let part = |i: usize| found.get(i).map_or("", |m| m.as_str());
        let day = |d: &str| read_planned_day(&format!("{d}{}", part(3)), today).map(|(day, _)| day);
        return Some((day(part(1))?, day(part(2))?, &text[part(0).len()..]));
    }
    let (first, behind) = one_day(text, today, leading)?;
    let next = behind.trim_start();
    let marks = ["->", "→", "-", "–", "—", "đến", "den", "tới", "toi"];
    let after = marks.iter().find_map(|m| next.strip_prefix(m));
    match after.and_then(|after| one_day(after.trim_start(), today, true)) {
        Some((last, behind)) => Some((first, last, behind)),
        None => Some((first, first, behind)),
    }
}

/// A day in figures; in words (`homnay`, `mai`, `thu 2`) only where a name cannot stand.
fn one_day(text: &str, today: NaiveDate, leading: bool) -> Option<(NaiveDate, &str)> {
    if let Some(found) = DAY.as_ref().and_then(|r| r.find(text)) {
        let (day, rest) = read_planned_day(found.as_str(), today)?;
        return rest.is_empty().then_some((day, &text[found.end()..]));
    }
    if !leading || text.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    // A mark between two days ends a word as a space does.
    let ends = text.char_indices().filter(|(_, c)| c.is_whitespace() || matches!(c, ',' | ';' | '-' | '–' | '—'));
    let ends: Vec<usize> = ends.map(|(i, _)| i).chain([text.len()]).take(2).collect();
    for end in ends.into_iter().rev() {
        let (words, behind) = text.split_at(end);
        let words: String = fold(words).split_whitespace().collect();
        if matches!(words.as_str(), "mai" | "ngaymai") {
            return Some((today.succ_opt()?, behind));
        }
        if let Some((day, "")) = read_planned_day(&words, today) {
            return Some((day, behind));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, days: &[(&str, &str)], colleague: Option<&str>, stand_in: Option<&str>) {
        let today = "2026-11-20".parse().unwrap();
        let read = read_leave(text, today).unwrap_or_else(|e| panic!("{text}: {e:?}"));
        let expected: Vec<_> = days.iter().map(|(a, b)| (a.parse().unwrap(), b.parse().unwrap())).collect();
        assert_eq!((read.days, read.colleague, read.stand_in), (expected, colleague, stand_in), "{text}");
    }

    #[test]
    fn days_stand_alone_in_lists_and_in_spans() {
        check("23/11", &[("2026-11-23", "2026-11-23")], None, None);
        check("23/11-25/11", &[("2026-11-23", "2026-11-25")], None, None);
        check("23-25/11", &[("2026-11-23", "2026-11-25")], None, None);
        check("23/11 – 25/11/2026", &[("2026-11-23", "2026-11-25")], None, None);
        check("29/12 đến 2/1", &[("2026-12-29", "2027-01-02")], None, None);
        check(
            "23/11, 25/11 27/11",
            &[("2026-11-23", "2026-11-23"), ("2026-11-25", "2026-11-25"), ("2026-11-27", "2026-11-27")],
            None,
            None,
        );
        check("homnay", &[("2026-11-20", "2026-11-20")], None, None);
        check("hôm nay-mai", &[("2026-11-20", "2026-11-21")], None, None);
        check("mai @Minh", &[("2026-11-21", "2026-11-21")], None, Some("Minh"));
        check("2026-11-23", &[("2026-11-23", "2026-11-23")], None, None);
    }

    #[test]
    fn a_name_before_the_days_is_whose_behind_them_who_stands_in() {
        check("23/11 @Minh", &[("2026-11-23", "2026-11-23")], None, Some("Minh"));
        check("23/11 Trần Mai", &[("2026-11-23", "2026-11-23")], None, Some("Trần Mai"));
        check("@Lan 18/11", &[("2026-11-18", "2026-11-18")], Some("Lan"), None);
        check("@Quốc Lan 18/11 @Minh", &[("2026-11-18", "2026-11-18")], Some("Quốc Lan"), Some("Minh"));
        check("@Lan", &[], Some("Lan"), None);
        check("", &[], None, None);
    }

    #[test]
    fn what_is_no_day_is_told() {
        let today = "2026-11-20".parse().unwrap();
        assert_eq!(read_leave("tuần sau", today), Err(BadLeave::NoDay("tuần sau")));
        assert_eq!(read_leave("31/11", today), Err(BadLeave::NoDay("31/11")));
        assert!(matches!(read_leave("25/11-23/11", today), Err(BadLeave::Backwards { .. })));
        assert!(read_leave("bỏ 18/11", today).unwrap().take_back);
    }
}
