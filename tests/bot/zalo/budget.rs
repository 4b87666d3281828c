//! The month's messages as `/nhac` shows them.

use super::{LAN, QUAN, enter};
use crate::fake_zalo::FakeZalo;
use crate::wire::Wire;

const FOOT: &str = "Đổi giờ: /nhac nhac1 15:45";

/// What stands below the times.
async fn below(fake: &FakeZalo, user: &str) -> Vec<String> {
    fake.say(user, "/nhac");
    let text = fake.reply(user).await;
    text.lines().skip(7).filter(|l| !l.starts_with(FOOT)).map(str::to_string).collect()
}

async fn office(fake: &FakeZalo, monthly: u32) -> Wire {
    let mut wire = Wire::with_monthly(monthly).await;
    wire.zalo(fake).await;
    enter(&wire).await;
    wire
}

#[tokio::test]
async fn the_times_come_with_the_month_of_the_units_bot_and_what_is_left_out() {
    let fake = FakeZalo::start();
    let wire = office(&fake, 3000).await;
    assert_eq!(below(&fake, LAN).await, ["Tin Zalo tháng này: 0/3.000 (0%)"]);
    wire.settled_on_zalo(&fake).await;
    wire.set_up("UPDATE sent_months SET sent = 1236").await;
    assert_eq!(below(&fake, QUAN).await, ["Tin Zalo tháng này: 1.236/3.000 (41%)"]);
    wire.settled_on_zalo(&fake).await;
    // Both warnings were given before.
    wire.set_up("UPDATE sent_months SET sent = 2850, warned = 95").await;
    let [month, left_out] = &below(&fake, LAN).await[..] else { panic!("two lines") };
    assert_eq!(month, "Tin Zalo tháng này: 2.850/3.000 (95%)");
    assert!(left_out.contains("không nhắc lần hai (nhac2)") && !left_out.contains("tổng hợp"), "{left_out}");
    wire.settled_on_zalo(&fake).await;
    wire.set_up("UPDATE sent_months SET sent = 2940").await;
    let [month, left_out] = &below(&fake, LAN).await[..] else { panic!("two lines") };
    assert_eq!(month, "Tin Zalo tháng này: 2.940/3.000 (98%)");
    assert!(left_out.contains("không gửi các bản tổng hợp (sang, daumoi, lanhdao, chieu)"), "{left_out}");
    wire.settled_on_zalo(&fake).await;

    // A unit with a bot of its own sees that bot's month, whichever bot it asks.
    wire.set_up(
        "INSERT INTO bots (id, channel, platform_id, username) VALUES (50, 'zalo', '50', 'Bot X');
         INSERT INTO bot_files (channel, unit_id, token_file, added_at, bot_id) VALUES ('zalo', 1, '/x', 0, 50);
         INSERT INTO sent_months (bot_id, month, sent) SELECT 50, month, 7 FROM sent_months",
    )
    .await;
    assert_eq!(below(&fake, LAN).await, ["Tin Zalo tháng này: 7/3.000 (0%)"]);
    wire.stop().await;
}

#[tokio::test]
async fn without_a_limit_there_is_nothing_to_watch() {
    let fake = FakeZalo::start();
    let wire = office(&fake, 0).await;
    assert!(below(&fake, LAN).await.is_empty());
    wire.stop().await;
}
