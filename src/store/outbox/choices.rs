//! Choices that messages have offered: which one a number or its own words mean, and taking it,
//! once.

use serde_json::json;

use super::{full_id, parse};
use crate::domain::official::OfficialId;
use crate::grammar::fold::fold;
use crate::store::{Connection, Result};

/// A choice can be pressed this long (seconds).
pub const CHOICE_LIVES: i64 = 24 * 3_600;
/// A bare number answers a choice this long (seconds).
pub const NUMBER_LIVES: i64 = 30 * 60;
/// How far the platform's clock may be from ours (seconds).
const SKEW: i64 = 60;

/// The choice that a bare number answers: of the newest message shown in that chat, if that
/// message offered choices no more than 30 minutes ago. `None`: no longer in force.
///
/// Only what has left (or may have) counts as shown, and only if it left before the number
/// was `said_at` (give or take [`SKEW`]): nobody answers what they have not seen. The same number
/// sent again before the answer to its first had left is a slip of the finger.
pub async fn newest_choice(
    conn: &mut Connection,
    (bot_id, chat_id): (i64, &str),
    number: usize,
    (said_at, now): (i64, i64),
) -> Result<Option<String>> {
    let shown: Option<(i64, String, i64, bool)> = sqlx::query_as(
        "SELECT o.id, o.choices, ifnull(o.sent_at, o.created_at),
                ifnull(trim(i.text) = ?3 AND ?4 < ifnull(o.sent_at, o.created_at), 0)
         FROM outbox o LEFT JOIN inbox i ON i.id = o.inbox_id
         WHERE o.bot_id = ?1 AND o.chat_id = ?2 AND (o.state IN ('sent', 'sending') OR o.ambiguous = 1 OR o.part > 0)
           AND o.state <> 'dropped'
         ORDER BY o.id DESC LIMIT 1",
    )
    .bind(bot_id)
    .bind(chat_id)
    .bind(number.to_string())
    .bind(said_at)
    .fetch_optional(conn)
    .await?;
    let Some((id, choices, at, is_twice)) = shown else { return Ok(None) };
    if is_twice || now - at > NUMBER_LIVES || at > said_at + SKEW {
        return Ok(None);
    }
    let choices = parse(&choices)?;
    Ok(number.checked_sub(1).and_then(|n| choices.get(n)).map(|c| full_id(id, &c.id)))
}

/// The newest choice of a chat that nobody has taken and whose label, folded, is this: a button
/// may scroll away, its words can be typed as long as it lives.
pub async fn choice_labelled(
    conn: &mut Connection,
    (bot_id, chat_id): (i64, &str),
    label: &str,
    now: i64,
) -> Result<Option<String>> {
    let offers: Vec<(i64, String)> = sqlx::query_as(
        "SELECT id, choices FROM outbox
         WHERE bot_id = ? AND chat_id = ? AND choices <> '' AND created_at >= ? AND state <> 'dropped'
         ORDER BY id DESC LIMIT 100",
    )
    .bind(bot_id)
    .bind(chat_id)
    .bind(now - CHOICE_LIVES)
    .fetch_all(conn)
    .await?;
    for (id, choices) in offers {
        let choices = parse(&choices)?;
        if let Some(choice) = choices.iter().find(|c| c.used.is_none() && fold(&c.label) == label) {
            return Ok(Some(full_id(id, &choice.id)));
        }
    }
    Ok(None)
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
