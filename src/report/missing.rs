//! `/thieu`: who has not posted today, and which days of the period lack somebody. Of a
//! parent: units and days, not people.

use chrono::NaiveDate;

use crate::domain::period::Period;
use crate::domain::summary::{Complete, MissingDay};
use crate::report::names::Names;
use crate::words::Words;
use crate::words::numbers::day_month;

/// How many days of one unit are written out.
const DAYS: usize = 7;
/// How many units are named in one line, or have a line without figures.
const UNITS: usize = 5;
/// How many units have a line each.
const LINES: usize = 10;
/// Letters of a whole answer, as of a summary (SPEC §5).
const LETTERS: usize = 2_000;
/// Letters kept for what is said of the rest.
const REST: usize = 60;

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
            Some(units) => units.tell(&mut lines, &self.period, words),
            None => self.days(&mut lines, names, words),
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

    fn days(&self, lines: &mut Vec<String>, names: Names<'_>, words: &Words) {
        let c = &self.complete;
        let period = words.period(&self.period);
        if c.nobody_in_charge && c.expected_days == 0 {
            return lines.push(words.summary_nobody().to_string());
        }
        // Nothing is due yet: today's line says all.
        if c.missing.is_empty() && c.expected_days == 0 && self.today.as_ref().is_some_and(|t| !t.day_off) {
            return;
        }
        if c.missing.is_empty() {
            return lines.push(words.missing_period_none(period, c.expected_days.to_string()));
        }
        lines.push(words.missing_period(period, c.missing.len().to_string(), c.expected_days.to_string()));
        let day = |m: &MissingDay| words.missing_day(day_month(m.day), names.list(&m.officials, &c.called, words));
        let left = extend(lines, c.missing.iter().map(day), c.missing.len());
        if left > 0 {
            lines.push(words.summary_more_days(left.to_string()));
        }
    }
}

/// Adds lines as long as a phone can show them, at most so many; how many are left out.
fn extend(lines: &mut Vec<String>, more: impl ExactSizeIterator<Item = String>, most: usize) -> usize {
    let mut letters: usize = lines.iter().map(|l| l.chars().count() + 1).sum();
    let all = more.len();
    let fits = |line: &String| {
        letters += line.chars().count() + 1;
        letters + REST <= LETTERS
    };
    let shown: Vec<String> = more.take(most).take_while(fits).collect();
    let left = all - shown.len();
    lines.extend(shown);
    left
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
    fn tell(&self, lines: &mut Vec<String>, period: &Period, words: &Words) {
        let period = words.period(period);
        let expected = self.expected.to_string();
        lines.push(match self.missing.len() {
            0 => words.missing_units_none(period, expected),
            n => words.missing_units(period, n.to_string(), expected),
        });
        let line = |(unit, days): &(String, Vec<NaiveDate>)| {
            let mut named: Vec<String> = days.iter().take(DAYS).map(|d| day_month(*d)).collect();
            if let Some(more) = days.len().checked_sub(DAYS).filter(|n| *n > 0) {
                named.push(words.summary_more_days(more.to_string()));
            }
            words.missing_unit(unit, days.len().to_string(), named.join(", "))
        };
        let left = extend(lines, self.missing.iter().map(line), LINES);
        if left > 0 {
            lines.push(words.summary_more_units(left.to_string()));
        }
        let nobody = self.nobody_in_charge.iter().map(|unit| words.missing_unit_nobody(unit));
        let left = extend(lines, nobody, UNITS);
        if left > 0 {
            lines.push(words.missing_more_nobody(left.to_string()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::period::Scheme;
    use crate::words::Locale;

    fn day(d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, d).unwrap()
    }

    /// A parent of `missing` units with a day less each, and of some that nobody is in charge of.
    fn parent(missing: usize, nobody: usize, name: &str) -> String {
        let days = |i: usize| (1..=28 - (i as u32 % 28)).map(day).collect();
        let units = Units {
            expected: missing,
            missing: (0..missing).map(|i| (format!("{name} {i}"), days(i))).collect(),
            nobody_in_charge: (0..nobody).map(|i| format!("{name} vắng {i}")).collect(),
        };
        let period = Period::month_containing(day(20), Scheme::Calendar);
        let complete = Complete::default();
        let all = Missing { unit_name: "Tỉnh".into(), period, today: None, complete, units: Some(units) };
        all.text(Names::None, Locale::Vi.words())
    }

    #[test]
    fn a_big_parent_is_cut_to_what_a_phone_can_read() {
        let text = parent(28, 9, "xã");
        let lines: Vec<&str> = text.lines().collect();
        assert!(lines[2].contains("28/28"), "{text}");
        assert!(lines[3].starts_with("– xã 0") && lines[12].starts_with("– xã 9:"), "{text}");
        assert_eq!(lines[13], "… và 18 đơn vị");
        assert!(lines[14].starts_with("– xã vắng 0") && lines[18].starts_with("– xã vắng 4"), "{text}");
        assert_eq!(lines[19..], ["… và 4 đơn vị chưa có cán bộ phụ trách"]);
        assert!(parent(10, 5, "xã").lines().all(|line| !line.starts_with('…')));
    }

    #[test]
    fn however_long_the_names_an_answer_is_never_over_2000_letters() {
        for length in [1, 20, 80, 150, 300, 900] {
            for (missing, nobody) in [(3_321, 0), (3_321, 200), (0, 3_321), (12, 3)] {
                let text = parent(missing, nobody, &"ă".repeat(length));
                assert!(text.chars().count() <= LETTERS, "{length} {missing} {nobody}: {}", text.chars().count());
                let lines = text.lines().count();
                assert!(lines < 25 && (length > 80 || lines > 5), "{text}");
            }
        }
    }
}
