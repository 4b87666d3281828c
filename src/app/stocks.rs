//! Stock values (chờ bổ sung, tồn quá hạn) of somebody who leaves or hands over: they end
//! that day, or go on with the successor. Both are lines of a post of their own kind, so
//! that replay, history and corrections treat them like everything that was said.

use chrono::NaiveDate;

use super::Refusal;
use super::change::Change as Doing;
use crate::domain::field::FieldId;
use crate::domain::figure::{Figure, Subject};
use crate::domain::official::OfficialId;
use crate::domain::replay::{Entry, Op, Said};
use crate::domain::unit::UnitId;
use crate::store::counts::{self, Change};
use crate::store::posts::{self, Key, Line, LineSaid, NewPost, PostKind, Source};
use crate::store::stocks::{self, Standing};
use crate::store::{audit, days};
use crate::words::numbers::number;

/// A stock value that has ended for somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ended {
    pub field: FieldId,
    pub figure: Figure,
    pub value: i64,
}

/// Ends the stock values of a person on `day`, of some fields or (`None`) all.
pub async fn end_stocks(
    change: &mut Doing<'_>,
    unit: UnitId,
    of: OfficialId,
    fields: Option<&[FieldId]>,
    day: NaiveDate,
) -> Result<Vec<Ended>, Refusal> {
    hand_on(change, unit, (of, None), fields, day).await
}

/// Ends the stock values of one person on `day` and adds them to another's.
pub async fn move_stocks(
    change: &mut Doing<'_>,
    unit: UnitId,
    (from, to): (OfficialId, OfficialId),
    fields: &[FieldId],
    day: NaiveDate,
) -> Result<Vec<Ended>, Refusal> {
    hand_on(change, unit, (from, Some(to)), Some(fields), day).await
}

async fn hand_on(
    change: &mut Doing<'_>,
    unit: UnitId,
    (from, to): (OfficialId, Option<OfficialId>),
    fields: Option<&[FieldId]>,
    day: NaiveDate,
) -> Result<Vec<Ended>, Refusal> {
    let mut standing = stocks::standing(change.conn, unit, from).await?;
    standing.retain(|s| fields.is_none_or(|f| f.contains(&s.field)));
    if standing.is_empty() {
        return Ok(Vec::new());
    }
    let line = |official, day, field, figure, op| Line {
        key: Key { official, day, field: Some(field) },
        said: LineSaid::Said(Said::Entry(Entry { subject: Subject::Figure(figure), op })),
    };
    let mut lines = Vec::new();
    for s in &standing {
        // What was said for a later day than `day` would go on standing: end it there.
        let last = day.max(s.day);
        lines.push(line(from, last, s.field, s.figure, Op::Set(0)));
        lines.extend(to.map(|to| line(to, last, s.field, s.figure, Op::Add(s.value))));
    }
    let source = Source { bot_id: 0, chat_id: String::new(), message_id: None };
    let sender = change.actor.unwrap_or(from);
    let post = NewPost { kind: PostKind::HandOver, source, unit, sender, sent_at: change.now, lines: &lines };
    let posts::Stored { id: post, read } = posts::add(change.conn, change.dir, &post).await?;
    let mut keys: Vec<Key> = lines.iter().map(|l| l.key).collect();
    keys.sort();
    keys.dedup();
    let held = match to {
        Some(to) => stocks::standing(change.conn, unit, to).await?,
        None => Vec::new(),
    };
    let read = Some(read);
    let done = counts::recompute(change.conn, change.dir, unit, &keys).await?;
    for official in [Some(from), to].into_iter().flatten() {
        // The tables hold a row a day; what stood before that day is what the value comes from.
        let before = if official == from { &standing } else { &held };
        let stood = |c: &Change| {
            let of = |s: &&Standing| Some(s.field) == c.key.field && Subject::Figure(s.figure) == c.subject;
            c.from.or(before.iter().find(of).map(|s| s.value))
        };
        let own = done.changes.iter().filter(|c| c.key.official == official);
        let changes: Vec<Change> = own.map(|c| Change { from: stood(c), ..*c }).collect();
        let days = changes.iter().map(|c| days::to_db(c.key.day)).collect();
        let detail = audit::changes_json(change.dir, &changes, &[]);
        let (at, actor) = (change.now.timestamp(), change.actor);
        let act = audit::Act { at, actor, unit: Some(unit), kind: "handover", post: Some(post), read, detail: &detail };
        audit::write_days(change.conn, &act, &days).await?;
    }
    Ok(standing.iter().map(|s| Ended { field: s.field, figure: s.figure, value: s.value }).collect())
}

/// Ended values in words: `Hộ tịch: Chờ bổ sung 2, Tồn quá hạn 1; Đất đai: …`. Empty for none.
pub fn in_words(change: &Doing<'_>, ended: &[Ended]) -> String {
    let mut by_field: Vec<(FieldId, Vec<String>)> = Vec::new();
    for e in ended {
        let text = format!("{} {}", change.words.figure(e.figure), number(e.value));
        match by_field.iter_mut().find(|(f, _)| *f == e.field) {
            Some((_, texts)) => texts.push(text),
            None => by_field.push((e.field, vec![text])),
        }
    }
    by_field.sort_by_key(|(f, _)| change.dir.field_order(*f));
    let name = |f: FieldId| change.dir.field(f).map_or("", |f| f.name.as_str());
    by_field.iter().map(|(f, texts)| format!("{}: {}", name(*f), texts.join(", "))).collect::<Vec<_>>().join("; ")
}
