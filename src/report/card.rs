//! The card of a unit and a period (SPEC §9): what `/tonghop` says, as one picture for a phone.
//! Every text stands here as it is printed, every number beside its text; where it is drawn is
//! `render::png`'s business.
//!
//! It names nobody, so that one card serves every reader, groups too (SPEC §3).

mod by_day;
mod fields;

use std::collections::BTreeMap;

use chrono::NaiveDate;

pub use by_day::{Axis, Bars, Group};
pub use fields::{Bar, Shares};

use super::summary_text::{complete_line, period_line};
use super::workbook::State;
use crate::domain::calendar::Calendar;
use crate::domain::count::Flows;
use crate::domain::summary::{Row, Summary};
use crate::words::Words;
use crate::words::numbers::{date, number, rate};

/// Everything a card is made from.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    pub summary: &'a Summary,
    /// The unit's figures of each day on which anything was posted.
    pub days: &'a BTreeMap<NaiveDate, Flows>,
    /// Days off without figures are left out of the bars.
    pub calendar: &'a Calendar,
    pub state: State,
    /// The last day whose figures count.
    pub end: NaiveDate,
    /// Printed at the foot.
    pub drawn: NaiveDate,
}

/// The card as printed, from top to bottom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    pub title: String,
    pub unit: String,
    pub period: String,
    pub figures: [Figure; 3],
    pub on_time: OnTime,
    /// What came and went; a sentence where nothing did.
    pub by_day: Result<Bars, String>,
    /// `None` where no field has a number.
    pub fields: Option<Shares>,
    pub complete: String,
    /// `Số liệu tạm tính`, `Đã chốt, lần 1`.
    pub state: Option<String>,
    pub drawn: String,
}

/// A big number and what it is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    pub label: String,
    pub value: String,
    pub parts: [Part; 2],
}

/// A part of a big number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    pub label: String,
    pub value: String,
    /// Something is overdue: this wants to be seen.
    pub alarming: bool,
}

/// The on-time rate as the summary prints it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OnTime {
    pub label: String,
    pub rate: String,
    /// `(1.221/1.221)`.
    pub of: String,
    /// Hundredths of a percent; `None` where nothing was resolved.
    pub basis_points: Option<i64>,
}

/// Says what stands on the card.
pub fn describe(facts: &Facts, words: &Words) -> Card {
    let s = facts.summary;
    let missing_days = s.below.is_none() && !s.complete.missing.is_empty();
    let missing_units = s.below.as_ref().is_some_and(|b| b.complete_units < b.units);
    let state = match facts.state {
        State::Closed { version } => Some(words.workbook_footer_closed(number(version))),
        State::Provisional if missing_days || missing_units => Some(words.card_provisional()),
        State::Provisional => None,
    };
    Card {
        title: words.summary_title(),
        unit: s.unit_name.clone(),
        period: period_line(s, words),
        figures: figures(&s.total, words),
        on_time: on_time(&s.total, words),
        by_day: by_day::bars(facts, words),
        fields: fields::shares(&s.rows, words),
        complete: complete_line(s, words),
        state,
        drawn: words.card_drawn(date(facts.drawn)),
    }
}

fn figures(t: &Row, words: &Words) -> [Figure; 3] {
    let part = |label: String, n: i64| Part { label, value: number(n), alarming: false };
    let late = |label: String, n: i64| Part { alarming: n > 0, ..part(label, n) };
    let figure = |label: String, n: i64, parts| Figure { label, value: number(n), parts };
    [
        figure(
            words.figure_received(),
            t.received_total(),
            [part(words.card_new(), t.flows.received()), part(words.card_carried(), t.carried)],
        ),
        figure(
            words.figure_resolved(),
            t.resolved_total(),
            [late(words.figure_resolved_late(), t.flows.late), part(words.card_withdrawn(), t.flows.withdrawn)],
        ),
        figure(
            words.compare_pending(),
            t.pending_total(),
            [late(words.card_late(), t.pending_late), part(words.card_in_time(), t.pending_in_time())],
        ),
    ]
}

fn on_time(t: &Row, words: &Words) -> OnTime {
    let r = t.on_time_rate();
    OnTime {
        label: words.compare_on_time_rate(),
        rate: rate(r),
        of: format!("({}/{})", number(r.part), number(r.whole)),
        basis_points: r.basis_points(),
    }
}

#[cfg(test)]
mod tests;
