//! Forgetting what need not be kept (SPEC §11): old deliveries, texts past their time,
//! handled inbox rows that are no posts, replies that have left, links that have ended.
//!
//! In many short transactions, so that nobody waits for it; candidates are looked for in a
//! read snapshot.

use serde_json::json;

use super::{Result, Store, imports, inbox};

/// Handled rows and delivered replies are kept this long (seconds).
pub const ROWS_KEPT: i64 = 30 * 86_400;
/// Links are kept so long after their end (seconds).
const LINKS_KEPT: i64 = 86_400;
const STEP: i64 = 2_000;

/// Forgets what is over at `now` (seconds); texts are kept `text_days` days. Returns how
/// many rows that concerned.
pub async fn prune(store: &Store, now: i64, text_days: i64) -> Result<u64> {
    let mut touched = 0;
    let steps: [(&'static str, i64); 4] = [
        (
            "DELETE FROM deliveries WHERE (bot_id, delivery) IN
               (SELECT bot_id, delivery FROM deliveries WHERE received_at < ?1 LIMIT ?2)",
            now - inbox::DELIVERY_KEPT,
        ),
        (
            "UPDATE inbox SET text = NULL WHERE id IN
               (SELECT id FROM inbox WHERE text IS NOT NULL AND received_at < ?1 AND state = 'done' LIMIT ?2)",
            now - text_days * 86_400,
        ),
        (
            "DELETE FROM web_links WHERE id IN (SELECT id FROM web_links WHERE expires_at < ?1 LIMIT ?2)",
            now - LINKS_KEPT,
        ),
        (
            "DELETE FROM imports WHERE id IN (SELECT id FROM imports WHERE created_at < ?1 LIMIT ?2)",
            now - imports::KEPT,
        ),
    ];
    for (sql, before) in steps {
        loop {
            let mut w = store.write().await?;
            let n = sqlx::query(sql).bind(before).bind(STEP).execute(&mut *w).await?.rows_affected();
            w.commit().await?;
            touched += n;
            if n < STEP.unsigned_abs() {
                break;
            }
        }
    }
    touched += by_id(store, DONE_ROWS, "DELETE FROM inbox WHERE id IN (SELECT value FROM json_each(?))", now).await?;
    touched += by_id(store, SENT_ROWS, "DELETE FROM outbox WHERE id IN (SELECT value FROM json_each(?))", now).await?;
    Ok(touched)
}

const DONE_ROWS: &str = "SELECT id FROM inbox i WHERE id > ?1 AND received_at < ?2 AND state = 'done' AND NOT EXISTS \
     (SELECT 1 FROM posts p WHERE p.bot_id = i.bot_id AND p.chat_id = i.chat_id AND p.message_id = i.message_id) \
     ORDER BY id LIMIT ?3";
const SENT_ROWS: &str = "SELECT id FROM outbox WHERE id > ?1 AND created_at < ?2 AND state IN ('sent', 'dropped') \
     ORDER BY id LIMIT ?3";

async fn by_id(store: &Store, find: &'static str, delete: &'static str, now: i64) -> Result<u64> {
    let (mut after, mut touched) = (0_i64, 0_u64);
    loop {
        let mut r = store.read().await?;
        let ids: Vec<i64> =
            sqlx::query_scalar(find).bind(after).bind(now - ROWS_KEPT).bind(STEP).fetch_all(&mut *r).await?;
        drop(r);
        let Some(last) = ids.last() else { return Ok(touched) };
        after = *last;
        let mut w = store.write().await?;
        touched += sqlx::query(delete).bind(json!(ids).to_string()).execute(&mut *w).await?.rows_affected();
        w.commit().await?;
    }
}
