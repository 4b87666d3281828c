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
