//! Webhooks: the same bot, its updates brought instead of fetched.

use motcua::channel::http::webhooks::secret_of;
use reqwest::Client;
use secrecy::ExposeSecret;
use serde_json::{Value, json};
use sqlx::Connection as _;

use super::{SECRET, Web};
use crate::fake_telegram::{BOT_ID, FakeTelegram};
use crate::wire::Wire;

const OFFICE: &str = "INSERT INTO units (id, code, name) VALUES (1, 'KTD', 'UBND xã Khúc Thừa Dụ');
    INSERT INTO officials (id, name, current_unit_id) VALUES (1, 'Nguyễn Thị Lan', 1);
    INSERT INTO memberships (id, official_id, unit_id, role, since) VALUES (1, 1, 1, 'officer', 0);
    INSERT INTO member_fields (membership_id, field_id, since) SELECT 1, id, 0 FROM fields WHERE code = 'HT';";

/// Telegram's side of a webhook.
struct Platform {
    client: Client,
    url: String,
    secret: String,
}

impl Platform {
    /// Waits until the program has told where to bring updates.
    async fn told(fake: &FakeTelegram) -> Platform {
        fake.wait("setWebhook", |s| (!s.calls("setWebhook").is_empty()).then_some(())).await;
        let call = fake.calls("setWebhook").remove(0).params;
        assert_eq!(call["max_connections"], 1);
        assert_eq!(call["allowed_updates"], json!(["message", "edited_message", "callback_query", "my_chat_member"]));
        let text = |name: &str| call[name].as_str().unwrap().to_string();
        Platform { client: Client::new(), url: text("url"), secret: text("secret_token") }
    }

    async fn bring(&self, update: &Value) -> u16 {
        self.bring_with(&self.secret, update.to_string()).await
    }

    async fn bring_with(&self, secret: &str, body: String) -> u16 {
        let request = self.client.post(&self.url).header("X-Telegram-Bot-Api-Secret-Token", secret).body(body);
        request.send().await.unwrap().status().as_u16()
    }
}

fn says(update: i64, user: i64, text: &str) -> Value {
    let date = chrono_now();
    let (from, chat) = (json!({"id": user, "is_bot": false}), json!({"id": user, "type": "private"}));
    json!({"update_id": update, "message":
        {"message_id": update, "date": date, "from": from, "chat": chat, "text": text}})
}

fn chrono_now() -> i64 {
    motcua::clock::Clock::now(&motcua::clock::SystemClock).timestamp()
}

async fn bot(fake: &FakeTelegram, web: &Web) -> Wire {
    let wire = Wire::hooked(fake, Some(web.hooks())).await;
    wire.set_up(OFFICE).await;
    wire.link(1, 11).await;
    wire
}

#[tokio::test]
async fn a_post_brought_by_webhook_is_answered_once_however_often_it_comes() {
    let (fake, web) = (FakeTelegram::start(), Web::new().await);
    let wire = bot(&fake, &web).await;
    let telegram = Platform::told(&fake).await;
    assert!(telegram.url.ends_with(&format!("/webhook/telegram/{BOT_ID}")), "{}", telegram.url);
    let expected = secret_of(&SECRET.to_string().into(), "telegram", &BOT_ID.to_string());
    assert_eq!(telegram.secret, expected.expose_secret());
    for _ in 0..3 {
        assert_eq!(telegram.bring(&says(1, 11, "ht ol 9")).await, 200);
    }
    assert!(fake.reply(11).await.text.contains('9'));
    wire.settled(&fake).await;
    fake.assert_all_read();
    assert!(fake.calls("getUpdates").is_empty());
    fake.wait("a look at the webhook", |s| (!s.calls("getWebhookInfo").is_empty()).then_some(())).await;
    assert_eq!(fake.calls("setWebhook").len(), 1);
    wire.stop().await;
    web.stop().await;
}

#[tokio::test]
async fn only_who_knows_the_secret_is_heard() {
    let (fake, web) = (FakeTelegram::start(), Web::new().await);
    let wire = bot(&fake, &web).await;
    let telegram = Platform::told(&fake).await;
    let post = says(1, 11, "ht ol 9").to_string();
    let other = secret_of(&SECRET.to_string().into(), "zalo", &BOT_ID.to_string());
    for secret in ["", "x", SECRET, other.expose_secret(), &telegram.secret[1..], &telegram.secret.to_uppercase()] {
        assert_eq!(telegram.bring_with(secret, post.clone()).await, 403, "{secret}");
    }
    let elsewhere = [format!("{}0", telegram.url), telegram.url.replace("telegram", "zalo"), web.url("/webhook/x/")];
    for url in &elsewhere[..2] {
        let request = Client::new().post(url).header("X-Telegram-Bot-Api-Secret-Token", &telegram.secret);
        assert_eq!(request.body(post.clone()).send().await.unwrap().status(), 403, "{url}");
    }
    assert_eq!(Client::new().post(&elsewhere[2]).body(post).send().await.unwrap().status(), 404);
    let mut r = wire.store.read().await.unwrap();
    let stored: i64 = sqlx::query_scalar("SELECT count(*) FROM inbox").fetch_one(&mut *r).await.unwrap();
    assert_eq!(stored, 0);
    drop(r);
    wire.stop().await;
}

