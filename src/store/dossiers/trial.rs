//! A savepoint inside an act: the former form of a message is taken back to see whether the
//! new one can be done in its place.

use crate::store::{Connection, Result};

/// Before the trial.
pub async fn begin(conn: &mut Connection) -> Result<()> {
    run(conn, "SAVEPOINT trial").await
}

/// What was tried stands.
pub async fn keep(conn: &mut Connection) -> Result<()> {
    run(conn, "RELEASE trial").await
}

/// All is as it was before.
pub async fn drop(conn: &mut Connection) -> Result<()> {
    run(conn, "ROLLBACK TO trial; RELEASE trial").await
}

async fn run(conn: &mut Connection, sql: &'static str) -> Result<()> {
    sqlx::query(sql).execute(conn).await?;
    Ok(())
}
