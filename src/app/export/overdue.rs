//! Rows of the sheet `Quá hạn`: resolved late in the period, pending late at its end.

use crate::app::reply::Reader;
use crate::app::summarise::Question;
use crate::domain::dossier::{Dossier, State};
use crate::report::names::Names;
use crate::report::workbook::OverdueRow;
use crate::store::{Connection, Result, dossiers};
use crate::words::Words;

/// The rows, worst first; `None` where no register is kept. What is sent into a group has
/// neither codes nor names (SPEC §3).
pub async fn rows(
    conn: &mut Connection,
    q: &Question<'_>,
    (reader, names): (Reader, Names<'_>),
    words: &Words,
) -> Result<Option<Vec<OverdueRow>>> {
    let (units, end) = (q.units(), q.end());
    if dossiers::keepers(conn, &units, end).await?.is_empty() {
        return Ok(None);
    }
    let late = dossiers::late_in(conn, &units, (q.period.from, end)).await?;
    let mut rows: Vec<OverdueRow> = late.iter().map(|d| row(d, q, (reader, names), words)).collect();
    rows.sort_by(|a, b| (b.days_late, &a.code).cmp(&(a.days_late, &b.code)));
    Ok(Some(rows))
}

/// How many are pending without a reason.
pub fn unexplained(rows: &[OverdueRow]) -> i64 {
    rows.iter().filter(|r| r.ended.is_none() && r.reason.is_none()).count() as i64
}

fn row(d: &Dossier, q: &Question<'_>, (reader, names): (Reader, Names<'_>), words: &Words) -> OverdueRow {
    let end = q.end();
    // At the end of the period it may still have been pending, and due on another day.
    let ended = d.ended.filter(|e| *e <= end && d.state == State::Resolved);
    let due = if ended.is_some() { d.due } else { d.due_as_of(end) };
    let holder = d.holder.and_then(|h| q.dir.official(h)).map_or("", |o| o.name.as_str());
    let may_name = match names {
        Names::All => true,
        Names::Own(own) => own == holder,
        Names::None => false,
    };
    OverdueRow {
        code: if reader == Reader::Group { String::new() } else { d.code.clone() },
        field: q.dir.field(d.field).map(|f| f.name.clone()).unwrap_or_default(),
        received: d.received,
        due,
        ended,
        days_late: (ended.unwrap_or(end) - due).num_days(),
        holder: if may_name { holder.to_string() } else { String::new() },
        reason: reason(d, words),
    }
}

/// The reason, and the apology.
fn reason(d: &Dossier, words: &Words) -> Option<String> {
    let given = d.why_late().map(|(reason, text)| words.reason_of(reason, text));
    let parts: Vec<String> = [given, words.apology(d)].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join("; "))
}
