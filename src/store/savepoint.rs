//! One savepoint after another: acts that share a commit, of which each stands or falls
//! alone. A step is one trip to the database's thread.

use super::{Connection, Result};

/// Before the first act.
pub async fn begin(conn: &mut Connection) -> Result<()> {
    run(conn, "SAVEPOINT act").await
}

/// What the act did stands; the next one begins.
pub async fn next(conn: &mut Connection) -> Result<()> {
    run(conn, "RELEASE act; SAVEPOINT act").await
}

/// What the act did is undone; the next one begins.
pub async fn undo(conn: &mut Connection) -> Result<()> {
    run(conn, "ROLLBACK TO act").await
}

/// Behind the last act.
pub async fn end(conn: &mut Connection) -> Result<()> {
    run(conn, "RELEASE act").await
}

async fn run(conn: &mut Connection, sql: &'static str) -> Result<()> {
    sqlx::query(sql).execute(conn).await?;
    Ok(())
}
