//! The bots we speak through, and what happens to their chats.
//!
//! A bot is known by its platform id (getMe), so that a new token of the same bot changes
//! nothing. Where another bot takes its place, private Telegram chats stay (their ids are
//! the person's), groups and Zalo accounts link again (SPEC §11).

use serde_json::json;

use super::{Connection, Result, directory};

/// The row of a bot, made at its first start; `username` is kept fresh.
pub async fn known_as(conn: &mut Connection, channel: &str, platform_id: &str, username: &str) -> Result<i64> {
    Ok(sqlx::query_scalar(
        "INSERT INTO bots (channel, platform_id, username) VALUES (?, ?, ?)
         ON CONFLICT (channel, platform_id) DO UPDATE SET username = excluded.username, retired_at = NULL RETURNING id",
    )
    .bind(channel)
    .bind(platform_id)
    .bind(username)
    .fetch_one(conn)
    .await?)
}

/// The channel of a bot, empty if there is no such bot.
pub async fn channel(conn: &mut Connection, bot: i64) -> Result<String> {
    let channel = sqlx::query_scalar("SELECT channel FROM bots WHERE id = ?").bind(bot).fetch_optional(conn).await?;
    Ok(channel.unwrap_or_default())
}

/// The user name of the bot that serves a channel now, without `@`; `None` before the
/// first start.
pub async fn username(conn: &mut Connection, channel: &str) -> Result<Option<String>> {
    Ok(sqlx::query_scalar(
        "SELECT username FROM bots WHERE channel = ? AND retired_at IS NULL AND username <> '' ORDER BY id DESC LIMIT 1",
    )
    .bind(channel)
    .fetch_optional(conn)
    .await?)
}

/// Retires the bots of a channel that are not among `current`: closes their waiting replies
/// and forgets the groups and accounts that only they could reach. Returns how many retired.
pub async fn retire_others(conn: &mut Connection, channel: &str, current: &[i64], now: i64) -> Result<usize> {
    let retired: Vec<i64> = sqlx::query_scalar(
        "UPDATE bots SET retired_at = ?1 WHERE channel = ?2 AND retired_at IS NULL
           AND id NOT IN (SELECT value FROM json_each(?3)) RETURNING id",
    )
    .bind(now)
    .bind(channel)
    .bind(json!(current).to_string())
    .fetch_all(&mut *conn)
    .await?;
    if retired.is_empty() {
        return Ok(0);
    }
    let list = json!(retired).to_string();
    sqlx::query(
        "UPDATE outbox SET state = 'dropped', error = 'another bot took over'
         WHERE state IN ('waiting', 'sending') AND bot_id IN (SELECT value FROM json_each(?))",
    )
    .bind(&list)
    .execute(&mut *conn)
    .await?;
    sqlx::query("DELETE FROM groups WHERE channel = ?").bind(channel).execute(&mut *conn).await?;
    sqlx::query("DELETE FROM links WHERE channel = ? AND bot_id IN (SELECT value FROM json_each(?))")
        .bind(channel)
        .bind(&list)
        .execute(&mut *conn)
        .await?;
    directory::touch(conn).await?;
    Ok(retired.len())
}

/// The bots of a channel that serve now, oldest first; all bots where `channel` is `None`.
pub async fn serving(conn: &mut Connection, channel: Option<&str>) -> Result<Vec<i64>> {
    Ok(sqlx::query_scalar("SELECT id FROM bots WHERE retired_at IS NULL AND channel = ifnull(?, channel) ORDER BY id")
        .bind(channel)
        .fetch_all(conn)
        .await?)
}

/// A chat goes on under another id: links, group and waiting replies follow. What arrived
/// keeps the id it arrived under.
pub async fn chat_moved(conn: &mut Connection, channel: &str, old: &str, new: &str) -> Result<()> {
    sqlx::query("UPDATE links SET chat_id = ? WHERE channel = ? AND chat_id = ?")
        .bind(new)
        .bind(channel)
        .bind(old)
        .execute(&mut *conn)
        .await?;
    sqlx::query("UPDATE OR REPLACE groups SET chat_id = ? WHERE channel = ? AND chat_id = ?")
        .bind(new)
        .bind(channel)
        .bind(old)
        .execute(&mut *conn)
        .await?;
    sqlx::query(
        "UPDATE outbox SET chat_id = ?1 WHERE chat_id = ?3 AND state IN ('waiting', 'sending')
           AND bot_id IN (SELECT id FROM bots WHERE channel = ?2)",
    )
    .bind(new)
    .bind(channel)
    .bind(old)
    .execute(&mut *conn)
    .await?;
    directory::touch(conn).await
}

/// The platform refuses to deliver to a chat (blocked, deactivated): nags skip it.
pub async fn unreachable(conn: &mut Connection, channel: &str, chat_id: &str, now: i64) -> Result<()> {
    let changed = sqlx::query(
        "UPDATE links SET unreachable_since = ? WHERE channel = ? AND chat_id = ? AND unreachable_since IS NULL",
    )
    .bind(now)
    .bind(channel)
    .bind(chat_id)
    .execute(&mut *conn)
    .await?;
    if changed.rows_affected() > 0 { directory::touch(conn).await } else { Ok(()) }
}

/// The chat takes messages again.
pub async fn reachable(conn: &mut Connection, channel: &str, chat_id: &str) -> Result<()> {
    let changed = sqlx::query(
        "UPDATE links SET unreachable_since = NULL
         WHERE channel = ? AND chat_id = ? AND unreachable_since IS NOT NULL",
    )
    .bind(channel)
    .bind(chat_id)
    .execute(&mut *conn)
    .await?;
    if changed.rows_affected() > 0 { directory::touch(conn).await } else { Ok(()) }
}
