//! The bars of SPEC §13 for `/tonghop` and `/xuat`: one commune of a national database
//! (3,321 units × 10 fields × 250 days, 8.3 million counts) within 10 ms and 50 ms, the
//! nation within 1 s and 2 s.
//!
//! `cargo bench --bench summary`; the database is made anew in a temporary folder, or kept
//! at `MOTCUA_BENCH_DB` for the next time.

#![allow(clippy::unwrap_used, reason = "a bench fails loudly")]

use std::time::{Duration, Instant};

use chrono::{Datelike, NaiveDate, NaiveDateTime};
use motcua::app::desk::Desk;
use motcua::app::export::render;
use motcua::app::reply::{FileKind, FileRecipe, Reader};
use motcua::app::summarise::{Facts, Question, summarise};
use motcua::clock::{OFFICE_ZONE, parse_time};
use motcua::domain::period::{Period, PeriodKind};
use motcua::domain::unit::Unit;
use motcua::grammar::period::spell;
use motcua::store::directory::{self, Directory};
use motcua::store::{Connection, Store, days};
use motcua::words::Locale;

const UNITS: i64 = 3_321;
const PROVINCES: i64 = 34;
const FIELDS: i64 = 10;
const DAYS: usize = 250;
const RUNS: usize = 15;

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() {
    let folder = tempfile::tempdir().unwrap();
    #[expect(clippy::disallowed_methods, reason = "a bench reads its one option here")]
    let file = std::env::var("MOTCUA_BENCH_DB").unwrap_or(format!("{}/nation.db", folder.path().display()));
    let store = Store::open(&format!("sqlite://{file}")).await.unwrap();
    let last = fill(&store).await;
    let mut r = store.read().await.unwrap();
    let begin = Instant::now();
    let dir = directory::load(&mut r).await.unwrap();
    println!("directory loaded in {:?}", begin.elapsed());

    let now = last.and_hms_opt(18, 0, 0).unwrap();
    let commune = dir.unit_by_code("U1700").unwrap();
    let province = dir.unit_by_code("P17").unwrap();
    let nation = dir.unit_by_code("VN").unwrap();
    let mut met = true;
    for (unit, bar) in [(commune, Some(10)), (province, None), (nation, Some(1_000))] {
        for kind in [kind_of(last, 0), kind_of(last, 1), PeriodKind::Year { year: last.year() }] {
            let spent = median(&mut r, &dir, unit, kind, now).await;
            let within = bar.is_none_or(|ms| spent < Duration::from_millis(ms));
            let month = matches!(kind, PeriodKind::Month { .. });
            met &= within || !month;
            let verdict =
                bar.map_or(String::new(), |ms| format!("  bar {ms} ms: {}", if within { "met" } else { "MISSED" }));
            println!("{:>6} {kind:?}: {spent:.2?}{verdict}", unit.code);
        }
    }
    drop(r);
    let desk = Desk::new(OFFICE_ZONE, Locale::Vi);
    for (unit, bar) in [(commune, 50), (nation, 2_000)] {
        let spent = workbook(&store, &desk, unit, last).await;
        let within = spent < Duration::from_millis(bar);
        met &= within;
        let verdict = if within { "met" } else { "MISSED" };
        println!("{:>6} workbook of a month: {spent:.2?}  bar {bar} ms: {verdict}", unit.code);
    }
    assert!(met, "a month's bar is missed");
}

/// The month in progress, or the one before.
fn kind_of(day: NaiveDate, back: u32) -> PeriodKind {
    let month = Period::month_containing(day, motcua::domain::period::Scheme::FifteenFourteen);
    if back == 0 { month.kind } else { month.before().unwrap().kind }
}

async fn median(conn: &mut Connection, dir: &Directory, unit: &Unit, kind: PeriodKind, now: NaiveDateTime) -> Duration {
    let period = Period::of(kind, unit.scheme).unwrap();
    let facts = Facts::default();
    let q = Question { dir, unit, period: &period, field: None, now, facts: &facts };
    let mut spent = Vec::new();
    for _ in 0..RUNS {
        let begin = Instant::now();
        let s = summarise(conn, &q).await.unwrap();
        spent.push(begin.elapsed());
        assert_eq!(s.total.received_total(), s.total.resolved_total() + s.total.pending_total());
        assert!(s.total.received_total() > 0);
    }
    spent.sort();
    spent[RUNS / 2]
}

