//! Web pages that many provincial systems hand out under the name of an `.xls` file: the
//! rows of their tables, nothing else of them. No script, style or address is looked at.

use super::Row;
use crate::import::table::Table;
use crate::import::{COLUMNS_MAX, Refused};

/// Whether a text is such a page.
pub fn is_page(text: &str) -> bool {
    let mut end = text.len().min(4096);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let head = text[..end].trim_start().to_ascii_lowercase();
    head.starts_with('<') && (head.contains("<html") || head.contains("<table"))
}

/// Reads all tables as one sheet. Rows are counted from the first one.
pub fn read(page: &str, table: &mut Table) -> Result<(), Refused> {
    table.sheet("")?;
    let mut rows = Rows { row: Row::default(), number: 0, within: false, column: 0, cell: None, held: Vec::new() };
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        rows.text(&rest[..at]);
        rest = &rest[at..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = comment.find("-->").map_or("", |end| &comment[end + 3..]);
            continue;
        }
        let Some(end) = rest.find('>') else { break };
        let tag = &rest[1..end];
        rest = &rest[end + 1..];
        let name: String =
            tag.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '/').collect::<String>().to_ascii_lowercase();
        match name.as_str() {
            "script" | "style" => rest = skip(rest, &name),
            "tr" => rows.begin_row(table)?,
            "/tr" | "/table" => rows.end_row(table)?,
            "td" | "th" => rows.begin_cell(tag)?,
            "/td" | "/th" => rows.end_cell()?,
            "br" | "p" | "/p" | "div" | "br/" => rows.text(" "),
            _ => {}
        }
    }
    rows.end_row(table)
}

/// What follows the start of the end tag of an element whose content is not text.
fn skip<'a>(rest: &'a str, name: &str) -> &'a str {
    let ends = |at: &usize| rest[at + 2..].get(..name.len()).is_some_and(|n| n.eq_ignore_ascii_case(name));
    rest.match_indices("</").map(|(at, _)| at).find(ends).map_or("", |at| &rest[at..])
}

struct Rows {
    row: Row,
    number: usize,
    /// Whether a row has begun.
    within: bool,
    column: usize,
    cell: Option<Open>,
    /// By column: rows below that a cell still covers.
    /// By column, how many rows a cell from above still covers.
    held: Vec<usize>,
}

struct Open {
    text: String,
    columns: usize,
    rows: usize,
}

impl Rows {
    fn begin_row(&mut self, table: &mut Table) -> Result<(), Refused> {
        self.end_row(table)?;
        self.number += 1;
        self.within = true;
        Ok(())
    }

    fn end_row(&mut self, table: &mut Table) -> Result<(), Refused> {
        if !std::mem::take(&mut self.within) {
            return Ok(());
        }
        self.end_cell()?;
        self.column = 0;
        for held in &mut self.held {
            *held = held.saturating_sub(1);
        }
        self.row.hand_over(self.number, table)
    }

    fn begin_cell(&mut self, tag: &str) -> Result<(), Refused> {
        self.end_cell()?;
        let span = |name| number_of(tag, name).clamp(1, COLUMNS_MAX);
        self.cell = Some(Open { text: String::new(), columns: span("colspan"), rows: span("rowspan") });
        Ok(())
    }

    fn end_cell(&mut self) -> Result<(), Refused> {
        let Some(open) = self.cell.take() else { return Ok(()) };
        while self.held.get(self.column).is_some_and(|h| *h > 0) {
            self.column += 1;
        }
        self.row.put_text(self.column, &plain(&open.text))?;
        let end = (self.column + open.columns).min(COLUMNS_MAX);
        if open.rows > 1 && self.column < end {
            if self.held.len() < end {
                self.held.resize(end, 0);
            }
            self.held[self.column..end].fill(open.rows);
        }
        self.column += open.columns;
        Ok(())
    }

    fn text(&mut self, text: &str) {
        if let Some(open) = &mut self.cell {
            open.text.push_str(text);
        }
    }
}

/// The number of an attribute, quoted or not; 1 where there is none.
fn number_of(tag: &str, name: &str) -> usize {
    let lower = tag.to_ascii_lowercase();
    let value = lower.split_once(name).map(|(_, v)| v.trim_start_matches([' ', '=', '"', '\'']));
    let digits: String = value.unwrap_or_default().chars().take_while(char::is_ascii_digit).take(6).collect();
    digits.parse().unwrap_or(1)
}

/// Text with its entities resolved and its spaces single.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let named = rest.find(';').filter(|end| *end <= 10).map(|end| (&rest[1..end], &rest[end + 1..]));
        match named.and_then(|(name, behind)| Some((entity(name)?, behind))) {
            Some((c, behind)) => {
                out.push(c);
                rest = behind;
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn entity(name: &str) -> Option<char> {
    if let Some(code) = name.strip_prefix('#') {
        let hex = code.strip_prefix(['x', 'X']).map(|h| u32::from_str_radix(h, 16).ok());
        return char::from_u32(hex.unwrap_or_else(|| code.parse().ok())?);
    }
    match name {
        "nbsp" => Some(' '),
        named => quick_xml::escape::resolve_predefined_entity(named)?.chars().next(),
    }
}
