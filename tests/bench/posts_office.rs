//! The office that the load comes from, and a client that stores nothing.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use motcua::store::Store;
use serde_json::{Value, json};
use tokio::runtime::Runtime;
use tokio::task::JoinSet;

/// Officials of one unit.
const UNIT_SIZE: usize = 10;

/// What officials write: two fields in turn, over the last days.
pub fn texts() -> Vec<String> {
    let figures = ["ol 9 tr 3 th 8 dh 2", "ol 12 tr 1 bc 2 th 10 dh 4 qh 1", "tr 40 dh 38", "ol 1 th 1"];
    let fields = ["ht", "ct"];
    (0..8).map(|n| format!("{} {}", fields[n % 2], figures[n / 2])).collect()
}

/// A database with officials who write from the chats of the load.
pub struct Office {
    folder: tempfile::TempDir,
    runtime: Runtime,
}

impl Office {
    pub fn new(first_chat: i64, chats: usize) -> Office {
        let office = Office { folder: tempfile::tempdir().unwrap(), runtime: Runtime::new().unwrap() };
        office.runtime.block_on(office.fill(first_chat, chats)).unwrap();
        office
    }

    pub fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }

    pub fn url(&self) -> String {
        format!("sqlite://{}", self.folder.path().join("office.db").display())
    }

    async fn fill(&self, first_chat: i64, chats: usize) -> motcua::store::Result<()> {
        let store = Store::open(&self.url()).await?;
        let mut w = store.write().await?;
        let fields: Vec<i64> =
            sqlx::query_scalar("SELECT id FROM fields WHERE code IN ('HT', 'CT')").fetch_all(&mut *w).await?;
        for n in 0..chats as i64 {
            let (id, unit) = (n + 1, n / UNIT_SIZE as i64 + 1);
            if n % UNIT_SIZE as i64 == 0 {
                let unit_sql = "INSERT INTO units (id, code, name) VALUES (?1, 'XA' || ?1, 'UBND xã ' || ?1)";
                sqlx::query(unit_sql).bind(unit).execute(&mut *w).await?;
            }
            for sql in [
                "INSERT INTO officials (id, name, current_unit_id) VALUES (?1, 'Cán bộ ' || ?1, ?2)",
                "INSERT INTO memberships (id, official_id, unit_id, role, since) VALUES (?1, ?1, ?2, 'officer', 0)",
            ] {
                sqlx::query(sql).bind(id).bind(unit).execute(&mut *w).await?;
            }
            let link = "INSERT INTO links (official_id, channel, platform_user, chat_id, greeted)
                        VALUES (?1, 'telegram', ?2, ?2, 1)";
            sqlx::query(link).bind(id).bind((first_chat + n).to_string()).execute(&mut *w).await?;
            for field in &fields {
                let held = "INSERT INTO member_fields (membership_id, field_id, since) VALUES (?, ?, 0)";
                sqlx::query(held).bind(id).bind(field).execute(&mut *w).await?;
            }
        }
        // The program lives by the machine's clock: on a day off nobody is reminded beside.
        let off = "INSERT OR REPLACE INTO holidays (day, kind)
                   SELECT unixepoch() / 86400 + value, 'off' FROM json_each('[0, 1, 2]')";
        sqlx::query(off).execute(&mut *w).await?;
        motcua::store::directory::touch(&mut w).await?;
        w.commit().await?;
        store.close().await;
        Ok(())
    }

    /// Every post is in effect and every reply has left, once.
    pub fn check(&self, posts: usize) {
        let counted = self.runtime.block_on(async {
            let store = Store::open(&self.url()).await?;
            let mut r = store.read().await?;
            let counted: (i64, i64, i64) = sqlx::query_as(
                "SELECT (SELECT count(*) FROM posts), (SELECT count(*) FROM inbox WHERE state = 'done'),
                        (SELECT count(*) FROM outbox WHERE state = 'sent' AND NOT ambiguous)",
            )
            .fetch_one(&mut *r)
            .await?;
            motcua::store::Result::Ok(counted)
        });
        let posts = posts as i64;
        assert_eq!(counted.unwrap(), (posts, posts, posts), "posts, handled, sent");
    }
}

/// Polls and answers like a bot that stores nothing, until told to stop.
pub fn echo_all(base: &str, stop: &AtomicBool) {
    let runtime = Runtime::new().unwrap();
    runtime.block_on(async {
        let client = reqwest::Client::builder().tcp_nodelay(true).build().unwrap();
        let base: Arc<str> = base.into();
        let (mut offset, mut calls) = (0, JoinSet::new());
        while !stop.load(Ordering::Relaxed) {
            let poll = json!({"offset": offset, "timeout": 5});
            let answer = client.post(format!("{base}/getUpdates")).json(&poll).send().await.unwrap();
            let updates: Value = answer.json().await.unwrap();
            for update in updates["result"].as_array().unwrap() {
                offset = update["update_id"].as_i64().unwrap() + 1;
                let reply = json!({"chat_id": update["message"]["chat"]["id"], "text": "Đã lưu"});
                let (client, base) = (client.clone(), base.clone());
                calls.spawn(async move {
                    let sent = client.post(format!("{base}/sendMessage")).json(&reply).send().await.unwrap();
                    sent.bytes().await.unwrap();
                });
            }
            while calls.len() > 64 {
                calls.join_next().await.unwrap().unwrap();
            }
        }
        while calls.join_next().await.is_some() {}
    });
}
