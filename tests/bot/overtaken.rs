//! Messages that arrive in the wrong order, or from people who are no longer there.

use serde_json::json;

use crate::fake_telegram::FakeTelegram;
use crate::office::at;
use crate::wire::Wire;

const OFFICE: &str = "
    INSERT INTO units (id, code, name) VALUES (1, 'X', 'UBND xã X');
    INSERT INTO officials (id, name) VALUES (1, 'Trần Thị Lan');
    INSERT INTO memberships (id, official_id, unit_id, role, since) VALUES (1, 1, 1, 'officer', 20000);
    INSERT INTO member_fields (membership_id, field_id, since) SELECT 1, id, 20000 FROM fields WHERE code = 'HT';";
const LAN: i64 = 7001;

async fn office(fake: &FakeTelegram) -> Wire {
    let office = Wire::new(fake).await;
    office.set_up(OFFICE).await;
    office.link(1, LAN).await;
    office
}

fn message(text: &str, edit_date: Option<i64>) -> serde_json::Value {
    let date = at("2026-11-20T16:00").timestamp();
    let mut m = json!({"message_id": 900, "date": date, "text": text,
        "chat": {"id": LAN, "type": "private", "first_name": "L"}, "from": {"id": LAN, "is_bot": false, "first_name": "L"}});
    if let Some(edited) = edit_date {
        m["edit_date"] = json!(edited);
    }
    m
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_that_overtakes_its_original_stands_and_nothing_faults() {
    let fake = FakeTelegram::start();
    let office = office(&fake).await;
    fake.push(json!({"edited_message": message("ht ol 4", Some(at("2026-11-20T16:01").timestamp()))}));
    assert!(fake.reply(LAN).await.text.starts_with("Đã lưu 20/11"));
    fake.push(json!({"message": message("ht ol 3", None)}));
    fake.say_at(LAN, "/homnay 20/11", at("2026-11-20T16:05").timestamp());
    assert!(fake.reply(LAN).await.text.contains("tiếp nhận 4"));
    office.settled(&fake).await;
    office.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_of_a_dossier_that_overtakes_its_original_stands() {
    let fake = FakeTelegram::start();
    let office = office(&fake).await;
    let edited = Some(at("2026-11-20T16:01").timestamp());
    fake.push(json!({"edited_message": message("/hoso H12.34.56-251120-0001 HT 6n", edited)}));
    assert!(fake.reply(LAN).await.text.starts_with("Đã đăng ký"));
    fake.push(json!({"message": message("/hoso H12.34.56-251120-0001 HT 5n", None)}));
    fake.say_at(LAN, "/tracuu 0001", at("2026-11-20T16:05").timestamp());
    let told = fake.reply(LAN).await.text;
    assert_eq!(told.matches("đăng ký").count(), 1, "{told}");
    office.settled(&fake).await;
    office.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_has_left_cannot_come_back_through_an_old_message() {
    let fake = FakeTelegram::start();
    let office = office(&fake).await;
    fake.push(json!({"message": message("ht ol 3", None)}));
    fake.reply(LAN).await;
    office.set_up("UPDATE memberships SET until = CAST(strftime('%s', 'now') / 86400 AS INTEGER) - 1").await;
    fake.push(json!({"edited_message": message("ht ol 9", Some(at("2026-11-20T16:01").timestamp()))}));
    let told = fake.reply(LAN).await.text;
    assert!(told.starts_with("Bot chỉ phục vụ"), "{told}");
    let mut r = office.store.read().await.unwrap();
    let (online, kept): (i64, i64) =
        sqlx::query_as("SELECT (SELECT sum(online) FROM counts), (SELECT count(*) FROM inbox WHERE text LIKE '%9%')")
            .fetch_one(&mut *r)
            .await
            .unwrap();
    assert_eq!((online, kept), (3, 0), "nothing changes, nothing is kept");
    drop(r);
    office.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_earlier_edit_that_comes_later_changes_nothing() {
    let fake = FakeTelegram::start();
    let office = office(&fake).await;
    let edited = |time: &str| Some(at(time).timestamp());
    fake.push(json!({"message": message("ht ol 3", None)}));
    assert!(fake.reply(LAN).await.text.starts_with("Đã lưu 20/11"));
    fake.push(json!({"edited_message": message("ht ol 20", edited("2026-11-20T16:02"))}));
    assert!(fake.reply(LAN).await.text.starts_with("Đã sửa"));
    fake.push(json!({"edited_message": message("ht ol 15", edited("2026-11-20T16:01"))}));
    fake.say_at(LAN, "/homnay 20/11", at("2026-11-20T16:05").timestamp());
    assert!(fake.reply(LAN).await.text.contains("tiếp nhận 20"));
    office.settled(&fake).await;
    office.stop().await;
}
