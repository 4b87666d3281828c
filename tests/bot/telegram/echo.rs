//! A bot that stores, echoes and delivers: the channel with the least behind it.

use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt;
use motcua::app::answer::Answerer;
use motcua::app::desk::Desk;
use motcua::channel::delivery::Delivery;
use motcua::channel::intake::Intake;
use motcua::channel::rate::Limits;
use motcua::channel::reception::Reception;
use motcua::channel::telegram::api::Api;
use motcua::channel::telegram::receive::Receiver;
use motcua::channel::telegram::{KEPT, NAME, Telegram};
use motcua::channel::{Bell, Rendered, Renderer, Stop, stopped};
use motcua::clock::{Clock, OFFICE_ZONE, SystemClock};
use motcua::domain::official::OfficialId;
use motcua::store::inbox::{self, Kind, Row};
use motcua::store::outbox::{self, NewChoice, NewReply};
use motcua::store::{Connection, Store, bots};
use motcua::words::Locale;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::fake_telegram::{FakeTelegram, TOKEN};

/// Officials of the test office: their Telegram ids.
pub const LAN: i64 = 11;
pub const MINH: i64 = 12;
pub const STRANGER: i64 = 99;
/// A group in which they talk.
pub const GROUP: i64 = -1001;

pub const NO_LIMITS: Limits = Limits { overall: 0, chat_gap: Duration::ZERO, group: 0 };

/// A database that outlives the bots started on it.
pub struct Office {
    _dir: tempfile::TempDir,
    pub store: Store,
}

impl Office {
    pub async fn new() -> Office {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(&format!("sqlite://{}/x.db", dir.path().display())).await.unwrap();
        let mut w = store.write().await.unwrap();
        for (id, chat) in [(1, LAN), (2, MINH)] {
            sqlx::query("INSERT INTO officials (id, name) VALUES (?, 'P')").bind(id).execute(&mut *w).await.unwrap();
            sqlx::query("INSERT INTO links (official_id, channel, platform_user, chat_id) VALUES (?, ?, ?, ?)")
                .bind(id)
                .bind(NAME)
                .bind(chat.to_string())
                .bind(chat.to_string())
                .execute(&mut *w)
                .await
                .unwrap();
        }
        w.commit().await.unwrap();
        Office { _dir: dir, store }
    }

    /// One value out of the database.
    pub async fn one<T>(&self, sql: &'static str) -> T
    where
        T: for<'r> sqlx::Decode<'r, sqlx::Sqlite> + sqlx::Type<sqlx::Sqlite> + Send + Unpin,
    {
        let mut r = self.store.read().await.unwrap();
        sqlx::query_scalar(sql).fetch_one(&mut *r).await.unwrap()
    }

    /// A reply that answers nobody, as a nag does.
    pub async fn nag(&self, bot: i64, chat: i64, text: &str) -> i64 {
        let mut w = self.store.write().await.unwrap();
        let chat_id = chat.to_string();
        let reply = NewReply { private: chat > 0, ..NewReply::notice(bot, &chat_id, text) };
        let id = outbox::add(&mut w, &reply, SystemClock.now().timestamp()).await.unwrap();
        w.commit().await.unwrap();
        id
    }
}

/// A bot at work.
pub struct Bot {
    pub id: i64,
    pub bell: Bell,
    stop: watch::Sender<bool>,
    tasks: Vec<JoinHandle<()>>,
}

impl Bot {
    pub async fn start(office: &Office, fake: &FakeTelegram) -> Bot {
        Bot::start_with(office, fake.url(), NO_LIMITS).await
    }

    pub async fn start_with(office: &Office, url: &str, limits: Limits) -> Bot {
        let telegram = telegram(url).await;
        Bot::start_as(office, telegram, limits).await
    }

    pub async fn start_as(office: &Office, telegram: Arc<Telegram>, limits: Limits) -> Bot {
        let store = office.store.clone();
        let id = register(&store, &telegram).await;
        let (stop, stopping) = watch::channel(false);
        let (inbox, outbox) = (Bell::default(), Bell::default());
        let clock: Arc<dyn Clock> = Arc::new(SystemClock);
        let intake = Intake {
            store: store.clone(),
            directory: Arc::default(),
            clock: clock.clone(),
            bot_id: id,
            channel: NAME,
            bell: inbox.clone(),
        };
        let answerer = Arc::new(Answerer { desk: Desk::new(OFFICE_ZONE, Locale::Vi) });
        let reception = Reception::new((store.clone(), clock.clone()), (answerer, outbox.clone()), (NAME, id), KEPT);
        let receiver = Receiver { telegram: telegram.clone(), intake, reception };
        let delivery =
            Delivery { store: store.clone(), clock, channel: telegram, bot_id: id, bell: outbox.clone(), limits };
        let tasks = vec![
            tokio::spawn(receiver.run(stopping.clone())),
            tokio::spawn(delivery.run(stopping.clone())),
            tokio::spawn(echo(store, id, inbox, outbox.clone(), stopping)),
        ];
        Bot { id, bell: outbox, stop, tasks }
    }

