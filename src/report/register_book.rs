//! Sổ theo dõi hồ sơ (TT 03/2025/TT-VPCP, Mẫu 07, in spirit): the register of a period as a
//! workbook, a row a dossier. No column of citizens: the register knows none.

use chrono::NaiveDate;

use super::book::{Book, Column, Role, Shade, Sheet, Value};
use crate::domain::dossier::Timeliness;
use crate::words::Words;
use crate::words::numbers::{date, number};

/// The facts of the book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegisterBook {
    pub unit_code: String,
    pub unit_name: String,
    /// As printed: `Tháng 11/2026 (15/10/2026 – 14/11/2026)`.
    pub period: String,
    /// The day that the book runs to.
    pub end: NaiveDate,
    /// By the day of receipt.
    pub rows: Vec<RegisterRow>,
}

/// A dossier as it stood at the end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegisterRow {
    pub code: String,
    pub field: String,
    pub received: NaiveDate,
    pub due: NaiveDate,
    pub promised: Option<NaiveDate>,
    pub ended: Option<NaiveDate>,
    pub result: Outcome,
    pub holder: String,
    pub reason: Option<String>,
}

/// What became of a dossier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// With the days by which it was late, 0 for the others.
    Resolved(Timeliness, i64),
    Withdrawn,
    /// Its clock stands still.
    Stopped,
    /// Being worked on; days overdue.
    Pending(i64),
}

const HEAD: u32 = 3;
const COLUMNS: [Column; 10] = [
    Column::Index,
    Column::Code,
    Column::Name,
    Column::Day,
    Column::Day,
    Column::Day,
    Column::Day,
    Column::Name,
    Column::Name,
    Column::Remark,
];

/// Says what stands in the book.
pub fn describe(facts: &RegisterBook, words: &Words) -> Book {
    let mut sheet = Sheet { name: words.book_sheet(), columns: COLUMNS.to_vec(), ..Sheet::default() };
    let wide = COLUMNS.len() as u16;
    sheet.put_over((0, 0), (1, wide), Role::Heading, words.book_heading());
    let line = words.book_line(&facts.unit_name, &facts.period, date(facts.end), number(facts.rows.len() as i64));
    sheet.put_over((1, 0), (1, wide), Role::Line, line);
    sheet.heads(
        HEAD,
        [
            words.workbook_index(),
            words.workbook_overdue_code(),
            words.workbook_field(),
            words.workbook_overdue_received(),
            words.workbook_overdue_due(),
            words.book_promised(),
            words.workbook_overdue_ended(),
            words.book_result(),
            words.workbook_overdue_holder(),
            words.workbook_overdue_reason(),
        ],
    );
    for (row, (number, dossier)) in (HEAD + 1..).zip((1..).zip(&facts.rows)) {
        sheet.put((row, 0), Role::Index, number);
        sheet.put((row, 1), Role::Word, dossier.code.as_str());
        sheet.put((row, 2), Role::Label, dossier.field.as_str());
        sheet.put((row, 3), Role::Word, dossier.received);
        sheet.put((row, 4), Role::Word, dossier.due);
        sheet.put((row, 5), Role::Word, dossier.promised);
        sheet.put((row, 6), Role::Word, dossier.ended);
        sheet.put((row, 7), Role::Label, result(dossier.result, words)).shade = shade(dossier.result);
        sheet.put((row, 8), Role::Label, dossier.holder.as_str());
        sheet.put((row, 9), Role::Label, dossier.reason.clone().map_or(Value::Blank, Value::Text));
    }
    sheet.frozen = Some((HEAD + 1, 2));
    sheet.repeated = Some((HEAD, HEAD));
    Book { title: words.book_heading(), subject: facts.unit_name.clone(), stamp: facts.end, sheets: vec![sheet] }
}

fn result(outcome: Outcome, words: &Words) -> String {
    match outcome {
        Outcome::Resolved(Timeliness::Early, _) => words.book_early(),
        Outcome::Resolved(Timeliness::OnTime, _) => words.book_on_time(),
        Outcome::Resolved(Timeliness::Late, days) => words.book_late(number(days)),
        Outcome::Withdrawn => words.book_withdrawn(),
        Outcome::Stopped => words.book_stopped(),
        Outcome::Pending(0) => words.book_pending(),
        Outcome::Pending(days) => words.book_pending_late(number(days)),
    }
}

fn shade(outcome: Outcome) -> Shade {
    match outcome {
        Outcome::Resolved(Timeliness::Late, _) => Shade::Soft,
        Outcome::Pending(days) if days > 0 => Shade::Bad,
        _ => Shade::None,
    }
}
