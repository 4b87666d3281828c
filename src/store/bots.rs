//! The bots we speak through, and what happens to their chats.
//!
//! A bot is known by its platform id (getMe), so that a new token of the same bot changes
//! nothing. Where another bot takes its place, private Telegram chats stay (their ids are
//! the person's), groups and Zalo accounts link again (SPEC §11).

use super::{Connection, Result, directory};
use crate::domain::bots::Bot;
use crate::domain::unit::UnitId;

/// The channel on which an account's id is the person's, whichever bot it writes to.
const PERSONAL: &str = "telegram";

/// The row of a bot, made at its first start; `username` is kept fresh.
pub async fn known_as(conn: &mut Connection, channel: &str, platform_id: &str, username: &str) -> Result<i64> {
    Ok(sqlx::query_scalar(
        "INSERT INTO bots (channel, platform_id, username) VALUES (?, ?, ?)
         ON CONFLICT (channel, platform_id) DO UPDATE SET username = excluded.username, retired_at = NULL RETURNING id",
    )
    .bind(channel)
    .bind(platform_id)
    .bind(username)
    .fetch_one(conn)
    .await?)
}

/// The channel of a bot, empty if there is no such bot.
pub async fn channel(conn: &mut Connection, bot: i64) -> Result<String> {
    let channel = sqlx::query_scalar("SELECT channel FROM bots WHERE id = ?").bind(bot).fetch_optional(conn).await?;
    Ok(channel.unwrap_or_default())
}

/// What a bot is called, empty if there is no such bot.
pub async fn name(conn: &mut Connection, bot: i64) -> Result<String> {
    let name = sqlx::query_scalar("SELECT username FROM bots WHERE id = ?").bind(bot).fetch_optional(conn).await?;
    Ok(name.unwrap_or_default())
}

/// The bots that serve a channel, with whose own they are, oldest first.
pub async fn of_channel(conn: &mut Connection, channel: &str) -> Result<Vec<Bot>> {
    let rows: Vec<(i64, String, Option<i64>)> = sqlx::query_as(
        "SELECT b.id, b.username, f.unit_id FROM bots b LEFT JOIN bot_files f ON f.bot_id = b.id
         WHERE b.channel = ? AND b.retired_at IS NULL ORDER BY b.id, f.id",
    )
    .bind(channel)
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|(id, name, unit)| Bot { id, name, unit: unit.map(UnitId) }).collect())
}

/// Retires the bots of a channel that are not among `current`. Returns how many retired.
pub async fn retire_others(conn: &mut Connection, channel: &str, current: &[i64], now: i64) -> Result<usize> {
    let serving = serving(conn, Some(channel)).await?;
    let others: Vec<i64> = serving.into_iter().filter(|bot| !current.contains(bot)).collect();
    for bot in &others {
        retire(conn, *bot, now).await?;
    }
    Ok(others.len())
}

/// Retires a bot: closes its waiting replies and forgets the groups and accounts that only it
/// could reach. Those of which no bot is known are of the settings' bot and stay.
pub async fn retire(conn: &mut Connection, bot: i64, now: i64) -> Result<()> {
    sqlx::query("UPDATE bots SET retired_at = ? WHERE id = ? AND retired_at IS NULL")
        .bind(now)
        .bind(bot)
        .execute(&mut *conn)
        .await?;
    let links = match channel(conn, bot).await?.as_str() {
        PERSONAL => "UPDATE links SET bot_id = NULL WHERE bot_id = ?",
        _ => "DELETE FROM links WHERE bot_id = ?",
    };
    for sql in [
        "UPDATE outbox SET state = 'dropped', error = 'another bot took over', text = iif(secret, '', text)
         WHERE bot_id = ? AND state IN ('waiting', 'sending')",
        "DELETE FROM groups WHERE bot_id = ?",
        links,
    ] {
        sqlx::query(sql).bind(bot).execute(&mut *conn).await?;
    }
    directory::touch(conn).await
}

/// The bots of a channel that serve now, oldest first; all bots where `channel` is `None`.
pub async fn serving(conn: &mut Connection, channel: Option<&str>) -> Result<Vec<i64>> {
    Ok(sqlx::query_scalar("SELECT id FROM bots WHERE retired_at IS NULL AND channel = ifnull(?, channel) ORDER BY id")
        .bind(channel)
        .fetch_all(conn)
        .await?)
}

/// A chat goes on under another id: links, group and waiting replies follow. What arrived
/// keeps the id it arrived under.
pub async fn chat_moved(conn: &mut Connection, channel: &str, old: &str, new: &str) -> Result<()> {
    sqlx::query("UPDATE links SET chat_id = ? WHERE channel = ? AND chat_id = ?")
        .bind(new)
        .bind(channel)
        .bind(old)
        .execute(&mut *conn)
        .await?;
    sqlx::query("UPDATE OR REPLACE groups SET chat_id = ? WHERE channel = ? AND chat_id = ?")
        .bind(new)
        .bind(channel)
        .bind(old)
        .execute(&mut *conn)
        .await?;
    sqlx::query(
        "UPDATE outbox SET chat_id = ?1 WHERE chat_id = ?3 AND state IN ('waiting', 'sending')
           AND bot_id IN (SELECT id FROM bots WHERE channel = ?2)",
    )
    .bind(new)
    .bind(channel)
    .bind(old)
    .execute(&mut *conn)
    .await?;
    directory::touch(conn).await
}

