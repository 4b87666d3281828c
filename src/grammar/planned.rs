//! Days that may lie ahead, as `/ngaynghi` takes them: of `1/1` without a year the nearest.

use chrono::{Days, NaiveDate};

use super::day::{BadDay, read_day};

/// Half a year: days without a year are read as of that much later, so that the latest such
/// day is the nearest.
const HALF_YEAR: Days = Days::new(182);

/// Days that may be entered at once.
pub const DAYS_MAX: usize = 60;
/// Letters of the longest text in which days are looked for.
const TEXT_MAX: usize = 2000;

/// Whether a text names more than [`DAYS_MAX`] days, or is too long for them: it is refused
/// before it is taken apart.
///
/// ```
/// use motcua::grammar::planned::{DAYS_MAX, is_too_many};
/// assert!(!is_too_many(&"24/11 ".repeat(DAYS_MAX)));
/// assert!(is_too_many(&"24/11, ".repeat(DAYS_MAX + 1)));
/// ```
pub fn is_too_many(text: &str) -> bool {
    let words = text.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';'));
    text.chars().nth(TEXT_MAX).is_some() || words.filter(|w| w.starts_with(char::is_numeric)).nth(DAYS_MAX).is_some()
}

/// The day that a text begins with, ahead or behind, and what follows; `None` if it begins
/// with no day or one that does not exist.
///
/// ```
/// use chrono::NaiveDate;
/// use motcua::grammar::planned::read_planned_day;
/// let today = NaiveDate::from_ymd_opt(2026, 12, 20).unwrap();
/// let (day, rest) = read_planned_day("1/1 Tết Dương lịch", today).unwrap();
/// assert_eq!((day.to_string().as_str(), rest), ("2027-01-01", "Tết Dương lịch"));
/// assert!(read_planned_day("31/11", today).is_none());
/// ```
pub fn read_planned_day(text: &str, today: NaiveDate) -> Option<(NaiveDate, &str)> {
    let named = !text.trim_start().starts_with(|c: char| c.is_ascii_digit());
    let read = read_day(text, if named { today } else { today + HALF_YEAR })?;
    match read.day {
        Ok(day) | Err(BadDay::Future { last: Some(day), .. }) | Err(BadDay::Future { day, last: None }) => {
            Some((day, read.rest))
        }
        Err(BadDay::NoSuchDay) => None,
    }
}

/// All days that a text begins with, commas or spaces between them, and what follows.
///
/// ```
/// # use chrono::NaiveDate;
/// use motcua::grammar::planned::read_planned_days;
/// let today = NaiveDate::from_ymd_opt(2026, 12, 20).unwrap();
/// let (days, name) = read_planned_days("4/2, 5/2 và 8/2/2027 Tết", today);
/// assert_eq!((days.len(), name), (3, "Tết"));
/// ```
pub fn read_planned_days(text: &str, today: NaiveDate) -> (Vec<NaiveDate>, &str) {
    let mut days = Vec::new();
    let mut rest = text.trim();
    while let Some((day, behind)) = read_planned_day(rest, today) {
        days.push(day);
        rest = behind.trim_start_matches([',', ';', ' ']);
        rest = rest.strip_prefix("và ").or_else(|| rest.strip_prefix("va ")).unwrap_or(rest).trim_start();
    }
    (days, rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_year_the_nearest_day_is_meant() {
        let day = |text: &str, today: &str| {
            read_planned_day(text, today.parse().unwrap()).map(|(d, _)| d.to_string()).unwrap_or_default()
        };
        assert_eq!(day("24/11", "2026-11-20"), "2026-11-24");
        assert_eq!(day("20/11", "2026-11-24"), "2026-11-20");
        assert_eq!(day("2/1", "2026-11-20"), "2027-01-02");
        assert_eq!(day("31/12", "2027-01-10"), "2026-12-31");
        assert_eq!(day("29/4/2029", "2026-11-20"), "2029-04-29");
        assert_eq!(day("homnay", "2026-11-20"), "2026-11-20");
        assert_eq!(day("tet", "2026-11-20"), "");
    }
}
