//! Sheet `Theo ngày`: a row a day, a column a figure; days off shaded, missing days marked.

use chrono::{Datelike, Weekday};

use super::{DayRow, Missing, Workbook};
use crate::domain::calendar::DayKind;
use crate::domain::figure::{Figure, Indicator, Measure};
use crate::report::book::{Column, Outcome, Role, Shade, Sheet, Value, address, sum};
use crate::words::Words;
use crate::words::numbers::number;

/// Row of what the period before left; the first day stands below it.
const CARRIED_ROW: u32 = 6;
/// Row of the first day.
pub const FIRST_ROW: u32 = CARRIED_ROW + 1;

/// The columns that the charts and the checks look at.
pub const RECEIVED: u16 = 5;
pub const RESOLVED: u16 = 10;
const BALANCE: u16 = 11;
const AWAITING: u16 = 12;
const LATE: u16 = 13;
const INDICATORS: u16 = 14;

/// Flow figures with their columns; each group ends with its sum.
const RECEIVED_PARTS: [(u16, Figure); 3] =
    [(2, Figure::ReceivedOnline), (3, Figure::ReceivedDirect), (4, Figure::ReceivedPostal)];
const RESOLVED_PARTS: [(u16, Figure); 4] =
    [(6, Figure::ResolvedEarly), (7, Figure::ResolvedOnTime), (8, Figure::ResolvedLate), (9, Figure::Withdrawn)];

/// The sheet.
pub fn sheet(facts: &Workbook, words: &Words) -> Sheet {
    let used: Vec<&Indicator> =
        facts.indicators.iter().filter(|i| facts.summary.indicators.iter().any(|t| t.id == i.id)).collect();
    let mut columns = vec![Column::Day, Column::Weekday];
    columns.extend([Column::Narrow; INDICATORS as usize - 2]);
    columns.extend(used.iter().map(|i| match i.measure {
        Measure::Count => Column::Narrow,
        Measure::Money => Column::Money,
    }));
    let names = facts.days.iter().any(|d| matches!(d.missing, Missing::People(_)));
    columns.push(if names { Column::Code } else { Column::Word });
    let names = (words.workbook_sheet_days(), words.workbook_days_heading());
    let mut sheet = super::begin(facts, words, names, columns);
    // A month is meant to be looked at as a whole.
    sheet.one_page = facts.days.len() <= 31;
    sheet.frozen = Some((CARRIED_ROW, 2));
    sheet.repeated = Some((4, 5));
    super::remark(&mut sheet, 2, words.workbook_days_legend());
    heads(&mut sheet, &used, words);
    carried(&mut sheet, facts, used.len() as u16, words);
    let mut balance = facts.summary.total.carried;
    for (row, day) in (FIRST_ROW..).zip(facts.days) {
        balance += day.flows.map_or(0, |f| f.net());
        day_row(&mut sheet, row, day, (balance, &used), words);
    }
    totals(&mut sheet, facts, &used, words);
    sheet
}

fn heads(sheet: &mut Sheet, used: &[&Indicator], words: &Words) {
    let top = CARRIED_ROW - 2;
    let note = INDICATORS + used.len() as u16;
    for (column, head) in
        [(0, words.workbook_days_day()), (1, words.workbook_days_weekday()), (note, words.workbook_note())]
    {
        sheet.put_over((top, column), (2, 1), Role::Head, head);
    }
    sheet.put_over((top, 2), (1, 4), Role::Head, words.workbook_days_received());
    sheet.put_over((top, 6), (1, 5), Role::Head, words.workbook_days_resolved());
    sheet.put_over((top, BALANCE), (1, 3), Role::Head, words.workbook_days_standing());
    let indicators = used.len() as u16;
    match indicators {
        0 => {}
        1 => drop(sheet.put((top, INDICATORS), Role::Head, words.workbook_indicators_name())),
        n => drop(sheet.put_over((top, INDICATORS), (1, n), Role::Head, words.workbook_sheet_indicators())),
    }
    for (column, figure) in RECEIVED_PARTS.into_iter().chain(RESOLVED_PARTS) {
        sheet.put((top + 1, column), Role::Head, words.figure(figure));
    }
    for (column, head) in [
        (RECEIVED, words.workbook_sum()),
        (RESOLVED, words.workbook_sum()),
        (BALANCE, words.figure_pending()),
        (AWAITING, words.figure(Figure::AwaitingSupplement)),
        (LATE, words.figure(Figure::PendingLate)),
    ] {
        sheet.put((top + 1, column), Role::Head, head);
    }
    for (column, indicator) in (INDICATORS..).zip(used) {
        sheet.put((top + 1, column), Role::Head, indicator.name.as_str());
    }
}

fn carried(sheet: &mut Sheet, facts: &Workbook, indicators: u16, words: &Words) {
    sheet.put_over((CARRIED_ROW, 0), (1, BALANCE), Role::Label, words.workbook_days_carried());
    sheet.put((CARRIED_ROW, BALANCE), Role::Figure, facts.summary.total.carried);
    for column in BALANCE + 1..=INDICATORS + indicators {
        sheet.put((CARRIED_ROW, column), Role::Figure, Value::Blank);
    }
}

