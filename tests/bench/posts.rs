//! `cargo bench --bench posts`: SPEC §13, posts through the Telegram channel.
//!
//! The release binary `motcua run` against our Bot API server, each in a process of its own,
//! on the loopback. Measured by the server: from a message's being there to its answer's
//! having come. The rival is an aiogram 3 + aiosqlite bot with one FULL commit a post
//! (`rivals/aiogram_bot.py`, installed under target/ if missing); both run three times in
//! turn, medians count. `-- --quick` leaves the rival and the repetitions out.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a bench fails loudly")]

#[path = "../peers/telegram/mod.rs"]
mod fake_telegram;
mod posts_office;

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use fake_telegram::{TOKEN, console};
use serde_json::Value;

/// Messages of the great load, and the chats they come from.
const POSTS: usize = 10_000;
const CHATS: usize = 1_000;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments.first().is_some_and(|a| a == "--serve") {
        return console::run("127.0.0.1:0", &posts_office::texts());
    }
    let quick = arguments.iter().any(|a| a == "--quick");
    let runs = if quick { 1 } else { 3 };

    let ceiling = Fake::start().ceiling();
    println!("the server's own ceiling (polls and answers, nothing stored)   {ceiling:>8.0} posts/s");

    let (mut ours, mut rivals) = (Vec::new(), Vec::new());
    for run in 1..=runs {
        let (rate, memory) = motcua_backlog();
        println!("run {run}: motcua {rate:.0} posts/s, {memory}");
        ours.push(rate);
        if !quick {
            let rate = rival_backlog();
            println!("run {run}: aiogram + aiosqlite {rate:.0} posts/s");
            rivals.push(rate);
        }
    }
    let rate = median(&mut ours);
    bar("10,000 posts waiting, 1,000 chats", rate, "posts/s", rate >= 2_500.0, "≥ 2,500");
    if !quick {
        let ratio = rate / median(&mut rivals);
        bar("the same against aiogram + aiosqlite", ratio, "×", ratio >= 6.0, "≥ 6");
    }
    latencies();
}

/// One post in flight a chat, and one chat alone.
fn latencies() {
    for (what, chats, posts, pause, most) in [
        ("100 chats, one post in flight each: p99", 100, 5_000, 0, 200.0),
        ("1,000 chats, one post in flight each: p99", 1_000, 10_000, 0, 2_000.0),
        ("one post when idle: p99", 1, 200, 30, 50.0),
    ] {
        let mut fake = Fake::start();
        let mut bot = Motcua::start(&fake);
        let result = fake.load(posts, chats, 1, pause);
        assert_eq!(result["answered"], posts, "{result}");
        bot.end();
        bot.office.check(posts);
        let p99 = result["p99_ms"].as_f64().unwrap();
        bar(what, p99, "ms", p99 < most, &format!("< {most}"));
    }
}

fn motcua_backlog() -> (f64, String) {
    let mut fake = Fake::start();
    let mut bot = Motcua::start(&fake);
    fake.first_answer(); // it is there, and has answered somebody
    let idle = bot.memory("VmRSS");
    let result = fake.load(POSTS, CHATS, 0, 0);
    let most = bot.memory("VmHWM");
    let rate = rate(&result);
    bot.end();
    bot.office.check(POSTS + 1);
    (rate, format!("{idle:.0} MB idle, {most:.0} MB at most"))
}

fn rival_backlog() -> f64 {
    let mut fake = Fake::start();
    let folder = tempfile::tempdir().unwrap();
    let bot = Command::new(rival_python())
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bench/rivals/aiogram_bot.py"))
        .args([&fake.url, TOKEN, folder.path().join("rival.db").to_str().unwrap()])
        .stderr(Stdio::null())
        .spawn();
    let mut bot = Process(bot.unwrap());
    fake.first_answer();
    let result = fake.load(POSTS, CHATS, 0, 0);
    bot.kill();
    rate(&result)
}

