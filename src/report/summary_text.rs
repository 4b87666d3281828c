//! The text of `/tonghop` (SPEC §5, §14): labels and their order are exact, never over
//! 2,000 characters.

use crate::domain::summary::{Below, MissingDay, Row, Summary, Warning};
use crate::report::names::Names;
use crate::words::Words;
use crate::words::numbers::{change, count, date, day_month, number, rate};

/// What one message may hold on the narrowest channel.
const LIMIT: usize = 2_000;
/// How many days or units with missing figures are named.
const NAMED: usize = 5;
/// How many fields are named when none was asked for.
const BUSIEST: usize = 3;

/// The summary as one message.
pub fn summary_text(s: &Summary, names: Names<'_>, words: &Words) -> String {
    let full = text(s, names, usize::MAX, words);
    if fits(&full) {
        return full;
    }
    // Numbers for names first, then fewer warnings.
    let mut shorter = text(s, Names::None, usize::MAX, words);
    for warnings in (0..s.warnings.len()).rev() {
        if fits(&shorter) {
            break;
        }
        shorter = text(s, Names::None, warnings, words);
    }
    shorter
}

fn fits(text: &str) -> bool {
    text.chars().count() <= LIMIT
}

fn text(s: &Summary, names: Names<'_>, warnings: usize, words: &Words) -> String {
    let mut lines = heading(s, words);
    lines.extend(figures(&s.total, words));
    lines.push(match &s.below {
        Some(below) => units_line(below, words),
        None => days_line(s, names, words),
    });
    if let Some((posted, expected)) = s.complete.today {
        lines.push(words.summary_today(count(posted), count(expected)));
    }
    let (before, now) = (s.previous, &s.total);
    let received = change(before.received, now.flows.received());
    lines.push(words.summary_previous(received, change(before.resolved, now.resolved_total())));
    match &s.below {
        Some(below) => {
            lines.extend(below.most_overdue.iter().map(|(unit, n)| words.summary_overdue_unit(unit, number(*n))));
        }
        None if s.field.is_none() => lines.extend(busiest(&s.rows).map(|r| row_line(r, &r.name, words))),
        None => {}
    }
    lines.extend(warning_lines(s, warnings, words));
    if s.total.flows.withdrawn > 0 {
        lines.push(words.summary_withdrawn_note(number(s.total.flows.withdrawn)));
    }
    lines.join("\n")
}

/// Title, unit and period, as every answer about a period begins.
pub fn heading(s: &Summary, words: &Words) -> Vec<String> {
    let unit = match &s.field {
        Some(field) => format!("{} · {field}", s.unit_name),
        None => s.unit_name.clone(),
    };
    vec![words.summary_title().to_string(), unit, period_line(s, words)]
}

/// `Tháng 11/2025 (15/10/2025 – 14/11/2025)`, in progress with ` (đến ngày 10/11/2025)`.
pub fn period_line(s: &Summary, words: &Words) -> String {
    let line = format!("{} ({})", words.period(&s.period), words.period_days(&s.period));
    match s.to_date {
        Some(day) => words.summary_to_date(line, date(day)),
        None => line,
    }
}

fn figures(t: &Row, words: &Words) -> Vec<String> {
    let f = &t.flows;
    let on_time = t.on_time_rate();
    vec![
        words.summary_received(number(t.received_total())),
        words.summary_carried(number(t.carried)),
        words.summary_online(number(f.online), rate(t.online_rate())),
        words.summary_direct(number(f.direct)),
        words.summary_postal(number(f.postal)),
        words.summary_resolved(number(t.resolved_total())),
        words.summary_early(number(f.early)),
        words.summary_on_time(number(f.on_time)),
        words.summary_late(number(f.late)),
        words.summary_withdrawn(number(f.withdrawn)),
        words.summary_pending(number(t.pending_total())),
        words.summary_pending_in_time(number(t.pending_in_time())),
        words.summary_pending_late(number(t.pending_late)),
        words.summary_on_time_rate(rate(on_time), number(on_time.part), number(on_time.whole)),
    ]
}

/// How complete the figures are, naming days of a unit, or units of a parent, but no people.
pub fn complete_line(s: &Summary, words: &Words) -> String {
    match &s.below {
        Some(below) => units_line(below, words),
        None => lacking(s, |day| day_month(day.day), words),
    }
}

/// `Đủ số liệu: 22/23 ngày làm việc; thiếu: 03/11 (Lan)`.
fn days_line(s: &Summary, names: Names<'_>, words: &Words) -> String {
    let with_people = |m: &MissingDay| {
        let who = names.list(&m.officials, &s.complete.called, words);
        format!("{} ({who})", day_month(m.day))
    };
    lacking(s, with_people, words)
}

