//! Numbers of citizens are hidden before a text is kept anywhere (SPEC §7, §12).
//!
//! A citizen's number is a run of 9 digits, of 10 beginning with 0, of 11 beginning with
//! 84, or of 12. Separators are ignored, whatever signs they are: only letters end a run.
//!
//! Signs with which such numbers are usually written (spaces, dots, dashes, brackets, a comma
//! without a space: `0912 345 678`, `+84 (912) 345-678`) always join. All others (`/`, `:`,
//! a comma and a space, the end of a line …) also stand between days and counts; so a row
//! with those is left alone where it reads to its end as such ([`innocent`]).
//!
//! Counts side by side must not be taken for one: so a *part* of a longer row of numbers
//! counts only if it is one unbroken number or grouped as such numbers are (no single
//! digits among longer groups; 12 digits beginning with 0; 9 digits as 3-3-3). Never taken:
//! days with their year, dossier codes (DOMAIN §4), and the amount directly behind or before
//! a money word, unless it begins with 0.

mod digits;
mod innocent;
mod money;

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use self::digits::{Group, groups, is_digit};
use super::fold::{fold, is_silent, is_space};
use crate::domain::figure::{Indicator, Measure};

/// What stands for each hidden digit.
pub const DOT: char = '•';
/// Digits of the shortest number of a citizen.
pub(super) const DIGITS_MIN: usize = 9;
/// Digits of the longest.
const DIGITS_MAX: usize = 12;

/// Shape of a dossier code, DOMAIN §4.
static DOSSIER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i)\b(?:(?:\d{3}(?:\.\d{2}){2}\.[A-Z]\d{2})|(?:[A-Z]\d{2}(?:\.\d{1,3}){0,3}))",
        r"\s*[-–]\s*\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\s*[-–]\s*\d{3,6}\b"
    ))
    .ok()
});

/// The text with each digit of a citizen's number replaced by [`DOT`].
///
/// `money_words` are folded words such as `phi` ([`super::vocabulary::Vocabulary::money_words`]).
///
/// ```
/// use motcua::grammar::privacy::mask;
/// let money = ["phi".to_string()];
/// assert_eq!(mask("ht ol 3 sdt 0912 345 678", &money), "ht ol 3 sdt •••• ••• •••");
/// assert_eq!(mask("ct phi 123456789", &money), "ct phi 123456789");
/// assert_eq!(mask("/xong H56.14-240823-0001", &money), "/xong H56.14-240823-0001");
/// ```
pub fn mask(text: &str, money_words: &[String]) -> String {
    let hidden = hidden_groups(text, money_words);
    if hidden.is_empty() {
        return text.to_string();
    }
    text.char_indices().map(|(at, c)| if is_digit(c) && is_within(&hidden, at) { DOT } else { c }).collect()
}

/// Whether a text holds what [`mask`] leaves of such a number, or of a part of one that runs
/// over lines. A single dot is the sign of an item.
pub(super) fn is_masked(text: &str) -> bool {
    text.contains("••") || text.chars().filter(|c| *c == DOT).count() >= DIGITS_MIN
}

/// Whether a place is in one of several spans, which stand in order.
fn is_within(spans: &[Range<usize>], at: usize) -> bool {
    spans.get(spans.partition_point(|s| s.end <= at)).is_some_and(|s| s.contains(&at))
}

fn hidden_groups(text: &str, money_words: &[String]) -> Vec<Range<usize>> {
    if text.chars().filter(|c| is_digit(*c)).count() < DIGITS_MIN {
        return Vec::new();
    }
    let codes: Vec<Range<usize>> =
        DOSSIER.as_ref().map_or(Vec::new(), |r| r.find_iter(text).map(|m| m.range()).collect());
    let groups = groups(text);
    let days = days(text, &groups);
    let is_open = |(i, g): (usize, &Group)| days.binary_search(&i).is_err() && !is_within(&codes, g.span.start);
    let open: Vec<bool> = groups.iter().enumerate().map(is_open).collect();
    let row = Row { text, groups: &groups, open: &open, money_words };
    let mut hidden = row.hidden(is_usual, |_| false);
    hidden.extend(row.hidden(is_any, |run| is_joined_usually(text, run) || innocent::reads(text, run)));
    hidden.sort_by_key(|span| span.start);
    hidden.dedup();
    hidden
}

/// The groups of digits of a text; those of days and codes are not open.
struct Row<'a> {
    text: &'a str,
    groups: &'a [Group],
    open: &'a [bool],
    money_words: &'a [String],
}

