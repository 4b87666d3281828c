//! What officials said about counts: messages, their lines in each edited form, and which
//! of them stand. Replay reads from here; nothing is ever deleted.

mod read;

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::{Value, json};
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use super::directory::Directory;
use super::{Connection, Result, StoreError, days};
pub(super) use read::LINE_TEXT;
pub use read::{Head, Read};

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

impl PostKind {
    pub(super) fn key(self) -> &'static str {
        match self {
            PostKind::Post => "post",
            PostKind::HandOver => "handover",
        }
    }
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
    pub source: Source,
    pub unit: UnitId,
    pub sender: OfficialId,
    pub sent_at: DateTime<Utc>,
    /// Its first form.
    pub lines: &'a [Line],
}

/// A post that has been stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stored {
    /// Its place in replay.
    pub id: i64,
    /// What its act notes.
    pub read: Read,
}

/// Stores a post with its first form.
pub async fn add(conn: &mut Connection, dir: &Directory, post: &NewPost<'_>) -> Result<Stored> {
    let stored = add_all(conn, dir, std::slice::from_ref(post)).await?;
    stored
        .first()
        .copied()
        .ok_or_else(|| StoreError::Inconsistent { table: "posts", what: "no id came back".to_string() })
}

/// Stores posts in their order, however many with two statements.
pub async fn add_all(conn: &mut Connection, dir: &Directory, new: &[NewPost<'_>]) -> Result<Vec<Stored>> {
    let row = |p: &NewPost<'_>| {
        let Source { bot_id, chat_id, message_id } = &p.source;
        json!([p.kind.key(), bot_id, chat_id, message_id, p.unit.0, p.sender.0, p.sent_at.timestamp()])
    };
    let mut ids: Vec<i64> = sqlx::query_scalar(
        "INSERT INTO posts (kind, bot_id, chat_id, message_id, unit_id, sender_id, sent_at)
         SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6
         FROM json_each(?) ORDER BY key RETURNING id",
    )
    .bind(Value::from(new.iter().map(row).collect::<Vec<_>>()).to_string())
    .fetch_all(&mut *conn)
    .await?;
    ids.sort_unstable();
    let (mut rows, mut stored) = (Vec::new(), Vec::with_capacity(ids.len()));
    for (p, id) in new.iter().zip(&ids) {
        let of_post = line_rows(dir, (*id, 1, p.unit), p.lines);
        stored.push(Stored { id: *id, read: p.head(*id).read(1, &read::text_of(&of_post)) });
        rows.extend(of_post);
    }
    add_lines(conn, rows).await?;
    Ok(stored)
}

impl NewPost<'_> {
    fn head(&self, id: i64) -> Head<'static> {
        let (unit, sender, sent_at) = (self.unit.0, self.sender.0, self.sent_at.timestamp());
        Head { id, kind: self.kind.key(), unit, sender, sent_at }
    }
}

