//! Sheet `Biểu đồ`: what came and went by day; each field's share of what came. The charts
//! are native ones over cells, so whoever edits a cell sees the chart move.

use std::cmp::Reverse;

use super::{Workbook, days};
use crate::domain::summary::Row;
use crate::report::book::{Chart, ChartKind, Column, Outcome, Range, Role, Series, Sheet, Value, address, sum};
use crate::words::Words;

/// The table's columns and what fills the width of a page.
const COLUMNS: [Column; 7] =
    [Column::Index, Column::Remark, Column::Money, Column::Money, Column::Remark, Column::Money, Column::Narrow];
/// Days that still fit as pairs of columns.
const COLUMNS_AT_MOST: usize = 62;
/// Rows of the first chart: with the heading it fills a page.
const DAYS_ROWS: u32 = 25;
const DAYS_TOP: u32 = 3;
/// First row of the second page; the chart begins one lower, clear of the page's edge.
const SECOND_PAGE: u32 = DAYS_TOP + DAYS_ROWS + 1;
const SHARE_TOP: u32 = SECOND_PAGE + 1;
/// Fields whose chart and table share a page.
const ONE_PAGE: usize = 8;

/// The sheet.
pub fn sheet(facts: &Workbook, words: &Words) -> Sheet {
    let names = (words.workbook_sheet_charts(), words.workbook_charts_heading());
    let mut sheet = super::begin(facts, words, names, COLUMNS.to_vec());
    if !facts.days.is_empty() {
        sheet.charts.push(by_day(facts, words));
    }
    let mut fields: Vec<&Row> = facts.summary.rows.iter().filter(|r| r.flows.received() > 0).collect();
    fields.sort_by_key(|r| Reverse(r.flows.received()));
    if !fields.is_empty() {
        let table = share_table_top(fields.len());
        sheet.breaks = vec![SECOND_PAGE];
        if fields.len() > ONE_PAGE {
            sheet.breaks.push(table);
        }
        let first = share_table(&mut sheet, table, &fields, words);
        sheet.charts.push(by_field(&sheet.name, (first, fields.len()), words));
    }
    sheet
}

fn by_day(facts: &Workbook, words: &Words) -> Chart {
    let over = |column| Range {
        sheet: words.workbook_sheet_days(),
        column,
        first: days::FIRST_ROW,
        last: days::total_row(facts.days.len()) - 1,
    };
    Chart {
        kind: if facts.days.len() > COLUMNS_AT_MOST { ChartKind::Lines } else { ChartKind::Columns },
        title: words.workbook_charts_by_day(),
        row: DAYS_TOP,
        rows: DAYS_ROWS,
        categories: over(0),
        series: vec![
            Series { name: words.workbook_charts_received(), values: over(days::RECEIVED) },
            Series { name: words.workbook_charts_resolved(), values: over(days::RESOLVED) },
        ],
    }
}

/// Height of the share chart: its title and a bar a field.
fn share_rows(fields: usize) -> u32 {
    (4 + fields as u32 * 2).clamp(10, 26)
}

fn share_table_top(fields: usize) -> u32 {
    SHARE_TOP + share_rows(fields) + 1
}

/// The numbers of the share chart, largest first; returns the row of the first field.
fn share_table(sheet: &mut Sheet, top: u32, fields: &[&Row], words: &Words) -> u32 {
    sheet.heads(
        top,
        [
            words.workbook_index(),
            words.workbook_field(),
            words.workbook_charts_received(),
            words.workbook_charts_share_column(),
        ],
    );
    let (first, end) = (top + 1, top + 1 + fields.len() as u32);
    let all: i64 = fields.iter().map(|f| f.flows.received()).sum();
    for (i, (row, field)) in (first..).zip(fields).enumerate() {
        let received = field.flows.received();
        sheet.put((row, 0), Role::Index, i as i64 + 1);
        sheet.put((row, 1), Role::Label, field.name.as_str());
        sheet.put((row, 2), Role::Figure, received);
        let share = format!("{}/{}", address(row, 2), address(end, 2));
        sheet.put((row, 3), Role::Figure, Value::Formula(share, Outcome::Share { part: received, whole: all }));
    }
    sheet.put((end, 0), Role::TotalLabel, Value::Blank);
    sheet.put((end, 1), Role::TotalLabel, words.workbook_total());
    sheet.put((end, 2), Role::TotalFigure, Value::Formula(sum(2, first, end - 1), Outcome::Number(all)));
    let whole = Value::Formula(sum(3, first, end - 1), Outcome::Share { part: all, whole: all });
    sheet.put((end, 3), Role::TotalFigure, whole);
    first
}

fn by_field(sheet: &str, (first, fields): (u32, usize), words: &Words) -> Chart {
    let over = |column| Range { sheet: sheet.to_string(), column, first, last: first + fields as u32 - 1 };
    Chart {
        kind: ChartKind::Shares,
        title: words.workbook_charts_share(),
        row: SHARE_TOP,
        rows: share_rows(fields),
        categories: over(1),
        series: vec![Series { name: words.workbook_charts_share_column(), values: over(3) }],
    }
}
