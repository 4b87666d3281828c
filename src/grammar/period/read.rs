//! From tokens to a period: one small function a form.

use chrono::{Datelike, Days, NaiveDate};

use super::cursor::{Read, Reader};
use super::lex::Kind;
use crate::domain::period::{Period, PeriodFault, PeriodKind};
use crate::grammar::day::{BadDay, read_day};
use crate::grammar::fold::fold;

/// A day as typed: the year may be missing.
struct Typed {
    day: u32,
    month: u32,
    year: Option<i32>,
    first_token: usize,
}

impl<'t> Reader<'t, '_> {
    /// What has not been read.
    pub fn rest(&self) -> &'t str {
        self.tokens.get(self.next).map_or("", |t| self.text[t.from..].trim_end())
    }

    pub fn period(&mut self) -> Read<Period> {
        let start = self.next;
        let forms = [
            Self::week,
            Self::half_or_nine,
            Self::month,
            Self::day_word,
            Self::quarter,
            Self::year,
            Self::range_of_words,
            Self::range_or_day,
            Self::bare_month,
        ];
        for form in forms {
            if let Some(period) = form(self)? {
                return Ok(Some(period));
            }
            self.next = start;
        }
        Ok(None)
    }

    /// `homnay`, `hom qua`, `t6`, `thu 6`, `cn`, `ngày 20 tháng 11`: a day as in a post,
    /// but for the dates, which may begin a range here.
    fn day_word(&mut self) -> Read<Period> {
        let start = self.next;
        let Some(token) = self.tokens.get(start) else { return Ok(None) };
        let Kind::Word(word) = &token.kind else { return Ok(None) };
        let text = &self.text[token.from..];
        let Some(read) = read_day(text, self.today) else { return Ok(None) };
        if word == "ngay" && !fold(read.word).contains("thang") {
            return Ok(None);
        }
        let to = token.from + read.word.len();
        self.next = self.tokens.iter().position(|t| t.from >= to).unwrap_or(self.tokens.len());
        match read.day {
            Ok(day) | Err(BadDay::Future { last: Some(day), .. } | BadDay::Future { day, last: None }) => {
                self.make(PeriodKind::Day(day), start)
            }
            Err(BadDay::NoSuchDay) => Err(self.no_such(start)),
        }
    }

    /// `tuan`, `tuan nay`, `tuan truoc`, `tuan 16/11/2026` (the week that holds the day).
    fn week(&mut self) -> Read<Period> {
        if !self.word("tuan") {
            return Ok(None);
        }
        if let Some(typed) = self.typed_day() {
            let day = self.resolve(&typed, None).ok_or_else(|| self.no_such(typed.first_token))?;
            return self.make(PeriodKind::Week(day), typed.first_token);
        }
        let back = if self.this_or_before() == Some(false) { 7 } else { 0 };
        self.make(PeriodKind::Week(self.today - Days::new(back)), self.next)
    }

    /// `6thang 2026`, `6 tháng đầu năm 2026`, `6thang cuoi 2026`, `9thang 2026`.
    fn half_or_nine(&mut self) -> Read<Period> {
        let start = self.next;
        let Some(n @ (6 | 9)) = self.number_of_digits(1) else { return Ok(None) };
        if !self.word("thang") {
            return Ok(None);
        }
        let last = !self.word("dau") && self.word("cuoi");
        if n == 9 && last {
            return Err(self.no_such(start));
        }
        let kind = |year| match n {
            9 => PeriodKind::NineMonths { year },
            _ => PeriodKind::Half { year, last },
        };
        self.of_year(kind, start)
    }

    /// `thang 11/2026`, `tháng 11 năm 2026`, `thang 11`, `thang nay`, `t11/2026`.
    fn month(&mut self) -> Read<Period> {
        let start = self.next;
        let short = self.word("t");
        if !short && !self.word("thang") {
            return Ok(None);
        }
        let Some(month) = self.number() else {
            let this = self.this_or_before();
            if short || (this.is_none() && !self.at_end()) {
                return Ok(None);
            }
            let month = Period::month_containing(self.today, self.scheme);
            return Ok(if this == Some(false) { month.before() } else { Some(month) });
        };
        // `t6` alone is Friday, so the short form needs its year.
        if short && !self.year_follows() {
            return Ok(None);
        }
        self.of_year(|year| PeriodKind::Month { year, month }, start)
    }

    /// `quy 4/2026`, `q4/2026`, `quý IV năm 2026`, `quy nay`.
    fn quarter(&mut self) -> Read<Period> {
        let start = self.next;
        let short = self.word("q");
        if !short && !self.word("quy") {
            return Ok(None);
        }
        let quarter = match self.number() {
            Some(n) => Some(n),
            None => self.roman(),
        };
        let Some(quarter) = quarter else {
            let this = self.this_or_before();
            if short || (this.is_none() && !self.at_end()) {
                return Ok(None);
            }
            let month = Period::month_containing(self.today, self.scheme).kind;
            let PeriodKind::Month { year, month } = month else { return Ok(None) };
            let kind = PeriodKind::Quarter { year, quarter: month.div_ceil(3) };
            let quarter = Period::of(kind, self.scheme);
            return Ok(if this == Some(false) { quarter.and_then(|q| q.before()) } else { quarter });
        };
        self.of_year(|year| PeriodKind::Quarter { year, quarter }, start)
    }

    /// `nam 2026`, `nam nay`, `nam ngoai`, and the bare year.
    fn year(&mut self) -> Read<Period> {
        let start = self.next;
        if !self.word("nam") {
            let Some(year) = self.four_digit_year() else { return Ok(None) };
            // `2026-11-20` and `2026/…` are read elsewhere, or not at all.
            let joined = matches!(self.kind(), Some(Kind::Slash | Kind::Dash));
            return if joined { Ok(None) } else { self.make(PeriodKind::Year { year }, start) };
        }
        if let Some(year) = self.four_digit_year() {
            return self.make(PeriodKind::Year { year }, start);
        }
        match self.this_or_before() {
            Some(this) => {
                let latest = self.latest(|year| PeriodKind::Year { year });
                Ok(if this { latest } else { latest.and_then(|y| y.before()) })
            }
            None if self.at_end() => Ok(self.latest(|year| PeriodKind::Year { year })),
            None => Ok(None),
        }
    }

    /// `tu 01/01/2023 den 10/08/2023`.
    fn range_of_words(&mut self) -> Read<Period> {
        if !self.word("tu") {
            return Ok(None);
        }
        self.word("ngay");
        let Some(from) = self.typed_day() else { return Ok(None) };
        let joined = self.word("den") || self.word("toi") || self.dash();
        self.word("het");
        self.word("ngay");
        let to = if joined { self.typed_day() } else { None };
        let Some(to) = to else { return Err(self.no_such(from.first_token - 1)) };
        self.range(from, to)
    }

    /// `01/01/2023-10/08/2023`, `20/11/2026`, `ngay 20/11`.
    fn range_or_day(&mut self) -> Read<Period> {
        self.word("ngay");
        let Some(from) = self.typed_day() else { return Ok(None) };
        let end_of_day = self.next;
        if self.dash() || self.word("den") {
            self.word("ngay");
            if let Some(to) = self.typed_day() {
                return self.range(from, to);
            }
            return Err(self.no_such(from.first_token));
        }
        self.next = end_of_day;
        let day = self.resolve(&from, None).ok_or_else(|| self.no_such(from.first_token))?;
        self.make(PeriodKind::Day(day), from.first_token)
    }

    /// `11/2026`.
    fn bare_month(&mut self) -> Read<Period> {
        let start = self.next;
        let Some(month) = self.number() else { return Ok(None) };
        if !self.slash() && !self.dash() {
            return Ok(None);
        }
        let Some(year) = self.four_digit_year() else { return Ok(None) };
        self.make(PeriodKind::Month { year, month }, start)
    }
}

