//! Webhooks: events brought instead of fetched, in both shapes, more than once, at bad times.

use std::net::SocketAddr;

use motcua::channel::http::webhooks::{Hooks, secret_of};
use reqwest::Client;
use secrecy::ExposeSecret;
use serde_json::{Value, json};

use super::{LAN, QUAN, enter, set_room, three_each};
use crate::fake_telegram::FakeTelegram;
use crate::fake_zalo::{BOT_ID, FakeZalo, Fault, Habits, Shape, TOKEN, now, text_event};
use crate::http::{SECRET, Web};
use crate::wire::Wire;

/// Where the platform believes us to be; a proxy leads it to the loopback.
const PUBLIC: &str = "https://motcua.xa.gov.vn";

fn hooks(web: &Web) -> Hooks {
    Hooks { doors: web.doors.clone(), public_url: PUBLIC.into(), secret: SECRET.to_string().into() }
}

/// The bot at work, with a platform that brings events in one shape.
async fn brought(habits: Habits) -> (FakeZalo, Web, Wire) {
    let web = Web::new().await;
    let leads_to: SocketAddr = web.address.parse().unwrap();
    let fake = FakeZalo::start_with(Habits { leads_to: Some(leads_to), ..habits });
    let mut wire = Wire::open().await;
    wire.zalo_by(&fake, Some(hooks(&web))).await;
    enter(&wire).await;
    (fake, web, wire)
}

#[tokio::test]
async fn events_brought_in_any_shape_count_once_however_often_they_come() {
    for shape in [Shape::Wrapped, Shape::Flat, Shape::List] {
        let (fake, web, wire) = brought(Habits { shape, for_ever: true, ..Habits::default() }).await;
        three_each(&fake, &wire).await;
        assert_eq!(wire.one::<i64>("SELECT count(*) FROM posts").await, 3, "{shape:?}");
        assert_eq!(wire.one::<i64>("SELECT count(*) FROM inbox").await, 6);
        let set = fake.calls("setWebhook");
        let [set] = &set[..] else { panic!("{set:?}") };
        assert_eq!(set.params["url"], format!("{PUBLIC}/webhook/zalo/{BOT_ID}"));
        let secret = secret_of(&SECRET.to_string().into(), "zalo", BOT_ID);
        assert_eq!(set.params["secret_token"], secret.expose_secret());
        assert!(!set.params["url"].to_string().contains(TOKEN));
        assert!(fake.calls("getUpdates").is_empty());
        wire.stop().await;
        web.stop().await;
    }
}

/// The platform without its patience: what is refused is not brought again.
struct Impatient {
    client: Client,
    url: String,
}

impl Impatient {
    fn of(web: &Web) -> Impatient {
        Impatient { client: Client::new(), url: web.url(&format!("/webhook/zalo/{BOT_ID}")) }
    }

    async fn bring(&self, secret: &str, body: String) -> u16 {
        let request = self.client.post(&self.url).header("X-Bot-Api-Secret-Token", secret).body(body);
        request.send().await.unwrap().status().as_u16()
    }

    async fn bring_event(&self, event: &Value) -> u16 {
        let secret = secret_of(&SECRET.to_string().into(), "zalo", BOT_ID);
        self.bring(secret.expose_secret(), event.to_string()).await
    }
}

fn says(user: &str, id: &str, text: &str) -> Value {
    text_event(id, (user, user), text, now())
}

#[tokio::test]
async fn only_who_knows_the_secret_is_heard_and_probes_are_welcome() {
    let (fake, web, wire) = brought(Habits::default()).await;
    let zalo = Impatient::of(&web);
    let telegrams = secret_of(&SECRET.to_string().into(), "telegram", BOT_ID);
    for secret in ["", SECRET, telegrams.expose_secret()] {
        assert_eq!(zalo.bring(secret, says(LAN, "1", "ht ol 9").to_string()).await, 403, "{secret}");
    }
    for probe in ["", " ", "no json"] {
        let secret = secret_of(&SECRET.to_string().into(), "zalo", BOT_ID);
        assert_eq!(zalo.bring(secret.expose_secret(), probe.into()).await, 200, "{probe}");
    }
    assert_eq!(zalo.bring("", String::new()).await, 200);
    assert_eq!(zalo.bring_event(&json!({"event_name": "user.something.new", "of": "tomorrow"})).await, 200);
    assert_eq!(zalo.bring_event(&json!({"ok": true})).await, 200);
    assert_eq!(wire.one::<i64>("SELECT count(*) FROM inbox WHERE kind <> 'other'").await, 0);
    assert_eq!(zalo.bring_event(&says(LAN, "1", "ht ol 9")).await, 200);
    assert!(fake.reply(LAN).await.contains('9'));
    wire.stop().await;
    web.stop().await;
}

