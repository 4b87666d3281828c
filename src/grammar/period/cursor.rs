//! Single tokens of a period, and the years that may follow.

use chrono::{Datelike, NaiveDate};

use super::lex::{Kind, Token};
use crate::domain::period::{Period, PeriodFault, PeriodKind, Scheme};

/// Years that an office can ask about.
const YEARS: std::ops::RangeInclusive<u32> = 2000..=2199;

/// Reads on from `next`; a form that does not fit leaves it where it was.
pub(super) struct Reader<'t, 'k> {
    pub text: &'t str,
    pub tokens: &'k [Token],
    pub next: usize,
    pub scheme: Scheme,
    pub today: NaiveDate,
}

pub(super) type Read<T> = Result<Option<T>, PeriodFault>;

impl Reader<'_, '_> {
    /// The period of the year that follows, or the latest that has begun.
    pub(super) fn of_year(&mut self, kind: impl Fn(i32) -> PeriodKind, start: usize) -> Read<Period> {
        let here = self.next;
        let sign = self.slash() || self.dash();
        let named = !sign && self.word("nam");
        let year = if sign { self.any_year() } else { self.four_digit_year() };
        match year {
            Some(year) => self.make(kind(year), start),
            None if sign => Err(self.no_such(start)),
            None => {
                // `6 tháng đầu năm` ends with the word; `thang 11 nam dinh` goes on.
                if !(named && self.at_end()) {
                    self.next = here;
                }
                self.latest(kind).map(Some).ok_or_else(|| self.no_such(start))
            }
        }
    }

    pub(super) fn latest(&self, kind: impl Fn(i32) -> PeriodKind) -> Option<Period> {
        let next_year = self.today.year() + 1;
        let periods = (0..3).filter_map(|n| Period::of(kind(next_year - n), self.scheme));
        periods.into_iter().find(|p| p.has_begun(self.today))
    }

    pub(super) fn make(&self, kind: PeriodKind, start: usize) -> Read<Period> {
        Period::of(kind, self.scheme).map(Some).ok_or_else(|| self.no_such(start))
    }

    /// What was typed from `start` up to here, to the end of its word, does not exist.
    pub(super) fn no_such(&self, start: usize) -> PeriodFault {
        let from = self.tokens.get(start).map_or(0, |t| t.from);
        let to = self.tokens.get(self.next.saturating_sub(1)).map_or(from, |t| t.to).max(from);
        let word = self.text[to..].split(|c: char| c.is_whitespace() || ",;".contains(c)).next().unwrap_or_default();
        PeriodFault::NoSuch { text: self.text[from..to + word.len()].to_string() }
    }

    pub(super) fn year_follows(&self) -> bool {
        let mut ahead = Reader { text: self.text, tokens: self.tokens, ..*self };
        let _sign = ahead.slash() || ahead.dash() || ahead.word("nam");
        ahead.four_digit_year().is_some()
    }

    /// `2026`, or `26` behind a slash.
    pub(super) fn any_year(&mut self) -> Option<i32> {
        if let Some(year) = self.four_digit_year() {
            return Some(year);
        }
        self.number_of_digits(2).map(|n| 2000 + n as i32)
    }

    pub(super) fn four_digit_year(&mut self) -> Option<i32> {
        let year = self.number_of_digits(4);
        if year.is_some_and(|n| !YEARS.contains(&n)) {
            self.next -= 1;
            return None;
        }
        year.map(|n| n as i32)
    }
}

impl Reader<'_, '_> {
    pub(super) fn kind(&self) -> Option<&Kind> {
        self.tokens.get(self.next).map(|t| &t.kind)
    }

    pub(super) fn at_end(&self) -> bool {
        self.next >= self.tokens.len()
    }

    pub(super) fn word(&mut self, word: &str) -> bool {
        let hit = matches!(self.kind(), Some(Kind::Word(w)) if w == word);
        self.next += usize::from(hit);
        hit
    }

    pub(super) fn number(&mut self) -> Option<u32> {
        let Some(Kind::Number { value, .. }) = self.kind() else { return None };
        let value = *value;
        self.next += 1;
        Some(value)
    }

    pub(super) fn number_of_digits(&mut self, wanted: usize) -> Option<u32> {
        match self.kind() {
            Some(Kind::Number { digits, .. }) if *digits == wanted => self.number(),
            _ => None,
        }
    }

    pub(super) fn roman(&mut self) -> Option<u32> {
        let numerals = ["i", "ii", "iii", "iv"];
        (1..).zip(numerals).find(|(_, r)| self.word(r)).map(|(n, _)| n)
    }

    pub(super) fn slash(&mut self) -> bool {
        let hit = matches!(self.kind(), Some(Kind::Slash));
        self.next += usize::from(hit);
        hit
    }

    pub(super) fn dash(&mut self) -> bool {
        let hit = matches!(self.kind(), Some(Kind::Dash));
        self.next += usize::from(hit);
        hit
    }

    /// `nay` (true), `truoc` or `ngoai` (false).
    pub(super) fn this_or_before(&mut self) -> Option<bool> {
        match () {
            _ if self.word("nay") => Some(true),
            _ if self.word("truoc") || self.word("ngoai") => Some(false),
            _ => None,
        }
    }
}
