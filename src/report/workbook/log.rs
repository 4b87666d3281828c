//! Who posted and corrected: a line a person, which is printed; below it a line a figure, a
//! busy month's thousands of which stay in the file and off the paper.

use chrono::NaiveDateTime;

use super::{Deed, LogLine};
use crate::report::book::{Role, Sheet, Value};
use crate::words::Words;
use crate::words::numbers::number;

/// Last column of the sheet `Kiểm tra`.
const NOTE: u16 = 9;

/// Both tables from row `top` on; what is printed ends with the first.
pub fn tables(sheet: &mut Sheet, top: u32, log: &[LogLine], words: &Words) {
    sheet.put((top, 0), Role::Section, words.workbook_checks_log());
    if log.is_empty() {
        super::remark(sheet, top + 1, words.workbook_checks_log_empty());
        return;
    }
    let end = by_person(sheet, top + 1, log, words);
    super::remark(sheet, end, words.workbook_log_below(number(log.len() as i64)));
    sheet.printed_to = Some(end);
    sheet.put((end + 2, 0), Role::Section, words.workbook_log_all());
    by_figure(sheet, end + 3, log, words);
}

/// What one person did over the period.
struct Person<'a> {
    /// `None`: the command line.
    who: Option<&'a str>,
    last: NaiveDateTime,
    posted: i64,
    corrected: i64,
    undone: i64,
    others: i64,
}

/// People in order of their first line.
fn people(log: &[LogLine]) -> Vec<Person<'_>> {
    let mut people: Vec<Person> = Vec::new();
    for line in log {
        let who = line.who.as_deref();
        let place = people.iter().position(|p| p.who == who).unwrap_or_else(|| {
            people.push(Person { who, last: line.at, posted: 0, corrected: 0, undone: 0, others: 0 });
            people.len() - 1
        });
        let person = &mut people[place];
        person.last = person.last.max(line.at);
        let count = match line.deed {
            Deed::Posted => &mut person.posted,
            Deed::Corrected => &mut person.corrected,
            Deed::Undone => &mut person.undone,
            Deed::HandedOver | Deed::Opened | Deed::Closed | Deed::Reopened => &mut person.others,
        };
        *count += 1;
    }
    people
}

/// A line a person; returns the first free row.
fn by_person(sheet: &mut Sheet, head: u32, log: &[LogLine], words: &Words) -> u32 {
    sheet.heads(
        head,
        [
            words.workbook_index(),
            words.workbook_log_who(),
            words.workbook_log_last(),
            words.workbook_log_posted(),
            words.workbook_log_corrected(),
            words.workbook_log_undone(),
            words.workbook_log_others(),
        ],
    );
    let people = people(log);
    for (i, (row, person)) in (head + 1..).zip(&people).enumerate() {
        sheet.put((row, 0), Role::Index, i as i64 + 1);
        sheet.put((row, 1), Role::Label, person.who.map_or_else(|| words.workbook_log_system(), str::to_string));
        sheet.put((row, 2), Role::Word, Value::Time(person.last));
        for (column, count) in (3..).zip([person.posted, person.corrected, person.undone, person.others]) {
            sheet.put((row, column), Role::Figure, count);
        }
    }
    head + 1 + people.len() as u32
}

fn by_figure(sheet: &mut Sheet, head: u32, log: &[LogLine], words: &Words) {
    sheet.heads(
        head,
        [
            words.workbook_index(),
            words.workbook_log_who(),
            words.workbook_log_at(),
            words.workbook_log_deed(),
            words.workbook_log_day(),
            words.workbook_field(),
            words.workbook_log_figure(),
            words.workbook_log_from(),
            words.workbook_log_to(),
            words.workbook_note(),
        ],
    );
    for (i, (row, line)) in (head + 1..).zip(log).enumerate() {
        sheet.put((row, 0), Role::Index, i as i64 + 1);
        sheet.put((row, 1), Role::Label, line.who.clone().unwrap_or_else(|| words.workbook_log_system()));
        sheet.put((row, 2), Role::Word, Value::Time(line.at));
        sheet.put((row, 3), Role::Word, deed(line.deed, words));
        sheet.put((row, 4), Role::Word, line.day);
        sheet.put((row, 5), Role::Label, line.field.as_deref());
        sheet.put((row, 6), Role::Label, line.figure.as_deref());
        sheet.put((row, 7), Role::Figure, line.from);
        sheet.put((row, 8), Role::Figure, line.to);
        sheet.put((row, NOTE), Role::Label, line.note.as_deref());
    }
}

fn deed(deed: Deed, words: &Words) -> String {
    match deed {
        Deed::Posted => words.workbook_log_posted(),
        Deed::Corrected => words.workbook_log_corrected(),
        Deed::Undone => words.workbook_log_undone(),
        Deed::HandedOver => words.workbook_log_handed_over(),
        Deed::Opened => words.workbook_log_opened(),
        Deed::Closed => words.workbook_log_closed(),
        Deed::Reopened => words.workbook_log_reopened(),
    }
}
