//! Widths of columns and heights of rows, so that nothing is cut and no number shows `####`.

use std::collections::BTreeMap;

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::formats::{font, indented, wraps};
use super::measure;
use crate::report::book::{Cell, Column, Outcome, Role, Sheet, Value};

/// Height of a row without measured texts, in pixels of 1/96 inch.
pub const DEFAULT_ROW_PIXELS: u32 = 21;
const POINTS_A_PIXEL: f64 = 0.75;
/// What a cell keeps free left and right, in points.
const PADDING: f64 = 6.0;
/// One step of indent, in points.
const INDENT: f64 = 7.0;
/// Air above and below the text of a row, in points.
const AIR: f64 = 4.0;
/// What an A4 page holds within the margins, in points.
const PAGE: (f64, f64) = (769.0, 505.0);
/// Excel's limit, in points.
const HIGHEST_ROW: f64 = 409.0;

/// Where everything goes.
pub struct Layout {
    /// Width of each column, in points.
    columns: Vec<f64>,
    /// Height of each row that holds a cell, in points.
    rows: BTreeMap<u32, f64>,
}

impl Layout {
    pub fn of(sheet: &Sheet) -> Layout {
        let mut columns: Vec<f64> = sheet.columns.iter().map(|c| least_width(*c)).collect();
        for cell in sheet.cells.iter().filter(|c| c.span.1 == 1) {
            if let (Some(width), Some(wide)) = (columns.get_mut(cell.column as usize), unbroken_width(cell)) {
                *width = width.max(wide);
            }
        }
        let rows = heights(sheet, &columns);
        Layout { columns, rows }
    }

    /// Whether the sheet stays readable when it is made to fit one page: not much smaller
    /// than its width alone would have it.
    pub fn fits_one_page(&self) -> bool {
        let (wide, high) = PAGE;
        let by_width = (wide / self.columns.iter().sum::<f64>()).min(1.0);
        self.rows.values().sum::<f64>() * by_width <= high * 1.3
    }

    /// Width of the sheet in pixels.
    pub fn width(&self) -> u32 {
        self.columns.iter().map(|c| pixels(*c)).sum()
    }

    pub fn apply(&self, page: &mut Worksheet) -> Result<(), XlsxError> {
        for (column, width) in (0..).zip(&self.columns) {
            page.set_column_width_pixels(column, pixels(*width))?;
        }
        for (row, height) in &self.rows {
            page.set_row_height(*row, *height)?;
        }
        Ok(())
    }
}

fn pixels(points: f64) -> u32 {
    (points / POINTS_A_PIXEL).round() as u32
}

/// Points. The form's thirteen columns come to the width of an A4 page.
fn least_width(column: Column) -> f64 {
    match column {
        Column::Index => 30.0,
        Column::Name => 144.0,
        Column::Count => 53.0,
        Column::Narrow => 46.0,
        Column::Money => 78.0,
        Column::Day => 68.0,
        Column::Time => 98.0,
        Column::Weekday => 62.0,
        Column::Code => 150.0,
        Column::Word => 88.0,
        Column::Remark => 225.0,
    }
}

/// What cannot be wrapped: a number, a date, the longest word of a head.
fn unbroken_width(cell: &Cell) -> Option<f64> {
    let (size, bold) = font(cell.role);
    let wide = match cell.value {
        Value::Number(n) | Value::Formula(_, Outcome::Number(n) | Outcome::Difference(n)) => digits(n, size),
        Value::Formula(_, Outcome::Share { .. }) => measure::width("100,00%", size, bold),
        Value::Percent(_) => measure::width("100%", size, bold),
        Value::Day(_) => measure::width("30/12/2026", size, bold),
        Value::Time(_) => measure::width("30/12/2026 16:45", size, bold),
        Value::Text(ref text) if cell.role == Role::Head => {
            let words = text.split([' ', '\n', '/']).map(|word| measure::width(word, size, bold));
            return Some(words.fold(0.0, f64::max) + PADDING);
        }
        Value::Blank | Value::Text(_) => return None,
    };
    Some(wide * if bold { 1.05 } else { 1.0 } + free(cell))
}

/// What the cell keeps free of its width.
fn free(cell: &Cell) -> f64 {
    if indented(cell.role) { PADDING + INDENT } else { PADDING }
}

/// Half the point size a digit, a quarter a separator.
fn digits(n: i64, size: f64) -> f64 {
    let count = n.unsigned_abs().checked_ilog10().unwrap_or(0) + 1;
    let sign = if n < 0 { 0.35 } else { 0.0 };
    (f64::from(count) * 0.5 + f64::from((count - 1) / 3) * 0.25 + sign) * size
}

/// First the rows that stand alone; then what several merged rows lack goes to the last.
fn heights(sheet: &Sheet, columns: &[f64]) -> BTreeMap<u32, f64> {
    let mut rows: BTreeMap<u32, f64> = BTreeMap::new();
    for cell in sheet.cells.iter().filter(|c| c.span.0 == 1) {
        let height = rows.entry(cell.row).or_insert(0.0);
        *height = height.max(needed(cell, columns));
    }
    for cell in sheet.cells.iter().filter(|c| c.span.0 > 1) {
        let last = cell.row + cell.span.0 - 1;
        let single = measure::height(1, font(cell.role).0) + AIR;
        let have: f64 = (cell.row..=last).map(|r| *rows.entry(r).or_insert(single)).sum();
        *rows.entry(last).or_insert(single) += (needed(cell, columns) - have).max(0.0);
    }
    rows.values_mut().for_each(|h| *h = h.min(HIGHEST_ROW));
    rows
}

fn needed(cell: &Cell, columns: &[f64]) -> f64 {
    let (size, bold) = font(cell.role);
    let lines = match &cell.value {
        Value::Text(text) if wraps(cell.role) => {
            let from = cell.column as usize;
            let room: f64 = columns.iter().skip(from).take(cell.span.1 as usize).sum();
            measure::lines(text, room - free(cell), size, bold)
        }
        _ => 1,
    };
    measure::height(lines, size) + AIR
}
