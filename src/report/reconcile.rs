//! What is said when the register is compared with what was posted.

use chrono::NaiveDate;

use crate::domain::field::FieldId;
use crate::domain::reconcile::{Difference, Reconciliation, Subject};
use crate::report::echo::short_day;
use crate::words::Words;
use crate::words::numbers::number;

/// Days and fields that are listed.
const LISTED: usize = 10;
/// Codes that are listed in all.
const CODES: usize = 10;

/// The total of either subject.
///
/// ```text
/// Tiếp nhận: hệ thống 61, đã báo 59: lệch 2 ở Đất đai
/// Đã giải quyết: hệ thống 40, đã báo 40: khớp
/// ```
pub fn totals(found: &Reconciliation, field_name: impl Fn(FieldId) -> String, words: &Words) -> Vec<String> {
    [Subject::Received, Subject::Resolved].into_iter().map(|s| total(found, s, &field_name, words)).collect()
}

/// The days and fields that differ, with the codes in question.
///
/// ```text
/// 18/11 Đất đai, tiếp nhận: hệ thống 5, đã báo 3
/// H12.34.56-261118-0001, H12.34.56-261118-0002 …
/// ```
pub fn days(
    found: &Reconciliation,
    field_name: impl Fn(FieldId) -> String,
    today: NaiveDate,
    words: &Words,
) -> Vec<String> {
    let mut lines = Vec::new();
    let mut codes = 0;
    for difference in found.differences.iter().take(LISTED) {
        lines.push(line(difference, &field_name, today, words));
        let shown = difference.codes.len().min(CODES - codes);
        if shown > 0 {
            let more = if shown < difference.codes.len() { " …" } else { "" };
            lines.push(format!("{}{more}", difference.codes[..shown].join(", ")));
            codes += shown;
        }
    }
    let more = found.differences.len().saturating_sub(LISTED);
    if more > 0 {
        lines.push(words.reconcile_more(number(more as i64)));
    }
    lines
}

fn total(found: &Reconciliation, subject: Subject, name: &impl Fn(FieldId) -> String, words: &Words) -> String {
    let (register, posted) = found.total(subject);
    let fields = found.by_field(subject);
    let differs = found.differences.iter().any(|d| d.subject == subject);
    let verdict = match (fields.is_empty(), differs) {
        (true, false) => words.reconcile_fits(),
        (true, true) => words.reconcile_days_differ(),
        (false, _) => {
            let all: Vec<String> =
                fields.iter().map(|(field, n)| words.reconcile_at(number(*n), name(*field))).collect();
            words.reconcile_differs(all.join(", "))
        }
    };
    words.reconcile_total(subject_name(subject, words), number(register), number(posted), verdict)
}

fn line(d: &Difference, name: &impl Fn(FieldId) -> String, today: NaiveDate, words: &Words) -> String {
    let subject = subject_name(d.subject, words).to_lowercase();
    words.reconcile_line(short_day(d.day, today), name(d.field), subject, number(d.register), number(d.posted))
}

fn subject_name(subject: Subject, words: &Words) -> String {
    match subject {
        Subject::Received => words.reconcile_received(),
        Subject::Resolved => words.reconcile_resolved(),
    }
}