// ── days ────────────────────────────────────────────────────────────────────────────

impl Reader<'_, '_> {
    /// `20/11`, `20/11/2026`, `20/11/26`, `2026-11-20`; not `11/2026`.
    fn typed_day(&mut self) -> Option<Typed> {
        let first_token = self.next;
        if let Some(year) = self.four_digit_year() {
            let month = self.dash().then(|| self.number_of_digits(2)).flatten();
            let day = month.and_then(|_| self.dash().then(|| self.number_of_digits(2)).flatten());
            return Some(Typed { day: day?, month: month?, year: Some(year), first_token });
        }
        let day = self.number().filter(|n| *n < 100);
        let month = day.and_then(|_| self.slash().then(|| self.number()).flatten()).filter(|n| *n < 100);
        let (Some(day), Some(month)) = (day, month) else {
            self.next = first_token;
            return None;
        };
        let before_year = self.next;
        let year = self.slash().then(|| self.any_year()).flatten();
        if year.is_none() {
            self.next = before_year;
        }
        Some(Typed { day, month, year, first_token })
    }

    /// The day meant: without a year the first on or after `after`, where that is of the same
    /// year or not in the future (`1/11-30/11`), or else the latest that is not in the
    /// future, which may lie before `after` (`20/11-1/11`).
    fn resolve(&self, typed: &Typed, after: Option<NaiveDate>) -> Option<NaiveDate> {
        let on = |year| NaiveDate::from_ymd_opt(year, typed.month, typed.day);
        match (typed.year, after) {
            (Some(year), _) => on(year),
            (None, Some(after)) => {
                let first = (0..=8).filter_map(|n| on(after.year() + n)).find(|d| *d >= after)?;
                if first <= self.today || first.year() == after.year() {
                    return Some(first);
                }
                (0..=8).filter_map(|n| on(self.today.year() - n)).find(|d| *d <= self.today)
            }
            (None, None) => (0..=8).filter_map(|n| on(self.today.year() - n)).find(|d| *d <= self.today),
        }
    }

    fn range(&self, from: Typed, to: Typed) -> Read<Period> {
        let start = from.first_token;
        let fault = || self.no_such(start);
        let first = match (from.year, to.year) {
            // `20/12-10/01/2026`: the latest 20/12 before that end.
            (None, Some(_)) => {
                let end = self.resolve(&to, None).ok_or_else(fault)?;
                let on = |year| NaiveDate::from_ymd_opt(year, from.month, from.day);
                (0..=8).filter_map(|n| on(end.year() - n)).find(|d| *d <= end)
            }
            _ => self.resolve(&from, None),
        };
        let first = first.ok_or_else(fault)?;
        let last = self.resolve(&to, Some(first)).ok_or_else(fault)?;
        if last < first {
            return Err(PeriodFault::EndBeforeStart { from: first, to: last });
        }
        self.make(PeriodKind::Range { from: first, to: last }, start)
    }
}
