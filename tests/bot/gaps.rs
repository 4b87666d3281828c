//! A platform that was silent: who may have lost a message is told once, and a clock that
//! differs is told to administrators.

use chrono::TimeDelta;
use motcua::channel::Bell;
use motcua::channel::reception::Reception;
use motcua::clock::Clock;
use motcua::store::inbox::{Incoming, Kind};

use crate::office::{Office, at};

const OFFICE: &str = "
    INSERT INTO units (id, code, name) VALUES (1, 'X', 'UBND xã X');
    INSERT INTO officials (id, name) VALUES (1, 'Trần Thị Lan'), (2, 'Lê Văn Minh'), (3, 'Đỗ Quản'), (4, 'Phạm Hoa');
    INSERT INTO memberships (id, official_id, unit_id, role, since) VALUES
        (1, 1, 1, 'officer', 20000), (2, 2, 1, 'officer', 20000), (3, 3, 1, 'admin', 20000), (4, 4, 1, 'leader', 20000);
    INSERT INTO member_fields (membership_id, field_id, since)
        SELECT m.id, f.id, 20000 FROM fields AS f, memberships AS m WHERE f.code = 'HT' AND m.id < 3;
    INSERT INTO links (official_id, channel, platform_user, chat_id) VALUES (3, 'terminal', '3', '3');";

async fn office(time: &str) -> Office {
    let office = Office::new(time).await;
    office.set_up(OFFICE).await;
    office
}

/// A platform that keeps messages so long, as this office's terminal hears it.
async fn reception(office: &Office, kept: TimeDelta) -> Reception {
    let router = office.terminal.router();
    let mut r = office.store.read().await.unwrap();
    let bot: i64 = sqlx::query_scalar("SELECT id FROM bots").fetch_one(&mut *r).await.unwrap();
    let (answerer, clock) = (router.answerer.clone(), router.clock.clone());
    Reception::new((office.store.clone(), clock), (answerer, Bell::default()), ("terminal", bot), kept)
}

/// Silence from one time to another, over a restart of the program.
async fn silence(office: &mut Office, (from, to): (&str, &str), kept: TimeDelta) {
    office.move_to(from);
    reception(office, kept).await.heard(&[], false).await;
    office.move_to(to);
    reception(office, kept).await.heard(&[], false).await;
    office.wait_answers().await;
}

const NOTICE: &str = "Bot gián đoạn từ 14:05 đến 15:20. Tin nào chưa có trả lời “Đã lưu”, anh/chị vui lòng gửi lại.";

#[tokio::test]
async fn each_official_without_a_post_is_told_once_with_the_next_reply() {
    let mut office = office("2026-11-20T14:00").await;
    office.say("Minh", "ht ol 3").await;
    office.hears("Minh");
    silence(&mut office, ("2026-11-20T14:05", "2026-11-20T15:20"), TimeDelta::minutes(10)).await;
    assert!(office.hears("Quản").starts_with("Bot gián đoạn từ 14:05 đến 15:20. Cán bộ chưa có số liệu"));

    // A question changes nothing else; still it is told once.
    office.say("Lan", "/homnay").await;
    assert_eq!(office.hears("Lan"), NOTICE);
    assert!(office.hears("Lan").starts_with("UBND xã X"));
    for (who, text) in [("Lan", "/homnay"), ("Minh", "/homnay"), ("Hoa", "/homnay"), ("Lan", "ht ol 2")] {
        office.say(who, text).await;
        assert_ne!(office.hears(who), NOTICE, "{who}: {text}");
    }
}

#[tokio::test]
async fn whoever_posts_first_need_not_be_told_and_the_day_of_an_old_gap_is_named() {
    let mut office = office("2026-11-19T14:00").await;
    silence(&mut office, ("2026-11-19T14:05", "2026-11-19T15:20"), TimeDelta::minutes(10)).await;
    office.hears("Quản");
    office.say("Minh", "ht ol 2").await;
    assert!(office.hears("Minh").starts_with("Đã lưu 19/11"));
    office.move_to("2026-11-20T08:00");
    office.say("Lan", "ht ol 2").await;
    assert!(office.hears("Lan").starts_with("Bot gián đoạn từ 14:05 ngày 19/11/2026 đến 15:20 ngày 19/11/2026."));
    assert!(office.hears("Lan").starts_with("Đã lưu 20/11"));
}

#[tokio::test]
async fn silence_that_loses_nothing_is_not_told() {
    for (from, to, kept) in [
        ("2026-11-20T14:05", "2026-11-20T14:15", TimeDelta::minutes(10)),
        ("2026-11-20T18:00", "2026-11-21T15:20", TimeDelta::minutes(10)),
        ("2026-11-21T16:00", "2026-11-23T08:00", TimeDelta::hours(24)),
    ] {
        let mut office = office(from).await;
        silence(&mut office, (from, to), kept).await;
        office.say("Lan", "/homnay").await;
        assert!(office.hears("Lan").starts_with("UBND xã X"), "{from} – {to}");
    }
    let mut office = office("2026-11-23T08:10").await;
    silence(&mut office, ("2026-11-23T08:10", "2026-11-24T09:00"), TimeDelta::hours(24)).await;
    office.hears("Quản");
    office.say("Lan", "/homnay").await;
    assert!(office.hears("Lan").starts_with("Bot gián đoạn từ 08:10 ngày 23/11/2026"));
    office.hears("Lan");
}

fn message(stamp: &str, kind: Kind) -> Incoming {
    Incoming {
        delivery: stamp.to_string(),
        kind,
        chat_id: "1".to_string(),
        private: true,
        thread_id: None,
        user_id: "1".to_string(),
        message_id: 7,
        edit_date: 0,
        sent_at: at(stamp).timestamp(),
        text: None,
        data: None,
    }
}

#[tokio::test]
async fn a_clock_that_differs_is_told_to_administrators_once_a_day() {
    let mut office = office("2026-11-20T14:00").await;
    let mut ear = reception(&office, TimeDelta::hours(48)).await;
    // Messages that have waited, and edits of old ones, say nothing about the clock.
    ear.heard(&[message("2026-11-20T12:00", Kind::Message)], false).await;
    ear.heard(&[message("2026-11-20T12:00", Kind::Edit)], false).await;
    office.wait_answers().await;
    assert_eq!(office.hears_all(), "");
    ear.heard(&[message("2026-11-20T14:11", Kind::Message)], false).await;
    ear.heard(&[message("2026-11-20T13:40", Kind::Message)], false).await;
    office.wait_answers().await;
    let told = office.hears("Quản");
    assert!(told.contains("(tin ghi 14:11 20/11/2026, máy chủ 14:00 20/11/2026)"), "{told}");
    office.clock.set(office.clock.now() + TimeDelta::hours(25));
    let late = message("2026-11-21T14:30", Kind::Message);
    ear.heard(&[], false).await;
    ear.heard(&[late], false).await;
    office.wait_answers().await;
    assert!(office.hears("Quản").contains("tin ghi 14:30 21/11/2026, máy chủ 15:00 21/11/2026"));
}
