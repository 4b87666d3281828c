//! `/thieu`: who has not posted today, and which days of the period lack somebody. Of a
//! parent: units and days, not people.

use chrono::NaiveDate;

use crate::domain::period::Period;
use crate::domain::summary::Complete;
use crate::report::names::Names;
use crate::words::Words;
use crate::words::numbers::day_month;

/// How many days of one unit are written out.
const DAYS: usize = 7;
/// How many units are named in one line.
const UNITS: usize = 5;

/// Who and what is missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    pub unit_name: String,
    pub period: Period,
    /// `None` when the period does not hold today.
    pub today: Option<Today>,
    /// The days of the period that are due; empty for a parent.
    pub complete: Complete,
    /// `Some` for a parent.
    pub units: Option<Units>,
}

/// One day, due or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Today {
    pub day: NaiveDate,
    pub day_off: bool,
    /// How many officials are to post.
    pub expected: usize,
    /// Full names of those who have not, in order of joining.
    pub missing: Vec<String>,
}

/// The units of a parent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Units {
    /// Units of which something was expected.
    pub expected: usize,
    /// Units with days on which somebody is missing, the worst first.
    pub missing: Vec<(String, Vec<NaiveDate>)>,
    pub nobody_in_charge: Vec<String>,
}

/// The first few units by name, then how many more.
pub fn named(units: &[String], words: &Words) -> String {
    let mut shown: Vec<String> = units.iter().take(UNITS).cloned().collect();
    if units.len() > UNITS {
        shown.push(words.summary_more_units((units.len() - UNITS).to_string()));
    }
    shown.join(", ")
}

impl Missing {
    pub fn text(&self, names: Names<'_>, words: &Words) -> String {
        let mut lines = vec![words.missing_title().to_string(), self.unit_name.clone()];
        if let Some(today) = &self.today {
            lines.push(today.line(words));
            lines.extend(self.not_yet(today, names, words));
        }
        match &self.units {
            Some(units) => lines.extend(units.lines(&self.period, words)),
            None => lines.extend(self.days(names, words)),
        }
        lines.join("\n")
    }

    /// The names behind the numbers of today, for whom they are.
    fn not_yet(&self, today: &Today, names: Names<'_>, words: &Words) -> Option<String> {
        let named = match names {
            Names::All => !today.missing.is_empty() && self.units.is_none(),
            Names::Own(own) => today.missing.iter().any(|m| m == own),
            Names::None => false,
        };
        named.then(|| words.missing_today_who(names.list(&today.missing, &self.complete.called, words)))
    }

    fn days(&self, names: Names<'_>, words: &Words) -> Vec<String> {
        let c = &self.complete;
        let period = words.period(&self.period);
        if c.nobody_in_charge && c.expected_days == 0 {
            return vec![words.summary_nobody().to_string()];
        }
        // Nothing is due yet: today's line says all.
        if c.missing.is_empty() && c.expected_days == 0 && self.today.as_ref().is_some_and(|t| !t.day_off) {
            return Vec::new();
        }
        if c.missing.is_empty() {
            return vec![words.missing_period_none(period, c.expected_days.to_string())];
        }
        let mut lines = vec![words.missing_period(period, c.missing.len().to_string(), c.expected_days.to_string())];
        lines.extend(
            c.missing.iter().map(|m| words.missing_day(day_month(m.day), names.list(&m.officials, &c.called, words))),
        );
        lines
    }
}

impl Today {
    fn line(&self, words: &Words) -> String {
        let day = day_month(self.day);
        match self.expected {
            _ if self.day_off => words.missing_today_off(day),
            0 => words.missing_today_nobody(day),
            n => words.missing_today(day, (n - self.missing.len()).to_string(), n.to_string()),
        }
    }
}

impl Units {
    fn lines(&self, period: &Period, words: &Words) -> Vec<String> {
        let period = words.period(period);
        let expected = self.expected.to_string();
        let mut lines = match self.missing.len() {
            0 => vec![words.missing_units_none(period, expected)],
            n => vec![words.missing_units(period, n.to_string(), expected)],
        };
        lines.extend(self.missing.iter().map(|(unit, days)| {
            let mut named: Vec<String> = days.iter().take(DAYS).map(|d| day_month(*d)).collect();
            if let Some(more) = days.len().checked_sub(DAYS).filter(|n| *n > 0) {
                named.push(words.summary_more_days(more.to_string()));
            }
            words.missing_unit(unit, days.len().to_string(), named.join(", "))
        }));
        lines.extend(self.nobody_in_charge.iter().map(|unit| words.missing_unit_nobody(unit)));
        lines
    }
}
