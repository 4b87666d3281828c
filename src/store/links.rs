//! Accounts from which people write.

use super::{Connection, Result};

/// Notes that the person's first echo has been sent; `true` if it was the first.
///
/// The directory is not touched for it: the guard in the row decides, not the copy in
/// memory.
pub async fn greet(conn: &mut Connection, link: i64) -> Result<bool> {
    let done =
        sqlx::query("UPDATE links SET greeted = 1 WHERE id = ? AND greeted = 0").bind(link).execute(conn).await?;
    Ok(done.rows_affected() > 0)
}
