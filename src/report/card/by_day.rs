//! What came and went, day by day; over a long period by week, month or year, so that a phone
//! can still tell the bars apart.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate};

use super::Facts;
use crate::domain::count::Flows;
use crate::domain::period::{Period, PeriodKind, Scheme};
use crate::words::Words;
use crate::words::numbers::{day_month, number};

/// Pairs of bars that can still be told apart.
const MOST: usize = 31;
/// Lines across the bars, beside the lowest.
const LINES: i64 = 4;

/// Pairs of bars over time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bars {
    pub title: String,
    /// Names of the two bars of a pair.
    pub received: String,
    pub resolved: String,
    /// What the mark below a pair means, where any has it.
    pub missing: Option<String>,
    pub groups: Vec<Group>,
    pub axis: Axis,
}

/// A day, week, month or year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    pub label: String,
    /// Newly received; resolved with what was withdrawn.
    pub received: i64,
    pub resolved: i64,
    /// Somebody's figures are missing.
    pub missing: bool,
}

/// Lines across the bars, the lowest at 0, with their labels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Axis {
    pub lines: Vec<(i64, String)>,
}

impl Axis {
    /// What the height of the bars stands for; at least 1.
    pub fn top(&self) -> i64 {
        self.lines.last().map_or(1, |(n, _)| *n).max(1)
    }
}

/// How days are put together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum By {
    Day,
    Week,
    Month,
    Year,
}

/// The bars; a sentence where there is nothing to draw.
pub fn bars(facts: &Facts, words: &Words) -> Result<Bars, String> {
    let flows = facts.days;
    if flows.values().all(|f| f.received() == 0 && f.resolved() == 0) {
        return Err(if flows.is_empty() { words.card_none() } else { words.card_nothing_came() });
    }
    let shown = shown_days(facts);
    let by = fitting(&shown, facts.summary.period.scheme);
    // In a parent somewhere somebody is missing nearly every day: a mark would say nothing.
    let own = facts.summary.below.is_none();
    let missing: Vec<NaiveDate> = facts.summary.complete.missing.iter().map(|m| m.day).filter(|_| own).collect();

    let scheme = facts.summary.period.scheme;
    let mut groups: BTreeMap<NaiveDate, (Flows, bool)> = BTreeMap::new();
    for day in &shown {
        let (sum, lacks) = groups.entry(by.key(*day, scheme)).or_default();
        *sum += flows.get(day).copied().unwrap_or_default();
        *lacks |= missing.contains(day);
    }
    let years = shown.first().map(|d| By::Year.key(*d, scheme)) != shown.last().map(|d| By::Year.key(*d, scheme));
    let groups: Vec<Group> = groups
        .into_iter()
        .map(|(key, (sum, missing))| Group {
            label: by.label(key.max(facts.summary.period.from), (scheme, years), words),
            received: sum.received(),
            resolved: sum.resolved(),
            missing,
        })
        .collect();
    let most = groups.iter().map(|g| g.received.max(g.resolved)).max().unwrap_or(0);
    Ok(Bars {
        title: by.title(words),
        received: words.compare_received_new(),
        resolved: words.compare_resolved(),
        missing: groups.iter().any(|g| g.missing).then(|| words.card_missing()),
        groups,
        axis: axis(most),
    })
}

/// The days up to the last whose figures count; of days off only those with figures.
fn shown_days(facts: &Facts) -> Vec<NaiveDate> {
    let all = facts.summary.period.from.iter_days().take_while(|d| *d <= facts.end);
    let shown: Vec<NaiveDate> = all.filter(|d| facts.calendar.is_working(*d) || facts.days.contains_key(d)).collect();
    // Years before anybody posted would only press the bars together.
    let years = shown.first().zip(shown.last()).map_or(0, |(a, b)| b.year() - a.year());
    let first = facts.days.keys().next().filter(|_| years >= 2);
    shown.into_iter().filter(|d| first.is_none_or(|f| d >= f)).collect()
}

/// The finest that fits.
fn fitting(days: &[NaiveDate], scheme: Scheme) -> By {
    let fits = |by: &By| {
        let mut keys: Vec<NaiveDate> = days.iter().map(|d| by.key(*d, scheme)).collect();
        keys.dedup();
        keys.len() <= MOST
    };
    [By::Day, By::Week, By::Month].into_iter().find(fits).unwrap_or(By::Year)
}

impl By {
    /// The first day of the group that holds `day`.
    fn key(self, day: NaiveDate, scheme: Scheme) -> NaiveDate {
        match self {
            By::Day => day,
            By::Week => day - Days::new(day.weekday().num_days_from_monday().into()),
            By::Month => Period::month_containing(day, scheme).from,
            By::Year => year_of(day, scheme).map_or(day, |y| y.from),
        }
    }

    fn title(self, words: &Words) -> String {
        match self {
            By::Day => words.card_by_day(),
            By::Week => words.card_by_week(),
            By::Month => words.card_by_month(),
            By::Year => words.card_by_year(),
        }
    }

    /// A week goes by its first day; a month names its year where there are `several`.
    fn label(self, first: NaiveDate, (scheme, several): (Scheme, bool), words: &Words) -> String {
        match (self, Period::month_containing(first, scheme).kind) {
            (By::Month, PeriodKind::Month { year, month }) if several => format!("{month}/{year}"),
            (By::Month, PeriodKind::Month { month, .. }) => words.card_month(month.to_string()),
            (By::Year, PeriodKind::Month { year, .. }) => year.to_string(),
            _ => day_month(first),
        }
    }
}

fn year_of(day: NaiveDate, scheme: Scheme) -> Option<Period> {
    match Period::month_containing(day, scheme).kind {
        PeriodKind::Month { year, .. } => Period::of(PeriodKind::Year { year }, scheme),
        _ => None,
    }
}

/// Lines at round numbers (1, 2 or 5 with noughts), the highest at or above `most`.
fn axis(most: i64) -> Axis {
    let mut step = 1_i64;
    for factor in [2_i64, 5, 10].into_iter().cycle() {
        if step.saturating_mul(LINES) >= most {
            break;
        }
        let magnitude = 10_i64.pow(step.ilog10());
        step = magnitude.saturating_mul(factor);
    }
    let lines = (most.max(1) - 1) / step + 1;
    Axis { lines: (0..=lines).map(|i| (i * step, number(i * step))).collect() }
}
