//! Who posted, corrected, took back, closed: a line a figure, oldest first.

use chrono_tz::Tz;

use crate::app::summarise::Question;
use crate::domain::figure::{Control, Subject};
use crate::domain::official::OfficialId;
use crate::report::names::Names;
use crate::report::workbook::{Deed, LogLine};
use crate::store::closed::Closed;
use crate::store::counts::{Change, ZeroDay};
use crate::store::history::{self, Entry, Opened};
use crate::store::{Connection, Result};
use crate::words::Words;
use crate::words::numbers::number;

/// The log of the unit itself over the period; units below have their own.
pub async fn lines(
    conn: &mut Connection,
    q: &Question<'_>,
    (names, words, zone): (Names<'_>, &Words, Tz),
    closed: &[Closed],
) -> Result<Vec<LogLine>> {
    let told = Told { q, names, words, zone };
    let entries = history::between(conn, q.dir, q.unit.id, (q.period.from, q.end())).await?;
    let mut lines: Vec<LogLine> = entries.iter().flat_map(|e| told.entry(e)).collect();
    lines.extend(closed.iter().map(|c| told.closing(c)));
    lines.sort_by_key(|l| l.at);
    Ok(lines)
}

/// How the log is told.
struct Told<'a> {
    q: &'a Question<'a>,
    names: Names<'a>,
    words: &'a Words,
    zone: Tz,
}

impl Told<'_> {
    fn entry(&self, entry: &Entry) -> Vec<LogLine> {
        let blank = LogLine {
            at: entry.at.with_timezone(&self.zone).naive_local(),
            who: entry.actor.map(|o| self.person(o)),
            deed: deed(&entry.kind, None),
            day: None,
            field: None,
            figure: None,
            from: None,
            to: None,
            note: None,
        };
        if let Some(opened) = &entry.opening {
            return vec![self.opening(opened, blank)];
        }
        if entry.changes.is_empty() && entry.zeros.is_empty() {
            return vec![LogLine { note: Some(self.words.export_log_unchanged()), ..blank }];
        }
        let changes = entry.changes.iter().map(|c| self.change(entry, c, blank.clone()));
        changes.chain(entry.zeros.iter().map(|z| self.zero(z, blank.clone()))).collect()
    }

    fn zero(&self, zero: &ZeroDay, blank: LogLine) -> LogLine {
        let words = self.words;
        LogLine {
            day: Some(zero.key.day),
            field: zero.key.field.and_then(|f| self.q.dir.field(f)).map(|f| f.name.clone()),
            note: Some(if zero.stands { words.post_change_zero() } else { words.post_change_none() }),
            ..blank
        }
    }

    fn change(&self, entry: &Entry, change: &Change, blank: LogLine) -> LogLine {
        let figure = match change.subject {
            Subject::Figure(f) => self.words.figure(f),
            Subject::Indicator(id) => self.q.dir.indicator(id).map(|i| i.name.clone()).unwrap_or_default(),
        };
        let field = change.key.field.and_then(|f| self.q.dir.field(f)).map(|f| f.name.clone());
        LogLine {
            deed: deed(&entry.kind, change.from),
            day: Some(change.key.day),
            field: Some(field.unwrap_or_else(|| self.words.whole_unit())),
            figure: Some(figure),
            from: change.from,
            to: change.to,
            note: self.note(entry, change),
            ..blank
        }
    }

    /// For whom a lead posted; that a day's figures came after it.
    fn note(&self, entry: &Entry, change: &Change) -> Option<String> {
        let for_other = entry.actor.is_some_and(|a| a != change.key.official);
        if for_other && !matches!(self.names, Names::None) {
            return Some(self.words.history_for(self.person(change.key.official)));
        }
        let late = entry.sent_at.is_some_and(|s| s.with_timezone(&self.zone).date_naive() > change.key.day);
        (late && entry.kind == "post").then(|| self.words.history_late())
    }

    fn opening(&self, opened: &Opened, blank: LogLine) -> LogLine {
        LogLine {
            day: Some(opened.day),
            field: self.q.dir.field(opened.field).map(|f| f.name.clone()),
            figure: Some(self.words.control(Control::Pending)),
            from: opened.from,
            to: Some(opened.to),
            ..blank
        }
    }

    fn closing(&self, closed: &Closed) -> LogLine {
        LogLine {
            at: closed.closed_at.with_timezone(&self.zone).naive_local(),
            who: closed.closed_by.map(|o| self.person(o)),
            deed: Deed::Closed,
            day: None,
            field: None,
            figure: None,
            from: None,
            to: None,
            note: Some(self.words.workbook_footer_closed(number(closed.version))),
        }
    }

    /// In a group nobody is named.
    fn person(&self, id: OfficialId) -> String {
        match self.names {
            Names::None => self.words.history_someone(),
            _ => self.q.dir.official(id).map(|o| o.name.clone()).unwrap_or_default(),
        }
    }
}

/// A post over a figure that stood is a correction too.
fn deed(kind: &str, from: Option<i64>) -> Deed {
    match kind {
        "edit" => Deed::Corrected,
        "undo" => Deed::Undone,
        "handover" => Deed::HandedOver,
        "opening" => Deed::Opened,
        _ if from.is_some_and(|n| n != 0) => Deed::Corrected,
        _ => Deed::Posted,
    }
}
