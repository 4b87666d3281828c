//! The records of an old workbook ([MS-XLS]), looked over: how large its sheets are, how
//! much text their cells hold, and whether a password guards it.

use super::shared::Shared;
use crate::import::{COLUMNS_MAX, Refused};

/// Cells that the sheets may span in all, empty ones too: the reader lays each sheet out as
/// a rectangle. More than a file of 10 MB can fill.
const SPAN_MAX: usize = 2_500_000;
/// Letters that the cells of all sheets may hold: each cell gets its own copy of a shared text, of
/// two bytes a letter in Vietnamese on the average (§12: 100 MB unpacked).
const LETTERS_MAX: usize = 50_000_000;
/// What counts where a text cannot be found.
const LONGEST: usize = 65_535;
/// Sheets at most.
const SHEETS_MAX: usize = 200;

const FILE_PASS: u16 = 0x002F;
const BOUND_SHEET: u16 = 0x0085;
const BEGIN: u16 = 0x0809;
const END: u16 = 0x000A;
const DIMENSIONS: u16 = 0x0200;
const SHARED: u16 = 0x00FC;
const CONTINUED: u16 = 0x003C;
const SHARED_LABEL: u16 = 0x00FD;
const LABEL: u16 = 0x0204;
const RICH_LABEL: u16 = 0x00D6;
const FORMULA: u16 = 0x0006;
/// What a formula has worked out, where that is a text.
const RESULT: u16 = 0x0207;
const MANY_NUMBERS: u16 = 0x00BD;
/// Number, label, bool, RK, shared label, rich label, formula.
const ONE_CELL: [u16; 7] = [0x0203, LABEL, 0x0205, 0x027E, SHARED_LABEL, RICH_LABEL, FORMULA];

/// Checks a workbook's records against the limits.
pub fn check(stream: &[u8]) -> Result<(), Refused> {
    let mut sheets = Vec::new();
    let mut shared = Shared::default();
    let mut before = 0;
    for (kind, data) in Records(stream) {
        let continued = kind == CONTINUED && before == SHARED;
        before = if continued { SHARED } else { kind };
        match kind {
            SHARED | CONTINUED if before == SHARED => shared.add(data),
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
    let lengths = shared.lengths();
    let (mut cells, mut letters) = (0, 0);
    for start in sheets {
        let span = Span::of(stream.get(start..).ok_or(Refused::Broken)?, &lengths);
        cells += span.cells()?;
        letters += span.letters;
        if cells > SPAN_MAX || letters > LETTERS_MAX {
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
    /// Letters of shared texts, each time that they are meant.
    letters: usize,
}

impl Span {
    /// `lengths`: letters of the shared texts.
    fn of(sheet: &[u8], lengths: &[usize]) -> Span {
        let mut span = Span::default();
        let mut depth = 0;
        let mut is_behind_formula = false;
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
                kind if ONE_CELL.contains(&kind) => {
                    span.take(u16_at(data, 0), (u16_at(data, 2), u16_at(data, 2)));
                    span.letters += match kind {
                        SHARED_LABEL => lengths.get(u32_at(data, 6) as usize).copied().unwrap_or(LONGEST),
                        // Room is reserved for what a text says of its length, whatever follows.
                        LABEL | RICH_LABEL => u16_at(data, 6).into(),
                        _ => 0,
                    };
                    is_behind_formula |= kind == FORMULA;
                }
                RESULT => {
                    span.letters += usize::from(u16_at(data, 0));
                    // Of no formula: taken as that of the first cell.
                    if !is_behind_formula {
                        span.take(0, (0, 0));
                    }
                }
                _ => {}
            }
        }
        span
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

pub(super) fn u16_at(data: &[u8], at: usize) -> u16 {
    data.get(at..at + 2).map_or(0, |b| u16::from_le_bytes([b[0], b[1]]))
}

pub(super) fn u32_at(data: &[u8], at: usize) -> u32 {
    data.get(at..at + 4).map_or(0, |b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(kind: u16, data: &[u8]) -> Vec<u8> {
        [&kind.to_le_bytes()[..], &(data.len() as u16).to_le_bytes(), data].concat()
    }

    /// A workbook with one shared text of so many letters, meant by so many cells.
    fn workbook(letters: u16, cells: u16) -> Vec<u8> {
        let texts = [&[1, 0, 0, 0, 1, 0, 0, 0][..], &letters.to_le_bytes(), &[0]].concat();
        let (mut texts, mut more) = (texts, vec![0; usize::from(letters) + 1]);
        // A record holds 8,224 bytes: the rest continues.
        texts.extend(more.drain(1..(more.len()).min(8000)));
        let sheet = |start: u32| record(BOUND_SHEET, &[&start.to_le_bytes()[..], &[0, 0, 1, 0, b'A']].concat());
        let before = [record(BEGIN, &[0; 16]), record(SHARED, &texts), record(CONTINUED, &more)].concat();
        let start = before.len() + sheet(0).len() + record(END, &[]).len();
        let label = |row: u16| record(SHARED_LABEL, &[&row.to_le_bytes()[..], &[0; 8]].concat());
        let labels: Vec<u8> = (0..cells).flat_map(label).collect();
        let globals = [before, sheet(start as u32), record(END, &[])].concat();
        [globals, record(BEGIN, &[0; 16]), labels, record(END, &[])].concat()
    }

    /// A sheet with these records alone.
    fn sheet(records: &[Vec<u8>]) -> Vec<u8> {
        let sheet = |start: u32| record(BOUND_SHEET, &[&start.to_le_bytes()[..], &[0, 0, 1, 0, b'A']].concat());
        let (begin, end) = (record(BEGIN, &[0; 16]), record(END, &[]));
        let start = begin.len() + sheet(0).len() + end.len();
        [begin.clone(), sheet(start as u32), end.clone(), begin, records.concat(), end].concat()
    }

    #[test]
    fn a_text_counts_as_long_as_it_says_it_is() {
        let label = |letters: u16| record(LABEL, &[&[0; 6][..], &letters.to_le_bytes(), &[0]].concat());
        assert_eq!(check(&sheet(&vec![label(1000); 50_000])), Ok(()));
        assert_eq!(check(&sheet(&vec![label(1000); 50_001])), Err(Refused::UnpacksTooBig));
        let result = |letters: u16| record(RESULT, &[&letters.to_le_bytes()[..], &[0]].concat());
        assert_eq!(check(&sheet(&vec![result(60_000); 1000])), Err(Refused::UnpacksTooBig));
    }

    #[test]
    fn a_result_without_its_formula_spans_from_the_first_cell() {
        let far = record(0x0203, &[&65_535_u16.to_le_bytes()[..], &199_u16.to_le_bytes(), &[0; 10]].concat());
        assert_eq!(check(&sheet(std::slice::from_ref(&far))), Ok(()));
        let result = record(RESULT, &[1, 0, 0, b'a']);
        assert_eq!(check(&sheet(&[result, far])), Err(Refused::UnpacksTooBig));
    }

    fn check_shared(letters: u16, cells: u16, expected: Result<(), Refused>) {
        assert_eq!(check(&workbook(letters, cells)), expected, "{letters} letters in {cells} cells");
    }

    #[test]
    fn one_text_meant_by_very_many_cells_counts_each_time() {
        check_shared(100, 60_000, Ok(()));
        check_shared(10_000, 5_000, Ok(()));
        check_shared(10_000, 5_001, Err(Refused::UnpacksTooBig));
        check_shared(32_000, 60_000, Err(Refused::UnpacksTooBig));
    }
}
