//! When a platform was last heard, gaps in that, and who has been told of them.

use serde_json::json;

use super::{Connection, Result};
use crate::domain::official::OfficialId;

/// A time during which messages may have been lost. Seconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    pub id: i64,
    pub from: i64,
    /// What was sent later than this has been handed over after all.
    pub lost_until: i64,
    pub to: i64,
}

/// Notes that a bot's platform answered at `now`; gives when it had last done so.
pub async fn heard(conn: &mut Connection, bot: i64, now: i64) -> Result<Option<i64>> {
    let before = sqlx::query_scalar("SELECT heard_at FROM receptions WHERE bot_id = ?")
        .bind(bot)
        .fetch_optional(&mut *conn)
        .await?;
    sqlx::query(
        "INSERT INTO receptions (bot_id, heard_at) VALUES (?1, ?2) ON CONFLICT (bot_id) DO UPDATE SET heard_at = ?2",
    )
    .bind(bot)
    .bind(now)
    .execute(conn)
    .await?;
    Ok(before)
}

/// Writes a gap down; its `id` is not looked at.
pub async fn record(conn: &mut Connection, bot: i64, gap: Gap) -> Result<()> {
    sqlx::query("INSERT INTO gaps (bot_id, from_at, lost_until, to_at) VALUES (?, ?, ?, ?)")
        .bind(bot)
        .bind(gap.from)
        .bind(gap.lost_until)
        .bind(gap.to)
        .execute(conn)
        .await?;
    Ok(())
}

/// Gaps of these bots that ended after `since`, oldest first, with whose they are.
pub async fn since(conn: &mut Connection, bots: &[i64], since: i64) -> Result<Vec<(i64, Gap)>> {
    let rows: Vec<(i64, i64, i64, i64, i64)> = sqlx::query_as(
        "SELECT bot_id, id, from_at, lost_until, to_at FROM gaps
         WHERE bot_id IN (SELECT value FROM json_each(?1)) AND to_at > ?2 ORDER BY id",
    )
    .bind(json!(bots).to_string())
    .bind(since)
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|(bot, id, from, lost_until, to)| (bot, Gap { id, from, lost_until, to })).collect())
}

/// Notes that a person need not be told of a gap any more; `true` the first time.
pub async fn settle(conn: &mut Connection, gap: i64, official: OfficialId) -> Result<bool> {
    let done = sqlx::query("INSERT INTO gap_told (gap_id, official_id) VALUES (?, ?) ON CONFLICT DO NOTHING")
        .bind(gap)
        .bind(official.0)
        .execute(conn)
        .await?;
    Ok(done.rows_affected() > 0)
}
