//! Never lost, never twice: acknowledging, redelivery, restarts, outages.

use std::time::Duration;

use super::echo::{Bot, LAN, MINH, NO_LIMITS, Office, STRANGER};
use crate::fake_telegram::{FakeTelegram, Fault};

#[tokio::test]
async fn a_message_is_acknowledged_only_after_it_is_stored() {
    let (office, fake) = (Office::new().await, FakeTelegram::start());
    let bot = Bot::start(&office, &fake).await;
    let writing = office.store.write().await.unwrap();
    fake.say(LAN, "ht ol 9");
    fake.wait("a poll", |s| (!s.calls("getUpdates").is_empty()).then_some(())).await;
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert_eq!(fake.state().pending(), 1, "acknowledged before it was stored");
    drop(writing);
    assert_eq!(fake.reply(LAN).await.text, "Đã lưu: ht ol 9");
    fake.all_acknowledged().await;
    let first = &fake.calls("getUpdates")[0].params;
    assert!(!first.contains_key("offset"), "the first call carries no offset: {first:?}");
    bot.stop().await;
}

#[tokio::test]
async fn what_is_handed_over_again_changes_nothing() {
    let (office, fake) = (Office::new().await, FakeTelegram::start());
    let bot = Bot::start(&office, &fake).await;
    fake.say(LAN, "ht ol 9");
    fake.say(MINH, "ct ol 1");
    fake.reply(LAN).await;
    fake.reply(MINH).await;
    fake.all_acknowledged().await;
    assert!(bot.stop().await < Duration::from_secs(4));

    fake.redeliver_all();
    let bot = Bot::start(&office, &fake).await;
    fake.all_acknowledged().await;
    fake.say(LAN, "ht ol 10");
    assert_eq!(fake.reply(LAN).await.text, "Đã lưu: ht ol 10");
    assert_eq!(office.one::<i64>("SELECT count(*) FROM inbox").await, 3);
    bot.stop().await;
}

#[tokio::test]
async fn a_whole_backlog_is_answered_in_the_order_of_each_chat() {
    let (office, fake) = (Office::new().await, FakeTelegram::start());
    for n in 0..150 {
        fake.say(LAN, &format!("ht ol {n}"));
        fake.say(MINH, &format!("ct ol {n}"));
    }
    let bot = Bot::start(&office, &fake).await;
    for n in 0..150 {
        assert_eq!(fake.reply(LAN).await.text, format!("Đã lưu: ht ol {n}"));
        assert_eq!(fake.reply(MINH).await.text, format!("Đã lưu: ct ol {n}"));
    }
    fake.all_acknowledged().await;
    bot.stop().await;
}

#[tokio::test]
async fn update_ids_may_start_again_lower() {
    let (office, fake) = (Office::new().await, FakeTelegram::start());
    let bot = Bot::start(&office, &fake).await;
    fake.wait("the first poll", |s| (!s.calls("getUpdates").is_empty()).then_some(())).await;
    // Telegram restarts its ids only after a quiet week: polls were empty before.
    fake.fail("getUpdates", None, Fault::Empty);
    fake.say(LAN, "ht ol 1");
    fake.reply(LAN).await;
    fake.all_acknowledged().await;
    fake.restart_ids_at(5);
    fake.say(LAN, "ht ol 2");
    assert_eq!(fake.reply(LAN).await.text, "Đã lưu: ht ol 2");
    bot.stop().await;
}

