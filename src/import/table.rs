//! The rows of a file under the columns that we need; everything else is dropped as soon as
//! the header is known.

use std::sync::Arc;

use chrono::NaiveDate;

use super::header::{Column, Header};
use super::sheet::Cell;
use super::{ROWS_MAX, Refused};
use crate::grammar::fold::fold;

/// Rows of a sheet among which its header stands.
const HEADER_WITHIN: usize = 60;

/// Letters of a cell among which the words of a total stand.
const WORDS_WITHIN: usize = 40;
/// Letters that are kept of a cell: its code, day or words stand among them.
const KEPT: usize = 1_000;

/// One row below a header.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Raw {
    /// Sheet, where several hold dossiers.
    pub sheet: Arc<str>,
    /// As the program that made the file shows it, from 1.
    pub number: usize,
    pub code: Cell,
    pub field: Cell,
    pub procedure: Cell,
    /// The text of a row by itself above: many lists are grouped by field.
    pub group: Option<Arc<str>>,
    pub received: Cell,
    pub due: Cell,
    pub promised: Cell,
    pub ended: Cell,
    pub status: Cell,
    pub holder: Cell,
}

/// Takes rows from a reader.
#[derive(Debug, Default)]
pub struct Table {
    sheet: Arc<str>,
    header: Option<Header>,
    /// Rows that came before the header is known.
    waiting: Vec<(usize, Vec<Cell>)>,
    /// Sheets with a header.
    headers: usize,
    group: Option<Arc<str>>,
    count: usize,
    rows: Vec<Raw>,
}

impl Table {
    /// A sheet begins.
    pub fn sheet(&mut self, name: &str) -> Result<(), Refused> {
        self.settle();
        (self.header, self.group, self.sheet) = (None, None, name.into());
        Ok(())
    }

    /// A row that is not empty.
    pub fn row(&mut self, number: usize, cells: Vec<Cell>) -> Result<(), Refused> {
        self.count += 1;
        if self.count > ROWS_MAX {
            return Err(Refused::TooManyRows);
        }
        if self.header.is_some() {
            self.take(number, cells);
            return Ok(());
        }
        // Further down there is no header any more: the sheet is none of ours.
        if self.waiting.len() < HEADER_WITHIN {
            self.waiting.push((number, cells));
            if self.waiting.len() == HEADER_WITHIN {
                self.settle();
            }
        }
        Ok(())
    }

    /// All rows under headers.
    ///
    /// # Errors
    /// [`Refused::NoHeader`] where no sheet has one, [`Refused::NoRows`] where nothing
    /// stands below.
    pub fn finish(mut self) -> Result<Vec<Raw>, Refused> {
        self.settle();
        if self.headers == 0 {
            return Err(if self.count == 0 { Refused::Empty } else { Refused::NoHeader });
        }
        if self.rows.is_empty() {
            return Err(Refused::NoRows);
        }
        if self.headers == 1 {
            self.rows.iter_mut().for_each(|r| r.sheet = Arc::default());
        }
        Ok(self.rows)
    }

    /// Chooses the header among the rows that wait: the one that names most columns, the
    /// first of several.
    fn settle(&mut self) {
        let waiting = std::mem::take(&mut self.waiting);
        if self.header.is_some() {
            return;
        }
        let read = |i: usize| {
            let second = waiting.get(i + 1).map(|(_, cells)| cells.as_slice());
            Some((i, Header::read(&waiting[i].1, second)?))
        };
        let mut best: Option<(usize, Header)> = None;
        for found in (0..waiting.len()).filter_map(read) {
            if best.as_ref().is_none_or(|(_, b)| found.1.found() > b.found()) {
                best = Some(found);
            }
        }
        let Some((at, header)) = best else { return };
        let skip = at + header.rows;
        self.header = Some(header);
        self.headers += 1;
        for (number, cells) in waiting.into_iter().skip(skip) {
            self.take(number, cells);
        }
    }

    fn take(&mut self, number: usize, mut cells: Vec<Cell>) {
        let Some(header) = &self.header else { return };
        if is_aside(&cells) {
            return;
        }
        if let Some(text) = alone(&cells) {
            self.group = Some(start(text, KEPT).into());
            return;
        }
        let mut cell = |column| match header.take(&mut cells, column) {
            Cell::Text(text) if text.len() > KEPT => Cell::text(start(&text, KEPT)),
            cell => cell,
        };
        let either = |first: Cell, second: Cell| if first.is_empty() { second } else { first };
        let row = Raw {
            sheet: self.sheet.clone(),
            number,
            code: cell(Column::Code),
            field: cell(Column::Field),
            procedure: cell(Column::Procedure),
            group: self.group.clone(),
            received: cell(Column::Received),
            due: cell(Column::Due),
            promised: cell(Column::Promised),
            ended: either(cell(Column::Finished), cell(Column::Returned)),
            status: cell(Column::Status),
            holder: either(cell(Column::Holder), cell(Column::Taker)),
        };
        self.rows.push(row);
    }
}

/// The beginning of a text, in letters.
fn start(text: &str, letters: usize) -> &str {
    text.char_indices().nth(letters).map_or(text, |(end, _)| &text[..end])
}

/// The numbering below a header (`1 2 3`, `(1) (2)`) and totals.
fn is_aside(cells: &[Cell]) -> bool {
    let mut held = cells.iter().filter(|c| !c.is_empty());
    if let Some(Cell::Text(text)) = held.clone().next() {
        let text = fold(start(text, WORDS_WITHIN));
        if ["tong cong", "tong so", "cong:"].iter().any(|t| text.starts_with(t)) || text == "cong" {
            return true;
        }
    }
    held.all(|c| match c {
        Cell::Number(n) => *n < 100.0,
        Cell::Text(t) => t.trim_matches(['(', ')', '[', ']', '.', '=', '+']).parse::<u8>().is_ok_and(|n| n < 100),
        _ => false,
    })
}

/// The text of a row that holds nothing else.
fn alone(cells: &[Cell]) -> Option<&str> {
    let mut held = cells.iter().filter(|c| !c.is_empty());
    match (held.next(), held.next()) {
        (Some(Cell::Text(text)), None) if super::code::find(start(text, KEPT), NaiveDate::MAX).is_none() => Some(text),
        _ => None,
    }
}