    /// An orderly stop; returns how long it took.
    pub async fn stop(mut self) -> Duration {
        let begun = std::time::Instant::now();
        self.stop.send_replace(true);
        for task in self.tasks.drain(..) {
            task.await.unwrap();
        }
        begun.elapsed()
    }

    /// The end of the process: nothing more is done.
    pub async fn crash(mut self) {
        for task in &self.tasks {
            task.abort();
        }
        for task in self.tasks.drain(..) {
            let _ = task.await;
        }
    }
}

/// Delivers what is due and returns, as `tick` does; gives the bot's row.
pub async fn drain(office: &Office, fake: &FakeTelegram, limits: Limits) -> i64 {
    let channel = telegram(fake.url()).await;
    let bot_id = register(&office.store, &channel).await;
    let (_stop, stopping) = watch::channel(false);
    let (store, clock) = (office.store.clone(), Arc::new(SystemClock));
    let delivery = Delivery { store, clock, channel, bot_id, bell: Bell::default(), limits };
    tokio::time::timeout(Duration::from_secs(8), delivery.drain(stopping)).await.expect("drained in time");
    bot_id
}

/// The row of the one bot there is.
pub async fn register(store: &Store, telegram: &Telegram) -> i64 {
    let mut w = store.write().await.unwrap();
    let id = bots::known_as(&mut w, NAME, &telegram.me().id.to_string(), &telegram.me().username).await.unwrap();
    bots::retire_others(&mut w, NAME, &[id], SystemClock.now().timestamp()).await.unwrap();
    w.commit().await.unwrap();
    id
}

/// Connects; waits for a server that is not there yet.
pub async fn telegram(url: &str) -> Arc<Telegram> {
    let api = Api::new(TOKEN.to_string().into(), Some(url), None).unwrap();
    loop {
        match Telegram::connect(api.clone(), renderer(), Locale::Vi).await {
            Ok(telegram) => return telegram,
            Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
        }
    }
}

/// As much of a picture of 1080 × 1350 as tells its size.
const PICTURE: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x04\x38\0\0\x05\x46";

/// `tệp …` makes a document, `ảnh` a picture, `hỏng` fails.
fn renderer() -> Renderer {
    Arc::new(|recipe: String| {
        async move {
            match recipe.as_str() {
                "hỏng" => Err("no such period".to_string()),
                name if name.ends_with(".png") => Ok(Rendered { name: name.to_string(), bytes: PICTURE.to_vec() }),
                name => Ok(Rendered { name: name.to_string(), bytes: vec![80, 75, 3, 4] }),
            }
        }
        .boxed()
    })
}

async fn echo(store: Store, bot: i64, inbox: Bell, outbox: Bell, mut stop: Stop) {
    let mut ear = inbox.ear();
    inbox.ring();
    loop {
        tokio::select! {
            () = stopped(&mut stop) => return,
            () = ear.heard() => {}
        }
        loop {
            let mut w = store.write().await.unwrap();
            let rows = inbox::open_rows(&mut w, &[bot], 0, 100, i64::MAX).await.unwrap();
            if rows.is_empty() {
                break;
            }
            for row in &rows {
                answer(&mut w, row).await;
            }
            let ids: Vec<i64> = rows.iter().map(|r| r.id).collect();
            inbox::done(&mut w, &ids).await.unwrap();
            w.commit().await.unwrap();
            outbox.ring();
        }
    }
}

async fn answer(w: &mut Connection, row: &Row) {
    let said = row.text.clone().unwrap_or_default();
    let mut choices = Vec::new();
    let mut file = None;
    let text = match row.kind {
        Kind::Moved => {
            bots::chat_moved(w, NAME, &row.chat_id, row.data.as_deref().unwrap()).await.unwrap();
            return;
        }
        Kind::Message if row.text.is_some() => {
            if let Some(long) = said.strip_prefix("dài ") {
                vec!["Hộ tịch: tiếp nhận 12"; long.parse().unwrap()].join("\n")
            } else if let Some(name) = said.strip_prefix("tệp ") {
                file = Some(name.to_string());
                "Tháng 11".to_string()
            } else {
                let label = "Hoàn tác".to_string();
                choices.push(NewChoice { label, action: "{}".into(), official: OfficialId(1) });
                format!("Đã lưu: {said}")
            }
        }
        Kind::Edit => format!("Đã sửa: {said}"),
        Kind::Press => {
            let taken = outbox::take_choice(w, row.data.as_deref().unwrap(), OfficialId(1), row.sent_at).await.unwrap();
            let done = matches!(taken, outbox::Taken::Action { .. });
            if done { "Đã bỏ".to_string() } else { "Không còn dùng được".to_string() }
        }
        _ => return,
    };
    let reply = NewReply {
        thread_id: row.thread_id,
        private: row.private,
        inbox_id: Some(row.id),
        choices: &choices,
        file,
        ..NewReply::notice(row.bot_id, &row.chat_id, &text)
    };
    outbox::add(w, &reply, SystemClock.now().timestamp()).await.unwrap();
}
