//! A cell → a day. Days come as real dates, as bare serial numbers, or as texts of many
//! makes, with a time before or behind: `10:56 13/03/2026`, `13/03/2026 10:56:00`,
//! `2026-03-13T10:56`, `13-03-26`.

use chrono::{Days, NaiveDate};

use super::sheet::Cell;

/// Serial numbers of days between 1980 and 2100.
const SERIALS: std::ops::Range<f64> = 29_221.0..73_051.0;

/// What stands in a cell of days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// Nothing, or a dash.
    None,
    Day(NaiveDate),
    /// Something that is no day.
    Odd,
}

/// Reads a cell.
pub fn read(cell: &Cell) -> When {
    match cell {
        Cell::Empty => When::None,
        Cell::Day(day) => sensible(*day),
        Cell::Number(n) if SERIALS.contains(n) => {
            let start = NaiveDate::from_ymd_opt(1899, 12, 30);
            start.and_then(|s| s.checked_add_days(Days::new(n.trunc() as u64))).map_or(When::Odd, When::Day)
        }
        Cell::Number(_) => When::Odd,
        Cell::Text(text) if text.chars().all(|c| matches!(c, '-' | '–' | '—' | '.' | '/' | ' ')) => When::None,
        Cell::Text(text) => text.split([' ', 'T', ',', '\n', '\t', '\u{a0}']).find_map(written).unwrap_or(When::Odd),
    }
}

/// A day as one word: three numbers.
fn written(word: &str) -> Option<When> {
    let parts: Vec<&str> = word.split(['/', '-', '.']).collect();
    let [a, b, c] = parts[..] else { return None };
    let number = |s: &str| (!s.is_empty() && s.len() <= 4).then(|| s.parse::<u32>().ok()).flatten();
    let (year, month, day) = match (a.len(), c.len()) {
        (4, 1 | 2) => (number(a)?, number(b)?, number(c)?),
        (1 | 2, 4) => (number(c)?, number(b)?, number(a)?),
        (1 | 2, 2) => (2000 + number(c)?, number(b)?, number(a)?),
        _ => return None,
    };
    Some(NaiveDate::from_ymd_opt(year as i32, month, day).map_or(When::Odd, sensible))
}

/// Systems write 01/01/0001 or 01/01/1900 for "none".
fn sensible(day: NaiveDate) -> When {
    use chrono::Datelike;
    match day.year() {
        ..1980 => When::None,
        1980..2100 => When::Day(day),
        _ => When::Odd,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<&str>) {
        let read = read(&Cell::text(text));
        assert_eq!(read, expected.map_or(When::Odd, |d| When::Day(d.parse().unwrap())), "{text}");
    }

    #[test]
    fn days_are_read_as_systems_write_them() {
        for text in [
            "13/03/2026",
            "13/3/2026 10:56",
            "10:56 13/03/2026",
            "10:56:07, 13/03/2026",
            "13-03-2026",
            "13.03.26",
            "2026-03-13",
            "2026-03-13T10:56:00",
            "Thứ Sáu, 13/03/2026",
        ] {
            check(text, Some("2026-03-13"));
        }
        assert_eq!(read(&Cell::Number(46094.4556)), When::Day("2026-03-13".parse().unwrap()));
    }

    #[test]
    fn what_is_no_day_is_told_apart_from_nothing() {
        for text in ["31/02/2026", "5 ngày làm việc", "chưa có", "13/03"] {
            check(text, None);
        }
        assert_eq!(read(&Cell::Number(61.0)), When::Odd);
        for text in ["", "-", "…".replace('…', "--").as_str(), "01/01/0001", "01/01/1900 00:00:00"] {
            assert_eq!(read(&Cell::text(text)), When::None, "{text}");
        }
    }
}
