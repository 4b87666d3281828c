//! The workbook of a unit and a period (SPEC §6): form II.06a and five sheets that explain
//! it. [`describe`] says what stands in it; `render::xlsx` makes the bytes.
//!
//! The form is Vietnamese whatever the reader's language: it is fixed by law (DOMAIN §1.2).

mod charts;
pub mod check_words;
mod checks;
mod days;
mod file_name;
mod form_06a;
mod indicators;
mod log;
mod overdue;

use chrono::{NaiveDate, NaiveDateTime};

pub use file_name::file_name;

use super::book::{Book, Column, Role, Sheet};
use crate::domain::calendar::DayKind;
use crate::domain::check::Check;
use crate::domain::count::Flows;
use crate::domain::figure::{Indicator, IndicatorId};
use crate::domain::summary::Summary;
use crate::words::numbers::{date, number};
use crate::words::{Locale, Words};

/// Everything the workbook is made from.
#[derive(Clone, Copy, Debug)]
pub struct Workbook<'a> {
    pub summary: &'a Summary,
    /// The period as the form prints it, in Vietnamese: `Tháng 11/2025`.
    pub period: &'a str,
    /// The unit that receives the report; left to fill in by hand where there is none.
    pub parent: Option<&'a str>,
    /// Each day of the period, of one in progress up to the day it runs to.
    pub days: &'a [DayRow],
    /// The table of indicators with wholes and targets, in its order.
    pub indicators: &'a [Indicator],
    /// Target of the online rate in percent, if one is set.
    pub online_target: Option<i64>,
    pub checks: &'a [Check],
    /// Oldest first.
    pub log: &'a [LogLine],
    pub state: State,
    /// Resolved late and pending late, worst first; `None` where the unit keeps no register.
    pub overdue: Option<&'a [OverdueRow]>,
}

/// Whether the figures may still change. How many days are missing says the summary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Provisional,
    Closed { version: i64 },
}

/// The unit's figures of one day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayRow {
    pub day: NaiveDate,
    pub kind: DayKind,
    /// `None`: nobody has posted, which is not the same as zero.
    pub flows: Option<Flows>,
    /// What stands at the end of the day, if it was ever stated.
    pub awaiting: Option<i64>,
    pub pending_late: Option<i64>,
    pub indicators: Vec<(IndicatorId, i64)>,
    pub missing: Missing,
}

/// Whose figures a day lacks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Missing {
    #[default]
    Nobody,
    /// Full names, for readers who may see them (SPEC §3).
    People(Vec<String>),
    /// How many officials, for the others.
    Count(usize),
    /// How many units, in a parent's workbook.
    Units(usize),
}

/// A dossier resolved late or pending late.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OverdueRow {
    pub code: String,
    /// Name of the field.
    pub field: String,
    pub received: NaiveDate,
    /// The original due day: it is the one that counts (DOMAIN §3.3).
    pub due: NaiveDate,
    /// `None`: still pending.
    pub ended: Option<NaiveDate>,
    pub days_late: i64,
    pub holder: String,
    pub reason: Option<String>,
}

/// Something that was done to the figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogLine {
    /// In the office's zone.
    pub at: NaiveDateTime,
    /// `None`: the command line.
    pub who: Option<String>,
    pub deed: Deed,
    /// Day, field and figure that were changed, as printed; `None` for a closing.
    pub day: Option<NaiveDate>,
    pub field: Option<String>,
    pub figure: Option<String>,
    pub from: Option<i64>,
    pub to: Option<i64>,
    /// For whom a lead posted, why a period was reopened…
    pub note: Option<String>,
}

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    Posted,
    Corrected,
    Undone,
    HandedOver,
    Opened,
    Closed,
    Reopened,
}

/// Says what stands in the workbook, in the reader's language (the form: in Vietnamese).
pub fn describe(facts: &Workbook, words: &Words) -> Book {
    let mut sheets = Vec::new();
    let fields = match &facts.summary.below {
        Some(below) => {
            sheets.push(form_06a::sheet(facts, &words.workbook_sheet_form(), &below.by_unit));
            words.workbook_sheet_form_by_field()
        }
        None => words.workbook_sheet_form(),
    };
    sheets.push(form_06a::sheet(facts, &fields, &facts.summary.rows));
    sheets.push(days::sheet(facts, words));
    sheets.push(overdue::sheet(facts, words));
    sheets.push(indicators::sheet(facts, words));
    sheets.push(charts::sheet(facts, words));
    sheets.push(checks::sheet(facts, words, &fields));
    Book {
        title: words.workbook_title(facts.period),
        subject: facts.summary.unit_name.clone(),
        stamp: facts.summary.to_date.unwrap_or(facts.summary.period.to),
        sheets,
    }
}

/// Heading, unit and period: the top of every sheet but the form. The next free row is 3.
fn begin(facts: &Workbook, words: &Words, (name, heading): (String, String), columns: Vec<Column>) -> Sheet {
    let period = &facts.summary.period;
    let wide = columns.len() as u16;
    let mut sheet = Sheet { name, columns, footer: footer(facts, words), ..Sheet::default() };
    let mut line =
        words.workbook_unit_line(&facts.summary.unit_name, words.period(period), date(period.from), date(period.to));
    if let Some(day) = facts.summary.to_date {
        line = format!("{line}. {}.", words.workbook_to_date(date(day)));
    }
    sheet.put_over((0, 0), (1, wide), Role::Heading, heading);
    sheet.put_over((1, 0), (1, wide), Role::Line, line);
    sheet
}

/// A remark over the full width, wrapped.
fn remark(sheet: &mut Sheet, row: u32, text: String) {
    let wide = sheet.columns.len() as u16;
    sheet.put_over((row, 0), (1, wide), Role::Line, text);
}

/// `Số liệu tạm tính, chưa chốt; thiếu 1 ngày`, or `Đã chốt, lần 1`.
fn footer(facts: &Workbook, words: &Words) -> String {
    if let State::Closed { version } = facts.state {
        return words.workbook_footer_closed(number(version));
    }
    let summary = facts.summary;
    let missing = match &summary.below {
        Some(below) => below.incomplete.len(),
        None => summary.complete.missing.len(),
    };
    let text = match (missing, &summary.below) {
        (0, _) => words.workbook_footer_provisional(),
        (n, Some(_)) => words.workbook_footer_missing_units(number(n as i64)),
        (n, None) => words.workbook_footer_missing_days(number(n as i64)),
    };
    match summary.to_date {
        Some(day) => words.workbook_footer_to_date(&text, date(day)),
        None => text,
    }
}

/// The words the form is written in.
fn form_words() -> &'static Words {
    Locale::Vi.words()
}
