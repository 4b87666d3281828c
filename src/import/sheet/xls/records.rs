//! The records of an old workbook ([MS-XLS]), looked over: how large its sheets are, and
//! whether a password guards it.

use crate::import::{COLUMNS_MAX, Refused};

/// Cells that the sheets may span in all, empty ones too: the reader lays each sheet out as
/// a rectangle. More than a file of 10 MB can fill.
const SPAN_MAX: usize = 2_500_000;
/// Sheets at most.
const SHEETS_MAX: usize = 200;

const FILE_PASS: u16 = 0x002F;
const BOUND_SHEET: u16 = 0x0085;
const BEGIN: u16 = 0x0809;
const END: u16 = 0x000A;
const DIMENSIONS: u16 = 0x0200;
const MANY_NUMBERS: u16 = 0x00BD;
/// Number, label, bool, RK, shared label, rich label, formula.
const ONE_CELL: [u16; 7] = [0x0203, 0x0204, 0x0205, 0x027E, 0x00FD, 0x00D6, 0x0006];

/// Checks a workbook's records against the limits.
pub fn check(stream: &[u8]) -> Result<(), Refused> {
    let mut sheets = Vec::new();
    for (kind, data) in Records(stream) {
        match kind {
            FILE_PASS if u16_at(data, 0) != 0 => return Err(Refused::Password),
            // Of the oldest kind the mark of a password is 0.
            FILE_PASS => return Err(Refused::Password),
            BOUND_SHEET => sheets.push(u32_at(data, 0) as usize),
            END => break,
            _ => {}
        }
    }
    if sheets.len() > SHEETS_MAX {
        return Err(Refused::Broken);
    }
    let mut span = 0;
    for start in sheets {
        span += Span::of(stream.get(start..).ok_or(Refused::Broken)?)?.cells()?;
        if span > SPAN_MAX {
            return Err(Refused::UnpacksTooBig);
        }
    }
    Ok(())
}

/// First and last row and column with something in them.
#[derive(Default)]
struct Span {
    rows: Option<(usize, usize)>,
    columns: Option<(usize, usize)>,
    /// Cells that the sheet says it has.
    stated: usize,
}

impl Span {
    fn of(sheet: &[u8]) -> Result<Span, Refused> {
        let mut span = Span::default();
        let mut depth = 0;
        for (kind, data) in Records(sheet) {
            match kind {
                BEGIN => depth += 1,
                END if depth <= 1 => break,
                END => depth -= 1,
                // What is embedded (charts) is passed over.
                _ if depth > 1 => {}
                DIMENSIONS => span.stated = span.stated.max(stated(data)),
                MANY_NUMBERS => {
                    let last = data.len().checked_sub(2).map_or(0, |at| u16_at(data, at));
                    span.take(u16_at(data, 0), (u16_at(data, 2), last));
                }
                kind if ONE_CELL.contains(&kind) => span.take(u16_at(data, 0), (u16_at(data, 2), u16_at(data, 2))),
                _ => {}
            }
        }
        Ok(span)
    }

    fn take(&mut self, row: u16, (first, last): (u16, u16)) {
        let widen = |held: Option<(usize, usize)>, a: u16, b: u16| {
            let (a, b) = (usize::from(a), usize::from(b));
            held.map_or((a, b), |(first, last)| (first.min(a), last.max(b)))
        };
        self.rows = Some(widen(self.rows, row, row));
        self.columns = Some(widen(self.columns, first, last));
    }

    fn cells(&self) -> Result<usize, Refused> {
        if self.stated > SPAN_MAX {
            return Err(Refused::UnpacksTooBig);
        }
        let (Some(rows), Some(columns)) = (self.rows, self.columns) else { return Ok(self.stated) };
        if columns.1 >= COLUMNS_MAX {
            return Err(Refused::TooManyColumns);
        }
        Ok(self.stated.max((rows.1 - rows.0 + 1) * (columns.1 - columns.0 + 1)))
    }
}

/// Rows times columns of the record that states them: room is reserved for that many.
fn stated(data: &[u8]) -> usize {
    let (first, behind, columns): (u32, u32, u16) = match data.len() {
        10 => (u16_at(data, 0).into(), u16_at(data, 2).into(), u16_at(data, 6)),
        _ => (u32_at(data, 0), u32_at(data, 4), u16_at(data, 10)),
    };
    match behind.checked_sub(first) {
        Some(rows) => (rows as usize).saturating_mul(columns.into()),
        None => usize::MAX, // backwards
    }
}

/// Records one after the other: kind, length, data.
struct Records<'a>(&'a [u8]);

impl<'a> Iterator for Records<'a> {
    type Item = (u16, &'a [u8]);

    fn next(&mut self) -> Option<(u16, &'a [u8])> {
        let len = usize::from(u16_at(self.0.get(..4)?, 2));
        let (kind, data) = (u16_at(self.0, 0), self.0.get(4..4 + len)?);
        self.0 = &self.0[4 + len..];
        Some((kind, data))
    }
}

fn u16_at(data: &[u8], at: usize) -> u16 {
    data.get(at..at + 2).map_or(0, |b| u16::from_le_bytes([b[0], b[1]]))
}

fn u32_at(data: &[u8], at: usize) -> u32 {
    data.get(at..at + 4).map_or(0, |b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]))
}
