//! Dossier codes (DOMAIN §4): `H12.34.56-251121-0001`, and their last part alone, `0001`.

use std::sync::LazyLock;

use chrono::NaiveDate;
use regex::Regex;

use super::Fault;

/// A whole code: office, day of receipt, number of the day.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Code {
    /// Upper case, joined with `-`.
    pub text: String,
    pub received: NaiveDate,
}

impl Code {
    /// The last part, leading zeros kept.
    pub fn tail(&self) -> &str {
        self.text.rsplit('-').next().unwrap_or_default()
    }
}

/// A dossier as an official calls it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Called {
    Whole(Code),
    /// Three to six digits; or with the day before them, `261118-0583`.
    Tail(String),
}

impl Called {
    /// As corrected lines write it.
    pub fn text(&self) -> &str {
        match self {
            Called::Whole(code) => &code.text,
            Called::Tail(tail) => tail,
        }
    }
}

/// Office, year, month, day, number; at the start of a text.
static CODE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i)^((?:\d{3}(?:\.\d{2}){2}\.[A-Z]\d{2})|(?:[A-Z]\d{2}(?:\.\d{1,3}){0,3}))",
        r"\s*[-–—−]\s*(\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\s*[-–—−]\s*(\d{3,6})\b"
    ))
    .ok()
});

/// Year, month, day, number. The year's first digit is never 0, as that of an identity card
/// (DOMAIN §9.3) and a telephone is, and the number has four digits, so that nine digits
/// are no old identity card.
static DATED_TAIL: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(&format!("{DATED_TAIL_SHAPE}(?:$|[ ,;.])")).ok());
pub(super) const DATED_TAIL_SHAPE: &str = r"^([1-9]\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])[-–—−](\d{4,6})";

/// The whole code that a tidy text begins with, and what follows; `None` for anything else.
/// `today` is the day of the message.
///
/// ```
/// use motcua::grammar::dossier::code::code_at;
/// let today = chrono::NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
/// let (code, rest) = code_at("h57.132 – 260804 – 0583 HT", today).unwrap();
/// assert_eq!((code.unwrap().text.as_str(), rest), ("H57.132-260804-0583", " HT"));
/// assert!(code_at("001085012345", today).is_none());
/// ```
pub fn code_at(text: &str, today: NaiveDate) -> Option<(Result<Code, Fault>, &str)> {
    let found = CODE.as_ref()?.captures(text)?;
    let part = |i| found.get(i).map_or("", |m| m.as_str());
    let number = |i| part(i).parse::<u32>().unwrap_or(0);
    let (whole, rest) = text.split_at(found.get(0)?.end());
    let day = NaiveDate::from_ymd_opt(2000 + number(2) as i32, number(3), number(4));
    let code = match day {
        None => Err(Fault::NoSuchDay(whole.to_string())),
        Some(day) if day > today => Err(Fault::FutureCode(whole.to_string())),
        Some(received) => {
            let office = part(1).to_uppercase();
            Ok(Code { text: format!("{office}-{}{}{}-{}", part(2), part(3), part(4), part(5)), received })
        }
    };
    Some((code, rest))
}

/// The last part of a code that a tidy text begins with: three to six digits by themselves.
///
/// ```
/// use motcua::grammar::dossier::code::tail_at;
/// assert_eq!(tail_at("0583, 0584"), Some(("0583", ", 0584")));
/// assert_eq!(tail_at("0583"), Some(("0583", "")));
/// assert_eq!(tail_at("10 dh 2"), None);
/// assert_eq!(tail_at("0583/2"), None);
/// ```
pub fn tail_at(text: &str) -> Option<(&str, &str)> {
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (tail, rest) = text.split_at(digits);
    let alone = rest.starts_with([' ', ',', '\n', ';']) || rest.is_empty() || rest == ".";
    ((3..=6).contains(&digits) && alone).then_some((tail, rest))
}

/// The last two parts of a code that a tidy text begins with: `261118-0583`.
fn dated_tail_at(text: &str, today: NaiveDate) -> Option<(Result<Called, Fault>, &str)> {
    let found = DATED_TAIL.as_ref()?.captures(text)?;
    let part = |i| found.get(i).map_or("", |m| m.as_str());
    let number = |i| part(i).parse::<u32>().unwrap_or(0);
    let typed = format!("{}{}{}-{}", part(1), part(2), part(3), part(4));
    let called = match NaiveDate::from_ymd_opt(2000 + number(1) as i32, number(2), number(3)) {
        None => Err(Fault::NoSuchDay(typed)),
        Some(day) if day > today => Err(Fault::FutureCode(typed)),
        Some(_) => Ok(Called::Tail(typed)),
    };
    Some((called, text.get(found.get(4)?.end()..)?))
}

