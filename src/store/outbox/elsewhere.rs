//! Notices whose chat turned out to be gone go to the person's other channel.

use serde_json::json;

use crate::store::{Connection, Result};

/// Puts notices (what answers nobody) of a channel that could not be delivered into the
/// outbox again, for the other channel of the same person, if there is one that can be
/// reached. Returns how many that were.
pub async fn send_elsewhere(conn: &mut Connection, channel: &str, dropped: &[i64], now: i64) -> Result<u64> {
    let again = sqlx::query(
        "INSERT INTO outbox (bot_id, chat_id, private, text, choices, file, created_at)
         SELECT ifnull(other.bot_id, b.id), other.chat_id, 1, o.text, o.choices, o.file, ?3
         FROM outbox o
         JOIN links gone ON gone.channel = ?1 AND gone.chat_id = o.chat_id
         JOIN links other ON other.official_id = gone.official_id AND other.channel NOT IN (?1, 'terminal')
                             AND other.unreachable_since IS NULL
         JOIN bots b ON b.channel = other.channel AND b.retired_at IS NULL
         WHERE o.id IN (SELECT value FROM json_each(?2)) AND o.inbox_id IS NULL AND o.private = 1
         GROUP BY o.id",
    )
    .bind(channel)
    .bind(json!(dropped).to_string())
    .bind(now)
    .execute(conn)
    .await?;
    Ok(again.rows_affected())
}