/// Puts a new form of a post in force; returns what its act notes.
pub async fn set_form(conn: &mut Connection, dir: &Directory, post: &Post, lines: &[Line]) -> Result<Read> {
    let form = post.form + 1;
    let rows = line_rows(dir, (post.id, form, post.unit), lines);
    let (unit, sender, sent_at) = (post.unit.0, post.sender.0, post.sent_at.timestamp());
    let head = Head { id: post.id, kind: post.kind.key(), unit, sender, sent_at };
    let read = head.read(form, &read::text_of(&rows));
    add_lines(conn, rows).await?;
    sqlx::query("UPDATE posts SET form = ? WHERE id = ?").bind(form).bind(post.id).execute(conn).await?;
    Ok(read)
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

/// Rows of a post's form, as [`add_lines`] takes them.
fn line_rows(dir: &Directory, (post, form, unit): (i64, i64, UnitId), lines: &[Line]) -> Vec<Value> {
    let row = |(seq, l): (usize, &Line)| {
        let (subject, op, value) = encode(dir, l.said);
        let field = l.key.field.map_or(0, |f| f.0);
        json!([post, form, seq, l.key.official.0, unit.0, days::to_db(l.key.day), field, subject, op, value])
    };
    lines.iter().enumerate().map(row).collect()
}

async fn add_lines(conn: &mut Connection, rows: Vec<Value>) -> Result<()> {
    sqlx::query(
        "INSERT INTO post_lines (post_id, form, seq, official_id, unit_id, day, field_id, subject, op, value)
         SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6, value ->> 7,
                value ->> 8, value ->> 9
         FROM json_each(?)",
    )
    .bind(Value::from(rows).to_string())
    .execute(conn)
    .await?;
    Ok(())
}

/// The columns that [`post_of`] reads.
macro_rules! post_where {
    ($which:literal) => {
        concat!(
            "SELECT id, kind, bot_id, chat_id, message_id, unit_id, sender_id, sent_at, form, undone_at IS NOT NULL
             FROM posts WHERE ",
            $which
        )
    };
}

/// The post made of a message, if it was one.
pub async fn of_message(conn: &mut Connection, source: &Source) -> Result<Option<Post>> {
    let row = sqlx::query(post_where!("bot_id = ? AND chat_id = ? AND message_id = ?"))
        .bind(source.bot_id)
        .bind(&source.chat_id)
        .bind(source.message_id)
        .fetch_optional(conn)
        .await?;
    Ok(row.as_ref().map(post_of))
}

/// A post by its id.
pub async fn by_id(conn: &mut Connection, id: i64) -> Result<Option<Post>> {
    let row = sqlx::query(post_where!("id = ?")).bind(id).fetch_optional(conn).await?;
    Ok(row.as_ref().map(post_of))
}

/// The sender's latest post that stands, in all chats.
pub async fn latest_standing(conn: &mut Connection, sender: OfficialId) -> Result<Option<Post>> {
    let row =
        sqlx::query(post_where!("sender_id = ? AND undone_at IS NULL AND kind = 'post' ORDER BY id DESC LIMIT 1"))
            .bind(sender.0)
            .fetch_optional(conn)
            .await?;
    Ok(row.as_ref().map(post_of))
}

fn post_of(r: &SqliteRow) -> Post {
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
    /// The post and the sender of each line of `said`.
    pub by: Vec<(i64, OfficialId)>,
    pub reported: bool,
}

impl Standing {
    /// What stands without one of the posts.
    pub fn without(&self, post: i64) -> Standing {
        let others = self.said.iter().zip(&self.by).filter(|(_, (by, _))| *by != post);
        let (said, by) = others.map(|(said, by)| (*said, *by)).unzip();
        Standing { said, by, reported: self.reported }
    }

    /// Says lines of a new post behind what stands.
    pub fn say(&mut self, (post, sender): (i64, OfficialId), said: LineSaid) {
        self.reported = true;
        if let LineSaid::Said(said) = said {
            self.said.push(said);
            self.by.push((post, sender));
        }
    }
}

/// What several units are asked about: of each some keys.
pub type Asked<'a> = (UnitId, &'a [Key]);

/// Everything said that stands about each key, for replay; one answer an asked.
pub async fn standing(
    conn: &mut Connection,
    dir: &Directory,
    asked: &[Asked<'_>],
) -> Result<Vec<BTreeMap<Key, Standing>>> {
    let rows = sqlx::query(STANDING).bind(asked_json(asked)).fetch_all(conn).await?;
    read_standing(dir, asked, &rows)
}

/// What [`standing`] asks: rows of ten columns.
pub(super) const STANDING: &str =
    "SELECT l.official_id, l.day, l.field_id, l.subject, l.op, l.value, p.kind, p.id, p.sender_id, k.value ->> 0
         FROM json_each(?1) AS k
         JOIN post_lines AS l ON l.unit_id = k.value ->> 1 AND l.official_id = k.value ->> 2 AND l.day = k.value ->> 3
              AND l.field_id = k.value ->> 4
         JOIN posts AS p ON p.id = l.post_id AND p.form = l.form AND p.undone_at IS NULL
         ORDER BY l.post_id, l.seq";

/// Keys as `[[index of the asked, unit, official, day, field], …]`.
pub(super) fn asked_json(asked: &[Asked<'_>]) -> String {
    let rows = asked.iter().enumerate().flat_map(|(i, (unit, keys))| {
        let row = move |k: &Key| json!([i, unit.0, k.official.0, days::to_db(k.day), k.field.map_or(0, |f| f.0)]);
        keys.iter().map(row)
    });
    Value::from(rows.collect::<Vec<_>>()).to_string()
}

/// Makes of the rows of [`STANDING`] what stands about each key.
pub(super) fn read_standing<'r>(
    dir: &Directory,
    asked: &[Asked<'_>],
    rows: impl IntoIterator<Item = &'r SqliteRow>,
) -> Result<Vec<BTreeMap<Key, Standing>>> {
    let nothing = |(_, keys): &Asked<'_>| keys.iter().map(|k| (*k, Standing::default())).collect();
    let mut found: Vec<BTreeMap<Key, Standing>> = asked.iter().map(nothing).collect();
    for r in rows {
        let Some(of_asked) = found.get_mut(r.get::<i64, _>(9) as usize) else { continue };
        let standing = of_asked.entry(key_of(r)).or_default();
        standing.reported |= r.get::<&str, _>(6) == PostKind::Post.key();
        if let LineSaid::Said(said) = decode(dir, r.get(3), r.get(4), r.get(5))? {
            standing.said.push(said);
            standing.by.push((r.get(7), OfficialId(r.get(8))));
        }
    }
    Ok(found)
}

fn key_of(r: &SqliteRow) -> Key {
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

pub(super) fn decode(dir: &Directory, subject: &str, op: &str, value: i64) -> Result<LineSaid> {
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
