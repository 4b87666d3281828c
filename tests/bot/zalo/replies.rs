//! What a reply becomes on Zalo: numbers for buttons, parts for long texts, files elsewhere.

use super::{LAN, MINH, OFFICE, QUAN, STRANGER, enter, office, on_both};
use crate::fake_telegram::FakeTelegram;
use crate::fake_zalo::{FakeZalo, Fault, now};
use crate::wire::Wire;

#[tokio::test]
async fn a_post_is_echoed_with_numbered_choices_and_its_number_undoes_it() {
    let fake = FakeZalo::start();
    let wire = office(&fake).await;
    fake.say(LAN, "ht ol 9 tr 3");
    let echo = fake.reply(LAN).await;
    assert!(echo.starts_with("Đã lưu "), "{echo}");
    assert!(echo.ends_with("\n[1] Hoàn tác\nTrả lời 1 để chọn."), "{echo}");
    fake.say(LAN, "1");
    let undone = fake.reply(LAN).await;
    assert!(undone.contains("hoàn tác"), "{undone}");
    assert_eq!(wire.one::<i64>("SELECT count(*) FROM posts WHERE undone_at IS NULL").await, 0);
    wire.stop().await;
}

#[tokio::test]
async fn a_number_that_comes_twice_does_not_undo_what_it_has_saved() {
    let fake = FakeZalo::start();
    let wire = office(&fake).await;
    fake.say(LAN, "ht nhan 12");
    let asked = fake.reply(LAN).await;
    assert!(asked.contains("[1] Lưu: "), "{asked}");
    // Twice on a slow network: the second was sent before the first was answered.
    fake.say_at(LAN, "1", now() - 5);
    fake.say_at(LAN, "1", now() - 4);
    assert!(fake.reply(LAN).await.starts_with("Đã lưu "));
    let second = fake.reply(LAN).await;
    assert_eq!(second, "Lựa chọn này đã hết hiệu lực.");
    assert_eq!(wire.one::<i64>("SELECT count(*) FROM posts WHERE undone_at IS NULL").await, 1);
    wire.stop().await;
}

#[tokio::test]
async fn a_code_is_taken_behind_start_without_its_slash() {
    let fake = FakeZalo::start();
    let wire = office(&fake).await;
    fake.say(QUAN, "/moi can bo Trần Văn Tú HT");
    let invited = fake.reply(QUAN).await;
    let code = invited.split_whitespace().last().unwrap().to_string();
    fake.say(STRANGER, &format!("Start {code}"));
    assert!(fake.reply(STRANGER).await.contains("Trần Văn Tú"));
    // Whoever types without marks means the colleague who is there.
    fake.say(QUAN, "/moi can bo tran van tu HT");
    let again = fake.reply(QUAN).await;
    assert!(again.contains("đã là cán bộ của đơn vị"), "{again}");
    wire.stop().await;
}

#[tokio::test]
async fn whoever_reads_english_is_told_in_english_how_to_choose() {
    let fake = FakeZalo::start();
    let wire = office(&fake).await;
    fake.say(LAN, "/ngonngu en");
    fake.reply(LAN).await;
    fake.say(LAN, "ht ol 9");
    let echo = fake.reply(LAN).await;
    assert!(echo.ends_with("Reply 1 to choose."), "{echo}");
    wire.stop().await;
}

#[tokio::test]
async fn a_code_links_a_zalo_account_to_its_bot() {
    let fake = FakeZalo::start();
    let wire = office(&fake).await;
    fake.say(QUAN, "/moi can bo Trần Văn Tú HT");
    let invited = fake.reply(QUAN).await;
    let code = invited.split_whitespace().last().unwrap().to_string();
    wire.settled_on_zalo(&fake).await;
    assert_eq!(wire.one::<i64>("SELECT count(*) FROM outbox WHERE text LIKE '%/start %'").await, 0, "kept in clear");
    fake.say(STRANGER, "xin chào");
    assert!(fake.reply(STRANGER).await.starts_with("Bot chỉ phục vụ"));
    fake.say(STRANGER, &format!("/start {code}"));
    assert!(fake.reply(STRANGER).await.contains("Trần Văn Tú"));
    // Quản, entered by hand, belongs to the bot since he has written to it; Lan has not.
    let bots = "SELECT group_concat(platform_user) FROM (SELECT platform_user FROM links JOIN bots
                ON bots.id = bot_id AND bots.channel = 'zalo' ORDER BY 1)";
    assert_eq!(wire.one::<String>(bots).await, [QUAN, STRANGER].join(","));
    wire.stop().await;
}

#[tokio::test]
async fn a_long_reply_comes_in_parts_that_the_platform_takes() {
    let fake = FakeZalo::start();
    let wire = office(&fake).await;
    let day = chrono::DateTime::from_timestamp(now(), 0).unwrap().format("%d/%m");
    let lines: Vec<String> = (0..120).map(|_| format!("{day} ht khongco 1")).collect();
    fake.say(LAN, &format!("/nhap {}", lines.join("\n")));
    wire.settled_on_zalo(&fake).await;
    let parts = fake.state().take_all(LAN);
    assert!(parts.len() > 1);
    let all: Vec<&str> = parts.iter().map(|p| p.text.as_str()).collect();
    let all = all.join("\n");
    for n in 1..=120 {
        assert!(all.contains(&format!("Dòng {n}:")), "line {n} is lost: {all}");
    }
    wire.stop().await;
}

