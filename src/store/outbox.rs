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

mod elsewhere;

use serde::{Deserialize, Serialize};
use serde_json::json;
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;

use super::{Connection, Result, StoreError};
use crate::domain::official::OfficialId;

pub use elsewhere::send_elsewhere;

/// A choice can be pressed this long (seconds).
pub const CHOICE_LIVES: i64 = 24 * 3_600;
/// A bare number answers a choice this long (seconds).
pub const NUMBER_LIVES: i64 = 30 * 60;
/// The same number said again within this time is a slip of the finger (seconds).
const TWICE: i64 = 10;
/// How far the platform's clock may be from ours (seconds).
const SKEW: i64 = 60;

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

/// The choice that a bare number answers: of the newest message shown in that chat, if that
/// message offered choices no more than 30 minutes ago. `None`: no longer in force.
///
/// Only what has left (or may have) counts as shown, and only if it left before the number
/// was `said_at` (give or take [`SKEW`]): nobody answers what they have not seen. So a number
/// that comes twice within [`TWICE`] does not answer what its first one has brought.
pub async fn newest_choice(
    conn: &mut Connection,
    (bot_id, chat_id): (i64, &str),
    number: usize,
    (said_at, now): (i64, i64),
) -> Result<Option<String>> {
    let shown: Option<(i64, String, i64, bool)> = sqlx::query_as(
        "SELECT o.id, o.choices, ifnull(o.sent_at, o.created_at),
                ifnull(trim(i.text) = ?3 AND ?4 - i.sent_at BETWEEN 0 AND ?5, 0)
         FROM outbox o LEFT JOIN inbox i ON i.id = o.inbox_id
         WHERE o.bot_id = ?1 AND o.chat_id = ?2 AND (o.state IN ('sent', 'sending') OR o.ambiguous = 1 OR o.part > 0)
           AND o.state <> 'dropped'
         ORDER BY o.id DESC LIMIT 1",
    )
    .bind(bot_id)
    .bind(chat_id)
    .bind(number.to_string())
    .bind(said_at)
    .bind(TWICE)
    .fetch_optional(conn)
    .await?;
    let Some((id, choices, at, is_twice)) = shown else { return Ok(None) };
    if is_twice || now - at > NUMBER_LIVES || at > said_at + SKEW {
        return Ok(None);
    }
    let choices = parse(&choices)?;
    Ok(number.checked_sub(1).and_then(|n| choices.get(n)).map(|c| full_id(id, &c.id)))
}

/// What [`take_choice`] found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Taken {
    /// The action's JSON, and the message that had been answered by the one offering it.
    Action { action: String, inbox_id: Option<i64> },
    /// Offered to somebody else.
    NotYours,
    /// Unknown, used, or older than a day.
    Stale,
}

/// Takes a choice, once.
pub async fn take_choice(conn: &mut Connection, choice: &str, official: OfficialId, now: i64) -> Result<Taken> {
    let Some((outbox_id, random)) = choice.split_once('.') else { return Ok(Taken::Stale) };
    let Ok(outbox_id) = i64::from_str_radix(outbox_id, 16) else { return Ok(Taken::Stale) };
    let row: Option<(String, i64, Option<i64>)> =
        sqlx::query_as("SELECT choices, created_at, inbox_id FROM outbox WHERE id = ?")
            .bind(outbox_id)
            .fetch_optional(&mut *conn)
            .await?;
    let Some((choices, created_at, inbox_id)) = row else { return Ok(Taken::Stale) };
    let mut choices = parse(&choices)?;
    let Some(found) = choices.iter_mut().find(|c| c.id == random) else { return Ok(Taken::Stale) };
    if found.official != official.0 {
        return Ok(Taken::NotYours);
    }
    if found.used.is_some() || now - created_at > CHOICE_LIVES {
        return Ok(Taken::Stale);
    }
    found.used = Some(now);
    let action = found.action.clone();
    sqlx::query("UPDATE outbox SET choices = ? WHERE id = ?")
        .bind(json!(choices).to_string())
        .bind(outbox_id)
        .execute(conn)
        .await?;
    Ok(Taken::Action { action, inbox_id })
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
