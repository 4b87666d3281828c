//! Messages that could not be handled: kept, listed, handled again on request.

use serde_json::json;

use super::super::{Connection, Result};
use super::{COLUMNS, CUT_SHORT, Row, read};

/// Parks a message at once.
pub async fn park(conn: &mut Connection, id: i64, fault: &str) -> Result<()> {
    sqlx::query("UPDATE inbox SET state = 'parked', fault = ? WHERE id = ?").bind(fault).bind(id).execute(conn).await?;
    Ok(())
}

/// At start, after an unclean end: parks what ended the process even when handled alone.
pub async fn park_deadly(conn: &mut Connection, bots: &[i64], fault: &str) -> Result<Vec<Row>> {
    let ids: Vec<i64> = sqlx::query_scalar(
        "UPDATE inbox SET state = 'parked', fault = ?1
         WHERE state = 'new' AND cut_short > ?2 AND bot_id IN (SELECT value FROM json_each(?3)) RETURNING id",
    )
    .bind(fault)
    .bind(CUT_SHORT)
    .bind(json!(bots).to_string())
    .fetch_all(&mut *conn)
    .await?;
    let all = parked(conn).await?;
    Ok(all.into_iter().filter(|r| ids.contains(&r.id)).collect())
}

/// All parked messages, in order of arrival.
pub async fn parked(conn: &mut Connection) -> Result<Vec<Row>> {
    let rows = sqlx::query(sqlx::AssertSqlSafe(format!(
        "SELECT {COLUMNS} FROM inbox i JOIN bots b ON b.id = i.bot_id WHERE i.state = 'parked' ORDER BY i.id"
    )))
    .fetch_all(conn)
    .await?;
    rows.iter().map(read).collect()
}

/// Has a parked message handled again; false if there is no such one.
pub async fn retry(conn: &mut Connection, id: i64) -> Result<bool> {
    let done = sqlx::query(
        "UPDATE inbox SET state = 'new', attempts = 0, cut_short = 0, retry_at = 0 WHERE id = ? AND state = 'parked'",
    )
    .bind(id)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Lets a bot's messages that rest before a retry be tried at once; `true` if there are any.
pub async fn hurry(conn: &mut Connection, bot: i64) -> Result<bool> {
    let done = sqlx::query("UPDATE inbox SET retry_at = 0 WHERE state = 'new' AND bot_id = ? AND retry_at > 0")
        .bind(bot)
        .execute(conn)
        .await?;
    Ok(done.rows_affected() > 0)
}
