//! Refusals of the platform and broken connections.

use std::time::{Duration, Instant};

use super::{LAN, MINH, QUAN, enter, office, on_both};
use crate::fake_telegram::FakeTelegram;
use crate::fake_zalo::{FakeZalo, Fault, Habits};
use crate::wire::Wire;

#[tokio::test]
async fn a_used_up_month_parks_the_whole_bot_without_spinning() {
    let fake = FakeZalo::start();
    let wire = office(&fake).await;
    fake.fail("sendMessage", None, Fault::Refused(429, "Quota exceeded"));
    fake.say(LAN, "/mau");
    fake.wait("the refusal", |s| (!s.calls("sendMessage").is_empty()).then_some(())).await;
    for _ in 0..5 {
        fake.say(MINH, "/mau");
        fake.say(LAN, "/mau");
    }
    fake.all_taken().await;
    tokio::time::sleep(Duration::from_millis(1500)).await;
    assert_eq!(fake.calls("sendMessage").len(), 1, "one refusal is enough");
    assert_eq!(wire.one::<i64>("SELECT count(*) FROM outbox WHERE state = 'waiting' AND NOT ambiguous").await, 11);
    wire.stop().await;
}

#[tokio::test]
async fn what_may_have_been_sent_goes_again_and_is_marked() {
    let fake = FakeZalo::start();
    let wire = office(&fake).await;
    fake.fail("sendMessage", Some(LAN), Fault::DropAfter);
    fake.say(LAN, "ht ol 9");
    let first = fake.reply(LAN).await;
    assert_eq!(fake.reply(LAN).await, first);
    // Its 403 is a fault of its own, and so is a 5xx.
    for fault in [Fault::Refused(403, "Internal server error"), Fault::RefusedAs(408, 408, "Request timeout")] {
        fake.fail("sendMessage", Some(MINH), fault);
    }
    fake.say(MINH, "/thieu");
    fake.reply(MINH).await;
    wire.settled_on_zalo(&fake).await;
    wire.stop().await;
    assert_eq!(fake.calls("sendMessage").len(), 5);
}

#[tokio::test]
async fn a_chat_that_is_gone_is_marked_and_holds_up_nobody() {
    let fake = FakeZalo::start();
    let wire = office(&fake).await;
    fake.fail("sendMessage", Some(LAN), Fault::Refused(400, "Bad Request: chat not found"));
    fake.say(LAN, "/mau");
    fake.say(MINH, "/mau");
    fake.reply(MINH).await;
    wire.settled_on_zalo(&fake).await;
    assert_eq!(wire.one::<String>("SELECT state FROM outbox ORDER BY id LIMIT 1").await, "dropped");
    assert_eq!(wire.one::<i64>("SELECT count(*) FROM links WHERE unreachable_since > 0").await, 1);
    wire.stop().await;
}

#[tokio::test]
async fn a_token_that_holds_no_more_stops_the_channel_and_alarms_elsewhere() {
    let fake = FakeZalo::start_with(Habits { hold: Duration::from_millis(100), ..Habits::default() });
    let telegram = FakeTelegram::start();
    let wire = on_both(&fake, &telegram).await;
    enter(&wire).await;
    wire.link(3, 7003).await;
    fake.say(LAN, "/mau");
    fake.reply(LAN).await;
    fake.state().void_token(true);
    let alarm = telegram.reply(7003).await.text;
    assert!(alarm.starts_with("Zalo không nhận mã token"), "{alarm}");
    // Telegram goes on; Zalo is left alone.
    let polls = fake.calls("getUpdates").len();
    telegram.say(7003, "/trogiup");
    telegram.reply(7003).await;
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert_eq!(fake.calls("getUpdates").len(), polls);
    wire.stop().await;
}

#[tokio::test]
async fn messages_of_the_month_are_counted_and_warned_of_once_each() {
    let fake = FakeZalo::start();
    let mut wire = Wire::with_monthly(20).await;
    wire.zalo(&fake).await;
    enter(&wire).await;
    for n in 1..=15 {
        fake.say(LAN, "/mau");
        fake.reply(LAN).await;
        wire.settled_on_zalo(&fake).await;
        assert_eq!(wire.one::<i64>("SELECT sent FROM sent_months").await, n);
    }
    fake.say(LAN, "/mau");
    fake.reply(LAN).await;
    let warning = fake.reply(QUAN).await;
    assert!(warning.starts_with("Bot Zalo “Bot Một cửa” đã gửi 16/20 tin của tháng này (80%)."), "{warning}");
    fake.say(LAN, "/mau");
    fake.reply(LAN).await;
    fake.say(LAN, "/mau");
    fake.reply(LAN).await;
    assert!(fake.reply(QUAN).await.starts_with("Bot Zalo “Bot Một cửa” đã gửi 19/20 tin của tháng này (95%)."));
    // Answers never stop.
    for _ in 0..5 {
        fake.say(LAN, "/mau");
        fake.reply(LAN).await;
    }
    wire.settled_on_zalo(&fake).await;
    assert_eq!(wire.one::<i64>("SELECT sent FROM sent_months").await, 25);
    wire.stop().await;
}

#[tokio::test]
async fn while_the_network_is_down_nothing_is_lost() {
    let fake = FakeZalo::start();
    let wire = office(&fake).await;
    let address = fake.url().strip_prefix("http://").unwrap().to_string();
    fake.say(LAN, "/mau");
    fake.reply(LAN).await;
    drop(fake);
    wire.set_up(
        "INSERT INTO outbox (bot_id, chat_id, private, text, created_at)
         SELECT 1, '00000000000000000a01', 1, 'Nhắc ' || value, 0 FROM json_each('[1,2,3]')",
    )
    .await;
    tokio::time::sleep(Duration::from_millis(1500)).await;
    let fake = FakeZalo::start_on(&address, Habits::default());
    let begun = Instant::now();
    for n in 1..=3 {
        assert_eq!(fake.reply(LAN).await, format!("Nhắc {n}"));
    }
    assert!(begun.elapsed() < Duration::from_secs(10));
    wire.stop().await;
}
