//! Messages leave no faster than the platform allows, and answers before nags.

use std::time::{Duration, Instant};

use motcua::channel::rate::Limits;

use super::echo::{Bot, LAN, Office, drain};
use crate::fake_telegram::{FakeTelegram, Fault};

const SECOND: Duration = Duration::from_secs(1);
/// The second as the platform sees it: the way there takes its time.
const NEARLY: Duration = Duration::from_millis(700);

#[tokio::test]
async fn a_chat_waits_a_second_between_messages_and_all_together_keep_the_rate() {
    let (office, fake) = (Office::new().await, FakeTelegram::start());
    let limits = Limits { overall: 10, chat_gap: SECOND, group: 20 };
    let bot = Bot::start_with(&office, fake.url(), limits).await;
    for chat in 101..=114 {
        office.nag(bot.id, chat, "một").await;
    }
    office.nag(bot.id, 101, "hai").await;
    bot.bell.ring();
    for chat in (101..=114).chain([101]) {
        fake.reply(chat).await;
    }
    let calls = fake.calls("sendMessage");
    let to_first: Vec<Instant> = calls.iter().filter(|c| c.params["chat_id"] == 101).map(|c| c.at).collect();
    let [one, two] = to_first[..] else { panic!("{to_first:?}") };
    assert!(two - one >= NEARLY, "{:?}", two - one);
    assert!(calls[10].at - calls[0].at >= NEARLY, "{:?}", calls[10].at - calls[0].at);
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
    assert!(begun.elapsed() >= NEARLY, "{:?}", begun.elapsed());
    assert_eq!((fake.reply(LAN).await.text, fake.reply(LAN).await.text), ("một".to_string(), "hai".to_string()));
    fake.reply(101).await;

    // Whom it cannot reach it leaves to the next.
    fake.fail("sendMessage", Some(LAN), Fault::Refused(401, "Unauthorized"));
    office.nag(bot, LAN, "bốn").await;
    drain(&office, &fake, limits).await;
    assert_eq!(office.one::<String>("SELECT state FROM outbox WHERE text = 'bốn'").await, "waiting");
}
