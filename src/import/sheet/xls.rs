//! Excel workbooks before 2007. The file is looked over first ([`compound`], [`records`]):
//! what it says of its own sizes decides how much calamine would reserve.

mod compound;
mod records;
mod shared;

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{Data, Range, Reader, Xls, XlsError};

use super::{Row, xlsx};
use crate::import::Refused;
use crate::import::table::Table;

/// How such a file, and one with a password of any Excel, begins.
pub const SIGNATURE: [u8; 8] = *b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// Reads all sheets.
pub fn read(bytes: &[u8], table: &mut Table) -> Result<(), Refused> {
    records::check(&compound::workbook(bytes)?)?;
    // A damaged file can make the reader index out of bounds: then it is just damaged.
    let opened = catch_unwind(AssertUnwindSafe(|| Xls::new(Cursor::new(bytes)))).map_err(|_| Refused::Broken)?;
    let mut book = opened.map_err(|e| match e {
        XlsError::Password => Refused::Password,
        _ => Refused::Broken,
    })?;
    let mut row = Row::default();
    for name in book.sheet_names() {
        let range = book.worksheet_range(&name).map_err(|_| Refused::Broken)?;
        table.sheet(&name)?;
        rows(&range, &mut row, table)?;
    }
    Ok(())
}

fn rows(range: &Range<Data>, row: &mut Row, table: &mut Table) -> Result<(), Refused> {
    let (first_row, first_column) = range.start().unwrap_or_default();
    for (i, cells) in range.rows().enumerate() {
        for (j, cell) in cells.iter().enumerate() {
            xlsx::put(row, first_column as usize + j, cell)?;
        }
        row.hand_over(first_row as usize + i + 1, table)?;
    }
    Ok(())
}
