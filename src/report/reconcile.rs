//! What is said when the register is compared with what was posted.

use std::cmp::Reverse;

use chrono::NaiveDate;

use crate::domain::field::FieldId;
use crate::domain::reconcile::{Difference, Reconciliation, Subject};
use crate::report::echo::short_day;
use crate::words::Words;
use crate::words::numbers::number;

/// The total of either subject.
///
/// ```text
/// Tiếp nhận: hệ thống 61, đã báo 59: lệch 2 ở Đất đai
/// Đã giải quyết: hệ thống 40, đã báo 40: khớp
/// ```
pub fn totals(found: &Reconciliation, field_name: impl Fn(FieldId) -> String, words: &Words) -> Vec<String> {
    [Subject::Received, Subject::Resolved].into_iter().map(|s| total(found, s, &field_name, words)).collect()
}

/// The days and fields that differ, farthest out first, with the codes in question: at most
/// `most` of either.
///
/// ```text
/// 18/11 Đất đai, tiếp nhận: hệ thống 5, đã báo 3
/// H12.34.56-261118-0001, H12.34.56-261118-0002 …
/// ```
pub fn days(
    differences: &[Difference],
    (most, today): (usize, NaiveDate),
    field_name: impl Fn(FieldId) -> String,
    words: &Words,
) -> Vec<String> {
    let mut worst_first: Vec<&Difference> = differences.iter().collect();
    worst_first.sort_by_key(|d| Reverse(d.gap()));
    let mut lines = Vec::new();
    let mut codes = 0;
    for difference in worst_first.into_iter().take(most) {
        lines.push(line(difference, &field_name, today, words));
        let shown = difference.codes.len().min(most - codes);
        if shown > 0 {
            let more = if shown < difference.codes.len() { " …" } else { "" };
            lines.push(format!("{}{more}", difference.codes[..shown].join(", ")));
            codes += shown;
        }
    }
    let more = differences.len().saturating_sub(most);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Locale;

    #[test]
    fn the_days_farthest_out_come_first_and_what_is_cut_is_counted() {
        let day = |d| NaiveDate::from_ymd_opt(2026, 11, d).unwrap();
        let of = |d, register: i64, posted, codes: &[&str]| Difference {
            subject: Subject::Received,
            day: day(d),
            field: FieldId(1),
            register,
            posted,
            codes: codes.iter().map(|c| c.to_string()).collect(),
        };
        let all = [of(2, 1, 0, &["A"]), of(3, 3, 0, &["B", "C", "D"]), of(4, 0, 2, &[])];
        let told = |most| days(&all, (most, day(20)), |_| "Hộ tịch".to_string(), Locale::Vi.words()).join("\n");
        assert_eq!(
            told(2),
            "03/11 Hộ tịch, tiếp nhận: hệ thống 3, đã báo 0\nB, C …\n\
             04/11 Hộ tịch, tiếp nhận: hệ thống 0, đã báo 2\n… và 1 chỗ lệch nữa"
        );
        assert!(told(4).ends_with("\nA"), "{}", told(4));
    }
}