#[tokio::test]
async fn a_file_goes_to_the_persons_telegram_and_zalo_says_so() {
    let (zalo, telegram) = (FakeZalo::start(), FakeTelegram::start());
    let wire = on_both(&zalo, &telegram).await;
    enter(&wire).await;
    wire.link(1, 7001).await;
    zalo.say(LAN, "/xuat");
    let told = zalo.reply(LAN).await;
    assert!(told.ends_with("Tệp đã gửi qua Telegram của anh/chị."), "{told}");
    let file = telegram.reply(7001).await.file.unwrap();
    assert!(file.0.starts_with("motcua_X_") && file.1.starts_with(b"PK"), "{}", file.0);
    wire.stop().await;
}

#[tokio::test]
async fn without_telegram_a_file_is_kept_on_the_server() {
    let fake = FakeZalo::start();
    let wire = office(&fake).await;
    zalo_keeps(&wire, &fake).await;
    wire.stop().await;
}

async fn zalo_keeps(wire: &Wire, fake: &FakeZalo) {
    fake.say(LAN, "/xuat");
    let told = fake.reply(LAN).await;
    let (_, path) = told.split_once("Chưa gửi được tệp qua Zalo. Tệp đã lưu trên máy chủ: ").expect(&told);
    let path = std::path::Path::new(path);
    assert_eq!(path.parent().unwrap(), wire.folder().join("xuat"));
    assert!(std::fs::read(path).unwrap().starts_with(b"PK"));
}

#[tokio::test]
async fn a_picture_is_answered_once_a_day() {
    let fake = FakeZalo::start();
    let wire = office(&fake).await;
    fake.send_picture(LAN);
    let told = fake.reply(LAN).await;
    assert!(told.starts_with("Bot chỉ đọc được tin nhắn chữ"), "{told}");
    fake.send_picture(LAN);
    fake.say(LAN, "/mau");
    let template = fake.reply(LAN).await;
    assert!(template.contains("ht ol tr th dh"), "{template}");
    wire.stop().await;
}

#[tokio::test]
async fn in_a_group_a_mention_is_answered_and_a_stranger_is_not() {
    const GROUP: &str = "group00000000000001";
    let fake = FakeZalo::start();
    let wire = office(&fake).await;
    fake.say_in_group((GROUP, MINH), "@Bot Một cửa /nhom X", now());
    let bound = fake.reply(GROUP).await;
    assert!(bound.contains("UBND xã X"), "{bound}");
    fake.say_in_group((GROUP, STRANGER), "@Bot Một cửa /tonghop", now());
    fake.send_picture(STRANGER);
    fake.say_in_group((GROUP, LAN), "@Bot Một cửa /homnay", now());
    let today = fake.reply(GROUP).await;
    assert!(!today.contains("Lan"), "{today}");
    fake.reply(STRANGER).await;
    wire.stop().await;
}

#[tokio::test]
async fn notices_come_where_the_person_wants_them() {
    let (zalo, telegram) = (FakeZalo::start(), FakeTelegram::start());
    let wire = on_both(&zalo, &telegram).await;
    wire.set_up(OFFICE).await;
    wire.link_on("zalo", 1, LAN).await;
    wire.link(1, 7001).await;
    wire.link(2, 7002).await;
    // The channel used last.
    zalo.say(LAN, "ht ol 9");
    zalo.reply(LAN).await;
    correct(&telegram, 5).await;
    assert!(zalo.reply(LAN).await.contains("đã nhập thay"));
    telegram.say(7001, "/mau");
    telegram.reply(7001).await;
    correct(&telegram, 6).await;
    assert!(telegram.reply(7001).await.text.contains("đã nhập thay"));
    // The channel chosen.
    telegram.say(7001, "/kenh zalo");
    assert!(telegram.reply(7001).await.text.contains("Zalo"));
    correct(&telegram, 7).await;
    assert!(zalo.reply(LAN).await.contains("đã nhập thay"));
    // The other where it cannot be reached, also when that only turns out now.
    zalo.fail("sendMessage", Some(LAN), Fault::Refused(400, "Bad Request: chat not found"));
    correct(&telegram, 8).await;
    assert!(telegram.reply(7001).await.text.contains("đã nhập thay"));
    correct(&telegram, 9).await;
    assert!(telegram.reply(7001).await.text.contains("đã nhập thay"));
    wire.stop().await;
}

/// Minh, on Telegram, changes what Lan posted.
async fn correct(telegram: &FakeTelegram, figure: i64) {
    telegram.say(7002, &format!("/nhap @Lan ht ol {figure}"));
    let asked = telegram.reply(7002).await;
    telegram.press(7002, &asked, 0);
    let done = telegram.reply(7002).await;
    assert!(done.text.contains("Đã lưu"), "{}", done.text);
}

#[tokio::test]
async fn an_answer_in_several_parts_costs_one_message() {
    let fake = FakeZalo::start();
    let wire = office(&fake).await;
    fake.say(LAN, "/tracuu 0001 0002 0003");
    let answer = fake.reply(LAN).await;
    wire.settled_on_zalo(&fake).await;
    assert_eq!(answer.split("\n\n").count(), 3, "{answer}");
    for code in ["0001", "0002", "0003"] {
        assert!(answer.contains(code), "{answer}");
    }
    assert_eq!(wire.one::<i64>("SELECT sent FROM sent_months").await, 1);
    wire.stop().await;
}