impl Row<'_> {
    /// Groups of citizens' numbers in the runs that such separators make, but for the runs
    /// that are spared.
    fn hidden(&self, is_separator: fn(&str) -> bool, spared: impl Fn(&[Group]) -> bool) -> Vec<Range<usize>> {
        let mut hidden = Vec::new();
        for run in self.runs(is_separator) {
            if run.iter().map(|g| g.digits.len()).sum::<usize>() < DIGITS_MIN {
                continue;
            }
            let run = money::without_amounts(self.text, run, self.money_words);
            if spared(run) {
                continue;
            }
            let mut i = 0;
            while i < run.len() {
                match (i + 1..=i + reach(&run[i..])).rev().find(|&j| is_citizens(run, i..j)) {
                    Some(j) => {
                        hidden.extend(run[i..j].iter().map(|g| g.span.clone()));
                        i = j;
                    }
                    None => i += 1,
                }
            }
        }
        hidden
    }

    /// Rows of open groups with nothing but separators between them.
    fn runs(&self, is_separator: fn(&str) -> bool) -> Vec<&[Group]> {
        let mut runs = Vec::new();
        let mut from = 0;
        for i in 0..self.groups.len() {
            if !self.open[i] {
                from = i + 1;
                continue;
            }
            let joins = self.open.get(i + 1).is_some_and(|open| *open)
                && is_separator(&self.text[self.groups[i].span.end..self.groups[i + 1].span.start]);
            if !joins {
                runs.push(&self.groups[from..=i]);
                from = i + 1;
            }
        }
        runs
    }
}

/// Whether only usual separators join a run: then it has been looked at as such.
fn is_joined_usually(text: &str, run: &[Group]) -> bool {
    run.windows(2).all(|pair| is_usual(&text[pair[0].span.end..pair[1].span.start]))
}

/// How many groups at the start of a run hold at most [`DIGITS_MAX`] digits.
fn reach(run: &[Group]) -> usize {
    let mut digits = 0;
    let fits = |g: &&Group| {
        digits += g.digits.len();
        digits <= DIGITS_MAX
    };
    run.iter().take_while(fits).count()
}

/// Places of groups that make a day: `20-11-2026`, `20.11.2026`, `20/11/2026`, `2026-11-20`.
fn days(text: &str, groups: &[Group]) -> Vec<usize> {
    let mut places = Vec::new();
    for i in 2..groups.len() {
        let [a, b, c] = [&groups[i - 2], &groups[i - 1], &groups[i]];
        let between = (&text[a.span.end..b.span.start], &text[b.span.end..c.span.start]);
        if between.0 != between.1 || !matches!(between.0, "-" | "." | "/") {
            continue;
        }
        let (day, month, year) = if a.digits.len() == 4 { (c, b, a) } else { (a, b, c) };
        let upto = |g: &Group, max: u32| g.digits.len() <= 2 && g.digits.parse().is_ok_and(|n| (1..=max).contains(&n));
        if year.digits.len() == 4
            && ["19", "20"].iter().any(|c| year.digits.starts_with(c))
            && upto(day, 31)
            && upto(month, 12)
        {
            places.extend([i - 2, i - 1, i]);
        }
    }
    places.dedup();
    places
}

/// Separators with which numbers of citizens are usually written.
fn is_usual(between: &str) -> bool {
    between == ","
        || between.chars().count() <= 4
            && between.chars().all(|c| {
                c != '\n' && (is_space(c) || is_silent(c) || matches!(c, '.' | '-' | '–' | '—' | '_' | '(' | ')'))
            })
}

/// Whatever is no letter.
fn is_any(between: &str) -> bool {
    !between.contains(char::is_alphabetic)
}

/// Whether groups `part` of a run make a citizen's number.
fn is_citizens(run: &[Group], part: Range<usize>) -> bool {
    let groups = &run[part.clone()];
    let length: usize = groups.iter().map(|g| g.digits.len()).sum();
    if !(DIGITS_MIN..=DIGITS_MAX).contains(&length) {
        return false;
    }
    let mut digits = groups.iter().flat_map(|g| g.digits.chars());
    let start = [digits.next(), digits.next()];
    let zero = start[0] == Some('0');
    let fits = match length {
        9 | 12 => true,
        10 => zero,
        _ => start == [Some('8'), Some('4')],
    };
    if !fits || groups.len() == 1 || groups.len() == run.len() {
        return fits;
    }
    let singles = groups.iter().filter(|g| g.digits.len() == 1).count();
    let grouped = match length {
        9 => groups.iter().all(|g| g.digits.len() == 3),
        12 => zero,
        _ => true,
    };
    grouped && (singles == 0 || singles == groups.len())
}

/// Words behind which a long number is money, not a citizen's: those of the indicators that
/// count đồng, and their printed names; folded.
pub fn money_words(indicators: &[Indicator]) -> Vec<String> {
    let money = indicators.iter().filter(|i| i.measure == Measure::Money);
    money.flat_map(|i| i.words.iter().chain([&i.name])).map(|w| fold(w)).collect()
}

#[cfg(test)]
mod tests;
