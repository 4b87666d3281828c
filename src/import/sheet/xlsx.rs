//! Excel workbooks from 2007 on, cell by cell: a far-off cell must not make a sheet of
//! millions.

use std::io::Cursor;

use calamine::{Data, DataRef, Reader, Xlsx, XlsxError};

use super::{Cell, Row};
use crate::import::Refused;
use crate::import::table::Table;

/// Reads all sheets. The parts have been counted by [`super::zipped`].
pub fn read(bytes: &[u8], table: &mut Table) -> Result<(), Refused> {
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(refusal)?;
    let mut row = Row::default();
    for name in book.sheet_names() {
        let mut cells = match book.worksheet_cells_reader(&name) {
            Ok(cells) => cells,
            // A sheet of charts.
            Err(XlsxError::NotAWorksheet(_)) => continue,
            Err(e) => return Err(refusal(e)),
        };
        table.sheet(&name)?;
        let mut at = 0;
        while let Some(cell) = cells.next_cell().map_err(refusal)? {
            let (number, column) = cell.get_position();
            if number != at {
                row.hand_over(at as usize + 1, table)?;
                at = number;
            }
            match cell.get_value() {
                DataRef::SharedString(text) => row.put_text(column as usize, text)?,
                DataRef::String(text) => row.put_text(column as usize, text)?,
                other => put(&mut row, column as usize, &other.clone().into())?,
            }
        }
        row.hand_over(at as usize + 1, table)?;
    }
    Ok(())
}

/// Puts what calamine gives.
pub(super) fn put(row: &mut Row, column: usize, value: &Data) -> Result<(), Refused> {
    let cell = match value {
        Data::Int(n) => Cell::Number(*n as f64),
        Data::Float(n) => Cell::Number(*n),
        Data::String(text) | Data::DateTimeIso(text) => return row.put_text(column, text),
        Data::DateTime(time) => time.as_datetime().map_or(Cell::Empty, |t| Cell::Day(t.date())),
        _ => Cell::Empty,
    };
    row.put(column, cell)
}

fn refusal(e: XlsxError) -> Refused {
    match e {
        XlsxError::Password => Refused::Password,
        _ => Refused::Broken,
    }
}
