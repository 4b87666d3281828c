//! The words of a period (SPEC §5, §14): `thang 11/2026`, `q4/2026`, `6 tháng đầu năm 2026`,
//! `01/01/2023-10/08/2023`, `tu … den …`, `tuan`, `homqua`.
//!
//! Commands take `[PERIOD] [FIELD|UNIT]`, so this reads a period off the beginning of a
//! text and hands back the rest. What does not begin like a period is left whole: `Nam
//! Định` is a place, `nam 2026` a year. A period without a year is the latest that has begun.

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
    let mut reader = read::Reader { text, tokens: &tokens, next: 0, scheme, today };
    let Some(period) = reader.period()? else { return Ok((None, text.trim())) };
    if !period.has_begun(today) {
        return Err(PeriodFault::NotBegun { period });
    }
    Ok((Some(period), reader.rest()))
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
