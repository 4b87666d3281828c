//! Whole numbers as officials type them: `12`, `1.236`, and nothing else.

/// Most dossiers a figure of one day may state.
pub const COUNT_MAX: i64 = 100_000;
/// Most đồng an indicator of one day may state.
pub const MONEY_MAX: i64 = 1_000_000_000_000;

/// Why a text is no number of dossiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// `12,5`, `1o`, `1.23`.
    NotWhole,
    /// `-3`.
    Negative,
    /// More than the limit that was asked for.
    TooLarge,
}

/// Reads a number up to `max`. `1.236` and `1236` are the same (SPEC §4 Grammar).
///
/// ```
/// use motcua::grammar::number::{COUNT_MAX, Fault, read_number};
/// assert_eq!(read_number("1.236", COUNT_MAX), Ok(1236));
/// assert_eq!(read_number("12,5", COUNT_MAX), Err(Fault::NotWhole));
/// assert_eq!(read_number("-3", COUNT_MAX), Err(Fault::Negative));
/// assert_eq!(read_number("100.001", COUNT_MAX), Err(Fault::TooLarge));
/// ```
pub fn read_number(text: &str, max: i64) -> Result<i64, Fault> {
    let text: String = text.trim().chars().map(super::fold::plain).collect();
    if let Some(rest) = text.strip_prefix(['-', '–', '−']) {
        return if rest.starts_with(|c: char| c.is_ascii_digit()) {
            Err(Fault::Negative)
        } else {
            Err(Fault::NotWhole)
        };
    }
    let digits = digits_of(&text).ok_or(Fault::NotWhole)?;
    let value = value_of(&digits);
    if value > max { Err(Fault::TooLarge) } else { Ok(value) }
}

/// The digits of `1236` or `1.236`; `None` where the dots do not part thousands.
pub(super) fn digits_of(text: &str) -> Option<String> {
    if !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()) {
        return Some(text.to_string());
    }
    let mut groups = text.split('.');
    let head = groups.next()?;
    let digits = |g: &str| !g.is_empty() && g.bytes().all(|b| b.is_ascii_digit());
    let well = digits(head) && head.len() <= 3 && !head.starts_with('0') && groups.all(|g| g.len() == 3 && digits(g));
    well.then(|| text.replace('.', ""))
}

/// The value of digits; `i64::MAX` for what does not fit.
pub(super) fn value_of(digits: &str) -> i64 {
    digits.parse().unwrap_or(i64::MAX)
}

/// The number that is typed in a text that is none, in another shape: no digit is changed,
/// added or cut, so `12,5`, `-3`, `1+1` and `10-3` have none.
///
/// `1o` → 10; `1,236` → 1236; `250k` → 250000; `++3` → 3.
pub(super) fn repair(typed: &str) -> Option<i64> {
    let text: String = typed.chars().map(super::fold::plain).flat_map(char::to_lowercase).collect();
    if text.starts_with(['-', '–', '—', '−']) {
        return None;
    }
    let text = text.trim_matches(|c: char| !c.is_alphanumeric());
    let lookalike: String = text
        .chars()
        .map(|c| match c {
            'o' => '0',
            'l' | 'i' => '1',
            c => c,
        })
        .collect();
    let whole = |s: &str| digits_of(s).map(|d| value_of(&d)).filter(|v| *v <= MONEY_MAX);
    let groups = || if text.contains('.') { None } else { whole(&text.replace(',', ".")) };
    let thousands = || text.strip_suffix('k').and_then(whole).and_then(|v| v.checked_mul(1000));
    whole(&lookalike).or_else(groups).or_else(thousands)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dots_part_thousands_and_nothing_else() {
        for (text, expected) in [
            ("0", Ok(0)),
            ("07", Ok(7)),
            ("1.236", Ok(1236)),
            ("7.494.120", Ok(7_494_120)),
            ("１２", Ok(12)),
            ("12.5", Err(Fault::NotWhole)),
            ("1.2345", Err(Fault::NotWhole)),
            ("1,236", Err(Fault::NotWhole)),
            ("1o", Err(Fault::NotWhole)),
            ("", Err(Fault::NotWhole)),
            ("99999999999999999999", Err(Fault::TooLarge)),
        ] {
            assert_eq!(read_number(text, MONEY_MAX), expected, "{text}");
        }
    }

    #[test]
    fn a_slip_of_the_finger_has_its_number_and_nothing_is_cut() {
        for (text, expected) in [
            ("1o", Some(10)),
            ("1l", Some(11)),
            ("1I", Some(11)),
            ("1,236", Some(1236)),
            ("++3", Some(3)),
            ("250k", Some(250_000)),
            ("12,5", None),
            ("12.5", None),
            ("1,25", None),
            ("1+1", None),
            ("10-3", None),
            ("3x", None),
            ("-4", None),
            ("xyz", None),
        ] {
            assert_eq!(repair(text), expected, "{text}");
        }
    }
}
