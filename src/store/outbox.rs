//! The outbox: replies committed together with the effect they tell of, then delivered.
//!
//! Life of a row: `waiting` → `sending` (durable before the call leaves) → `sent`, or back
//! to `waiting` for a retry, or `dropped`. One message a chat is in flight, so a chat's
//! replies stay in order. What a crash finds `sending` may have been sent: [`recover`] marks
//! it ambiguous and lets it go again.
//!
//! Choices live in the row of the message that offers them, under the row's id and a random
//! part of 128 bits: `1f.0123…` fits Telegram's 64 bytes and finds its row without an index
//! of random keys, which would cost a page a message.

mod choices;
mod elsewhere;

use serde::{Deserialize, Serialize};
use serde_json::json;
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;

use super::{Connection, Result, StoreError};
use crate::domain::official::OfficialId;

pub use choices::{CHOICE_LIVES, NUMBER_LIVES, Taken, choice_labelled, newest_choice, take_choice};
pub use elsewhere::send_elsewhere;

/// One thing that may be chosen; `action` is JSON that only the caller understands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewChoice {
    pub label: String,
    pub action: String,
    /// Who alone may choose it.
    pub official: OfficialId,
}

/// A message to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewReply<'a> {
    pub bot_id: i64,
    pub chat_id: &'a str,
    pub thread_id: Option<i64>,
    pub private: bool,
    /// The message this answers.
    pub inbox_id: Option<i64>,
    pub text: &'a str,
    pub choices: &'a [NewChoice],
    /// JSON recipe of a document, rendered at delivery.
    pub file: Option<String>,
    /// The text holds a code or an address that opens something: forgotten once it has left.
    pub secret: bool,
}

impl<'a> NewReply<'a> {
    /// What nobody has asked for, to a person's own chat.
    pub fn notice(bot_id: i64, chat_id: &'a str, text: &'a str) -> NewReply<'a> {
        let (thread_id, inbox_id) = (None, None);
        NewReply { bot_id, chat_id, thread_id, private: true, inbox_id, text, choices: &[], file: None, secret: false }
    }
}

/// A choice as it stands in its row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Kept {
    id: String,
    label: String,
    action: String,
    official: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    used: Option<i64>,
}

/// A choice to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// At most 64 bytes of ASCII; what [`take_choice`] takes.
    pub id: String,
    pub label: String,
}

/// A message claimed for sending.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Out {
    pub id: i64,
    pub bot_id: i64,
    pub chat_id: String,
    pub thread_id: Option<i64>,
    pub private: bool,
    /// In groups: the platform's id of the message answered.
    pub reply_to: Option<i64>,
    pub text: String,
    pub choices: Vec<Choice>,
    /// JSON recipe.
    pub file: Option<String>,
    /// Parts of a long message that have left already.
    pub part: i64,
    /// This try counted.
    pub attempts: i64,
    pub ambiguous: bool,
}

/// What became of a claimed message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// All of it is with the platform, the last part under this id.
    Sent { message_id: Option<i64> },
    /// This many parts have left; the rest waits its turn.
    Part { parts: i64 },
    /// Try again at `next_at` (seconds). `ambiguous`: the platform's answer was lost.
    Retry { next_at: i64, ambiguous: bool },
    /// Will never be sent.
    Dropped { error: String },
}

/// Puts a message into the outbox; returns its id.
pub async fn add(conn: &mut Connection, reply: &NewReply<'_>, now: i64) -> Result<i64> {
    let ids = add_all(conn, std::slice::from_ref(reply), now).await?;
    ids.first().copied().ok_or_else(|| odd("no id came back".to_string()))
}

