//! Bots that `run` serves beside those of the settings (`motcua bot add`). Only the path of
//! a token's file is kept: no copy of the database holds a token.

use super::{Connection, Result};
use crate::domain::unit::UnitId;

/// A bot as `bot add` entered it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BotFile {
    pub id: i64,
    /// `telegram` or `zalo`.
    pub channel: String,
    pub unit: UnitId,
    /// Absolute path of the file that holds the token.
    pub token_file: String,
    /// The bot of that token, once its platform has said who it is.
    pub bot: Option<i64>,
}

/// Enters a bot; returns its id.
///
/// # Errors
/// Of the database; a file that is entered already gives
/// [`super::StoreError::is_duplicate`].
pub async fn add(conn: &mut Connection, channel: &str, unit: UnitId, token_file: &str, now: i64) -> Result<i64> {
    Ok(sqlx::query_scalar(
        "INSERT INTO bot_files (channel, unit_id, token_file, added_at) VALUES (?, ?, ?, ?) RETURNING id",
    )
    .bind(channel)
    .bind(unit.0)
    .bind(token_file)
    .bind(now)
    .fetch_one(conn)
    .await?)
}

/// All bots entered, in the order of their ids.
pub async fn all(conn: &mut Connection) -> Result<Vec<BotFile>> {
    let rows: Vec<(i64, String, i64, String, Option<i64>)> =
        sqlx::query_as("SELECT id, channel, unit_id, token_file, bot_id FROM bot_files ORDER BY id")
            .fetch_all(conn)
            .await?;
    Ok(rows
        .into_iter()
        .map(|(id, channel, unit, token_file, bot)| BotFile { id, channel, unit: UnitId(unit), token_file, bot })
        .collect())
}

/// The platform has said which bot the token of a file stands for, or, where `file` is `None`,
/// that of the settings: another file no longer stands for that bot.
pub async fn known(conn: &mut Connection, file: Option<i64>, bot: i64) -> Result<()> {
    sqlx::query("UPDATE bot_files SET bot_id = iif(id IS ?1, ?2, NULL) WHERE id IS ?1 OR bot_id = ?2")
        .bind(file)
        .bind(bot)
        .execute(conn)
        .await?;
    Ok(())
}

/// Takes a bot out; returns what it was, `None` if there is none of that id.
pub async fn remove(conn: &mut Connection, id: i64) -> Result<Option<BotFile>> {
    let Some(bot) = all(conn).await?.into_iter().find(|bot| bot.id == id) else { return Ok(None) };
    sqlx::query("DELETE FROM bot_files WHERE id = ?").bind(id).execute(conn).await?;
    Ok(Some(bot))
}
