//! Opens a workbook of any make and hands its rows to the [`Table`], within the limits.
//!
//! What a file is, its first bytes say, not its name: half of the `.xls` files in the field
//! are web pages. Each reader skips empty cells at once, so that a sheet whose blank cells
//! are coloured to the last column costs nothing.

mod csv;
mod html;
mod ods;
mod text;
mod xls;
mod xlsx;
mod zipped;

use chrono::NaiveDate;

use super::table::Table;
use super::{BYTES_MAX, COLUMNS_MAX, LETTERS_MAX, Refused, TEXT_MAX};

/// What stands in a cell.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Cell {
    #[default]
    Empty,
    Text(String),
    Number(f64),
    Day(NaiveDate),
}

impl Cell {
    /// A text without the spaces around it; an empty one is no text.
    pub fn text(text: &str) -> Cell {
        match text.trim() {
            "" => Cell::Empty,
            text => Cell::Text(text.to_string()),
        }
    }

    pub fn is_empty(&self) -> bool {
        *self == Cell::Empty
    }
}

/// A row as it grows; cells come from the left to the right. One serves a whole file.
#[derive(Debug, Default)]
struct Row {
    cells: Vec<Cell>,
    /// Bytes of text in all rows so far.
    weight: usize,
}

impl Row {
    /// Puts what stands in a column, counted from 0.
    fn put(&mut self, column: usize, cell: Cell) -> Result<(), Refused> {
        if cell.is_empty() {
            return Ok(());
        }
        if column >= COLUMNS_MAX {
            return Err(Refused::TooManyColumns);
        }
        if self.cells.len() <= column {
            self.cells.resize(column + 1, Cell::Empty);
        }
        self.cells[column] = cell;
        Ok(())
    }

    /// Puts a text, weighed before it is copied.
    fn put_text(&mut self, column: usize, text: &str) -> Result<(), Refused> {
        self.weigh(text)?;
        self.put(column, Cell::text(text))
    }

    /// Counts a text that is about to be copied.
    fn weigh(&mut self, text: &str) -> Result<(), Refused> {
        self.weight += text.len();
        let is_long = text.len() > LETTERS_MAX && text.chars().nth(LETTERS_MAX).is_some();
        if is_long || self.weight > TEXT_MAX { Err(Refused::TooMuchText) } else { Ok(()) }
    }

    /// Counts the texts of cells that are about to be copied.
    fn weigh_all(&mut self, cells: &[Cell]) -> Result<(), Refused> {
        cells.iter().try_for_each(|c| if let Cell::Text(text) = c { self.weigh(text) } else { Ok(()) })
    }

    /// Hands the row over and begins the next one. `number` as the program shows it, from 1.
    fn hand_over(&mut self, number: usize, table: &mut Table) -> Result<(), Refused> {
        let cells = std::mem::take(&mut self.cells);
        if cells.is_empty() { Ok(()) } else { table.row(number, cells) }
    }
}

/// Reads a file, whatever it is.
///
/// # Errors
/// [`Refused`] for what is no list, is damaged or is over a limit.
pub fn read(bytes: &[u8], table: &mut Table) -> Result<(), Refused> {
    if bytes.len() > BYTES_MAX {
        return Err(Refused::TooBig);
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Refused::Empty);
    }
    if bytes.starts_with(b"PK") {
        return match zipped::kind(bytes)? {
            zipped::Kind::Xlsx => xlsx::read(bytes, table),
            zipped::Kind::Ods => ods::read(bytes, table),
            zipped::Kind::Other => Err(Refused::NoSheet),
        };
    }
    if bytes.starts_with(&xls::SIGNATURE) {
        return xls::read(bytes, table);
    }
    let Some(text) = text::decode(bytes) else { return Err(Refused::NoSheet) };
    if html::is_page(&text) {
        return html::read(&text, table);
    }
    // Excel's XML of 2003 and the like: Excel itself can save it as what it is called.
    if text.trim_start().starts_with("<?xml") {
        return Err(Refused::Broken);
    }
    csv::read(&text, table)
}