/// The dossier that a tidy text names first, whole or by its last part or two.
pub fn called_at(text: &str, today: NaiveDate) -> Option<(Result<Called, Fault>, &str)> {
    if let Some((code, rest)) = code_at(text, today) {
        return Some((code.map(Called::Whole), rest));
    }
    if let Some(found) = dated_tail_at(text, today) {
        return Some(found);
    }
    tail_at(text).map(|(tail, rest)| (Ok(Called::Tail(tail.to_string())), rest))
}

/// Whether a word was meant to be a whole code: `H12-…`, `000.12.…`.
pub fn looks_like_a_code(word: &str) -> bool {
    let mut signs = word.chars();
    let (first, second, third) = (signs.next(), signs.next(), signs.next());
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let long = word.len() >= 6 && word.contains(['-', '–', '.']);
    long && digit(second) && digit(third) && first.is_some_and(|c| c.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 20).unwrap()
    }

    fn check(typed: &str, expected: &str, received: &str) {
        let (code, rest) = code_at(typed, today()).expect(typed);
        let code = code.unwrap();
        assert_eq!((code.text.as_str(), code.received.to_string().as_str(), rest), (expected, received, ""), "{typed}");
    }

    #[test]
    fn codes_of_both_shapes_are_read_whole() {
        check("000.17.22.H56-210531-0001", "000.17.22.H56-210531-0001", "2021-05-31");
        check("000.00.06.H56-231027-0361", "000.00.06.H56-231027-0361", "2023-10-27");
        check("H56.14-240823-0001", "H56.14-240823-0001", "2024-08-23");
        check("000.00.14.H56-200203-0118", "000.00.14.H56-200203-0118", "2020-02-03");
        check("000.00.12.H62-201105-0004", "000.00.12.H62-201105-0004", "2020-11-05");
        check("000.00.04.H40-230414-0002", "000.00.04.H40-230414-0002", "2023-04-14");
        check("000.00.19.H47-260105-0001", "000.00.19.H47-260105-0001", "2026-01-05");
        check("H57.132-260804-0583", "H57.132-260804-0583", "2026-08-04");
        check("G22.99.09-240114-0001", "G22.99.09-240114-0001", "2024-01-14");
        check("G22.99.08-260921-896048", "G22.99.08-260921-896048", "2026-09-21");
        check("G22-251225-020175", "G22-251225-020175", "2025-12-25");
        check("H12.34.56-251121-0001", "H12.34.56-251121-0001", "2025-11-21");
        check("h12.34.56 – 251121—0001", "H12.34.56-251121-0001", "2025-11-21");
    }

    #[test]
    fn the_day_in_a_code_is_real_and_not_in_the_future() {
        let fault = |typed: &str| code_at(typed, today()).and_then(|(code, _)| code.err());
        assert_eq!(fault("H12-260230-0001"), Some(Fault::NoSuchDay("H12-260230-0001".into())));
        assert_eq!(fault("H12-261121-0001"), Some(Fault::FutureCode("H12-261121-0001".into())));
        assert_eq!(fault("H12-261120-0001"), None);
    }

    #[test]
    fn numbers_of_citizens_are_no_codes() {
        for typed in ["0912345678", "001085012345", "H12-261332-0001", "H12-2611-01", "0583"] {
            assert!(code_at(typed, today()).is_none(), "{typed}");
        }
    }

    #[test]
    fn a_last_part_may_bring_its_day() {
        let called = |typed: &str| called_at(typed, today()).map(|(called, _)| called);
        let tail = |text: &str| Some(Ok(Called::Tail(text.to_string())));
        assert_eq!(called("261118-0583 19/11"), tail("261118-0583"));
        assert_eq!(called("261118–020175, 0584"), tail("261118-020175"));
        assert_eq!(called("261130-0583"), Some(Err(Fault::FutureCode("261130-0583".into()))));
        assert_eq!(called("260230-0583"), Some(Err(Fault::NoSuchDay("260230-0583".into()))));
        for typed in ["001205-123456", "261118-058", "261332-0583", "261118-0583-1", "261118 - 0583"] {
            assert_eq!(called(typed).filter(|c| *c != Ok(Called::Tail("261118".into()))), None, "{typed}");
        }
    }

    #[test]
    fn leading_zeros_are_part_of_the_number() {
        let (code, _) = code_at("H57.132-260804-0583 - Số phiếu: 26.10229", today()).unwrap();
        assert_eq!(code.unwrap().tail(), "0583");
        assert_eq!(called_at("000583 x", today()).unwrap().0, Ok(Called::Tail("000583".into())));
        assert!(looks_like_a_code("H12.34-2611-1") && !looks_like_a_code("0583") && !looks_like_a_code("ht"));
    }
}
