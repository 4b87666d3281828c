//! Summaries and workbooks of the golden offices: JSON, text and form II.06a as they were
//! asked for then.

use std::io::Cursor;

use calamine::{Data, Range, Reader, Xlsx, open_workbook_from_rs};
use motcua::app::export::render;
use motcua::app::reply::{FileRecipe, Rendered};
use motcua::cli::End;
use motcua::cli::asked::Asked;
use motcua::cli::report::report;
use motcua::cli::summary::{Options, summary};
use serde_json::Value;

use crate::golden::Golden;
use crate::office::{Office, at};

async fn printed(office: &Office, check: &Value, json: bool) -> String {
    let asked = asked(check);
    let mut out = Vec::new();
    let options = Options { json, wait: None };
    let end = summary(&office.store, office.desk(), &asked, options, &mut out).await.unwrap();
    assert_eq!(end, End::Done);
    String::from_utf8(out).unwrap()
}

fn asked(check: &Value) -> Asked<'_> {
    let text = |key: &str| check[key].as_str().unwrap();
    Asked { unit: text("unit"), period: text("period"), at: at(text("as_of")) }
}

async fn workbook(office: &Office, check: &Value) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("x.xlsx");
    let end = report(&office.store, office.desk(), &asked(check), (&file, None)).await.unwrap();
    assert_eq!(end, End::Done);
    std::fs::read(file).unwrap()
}

fn sheet(bytes: &[u8], name: &str) -> Range<Data> {
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes)).unwrap();
    book.worksheet_range(name).unwrap()
}

fn text(sheet: &Range<Data>, row: u32, column: u32) -> String {
    sheet.get_value((row, column)).map(ToString::to_string).unwrap_or_default()
}

/// All texts of a sheet, a line a row.
fn all(sheet: &Range<Data>) -> String {
    let row = |r: &[Data]| r.iter().map(ToString::to_string).filter(|c| !c.is_empty()).collect::<Vec<_>>().join(" | ");
    sheet.rows().map(row).collect::<Vec<_>>().join("\n")
}

/// The form's rows from its first field on: label and columns 3–13.
fn check_form(bytes: &[u8], expected: &Value) {
    const FIRST: u32 = 9;
    let form = sheet(bytes, "II.06a");
    let rows = expected["rows"].as_array().unwrap();
    for (row, expected) in (FIRST..).zip(rows.iter().chain([&expected["total"]])) {
        let label = expected["label"].as_str().unwrap_or("TỔNG CỘNG");
        assert_eq!(text(&form, row, 1), label);
        for column in 3..=13 {
            let cell = text(&form, row, column - 1);
            assert_eq!(cell, expected[format!("c{column}")].to_string(), "{label} ({column})");
        }
    }
    let below = all(&form);
    for (line, key) in [("(9): ", "withdrawn"), ("(12): ", "awaiting_supplement")] {
        let wanted = motcua::words::numbers::number(expected["within"][key].as_i64().unwrap());
        assert!(below.contains(&format!("{line}{wanted}")), "{key}: {below}");
    }
}

async fn play(set: &str) -> usize {
    let mut golden = Golden::read(set);
    let mut office = Office::new("2022-12-01T08:00").await;
    golden.set_up(&office).await;
    for check in golden.checks.clone() {
        let as_of = check["as_of"].as_str().unwrap();
        golden.play_until(&mut office, as_of).await;
        let label = format!("{set} {as_of} {}", check["period"]);
        let json: Value = serde_json::from_str(&printed(&office, &check, true).await).unwrap();
        assert_eq!(json, check["summary"], "{label}");
        let lines = printed(&office, &check, false).await;
        let exact = check["exact_lines"].as_u64().unwrap() as usize;
        let wanted: Vec<&str> = check["tonghop"].as_array().unwrap().iter().map(|l| l.as_str().unwrap()).collect();
        assert_eq!(lines.lines().take(exact).collect::<Vec<_>>(), wanted[..exact], "{label}");
        let bytes = workbook(&office, &check).await;
        check_form(&bytes, &check["ii06a"]);
        let verdicts = all(&sheet(&bytes, "Kiểm tra"));
        assert!(!verdicts.contains("Phải sửa |"), "{label}: {verdicts}");
    }
    golden.checks.len()
}

#[tokio::test]
async fn the_golden_quarter_comes_to_what_the_office_printed() {
    assert_eq!(play("r1").await, 10);
}

#[tokio::test]
async fn the_golden_month_comes_to_what_the_office_printed() {
    assert_eq!(play("r3").await, 6);
}
