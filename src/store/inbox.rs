//! The inbox: what arrived, stored before the platform is told that we have it.
//!
//! Two keys make "once" (SPEC §11): the delivery (bot and update id) and the content (bot,
//! chat, message id, edit date). A row stays `new` until its effect is committed with
//! [`done`] in the same transaction.
//!
//! A message that faults is tried three times ([`failed`]). Tries that the *process* did not
//! survive count apart: after an unclean end ([`super::runs`]) the rows found `new` are
//! handled one at a time, each with [`begin_try`] committed before the try; see
//! [`last_resort`] for those that took the process with them five times.

mod forms;
mod parked;

use std::collections::HashSet;

use serde_json::json;
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;

use super::{Connection, Result, StoreError};

pub use forms::{form, former_text, is_overtaken, last_message};
pub use parked::{hurry, park, park_deadly, parked, retry};

/// Tries ended by a fault before a message is parked.
pub const TRIES: i64 = 3;
/// Tries cut short by the end of the process before a message is handled last and alone.
pub const CUT_SHORT: i64 = 5;
/// How long a delivery is remembered: update ids may restart lower after that (seconds).
pub const DELIVERY_KEPT: i64 = 7 * 86_400;

/// What kind of update arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    Message,
    Edit,
    /// A button; `data` is the choice.
    Press,
    /// The chat goes on under another id, in `data`.
    Moved,
    Blocked,
    Unblocked,
    /// Known to exist, of no use to us: stored as done.
    Other,
}

impl Kind {
    const ALL: [Kind; 7] =
        [Kind::Message, Kind::Edit, Kind::Press, Kind::Moved, Kind::Blocked, Kind::Unblocked, Kind::Other];

    /// As the database writes it.
    pub fn key(self) -> &'static str {
        match self {
            Kind::Message => "message",
            Kind::Edit => "edit",
            Kind::Press => "press",
            Kind::Moved => "moved",
            Kind::Blocked => "blocked",
            Kind::Unblocked => "unblocked",
            Kind::Other => "other",
        }
    }

    fn from_key(key: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|k| k.key() == key)
    }
}

/// An update as a channel read it, its text already masked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Incoming {
    /// First key of "once": unique among the deliveries of a bot.
    pub delivery: String,
    pub kind: Kind,
    pub chat_id: String,
    pub private: bool,
    pub thread_id: Option<i64>,
    /// Who wrote; empty where nobody did.
    pub user_id: String,
    /// 0 where there is none.
    pub message_id: i64,
    /// 0: the first form. Seconds.
    pub edit_date: i64,
    /// The message's own time stamp. Seconds.
    pub sent_at: i64,
    pub text: Option<String>,
    /// The choice pressed, or the chat moved to.
    pub data: Option<String>,
}

/// A stored update.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Order of arrival.
    pub id: i64,
    pub bot_id: i64,
    /// Of the bot: `telegram`, `zalo`, `terminal`.
    pub channel: String,
    pub kind: Kind,
    pub chat_id: String,
    pub private: bool,
    pub thread_id: Option<i64>,
    pub user_id: String,
    pub message_id: i64,
    pub edit_date: i64,
    pub sent_at: i64,
    pub text: Option<String>,
    pub data: Option<String>,
    pub received_at: i64,
    pub attempts: i64,
    pub cut_short: i64,
    pub fault: Option<String>,
}

/// A chat of a bot: its messages stay in order.
pub type Chat = (i64, String);

impl Row {
    pub fn chat(&self) -> Chat {
        (self.bot_id, self.chat_id.clone())
    }
}

