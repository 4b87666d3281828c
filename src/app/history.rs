//! `/lichsu [day] [field]`: who, when, what, from → to.

use chrono::NaiveDate;

use super::desk::Desk;
use super::posting::changes;
use super::reply::Reply;
use super::{Act, Answer, Refusal};
use crate::domain::field::FieldId;
use crate::grammar::day::{BadDay, DayRead, read_day};
use crate::grammar::vocabulary::FieldMatch;
use crate::report::echo::short_day;
use crate::store::history::{self, Entry};

/// Lines that fit one message on a phone.
const MOST: usize = 20;

/// The history of a day, by default today's, of one field or all.
pub async fn history(desk: &Desk, act: &mut Act<'_>, text: &str) -> Answer {
    let head = read_day(text, act.today);
    let (day, rest) = match head {
        None => (act.today, text),
        Some(read) => (asked(act, read)?, read.rest),
    };
    let unit = act.person.unit;
    let vocabulary = desk.vocabulary(&act.dir, unit, act.today);
    let (field, behind) = match vocabulary.find_field(rest) {
        _ if rest.trim().is_empty() => (None, ""),
        FieldMatch::Found { id, rest, .. } | FieldMatch::NotInUse { id, rest, .. } => (Some(id), rest),
        FieldMatch::Unknown => return Err(Refusal::Told(act.words.bad_unknown_field(rest.trim()))),
    };
    // The day may stand behind the field too; anything else there was asked for in vain.
    let day = match read_day(behind, act.today) {
        Some(read) if head.is_none() && read.rest.is_empty() => asked(act, read)?,
        _ if behind.trim().is_empty() => day,
        _ => return Err(Refusal::Told(act.words.bad_unknown_word(behind.trim()))),
    };
    let dir = act.dir.clone();
    let mut entries = history::between(act.conn, &dir, unit, (day, day)).await?;
    if let Some(field) = field {
        for e in &mut entries {
            e.changes.retain(|c| c.key.field == Some(field));
            e.zeros.retain(|z| z.key.field == Some(field));
        }
        entries.retain(|e| !e.changes.is_empty() || !e.zeros.is_empty());
    }
    if entries.is_empty() {
        return Ok(vec![Reply::text(act.words.history_empty(short_day(day, act.today)))]);
    }
    Ok(vec![Reply::text(told(act, day, &entries, field))])
}

/// The day of a question, or why it cannot be asked about.
fn asked(act: &Act<'_>, read: DayRead<'_>) -> Result<NaiveDate, Refusal> {
    read.asked().map_err(|bad| {
        Refusal::Told(match bad {
            BadDay::Future { .. } => act.words.bad_future(read.word),
            BadDay::NoSuchDay => act.words.bad_date(read.word),
        })
    })
}

fn told(act: &Act<'_>, day: NaiveDate, entries: &[Entry], field: Option<FieldId>) -> String {
    let mut title = act.words.history_title(short_day(day, act.today));
    if let Some(f) = field.and_then(|f| act.dir.field(f)) {
        title = format!("{title} · {}", f.name);
    }
    let mut lines = vec![title];
    let hidden = entries.len().saturating_sub(MOST);
    lines.extend(entries.iter().skip(hidden).map(|e| line(act, e)));
    if hidden > 0 {
        lines.push(act.words.history_more(hidden as i64));
    }
    lines.join("\n")
}

/// `20/11 16:15 Lan – nhập: Hộ tịch 20/11 – trực tuyến chưa có → 9`.
fn line(act: &Act<'_>, entry: &Entry) -> String {
    let at = entry.at.with_timezone(&act.zone);
    let time = format!("{} {}", short_day(at.date_naive(), act.today), at.format("%H:%M"));
    let who = match entry.actor {
        _ if !act.origin.private => act.words.history_someone(),
        Some(actor) => act.name_of(actor).to_string(),
        None => act.words.history_command_line(),
    };
    let about = entry.changes.first().map(|c| c.key).or(entry.zeros.first().map(|z| z.key));
    let late = about.zip(entry.sent_at).is_some_and(|(k, s)| s.with_timezone(&act.zone).date_naive() > k.day);
    let what = match entry.kind.as_str() {
        "post" if late => act.words.history_late(),
        "post" => act.words.history_post(),
        "edit" => act.words.history_edit(),
        "undo" => act.words.history_undo(),
        "opening" => act.words.history_opening(),
        _ => act.words.history_handover(),
    };
    let for_other = about.filter(|k| entry.actor.is_some_and(|a| a != k.official) && act.origin.private);
    let several = changes::whose(&entry.changes, &entry.zeros).len() > 1;
    let what = match for_other {
        Some(k) if entry.kind == "handover" => act.words.history_handover_of(act.name_of(k.official)),
        // Each part of the text says whose.
        _ if several => what,
        Some(k) if entry.kind == "edit" => act.words.history_edit_for(act.name_of(k.official)),
        Some(k) if entry.kind == "undo" => act.words.history_undo_for(act.name_of(k.official)),
        Some(k) if entry.kind == "post" => act.words.history_for(act.name_of(k.official)),
        _ => what,
    };
    let text = match entry.kind.as_str() {
        "opening" => String::new(),
        _ => changes::by_day(act, &entry.changes, &entry.zeros),
    };
    if text.is_empty() { format!("{time} {who} – {what}") } else { act.words.history_line(time, who, what, text) }
}
