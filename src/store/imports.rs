//! Lists that wait for their sender's yes.

use sqlx::Row;

use super::{Connection, Result};
use crate::domain::official::OfficialId;
use crate::domain::unit::UnitId;

/// How long a list waits (seconds).
pub const KEPT: i64 = 86_400;

/// Keeps a list; returns its id.
pub async fn keep(conn: &mut Connection, (unit, official): (UnitId, OfficialId), rows: &str, now: i64) -> Result<i64> {
    let done = sqlx::query("INSERT INTO imports (unit_id, official_id, rows, created_at) VALUES (?, ?, ?, ?)")
        .bind(unit.0)
        .bind(official.0)
        .bind(rows)
        .bind(now)
        .execute(conn)
        .await?;
    Ok(done.last_insert_rowid())
}

/// Takes a list of that person out; `None` if it has gone.
pub async fn take(conn: &mut Connection, id: i64, official: OfficialId, now: i64) -> Result<Option<(UnitId, String)>> {
    let row =
        sqlx::query("DELETE FROM imports WHERE id = ? AND official_id = ? AND created_at >= ? RETURNING unit_id, rows")
            .bind(id)
            .bind(official.0)
            .bind(now - KEPT)
            .fetch_optional(conn)
            .await?;
    Ok(row.map(|r| (UnitId(r.get(0)), r.get(1))))
}
