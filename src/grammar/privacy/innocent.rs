//! Rows of numbers that are days, times and counts, not one number written apart.
//!
//! Figure words stand between counts, so at most two counts meet (`ol 12, 3 tr`), or a day
//! and a count (`19/11 12 ol`). A row with more is innocent only as a list of days
//! (`24/11, 25/11, 26/11`), periods (`10/2026, 11/2026`) and times.

use super::digits::Group;
use crate::grammar::number::COUNT_MAX;

/// Two-digit years that are years: 2020 to 2039.
const YEARS: std::ops::RangeInclusive<u32> = 20..=39;

/// Whether a row reads to its end as days, times and at most two counts, or as a list of
/// counts with commas.
pub(super) fn reads(text: &str, run: &[Group]) -> bool {
    let total: usize = run.iter().map(|g| g.digits.len()).sum();
    // A row with the digits of an identity card or a telephone must be the more plainly days.
    let counts = match total {
        12 => 0,
        10 if run.first().is_some_and(|g| g.digits.starts_with('0')) => 1,
        _ => 2,
    };
    least_counts(text, run).is_some_and(|n| n <= counts) || (total == 9 && is_list(text, run))
}

/// With how few counts among days and times a row can be read; `None` if it cannot be.
fn least_counts(text: &str, run: &[Group]) -> Option<usize> {
    let row = Row { text, run };
    // From each place on: with something else first, and with a count first.
    let mut other = vec![None; run.len() + 1];
    let mut count = vec![None; run.len() + 1];
    other[run.len()] = Some(0);
    for at in (0..run.len()).rev() {
        for end in [row.time(at), row.month(at), row.day(at), row.day_and_year(at)].into_iter().flatten() {
            if row.ends(end, row.between(at)) {
                other[at] = least([other[at], other[end], count[end]]);
            }
        }
        for end in [row.plain_count(at), row.grouped_count(at)].into_iter().flatten() {
            if row.ends(end, "/") {
                let next = if row.is_list_sign(end) { count[end] } else { None };
                count[at] = least([count[at], least([other[end], next]).map(|n| n + 1)]);
            }
        }
    }
    least([other[0], count[0]])
}

fn least<const N: usize>(ways: [Option<usize>; N]) -> Option<usize> {
    ways.into_iter().flatten().min()
}

struct Row<'a> {
    text: &'a str,
    run: &'a [Group],
}

impl<'a> Row<'a> {
    /// What stands between a group and the next; empty behind the last.
    fn between(&self, at: usize) -> &'a str {
        let next = self.run.get(at + 1);
        next.map_or("", |next| &self.text[self.run[at].span.end..next.span.start])
    }

    /// A group as a number of that many digits.
    fn number(&self, at: usize, digits: std::ops::RangeInclusive<usize>) -> Option<u32> {
        let group = self.run.get(at)?;
        digits.contains(&group.digits.len()).then(|| group.digits.parse().ok())?
    }

    /// Whether something that is joined by `sign` may end before the group `end`.
    fn ends(&self, end: usize, sign: &str) -> bool {
        end == self.run.len() || !self.between(end - 1).contains('/') && self.between(end - 1) != sign
    }

    /// Whether what stands before the group `end` may part two counts.
    fn is_list_sign(&self, end: usize) -> bool {
        self.between(end - 1).contains([',', ';', ':', '=', '\n'])
    }

    fn time(&self, at: usize) -> Option<usize> {
        let (hour, minute) = (self.number(at, 1..=2)?, self.number(at + 1, 2..=2)?);
        (self.between(at) == ":" && hour < 24 && minute < 60).then_some(at + 2)
    }

    fn month(&self, at: usize) -> Option<usize> {
        let (month, year) = (self.number(at, 1..=2)?, self.number(at + 1, 4..=4)?);
        (self.joins_day(at) && (1..=12).contains(&month) && year / 100 == 20).then_some(at + 2)
    }

    fn day(&self, at: usize) -> Option<usize> {
        let (day, month) = (self.number(at, 1..=2)?, self.number(at + 1, 1..=2)?);
        (self.joins_day(at) && (1..=31).contains(&day) && (1..=12).contains(&month)).then_some(at + 2)
    }

    fn day_and_year(&self, at: usize) -> Option<usize> {
        let year = self.day(at).and_then(|at| self.number(at, 2..=2))?;
        (self.between(at) == self.between(at + 1) && YEARS.contains(&year)).then_some(at + 3)
    }

    fn joins_day(&self, at: usize) -> bool {
        matches!(self.between(at), "/" | "-" | ".")
    }

    fn plain_count(&self, at: usize) -> Option<usize> {
        let digits = &self.run[at].digits;
        (digits == "0" || !digits.starts_with('0') && is_count(digits)).then_some(at + 1)
    }

    /// `1.236`, `1 236`.
    fn grouped_count(&self, at: usize) -> Option<usize> {
        self.number(at, 1..=3).zip(self.number(at + 1, 3..=3))?;
        let (first, last) = (&self.run[at].digits, &self.run[at + 1].digits);
        let fits = !first.starts_with('0') && is_count(&format!("{first}{last}"));
        (fits && matches!(self.between(at), "." | " " | "\u{a0}")).then_some(at + 2)
    }
}

fn is_count(digits: &str) -> bool {
    digits.parse::<i64>().is_ok_and(|n| n <= COUNT_MAX)
}

/// `12, 3, 45, 6, 789`: numbers of different lengths, a comma and a space behind each.
fn is_list(text: &str, run: &[Group]) -> bool {
    let row = Row { text, run };
    let is_comma =
        |at: usize| matches!(row.between(at).split_once(','), Some(("", s)) if !s.is_empty() && s.trim().is_empty());
    let uneven = run.iter().any(|g| g.digits.len() != run[0].digits.len());
    uneven && (0..run.len() - 1).all(is_comma) && (0..run.len()).all(|at| row.plain_count(at).is_some())
}
