//! The same life through `motcua tick` and the loopback Bot API, with `kill -9` at random:
//! every reminder at least once, a repeat only where the fate of a call was unknown.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use chrono::{NaiveDate, Timelike};
use motcua::clock::OFFICE_ZONE;
use motcua::store::Store;
use motcua::store::days;

use super::expected::{self, Told};
use super::life::{self, Life, chat_of, is_down};
use super::{Dice, codes};
use crate::fake_telegram::{FakeTelegram, TOKEN};

struct Office<'a> {
    folder: &'a Path,
    fake: &'a FakeTelegram,
}

impl Office<'_> {
    fn tick(&self, day: NaiveDate, minute: u32) -> Child {
        Command::new(env!("CARGO_BIN_EXE_motcua"))
            .args(["tick", "--at", &format!("{day}T{:02}:{:02}", minute / 60, minute % 60)])
            .env_clear()
            .current_dir(self.folder)
            .env("DATABASE_URL", "sqlite://office.db")
            .env("TELOXIDE_TOKEN", TOKEN)
            .env("TELOXIDE_API_URL", self.fake.url())
            .env("MOTCUA_TELEGRAM_RATE", "0")
            .env("RUST_LOG", "off")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap()
    }

    /// Runs the pass to its end; before that kills some at random moments.
    async fn look(&self, (day, minute): (NaiveDate, u32), kills: u64, dice: &mut Dice) {
        for _ in 0..kills {
            let mut program = self.tick(day, minute);
            tokio::time::sleep(Duration::from_millis(dice.below(140))).await;
            program.kill().unwrap();
            program.wait().unwrap();
        }
        let mut program = self.tick(day, minute);
        let status = tokio::task::spawn_blocking(move || program.wait()).await.unwrap().unwrap();
        assert!(status.success(), "tick --at {day} {minute}: {status}");
    }
}

/// Lives through the days; returns how many messages were told, and how many came twice.
async fn live(from: &str, to: &str, every: u64, seed: u64) -> (usize, usize) {
    println!("{from} to {to}, a kill in {every} looks, seed {seed}");
    let life = Life::new(from, to, 60, seed);
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", folder.path().join("office.db").display());
    let store = Store::open(&url).await.unwrap();
    life.set_up(&store, "calendar").await;
    let fake = FakeTelegram::start();
    let (office, mut dice) = (Office { folder: folder.path(), fake: &fake }, Dice(seed));
    for day in life.from.iter_days().take_while(|d| *d <= life.to) {
        let (mut posted, moments) = (0, expected::moments(day));
        for minute in moments.into_iter().filter(|_| life::is_working(day) && !is_down(day)) {
            life.post(&store, day, (posted, minute)).await;
            posted = minute;
            let kills = u64::from(dice.below(every) == 0) + u64::from(dice.below(2 * every) == 0);
            office.look((day, minute), kills, &mut dice).await;
        }
        life.post(&store, day, (posted, 1_440)).await;
        life.evening(&store, day).await;
    }
    compare(&expected::all(&life), &store, &fake).await
}

/// What stands in the outbox, what came, and what had to come.
async fn compare(expected: &[Told], store: &Store, fake: &FakeTelegram) -> (usize, usize) {
    let mut r = store.read().await.unwrap();
    let rows: Vec<(String, String, i64, String)> =
        sqlx::query_as("SELECT chat_id, text, created_at, state FROM outbox ORDER BY id")
            .fetch_all(&mut *r)
            .await
            .unwrap();
    assert!(rows.iter().all(|row| row.3 == "sent"), "all of it has left");
    let at = |seconds: i64| days::instant(seconds).with_timezone(&OFFICE_ZONE).naive_local();
    let mut found: Vec<_> = rows
        .iter()
        .map(|(chat, text, created, _)| {
            let at = at(*created);
            (at.date(), at.hour() * 60 + at.minute(), chat.parse::<i64>().unwrap(), codes(text))
        })
        .collect();
    let mut wanted: Vec<_> = expected.iter().map(|t| (t.day, t.minute, chat_of(t.to), t.codes.clone())).collect();
    found.sort();
    wanted.sort();
    assert_eq!(found, wanted, "each is told once, whatever was killed");
    let mut received = 0;
    for (who, ..) in life::PEOPLE {
        let came = fake.state().take_all(chat_of(who));
        received += came.len();
        for (_, text, ..) in rows.iter().filter(|row| row.0 == chat_of(who).to_string()) {
            assert!(came.iter().any(|c| c.text == *text), "never came: {text}");
        }
    }
    let tries: i64 = sqlx::query_scalar("SELECT ifnull(sum(attempts - 1), 0) FROM outbox WHERE ambiguous")
        .fetch_one(&mut *r)
        .await
        .unwrap();
    let repeats = received - rows.len();
    assert!(repeats as i64 <= tries, "{repeats} repeats, {tries} tries after an unknown fate");
    println!("{} messages, {repeats} came twice", rows.len());
    (rows.len(), repeats)
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_passes_lose_nothing_and_repeat_only_what_was_in_flight() {
    let (told, _) = live("2026-07-29", "2026-08-03", 3, 31).await;
    assert!(told > 20);
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "long: some minutes"]
async fn long_a_quarter_of_killed_passes_loses_nothing() {
    live("2026-07-01", "2026-09-30", 2, 32).await;
}
