//! The words of a period (SPEC §5, §14): `thang 11/2026`, `q4/2026`, `6 tháng đầu năm 2026`,
//! `01/01/2023-10/08/2023`, `tu … den …`, `tuan`, `homqua`.
//!
//! Commands take `[PERIOD] [FIELD|UNIT]`, so this reads a period off the beginning of a
//! text and hands back the rest. What does not begin like a period is left whole: `Nam
//! Định` is a place, `nam 2026` a year. A period without a year is the latest that has begun.

mod cursor;
mod lex;
mod read;
mod spell;

#[cfg(test)]
mod tests;

pub use spell::spell;

use chrono::NaiveDate;

use crate::domain::period::{Period, PeriodFault, Scheme};

/// Reads a period at the beginning of `text`; the rest comes back without its leading
/// spaces. `None` when the text does not begin with a period, an empty text too.
///
/// # Errors
/// A day, month or quarter that does not exist, a range that ends before it begins, a
/// period that lies wholly in the future.
///
/// ```
/// use chrono::NaiveDate;
/// use motcua::{domain::period::Scheme, grammar::period::read_period};
/// let today = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
/// let (period, rest) = read_period("tháng 11/2026 hộ tịch", Scheme::FifteenFourteen, today).unwrap();
/// assert_eq!(period.unwrap().from.to_string(), "2026-10-15");
/// assert_eq!(rest, "hộ tịch");
/// ```
pub fn read_period(text: &str, scheme: Scheme, today: NaiveDate) -> Result<(Option<Period>, &str), PeriodFault> {
    let tokens = lex::tokens(text);
    let mut reader = cursor::Reader { text, tokens: &tokens, next: 0, scheme, today };
    let Some(period) = reader.period()? else { return Ok((None, text.trim())) };
    if !period.has_begun(today) {
        return Err(PeriodFault::NotBegun { period });
    }
    Ok((Some(period), reader.rest()))
}

/// Finds a period anywhere in a text: what stands before and after it comes back joined.
/// Behind other words only a period with a number, or `homnay` and its like, counts, so
/// that no name of a field or place is taken for one.
///
/// # Errors
/// As [`read_period`].
///
/// ```
/// use chrono::NaiveDate;
/// use motcua::{domain::period::Scheme, grammar::period::split_period};
/// let today = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
/// let (period, rest) = split_period("tiếp nhận ht 11/2026", Scheme::Calendar, today).unwrap();
/// assert_eq!(period.unwrap().to.to_string(), "2026-11-30");
/// assert_eq!(rest, "tiếp nhận ht");
/// ```
pub fn split_period(text: &str, scheme: Scheme, today: NaiveDate) -> Result<(Option<Period>, String), PeriodFault> {
    if let (Some(period), rest) = read_period(text, scheme, today)? {
        return Ok((Some(period), rest.to_string()));
    }
    let text = text.trim();
    let tokens = lex::tokens(text);
    for token in tokens.iter().skip(1).filter(|t| !t.glued) {
        let (before, behind) = text.split_at(token.from);
        let (period, rest) = match read_period(behind, scheme, today) {
            Ok((Some(period), rest)) => (period, rest),
            Ok((None, _)) => continue,
            Err(PeriodFault::NoSuch { text }) if !has_number(&text) => continue,
            Err(fault) => return Err(fault),
        };
        let words = &behind[..behind.len() - rest.len()];
        if has_number(words) || super::fold::fold(words).starts_with("hom") {
            return Ok((Some(period), format!("{} {rest}", before.trim()).trim().to_string()));
        }
    }
    Ok((None, text.to_string()))
}

fn has_number(text: &str) -> bool {
    super::fold::fold(text).contains(|c: char| c.is_ascii_digit())
}

/// Reads two periods as `/sosanh` takes them, `va`, `voi` or a comma between them allowed.
/// `None` for each that is not there.
///
/// # Errors
/// As [`read_period`].
pub fn read_two_periods(
    text: &str,
    scheme: Scheme,
    today: NaiveDate,
) -> Result<(Option<Period>, Option<Period>, &str), PeriodFault> {
    let (first, rest) = read_period(text, scheme, today)?;
    if first.is_none() {
        return Ok((None, None, rest));
    }
    let mut rest = rest.trim_start_matches([',', ';']).trim_start();
    let word = rest.split_whitespace().next().unwrap_or("");
    if matches!(super::fold::fold(word).as_str(), "va" | "voi" | "so") {
        rest = rest[word.len()..].trim_start();
    }
    let (second, rest) = read_period(rest, scheme, today)?;
    Ok((first, second, rest))
}
