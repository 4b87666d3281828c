//! The golden months through the program itself: set up by its command line alone, replayed
//! through the terminal and through Telegram, with `kill -9` along the way. Every answer is
//! asked for at its own moment, before anything later is sent.

use std::collections::HashMap;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::Duration;

use calamine::{Data, DataType, Reader, Xlsx, open_workbook};
use motcua::store::Store;
use serde_json::{Value, json};

use crate::fake_telegram::{FakeTelegram, TOKEN};
use crate::office::{NOBODY_IS_REMINDED, at};

struct Months {
    folder: tempfile::TempDir,
    set: &'static str,
    rows: Vec<Sent>,
    checks: Vec<Value>,
    /// Telegram ids by the keys of the messages.
    people: HashMap<String, i64>,
}

/// A row of `messages.tsv`.
struct Sent {
    at: i64,
    official: String,
    kind: String,
    message_id: i64,
    text: String,
}

fn file(set: &str, name: &str) -> String {
    std::fs::read_to_string(format!("{}/tests/golden/{set}/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

fn sent(line: &str) -> Sent {
    let [_, time, official, kind, id, text, _] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line}") };
    let text = text.replace("\\\\", "\u{1}").replace("\\n", "\n").replace("\\t", "\t").replace('\u{1}', "\\");
    let message_id = id.parse().unwrap();
    Sent { at: at(time).timestamp(), official: official.into(), kind: kind.into(), message_id, text }
}

impl Months {
    /// A new office, entered by the command lines of `setup.json`.
    fn new(set: &'static str) -> Months {
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
            people: officials.iter().map(|o| (text(&o["key"]).into(), o["telegram"].as_i64().unwrap())).collect(),
        };
        for command in setup["commands"].as_array().unwrap() {
            let words: Vec<&str> = command.as_array().unwrap().iter().map(text).collect();
            months.done(&words);
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
        let months = Months::new(set);
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

/// The program on Telegram, killed and started again.
struct Run<'a> {
    months: &'a Months,
    fake: &'a FakeTelegram,
    program: Option<std::process::Child>,
}

impl<'a> Run<'a> {
    fn new(months: &'a Months, fake: &'a FakeTelegram) -> Run<'a> {
        let mut run = Run { months, fake, program: None };
        run.start();
        run
    }

    fn start(&mut self) {
        let mut command = self.months.motcua();
        command.arg("run").env("TELOXIDE_TOKEN", TOKEN).env("TELOXIDE_API_URL", self.fake.url());
        command.env("MOTCUA_TELEGRAM_RATE", "0").stdout(Stdio::null()).stderr(Stdio::null());
        self.program = Some(command.spawn().unwrap());
    }

    fn kill(&mut self) {
        if let Some(mut program) = self.program.take() {
            let _ = program.kill();
            program.wait().unwrap();
        }
    }

    /// What a person's phone sends; `ids` are the platform's ids of the messages.
    fn send(&self, row: &Sent, ids: &mut HashMap<i64, i64>) {
        let user = self.months.people[&row.official];
        let chat = json!({"id": user, "type": "private", "first_name": "P"});
        let from = json!({"id": user, "is_bot": false, "first_name": "P"});
        let first = self.months.rows.iter().find(|r| r.message_id == row.message_id).unwrap();
        let id = *ids.entry(row.message_id).or_insert_with(|| self.fake.state().next_message());
        let mut message = json!({"message_id": id, "date": first.at, "from": from, "chat": chat, "text": row.text});
        if row.kind == "edit" {
            message["edit_date"] = json!(row.at);
            self.fake.push(json!({"edited_message": message}));
        } else {
            self.fake.push(json!({"message": message}));
        }
    }
}

impl Drop for Run<'_> {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Small, repeatable, good enough to spread moments.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % n
    }
}

