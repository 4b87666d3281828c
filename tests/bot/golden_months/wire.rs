//! A golden set over a platform's wire, with the program in a process of its own.

use std::process::{Child, Stdio};
use std::time::Duration;

use motcua::store::Store;

use super::{Months, Sent};
use crate::office::{NOBODY_IS_REMINDED, at};

/// A fake platform that plays a golden set.
pub trait Platform {
    /// Settings by which the program finds it.
    fn settings(&self) -> Vec<(&'static str, String)>;

    /// What a person's phone sends for a row.
    fn send(&mut self, months: &Months, row: &Sent);

    /// Whether everything sent has been handed over and received.
    fn all_received(&self) -> bool;

    /// Messages that people sent so far, repeats of the platform not counted.
    fn messages(&self) -> i64;

    /// The program was killed; these deliveries are stored.
    fn killed(&mut self, _stored: &[String]) {}

    /// Takes all replies of an account; how many they were.
    fn take_all(&self, account: &str) -> usize;
}

/// The program, killed and started again.
struct Run<'a> {
    months: &'a Months,
    settings: Vec<(&'static str, String)>,
    program: Option<Child>,
}

impl Run<'_> {
    fn start(&mut self) {
        let mut command = self.months.motcua();
        command.arg("run").stdout(Stdio::null()).stderr(Stdio::null());
        command.envs(self.settings.iter().map(|(name, value)| (*name, value)));
        self.program = Some(command.spawn().unwrap());
    }

    fn kill(&mut self) {
        if let Some(mut program) = self.program.take() {
            let _ = program.kill();
            program.wait().unwrap();
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

/// Replays a golden set, killing the program `kills` times; returns how many replies came
/// twice. `longest` is the time within which a kill falls (ms).
pub async fn replay(months: &Months, platform: &mut impl Platform, (kills, seed, longest): (usize, u64, u64)) -> usize {
    println!("{}: {kills} kills, seed {seed}", months.set);
    let store = open(months).await;
    let mut w = store.write().await.unwrap();
    sqlx::raw_sql(NOBODY_IS_REMINDED).execute(&mut *w).await.unwrap();
    w.commit().await.unwrap();
    store.close().await;
    let mut run = Run { months, settings: platform.settings(), program: None };
    run.start();
    let mut dice = Dice(seed);
    let mut checks = months.checks.iter().peekable();
    let every = months.rows.len().checked_div(kills).unwrap_or(usize::MAX).max(1);
    let mut left = kills;
    for (n, row) in months.rows.iter().enumerate() {
        while let Some(check) = checks.next_if(|c| at(super::text(&c["as_of"])).timestamp() < row.at) {
            received(platform).await;
            months.check(check);
        }
        platform.send(months, row);
        if left > 0 && n % every == every - 1 {
            kill(&mut run, platform, dice.below(longest)).await;
            left -= 1;
        }
    }
    for _ in 0..left {
        kill(&mut run, platform, dice.below(longest)).await;
    }
    received(platform).await;
    for check in checks {
        months.check(check);
    }
    settled(months, platform).await
}

/// Somewhere in receiving, storing, handling or sending what has just arrived.
async fn kill(run: &mut Run<'_>, platform: &mut impl Platform, after_ms: u64) {
    tokio::time::sleep(Duration::from_millis(after_ms)).await;
    run.kill();
    let store = open(run.months).await;
    let mut r = store.read().await.unwrap();
    let stored: Vec<String> = sqlx::query_scalar("SELECT delivery FROM deliveries").fetch_all(&mut *r).await.unwrap();
    drop(r);
    store.close().await;
    platform.killed(&stored);
    run.start();
}

async fn received(platform: &impl Platform) {
    let until = std::time::Instant::now() + Duration::from_secs(900);
    while !platform.all_received() {
        assert!(std::time::Instant::now() < until, "not received in time");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

async fn open(months: &Months) -> Store {
    Store::open(&format!("sqlite://{}", months.folder().join("office.db").display())).await.unwrap()
}

/// Waits for the outbox to empty and compares what stands in the database, what was sent
/// and what was received.
async fn settled(months: &Months, platform: &impl Platform) -> usize {
    let store = open(months).await;
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
    let received: usize = months.people.values().map(|account| platform.take_all(account)).sum();
    assert_eq!(count("SELECT count(*) FROM contents").await, platform.messages(), "each message arrived once");
    assert_eq!(count("SELECT count(*) FROM inbox WHERE state <> 'done'").await, 0);
    let doubled = "SELECT count(*) - count(DISTINCT chat_id || ' ' || message_id) FROM posts";
    assert_eq!(count(doubled).await, 0, "a message counted twice");
    let repeats = received as i64 - replies;
    assert!(repeats >= 0, "{replies} replies, {received} received");
    assert!(repeats <= ambiguous, "{repeats} repeats, {ambiguous} tries after an unknown fate");
    store.close().await;
    repeats as usize
}