/// The platform refuses to deliver to a chat (blocked, deactivated): nags skip it. What
/// another bot than the chat's own is refused tells nothing.
pub async fn unreachable(conn: &mut Connection, (channel, bot): (&str, i64), chat_id: &str, now: i64) -> Result<()> {
    let changed = sqlx::query(
        "UPDATE links SET unreachable_since = ?1 WHERE channel = ?2 AND chat_id = ?3 AND ifnull(bot_id, ?4) = ?4
           AND unreachable_since IS NULL",
    )
    .bind(now)
    .bind(channel)
    .bind(chat_id)
    .bind(bot)
    .execute(&mut *conn)
    .await?;
    if changed.rows_affected() > 0 { directory::touch(conn).await } else { Ok(()) }
}

/// The chat takes messages again.
pub async fn reachable(conn: &mut Connection, channel: &str, chat_id: &str) -> Result<()> {
    let changed = sqlx::query(
        "UPDATE links SET unreachable_since = NULL
         WHERE channel = ? AND chat_id = ? AND unreachable_since IS NOT NULL",
    )
    .bind(channel)
    .bind(chat_id)
    .execute(&mut *conn)
    .await?;
    if changed.rows_affected() > 0 { directory::touch(conn).await } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::sample::Sample;

    /// A group of which no bot is known is that of the settings' bot.
    const NOBODYS: (&str, Option<i64>) = ("group nobody's", None);

    /// Accounts and groups as `account bot`, of bots 1 and 2 of a channel, after bot 2 retires.
    async fn check(channel: &str, expected: &[(&str, Option<i64>)]) {
        let sample = Sample::new().await;
        let unit = sample.unit("X", None, "15-14").await;
        sample.officer(unit, "Lan", "2026-01-01", &[]).await;
        let mut w = sample.store.write().await.unwrap();
        let (one, two) = (known_as(&mut w, channel, "a", "").await, known_as(&mut w, channel, "b", "").await);
        for (account, bot) in [("own", Some(one.unwrap())), ("other", Some(two.unwrap())), ("nobody's", None)] {
            for sql in [
                "INSERT INTO links (official_id, channel, platform_user, chat_id, bot_id)
                 SELECT min(id), ?1, ?2, ?2, ?3 FROM officials",
                "INSERT INTO groups (channel, chat_id, unit_id, bound_by, bot_id)
                 SELECT ?1, 'group ' || ?2, (SELECT min(id) FROM units), min(id), ?3 FROM officials",
            ] {
                sqlx::query(sql).bind(channel).bind(account).bind(bot).execute(&mut *w).await.unwrap();
            }
        }
        assert_eq!(retire_others(&mut w, channel, &[1], 5).await.unwrap(), 1);
        let left: Vec<(String, Option<i64>)> = sqlx::query_as(
            "SELECT platform_user, bot_id FROM links UNION ALL SELECT chat_id, bot_id FROM groups ORDER BY 1",
        )
        .fetch_all(&mut *w)
        .await
        .unwrap();
        assert_eq!(left.iter().map(|(a, b)| (a.as_str(), *b)).collect::<Vec<_>>(), expected, "{channel}");
    }

    #[tokio::test]
    async fn accounts_of_a_bot_that_retires_stay_only_where_the_id_is_the_persons() {
        check("telegram", &[NOBODYS, ("group own", Some(1)), ("nobody's", None), ("other", None), ("own", Some(1))])
            .await;
        check("zalo", &[NOBODYS, ("group own", Some(1)), ("nobody's", None), ("own", Some(1))]).await;
    }

    #[tokio::test]
    async fn what_one_bot_is_refused_says_nothing_of_the_chat_with_another() {
        let sample = Sample::new().await;
        let unit = sample.unit("X", None, "15-14").await;
        sample.officer(unit, "Lan", "2026-01-01", &[]).await;
        let mut w = sample.store.write().await.unwrap();
        sqlx::raw_sql(
            "INSERT INTO links (official_id, channel, platform_user, chat_id, bot_id)
             SELECT min(id), 'telegram', '7', '7', 1 FROM officials",
        )
        .execute(&mut *w)
        .await
        .unwrap();
        let is_marked = "SELECT unreachable_since IS NOT NULL FROM links";
        for (bot, expected) in [(2, 0), (1, 1)] {
            unreachable(&mut w, ("telegram", bot), "7", 9).await.unwrap();
            let marked: i64 = sqlx::query_scalar(is_marked).fetch_one(&mut *w).await.unwrap();
            assert_eq!(marked, expected, "after bot {bot}");
        }
    }
}
