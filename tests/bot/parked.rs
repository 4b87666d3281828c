//! A message that cannot be handled: tried three times, parked, told; the next one goes on.

use chrono::TimeDelta;
use motcua::clock::Clock;
use motcua::store::inbox::{self, Incoming, Kind};

use crate::office::Office;

const OFFICE: &str = "
    INSERT INTO units (id, code, name) VALUES (1, 'X', 'UBND xã X');
    INSERT INTO officials (id, name) VALUES (1, 'Trần Thị Lan');
    INSERT INTO memberships (id, official_id, unit_id, role, since) VALUES (1, 1, 1, 'officer', 20000);
    INSERT INTO member_fields (membership_id, field_id, since) SELECT 1, id, 20000 FROM fields WHERE code IN ('HT', 'CT');
    -- A line that no version of the program writes: replay of 19/11 Hộ tịch must refuse it.
    INSERT INTO posts (id, unit_id, sender_id, sent_at) VALUES (1, 1, 1, 0);
    INSERT INTO post_lines (post_id, form, seq, official_id, unit_id, day, field_id, subject, op, value)
        SELECT 1, 1, 0, 1, 1, 20776, id, 'no such figure', 'set', 1 FROM fields WHERE code = 'HT';";

#[tokio::test]
async fn a_message_that_faults_three_times_is_parked_and_told_and_the_next_goes_on() {
    let mut office = Office::new("2026-11-20T16:15").await;
    office.set_up(OFFICE).await;
    office.say("Lan", "19/11 ht ol 3").await;
    let told = office.hears("Lan");
    assert!(told.contains("mã L1-3"), "{told}");
    office.say("Lan", "20/11 ht ol 4").await;
    assert!(office.hears("Lan").starts_with("Đã lưu 20/11 · Hộ tịch"));

    let mut tx = office.store.write().await.unwrap();
    let (parked, posts): (i64, i64) = sqlx::query_as(
        "SELECT (SELECT count(*) FROM inbox WHERE state = 'parked' AND attempts = 3), (SELECT count(*) FROM posts)",
    )
    .fetch_one(&mut *tx)
    .await
    .unwrap();
    assert_eq!((parked, posts), (1, 2), "what the faulty try wrote is undone");
    // Once mended, it is handled after all.
    sqlx::raw_sql("UPDATE post_lines SET subject = 'received_direct' WHERE post_id = 1")
        .execute(&mut *tx)
        .await
        .unwrap();
    assert!(motcua::store::inbox::retry(&mut tx, 1).await.unwrap());
    tx.commit().await.unwrap();
    office.wait_answers().await;
    assert!(office.hears("Lan").contains("Tiếp nhận 4 (trực tuyến 3, trực tiếp 1)"));
}

#[tokio::test]
async fn a_message_that_faults_rests_before_it_is_tried_again() {
    let mut office = Office::new("2026-11-20T16:15").await;
    office.set_up(OFFICE).await;
    let mut tx = office.store.write().await.unwrap();
    let bot: i64 = sqlx::query_scalar("SELECT id FROM bots").fetch_one(&mut *tx).await.unwrap();
    let said = |id: i64, text: &str| Incoming {
        delivery: id.to_string(),
        kind: Kind::Message,
        chat_id: "1".to_string(),
        private: true,
        thread_id: None,
        user_id: "1".to_string(),
        message_id: id,
        edit_date: 0,
        sent_at: office.clock.now().timestamp(),
        text: Some(text.to_string()),
        data: None,
    };
    let now = office.clock.now().timestamp();
    inbox::put(&mut tx, bot, &[said(1, "19/11 ht ol 3"), said(2, "20/11 ht ol 4")], now).await.unwrap();
    tx.commit().await.unwrap();

    // The moments of the tries, in seconds from the first.
    let mut tries = Vec::new();
    for second in 0..60 {
        let router = office.terminal.router();
        if router.work(&[bot]).await.unwrap() > 0 {
            tries.push(second);
        }
        office.clock.set(office.clock.now() + TimeDelta::seconds(1));
    }
    assert_eq!(tries, [0, 5, 35]);
    office.wait_answers().await;
    assert!(office.hears("Lan").contains("mã L1-3"));
    assert!(office.hears("Lan").starts_with("Đã lưu 20/11"), "its neighbour waited and was not lost");
}

#[tokio::test]
async fn a_preview_that_cannot_be_kept_whole_leaves_nothing_and_is_parked_the_third_time() {
    let mut office = Office::new("2026-11-20T16:15").await;
    office.set_up(OFFICE).await;
    // The row is written before the statement fails.
    let broken = "CREATE TRIGGER odd AFTER INSERT ON imports BEGIN SELECT RAISE(FAIL, 'odd'); END";
    office.set_up(broken).await;
    office.say("Lan", "[tệp] tests/samples/registers/list.xls").await;
    let told = office.hears("Lan");
    assert!(told.contains("mã L1-3"), "{told}");
    let mut r = office.store.read().await.unwrap();
    let left: (i64, i64) = sqlx::query_as(
        "SELECT (SELECT count(*) FROM imports), (SELECT count(*) FROM inbox WHERE state = 'parked' AND attempts = 3)",
    )
    .fetch_one(&mut *r)
    .await
    .unwrap();
    assert_eq!(left, (0, 1));
}