#[tokio::test]
async fn probes_and_things_unknown_are_taken_and_passed_over() {
    let (fake, web) = (FakeTelegram::start(), Web::new().await);
    let wire = bot(&fake, &web).await;
    let telegram = Platform::told(&fake).await;
    assert_eq!(telegram.bring_with(&telegram.secret, String::new()).await, 200);
    assert_eq!(telegram.bring_with("", String::new()).await, 200);
    assert_eq!(telegram.bring_with(&telegram.secret, "no json".into()).await, 200);
    assert_eq!(telegram.bring(&json!({"update_id": 5, "something_new": {"of": "tomorrow"}})).await, 200);
    assert_eq!(telegram.bring(&json!([1, 2])).await, 200);
    let mut r = wire.store.read().await.unwrap();
    let kinds: Vec<(String, String)> =
        sqlx::query_as("SELECT kind, state FROM inbox").fetch_all(&mut *r).await.unwrap();
    assert_eq!(kinds, [("other".to_string(), "done".to_string())]);
    drop(r);
    wire.stop().await;
}

#[tokio::test]
async fn what_cannot_be_stored_is_refused_and_told_once() {
    let (fake, web) = (FakeTelegram::start(), Web::new().await);
    let wire = bot(&fake, &web).await;
    let telegram = Platform::told(&fake).await;
    // Full: whoever writes needs a page that the file may not have.
    let pages = async |most: &'static str| {
        let mut w = wire.store.write().await.unwrap();
        sqlx::raw_sql(most).execute(&mut *w).await.unwrap();
        drop(w);
    };
    pages("PRAGMA max_page_count = 1").await;
    let long = format!("ht ol 9 {}", "x".repeat(20_000));
    assert_eq!(telegram.bring(&says(1, 11, &long)).await, 503);
    assert_eq!(telegram.bring(&says(1, 11, &long)).await, 503);
    let told = fake.reply(11).await.text;
    assert_eq!(told, "Máy chủ tạm chưa ghi được. Tin của anh/chị vẫn trong hàng chờ, không cần gửi lại.");
    pages("PRAGMA max_page_count = 1073741823").await;
    assert_eq!(telegram.bring(&says(1, 11, "ht ol 9")).await, 200);
    assert!(fake.reply(11).await.text.contains('9'));
    wire.settled(&fake).await;
    fake.assert_all_read();
    wire.stop().await;
}

#[tokio::test]
async fn a_database_that_another_program_holds_is_told_in_good_time() {
    let (fake, web) = (FakeTelegram::start(), Web::new().await);
    let wire = bot(&fake, &web).await;
    let telegram = Platform::told(&fake).await;
    assert_eq!(telegram.bring(&says(1, 11, "ht ol 8")).await, 200);
    fake.reply(11).await;
    let mut other =
        sqlx::SqliteConnection::connect(&format!("sqlite://{}", wire.store.path().display())).await.unwrap();
    sqlx::raw_sql("BEGIN IMMEDIATE").execute(&mut other).await.unwrap();
    // Whoever writes waits for it, one after the other; a platform waits ten seconds.
    let others: Vec<_> = (0..5).map(|_| tokio::spawn(held(wire.store.clone()))).collect();
    tokio::task::yield_now().await;
    let begun = std::time::Instant::now();
    assert_eq!(telegram.bring(&says(2, 11, "ht ol 9")).await, 503);
    assert!(begun.elapsed() < std::time::Duration::from_secs(9), "{:?}", begun.elapsed());
    let told = fake.reply(11).await.text;
    assert_eq!(told, "Máy chủ tạm chưa ghi được. Tin của anh/chị vẫn trong hàng chờ, không cần gửi lại.");
    for one in others {
        assert!(one.await.unwrap());
    }
    drop(other);
    while telegram.bring(&says(2, 11, "ht ol 9")).await != 200 {}
    assert!(fake.reply(11).await.text.contains('9'));
    wire.settled(&fake).await;
    wire.stop().await;
    web.stop().await;
}

/// Whether a write finds the database held by another program.
async fn held(store: motcua::store::Store) -> bool {
    store.write().await.is_err_and(|e| e.is_outage())
}

#[tokio::test]
async fn a_bot_that_polls_takes_an_earlier_webhook_away() {
    let fake = FakeTelegram::start();
    let wire = Wire::new(&fake).await;
    fake.wait("a poll", |s| (!s.calls("getUpdates").is_empty()).then_some(())).await;
    assert_eq!(fake.calls("deleteWebhook").len(), 1);
    assert!(fake.calls("setWebhook").is_empty());
    wire.stop().await;
}
