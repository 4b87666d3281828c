//! Sheet `Quá hạn`: dossiers resolved late and pending late. A unit that keeps no register
//! gets the numbers that its officials stated, by field.

use super::{OverdueRow, Workbook};
use crate::report::book::{Column, Outcome, Role, Sheet, Value, sum};
use crate::words::Words;

const HEAD: u32 = 3;
/// Columns of the list, and of what was stated.
const LISTED: [Column; 9] = [
    Column::Index,
    Column::Code,
    Column::Name,
    Column::Day,
    Column::Day,
    Column::Day,
    Column::Count,
    Column::Word,
    Column::Remark,
];
const STATED: [Column; 4] = [Column::Index, Column::Remark, Column::Code, Column::Code];

/// The sheet.
pub fn sheet(facts: &Workbook, words: &Words) -> Sheet {
    let columns = match facts.overdue {
        None => STATED.to_vec(),
        Some(_) => LISTED.to_vec(),
    };
    let names = (words.workbook_sheet_overdue(), words.workbook_overdue_heading());
    let mut sheet = super::begin(facts, words, names, columns);
    match facts.overdue {
        None => stated(&mut sheet, facts, words),
        Some([]) => super::remark(&mut sheet, 2, words.workbook_overdue_none()),
        Some(rows) => list(&mut sheet, rows, words),
    }
    sheet
}

fn list(sheet: &mut Sheet, rows: &[OverdueRow], words: &Words) {
    sheet.heads(
        HEAD,
        [
            words.workbook_index(),
            words.workbook_overdue_code(),
            words.workbook_field(),
            words.workbook_overdue_received(),
            words.workbook_overdue_due(),
            words.workbook_overdue_ended(),
            words.workbook_overdue_days(),
            words.workbook_overdue_holder(),
            words.workbook_overdue_reason(),
        ],
    );
    for (i, (row, dossier)) in (HEAD + 1..).zip(rows).enumerate() {
        sheet.put((row, 0), Role::Index, i as i64 + 1);
        sheet.put((row, 1), Role::Word, dossier.code.as_str());
        sheet.put((row, 2), Role::Label, dossier.field.as_str());
        sheet.put((row, 3), Role::Word, dossier.received);
        sheet.put((row, 4), Role::Word, dossier.due);
        let ended = dossier.ended.map_or_else(|| words.workbook_overdue_pending().into(), Value::Day);
        sheet.put((row, 5), Role::Word, ended);
        sheet.put((row, 6), Role::Figure, dossier.days_late);
        sheet.put((row, 7), Role::Label, dossier.holder.as_str());
        sheet.put((row, 8), Role::Label, dossier.reason.as_deref());
    }
    sheet.frozen = Some((HEAD + 1, 2));
    sheet.repeated = Some((HEAD, HEAD));
}

fn stated(sheet: &mut Sheet, facts: &Workbook, words: &Words) {
    let summary = facts.summary;
    super::remark(sheet, 2, words.workbook_overdue_no_register());
    sheet.heads(
        HEAD,
        [
            words.workbook_index(),
            words.workbook_field(),
            words.workbook_overdue_resolved_late(),
            words.workbook_overdue_pending_late(),
        ],
    );
    for (i, (row, field)) in (HEAD + 1..).zip(&summary.rows).enumerate() {
        sheet.put((row, 0), Role::Index, i as i64 + 1);
        sheet.put((row, 1), Role::Label, field.name.as_str());
        sheet.put((row, 2), Role::Figure, field.flows.late);
        sheet.put((row, 3), Role::Figure, field.pending_late);
    }
    let row = HEAD + 1 + summary.rows.len() as u32;
    sheet.put((row, 0), Role::TotalLabel, Value::Blank);
    sheet.put((row, 1), Role::TotalLabel, words.workbook_total());
    for (column, total) in [(2, summary.total.flows.late), (3, summary.total.pending_late)] {
        let value = if summary.rows.is_empty() {
            Value::Number(total)
        } else {
            Value::Formula(sum(column, HEAD + 1, row - 1), Outcome::Number(total))
        };
        sheet.put((row, column), Role::TotalFigure, value);
    }
}
