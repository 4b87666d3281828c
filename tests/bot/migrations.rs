//! A database of each earlier schema, with rows in all its tables, becomes one of today's:
//! nothing is lost, nothing points nowhere, and the figures are the same.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use motcua::app::desk::Desk;
use motcua::cli::asked::Asked;
use motcua::cli::summary::{Options, summary};
use motcua::clock::OFFICE_ZONE;
use motcua::store::{MIGRATIONS, Store, audit, backup, check, directory, dossiers};
use motcua::words::Locale;
use serde_json::{Value, json};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection};

use crate::office::at;
use crate::people::repository;

/// The first schema that an office could begin with: those before have no catalogue.
const FIRST: i64 = 3;
/// What a program adds to by itself.
const CATALOGUES: [&str; 4] = ["fields", "holidays", "indicators", "meta"];

/// Of each table its columns and its rows, every cell as SQL writes it.
type Tables = BTreeMap<String, (Vec<String>, BTreeSet<String>)>;

async fn strings(conn: &mut SqliteConnection, sql: &str) -> Vec<String> {
    sqlx::query_scalar(AssertSqlSafe(sql)).fetch_all(conn).await.unwrap()
}

async fn tables(conn: &mut SqliteConnection) -> Tables {
    let names =
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '_sqlx%'";
    let mut all = Tables::new();
    for table in strings(conn, names).await {
        let columns = strings(conn, &format!("SELECT name FROM pragma_table_info('{table}')")).await;
        let rows = rows(conn, &table, &columns).await;
        all.insert(table, (columns, rows));
    }
    all
}

async fn rows(conn: &mut SqliteConnection, table: &str, columns: &[String]) -> BTreeSet<String> {
    let cells: Vec<String> = columns.iter().map(|c| format!("quote({c})")).collect();
    strings(conn, &format!("SELECT json_array({}) FROM {table}", cells.join(", "))).await.into_iter().collect()
}

/// A database as version `schema` would have left it: each sample is of the schema it bears.
async fn sample(file: &Path, schema: i64) -> Tables {
    let options = SqliteConnectOptions::new().filename(file).create_if_missing(true).foreign_keys(true);
    let mut conn = options.connect().await.unwrap();
    for version in MIGRATIONS.iter().map(|m| m.version).filter(|v| *v <= schema) {
        MIGRATIONS.run_to(version, &mut conn).await.unwrap();
        let sample = repository().join(format!("tests/samples/migrations/{version:04}.sql"));
        if let Ok(sql) = std::fs::read_to_string(sample) {
            sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut conn).await.unwrap();
        }
    }
    let tables = tables(&mut conn).await;
    conn.close().await.unwrap();
    tables
}

async fn total(store: &Store) -> Value {
    let desk = Desk::new(OFFICE_ZONE, Locale::Vi);
    let asked = Asked { unit: "KTD", period: "thang 12/2026", at: at("2026-11-20T16:30") };
    let mut out = Vec::new();
    summary(store, &desk, &asked, Options { json: true, wait: None }, &mut out).await.unwrap();
    let mut summary: Value = serde_json::from_slice(&out).unwrap();
    let figures =
        ["carried", "received_online", "received_direct", "resolved_early", "pending_total", "awaiting_supplement"];
    let row = summary["total"].take();
    json!([figures.map(|f| row[f].as_i64().unwrap()), summary["indicators"]["fees_noncash"]])
}

#[tokio::test]
async fn every_earlier_schema_becomes_todays_with_all_that_was_in_it() {
    let versions: Vec<i64> = MIGRATIONS.iter().map(|m| m.version).collect();
    for schema in versions.iter().copied().take(versions.len() - 1).filter(|v| *v >= FIRST) {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("office.db");
        let before = sample(&file, schema).await;
        let store = Store::open(&format!("sqlite://{}", file.display())).await.unwrap();
        let mut conn = store.read().await.unwrap();
        for (table, (columns, held)) in before {
            let now = rows(&mut conn, &table, &columns).await;
            let lost: Vec<&String> = held.difference(&now).collect();
            assert!(lost.is_empty() || table == "meta", "{schema}: {table}: {lost:?}");
            assert!(now.len() == held.len() || CATALOGUES.contains(&table.as_str()), "{schema}: {table}");
        }
        let faults = backup::page_faults(&mut conn).await.unwrap();
        assert!(faults.is_empty(), "{schema}: {faults:?}");
        assert_eq!(audit::first_broken(&mut conn).await.unwrap(), None, "{schema}");
        assert_eq!(audit::written_and_left(&mut conn).await.unwrap(), (5, 5), "{schema}");
        assert_eq!(check::messages::wrong(&mut conn).await.unwrap(), [], "{schema}");
        assert_eq!(check::wrong_sums(&mut conn).await.unwrap(), [], "{schema}");
        let dir = directory::load(&mut conn).await.unwrap();
        let unit = dir.unit_by_code("KTD").unwrap().id;
        assert_eq!(check::replayed::differs(&mut conn, &dir, unit).await.unwrap(), [], "{schema}");
        // Brought in 5; 10 online and 3 in person came, 8 left.
        let expected = json!([[5, 10, 3, 8, 5 + 10 + 3 - 8, 2], 250_000]);
        assert_eq!(total(&store).await, expected, "{schema}");
        if schema >= 4 {
            let late = dossiers::by_tail(&mut conn, &[unit], "0002").await.unwrap().pop().unwrap();
            assert_eq!(late.why_late().map(|(r, text)| (r.key(), text)), Some(("power_cut", "từ 8 giờ")));
            assert_eq!(late.promised_for.map(|(r, text)| (r.key(), text)), Some(("power_cut", "từ 8 giờ".to_string())));
            let running = dossiers::by_tail(&mut conn, &[unit], "261116-0001").await.unwrap();
            assert_eq!(running[0].stops.len(), 1);
        }
        drop(conn);
        store.close().await;
    }
}

#[tokio::test]
async fn the_samples_fill_every_table() {
    let folder = tempfile::tempdir().unwrap();
    let newest = MIGRATIONS.iter().map(|m| m.version).max().unwrap();
    let tables = sample(&folder.path().join("office.db"), newest).await;
    let empty: Vec<&String> = tables.iter().filter(|(_, (_, rows))| rows.is_empty()).map(|(name, _)| name).collect();
    assert!(empty.is_empty(), "put a row of each into tests/samples/migrations: {empty:?}");
}
