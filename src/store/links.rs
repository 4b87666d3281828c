//! Accounts from which people write.

use super::{Connection, Result, directory};
use crate::domain::official::OfficialId;

/// Notes that the person's first echo has been sent; `true` if it was the first.
///
/// The directory is not touched for it: the guard in the row decides, not the copy in
/// memory.
pub async fn greet(conn: &mut Connection, link: i64) -> Result<bool> {
    let done =
        sqlx::query("UPDATE links SET greeted = 1 WHERE id = ? AND greeted = 0").bind(link).execute(conn).await?;
    Ok(done.rows_affected() > 0)
}

/// The channel on which a person wrote last, in a private chat; `None` if never.
pub async fn last_used(conn: &mut Connection, official: OfficialId) -> Result<Option<String>> {
    Ok(sqlx::query_scalar(
        "SELECT l.channel FROM links l JOIN bots b ON b.channel = l.channel
         JOIN inbox i ON i.bot_id = b.id AND i.chat_id = l.chat_id
         WHERE l.official_id = ? AND l.channel <> 'terminal' ORDER BY i.id DESC LIMIT 1",
    )
    .bind(official.0)
    .fetch_optional(conn)
    .await?)
}

/// Accounts and groups without a bot belong to the one bot of their channel, once it is known.
pub async fn adopt(conn: &mut Connection, channel: &str, bot_id: i64) -> Result<()> {
    let mut adopted = 0;
    for sql in [
        "UPDATE links SET bot_id = ? WHERE channel = ? AND bot_id IS NULL",
        "UPDATE groups SET bot_id = ? WHERE channel = ? AND bot_id IS NULL",
    ] {
        adopted += sqlx::query(sql).bind(bot_id).bind(channel).execute(&mut *conn).await?.rows_affected();
    }
    if adopted > 0 { directory::touch(conn).await } else { Ok(()) }
}

/// An account entered by hand belongs to the bot under which it writes first.
pub async fn belong(conn: &mut Connection, link: i64, bot_id: i64) -> Result<()> {
    let done = sqlx::query("UPDATE links SET bot_id = ? WHERE id = ? AND bot_id IS NULL")
        .bind(bot_id)
        .bind(link)
        .execute(&mut *conn)
        .await?;
    if done.rows_affected() > 0 { directory::touch(conn).await } else { Ok(()) }
}

/// How many people are linked to a bot.
pub async fn people(conn: &mut Connection, bot_id: i64) -> Result<i64> {
    Ok(sqlx::query_scalar("SELECT count(DISTINCT official_id) FROM links WHERE bot_id = ?")
        .bind(bot_id)
        .fetch_one(conn)
        .await?)
}

/// The channel on which a person wants notices; `None`: the one used last.
pub async fn choose(conn: &mut Connection, official: OfficialId, channel: Option<&str>) -> Result<()> {
    sqlx::query("UPDATE officials SET channel = ? WHERE id = ?")
        .bind(channel)
        .bind(official.0)
        .execute(&mut *conn)
        .await?;
    directory::touch(conn).await
}
