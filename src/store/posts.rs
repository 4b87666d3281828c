//! What officials said about counts: messages, their lines in each edited form, and which
//! of them stand. Replay reads from here; nothing is ever deleted.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::json;
use sqlx::Row;

use super::directory::Directory;
use super::{Connection, Result, StoreError, days};
use crate::domain::field::FieldId;
use crate::domain::figure::{Figure, Subject};
use crate::domain::official::OfficialId;
use crate::domain::replay::{Entry, Op, Said};
use crate::domain::unit::UnitId;

/// What one count is about, within a unit. `field: None` holds the indicators that were
/// posted for the whole unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    pub official: OfficialId,
    pub day: NaiveDate,
    pub field: Option<FieldId>,
}

/// One line of a post as it was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    pub key: Key,
    pub said: LineSaid,
}

/// What a stored line says: [`Said`], or the rest that the official stated (`con 5`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineSaid {
    Said(Said),
    StatedPending(i64),
}

/// Where a post came from; `message_id` is `None` for a choice or a hand-over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    pub bot_id: i64,
    pub chat_id: String,
    pub message_id: Option<i64>,
}

/// Why a post exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PostKind {
    Post,
    /// Moves or ends stock values; no report of its day.
    HandOver,
}

/// A post without its lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Post {
    pub id: i64,
    pub kind: PostKind,
    pub source: Source,
    pub unit: UnitId,
    pub sender: OfficialId,
    pub sent_at: DateTime<Utc>,
    /// The form in force, from 1.
    pub form: i64,
    pub undone: bool,
}

/// A post to be stored.
pub struct NewPost<'a> {
    pub kind: PostKind,
    pub source: &'a Source,
    pub unit: UnitId,
    pub sender: OfficialId,
    pub sent_at: DateTime<Utc>,
}

/// Stores a post with its first form; returns its id, which is its place in replay.
pub async fn add(conn: &mut Connection, dir: &Directory, post: &NewPost<'_>, lines: &[Line]) -> Result<i64> {
    let kind = match post.kind {
        PostKind::Post => "post",
        PostKind::HandOver => "handover",
    };
    // One trip to the database's thread for both: a post costs few of them (SPEC §13).
    let done = sqlx::query(
        "INSERT INTO posts (kind, bot_id, chat_id, message_id, unit_id, sender_id, sent_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7);
         INSERT INTO post_lines (post_id, form, seq, official_id, unit_id, day, field_id, subject, op, value)
         SELECT last_insert_rowid(), 1, key, value ->> 0, ?5, value ->> 1, value ->> 2, value ->> 3, value ->> 4,
                value ->> 5
         FROM json_each(?8)",
    )
    .bind(kind)
    .bind(post.source.bot_id)
    .bind(&post.source.chat_id)
    .bind(post.source.message_id)
    .bind(post.unit.0)
    .bind(post.sender.0)
    .bind(post.sent_at.timestamp())
    .bind(lines_json(dir, lines))
    .execute(&mut *conn)
    .await?;
    // Rows without rowid leave the last one alone: it is the post's.
    Ok(done.last_insert_rowid())
}

/// Puts a new form of a post in force.
pub async fn set_form(conn: &mut Connection, dir: &Directory, post: &Post, lines: &[Line]) -> Result<()> {
    let form = post.form + 1;
    add_lines(conn, dir, (post.id, form, post.unit), lines).await?;
    sqlx::query("UPDATE posts SET form = ? WHERE id = ?").bind(form).bind(post.id).execute(conn).await?;
    Ok(())
}

/// Takes a post out of the replay.
pub async fn undo(conn: &mut Connection, post: i64, at: DateTime<Utc>) -> Result<()> {
    sqlx::query("UPDATE posts SET undone_at = ? WHERE id = ? AND undone_at IS NULL")
        .bind(at.timestamp())
        .bind(post)
        .execute(conn)
        .await?;
    Ok(())
}

