//! Dossier codes as they stand in cells (DOMAIN §4).

use std::sync::LazyLock;

use chrono::NaiveDate;
use regex::Regex;

static CODE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?i)\b((?:\d{3}(?:\.\d{2}){2}\.[A-Z]\d{2})|(?:[A-Z]\d{2}(?:\.\d{1,3}){0,3}))\s*[-–]\s*(\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\s*[-–]\s*(\d{3,6})\b",
    )
    .ok()
});

/// A code, and the day it bears.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Upper case, joined with `-`.
    pub code: String,
    pub tail: String,
    pub day: NaiveDate,
}

/// The first code in a text.
pub fn find(text: &str) -> Option<Found> {
    let found = CODE.as_ref()?.captures(text)?;
    let part = |i: usize| found.get(i).map_or("", |m| m.as_str());
    let number = |i: usize| part(i).parse::<u32>().ok();
    let day = NaiveDate::from_ymd_opt(2000 + number(2)? as i32, number(3)?, number(4)?)?;
    let (agency, tail) = (part(1).to_uppercase(), part(5).to_string());
    Some(Found { code: format!("{agency}-{}{}{}-{tail}", part(2), part(3), part(4)), tail, day })
}