#[tokio::test]
async fn what_cannot_be_stored_is_refused_and_held() {
    let (fake, web, wire) = brought(Habits::default()).await;
    let zalo = Impatient::of(&web);
    set_room(&wire, 0).await;
    let long = |figure: i64| format!("ht ol {figure}\n{}", "ghi chú ".repeat(450));
    assert_eq!(zalo.bring_event(&says(LAN, "a1", &long(9))).await, 503);
    let told = fake.reply(LAN).await;
    assert_eq!(told, "Máy chủ tạm chưa ghi được. Tin của anh/chị vẫn trong hàng chờ, không cần gửi lại.");
    // Once an outage, and the same event is not held twice.
    assert_eq!(zalo.bring_event(&says(LAN, "a1", &long(9))).await, 503);
    assert_eq!(zalo.bring_event(&says(LAN, "a2", &long(10))).await, 503);
    set_room(&wire, 1_000_000).await;
    // Nothing is brought again, and nothing is lost.
    for figure in ["trực tuyến 9", "trực tuyến 10"] {
        let echo = fake.reply(LAN).await;
        assert!(echo.contains(figure), "{echo}");
    }
    assert_eq!(zalo.bring_event(&says(LAN, "a2", &long(10))).await, 200);
    wire.answered().await;
    assert_eq!(wire.one::<i64>("SELECT count(*) FROM posts").await, 2);
    wire.stop().await;
    web.stop().await;
}

#[tokio::test]
async fn a_webhook_that_somebody_took_away_is_set_again() {
    let (fake, web, wire) = brought(Habits::default()).await;
    fake.wait("the webhook", |s| s.webhook()).await;
    fake.state().set_webhook(None, "");
    fake.wait("the webhook again", |s| s.webhook()).await;
    fake.state().set_webhook(Some("https://elsewhere.vn/bot".into()), "another secret");
    fake.wait("ours again", |s| s.webhook().filter(|url| url.starts_with(PUBLIC))).await;
    fake.say(LAN, "/mau");
    fake.reply(LAN).await;
    wire.stop().await;
    web.stop().await;
}

#[tokio::test]
async fn a_webhook_that_is_refused_is_tried_again() {
    let web = Web::new().await;
    let leads_to = Some(web.address.parse().unwrap());
    let fake = FakeZalo::start_with(Habits { leads_to, ..Habits::default() });
    fake.fail("setWebhook", None, Fault::Broken(502));
    let mut wire = Wire::open().await;
    wire.zalo_by(&fake, Some(hooks(&web))).await;
    enter(&wire).await;
    fake.say(LAN, "/mau");
    fake.reply(LAN).await;
    assert_eq!(fake.calls("setWebhook").len(), 2);
    wire.stop().await;
    web.stop().await;
}

#[tokio::test]
async fn a_token_that_holds_no_more_alarms_elsewhere() {
    let (fake, web, mut wire) = brought(Habits::default()).await;
    let telegram = FakeTelegram::start();
    wire.telegram(&telegram).await;
    wire.link(3, 7003).await;
    fake.say(QUAN, "/mau");
    fake.reply(QUAN).await;
    telegram.say(7003, "/mau");
    telegram.reply(7003).await;
    fake.state().void_token(true);
    let alarm = telegram.reply(7003).await.text;
    assert!(alarm.starts_with("Zalo không nhận mã token"), "{alarm}");
    wire.stop().await;
    web.stop().await;
}