async fn add_lines(
    conn: &mut Connection,
    dir: &Directory,
    (post, form, unit): (i64, i64, UnitId),
    lines: &[Line],
) -> Result<()> {
    sqlx::query(
        "INSERT INTO post_lines (post_id, form, seq, official_id, unit_id, day, field_id, subject, op, value)
         SELECT ?1, ?2, key, value ->> 0, ?3, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5
         FROM json_each(?4)",
    )
    .bind(post)
    .bind(form)
    .bind(unit.0)
    .bind(lines_json(dir, lines))
    .execute(conn)
    .await?;
    Ok(())
}

fn lines_json(dir: &Directory, lines: &[Line]) -> String {
    let row = |l: &Line| {
        let (subject, op, value) = encode(dir, l.said);
        json!([l.key.official.0, days::to_db(l.key.day), l.key.field.map_or(0, |f| f.0), subject, op, value])
    };
    serde_json::Value::from(lines.iter().map(row).collect::<Vec<_>>()).to_string()
}

/// The post made of a message, if it was one.
pub async fn of_message(conn: &mut Connection, source: &Source) -> Result<Option<Post>> {
    let row = sqlx::query(
        "SELECT id, kind, bot_id, chat_id, message_id, unit_id, sender_id, sent_at, form, undone_at IS NOT NULL
         FROM posts WHERE bot_id = ? AND chat_id = ? AND message_id = ?",
    )
    .bind(source.bot_id)
    .bind(&source.chat_id)
    .bind(source.message_id)
    .fetch_optional(conn)
    .await?;
    Ok(row.as_ref().map(post_of))
}

/// A post by its id.
pub async fn by_id(conn: &mut Connection, id: i64) -> Result<Option<Post>> {
    let row = sqlx::query(
        "SELECT id, kind, bot_id, chat_id, message_id, unit_id, sender_id, sent_at, form, undone_at IS NOT NULL
         FROM posts WHERE id = ?",
    )
    .bind(id)
    .fetch_optional(conn)
    .await?;
    Ok(row.as_ref().map(post_of))
}

/// The sender's latest post that stands, in all chats.
pub async fn latest_standing(conn: &mut Connection, sender: OfficialId) -> Result<Option<Post>> {
    let row = sqlx::query(
        "SELECT id, kind, bot_id, chat_id, message_id, unit_id, sender_id, sent_at, form, undone_at IS NOT NULL
         FROM posts WHERE sender_id = ? AND undone_at IS NULL AND kind = 'post' ORDER BY id DESC LIMIT 1",
    )
    .bind(sender.0)
    .fetch_optional(conn)
    .await?;
    Ok(row.as_ref().map(post_of))
}

fn post_of(r: &sqlx::sqlite::SqliteRow) -> Post {
    Post {
        id: r.get(0),
        kind: if r.get::<&str, _>(1) == "handover" { PostKind::HandOver } else { PostKind::Post },
        source: Source { bot_id: r.get(2), chat_id: r.get(3), message_id: r.get(4) },
        unit: UnitId(r.get(5)),
        sender: OfficialId(r.get(6)),
        sent_at: days::instant(r.get(7)),
        form: r.get(8),
        undone: r.get::<i64, _>(9) != 0,
    }
}

/// The lines of a post's form in force, in order.
pub async fn lines_of(conn: &mut Connection, dir: &Directory, post: &Post) -> Result<Vec<Line>> {
    let rows = sqlx::query(
        "SELECT official_id, day, field_id, subject, op, value FROM post_lines WHERE post_id = ? AND form = ? ORDER BY seq",
    )
    .bind(post.id)
    .bind(post.form)
    .fetch_all(conn)
    .await?;
    rows.iter().map(|r| Ok(Line { key: key_of(r), said: decode(dir, r.get(3), r.get(4), r.get(5))? })).collect()
}

/// What stands about each of `keys`, oldest first. `reported` is false where only
/// hand-overs speak of it.
#[derive(Clone, Debug, Default)]
pub struct Standing {
    pub said: Vec<Said>,
    pub reported: bool,
}

