//! A [`Book`] as the bytes of an `.xlsx` file, printed on A4 landscape in Times New Roman.
//!
//! The same book gives the same bytes: the file bears the book's day, and nothing else in
//! it depends on the machine or the hour.

mod charts;
mod formats;
mod layout;
mod measure;

use std::borrow::Cow;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Formula, Workbook, Worksheet, XlsxError};

use crate::report::book::{Book, Cell, Outcome, Sheet, Value};
use crate::words::numbers::NOTHING;
use formats::Formats;
use layout::Layout;

/// Longest text a cell can hold, in UTF-16 units.
const LONGEST_TEXT: usize = 32_767;
/// Longest footer text: with the codes for fonts and page number it stays under 255.
const LONGEST_FOOTER: usize = 180;
/// Packing takes most of the time at the usual level 6. Level 1 makes a commune-month in
/// two thirds of the time, for 34 kB instead of 27; a national workbook in a third.
const COMPRESSION: u8 = 1;

/// Writes the workbook.
///
/// # Errors
///
/// When the book is no workbook: two sheets of one name, overlapping merged cells, more
/// rows than a sheet has. A book that `report` describes has none of these.
pub fn write(book: &Book) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let mut formats = Formats::new();
    workbook.set_default_format(formats.base(), layout::DEFAULT_ROW_PIXELS, 72)?;
    workbook.set_zip_compression_level(COMPRESSION);
    workbook.set_properties(&properties(book)?);
    for sheet in &book.sheets {
        write_sheet(workbook.add_worksheet(), sheet, &mut formats)?;
    }
    workbook.save_to_buffer()
}

fn properties(book: &Book) -> Result<DocProperties, XlsxError> {
    use chrono::Datelike;
    let day = book.stamp;
    let year = u16::try_from(day.year()).unwrap_or(1900);
    let stamp = ExcelDateTime::from_ymd(year.max(1900), day.month() as u8, day.day() as u8)?;
    Ok(DocProperties::new()
        .set_title(writable(&book.title))
        .set_subject(writable(&book.subject))
        .set_author("motcua")
        .set_creation_datetime(&stamp))
}

fn write_sheet(page: &mut Worksheet, sheet: &Sheet, formats: &mut Formats) -> Result<(), XlsxError> {
    page.set_name(&sheet.name)?;
    let layout = Layout::of(sheet);
    layout.apply(page)?;
    for cell in &sheet.cells {
        write_cell(page, cell, formats)?;
    }
    if let Some((row, column)) = sheet.frozen {
        page.set_freeze_panes(row, column)?;
    }
    print_setup(page, sheet, sheet.one_page && layout.fits_one_page())?;
    for chart in &sheet.charts {
        charts::insert(page, chart, layout.width())?;
    }
    Ok(())
}

fn write_cell(page: &mut Worksheet, cell: &Cell, formats: &mut Formats) -> Result<(), XlsxError> {
    let (row, column) = (cell.row, cell.column);
    let format = formats.of(cell);
    if cell.span != (1, 1) {
        page.merge_range(row, column, row + cell.span.0 - 1, column + cell.span.1 - 1, "", format)?;
    }
    match &cell.value {
        Value::Blank => page.write_blank(row, column, format)?,
        Value::Text(text) => page.write_string_with_format(row, column, writable(text), format)?,
        Value::Number(n) => page.write_number_with_format(row, column, *n as f64, format)?,
        Value::Percent(n) => page.write_number_with_format(row, column, *n as f64 / 100.0, format)?,
        Value::Day(day) => page.write_datetime_with_format(row, column, day, format)?,
        Value::Time(time) => page.write_datetime_with_format(row, column, time, format)?,
        Value::Formula(text, outcome) => {
            let formula = Formula::new(text).set_result(cached(outcome));
            page.write_formula_with_format(row, column, formula, format)?
        }
    };
    Ok(())
}

/// What a spreadsheet shows until it works the formula out itself.
fn cached(outcome: &Outcome) -> String {
    match *outcome {
        Outcome::Number(n) | Outcome::Difference(n) => n.to_string(),
        Outcome::Share { whole: 0, .. } => NOTHING.to_string(),
        Outcome::Share { part, whole } => (part as f64 / whole as f64).to_string(),
    }
}

/// A text as a cell can hold it: without characters that XML has no place for, and not
/// longer than Excel opens.
fn writable(text: &str) -> Cow<'_, str> {
    let stray = |c: char| (c.is_control() && !matches!(c, '\n' | '\t')) || matches!(c, '\u{fffe}' | '\u{ffff}');
    if text.len() <= LONGEST_TEXT && !text.contains(stray) {
        return Cow::Borrowed(text);
    }
    let mut units = 0;
    let kept = text.chars().filter(|c| !stray(*c)).take_while(|c| {
        units += c.len_utf16();
        units <= LONGEST_TEXT
    });
    Cow::Owned(kept.collect())
}

fn print_setup(page: &mut Worksheet, sheet: &Sheet, one_page: bool) -> Result<(), XlsxError> {
    const A4: u8 = 9;
    page.set_paper_size(A4).set_landscape().set_print_center_horizontally(true);
    // Inches: left, right, top, bottom, header, footer.
    page.set_margins(0.5, 0.5, 0.6, 0.65, 0.3, 0.3);
    match sheet.breaks.as_slice() {
        [] => drop(page.set_print_fit_to_pages(1, u16::from(one_page))),
        breaks => drop(page.set_page_breaks(breaks)?),
    }
    if let Some((first, last)) = sheet.repeated {
        page.set_repeat_rows(first, last)?;
    }
    let last_row = sheet.cells.iter().map(|c| c.row + c.span.0 - 1).max().unwrap_or(0);
    let last_chart = sheet.charts.iter().map(|c| c.row + c.rows).max().unwrap_or(0);
    let last_column = (sheet.columns.len().max(1) - 1) as u16;
    page.set_print_area(0, 0, sheet.printed_to.unwrap_or(last_row.max(last_chart)), last_column)?;
    // `&` begins a code in a footer; a unit's name must not.
    let text: String = sheet.footer.replace('&', "&&").chars().take(LONGEST_FOOTER).collect();
    page.set_footer(format!("&L&\"Times New Roman,Italic\"&10{text}&R&\"Times New Roman,Regular\"&10&P/&N"));
    Ok(())
}

#[cfg(test)]
mod tests;