fn lacking(s: &Summary, called: impl Fn(&MissingDay) -> String, words: &Words) -> String {
    let c = &s.complete;
    if c.nobody_in_charge && c.expected_days == 0 {
        return words.summary_nobody().to_string();
    }
    let line = words.summary_days(count(c.reported_days), count(c.expected_days));
    with_missing(line, c.missing.iter().map(called).collect(), |n| words.summary_more_days(n), words)
}

/// `Đủ số liệu: 77/100 đơn vị; thiếu: xã A (2 ngày), …`.
fn units_line(b: &Below, words: &Words) -> String {
    if b.units == b.nobody_in_charge.len() && b.units <= 1 {
        return words.summary_nobody().to_string();
    }
    let line = words.summary_units(count(b.complete_units), count(b.units));
    let incomplete = b.incomplete.iter().map(|u| words.summary_unit_days(&u.name, count(u.missing_days)));
    let nobody = b.nobody_in_charge.iter().map(|name| words.summary_unit_nobody(name));
    with_missing(line, incomplete.chain(nobody).collect(), |n| words.summary_more_units(n), words)
}

fn with_missing(line: String, mut missing: Vec<String>, more: impl Fn(String) -> String, words: &Words) -> String {
    if missing.is_empty() {
        return line;
    }
    let left_out = missing.len().saturating_sub(NAMED);
    missing.truncate(NAMED);
    if left_out > 0 {
        missing.push(more(count(left_out)));
    }
    words.summary_missing(line, missing.join(", "))
}

/// The fields with most dossiers, those of the catalogue's order first among equals.
fn busiest(rows: &[Row]) -> impl Iterator<Item = &Row> {
    let mut rows: Vec<&Row> = rows.iter().filter(|r| r.received_total() > 0).collect();
    rows.sort_by_key(|r| std::cmp::Reverse(r.received_total()));
    rows.into_iter().take(BUSIEST)
}

/// `Chứng thực: tiếp nhận 540, giải quyết 538, còn 2`.
fn row_line(row: &Row, name: &str, words: &Words) -> String {
    let (received, resolved) = (number(row.received_total()), number(row.resolved_total()));
    words.summary_row(name, received, resolved, number(row.pending_total()))
}

fn warning_lines(s: &Summary, most: usize, words: &Words) -> Vec<String> {
    let mut lines: Vec<String> = s.warnings.iter().take(most).map(|w| warning_text(w, words)).collect();
    if let Some(n) = s.warnings.len().checked_sub(most).filter(|n| *n > 0) {
        lines.push(words.warning_more(n.to_string()));
    }
    // Said in any case; a warning only where no opening balance declares it.
    if let Some(day) = s.complete.since.filter(|_| !s.warnings.iter().any(|w| w.code() == "W7")) {
        lines.push(words.warning_since(date(day)));
    }
    lines
}

/// A warning in words.
pub fn warning_text(warning: &Warning, words: &Words) -> String {
    let place = |field: &String| match field.as_str() {
        "" => words.warning_all_fields().to_string(),
        field => field.to_string(),
    };
    match warning {
        Warning::LateDiffers { field, register, stated } => {
            let difference = format!("{:+}", register - stated);
            words.warning_late_differs(place(field), number(*register), number(*stated), difference)
        }
        Warning::MoreThanOnline { field, indicator, value, online } => {
            words.warning_over_online(place(field), indicator, number(*value), number(*online))
        }
        Warning::PartOverWhole { field, part, value, whole } => {
            words.warning_over_whole(place(field), part, number(*value), number(*whole))
        }
        Warning::PartOverPending { field, late: true, value, pending } => {
            words.warning_late_over_pending(place(field), number(*value), number(*pending))
        }
        Warning::PartOverPending { field, late: false, value, pending } => {
            words.warning_awaiting_over_pending(place(field), number(*value), number(*pending))
        }
        Warning::NegativeBalance { field, balance } => words.warning_negative(place(field), number(*balance)),
        Warning::DataSince { day } => words.warning_since(date(*day)),
    }
}

/// `/tonghop donvi`: a line a unit below, the own desk last, then the sum.
pub fn by_unit_text(s: &Summary, words: &Words) -> String {
    let mut lines = heading(s, words);
    let line = |row: &Row, name: &str| {
        let line = row_line(row, name, words);
        if row.pending_late > 0 { words.summary_row_late(line, number(row.pending_late)) } else { line }
    };
    for row in s.below.iter().flat_map(|b| &b.by_unit) {
        let desk = row.code == s.unit_code;
        let name = if desk { words.summary_own_desk(&row.name) } else { row.name.clone() };
        lines.push(line(row, &name));
    }
    lines.push(line(&s.total, &words.summary_total()));
    if let Some(below) = &s.below {
        lines.push(units_line(below, words));
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests;
