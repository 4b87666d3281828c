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
    for name in book.sheet_names() {
        let mut cells = match book.worksheet_cells_reader(&name) {
            Ok(cells) => cells,
            // A sheet of charts.
            Err(XlsxError::NotAWorksheet(_)) => continue,
            Err(e) => return Err(refusal(e)),
        };
        table.sheet(&name)?;
        let (mut row, mut at) = (Row::default(), 0);
        while let Some(cell) = cells.next_cell().map_err(refusal)? {
            let (number, column) = cell.get_position();
            if number != at {
                row.hand_over(at as usize + 1, table)?;
                at = number;
            }
            row.put(column as usize, value(cell.get_value()))?;
        }
        row.hand_over(at as usize + 1, table)?;
    }
    Ok(())
}

fn value(value: &DataRef<'_>) -> Cell {
    match value {
        DataRef::SharedString(text) => Cell::text(text),
        DataRef::String(text) => Cell::text(text),
        other => plain(&other.clone().into()),
    }
}

/// The cell of what calamine gives.
pub fn plain(value: &Data) -> Cell {
    match value {
        Data::Int(n) => Cell::Number(*n as f64),
        Data::Float(n) => Cell::Number(*n),
        Data::String(text) | Data::DateTimeIso(text) => Cell::text(text),
        Data::DateTime(time) => time.as_datetime().map_or(Cell::Empty, |t| Cell::Day(t.date())),
        _ => Cell::Empty,
    }
}

fn refusal(e: XlsxError) -> Refused {
    match e {
        XlsxError::Password => Refused::Password,
        _ => Refused::Broken,
    }
}
