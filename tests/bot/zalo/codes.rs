//! A unit with a bot of its own: its people are sent there, and nobody loses a code over it.

use super::added::{OWN, Office};
use super::{QUAN, STRANGER};
use crate::fake_zalo::{BOT_NAME, FakeZalo};
use crate::office::NOBODY_IS_REMINDED;

/// A newcomer's ids: each Zalo bot knows a person by another.
const AT_OWN: &str = "00000000000000000c01";
const AT_SHARED: &str = "00000000000000000c02";

/// With an administrator at the bot of the settings.
async fn office() -> (Office, FakeZalo) {
    let (office, own) = Office::new();
    office.done(&format!("official add --unit T --name Quản --role admin --since 2026-01-01 --zalo {QUAN}"));
    office.sql(NOBODY_IS_REMINDED).await;
    (office, own)
}

/// Makes a code by chat for a unit; gives the invitation and the code.
async fn invited(shared: &FakeZalo, unit: &str, name: &str) -> (String, String) {
    shared.say(QUAN, &format!("/donvi {unit}"));
    shared.reply(QUAN).await;
    shared.say(QUAN, &format!("/moi can bo {name} HT"));
    let text = shared.reply(QUAN).await;
    let code = text.split("/start ").nth(1).and_then(|rest| rest.split_whitespace().next()).unwrap().to_string();
    (text, code)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invitation_names_the_bot_of_the_unit_and_a_code_at_another_stays_good() {
    let (office, own) = office().await;
    let program = office.run();
    own.wait("the bot of the unit", |s| (!s.calls("getUpdates").is_empty()).then_some(())).await;
    let (text, code) = invited(&office.shared, "GL", "Trần Thị Lan").await;
    assert!(text.ends_with(&format!("Trên Zalo, người được mời mở bot: “{}”", OWN.name)), "{text}");
    for said in [code.clone(), format!("/start {code}")] {
        office.shared.say(AT_SHARED, &said);
        assert_eq!(
            office.shared.reply(AT_SHARED).await,
            "Mã này dành cho UBND xã Gia Lộc; đơn vị dùng bot “Bot Gia Lộc”. Anh/chị mở bot đó rồi gửi lại mã; mã vẫn \
             còn dùng được."
        );
    }
    own.say(AT_OWN, &code);
    assert!(own.reply(AT_OWN).await.starts_with("Anh/chị Trần Thị Lan đã liên kết với bot.\nĐơn vị: UBND xã Gia Lộc"));

    // A unit without a bot of its own uses that of the settings.
    let (text, code) = invited(&office.shared, "KT", "Lê Văn Tú").await;
    assert!(text.ends_with(&format!("Trên Zalo, người được mời mở bot: “{BOT_NAME}”")), "{text}");
    assert!(text.contains("https://t.me/motcua_bot?start="), "{text}");
    own.say(STRANGER, &code);
    assert!(own.reply(STRANGER).await.contains("bot “Bot Một cửa”"));
    office.shared.say(AT_SHARED, &code);
    assert!(office.shared.reply(AT_SHARED).await.starts_with("Anh/chị Lê Văn Tú đã liên kết"));

    // Whoever is linked already stays, and joins Gia Lộc where they are.
    let (_, code) = invited(&office.shared, "GL", "Lê Văn Tú").await;
    office.shared.say(AT_SHARED, &format!("/start {code}"));
    assert!(office.shared.reply(AT_SHARED).await.contains("Đơn vị: UBND xã Gia Lộc"));
    office.shared.say(AT_SHARED, "ht ol 3");
    assert!(office.shared.reply(AT_SHARED).await.starts_with("Đã lưu"));
    Office::stop(program);

    let made = office.words("invite --unit GL --name Phạm_Thị_Hoa --role officer");
    assert!(String::from_utf8(made.stderr).unwrap().contains("“Bot Gia Lộc”"));
    assert_eq!(String::from_utf8(made.stdout).unwrap().lines().count(), 2);
    let list = office.done("bot list");
    let rows: Vec<Vec<&str>> = list.lines().skip(1).map(|l| l.split('\t').collect()).collect();
    let shown: Vec<[&str; 6]> = rows.iter().map(|r| [r[0], r[1], r[2], r[4], r[5], r[6]]).collect();
    assert_eq!(
        shown,
        [
            ["1", "zalo", "GL", "Bot Gia Lộc", "1", "2"],
            ["2", "telegram", "KT", "motcua_bot", "0", ""],
            ["", "zalo", "", "Bot Một cửa", "2", "11"],
        ]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn administrators_hear_once_that_a_bot_is_filling_up() {
    let (office, own) = office().await;
    let program = office.run();
    own.wait("the bot of the unit", |s| (!s.calls("getUpdates").is_empty()).then_some(())).await;
    office
        .sql(
            "WITH RECURSIVE n (i) AS (SELECT 1001 UNION ALL SELECT i + 1 FROM n WHERE i < 1044)
             INSERT INTO officials (id, name) SELECT i, 'Cán bộ ' || i FROM n;
             INSERT INTO links (official_id, channel, platform_user, chat_id, bot_id)
             SELECT o.id, 'zalo', 'x' || o.id, 'x' || o.id, b.id FROM officials o, bots b
             WHERE o.id > 1000 AND b.platform_id = '2002'",
        )
        .await;
    // 44 people so far: the 45th is news, the 46th no more.
    for (n, name) in [(45, "Lê Văn An"), (46, "Lê Văn Bình")] {
        let (_, code) = invited(&office.shared, "GL", name).await;
        let account = format!("00000000000000000d{n}");
        own.say(&account, &code);
        assert!(own.reply(&account).await.contains("đã liên kết"), "{n}");
        if n == 45 {
            let told = office.shared.reply(QUAN).await;
            let expected = "Bot Zalo “Bot Gia Lộc” đã có 45 người liên kết; Zalo chỉ cho mỗi bot 50 người.";
            assert!(told.starts_with(expected), "{told}");
        }
    }
    Office::stop(program);
    assert!(office.shared.unread().is_empty());
}