/// Replays a golden set through Telegram, killing the program `kills` times; returns how
/// many replies came twice.
async fn replay(set: &'static str, kills: usize, seed: u64) -> usize {
    println!("{set}: {kills} kills, seed {seed}");
    let months = Months::new(set);
    let store = Store::open(&format!("sqlite://{}", months.folder().join("office.db").display())).await.unwrap();
    let mut w = store.write().await.unwrap();
    sqlx::raw_sql(NOBODY_IS_REMINDED).execute(&mut *w).await.unwrap();
    w.commit().await.unwrap();
    store.close().await;
    let fake = FakeTelegram::start();
    let mut run = Run::new(&months, &fake);
    let mut dice = Dice(seed);
    let mut ids = HashMap::new();
    let mut checks = months.checks.iter().peekable();
    let every = months.rows.len().checked_div(kills).unwrap_or(usize::MAX).max(1);
    let mut left = kills;
    for (n, row) in months.rows.iter().enumerate() {
        while let Some(check) = checks.next_if(|c| at(text(&c["as_of"])).timestamp() < row.at) {
            fake.all_acknowledged().await;
            months.check(check);
        }
        run.send(row, &mut ids);
        if left > 0 && n % every == every - 1 {
            // Somewhere in receiving, storing, handling or sending what has just arrived.
            tokio::time::sleep(Duration::from_millis(dice.below(120))).await;
            run.kill();
            run.start();
            left -= 1;
        }
    }
    for _ in 0..left {
        tokio::time::sleep(Duration::from_millis(dice.below(120))).await;
        run.kill();
        run.start();
    }
    fake.all_acknowledged().await;
    for check in checks {
        months.check(check);
    }
    let repeats = settled(&months, &fake).await;
    run.kill();
    repeats
}

/// Waits for the outbox to empty and compares what stands in the database, what was sent
/// and what was received.
async fn settled(months: &Months, fake: &FakeTelegram) -> usize {
    let store = Store::open(&format!("sqlite://{}", months.folder().join("office.db").display())).await.unwrap();
    let count = async |sql: &'static str| -> i64 {
        let mut r = store.read().await.unwrap();
        sqlx::query_scalar(sql).fetch_one(&mut *r).await.unwrap()
    };
    while count("SELECT count(*) FROM outbox WHERE state IN ('waiting', 'sending')").await > 0 {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let replies = count("SELECT count(*) FROM outbox").await;
    // Tries after the first of replies whose fate a kill left unknown: only they may repeat.
    let ambiguous = count("SELECT ifnull(sum(attempts - 1), 0) FROM outbox WHERE ambiguous").await;
    let received: usize = months.people.values().map(|user| fake.state().take_all(*user).len()).sum();
    let distinct = count("SELECT count(*) FROM contents").await;
    let kinds = |kind: &str| months.rows.iter().filter(|r| r.kind == kind).count() as i64;
    let sent = kinds("message") + kinds("command") + kinds("edit");
    assert_eq!(distinct, sent, "each message arrived once");
    assert_eq!(count("SELECT count(*) FROM inbox WHERE state <> 'done'").await, 0);
    let doubled = "SELECT count(*) - count(DISTINCT chat_id || ' ' || message_id) FROM posts";
    assert_eq!(count(doubled).await, 0, "a message counted twice");
    let repeats = received as i64 - replies;
    assert!(repeats >= 0, "{replies} replies, {received} received");
    assert!(repeats <= ambiguous, "{repeats} repeats, {ambiguous} tries after an unknown fate");
    store.close().await;
    repeats as usize
}

#[tokio::test(flavor = "multi_thread")]
async fn the_golden_months_through_telegram_give_every_expected_answer() {
    for set in ["r1", "r3"] {
        assert_eq!(replay(set, 0, 1).await, 0, "a reply came twice");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn forty_kills_on_the_way_change_no_answer() {
    let repeats = replay("r3", 40, 20_251_130).await;
    println!("40 kills: {repeats} replies came twice");
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "long: some minutes"]
async fn long_two_hundred_and_forty_kills_on_the_way_change_no_answer() {
    for (set, kills, seed) in [("r1", 80, 7), ("r3", 80, 8), ("r1", 40, 9), ("r3", 40, 10)] {
        let repeats = replay(set, kills, seed).await;
        println!("{set}: {kills} kills, {repeats} replies came twice");
    }
}
