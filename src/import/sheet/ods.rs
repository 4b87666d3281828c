//! OpenDocument sheets, read as they stream: repeated cells are counted before anything is
//! laid out.

use std::io::{BufRead, BufReader};

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};

use super::{Cell, Row, zipped};
use crate::import::Refused;
use crate::import::table::Table;

/// Reads all sheets. The parts have been counted by [`zipped`].
pub fn read(bytes: &[u8], table: &mut Table) -> Result<(), Refused> {
    let mut archive = zipped::open(bytes)?;
    if is_encrypted(BufReader::new(zipped::part(&mut archive, "META-INF/manifest.xml")?))? {
        return Err(Refused::Password);
    }
    let content = zipped::part(&mut archive, "content.xml")?;
    let mut sheets = Sheets { xml: Reader::from_reader(BufReader::new(content)), row: Row::default(), at: 0 };
    sheets.read(table)
}

fn is_encrypted(manifest: impl BufRead) -> Result<bool, Refused> {
    let mut xml = Reader::from_reader(manifest);
    let mut buffer = Vec::new();
    loop {
        match xml.read_event_into(&mut buffer).map_err(|_| Refused::Broken)? {
            Event::Start(e) | Event::Empty(e) if e.local_name().as_ref() == "encryption-data" => return Ok(true),
            Event::Eof => return Ok(false),
            _ => {}
        }
        buffer.clear();
    }
}

struct Sheets<R> {
    xml: Reader<R>,
    row: Row,
    /// Rows of the sheet so far.
    at: usize,
}

/// A cell as it is read.
struct Open {
    column: usize,
    repeats: usize,
    /// What its attributes say.
    value: Cell,
    text: String,
    paragraphs: usize,
}

impl<R: BufRead> Sheets<R> {
    fn read(&mut self, table: &mut Table) -> Result<(), Refused> {
        let mut buffer = Vec::new();
        let (mut cell, mut column, mut repeats, mut notes) = (None::<Open>, 0, 1, 0);
        loop {
            buffer.clear();
            let event = self.xml.read_event_into(&mut buffer).map_err(|_| Refused::Broken)?;
            match event {
                Event::Start(e) if e.local_name().as_ref() == "annotation" => notes += 1,
                Event::End(e) if e.local_name().as_ref() == "annotation" => notes -= 1,
                // A note about a cell is not its value.
                Event::Start(_) | Event::Text(_) | Event::GeneralRef(_) if notes > 0 => {}
                Event::Start(e) | Event::Empty(e) if e.local_name().as_ref() == "table" => {
                    table.sheet(&attribute(&e, "name").unwrap_or_default())?;
                    self.at = 0;
                }
                Event::Start(e) if e.local_name().as_ref() == "table-row" => {
                    (column, repeats) = (0, count(&e, "number-rows-repeated"));
                }
                Event::Empty(e) if e.local_name().as_ref() == "table-row" => {
                    self.at = self.at.saturating_add(count(&e, "number-rows-repeated"));
                }
                Event::End(e) if e.local_name().as_ref() == "table-row" => self.end_row(repeats, table)?,
                Event::Empty(e) if is_cell(&e) => {
                    let open = Open::new(&e, column);
                    column += open.repeats;
                    self.put(open)?;
                }
                Event::Start(e) if is_cell(&e) => cell = Some(Open::new(&e, column)),
                Event::End(e) if matches!(e.local_name().as_ref(), "table-cell" | "covered-table-cell") => {
                    if let Some(open) = cell.take() {
                        column += open.repeats;
                        self.put(open)?;
                    }
                }
                Event::Eof => return Ok(()),
                other => {
                    if let Some(open) = &mut cell {
                        open.take(&other);
                    }
                }
            }
        }
    }

    fn put(&mut self, open: Open) -> Result<(), Refused> {
        let value = if open.value.is_empty() { Cell::text(&open.text) } else { open.value };
        if value.is_empty() {
            return Ok(());
        }
        for column in open.column..open.column.saturating_add(open.repeats) {
            self.row.weigh_all(std::slice::from_ref(&value))?;
            self.row.put(column, value.clone())?;
        }
        Ok(())
    }

    /// A row with something in it that is repeated counts each time, up to the limit.
    fn end_row(&mut self, repeats: usize, table: &mut Table) -> Result<(), Refused> {
        if self.row.cells.is_empty() {
            self.at = self.at.saturating_add(repeats);
            return Ok(());
        }
        let cells = std::mem::take(&mut self.row.cells);
        for _ in 0..repeats {
            self.at += 1;
            self.row.weigh_all(&cells)?;
            table.row(self.at, cells.clone())?;
        }
        Ok(())
    }
}

impl Open {
    fn new(e: &BytesStart<'_>, column: usize) -> Open {
        let number = || attribute(e, "value").and_then(|v| v.parse().ok()).map(Cell::Number);
        let value = match attribute(e, "value-type").as_deref() {
            Some("float" | "currency" | "percentage") => number().unwrap_or_default(),
            Some("date") => attribute(e, "date-value").map_or(Cell::Empty, |d| Cell::text(&d)),
            Some("string") => attribute(e, "string-value").map_or(Cell::Empty, |s| Cell::text(&s)),
            _ => Cell::Empty,
        };
        Open { column, repeats: count(e, "number-columns-repeated"), value, text: String::new(), paragraphs: 0 }
    }

    fn take(&mut self, event: &Event<'_>) {
        match event {
            Event::Start(e) if e.local_name().as_ref() == "p" => {
                self.paragraphs += 1;
                if self.paragraphs > 1 {
                    self.text.push(' ');
                }
            }
            Event::Empty(e) if matches!(e.local_name().as_ref(), "s" | "tab" | "line-break") => self.text.push(' '),
            Event::Text(t) => self.text.push_str(t.as_ref()),
            Event::GeneralRef(r) => match r.resolve_char_ref() {
                Ok(Some(c)) => self.text.push(c),
                // Entities of the file's own are never looked up.
                _ => self.text.push_str(resolve_predefined_entity(r.as_ref()).unwrap_or_default()),
            },
            _ => {}
        }
    }
}

fn is_cell(e: &BytesStart<'_>) -> bool {
    matches!(e.local_name().as_ref(), "table-cell" | "covered-table-cell")
}

fn attribute(e: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = e.attributes().flatten().find(|a| a.key.local_name().as_ref() == name)?;
    Some(found.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok()?.into_owned())
}

fn count(e: &BytesStart<'_>, name: &str) -> usize {
    attribute(e, name).and_then(|n| n.parse().ok()).unwrap_or(1)
}
