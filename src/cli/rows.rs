//! CSV files of an import: UTF-8 with or without BOM, `,` or `;`, a header row with the
//! names of the options. Faults are told by line, all of them at once.

use std::collections::HashMap;
use std::path::Path;

use crate::words::Words;

/// One row by column name; only cells that hold something.
pub struct Row {
    /// Line of the file, from 1.
    pub line: u64,
    cells: HashMap<String, String>,
}

impl Row {
    /// The cell of a column, if it holds anything.
    pub fn get(&self, column: &str) -> Option<&str> {
        self.cells.get(column).map(String::as_str)
    }
}

/// Reads a file whose header holds all of `needed` and nothing but those and `optional`.
///
/// # Errors
/// A sentence a fault.
pub fn read(path: &Path, (needed, optional): (&[&str], &[&str]), words: &Words) -> Result<Vec<Row>, Vec<String>> {
    let shown = path.display().to_string();
    let bytes = std::fs::read(path).map_err(|_| vec![words.import_no_file(&shown)])?;
    let text = String::from_utf8(bytes).map_err(|_| vec![words.import_not_utf8(&shown)])?;
    parse(&text, (needed, optional), words)
}

fn parse(text: &str, (needed, optional): (&[&str], &[&str]), words: &Words) -> Result<Vec<Row>, Vec<String>> {
    let text = text.trim_start_matches('\u{feff}');
    let head = text.lines().find(|l| !l.trim().is_empty()).unwrap_or_default();
    let count = |c: char| head.matches(c).count();
    let delimiter = if count(';') > count(',') { b';' } else { b',' };
    let mut reader =
        csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes());
    let header = reader.headers().map_err(|e| vec![words.import_bad_csv(e.to_string())])?;
    let columns: Vec<String> = header.iter().map(|h| h.trim_start_matches('-').to_lowercase()).collect();
    let mut faults: Vec<String> =
        needed.iter().filter(|n| !columns.iter().any(|c| c == *n)).map(|n| words.import_no_column(*n)).collect();
    let known = |c: &String| needed.iter().chain(optional).any(|k| k == c);
    faults.extend(columns.iter().filter(|c| !c.is_empty() && !known(c)).map(|c| words.import_unknown_column(c)));
    let mut rows = Vec::new();
    for record in reader.records() {
        match record {
            Ok(record) => {
                let line = record.position().map_or(0, |p| line_at(text, p.byte()));
                if record.len() > columns.len() {
                    faults.push(words.import_too_many_cells(line.to_string()));
                }
                let cells = columns.iter().cloned().zip(record.iter().map(str::to_string));
                let cells: HashMap<String, String> = cells.filter(|(_, v)| !v.is_empty()).collect();
                if !cells.is_empty() {
                    rows.push(Row { line, cells });
                }
            }
            Err(e) => faults.push(words.import_bad_csv(e.to_string())),
        }
    }
    if faults.is_empty() { Ok(rows) } else { Err(faults) }
}

/// The line of a row, from 1. The reader's own count is one behind after `\r\n`, and says
/// where the empty lines before a row begin.
fn line_at(text: &str, byte: u64) -> u64 {
    let at = usize::try_from(byte).unwrap_or(usize::MAX).min(text.len());
    let (before, behind) = text.as_bytes().split_at(at);
    let skipped = behind.iter().take_while(|b| matches!(b, b'\r' | b'\n'));
    1 + before.iter().chain(skipped).filter(|b| **b == b'\n').count() as u64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Locale;

    fn names(text: &str) -> Vec<(u64, String)> {
        let rows = parse(text, (&["code"], &["name"]), Locale::Vi.words()).unwrap();
        rows.iter().map(|r| (r.line, r.get("name").unwrap_or("-").to_string())).collect()
    }

    #[test]
    fn bom_semicolons_and_quotes_make_no_difference() {
        let expected = vec![(2, "Xã A".to_string()), (3, "Xã B, C".to_string()), (5, "-".to_string())];
        assert_eq!(names("\u{feff}code,name\r\nA,Xã A\r\nB,\"Xã B, C\"\r\n\r\nC,\r\n"), expected);
        assert_eq!(names("Code;--name\nA;Xã A\nB;Xã B, C\n\nC;\n"), expected);
    }

    #[test]
    fn all_faults_of_the_header_are_told() {
        let faults = parse("name,color\nA,b\n", (&["code"], &["name"]), Locale::Vi.words()).err().unwrap();
        assert_eq!(faults.len(), 2);
    }
}
