//! Dossier codes as they stand in cells: alone, or with a word before or behind.

use chrono::NaiveDate;

use crate::grammar::dossier::Fault;
use crate::grammar::dossier::code::{Code, code_at};
use crate::grammar::dossier::tidy;

/// Letters of a cell among which a code is looked for.
const LETTERS_MAX: usize = 120;

/// The first code in a text; `today` is the last day that it may bear.
///
/// ```
/// use motcua::import::code::find;
/// let today = chrono::NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
/// let code = find("Số: h57.132-260804-0583 - Số phiếu: 26.10229", today).unwrap().unwrap();
/// assert_eq!(code.text, "H57.132-260804-0583");
/// assert!(find("0912345678", today).is_none());
/// ```
pub fn find(text: &str, today: NaiveDate) -> Option<Result<Code, Fault>> {
    let text: String = tidy(text).chars().take(LETTERS_MAX).collect();
    let starts = text
        .char_indices()
        .filter(|(i, c)| c.is_ascii_alphanumeric() && !text[..*i].ends_with(|b: char| b.is_alphanumeric() || b == '.'));
    starts.map(|(i, _)| code_at(&text[i..], today)).find_map(|found| Some(found?.0))
}
