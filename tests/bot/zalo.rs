//! The Zalo channel against a server that speaks like Zalo, with the whole bot behind it.

mod added;
mod budget;
mod codes;
mod faults;
mod files;
mod pictures;
mod polling;
mod program;
mod replies;
mod webhook;

use crate::fake_telegram::FakeTelegram;
use crate::fake_zalo::FakeZalo;
use crate::wire::Wire;

/// Zalo ids of the officials.
const LAN: &str = "00000000000000000a01";
const MINH: &str = "00000000000000000a02";
const QUAN: &str = "00000000000000000a03";
const STRANGER: &str = "00000000000000000f99";

const OFFICE: &str = "
    INSERT INTO units (id, code, name) VALUES (1, 'X', 'UBND xã X');
    INSERT INTO officials (id, name) VALUES (1, 'Trần Thị Lan'), (2, 'Lê Minh'), (3, 'Vũ Quản');
    INSERT INTO memberships (id, official_id, unit_id, role, since)
        VALUES (1, 1, 1, 'officer', 20000), (2, 2, 1, 'lead', 20000), (3, 3, 1, 'admin', 20000);
    INSERT INTO member_fields (membership_id, field_id, since)
        SELECT 1, id, 20000 FROM fields WHERE code IN ('HT', 'CT');";

/// Lan, Minh and Quản on Zalo.
async fn office(fake: &FakeZalo) -> Wire {
    let wire = Wire::on_zalo(fake).await;
    enter(&wire).await;
    wire
}

/// Zalo and Telegram at once, and nobody entered yet.
async fn on_both(zalo: &FakeZalo, telegram: &FakeTelegram) -> Wire {
    let mut wire = Wire::open().await;
    wire.zalo(zalo).await;
    wire.telegram(telegram).await;
    wire
}

async fn enter(wire: &Wire) {
    wire.set_up(OFFICE).await;
    for (official, account) in [(1, LAN), (2, MINH), (3, QUAN)] {
        wire.link_on("zalo", official, account).await;
    }
}

/// Lan posts three times and Minh asks three times; all of it is answered.
async fn three_each(fake: &FakeZalo, wire: &Wire) {
    for n in 1..=3 {
        fake.say(LAN, &format!("ht ol {n}"));
        fake.say(MINH, "/thieu");
    }
    for _ in 1..=3 {
        fake.reply(LAN).await;
        fake.reply(MINH).await;
    }
    wire.settled_on_zalo(fake).await;
}

/// How many more pages the database may take.
async fn set_room(wire: &Wire, pages: i64) {
    let mut w = wire.store.write().await.unwrap();
    let now: i64 = sqlx::query_scalar("PRAGMA page_count").fetch_one(&mut *w).await.unwrap();
    let pragma = sqlx::AssertSqlSafe(format!("PRAGMA max_page_count = {}", now + pages));
    sqlx::query(pragma).execute(&mut *w).await.unwrap();
}
