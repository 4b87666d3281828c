//! The forms of a message: its first one and its edits.

use super::Row;
use crate::store::{Connection, Result};

/// The highest message id of a chat, 0 where there is none.
pub async fn last_message(conn: &mut Connection, bot_id: i64, chat_id: &str) -> Result<i64> {
    Ok(sqlx::query_scalar("SELECT ifnull(max(message_id), 0) FROM contents WHERE bot_id = ? AND chat_id = ?")
        .bind(bot_id)
        .bind(chat_id)
        .fetch_one(conn)
        .await?)
}

/// A message's own time stamp and its last edit date (0: never edited), if it arrived.
pub async fn form(conn: &mut Connection, bot_id: i64, chat_id: &str, message_id: i64) -> Result<Option<(i64, i64)>> {
    let row: (Option<i64>, Option<i64>) = sqlx::query_as(
        "SELECT min(sent_at), max(edit_date) FROM inbox WHERE bot_id = ? AND chat_id = ? AND message_id = ?",
    )
    .bind(bot_id)
    .bind(chat_id)
    .bind(message_id)
    .fetch_one(conn)
    .await?;
    Ok(row.0.zip(row.1))
}

/// Whether a later edited form of the same message has been handled before this one.
pub async fn is_overtaken(conn: &mut Connection, row: &Row) -> Result<bool> {
    Ok(sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM inbox WHERE bot_id = ? AND chat_id = ? AND message_id = ? AND edit_date > ?
                        AND kind = 'edit' AND state = 'done')",
    )
    .bind(row.bot_id)
    .bind(&row.chat_id)
    .bind(row.message_id)
    .bind(row.edit_date)
    .fetch_one(conn)
    .await?)
}

/// The text of the form before this one of the same message; `None` if it is not kept.
pub async fn former_text(conn: &mut Connection, row: &Row) -> Result<Option<String>> {
    let text: Option<Option<String>> = sqlx::query_scalar(
        "SELECT text FROM inbox WHERE bot_id = ? AND chat_id = ? AND message_id = ? AND id < ?
         AND kind IN ('message', 'edit') ORDER BY id DESC LIMIT 1",
    )
    .bind(row.bot_id)
    .bind(&row.chat_id)
    .bind(row.message_id)
    .bind(row.id)
    .fetch_optional(conn)
    .await?;
    Ok(text.flatten())
}