fn day_row(sheet: &mut Sheet, row: u32, day: &DayRow, (balance, used): (i64, &[&Indicator]), words: &Words) {
    let shade = match (&day.missing, day.kind) {
        (Missing::Nobody, DayKind::Work) => Shade::None,
        (Missing::Nobody, DayKind::Off) => Shade::Off,
        _ => Shade::Bad,
    };
    let mut put = |column: u16, role: Role, value: Value| sheet.put((row, column), role, value).shade = shade;
    put(0, Role::Word, day.day.into());
    put(1, Role::Word, weekday(day.day.weekday(), words).into());
    let flows = day.flows.as_ref();
    for (column, figure) in RECEIVED_PARTS.into_iter().chain(RESOLVED_PARTS) {
        put(column, Role::Figure, flows.map(|f| f.get(figure)).into());
    }
    let parts = |first, last| format!("SUM({}:{})", address(row, first), address(row, last));
    let (received, resolved) = (flows.map(|f| f.received()), flows.map(|f| f.resolved()));
    for (column, first, last, value) in [(RECEIVED, 2, 4, received), (RESOLVED, 6, 9, resolved)] {
        let formula = |n| Value::Formula(parts(first, last), Outcome::Number(n));
        put(column, Role::Figure, value.map_or(Value::Blank, formula));
    }
    let running = format!("{}+{}-{}", address(row - 1, BALANCE), address(row, RECEIVED), address(row, RESOLVED));
    put(BALANCE, Role::Figure, Value::Formula(running, Outcome::Number(balance)));
    put(AWAITING, Role::Figure, day.awaiting.into());
    put(LATE, Role::Figure, day.pending_late.into());
    for (column, indicator) in (INDICATORS..).zip(used) {
        let value = day.indicators.iter().find(|(id, _)| *id == indicator.id).map(|(_, v)| *v);
        put(column, Role::Figure, value.into());
    }
    put(INDICATORS + used.len() as u16, Role::Label, note(day, words).into());
}

fn totals(sheet: &mut Sheet, facts: &Workbook, used: &[&Indicator], words: &Words) {
    let row = total_row(facts.days.len());
    let flows: crate::domain::count::Flows = facts.days.iter().filter_map(|d| d.flows).sum();
    sheet.put_over((row, 0), (1, 2), Role::TotalLabel, words.workbook_total());
    let mut put = |column: u16, formula: String, value: i64| {
        sheet.put((row, column), Role::TotalFigure, Value::Formula(formula, Outcome::Number(value)));
    };
    let days = |column| sum(column, FIRST_ROW, row - 1);
    for (column, figure) in RECEIVED_PARTS.into_iter().chain(RESOLVED_PARTS) {
        put(column, days(column), flows.get(figure));
    }
    put(RECEIVED, days(RECEIVED), flows.received());
    put(RESOLVED, days(RESOLVED), flows.resolved());
    // The balance of the last day; of no day at all what was carried in.
    put(BALANCE, address(row - 1, BALANCE), facts.summary.total.carried + flows.net());
    for (column, indicator) in (INDICATORS..).zip(used) {
        let posted = facts.days.iter().flat_map(|d| &d.indicators).filter(|(id, _)| *id == indicator.id);
        put(column, days(column), posted.map(|(_, v)| v).sum());
    }
    let last = facts.days.last();
    for (column, value) in [(AWAITING, last.and_then(|d| d.awaiting)), (LATE, last.and_then(|d| d.pending_late))] {
        let value = value.map_or(Value::Blank, |v| Value::Formula(address(row - 1, column), Outcome::Number(v)));
        sheet.put((row, column), Role::TotalFigure, value);
    }
    sheet.put((row, INDICATORS + used.len() as u16), Role::TotalLabel, Value::Blank);
}

/// Row of the totals over so many days.
pub fn total_row(days: usize) -> u32 {
    FIRST_ROW + days as u32
}

fn note(day: &DayRow, words: &Words) -> Option<String> {
    let weekend = matches!(day.day.weekday(), Weekday::Sat | Weekday::Sun);
    match (&day.missing, day.kind) {
        (Missing::People(names), _) => Some(words.workbook_days_missing(names.join(", "))),
        (Missing::Count(n), _) => Some(words.workbook_days_missing_people(number(*n as i64))),
        (Missing::Units(n), _) => Some(words.workbook_days_missing_units(number(*n as i64))),
        (Missing::Nobody, DayKind::Off) if !weekend => Some(words.workbook_days_holiday()),
        (Missing::Nobody, DayKind::Work) if weekend => Some(words.workbook_days_worked()),
        (Missing::Nobody, _) => None,
    }
}

fn weekday(day: Weekday, words: &Words) -> String {
    match day {
        Weekday::Mon => words.workbook_monday(),
        Weekday::Tue => words.workbook_tuesday(),
        Weekday::Wed => words.workbook_wednesday(),
        Weekday::Thu => words.workbook_thursday(),
        Weekday::Fri => words.workbook_friday(),
        Weekday::Sat => words.workbook_saturday(),
        Weekday::Sun => words.workbook_sunday(),
    }
}
