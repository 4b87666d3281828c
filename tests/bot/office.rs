//! An office for tests: a real SQLite file, a clock that tests move, people by name.
//!
//! Talk goes through the terminal channel: inbox, router, outbox and all. A reply that a
//! test has not read fails it.

use std::collections::VecDeque;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use motcua::app::desk::Desk;
use motcua::app::reply::Rendered;
use motcua::channel::renderer;
use motcua::channel::terminal::{Heard, Terminal, router};
use motcua::clock::{ManualClock, OFFICE_ZONE, parse_time};
use motcua::domain::official::OfficialId;
use motcua::store::Store;
use motcua::words::Locale;
use tempfile::TempDir;

/// An office with one unit, its people and a terminal.
pub struct Office {
    pub store: Store,
    pub clock: Arc<ManualClock>,
    pub terminal: Terminal,
    unread: VecDeque<(String, Heard)>,
    _folder: TempDir,
}

/// Makes today and tomorrow days off: a program that lives by the machine's own clock reminds
/// nobody, whenever the test runs.
pub const NOBODY_IS_REMINDED: &str = "INSERT OR REPLACE INTO holidays (day, kind)
     SELECT unixepoch() / 86400 + value, 'off' FROM json_each('[0, 1, 2]')";

/// `2026-11-20T16:15` or RFC 3339.
pub fn at(time: &str) -> DateTime<Utc> {
    parse_time(time, OFFICE_ZONE).expect("a time")
}

impl Office {
    /// An empty database; the clock stands at `time`.
    pub async fn new(time: &str) -> Office {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&format!("sqlite://{}", folder.path().join("office.db").display())).await.unwrap();
        let clock = Arc::new(ManualClock::new(at(time)));
        let desk = Desk::new(OFFICE_ZONE, Locale::Vi);
        let terminal = Terminal::open(router(store.clone(), clock.clone(), desk)).await.unwrap();
        Office { store, clock, terminal, unread: VecDeque::new(), _folder: folder }
    }

    /// Runs SQL that sets the scene.
    pub async fn set_up(&self, sql: &'static str) {
        let mut tx = self.store.write().await.unwrap();
        sqlx::raw_sql(sql).execute(&mut *tx).await.unwrap();
        motcua::store::directory::touch(&mut tx).await.unwrap();
        tx.commit().await.unwrap();
    }

    pub fn move_to(&self, time: &str) {
        self.clock.set(at(time));
    }

    async fn person(&self, name: &str) -> OfficialId {
        let mut tx = self.store.read().await.unwrap();
        let id: i64 = sqlx::query_scalar("SELECT id FROM officials WHERE name = ?1 OR name LIKE '% ' || ?1")
            .bind(name)
            .fetch_one(&mut *tx)
            .await
            .unwrap();
        OfficialId(id)
    }

    /// Says something; replies wait to be read.
    pub async fn say(&mut self, name: &str, text: &str) {
        let who = self.person(name).await;
        let heard = self.terminal.say(who, text).await.unwrap();
        self.take_in(heard).await;
    }

    /// The desk behind the terminal.
    pub fn desk(&self) -> &Desk {
        &self.terminal.router().answerer.desk
    }

    /// Edits the `back`-th last message.
    pub async fn edit_back(&mut self, name: &str, back: i64, text: &str) {
        let who = self.person(name).await;
        let heard = self.terminal.edit(who, back, text).await.unwrap().expect("a message to edit");
        self.take_in(heard).await;
    }

    /// Lets the bot handle what waits in the inbox.
    pub async fn wait_answers(&mut self) {
        let heard = self.terminal.answers().await.unwrap();
        self.take_in(heard).await;
    }

    async fn take_in(&mut self, heard: Vec<Heard>) {
        for h in heard {
            let mut tx = self.store.read().await.unwrap();
            let name: String = sqlx::query_scalar("SELECT name FROM officials WHERE id = ?")
                .bind(h.to.0)
                .fetch_one(&mut *tx)
                .await
                .unwrap();
            self.unread.push_back((name, h));
        }
    }

    /// The next unread reply, which must be to `name`: its text, then its choices.
    pub fn hears(&mut self, name: &str) -> String {
        let (to, heard) = self.unread.pop_front().unwrap_or_else(|| panic!("{name} hears nothing"));
        assert!(to.ends_with(name), "{name} expected, but {to} hears: {}", heard.out.text);
        let choices = heard.out.choices.iter().enumerate().map(|(i, c)| format!("\n[{}] {}", i + 1, c.label));
        format!("{}{}", heard.out.text, choices.collect::<String>())
    }

    /// The next unread reply, which must be to `name` and hold a file.
    pub async fn hears_file(&mut self, name: &str) -> (String, Rendered) {
        let recipe = self.unread.front().and_then(|(_, h)| h.out.file.clone()).expect("a file");
        let text = self.hears(name);
        let answerer = self.terminal.router().answerer.clone();
        let file = renderer(self.store.clone(), answerer)(recipe).await.unwrap();
        (text, file)
    }

    /// Everything unread, as one text.
    pub fn hears_all(&mut self) -> String {
        let mut all = Vec::new();
        while let Some((to, _)) = self.unread.front() {
            let to = to.clone();
            all.push(self.hears(&to));
        }
        all.join("\n")
    }
}

impl Drop for Office {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            let unread: Vec<&str> = self.unread.iter().map(|(_, h)| h.out.text.as_str()).collect();
            assert!(unread.is_empty(), "unread: {unread:#?}");
        }
    }
}
