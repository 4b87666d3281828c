//! Refusals of the platform and broken connections.

use std::time::{Duration, Instant};

use super::echo::{Bot, GROUP, LAN, MINH, NO_LIMITS, Office};
use crate::fake_telegram::{FakeTelegram, Fault};

#[tokio::test]
async fn too_many_is_obeyed_for_that_chat_alone() {
    let (office, fake) = (Office::new().await, FakeTelegram::start());
    let bot = Bot::start(&office, &fake).await;
    fake.fail("sendMessage", Some(LAN), Fault::TooMany(2));
    fake.say(LAN, "ht ol 1");
    let begun = Instant::now();
    fake.wait("the refusal", |s| (!s.calls("sendMessage").is_empty()).then_some(())).await;
    fake.say(MINH, "ct ol 1");
    fake.reply(MINH).await;
    assert!(fake.unread().is_empty(), "the chat that was refused waits");
    fake.reply(LAN).await;
    assert!(begun.elapsed() >= Duration::from_secs(2));
    bot.stop().await;
    assert_eq!(office.one::<i64>("SELECT sum(ambiguous) FROM outbox").await, 0);
}

#[tokio::test]
async fn three_chats_refused_together_rest_the_whole_channel() {
    let (office, fake) = (Office::new().await, FakeTelegram::start());
    let bot = Bot::start(&office, &fake).await;
    for chat in [101, 102, 103] {
        fake.fail("sendMessage", Some(chat), Fault::TooMany(2));
        office.nag(bot.id, chat, "Nhắc").await;
    }
    let begun = Instant::now();
    bot.bell.ring();
    fake.wait("three refusals", |s| (s.calls("sendMessage").len() == 3).then_some(())).await;
    tokio::time::sleep(Duration::from_millis(100)).await;
    fake.say(LAN, "ht ol 1");
    fake.reply(LAN).await;
    assert!(begun.elapsed() >= Duration::from_millis(1900), "{:?}", begun.elapsed());
    for chat in [101, 102, 103] {
        fake.reply(chat).await;
    }
    bot.stop().await;
}

#[tokio::test]
async fn a_person_who_blocked_the_bot_is_marked_and_holds_up_nobody() {
    let (office, fake) = (Office::new().await, FakeTelegram::start());
    let bot = Bot::start(&office, &fake).await;
    fake.fail("sendMessage", Some(LAN), Fault::Blocked);
    fake.say(LAN, "ht ol 1");
    fake.say(MINH, "ct ol 1");
    fake.reply(MINH).await;
    bot.stop().await;
    assert_eq!(office.one::<String>("SELECT state FROM outbox WHERE chat_id = '11'").await, "dropped");
    assert_eq!(office.one::<i64>("SELECT count(*) FROM links WHERE unreachable_since > 0").await, 1);
}

#[tokio::test]
async fn a_refused_reply_is_dropped_and_the_next_goes_on() {
    let (office, fake) = (Office::new().await, FakeTelegram::start());
    let bot = Bot::start(&office, &fake).await;
    fake.fail("sendMessage", Some(LAN), Fault::Refused(400, "Bad Request: message text is odd"));
    fake.say(LAN, "ht ol 1");
    fake.say(LAN, "ht ol 2");
    assert_eq!(fake.reply(LAN).await.text, "Đã lưu: ht ol 2");
    bot.stop().await;
    assert_eq!(
        office.one::<String>("SELECT error FROM outbox WHERE state = 'dropped'").await,
        "refused: 400 Bad Request: message text is odd"
    );
}

#[tokio::test]
async fn a_group_that_moves_is_followed() {
    let (office, fake) = (Office::new().await, FakeTelegram::start());
    let bot = Bot::start(&office, &fake).await;
    fake.say_in_group(GROUP, LAN, "/nhap@motcua_bot ht ol 1", None);
    assert_eq!(fake.reply(GROUP).await.text, "Đã lưu: /nhap@motcua_bot ht ol 1");
    // The refusal of a call and the service messages may come in either order.
    fake.state().moved(GROUP, -2002);
    fake.say_in_group(GROUP, LAN, "/nhap ht ol 2", None);
    assert_eq!(fake.reply(-2002).await.text, "Đã lưu: /nhap ht ol 2");
    fake.migrate(GROUP, -2002);
    fake.all_acknowledged().await;
    bot.stop().await;
}

#[tokio::test]
async fn an_answer_that_got_lost_sends_again_and_is_marked() {
    let (office, fake) = (Office::new().await, FakeTelegram::start());
    let bot = Bot::start(&office, &fake).await;
    fake.fail("sendMessage", Some(LAN), Fault::DropAfter);
    fake.fail("sendMessage", Some(MINH), Fault::DropBefore);
    fake.say(LAN, "ht ol 1");
    fake.say(MINH, "ct ol 1");
    fake.reply(LAN).await;
    assert_eq!(fake.reply(LAN).await.text, "Đã lưu: ht ol 1");
    fake.reply(MINH).await;
    bot.stop().await;
    assert_eq!(office.one::<i64>("SELECT count(*) FROM outbox WHERE state = 'sent' AND ambiguous").await, 2);
}

#[tokio::test]
async fn faults_of_the_platform_are_outlived() {
    let (office, fake) = (Office::new().await, FakeTelegram::start());
    fake.fail("getUpdates", None, Fault::Broken(502));
    fake.fail("getUpdates", None, Fault::DropBefore);
    fake.fail("sendMessage", None, Fault::Broken(500));
    let bot = Bot::start(&office, &fake).await;
    fake.say(LAN, "ht ol 1");
    assert_eq!(fake.reply(LAN).await.text, "Đã lưu: ht ol 1");
    bot.stop().await;
}

#[tokio::test]
async fn a_second_poller_is_told_and_we_go_on() {
    let (office, fake) = (Office::new().await, FakeTelegram::start());
    let bot = Bot::start(&office, &fake).await;
    fake.wait("our poll", |s| (!s.calls("getUpdates").is_empty()).then_some(())).await;
    let other = format!("{}/bot{}/getupdates?timeout=0", fake.url(), crate::fake_telegram::TOKEN);
    let answer = reqwest::get(other).await.unwrap().text().await.unwrap();
    assert_eq!(answer, r#"{"ok":true,"result":[]}"#);
    fake.say(LAN, "ht ol 1");
    fake.reply(LAN).await;
    bot.stop().await;
}

#[tokio::test]
async fn while_the_network_is_down_nothing_is_lost() {
    let office = Office::new().await;
    let fake = FakeTelegram::start();
    let address = fake.url().strip_prefix("http://").unwrap().to_string();
    let bot = Bot::start_with(&office, fake.url(), NO_LIMITS).await;
    drop(fake);
    for n in 0..5 {
        office.nag(bot.id, LAN, &format!("Nhắc {n}")).await;
    }
    bot.bell.ring();
    tokio::time::sleep(Duration::from_millis(500)).await;
    let fake = FakeTelegram::start_on(&address);
    for n in 0..5 {
        assert_eq!(fake.reply(LAN).await.text, format!("Nhắc {n}"));
    }
    fake.say(LAN, "ht ol 1");
    fake.reply(LAN).await;
    assert!(bot.stop().await < Duration::from_secs(4));
}
