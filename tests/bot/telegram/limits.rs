//! Messages leave no faster than the platform allows, and answers before nags.

use std::time::{Duration, Instant};

use motcua::channel::rate::Limits;

use super::echo::{Bot, LAN, Office, drain};
use crate::fake_telegram::{FakeTelegram, Fault};

const SECOND: Duration = Duration::from_secs(1);

#[tokio::test]
async fn a_chat_waits_a_second_between_messages_and_all_together_keep_the_rate() {
    let (office, fake) = (Office::new().await, FakeTelegram::start());
    let limits = Limits { overall: 10, chat_gap: SECOND, group: 20 };
    let bot = Bot::start_with(&office, fake.url(), limits).await;
    for chat in 101..=114 {
        office.nag(bot.id, chat, "một").await;
    }
    office.nag(bot.id, 101, "hai").await;
    let begun = Instant::now();
    bot.bell.ring();
    for chat in 101..=110 {
        fake.reply(chat).await;
    }
    assert!(begun.elapsed() < SECOND, "{:?}", begun.elapsed());
    for chat in 111..=114 {
        fake.reply(chat).await;
    }
    fake.reply(101).await;
    let took = begun.elapsed();
    assert!(took >= Duration::from_millis(950) && took < Duration::from_millis(1900), "{took:?}");
    bot.stop().await;
}

#[tokio::test]
async fn an_answer_overtakes_the_nags_that_wait() {
    let (office, fake) = (Office::new().await, FakeTelegram::start());
    let limits = Limits { overall: 5, chat_gap: Duration::ZERO, group: 20 };
    let bot = Bot::start_with(&office, fake.url(), limits).await;
    for chat in 101..=120 {
        office.nag(bot.id, chat, "Nhắc").await;
    }
    office.nag(bot.id, LAN, "Nhắc").await;
    bot.bell.ring();
    fake.reply(101).await;
    fake.say(LAN, "ht ol 1");
    assert_eq!(fake.reply(LAN).await.text, "Đã lưu: ht ol 1");
    assert!(fake.state().replies().len() < 15);
    for chat in 102..=120 {
        fake.reply(chat).await;
    }
    assert_eq!(fake.reply(LAN).await.text, "Nhắc");
    bot.stop().await;
}

#[tokio::test]
async fn a_program_that_passes_by_delivers_what_is_due_and_leaves() {
    let (office, fake) = (Office::new().await, FakeTelegram::start());
    let limits = Limits { overall: 30, chat_gap: SECOND, group: 20 };
    let bot = drain(&office, &fake, limits).await;
    for text in ["một", "hai"] {
        office.nag(bot, LAN, text).await;
    }
    office.nag(bot, 101, "ba").await;
    let begun = Instant::now();
    drain(&office, &fake, limits).await;
    let took = begun.elapsed();
    assert!(took >= Duration::from_millis(950) && took < Duration::from_millis(3500), "{took:?}");
    assert_eq!((fake.reply(LAN).await.text, fake.reply(LAN).await.text), ("một".to_string(), "hai".to_string()));
    fake.reply(101).await;

    // Whom it cannot reach it leaves to the next.
    fake.fail("sendMessage", Some(LAN), Fault::Refused(401, "Unauthorized"));
    office.nag(bot, LAN, "bốn").await;
    drain(&office, &fake, limits).await;
    assert_eq!(office.one::<String>("SELECT state FROM outbox WHERE text = 'bốn'").await, "waiting");
}
