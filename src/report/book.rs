//! What any workbook says: sheets of cells, each in a role. Which font a role is printed
//! in, how wide a column and how high a row is, `render::xlsx` decides.

use chrono::{NaiveDate, NaiveDateTime};

/// A workbook.
#[derive(Clone, Debug, PartialEq)]
pub struct Book {
    /// Title and subject in the document's properties.
    pub title: String,
    pub subject: String,
    /// The day the data is from. The file bears this day as its date, never the clock's,
    /// so that the same data gives the same bytes.
    pub stamp: NaiveDate,
    pub sheets: Vec<Sheet>,
}

/// One sheet, printed on A4.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sheet {
    /// At most 31 characters, none of `[]:*?/\`.
    pub name: String,
    pub columns: Vec<Column>,
    pub cells: Vec<Cell>,
    /// First row and column that scroll.
    pub frozen: Option<(u32, u16)>,
    /// First and last row printed again on each page.
    pub repeated: Option<(u32, u32)>,
    /// First rows of new pages. Without any the sheet is made to fit the page's width.
    pub breaks: Vec<u32>,
    /// Last row that is printed; all rows where `None`.
    pub printed_to: Option<u32>,
    /// Made to fit one page, height as well as width, where that stays readable.
    pub one_page: bool,
    /// Bottom left of each page; the page number stands on the right.
    pub footer: String,
    pub charts: Vec<Chart>,
}

/// What stands in a column; decides its least width.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// Running number.
    Index,
    /// Field, unit, indicator, person.
    Name,
    /// Number of dossiers.
    Count,
    /// Number of dossiers in a table with many columns.
    Narrow,
    Money,
    Day,
    Time,
    Weekday,
    /// Dossier code, or a few names.
    Code,
    /// A word or two.
    Word,
    /// A sentence, wrapped.
    Remark,
}

/// One cell, or several merged ones.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    pub row: u32,
    pub column: u16,
    /// Rows and columns it covers; (1, 1) for a single cell.
    pub span: (u32, u16),
    pub value: Value,
    pub role: Role,
    pub shade: Shade,
}

/// What a cell holds. Texts are never read as formulas.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Blank,
    Text(String),
    Number(i64),
    /// A whole number of percent.
    Percent(i64),
    Day(NaiveDate),
    Time(NaiveDateTime),
    /// A formula without `=`, in English with commas, and what it comes to. A spreadsheet
    /// shows that result until it recalculates.
    Formula(String, Outcome),
}

/// What a formula comes to.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    Number(i64),
    /// Printed in words where it is 0 (`khớp`), else signed.
    Difference(i64),
    /// `part ÷ whole`, printed as percent; `–` where the whole is 0.
    Share {
        part: i64,
        whole: i64,
    },
}

/// What a cell is in its table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    // The form's furniture.
    FormNumber,
    Title,
    Subtitle,
    Furniture,
    Measure,
    Within,
    SignHead,
    SignHint,
    // Any sheet's text.
    Heading,
    Section,
    Line,
    // Tables.
    Head,
    Numbering,
    Index,
    Label,
    Word,
    Figure,
    TotalLabel,
    TotalFigure,
}

/// What a cell's ground says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Shade {
    #[default]
    None,
    /// A day off.
    Off,
    /// Missing, failed.
    Bad,
    /// To be looked at.
    Soft,
    /// In order.
    Good,
}

/// A native chart over cells of the workbook.
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    pub kind: ChartKind,
    pub title: String,
    /// First row it covers; it is as wide as the page.
    pub row: u32,
    /// Rows of default height it covers.
    pub rows: u32,
    pub categories: Range,
    pub series: Vec<Series>,
}

/// How a chart is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChartKind {
    /// Days as pairs of columns.
    Columns,
    /// Many days as lines.
    Lines,
    /// Shares as bars, the first on top, with percentages.
    Shares,
}

/// A line of values with its name.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    pub name: String,
    pub values: Range,
}

/// Cells of one column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Range {
    pub sheet: String,
    pub column: u16,
    pub first: u32,
    pub last: u32,
}

impl Sheet {
    /// Puts a cell; its shade may be set on what comes back.
    pub fn put(&mut self, at: (u32, u16), role: Role, value: impl Into<Value>) -> &mut Cell {
        let (row, column) = at;
        let index = self.cells.len();
        self.cells.push(Cell { row, column, span: (1, 1), value: value.into(), role, shade: Shade::None });
        &mut self.cells[index]
    }

    /// Puts a cell merged over rows and columns.
    pub fn put_over(&mut self, at: (u32, u16), span: (u32, u16), role: Role, value: impl Into<Value>) -> &mut Cell {
        let cell = self.put(at, role, value);
        cell.span = span;
        cell
    }

    /// A row of heads, one a column, from the first column on.
    pub fn heads<T: Into<Value>>(&mut self, row: u32, heads: impl IntoIterator<Item = T>) {
        for (column, head) in (0..).zip(heads) {
            self.put((row, column), Role::Head, head);
        }
    }
}

/// The name of a cell, such as `C12`.
///
/// ```
/// use motcua::report::book::address;
/// assert_eq!((address(11, 2), address(0, 26)), ("C12".into(), "AA1".into()));
/// ```
pub fn address(row: u32, column: u16) -> String {
    let mut letters = Vec::new();
    let mut rest = u32::from(column) + 1;
    while rest > 0 {
        letters.push(char::from(b'A' + ((rest - 1) % 26) as u8));
        rest = (rest - 1) / 26;
    }
    let letters: String = letters.iter().rev().collect();
    format!("{letters}{}", row + 1)
}

/// A cell of another sheet, such as `'Theo ngày'!C12`.
pub fn address_in(sheet: &str, row: u32, column: u16) -> String {
    format!("'{}'!{}", sheet.replace('\'', "''"), address(row, column))
}

/// `SUM(C5:C11)` over one column.
pub fn sum(column: u16, first: u32, last: u32) -> String {
    format!("SUM({}:{})", address(first, column), address(last, column))
}

impl From<&str> for Value {
    fn from(text: &str) -> Value {
        Value::Text(text.to_string())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Value {
        Value::Text(text)
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Value {
        Value::Number(number)
    }
}

impl From<NaiveDate> for Value {
    fn from(day: NaiveDate) -> Value {
        Value::Day(day)
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Value {
        value.map_or(Value::Blank, Into::into)
    }
}
