//! One savepoint after another: acts that share a commit, of which each stands or falls
//! alone. A step is one trip to the database's thread. Within an act something may be tried
//! in a savepoint of its own ([`begin_trial`]).

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

/// Before something is tried within an act.
pub async fn begin_trial(conn: &mut Connection) -> Result<()> {
    run(conn, "SAVEPOINT trial").await
}

/// What was tried stands, as part of the act.
pub async fn keep_trial(conn: &mut Connection) -> Result<()> {
    run(conn, "RELEASE trial").await
}

/// What was tried is undone; the act goes on as it was before.
pub async fn undo_trial(conn: &mut Connection) -> Result<()> {
    run(conn, "ROLLBACK TO trial; RELEASE trial").await
}

async fn run(conn: &mut Connection, sql: &'static str) -> Result<()> {
    sqlx::query(sql).execute(conn).await?;
    Ok(())
}
