//! Notices whose chat turned out to be gone go to the person's other channel.

use serde_json::json;

use crate::store::{Connection, Result};

/// Puts notices (what answers nobody) of a channel that cannot be delivered into the outbox
/// again, for the other channel of the same person, if there is one that can be reached: with
/// the bot of that link, else with one of the settings. A reminder keeps the time until which
/// it is of use. To be called before they are settled, which forgets what is secret. Returns
/// how many that were.
pub async fn send_elsewhere(conn: &mut Connection, channel: &str, gone: &[i64], now: i64) -> Result<u64> {
    let ways: Vec<(i64, i64, String)> = sqlx::query_as(
        "SELECT outbox_id, bot_id, chat_id FROM (
             SELECT o.id AS outbox_id, b.id AS bot_id, other.chat_id, row_number() OVER (
                 PARTITION BY o.id
                 ORDER BY other.bot_id IS NOT b.id, EXISTS (SELECT 1 FROM bot_files f WHERE f.bot_id = b.id),
                          other.id DESC, b.id) AS place
             FROM outbox o
             JOIN links gone ON gone.channel = ?1 AND gone.chat_id = o.chat_id
             JOIN links other ON other.official_id = gone.official_id AND other.channel NOT IN (?1, 'terminal')
                                 AND other.unreachable_since IS NULL
             JOIN bots b ON b.channel = other.channel AND b.retired_at IS NULL
             WHERE o.id IN (SELECT value FROM json_each(?2)) AND o.inbox_id IS NULL AND o.private = 1)
         WHERE place = 1 ORDER BY outbox_id",
    )
    .bind(channel)
    .bind(json!(gone).to_string())
    .fetch_all(&mut *conn)
    .await?;
    let mut again = 0;
    for (id, bot, chat) in ways {
        let copy: i64 = sqlx::query_scalar(
            "INSERT INTO outbox (bot_id, chat_id, private, text, choices, file, secret, created_at)
             SELECT ?2, ?3, 1, text, choices, file, secret, ?4 FROM outbox WHERE id = ?1 RETURNING id",
        )
        .bind(id)
        .bind(bot)
        .bind(chat)
        .bind(now)
        .fetch_one(&mut *conn)
        .await?;
        sqlx::query("INSERT INTO nag_rows SELECT ?2, stage, until FROM nag_rows WHERE outbox_id = ?1")
            .bind(id)
            .bind(copy)
            .execute(&mut *conn)
            .await?;
        again += 1;
    }
    Ok(again)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::outbox::{NewReply, Outcome, add, settle};
    use crate::store::sample::Sample;

    /// Bots 1 (Zalo), 2 (Telegram, added), 3 and 4 (Telegram, of the settings); what is gone
    /// on Zalo goes through bot `expected` of a person whose Telegram link names `linked`.
    async fn check(linked: Option<i64>, expected: i64) {
        let sample = Sample::new().await;
        let unit = sample.unit("X", None, "15-14").await;
        sample.officer(unit, "Lan", "2026-01-01", &[]).await;
        let mut w = sample.store.write().await.unwrap();
        sqlx::raw_sql(
            "INSERT INTO bots (channel, platform_id) VALUES ('zalo', 'z'), ('telegram', 'a'), ('telegram', 'b'),
                                                            ('telegram', 'c');
             INSERT INTO bot_files (channel, unit_id, token_file, added_at, bot_id)
             SELECT 'telegram', min(id), '/a', 0, 2 FROM units;
             INSERT INTO links (official_id, channel, platform_user, chat_id, bot_id)
             SELECT min(id), 'zalo', 'z7', 'z7', 1 FROM officials",
        )
        .execute(&mut *w)
        .await
        .unwrap();
        let sql = "INSERT INTO links (official_id, channel, platform_user, chat_id, bot_id)
                   SELECT min(id), 'telegram', 't7', 't7', ? FROM officials";
        sqlx::query(sql).bind(linked).execute(&mut *w).await.unwrap();
        let id = add(&mut w, &NewReply { secret: true, ..NewReply::notice(1, "z7", "Mã") }, 0).await.unwrap();
        sqlx::query("INSERT INTO nag_rows VALUES (?, 0, 150)").bind(id).execute(&mut *w).await.unwrap();
        assert_eq!(send_elsewhere(&mut w, "zalo", &[id], 9).await.unwrap(), 1);
        settle(&mut w, &[(id, Outcome::Dropped { error: "gone".into() })], 9).await.unwrap();
        let copy: (i64, String, String, bool, i64) = sqlx::query_as(
            "SELECT bot_id, chat_id, text, secret, until FROM outbox JOIN nag_rows ON outbox_id = id
             WHERE state = 'waiting'",
        )
        .fetch_one(&mut *w)
        .await
        .unwrap();
        assert_eq!(copy, (expected, "t7".to_string(), "Mã".to_string(), true, 150), "linked to {linked:?}");
    }

    #[tokio::test]
    async fn a_notice_goes_through_the_bot_of_the_link_or_else_that_of_the_settings() {
        check(None, 3).await;
        check(Some(2), 2).await;
        check(Some(4), 4).await;
    }
}
