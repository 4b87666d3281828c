//! `/sosanh PERIOD PERIOD`: two summaries of one unit side by side.

use crate::domain::summary::{Rate, Row, Summary};
use crate::words::Words;
use crate::words::numbers::{change, count, date, number, rate};

/// Both summaries line by line, with the change from the first to the second.
pub fn compare_text(first: &Summary, second: &Summary, words: &Words) -> String {
    let mut lines = vec![
        words.compare_title(label(first, words), label(second, words)),
        match &first.field {
            Some(field) => format!("{} · {field}", first.unit_name),
            None => first.unit_name.clone(),
        },
        words.compare_days(words.period_days(&first.period), words.period_days(&second.period)),
    ];
    let (a, b) = (&first.total, &second.total);
    lines.extend(numbers(words).into_iter().map(|(name, value)| line(&name, value(a), value(b), words)));
    lines.push(points(&words.compare_online_rate(), a.online_rate(), b.online_rate(), words));
    lines.push(points(&words.compare_on_time_rate(), a.on_time_rate(), b.on_time_rate(), words));
    lines.push(match (&first.below, &second.below) {
        (Some(a), Some(b)) => words.compare_units_reported(
            format!("{}/{}", count(a.complete_units), count(a.units)),
            format!("{}/{}", count(b.complete_units), count(b.units)),
        ),
        _ => {
            let days = |s: &Summary| format!("{}/{}", count(s.complete.reported_days), count(s.complete.expected_days));
            words.compare_days_reported(days(first), days(second))
        }
    });
    if first.field.is_none() {
        lines.extend(by_field(&first.rows, &second.rows, words));
    }
    lines.join("\n")
}

/// `Tháng 11/2026 (đến ngày 10/11/2026)`.
fn label(s: &Summary, words: &Words) -> String {
    let label = words.period(&s.period);
    match s.to_date {
        Some(day) => words.summary_to_date(label, date(day)),
        None => label,
    }
}

type Value = fn(&Row) -> i64;

/// The numbers that are compared, parts behind a dash.
fn numbers(words: &Words) -> Vec<(String, Value)> {
    let part = |name: String| format!("– {name}");
    vec![
        (words.compare_received_new().to_string(), |r| r.flows.received()),
        (part(words.figure_received_online().to_string()), |r| r.flows.online),
        (part(words.figure_received_direct().to_string()), |r| r.flows.direct),
        (part(words.figure_received_postal().to_string()), |r| r.flows.postal),
        (words.compare_resolved().to_string(), Row::resolved_total),
        (part(words.figure_resolved_early().to_string()), |r| r.flows.early),
        (part(words.figure_resolved_on_time().to_string()), |r| r.flows.on_time),
        (part(words.figure_resolved_late().to_string()), |r| r.flows.late),
        (part(words.figure_withdrawn().to_string()), |r| r.flows.withdrawn),
        (words.compare_pending().to_string(), Row::pending_total),
        (part(words.figure_resolved_late().to_string()), |r| r.pending_late),
    ]
}

fn line(name: &str, first: i64, second: i64, words: &Words) -> String {
    words.compare_line(name, number(first), number(second), change(first, second))
}

/// Two rates and their difference in points of percent.
fn points(name: &str, first: Rate, second: Rate, words: &Words) -> String {
    let difference = match (first.basis_points(), second.basis_points()) {
        (Some(a), Some(b)) => {
            let (sign, d) = if b < a { ('-', a - b) } else { ('+', b - a) };
            words.compare_points(format!("{sign}{},{:02}", number(d / 100), d % 100))
        }
        _ => crate::words::numbers::NOTHING.to_string(),
    };
    words.compare_line(name, rate(first), rate(second), difference)
}

/// Newly received of each field that either period has, in the order of the catalogue.
fn by_field(first: &[Row], second: &[Row], words: &Words) -> Vec<String> {
    let received = |rows: &[Row], code: &str| rows.iter().find(|r| r.code == code).map_or(0, |r| r.flows.received());
    let mut rows: Vec<&Row> = Vec::new();
    // Both lists stand in the order of the catalogue: merge them without losing it.
    let mut rest = second.iter().peekable();
    for row in first {
        if second.iter().any(|r| r.code == row.code) {
            rows.extend(std::iter::from_fn(|| rest.next_if(|r| r.code != row.code)));
            rest.next();
        }
        rows.push(row);
    }
    rows.extend(rest);
    let lines = rows.into_iter().filter_map(|r| {
        let (a, b) = (received(first, &r.code), received(second, &r.code));
        (a != 0 || b != 0).then(|| line(&format!("– {}", r.name), a, b, words))
    });
    let lines: Vec<String> = lines.collect();
    if lines.is_empty() { lines } else { [vec![words.compare_fields().to_string()], lines].concat() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::count::Flows;
    use crate::words::Locale;

    fn row(code: &str, online: i64) -> Row {
        let flows = Flows { online, ..Flows::default() };
        Row { code: code.to_string(), name: code.to_string(), flows, ..Row::default() }
    }

    #[test]
    fn fields_of_either_period_keep_the_order_of_the_catalogue() {
        let words = Locale::Vi.words();
        let check = |first: &[&str], second: &[&str], expected: &[&str]| {
            let rows = |codes: &[&str], n| codes.iter().map(|c| row(c, n)).collect::<Vec<_>>();
            let lines = by_field(&rows(first, 10), &rows(second, 15), words);
            let names: Vec<_> = lines.iter().skip(1).map(|l| l[4..].split(':').next().unwrap().trim()).collect();
            assert_eq!(names, expected);
        };
        check(&["A", "C"], &["A", "B", "C", "D"], &["A", "B", "C", "D"]);
        check(&["A", "B"], &["C"], &["A", "B", "C"]);
        check(&[], &["C"], &["C"]);
        let lines = by_field(&[row("A", 10)], &[row("A", 15)], words);
        assert_eq!(lines[1], "– A: 10 → 15 (+50,0%)");
    }

    #[test]
    fn rates_differ_in_points() {
        let words = Locale::Vi.words();
        let (a, b) = (Rate { part: 5, whole: 6 }, Rate { part: 1, whole: 2 });
        assert_eq!(points("Tỷ lệ", a, b, words), "Tỷ lệ: 83,33% → 50,00% (-33,33 điểm)");
        assert_eq!(points("Tỷ lệ", b, Rate { part: 0, whole: 0 }, words), "Tỷ lệ: 50,00% → – (–)");
    }
}