/// Stores what is new of a batch, in its order; returns how many rows that were.
///
/// What came before by either key, in an earlier batch or in this one, changes nothing.
pub async fn put(conn: &mut Connection, bot_id: i64, batch: &[Incoming], now: i64) -> Result<usize> {
    if batch.is_empty() {
        return Ok(0);
    }
    let deliveries = json!(batch.iter().map(|i| &i.delivery).collect::<Vec<_>>()).to_string();
    let mut undelivered: HashSet<String> = sqlx::query_scalar(
        "INSERT INTO deliveries (bot_id, delivery, received_at) SELECT ?1, value, ?2 FROM json_each(?3) WHERE true
         ON CONFLICT (bot_id, delivery) DO UPDATE SET received_at = excluded.received_at
             WHERE received_at < excluded.received_at - ?4
         RETURNING delivery",
    )
    .bind(bot_id)
    .bind(now)
    .bind(deliveries)
    .bind(DELIVERY_KEPT)
    .fetch_all(&mut *conn)
    .await?
    .into_iter()
    .collect();
    let delivered: Vec<&Incoming> = batch.iter().filter(|i| undelivered.remove(&i.delivery)).collect();

    let contents: Vec<_> =
        delivered.iter().filter(|i| has_content(i)).map(|i| json!([i.chat_id, i.message_id, i.edit_date])).collect();
    let mut unseen: HashSet<(String, i64, i64)> = HashSet::new();
    if !contents.is_empty() {
        unseen.extend(
            sqlx::query_as::<_, (String, i64, i64)>(
                "INSERT INTO contents (bot_id, chat_id, message_id, edit_date)
                 SELECT ?1, value ->> 0, value ->> 1, value ->> 2 FROM json_each(?2) WHERE true
                 ON CONFLICT DO NOTHING RETURNING chat_id, message_id, edit_date",
            )
            .bind(bot_id)
            .bind(json!(contents).to_string())
            .fetch_all(&mut *conn)
            .await?,
        );
    }
    let fresh: Vec<&Incoming> = delivered
        .into_iter()
        .filter(|i| !has_content(i) || unseen.remove(&(i.chat_id.clone(), i.message_id, i.edit_date)))
        .collect();
    insert(conn, bot_id, &fresh, now).await?;
    Ok(fresh.len())
}

/// Only what a person wrote has the second key: a press names the bot's own message.
fn has_content(i: &Incoming) -> bool {
    matches!(i.kind, Kind::Message | Kind::Edit) && i.message_id != 0
}

async fn insert(conn: &mut Connection, bot_id: i64, fresh: &[&Incoming], now: i64) -> Result<()> {
    if fresh.is_empty() {
        return Ok(());
    }
    let rows: Vec<_> = fresh
        .iter()
        .map(|i| {
            json!([
                i.kind.key(),
                i.chat_id,
                i64::from(i.private),
                i.thread_id,
                i.user_id,
                i.message_id,
                i.edit_date,
                i.sent_at,
                i.text,
                i.data
            ])
        })
        .collect();
    sqlx::query(
        "INSERT INTO inbox (bot_id, kind, chat_id, private, thread_id, user_id, message_id, edit_date, sent_at, text,
                            data, received_at, state)
         SELECT ?1, value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6,
                value ->> 7, value ->> 8, value ->> 9, ?2, iif(value ->> 0 = 'other', 'done', 'new')
         FROM json_each(?3) ORDER BY key",
    )
    .bind(bot_id)
    .bind(now)
    .bind(json!(rows).to_string())
    .execute(conn)
    .await?;
    Ok(())
}

const COLUMNS: &str = "i.id, i.bot_id, b.channel, i.kind, i.chat_id, i.private, i.thread_id, i.user_id, i.message_id, \
     i.edit_date, i.sent_at, i.text, i.data, i.received_at, i.attempts, i.cut_short, i.fault";

/// Rows to be handled now, in order of arrival, with ids above `after`.
///
/// A message waiting for its retry holds back the later ones of its chat, nobody else's.
/// Messages that ended the process five times are left to [`last_resort`].
pub async fn open_rows(conn: &mut Connection, bots: &[i64], after: i64, limit: i64, now: i64) -> Result<Vec<Row>> {
    let rows = sqlx::query(sqlx::AssertSqlSafe(format!(
        "SELECT {COLUMNS} FROM inbox i INDEXED BY inbox_open JOIN bots b ON b.id = i.bot_id
         WHERE i.state = 'new' AND i.id > ?1 AND i.retry_at <= ?2 AND i.cut_short < ?3
           AND i.bot_id IN (SELECT value FROM json_each(?4))
           AND NOT EXISTS (SELECT 1 FROM inbox e WHERE e.bot_id = i.bot_id AND e.chat_id = i.chat_id AND e.id < i.id
                           AND e.state = 'new' AND e.retry_at > 0 AND e.retry_at > ?2)
         ORDER BY i.id LIMIT ?5"
    )))
    .bind(after)
    .bind(now)
    .bind(CUT_SHORT)
    .bind(json!(bots).to_string())
    .bind(limit)
    .fetch_all(conn)
    .await?;
    rows.iter().map(read).collect()
}

/// Marks rows as handled; to be called in the transaction that holds their effect.
pub async fn done(conn: &mut Connection, ids: &[i64]) -> Result<()> {
    sqlx::query("UPDATE inbox SET state = 'done' WHERE id IN (SELECT value FROM json_each(?))")
        .bind(json!(ids).to_string())
        .execute(conn)
        .await?;
    Ok(())
}