fn rate(result: &Value) -> f64 {
    assert_eq!(result["answered"], POSTS, "{result}");
    POSTS as f64 / (result["took_ms"].as_f64().unwrap() / 1000.0)
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

fn bar(what: &str, value: f64, unit: &str, met: bool, wanted: &str) {
    println!("{what:<55} {value:>10.1} {unit:<8} bar {wanted}: {}", if met { "met" } else { "MISSED" });
}

/// A child that does not outlive us.
struct Process(Child);

impl Process {
    fn kill(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.kill();
    }
}

/// The Bot API server in its own process, told by lines.
struct Fake {
    child: Process,
    lines: std::io::Lines<BufReader<ChildStdout>>,
    url: String,
}

impl Fake {
    fn start() -> Fake {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .arg("--serve")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let url = lines.next().unwrap().unwrap();
        Fake { child: Process(child), lines, url }
    }

    fn tell(&mut self, line: &str) {
        writeln!(self.child.0.stdin.as_mut().unwrap(), "{line}").unwrap();
    }

    fn load(&mut self, posts: usize, chats: usize, in_flight: usize, pause_ms: u64) -> Value {
        self.tell(&format!("load {posts} {chats} {in_flight} {pause_ms}"));
        self.next()
    }

    fn next(&mut self) -> Value {
        serde_json::from_str(&self.lines.next().expect("the server ended").unwrap()).unwrap()
    }

    /// Says something and waits for the answer: the bot is there.
    fn first_answer(&mut self) {
        self.tell(&format!("say {} {}", console::FIRST_CHAT, posts_office::texts()[0]));
        let reply = self.next();
        assert!(reply["text"].as_str().unwrap().starts_with("Đã lưu"), "{reply}");
    }

    /// How fast a client that stores nothing gets through.
    fn ceiling(mut self) -> f64 {
        let base = format!("{}/bot{TOKEN}", self.url);
        let stop = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false));
        let client = std::thread::spawn({
            let stop = stop.clone();
            move || posts_office::echo_all(&base, &stop)
        });
        let result = self.load(POSTS, CHATS, 0, 0);
        stop.store(true, std::sync::atomic::Ordering::Relaxed);
        self.tell("say 1 x"); // ends the last poll
        client.join().unwrap();
        rate(&result)
    }
}

/// `motcua run` on a fresh office.
struct Motcua {
    child: Process,
    office: posts_office::Office,
}

impl Motcua {
    fn start(fake: &Fake) -> Motcua {
        let office = posts_office::Office::new(console::FIRST_CHAT, CHATS);
        let child = Command::new(env!("CARGO_BIN_EXE_motcua"))
            .arg("run")
            .current_dir(office.folder())
            .env("DATABASE_URL", office.url())
            .env("TELOXIDE_TOKEN", TOKEN)
            .env("TELOXIDE_API_URL", &fake.url)
            .env("MOTCUA_TELEGRAM_RATE", "0")
            .env("RUST_LOG", "warn")
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        Motcua { child: Process(child), office }
    }

    /// A line of /proc, in MB.
    fn memory(&self, line: &str) -> f64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.0.id())).unwrap_or_default();
        let kb = status.lines().find_map(|l| l.strip_prefix(line)?.split_whitespace().nth(1)?.parse::<f64>().ok());
        kb.unwrap_or(f64::NAN) / 1024.0
    }

    /// An orderly stop: SIGTERM, then up to ten seconds.
    fn end(&mut self) {
        let pid = self.child.0.id().to_string();
        Command::new("kill").args(["-TERM", &pid]).status().unwrap();
        let until = Instant::now() + Duration::from_secs(10);
        while self.child.0.try_wait().unwrap().is_none() {
            assert!(Instant::now() < until, "motcua did not stop within 10 s");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

/// The Python that has aiogram; made under target/ the first time.
fn rival_python() -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/rivals/aiogram");
    let python = folder.join("bin/python");
    if !folder.join("ready").exists() {
        let run = |command: &mut Command| assert!(command.status().unwrap().success(), "{command:?}");
        run(Command::new("python3").args(["-m", "venv"]).arg(&folder));
        run(Command::new(&python).args(["-m", "pip", "-q", "install", "aiogram==3.31.0", "aiosqlite==0.22.1"]));
        std::fs::write(folder.join("ready"), "").unwrap();
    }
    python
}
