//! Facts told at most once in a while: an outage, a clock that differs, a stranger's refusal.

use super::{Connection, Result};

/// Whether `name` is to be told now, having not been told for `every` seconds; notes it.
pub async fn due(conn: &mut Connection, name: &str, every: i64, now: i64) -> Result<bool> {
    let noted = sqlx::query(
        "INSERT INTO notices (name, at) VALUES (?1, ?2)
         ON CONFLICT (name) DO UPDATE SET at = excluded.at WHERE at <= excluded.at - ?3",
    )
    .bind(name)
    .bind(now)
    .bind(every)
    .execute(conn)
    .await?;
    Ok(noted.rows_affected() > 0)
}

/// Lets `name` be told again at once.
pub async fn clear(conn: &mut Connection, name: &str) -> Result<()> {
    sqlx::query("DELETE FROM notices WHERE name = ?").bind(name).execute(conn).await?;
    Ok(())
}

/// Whether `name` has been noted.
pub async fn is_noted(conn: &mut Connection, name: &str) -> Result<bool> {
    let found: Option<i64> =
        sqlx::query_scalar("SELECT 1 FROM notices WHERE name = ?").bind(name).fetch_optional(conn).await?;
    Ok(found.is_some())
}

/// Notes `name` at `now` (seconds).
pub async fn note(conn: &mut Connection, name: &str, now: i64) -> Result<()> {
    sqlx::query("INSERT INTO notices (name, at) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET at = ?2")
        .bind(name)
        .bind(now)
        .execute(conn)
        .await?;
    Ok(())
}
