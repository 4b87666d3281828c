//! Polling: events that come once or for ever, in all shapes; nothing lost or doubled.

use std::time::Duration;

use super::{LAN, MINH, office, set_room, three_each};
use crate::fake_zalo::{FakeZalo, Fault, Habits, Idle, Shape, text_event};
use crate::wire::Wire;

const SHORT: Duration = Duration::from_millis(100);

#[tokio::test]
async fn every_shape_and_every_idle_answer_is_understood() {
    for shape in [Shape::Wrapped, Shape::Flat, Shape::List] {
        for (idle, for_ever) in [(Idle::Http200, false), (Idle::Http408, false), (Idle::Http200, true)] {
            let fake = FakeZalo::start_with(Habits { for_ever, idle, shape, hold: SHORT, ..Habits::default() });
            let wire = office(&fake).await;
            // Idle ends of a poll are no errors: nothing rests for them.
            fake.wait("three polls", |s| (s.calls("getUpdates").len() >= 3).then_some(())).await;
            three_each(&fake, &wire).await;
            tokio::time::sleep(SHORT).await;
            assert_eq!(wire.one::<i64>("SELECT count(*) FROM posts").await, 3, "{shape:?} {idle:?} {for_ever}");
            assert_eq!(wire.one::<i64>("SELECT count(*) FROM inbox").await, 6);
            wire.stop().await;
        }
    }
}

#[tokio::test]
async fn a_message_known_only_by_its_content_changes_nothing() {
    let fake = FakeZalo::start_with(Habits { hold: SHORT, ..Habits::default() });
    let wire = office(&fake).await;
    let event = text_event("2d758cb5e222177a4e35", (LAN, LAN), "ht ol+3", crate::fake_zalo::now());
    fake.push(event.clone());
    fake.reply(LAN).await;
    // As after a week, when its delivery has been forgotten.
    wire.set_up("DELETE FROM deliveries").await;
    fake.push(event);
    wire.settled_on_zalo(&fake).await;
    assert_eq!(wire.one::<i64>("SELECT sum(online) FROM counts").await, 3);
    wire.stop().await;
}

#[tokio::test]
async fn events_that_come_for_ever_are_polled_once_a_second() {
    let fake = FakeZalo::start_with(Habits { for_ever: true, ..Habits::default() });
    let folder = tempfile::tempdir().unwrap();
    let mut program = std::process::Command::new(env!("CARGO_BIN_EXE_motcua"))
        .arg("run")
        .env_clear()
        .current_dir(folder.path())
        .env("ZALO_BOT_TOKEN", crate::fake_zalo::TOKEN)
        .env("ZALO_API_URL", fake.url())
        .env("RUST_LOG", "off")
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .spawn()
        .unwrap();
    fake.say(LAN, "xin chào");
    fake.wait("four polls", |s| (s.calls("getUpdates").len() >= 4).then_some(())).await;
    program.kill().unwrap();
    program.wait().unwrap();
    let polls = fake.calls("getUpdates");
    let gaps: Vec<Duration> = polls.windows(2).map(|p| p[1].at - p[0].at).collect();
    assert!(gaps.iter().all(|g| *g > Duration::from_millis(950)), "{gaps:?}");
    fake.state().take_all(LAN);
}

#[tokio::test]
async fn a_webhook_that_still_stands_is_taken_away() {
    let fake = FakeZalo::start_with(Habits { hold: SHORT, ..Habits::default() });
    fake.state().set_webhook(Some("https://xa.gov.vn/zalo".into()), "another secret");
    let wire = office(&fake).await;
    fake.say(LAN, "/mau");
    fake.reply(LAN).await;
    assert_eq!(fake.state().webhook(), None);
    wire.stop().await;
    assert!(fake.calls("deleteWebhook").len() == 1);
}

#[tokio::test]
async fn a_poll_that_fails_is_tried_again() {
    let fake = FakeZalo::start_with(Habits { hold: SHORT, ..Habits::default() });
    for fault in [Fault::Broken(502), Fault::DropBefore] {
        fake.fail("getUpdates", None, fault);
    }
    let wire = office(&fake).await;
    fake.say(LAN, "/mau");
    fake.reply(LAN).await;
    wire.stop().await;
}

#[tokio::test]
async fn in_an_outage_the_sender_is_told_once_to_send_again() {
    for for_ever in [false, true] {
        an_outage(Habits { hold: SHORT, for_ever, ..Habits::default() }).await;
    }
}

async fn an_outage(habits: Habits) {
    let fake = FakeZalo::start_with(habits);
    let wire = Wire::on_zalo(&fake).await;
    super::enter(&wire).await;
    set_room(&wire, 0).await;
    let long = format!("ht ol 9\n{}", "ghi chú ".repeat(450));
    fake.say(LAN, &long);
    let told = fake.reply(LAN).await;
    assert_eq!(told, "Máy chủ tạm chưa ghi được. Tin của anh/chị chưa được lưu, vui lòng gửi lại sau ít phút.");
    // Whoever has been told is believed to try again: that is kept until it can be stored.
    fake.say(LAN, "ht ol 10");
    fake.say(MINH, &long);
    assert_eq!(fake.reply(MINH).await, told);
    fake.all_taken().await;
    set_room(&wire, 1_000_000).await;
    let echo = fake.reply(LAN).await;
    assert!(echo.contains("trực tuyến 10"), "{echo}");
    wire.settled_on_zalo(&fake).await;
    assert_eq!(wire.one::<i64>("SELECT count(*) FROM posts").await, 1);
    wire.stop().await;
}
