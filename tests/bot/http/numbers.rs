//! `/healthz` and `/metrics`: numbers, and nothing but numbers.

use serde_json::json;

use super::Web;

#[tokio::test]
async fn health_tells_what_waits_and_since_when() {
    let web = Web::new().await;
    let health = async || {
        let answer = reqwest::get(web.url("/healthz")).await.unwrap();
        (answer.status().as_u16(), answer.text().await.unwrap())
    };
    assert_eq!(health().await, (200, json!({"inbox": 0, "outbox": 0, "oldest_s": 0}).to_string()));
    let now = motcua::clock::Clock::now(&*web.clock).timestamp();
    let mut w = web.store.write().await.unwrap();
    sqlx::query("INSERT INTO bots (id, channel, platform_id) VALUES (1, 'telegram', '7')")
        .execute(&mut *w)
        .await
        .unwrap();
    for (chat, age) in [("11", 40), ("12", 70)] {
        sqlx::query("INSERT INTO outbox (bot_id, chat_id, private, text, created_at) VALUES (1, ?, 1, 'chào', ?)")
            .bind(chat)
            .bind(now - age)
            .execute(&mut *w)
            .await
            .unwrap();
    }
    w.commit().await.unwrap();
    assert_eq!(health().await, (200, json!({"inbox": 0, "outbox": 2, "oldest_s": 70}).to_string()));
    let metrics = reqwest::get(web.url("/metrics")).await.unwrap();
    assert!(metrics.headers()["content-type"].to_str().unwrap().starts_with("text/plain; version=0.0.4"));
    let text = metrics.text().await.unwrap();
    assert!(!text.contains("chào"));
    web.store.close().await;
    assert_eq!(health().await.0, 503);
}

#[tokio::test]
async fn the_numbers_are_those_that_prometheus_wants() {
    let web = Web::new().await;
    let before = number(&metrics(&web).await, "motcua_posts_total");
    motcua::telemetry::posts(3);
    motcua::telemetry::nags(2);
    let mut w = web.store.write().await.unwrap();
    sqlx::raw_sql(
        "INSERT INTO bots (id, channel, platform_id, username)
             VALUES (901, 'zalo', 'y', 'Bot Một cửa'), (902, 'zalo', 'z', 'Bot Một cửa');
         INSERT INTO sent_months (bot_id, month, sent) VALUES (902, 2026 * 12 + 10, 2400)",
    )
    .execute(&mut *w)
    .await
    .unwrap();
    w.commit().await.unwrap();
    motcua::telemetry::arrived(-1, "x");
    motcua::telemetry::replied(-1, "x");
    let text = metrics(&web).await;
    assert!(number(&text, "motcua_posts_total") >= before + 3.0, "{text}");
    for (bot, sent) in [(901, 0.0), (902, 2400.0)] {
        let of_bot = |what: &str| format!("motcua_zalo_month_{what}{{bot=\"{bot}\",name=\"Bot Một cửa\"}}");
        assert_eq!(number(&text, &of_bot("messages")), sent, "{text}");
        assert!(text.contains(&of_bot("budget")), "{text}");
    }
    assert!(number(&text, "motcua_reply_seconds_count") >= 1.0, "{text}");
    for name in ["motcua_outbox", "motcua_inbox", "motcua_outbox_oldest_seconds", "motcua_nags_total"] {
        assert!(text.contains(&format!("\n{name} ")), "{name}: {text}");
    }
    assert!(text.contains("# TYPE motcua_reply_seconds histogram"), "{text}");
}

async fn metrics(web: &Web) -> String {
    reqwest::get(web.url("/metrics")).await.unwrap().text().await.unwrap()
}

/// The value of a number in the text.
fn number(text: &str, name: &str) -> f64 {
    let value = text.lines().filter_map(|l| l.rsplit_once(' ')).find(|(of, _)| *of == name);
    value.and_then(|(_, v)| v.parse().ok()).unwrap_or(0.0)
}
