//! One row a run of the program: tells gaps in reception and unclean ends.

use super::{Connection, Result};

/// What the start of a run finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    pub id: i64,
    /// Whether the run before said that it ended (also where there was none).
    pub clean: bool,
    /// When the run before was last alive; `None`: there was none. Seconds.
    pub last_seen: Option<i64>,
}

/// Begins a run.
pub async fn begin(conn: &mut Connection, now: i64) -> Result<Run> {
    let before: Option<(i64, Option<i64>)> =
        sqlx::query_as("SELECT seen_at, ended_at FROM runs ORDER BY id DESC LIMIT 1")
            .fetch_optional(&mut *conn)
            .await?;
    let id = sqlx::query("INSERT INTO runs (started_at, seen_at) VALUES (?1, ?1)")
        .bind(now)
        .execute(conn)
        .await?
        .last_insert_rowid();
    Ok(Run {
        id,
        clean: before.is_none_or(|(_, ended)| ended.is_some()),
        last_seen: before.map(|(seen, ended)| ended.unwrap_or(seen)),
    })
}

/// The run is alive and its channels answer.
pub async fn seen(conn: &mut Connection, run: i64, now: i64) -> Result<()> {
    sqlx::query("UPDATE runs SET seen_at = ? WHERE id = ?").bind(now).bind(run).execute(conn).await?;
    Ok(())
}

/// The run ends of its own will: nothing was left in hand.
pub async fn end(conn: &mut Connection, run: i64, now: i64) -> Result<()> {
    sqlx::query("UPDATE runs SET seen_at = ?1, ended_at = ?1 WHERE id = ?2").bind(now).bind(run).execute(conn).await?;
    Ok(())
}
