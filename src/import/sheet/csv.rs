//! CSV files: `,`, `;` or tab.

use ::csv::ReaderBuilder;

use super::Row;
use crate::import::Refused;
use crate::import::table::Table;

/// Lines that are looked at to tell what separates the cells.
const SAMPLE: usize = 60;

/// Reads the one sheet of the file. Rows bear the number of the line they begin on.
pub fn read(text: &str, table: &mut Table) -> Result<(), Refused> {
    table.sheet("")?;
    let mut reader =
        ReaderBuilder::new().delimiter(separator(text)).has_headers(false).flexible(true).from_reader(text.as_bytes());
    let (mut row, mut line, mut counted) = (Row::default(), 1, 0);
    for record in reader.records() {
        let record = record.map_err(|_| Refused::Broken)?;
        let start = record.position().map_or(0, |p| usize::try_from(p.byte()).unwrap_or(usize::MAX));
        let start = start.min(text.len());
        // Empty lines before a record are inside its span.
        let skipped = text.as_bytes()[start..].iter().take_while(|b| matches!(b, b'\r' | b'\n')).count();
        line += text.as_bytes()[counted..start + skipped].iter().filter(|b| **b == b'\n').count();
        counted = start + skipped;
        for (column, cell) in record.iter().enumerate() {
            row.put_text(column, cell)?;
        }
        row.hand_over(line, table)?;
    }
    Ok(())
}

/// What stands most often between cells in the first lines.
fn separator(text: &str) -> u8 {
    let count = |c: char| text.lines().take(SAMPLE).map(|l| l.matches(c).count()).sum::<usize>();
    [(';', b';'), ('\t', b'\t'), (',', b',')].into_iter().max_by_key(|(c, _)| count(*c)).map_or(b',', |(_, b)| b)
}
