//! Digits of a command of the register that are no number of a citizen, although so many
//! stand side by side: last parts of codes (`/xong 0583 0584 0585`), and a code with a slip
//! in it (`H12.34.56-2611-14`).
//!
//! A citizen's number typed in groups must not pass for a list of dossiers. So last parts
//! count only where they are of one length and begin alike, as numbers of one day do:
//! `0010 8501 2345` and `0912 345 678` do not. Three digits each (`123 456 789`) no telephone
//! and no identity card is written in, but for those that begin with 0.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::code::DATED_TAIL_SHAPE;
use crate::grammar::fold::fold;

/// A whole code, or what was meant to be one.
static CODE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)^(?:\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2}|[A-Z]\d{2}(?:\.\d{1,3}){0,3})[-–—−]\d{4,7}[-–—−]\d{1,6}$").ok()
});

/// `261225-020175`: a last part with its day.
static DATED_TAIL: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(&format!("{DATED_TAIL_SHAPE}$")).ok());

/// Places in what stands behind a command's name that are spared; `None` for none.
pub(super) fn spared(rest: &str) -> Option<Vec<Range<usize>>> {
    let mut spans = Vec::new();
    let mut line_at = 0;
    for line in rest.split_inclusive(['\n', ';']) {
        let mut tails: Vec<Range<usize>> = Vec::new();
        for span in words(line) {
            let word = &line[span.clone()];
            let place = line_at + span.start..line_at + span.end;
            if is_tail(word) {
                tails.push(place);
            } else if [&CODE, &DATED_TAIL].into_iter().any(|r| r.as_ref().is_some_and(|c| c.is_match(word))) {
                spans.push(place);
            } else if !goes_on(word) {
                // Other digits may go on with a number that began before them.
                if word.contains(char::is_numeric) {
                    tails.clear();
                }
                break; // what follows is anybody's text
            }
        }
        if are_alike(tails.iter().map(|t| &rest[t.clone()])) {
            spans.append(&mut tails);
        }
        line_at += line.len();
    }
    (!spans.is_empty()).then_some(spans)
}

/// Places of words between spaces and commas.
fn words(line: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let is_gap = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | '.');
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + line[at..].find(|c: char| !is_gap(c))?;
        let end =
            line[start..].find(|c: char| c.is_whitespace() || matches!(c, ',' | ';')).map_or(line.len(), |e| start + e);
        at = end;
        Some(start..end)
    })
}

fn is_tail(word: &str) -> bool {
    (3..=6).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_digit())
}

/// Several numbers of one length that begin alike; of three digits any, but for a 0 in front.
fn are_alike<'a>(tails: impl Iterator<Item = &'a str> + Clone) -> bool {
    let Some(first) = tails.clone().next() else { return false };
    let same = match first.len() {
        3 if !tails.clone().any(|t| t.starts_with('0')) => 0,
        4 => 1,
        _ => 2,
    };
    tails.clone().nth(1).is_some() && tails.clone().all(|t| t.len() == first.len() && t[..same] == first[..same])
}

/// Words that may stand between dossiers: days, `hồ sơ`, `và`.
fn goes_on(word: &str) -> bool {
    let is_day = word.contains('/') && word.bytes().all(|b| b.is_ascii_digit() || b == b'/');
    let lead = ["ho", "so", "hs", "ma", "va", "hom", "qua", "nay", "kia", "homqua", "homnay", "homkia", "ngay"];
    is_day || lead.contains(&fold(word).trim_end_matches(':'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(rest: &str, expected: &[&str]) {
        let found = spared(rest).unwrap_or_default();
        assert_eq!(found.iter().map(|s| &rest[s.clone()]).collect::<Vec<_>>(), expected, "{rest}");
    }

    #[test]
    fn numbers_of_one_day_stand_side_by_side() {
        check("0583 0584, 0585 19/11", &["0583", "0584", "0585"]);
        check("hôm qua 0583 0584 0585", &["0583", "0584", "0585"]);
        check("896048 896112\n020175 020176", &["896048", "896112", "020175", "020176"]);
        check("0583 0584 mất điện 0912 0934 0956", &["0583", "0584"]);
        check("123 456 789", &["123", "456", "789"]);
        check("001, 002, 003, 004", &["001", "002", "003", "004"]);
        check("H12.34.56-2611-14 HT 26/11", &["H12.34.56-2611-14"]);
        check("251225-020175 19/11", &["251225-020175"]);
    }

    #[test]
    fn groups_of_a_citizens_number_are_not_spared() {
        for rest in [
            "0010 8501 2345",
            "0912 345 678",
            "001085 012345",
            "001 085 012 345",
            "012 345 678",
            "0912345678",
            "001085012345",
            "001205-123456",
            "091212-345678",
            "sđt 0583 0584 0585",
            "0583 0584 0912 345 678",
            "0583 0584 (0912)345678",
        ] {
            check(rest, &[]);
        }
    }
}