/// What became of a message whose try ended in a fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AfterFault {
    /// Comes again at the given time.
    Retried,
    /// Kept, and not tried again unless someone asks for it.
    Parked,
}

/// How long a message rests before it is tried again, after so many tries before this one
/// (seconds): what makes several messages fault at once (a full disk, a lock) often passes.
///
/// ```
/// assert_eq!([0, 1].map(motcua::store::inbox::rest_after), [5, 30]);
/// ```
pub fn rest_after(attempts: i64) -> i64 {
    if attempts == 0 { 5 } else { 30 }
}

/// Notes that a try ended in a fault or a caught panic; the third time parks the message.
pub async fn failed(conn: &mut Connection, id: i64, fault: &str, retry_at: i64) -> Result<AfterFault> {
    let state: String = sqlx::query_scalar(
        "UPDATE inbox SET attempts = attempts + 1, cut_short = 0, fault = ?2, retry_at = ?3,
                          state = iif(attempts + 1 >= ?4, 'parked', 'new')
         WHERE id = ?1 RETURNING state",
    )
    .bind(id)
    .bind(fault)
    .bind(retry_at)
    .bind(TRIES)
    .fetch_one(conn)
    .await?;
    Ok(if state == "parked" { AfterFault::Parked } else { AfterFault::Retried })
}

/// Careful mode: to be committed before a try that the process may not survive. Returns how
/// many tries were cut short, this one counted in case it will be.
pub async fn begin_try(conn: &mut Connection, id: i64) -> Result<i64> {
    Ok(sqlx::query_scalar("UPDATE inbox SET cut_short = cut_short + 1 WHERE id = ? RETURNING cut_short")
        .bind(id)
        .fetch_one(conn)
        .await?)
}

/// Messages that ended the process five times running: to be handled after all others, one
/// at a time, each after [`begin_try`].
pub async fn last_resort(conn: &mut Connection, bots: &[i64]) -> Result<Vec<Row>> {
    let rows = sqlx::query(sqlx::AssertSqlSafe(format!(
        "SELECT {COLUMNS} FROM inbox i INDEXED BY inbox_open JOIN bots b ON b.id = i.bot_id
         WHERE i.state = 'new' AND i.cut_short = ?1 AND i.bot_id IN (SELECT value FROM json_each(?2)) ORDER BY i.id"
    )))
    .bind(CUT_SHORT)
    .bind(json!(bots).to_string())
    .fetch_all(conn)
    .await?;
    rows.iter().map(read).collect()
}

/// Drops the text of a row: who wrote it turned out to be a stranger.
pub async fn forget_text(conn: &mut Connection, id: i64) -> Result<()> {
    sqlx::query("UPDATE inbox SET text = NULL WHERE id = ?").bind(id).execute(conn).await?;
    Ok(())
}

/// How many messages wait to be handled, and since when the oldest does (seconds since 1970).
pub async fn backlog(conn: &mut Connection) -> Result<(i64, Option<i64>)> {
    Ok(sqlx::query_as("SELECT count(*), min(received_at) FROM inbox WHERE state = 'new'").fetch_one(conn).await?)
}

/// Accounts with a kept text still to be handled: whoever sent an invitation code a moment
/// ago may be an official once it is read.
pub async fn writers_waiting(conn: &mut Connection, bot_id: i64) -> Result<HashSet<String>> {
    let users: Vec<String> = sqlx::query_scalar(
        "SELECT DISTINCT user_id FROM inbox WHERE state = 'new' AND bot_id = ? AND text IS NOT NULL AND private = 1",
    )
    .bind(bot_id)
    .fetch_all(conn)
    .await?;
    Ok(users.into_iter().collect())
}

fn read(r: &SqliteRow) -> Result<Row> {
    let kind: &str = r.get(3);
    let id: i64 = r.get(0);
    Ok(Row {
        id,
        bot_id: r.get(1),
        channel: r.get(2),
        kind: Kind::from_key(kind)
            .ok_or_else(|| StoreError::Inconsistent { table: "inbox", what: format!("{id}: kind {kind}") })?,
        chat_id: r.get(4),
        private: r.get::<i64, _>(5) != 0,
        thread_id: r.get(6),
        user_id: r.get(7),
        message_id: r.get(8),
        edit_date: r.get(9),
        sent_at: r.get(10),
        text: r.get(11),
        data: r.get(12),
        received_at: r.get(13),
        attempts: r.get(14),
        cut_short: r.get(15),
        fault: r.get(16),
    })
}

#[cfg(test)]
mod tests;
