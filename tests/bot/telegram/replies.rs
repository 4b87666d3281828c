//! What a reply looks like on Telegram: buttons, parts, documents, threads.

use super::echo::{Bot, GROUP, LAN, MINH, Office};
use crate::fake_telegram::{FakeTelegram, Fault};

#[tokio::test]
async fn a_button_is_pressed_once_and_its_clock_is_stopped() {
    let (office, fake) = (Office::new().await, FakeTelegram::start());
    let bot = Bot::start(&office, &fake).await;
    fake.say(LAN, "ht ol 1");
    let echo = fake.reply(LAN).await;
    assert_eq!(echo.buttons[0].label, "Hoàn tác");
    fake.press(LAN, &echo, 0);
    assert_eq!(fake.reply(LAN).await.text, "Đã bỏ");
    fake.press(LAN, &echo, 0);
    assert_eq!(fake.reply(LAN).await.text, "Không còn dùng được");
    fake.press_data(LAN, &echo, "1.forged");
    assert_eq!(fake.reply(LAN).await.text, "Không còn dùng được");
    fake.wait("presses answered", |s| (s.calls("answerCallbackQuery").len() == 3).then_some(())).await;
    bot.stop().await;
}

#[tokio::test]
async fn an_edit_is_read_once_for_each_of_its_forms() {
    let (office, fake) = (Office::new().await, FakeTelegram::start());
    let bot = Bot::start(&office, &fake).await;
    let id = fake.say(LAN, "ht ol 1");
    fake.reply(LAN).await;
    for (text, at) in [("ht ol 2", 100), ("ht ol 2", 100), ("ht ol 3", 160)] {
        fake.edit(LAN, id, text, at);
    }
    assert_eq!(fake.reply(LAN).await.text, "Đã sửa: ht ol 2");
    assert_eq!(fake.reply(LAN).await.text, "Đã sửa: ht ol 3");
    bot.stop().await;
}

#[tokio::test]
async fn a_long_reply_leaves_in_parts_and_a_lost_one_does_not_repeat_the_others() {
    let (office, fake) = (Office::new().await, FakeTelegram::start());
    let bot = Bot::start(&office, &fake).await;
    fake.say(LAN, "dài 500");
    let first = fake.reply(LAN).await;
    assert!(first.text.encode_utf16().count() <= 4096);
    fake.fail("sendMessage", Some(LAN), Fault::DropBefore);
    let mut all = first.text;
    while all.lines().count() < 500 {
        all = format!("{all}\n{}", fake.reply(LAN).await.text);
    }
    assert_eq!(all, vec!["Hộ tịch: tiếp nhận 12"; 500].join("\n"));
    bot.stop().await;
}

#[tokio::test]
async fn documents_and_pictures_are_sent_as_such_and_a_failed_one_is_told() {
    let (office, fake) = (Office::new().await, FakeTelegram::start());
    let bot = Bot::start(&office, &fake).await;
    fake.say(LAN, "tệp Tháng 11.xlsx");
    let document = fake.reply(LAN).await;
    assert_eq!(
        (document.text.as_str(), document.file),
        ("Tháng 11", Some(("Tháng 11.xlsx".into(), vec![80, 75, 3, 4])))
    );
    fake.say(LAN, "tệp thẻ.png");
    fake.reply(LAN).await;
    assert_eq!((fake.calls("sendDocument").len(), fake.calls("sendPhoto").len()), (1, 1));
    let refused = Fault::Refused(400, "Bad Request: not enough rights to send photos to the chat");
    fake.fail("sendPhoto", Some(LAN), refused);
    fake.say(LAN, "tệp thẻ.png");
    assert_eq!(fake.reply(LAN).await.file.unwrap().0, "thẻ.png");
    assert_eq!(fake.calls("sendDocument").len(), 2);
    fake.say(LAN, "tệp hỏng");
    let sorry = fake.reply(LAN).await.text;
    assert!(sorry.starts_with("Tháng 11\nChưa lập được tệp này."), "{sorry}");
    bot.stop().await;
}

#[tokio::test]
async fn in_a_group_the_answer_hangs_on_its_question_in_its_topic() {
    let (office, fake) = (Office::new().await, FakeTelegram::start());
    let bot = Bot::start(&office, &fake).await;
    let id = fake.say_in_group(GROUP, MINH, "/nhap ht ol 1", Some(5));
    let reply = fake.reply(GROUP).await;
    assert_eq!((reply.reply_to, reply.thread), (Some(id), Some(5)));
    fake.say_in_group(GROUP, MINH, "/nhap@another_bot ht ol 1", Some(5));
    fake.fail("sendMessage", Some(GROUP), Fault::Refused(400, "Bad Request: message thread not found"));
    fake.say_in_group(GROUP, MINH, "/nhap ht ol 2", Some(5));
    assert_eq!(fake.reply(GROUP).await.thread, None);
    fake.say(MINH, "ht ol 1");
    assert_eq!(fake.reply(MINH).await.reply_to, None);
    bot.stop().await;
}
