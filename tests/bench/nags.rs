//! The nag pass of SPEC §13: a million open dossiers, a thousand of them due, in a nation of
//! 3,321 units; the plan by which the database finds them; and the end of a period, when
//! every lead is warned (10/12, 08:00) and sent summaries of it (14/12, 17:30). Prints
//! milliseconds.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::disallowed_methods, reason = "a bench")]

use std::time::Instant;

use chrono::NaiveDate;
use motcua::app::desk::Desk;
use motcua::app::nag::{Look, plan};
use motcua::clock::{OFFICE_ZONE, parse_time};
use motcua::jobs::nag::tick;
use motcua::store::Store;
use motcua::store::days::to_db;
use motcua::store::nags::{DUE, Stage};
use motcua::words::Locale;

const UNITS: i64 = 3_321;
const OPEN: i64 = 1_000_000;
const DUE_NOW: i64 = 1_000;
const TIMES: [&str; 7] = [
    "2026-11-20T07:45",
    "2026-11-20T07:46",
    "2026-11-20T08:00",
    "2026-11-20T16:15",
    "2026-11-20T17:10",
    "2026-12-10T08:00",
    "2026-12-14T17:30",
];

/// Units with two officers and a lead each, all on Telegram; dossiers due in weeks, but for
/// a thousand due today.
async fn fill(store: &Store, today: i64) {
    let sql = format!(
        "INSERT INTO bots (id, channel, platform_id) VALUES (1, 'telegram', '1');
         WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {UNITS})
         INSERT INTO units (id, code, name) SELECT i, 'X' || i, 'UBND xã ' || i FROM n;
         WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3 * {UNITS})
         INSERT INTO officials (id, name) SELECT i, 'Cán bộ ' || i FROM n;
         INSERT INTO memberships (id, official_id, unit_id, role, since)
         SELECT id, id, (id - 1) / 3 + 1, iif(id % 3 = 0, 'lead', 'officer'), {since} FROM officials;
         INSERT INTO member_fields (membership_id, field_id, since)
         SELECT id, 1 + id % 10, {since} FROM memberships WHERE role = 'officer';
         INSERT INTO links (official_id, channel, platform_user, chat_id) SELECT id, 'telegram', id, id FROM officials;
         WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {OPEN})
         INSERT INTO dossiers (unit_id, code, tail, field_id, holder_id, received, due, state)
         SELECT i % {UNITS} + 1, 'H57.132-261101-' || i, '' || i, 1 + i % 10, 3 * (i % {UNITS}) + 1 + i % 2,
                {since}, iif(i <= {DUE_NOW}, {today}, {today} + 10 + i % 60), 'open' FROM n;
         ANALYZE;",
        since = today - 60
    );
    let mut w = store.write().await.unwrap();
    sqlx::raw_sql(sqlx::AssertSqlSafe(sql)).execute(&mut *w).await.unwrap();
    motcua::store::directory::touch(&mut w).await.unwrap();
    w.commit().await.unwrap();
}

#[tokio::main]
async fn main() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&format!("sqlite://{}", folder.path().join("nags.db").display())).await.unwrap();
    let today: NaiveDate = "2026-11-20".parse().unwrap();
    fill(&store, to_db(today)).await;
    let desk = Desk::new(OFFICE_ZONE, Locale::Vi);
    let look =
        |time: &str| Look { stage: Stage::Phones, now: parse_time(time, OFFICE_ZONE).unwrap(), zone: OFFICE_ZONE };
    let mut r = store.read().await.unwrap();
    desk.directory(&mut r).await.unwrap();
    let rows: Vec<(i64, i64, i64, String)> = sqlx::query_as(sqlx::AssertSqlSafe(format!("EXPLAIN QUERY PLAN {DUE}")))
        .bind("[1,2]")
        .bind(to_db(today))
        .fetch_all(&mut *r)
        .await
        .unwrap();
    rows.iter().for_each(|(_, _, _, detail)| println!("plan: {detail}"));
    for time in ["2026-11-20T07:45", "2026-11-20T07:45"] {
        let begun = Instant::now();
        let planned = plan(&mut r, &desk, look(time)).await.unwrap();
        println!("{time} worked out: {} messages in {:.1} ms", planned.outgoing.len(), ms(begun));
    }
    drop(r);
    for time in TIMES {
        let begun = Instant::now();
        let told = tick(&store, &desk, look(time)).await.unwrap();
        println!("{time} told: {} messages in {:.1} ms", told.len(), ms(begun));
    }
}

fn ms(begun: Instant) -> f64 {
    begun.elapsed().as_secs_f64() * 1_000.0
}