/// Everything said that stands about each key, for replay.
pub async fn standing(
    conn: &mut Connection,
    dir: &Directory,
    unit: UnitId,
    keys: &[Key],
) -> Result<BTreeMap<Key, Standing>> {
    let rows = sqlx::query(STANDING).bind(keys_json(keys)).bind(unit.0).fetch_all(conn).await?;
    read_standing(dir, keys, &rows)
}

/// What [`standing`] asks of the keys `?1` in the unit `?2`: rows of seven columns.
pub(super) const STANDING: &str = "SELECT l.official_id, l.day, l.field_id, l.subject, l.op, l.value, p.kind
         FROM json_each(?1) AS k
         JOIN post_lines AS l ON l.unit_id = ?2 AND l.official_id = k.value ->> 0 AND l.day = k.value ->> 1
              AND l.field_id = k.value ->> 2
         JOIN posts AS p ON p.id = l.post_id AND p.form = l.form AND p.undone_at IS NULL
         ORDER BY l.post_id, l.seq";

/// Keys as `[[official, day, field], …]`.
pub(super) fn keys_json(keys: &[Key]) -> String {
    let row = |k: &Key| json!([k.official.0, days::to_db(k.day), k.field.map_or(0, |f| f.0)]);
    serde_json::Value::from(keys.iter().map(row).collect::<Vec<_>>()).to_string()
}

/// Makes of the rows of [`STANDING`] what stands about each key.
pub(super) fn read_standing<'r>(
    dir: &Directory,
    keys: &[Key],
    rows: impl IntoIterator<Item = &'r sqlx::sqlite::SqliteRow>,
) -> Result<BTreeMap<Key, Standing>> {
    let mut found: BTreeMap<Key, Standing> = keys.iter().map(|k| (*k, Standing::default())).collect();
    for r in rows {
        let standing = found.entry(key_of(r)).or_default();
        standing.reported |= r.get::<&str, _>(6) == "post";
        if let LineSaid::Said(said) = decode(dir, r.get(3), r.get(4), r.get(5))? {
            standing.said.push(said);
        }
    }
    Ok(found)
}

fn key_of(r: &sqlx::sqlite::SqliteRow) -> Key {
    let field: i64 = r.get(2);
    Key { official: OfficialId(r.get(0)), day: days::from_db(r.get(1)), field: (field != 0).then_some(FieldId(field)) }
}

fn encode(dir: &Directory, said: LineSaid) -> (String, &'static str, i64) {
    match said {
        LineSaid::StatedPending(n) => ("pending".to_string(), "stated", n),
        LineSaid::Said(Said::Zero) => (String::new(), "zero", 0),
        LineSaid::Said(Said::Present) => (String::new(), "present", 0),
        LineSaid::Said(Said::Entry(Entry { subject, op })) => {
            let subject = match subject {
                Subject::Figure(f) => f.key().to_string(),
                Subject::Indicator(id) => dir.indicator(id).map(|i| i.key.clone()).unwrap_or_default(),
            };
            match op {
                Op::Set(n) => (subject, "set", n),
                Op::Add(n) => (subject, "add", n),
            }
        }
    }
}

fn decode(dir: &Directory, subject: &str, op: &str, value: i64) -> Result<LineSaid> {
    let op = match op {
        "zero" => return Ok(LineSaid::Said(Said::Zero)),
        "present" => return Ok(LineSaid::Said(Said::Present)),
        "stated" => return Ok(LineSaid::StatedPending(value)),
        "add" => Op::Add(value),
        _ => Op::Set(value),
    };
    let subject = Figure::from_key(subject)
        .map(Subject::Figure)
        .or_else(|| dir.indicator_by_key(subject).map(|i| Subject::Indicator(i.id)))
        .ok_or_else(|| StoreError::Inconsistent { table: "post_lines", what: format!("subject {subject}") })?;
    Ok(LineSaid::Said(Said::Entry(Entry { subject, op })))
}