/// Puts messages into the outbox with one statement; returns their ids in order.
pub async fn add_all(conn: &mut Connection, replies: &[NewReply<'_>], now: i64) -> Result<Vec<i64>> {
    let mut rows = Vec::with_capacity(replies.len());
    for r in replies {
        let choices = if r.choices.is_empty() { String::new() } else { json!(kept(r.choices)?).to_string() };
        let file = r.file.as_deref().unwrap_or_default();
        let (private, secret) = (i64::from(r.private), i64::from(r.secret));
        rows.push(json!([r.bot_id, r.chat_id, r.thread_id, private, r.inbox_id, r.text, choices, file, secret]));
    }
    let mut ids: Vec<i64> = sqlx::query_scalar(
        "INSERT INTO outbox (bot_id, chat_id, thread_id, private, inbox_id, text, choices, file, secret, created_at)
         SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6, value ->> 7,
                value ->> 8, ?2
         FROM json_each(?1) ORDER BY key RETURNING id",
    )
    .bind(json!(rows).to_string())
    .bind(now)
    .fetch_all(conn)
    .await?;
    ids.sort_unstable();
    Ok(ids)
}

fn kept(choices: &[NewChoice]) -> Result<Vec<Kept>> {
    choices
        .iter()
        .map(|c| {
            Ok(Kept {
                id: random_id()?,
                label: c.label.clone(),
                action: c.action.clone(),
                official: c.official.0,
                used: None,
            })
        })
        .collect()
}

fn random_id() -> Result<String> {
    let mut bytes = [0_u8; 16];
    getrandom::fill(&mut bytes).map_err(|e| odd(format!("no random bytes: {e}")))?;
    Ok(format!("{:032x}", u128::from_be_bytes(bytes)))
}

/// Takes up to `limit` messages for sending: answers before what nobody has asked for, the
/// oldest first, of each chat the oldest unsent one, unless it waits for its time, is a
/// reminder that has had its time, or its chat is among `skip`.
///
/// To be committed before the first of them leaves.
pub async fn claim(conn: &mut Connection, bot_id: i64, limit: i64, skip: &[&str], now: i64) -> Result<Vec<Out>> {
    let rows = sqlx::query(
        "UPDATE outbox SET state = 'sending', attempts = attempts + 1 WHERE id IN (
             SELECT o.id FROM outbox o INDEXED BY outbox_open
             WHERE o.bot_id = ?1 AND o.state IN ('waiting', 'sending') AND o.state = 'waiting' AND o.next_at <= ?2
               AND NOT EXISTS (SELECT 1 FROM outbox e INDEXED BY outbox_open_chat
                               WHERE e.bot_id = ?1 AND e.chat_id = o.chat_id AND e.state IN ('waiting', 'sending')
                                 AND (e.state = 'sending'
                                      OR e.id < o.id AND (e.inbox_id IS NOT NULL OR o.inbox_id IS NULL)))
               AND o.chat_id NOT IN (SELECT value FROM json_each(?4))
               AND NOT EXISTS (SELECT 1 FROM nag_rows n WHERE n.outbox_id = o.id AND n.until <= ?2)
             ORDER BY (o.inbox_id IS NULL), o.id LIMIT ?3)
         RETURNING id, bot_id, chat_id, thread_id, private, text, choices, file, part, attempts, ambiguous,
                   iif(private, NULL, (SELECT i.message_id FROM inbox i WHERE i.id = inbox_id AND i.message_id > 0))",
    )
    .bind(bot_id)
    .bind(now)
    .bind(limit)
    .bind(json!(skip).to_string())
    .fetch_all(conn)
    .await?;
    let mut claimed = rows.iter().map(read).collect::<Result<Vec<Out>>>()?;
    claimed.sort_unstable_by_key(|o| o.id);
    Ok(claimed)
}

