//! Which command menus the platform has been given, so that only what changed is sent.

use std::collections::HashMap;

use super::{Connection, Result};

/// The seal of each menu that a bot has set, by chat.
pub async fn all(conn: &mut Connection, bot_id: i64) -> Result<HashMap<String, String>> {
    let rows: Vec<(String, String)> =
        sqlx::query_as("SELECT chat_id, seal FROM menus WHERE bot_id = ?").bind(bot_id).fetch_all(conn).await?;
    Ok(rows.into_iter().collect())
}

/// A menu has been set for a chat.
pub async fn set(conn: &mut Connection, bot_id: i64, chat_id: &str, seal: &str) -> Result<()> {
    sqlx::query(
        "INSERT INTO menus (bot_id, chat_id, seal) VALUES (?, ?, ?)
         ON CONFLICT (bot_id, chat_id) DO UPDATE SET seal = excluded.seal",
    )
    .bind(bot_id)
    .bind(chat_id)
    .bind(seal)
    .execute(conn)
    .await?;
    Ok(())
}

/// A chat's own menu has been taken away.
pub async fn remove(conn: &mut Connection, bot_id: i64, chat_id: &str) -> Result<()> {
    sqlx::query("DELETE FROM menus WHERE bot_id = ? AND chat_id = ?").bind(bot_id).bind(chat_id).execute(conn).await?;
    Ok(())
}