/// The workbook of the month before, from the recipe to its bytes.
async fn workbook(store: &Store, desk: &Desk, unit: &Unit, last: NaiveDate) -> Duration {
    let period = Period::of(kind_of(last, 1), unit.scheme).unwrap();
    let at = parse_time(&format!("{last}T18:00"), OFFICE_ZONE).unwrap().timestamp();
    let recipe = FileRecipe {
        kind: FileKind::Workbook,
        unit: unit.id.0,
        period: spell(&period),
        at,
        locale: "vi".to_string(),
        reader: Reader::All,
    };
    let mut spent = Vec::new();
    for _ in 0..RUNS {
        let begin = Instant::now();
        assert!(!render(store, desk, &recipe).await.unwrap().bytes.is_empty());
        spent.push(begin.elapsed());
    }
    spent.sort();
    spent[RUNS / 2]
}

/// Fills an empty database; returns the last day that has counts.
async fn fill(store: &Store) -> NaiveDate {
    let mut w = store.write().await.unwrap();
    let last: Option<i64> = sqlx::query_scalar("SELECT max(day) FROM counts").fetch_one(&mut *w).await.unwrap();
    if let Some(day) = last {
        return days::from_db(day);
    }
    let begin = Instant::now();
    let first: NaiveDate = "2025-12-15".parse().unwrap();
    let dir = directory::load(&mut w).await.unwrap();
    let worked: Vec<NaiveDate> = dir.calendar.working_days(first, NaiveDate::MAX).take(DAYS).collect();
    let worked_rows = worked.iter().map(|d| format!("[{},{}]", days::to_db(*d), days::half_of(*d)));
    let list = format!("[{}]", worked_rows.collect::<Vec<_>>().join(","));
    for sql in PEOPLE {
        let query = sqlx::query(sql).bind(UNITS).bind(PROVINCES).bind(FIELDS).bind(days::to_db(first) - 7);
        query.execute(&mut *w).await.unwrap();
    }
    sqlx::query(COUNTS).bind(list.as_str()).execute(&mut *w).await.unwrap();
    sqlx::query(HALVES).bind(list.as_str()).execute(&mut *w).await.unwrap();
    w.commit().await.unwrap();
    println!("{} counts made in {:?}", UNITS * FIELDS * DAYS as i64, begin.elapsed());
    worked[DAYS - 1]
}

/// A nation of provinces of communes; in each commune five officials with two fields each.
const PEOPLE: [&str; 6] = [
    "INSERT INTO units (id, code, name) SELECT 1, 'VN', 'Cả nước' WHERE ?1 + ?2 + ?3 + ?4 > 0",
    "WITH RECURSIVE p(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM p WHERE n < ?2)
     INSERT INTO units (id, code, name, parent_id) SELECT 1 + n, 'P' || n, 'UBND tỉnh ' || n, 1 FROM p WHERE ?1 + ?3 + ?4 > 0",
    "WITH RECURSIVE u(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM u WHERE n < ?1)
     INSERT INTO units (id, code, name, parent_id)
     SELECT 100 + n, 'U' || n, 'UBND xã ' || n, 2 + n % ?2 FROM u WHERE ?3 + ?4 > 0",
    "WITH RECURSIVE o(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM o WHERE n < ?1 * 5 - 1)
     INSERT INTO officials (id, name, current_unit_id) SELECT 1 + n, 'Cán bộ ' || n, 101 + n / 5 FROM o WHERE ?2 + ?3 + ?4 > 0",
    "INSERT INTO memberships (id, official_id, unit_id, role, since)
     SELECT id, id, current_unit_id, 'officer', ?4 FROM officials WHERE ?1 + ?2 + ?3 > 0",
    "INSERT INTO member_fields (membership_id, field_id, since)
     SELECT m.id, f.id, m.since FROM memberships AS m JOIN fields AS f ON f.id <= ?3 AND (f.id - 1) / 2 = (m.id - 1) % 5
     WHERE ?1 + ?2 + ?4 > 0",
];

const COUNTS: &str = "
    INSERT INTO counts (unit_id, day, field_id, official_id, online, direct, postal, early, on_time, late, withdrawn)
    SELECT m.unit_id, d.value ->> 0, f.field_id, m.official_id, 3 + (m.unit_id + f.field_id + (d.value ->> 0)) % 7,
           (m.unit_id + (d.value ->> 0)) % 3, 0, 3 + (m.unit_id + f.field_id + (d.value ->> 0)) % 7, 0, 0, (m.unit_id + (d.value ->> 0)) % 3 / 2
    FROM memberships AS m CROSS JOIN json_each(?1) AS d CROSS JOIN member_fields AS f ON f.membership_id = m.id";

const HALVES: &str = "
    WITH d(day, half) AS MATERIALIZED (SELECT value ->> 0, value ->> 1 FROM json_each(?1))
    INSERT INTO half_months (unit_id, half, field_id, online, direct, postal, early, on_time, late, withdrawn)
    SELECT c.unit_id, d.half, c.field_id, sum(online), sum(direct), sum(postal), sum(early), sum(on_time), sum(late), sum(withdrawn)
    FROM counts AS c CROSS JOIN d ON c.day = d.day GROUP BY 1, 3, 2";