#[tokio::test]
async fn a_crash_between_sending_and_writing_it_down_repeats_the_reply_and_marks_it() {
    let (office, fake) = (Office::new().await, FakeTelegram::start());
    let bot = Bot::start(&office, &fake).await;
    // The platform has it, we never learn of it.
    fake.fail("sendMessage", Some(LAN), Fault::Slow(Duration::from_millis(300)));
    fake.say(LAN, "ht ol 9");
    fake.wait("the call", |s| (!s.calls("sendMessage").is_empty()).then_some(())).await;
    bot.crash().await;
    assert_eq!(office.one::<String>("SELECT state FROM outbox").await, "sending");
    let bot = Bot::start(&office, &fake).await;
    assert_eq!(fake.reply(LAN).await.text, "Đã lưu: ht ol 9");
    bot.stop().await;
    let state: String = office.one("SELECT state || ambiguous FROM outbox").await;
    assert_eq!(state, "sent1");
    // The server may have finished the first call as well: at most that one repeat.
    assert!(fake.state().take_all(LAN).len() <= 1);
    assert_eq!(office.one::<i64>("SELECT count(*) FROM inbox").await, 1);
}

#[tokio::test]
async fn an_orderly_stop_in_the_middle_leaves_nothing_ambiguous_that_did_not_leave() {
    let (office, fake) = (Office::new().await, FakeTelegram::start());
    for n in 0..300 {
        fake.say(1000 + n, "x"); // strangers: kept without their text, not answered
        fake.say(LAN, &format!("ht ol {n}"));
    }
    let bot = Bot::start(&office, &fake).await;
    fake.reply(LAN).await;
    assert!(bot.stop().await < Duration::from_secs(9));
    assert_eq!(office.one::<i64>("SELECT count(*) FROM outbox WHERE state = 'sending' OR ambiguous").await, 0);
    let bot = Bot::start(&office, &fake).await;
    for n in 1..300 {
        assert_eq!(fake.reply(LAN).await.text, format!("Đã lưu: ht ol {n}"));
    }
    bot.stop().await;
}

#[tokio::test]
async fn a_full_disk_acknowledges_nothing_tells_the_sender_once_and_heals() {
    let (office, fake) = (Office::new().await, FakeTelegram::start());
    let bot = Bot::start(&office, &fake).await;
    fake.say(LAN, "ht ol 1");
    fake.reply(LAN).await;
    fake.all_acknowledged().await;
    set_room(&office, 1).await;
    let long = format!("ht ol 2 {}", "ghi chú ".repeat(450));
    fake.say(LAN, &long);
    fake.say(STRANGER, &long);
    let told = "Máy chủ tạm chưa ghi được. Tin của anh/chị vẫn trong hàng chờ, không cần gửi lại.";
    assert_eq!(fake.reply(LAN).await.text, told);
    fake.wait("a second try", |s| (s.calls("getUpdates").len() >= 4).then_some(())).await;
    assert_eq!(fake.state().pending(), 2);
    set_room(&office, 1_000_000).await;
    assert!(fake.reply(LAN).await.text.starts_with("Đã lưu: ht ol 2"));
    fake.all_acknowledged().await;
    bot.stop().await;
}

/// How many more pages the database may take.
async fn set_room(office: &Office, pages: i64) {
    let mut w = office.store.write().await.unwrap();
    let now: i64 = sqlx::query_scalar("PRAGMA page_count").fetch_one(&mut *w).await.unwrap();
    let most = if pages == 1 { now } else { now + pages };
    let pragma = sqlx::AssertSqlSafe(format!("PRAGMA max_page_count = {most}"));
    sqlx::query(pragma).execute(&mut *w).await.unwrap();
}

#[tokio::test]
async fn a_stranger_leaves_no_text_and_a_code_opens_the_door_for_what_follows() {
    let (office, fake) = (Office::new().await, FakeTelegram::start());
    fake.say(STRANGER, "số của tôi 0912345678");
    fake.say(98, "/start B7KMPQ29");
    fake.say(98, "ht ol 9");
    fake.say_in_group(-1001, STRANGER, "xin chào", None);
    let bot = Bot::start_with(&office, fake.url(), NO_LIMITS).await;
    for _ in 0..2 {
        fake.reply(98).await;
    }
    fake.all_acknowledged().await;
    assert_eq!(office.one::<i64>("SELECT count(*) FROM inbox WHERE text IS NULL").await, 2);
    bot.stop().await;
}
