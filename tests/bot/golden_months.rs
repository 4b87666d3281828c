//! The golden months through the program itself: set up by its command line alone, replayed
//! through the terminal, Telegram and Zalo, with `kill -9` along the way. Every answer is
//! asked for at its own moment, before anything later is sent.

mod telegram;
mod wire;
mod zalo;

use std::collections::HashMap;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use calamine::{Data, DataType, Reader, Xlsx, open_workbook};
use serde_json::Value;

use crate::office::at;

struct Months {
    folder: tempfile::TempDir,
    set: &'static str,
    rows: Vec<Sent>,
    checks: Vec<Value>,
    /// Accounts by the keys of the messages.
    people: HashMap<String, String>,
}

/// A row of `messages.tsv`.
struct Sent {
    at: i64,
    official: String,
    kind: String,
    message_id: i64,
    text: String,
    /// What stands of the message in the end.
    final_text: String,
}

fn file(set: &str, name: &str) -> String {
    std::fs::read_to_string(format!("{}/tests/golden/{set}/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

fn sent(line: &str) -> Sent {
    let [_, time, official, kind, id, text, last] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line}") };
    let plain = |t: &str| t.replace("\\\\", "\u{1}").replace("\\n", "\n").replace("\\t", "\t").replace('\u{1}', "\\");
    let (text, final_text) = (plain(text), plain(last));
    let message_id = id.parse().unwrap();
    Sent { at: at(time).timestamp(), official: official.into(), kind: kind.into(), message_id, text, final_text }
}

impl Months {
    /// A new office, entered by the command lines of `setup.json`; `account` makes of a Telegram
    /// account the option and the account of the channel that is played.
    fn new(set: &'static str, account: impl Fn(i64) -> (&'static str, String)) -> Months {
        let setup: Value = serde_json::from_str(&file(set, "setup.json")).unwrap();
        let expected: Value = serde_json::from_str(&file(set, "expected.json")).unwrap();
        let mut checks = expected["checks"].as_array().unwrap().clone();
        checks.sort_by_key(|c| at(text(&c["as_of"])));
        let officials = setup["officials"].as_array().unwrap();
        let months = Months {
            folder: tempfile::tempdir().unwrap(),
            set,
            rows: file(set, "messages.tsv").lines().skip(1).map(sent).collect(),
            checks,
            people: officials
                .iter()
                .map(|o| (text(&o["key"]).into(), account(o["telegram"].as_i64().unwrap()).1))
                .collect(),
        };
        for command in setup["commands"].as_array().unwrap() {
            let mut words: Vec<String> = command.as_array().unwrap().iter().map(|w| text(w).to_string()).collect();
            if let Some(at) = words.iter().position(|w| w == "--telegram") {
                let (option, id) = account(words[at + 1].parse().unwrap());
                (words[at], words[at + 1]) = (option.to_string(), id);
            }
            months.done(&words.iter().map(String::as_str).collect::<Vec<_>>());
        }
        months
    }

    fn folder(&self) -> &Path {
        self.folder.path()
    }

    fn motcua(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_motcua"));
        command.env_clear().current_dir(self.folder()).env("DATABASE_URL", "sqlite://office.db").env("RUST_LOG", "off");
        command
    }

    fn done(&self, words: &[&str]) -> String {
        let Output { status, stdout, stderr } = self.motcua().args(words).output().unwrap();
        assert!(status.success(), "motcua {words:?}: {}", String::from_utf8_lossy(&stderr));
        String::from_utf8(stdout).unwrap()
    }

    /// Asks everything that one check expects.
    fn check(&self, check: &Value) {
        let (as_of, unit, period) = (text(&check["as_of"]), text(&check["unit"]), text(&check["period"]));
        let asked = ["--unit", unit, "--period", period, "--at", as_of, "--wait", "60"];
        let place = format!("{} {period:?} as of {as_of}", self.set);
        let json: Value = serde_json::from_str(&self.done(&[&["summary", "--json"], &asked[..]].concat())).unwrap();
        assert_eq!(json, check["summary"], "{place}");
        let told = self.done(&[&["summary"], &asked[..]].concat());
        let exact = check["exact_lines"].as_u64().unwrap() as usize;
        let expected: Vec<&str> = check["tonghop"].as_array().unwrap().iter().map(text).collect();
        let lines: Vec<&str> = told.lines().take(expected.len()).collect();
        assert_eq!(lines[..exact], expected[..exact], "{place}");
        self.done(&[&["report", "--out", "report.xlsx"], &asked[..]].concat());
        self.check_form(&check["ii06a"], &place);
    }

    /// Compares the cells of form II.06a.
    fn check_form(&self, form: &Value, place: &str) {
        let mut book: Xlsx<_> = open_workbook(self.folder().join("report.xlsx")).unwrap();
        let sheet = book.worksheet_range("II.06a").unwrap();
        let row_of = |label: &str| {
            let found = sheet.rows().find(|r| r.iter().take(2).any(|c| c.get_string() == Some(label)));
            found.unwrap_or_else(|| panic!("{place}: no row {label}"))
        };
        for row in form["rows"].as_array().unwrap().iter().chain([&form["total"]]) {
            let cells = row_of(text(&row["label"]));
            for column in 3..=13 {
                let wanted = row[format!("c{column}")].as_i64().unwrap();
                let stands = match &cells[column - 1] {
                    Data::Int(n) => *n,
                    Data::Float(n) => *n as i64,
                    other => panic!("{place}: {other:?} in column {column}"),
                };
                assert_eq!(stands, wanted, "{place}: {} column {column}", row["label"]);
            }
        }
    }
}

#[test]
fn the_golden_months_typed_into_the_terminal_give_every_expected_answer() {
    for set in ["r1", "r3"] {
        let months = Months::new(set, |id| ("--telegram", id.to_string()));
        let chat = file(set, "chat.txt");
        let mut lines = chat.lines().peekable();
        for check in &months.checks {
            let until = at(text(&check["as_of"]));
            let mut typed = String::new();
            while let Some(line) = lines.next_if(|l| l.strip_prefix('@').is_none_or(|t| at(t) <= until)) {
                typed.push_str(line);
                typed.push('\n');
            }
            let mut program = months.motcua().arg("chat").stdin(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
            program.stdin.take().unwrap().write_all(typed.as_bytes()).unwrap();
            assert!(program.wait().unwrap().success());
            months.check(check);
        }
        assert_eq!(lines.filter(|l| !l.starts_with('@')).count(), 0, "said after the last answer");
    }
}