/// Writes down what became of claimed messages.
pub async fn settle(conn: &mut Connection, settled: &[(i64, Outcome)], now: i64) -> Result<()> {
    let (mut sent, mut rest) = (Vec::new(), Vec::new());
    for (id, outcome) in settled {
        match outcome {
            Outcome::Sent { message_id } => sent.push(json!([id, message_id])),
            Outcome::Part { parts } => rest.push(json!([id, "waiting", parts, 0, 0, null, 1])),
            Outcome::Retry { next_at, ambiguous } => {
                rest.push(json!([id, "waiting", null, next_at, i64::from(*ambiguous), null, 0]));
            }
            Outcome::Dropped { error } => rest.push(json!([id, "dropped", null, 0, 0, error, 0])),
        }
    }
    if !sent.is_empty() {
        sqlx::query(
            "UPDATE outbox SET state = 'sent', sent_at = ?2, error = NULL, platform_message_id = j.value ->> 1,
                               text = iif(secret, '', text)
             FROM json_each(?1) j WHERE outbox.id = j.value ->> 0",
        )
        .bind(json!(sent).to_string())
        .bind(now)
        .execute(&mut *conn)
        .await?;
    }
    if !rest.is_empty() {
        sqlx::query(
            "UPDATE outbox SET state = j.value ->> 1, part = ifnull(j.value ->> 2, part), next_at = j.value ->> 3,
                               ambiguous = max(ambiguous, j.value ->> 4), error = j.value ->> 5,
                               attempts = iif(j.value ->> 6, 0, attempts),
                               text = iif(secret AND j.value ->> 1 = 'dropped', '', text)
             FROM json_each(?1) j WHERE outbox.id = j.value ->> 0",
        )
        .bind(json!(rest).to_string())
        .execute(&mut *conn)
        .await?;
    }
    Ok(())
}

/// At start: what was being sent when the last run ended may or may not have arrived.
/// Returns how many messages that are.
pub async fn recover(conn: &mut Connection, bot_id: i64) -> Result<u64> {
    let done = sqlx::query(
        "UPDATE outbox SET state = 'waiting', ambiguous = 1
         WHERE bot_id = ? AND state IN ('waiting', 'sending') AND state = 'sending'",
    )
    .bind(bot_id)
    .execute(conn)
    .await?;
    Ok(done.rows_affected())
}

/// At an orderly stop: claimed, but the call never left.
pub async fn unclaim(conn: &mut Connection, ids: &[i64]) -> Result<()> {
    sqlx::query(
        "UPDATE outbox SET state = 'waiting', attempts = max(attempts - 1, 0)
         WHERE state = 'sending' AND id IN (SELECT value FROM json_each(?))",
    )
    .bind(json!(ids).to_string())
    .execute(conn)
    .await?;
    Ok(())
}

/// How many messages have not left yet, and since when the oldest waits (seconds since 1970).
pub async fn backlog(conn: &mut Connection) -> Result<(i64, Option<i64>)> {
    Ok(sqlx::query_as("SELECT count(*), min(created_at) FROM outbox WHERE state IN ('waiting', 'sending')")
        .fetch_one(conn)
        .await?)
}

fn read(r: &SqliteRow) -> Result<Out> {
    let id: i64 = r.get(0);
    let choices = parse(r.get(6))?;
    Ok(Out {
        id,
        bot_id: r.get(1),
        chat_id: r.get(2),
        thread_id: r.get(3),
        private: r.get::<i64, _>(4) != 0,
        text: r.get(5),
        choices: choices.into_iter().map(|c| Choice { id: full_id(id, &c.id), label: c.label }).collect(),
        file: Some(r.get::<String, _>(7)).filter(|f| !f.is_empty()),
        part: r.get(8),
        attempts: r.get(9),
        ambiguous: r.get::<i64, _>(10) != 0,
        reply_to: r.get(11),
    })
}

fn full_id(outbox_id: i64, random: &str) -> String {
    format!("{outbox_id:x}.{random}")
}

fn parse(choices: &str) -> Result<Vec<Kept>> {
    if choices.is_empty() {
        return Ok(Vec::new());
    }
    serde_json::from_str(choices).map_err(|e| odd(format!("choices: {e}")))
}

fn odd(what: String) -> StoreError {
    StoreError::Inconsistent { table: "outbox", what }
}

#[cfg(test)]
mod tests;
