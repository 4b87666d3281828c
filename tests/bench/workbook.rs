//! How fast a workbook is made (SPEC §13): one commune-month, and all 3,321 units; and how
//! long openpyxl and XlsxWriter take to write the very same cells, in the same run.
//!
//!     cargo bench --bench workbook
//!
//! The Python libraries are installed into `target/bench/venv` when they are missing.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a bench that cannot run may stop short")]

#[allow(dead_code, reason = "shared with the tests")]
#[path = "../workbook/golden.rs"]
mod golden;
#[allow(dead_code, reason = "shared with the tests")]
#[path = "../workbook/parent.rs"]
mod parent;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use motcua::render::xlsx;
use motcua::report::book::{Book, Cell, Outcome, Value};
use motcua::report::workbook::{Workbook, describe};
use motcua::words::Locale;
use serde_json::json;

const UNITS: usize = 3_321;

fn main() {
    let commune = golden::main_case("r3");
    let nation = parent::parent_of(golden::main_case("r3"), UNITS);
    let mut good = measure("one commune-month", &commune.workbook(), 101, 50.0);
    good &= measure("all 3,321 units", &nation.workbook(), 11, 2_000.0);
    if !good {
        std::process::exit(1);
    }
}

/// Prints our median, those of the rivals and the ratios; false when a bar is missed. The
/// rivals draw no charts, so neither do we when it comes to the ratio.
fn measure(name: &str, facts: &Workbook, runs: usize, bar_ms: f64) -> bool {
    let mut book = describe(facts, Locale::Vi.words());
    let cells: usize = book.sheets.iter().map(|s| s.cells.len()).sum();
    let mut bytes = 0;
    let ours = median(runs, || {
        bytes = xlsx::write(&describe(facts, Locale::Vi.words())).expect("a workbook").len();
    });
    println!("{name}: {cells} cells, {bytes} bytes");
    println!("  motcua      {ours:9.2} ms   bar {bar_ms} ms   {}", verdict(ours < bar_ms));
    let mut good = ours < bar_ms;
    let file = dump(&book);
    let cells_only = median(runs, || {
        book = describe(facts, Locale::Vi.words());
        book.sheets.iter_mut().for_each(|s| s.charts.clear());
        xlsx::write(&book).expect("a workbook");
    });
    println!("  – no charts {cells_only:9.2} ms");
    for rival in ["xlsxwriter", "openpyxl"] {
        match run_rival(rival, &file, (runs / 3).clamp(3, 9)) {
            Ok(ms) => {
                let ratio = ms / cells_only;
                good &= ratio >= 4.0;
                println!("  {rival:11} {ms:9.2} ms   {ratio:.1}× ours   bar 4×   {}", verdict(ratio >= 4.0));
            }
            Err(why) => println!("  {rival:11} not measured: {why}"),
        }
    }
    good
}

fn verdict(good: bool) -> &'static str {
    if good { "ok" } else { "MISSED" }
}

fn median(runs: usize, mut work: impl FnMut()) -> f64 {
    let mut times: Vec<f64> = (0..runs)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed().as_secs_f64() * 1000.0
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times[runs / 2]
}

/// The book's cells as JSON, for the rivals to read before their clock starts.
fn dump(book: &Book) -> PathBuf {
    let sheets: Vec<_> = book
        .sheets
        .iter()
        .map(|s| json!({ "name": s.name, "cells": s.cells.iter().map(cell).collect::<Vec<_>>() }))
        .collect();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/bench");
    std::fs::create_dir_all(&folder).expect("target/ can be written");
    let file = folder.join("cells.json");
    std::fs::write(&file, json!(sheets).to_string()).expect("target/ can be written");
    file
}

/// `[row, column, rows, columns, kind, value, result, format]`.
fn cell(cell: &Cell) -> serde_json::Value {
    let (kind, value, result) = match &cell.value {
        Value::Blank => ("blank", json!(null), json!(null)),
        Value::Text(text) => ("text", json!(text), json!(null)),
        Value::Number(n) => ("number", json!(n), json!(null)),
        Value::Percent(n) => ("rate", json!(*n as f64 / 100.0), json!(null)),
        Value::Day(day) => ("day", json!(day.to_string()), json!(null)),
        Value::Time(time) => ("time", json!(time.to_string()), json!(null)),
        Value::Formula(text, outcome) => {
            let result = match *outcome {
                Outcome::Number(n) | Outcome::Difference(n) => json!(n),
                Outcome::Share { part, whole } => json!(part as f64 / whole.max(1) as f64),
            };
            ("formula", json!(format!("={text}")), result)
        }
    };
    let format = format!("{:?} {:?} {kind}", cell.role, cell.shade);
    json!([cell.row, cell.column, cell.span.0, cell.span.1, kind, value, result, format])
}

/// Median milliseconds of a rival that writes those cells.
fn run_rival(rival: &str, cells: &Path, runs: usize) -> Result<f64, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let python = venv(&root.join("target/bench/venv"))?;
    let script = root.join(format!("tests/bench/rivals/{rival}_cells.py"));
    let done = Command::new(python)
        .arg(script)
        .arg(cells)
        .arg(runs.to_string())
        .output()
        .map_err(|e| format!("python does not start: {e}"))?;
    let said = String::from_utf8_lossy(&done.stdout);
    said.trim().parse().map_err(|_| String::from_utf8_lossy(&done.stderr).trim().to_string())
}

/// The Python that has both libraries.
fn venv(folder: &Path) -> Result<PathBuf, String> {
    let python = folder.join("bin/python");
    let has_both = || {
        let ask = Command::new(&python).args(["-c", "import openpyxl, xlsxwriter"]).output();
        ask.is_ok_and(|done| done.status.success())
    };
    if !has_both() {
        run(Command::new("python3").args(["-m", "venv"]).arg(folder))?;
        run(Command::new(&python).args(["-m", "pip", "install", "--quiet", "openpyxl==3.1.5", "XlsxWriter==3.3.1"]))?;
    }
    if has_both() { Ok(python) } else { Err("openpyxl and XlsxWriter cannot be installed".into()) }
}

fn run(command: &mut Command) -> Result<(), String> {
    let done = command.output().map_err(|e| format!("python3 does not start: {e}"))?;
    if done.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&done.stderr).trim().to_string()) }
}
