//! The whole bot on its platforms' wires, inside the test: receivers, routers, deliveries
//! over a real SQLite file, against the fake platforms on loopback.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use motcua::app::answer::Answerer;
use motcua::app::desk::Desk;
use motcua::channel::delivery::Delivery;
use motcua::channel::http::webhooks::Hooks;
use motcua::channel::intake::Intake;
use motcua::channel::rate::Limits;
use motcua::channel::reception::Reception;
use motcua::channel::router::{Bells, Router};
use motcua::channel::telegram::{self, Telegram, webhook};
use motcua::channel::zalo::{self, Zalo};
use motcua::channel::{Channel, Fetcher, renderer};
use motcua::clock::{Clock, OFFICE_ZONE, SystemClock};
use motcua::store::{Store, bots, directory};
use motcua::words::Locale;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::fake_telegram::{self, FakeTelegram};
use crate::fake_zalo::{self, FakeZalo};

/// Bots at work on a database of their own.
pub struct Wire {
    pub store: Store,
    pub answerer: Arc<Answerer>,
    clock: Arc<dyn Clock>,
    /// How long a platform keeps messages, if not as long as it does.
    kept: Option<chrono::TimeDelta>,
    pub bells: Bells,
    stop: watch::Sender<bool>,
    tasks: Vec<JoinHandle<()>>,
    folder: tempfile::TempDir,
}

impl Wire {
    /// A database, and nobody at work yet.
    pub async fn open() -> Wire {
        Wire::over(tempfile::tempdir().unwrap(), Arc::new(SystemClock)).await
    }

    /// The same with so many Zalo messages a month.
    pub async fn with_monthly(messages: u32) -> Wire {
        let mut wire = Wire::open().await;
        let desk = Desk::new(OFFICE_ZONE, Locale::Vi).with_zalo_monthly(messages);
        wire.answerer = Arc::new(Answerer { desk });
        wire
    }

    /// The database of a folder, by a clock of the test's; its jumps are no gaps in reception.
    pub async fn by_clock(folder: tempfile::TempDir, clock: Arc<dyn Clock>) -> Wire {
        Wire { kept: Some(chrono::TimeDelta::days(3650)), ..Wire::over(folder, clock).await }
    }

    async fn over(folder: tempfile::TempDir, clock: Arc<dyn Clock>) -> Wire {
        let store = Store::open(&format!("sqlite://{}", folder.path().join("office.db").display())).await.unwrap();
        Wire {
            store,
            answerer: Arc::new(Answerer { desk: Desk::new(OFFICE_ZONE, Locale::Vi) }),
            clock,
            kept: None,
            bells: Bells::default(),
            stop: watch::channel(false).0,
            tasks: Vec::new(),
            folder,
        }
    }

    pub async fn new(fake: &FakeTelegram) -> Wire {
        Wire::hooked(fake, None).await
    }

    /// Receives by webhook where there are hooks.
    pub async fn hooked(fake: &FakeTelegram, hooks: Option<Hooks>) -> Wire {
        let mut wire = Wire::open().await;
        wire.telegram_by(fake, hooks).await;
        wire
    }

    /// On Telegram; phones reach the HTTP server under an address.
    pub async fn reached(fake: &FakeTelegram, public_url: String) -> Wire {
        let mut wire = Wire::reached_at(public_url).await;
        wire.telegram(fake).await;
        wire
    }

    /// Phones reach the HTTP server under an address; nobody at work yet.
    pub async fn reached_at(public_url: String) -> Wire {
        let mut wire = Wire::open().await;
        let desk = Desk::new(OFFICE_ZONE, Locale::Vi).reached_at(Some(public_url));
        wire.answerer = Arc::new(Answerer { desk });
        wire
    }

    pub async fn on_zalo(fake: &FakeZalo) -> Wire {
        let mut wire = Wire::open().await;
        wire.zalo(fake).await;
        wire
    }

    /// Begins to work on Telegram.
    pub async fn telegram(&mut self, fake: &FakeTelegram) {
        self.telegram_by(fake, None).await;
    }

    async fn telegram_by(&mut self, fake: &FakeTelegram, hooks: Option<Hooks>) {
        let token = fake_telegram::TOKEN.to_string().into();
        let api = telegram::api::Api::new(token, Some(fake.url()), None).unwrap();
        let documents = renderer(self.store.clone(), self.answerer.clone());
        let telegram = Telegram::connect(api, documents, Locale::Vi).await.unwrap();
        let (id, name) = (telegram.me().id.to_string(), telegram.me().username.clone());
        let bot_id = self.register(telegram::NAME, &id, &name).await;
        let intake = self.intake(telegram::NAME, bot_id);
        let reception = self.reception(telegram::NAME, bot_id, telegram::KEPT);
        let files = Some(telegram.fetcher());
        let receiver = telegram::receive::Receiver { telegram: telegram.clone(), intake, reception };
        self.tasks.push(tokio::spawn(webhook::receive(receiver, hooks, self.stop.subscribe())));
        self.deliver(telegram, bot_id, (Limits::telegram(0), files));
    }

    /// Begins to work on Zalo.
    pub async fn zalo(&mut self, fake: &FakeZalo) {
        self.zalo_by(fake, None).await;
    }

    /// The same, by webhook where there are hooks.
    pub async fn zalo_by(&mut self, fake: &FakeZalo, hooks: Option<Hooks>) {
        let api = zalo::api::Api::new(fake_zalo::TOKEN.to_string().into(), fake.url()).unwrap();
        let around = zalo::Surroundings {
            store: self.store.clone(),
            clock: self.clock.clone(),
            answerer: self.answerer.clone(),
            renderer: renderer(self.store.clone(), self.answerer.clone()),
        };
        let zalo = Zalo::connect(api, around).await.unwrap();
        let bot_id = self.register(zalo::NAME, &zalo.me().id, zalo.me().name()).await;
        let intake = self.intake(zalo::NAME, bot_id);
        let (reception, floor) = (self.reception(zalo::NAME, bot_id, zalo::KEPT), Duration::from_millis(5));
        let receiver = zalo::receive::Receiver { zalo: zalo.clone(), intake, reception, floor, watch: floor * 40 };
        self.tasks.push(tokio::spawn(zalo::webhook::receive(receiver, hooks, self.stop.subscribe())));
        self.deliver(zalo, bot_id, (Limits::zalo(), None));
    }

    async fn register(&self, channel: &str, id: &str, name: &str) -> i64 {
        let mut tx = self.store.write().await.unwrap();
        let bot_id = bots::known_as(&mut tx, channel, id, name).await.unwrap();
        tx.commit().await.unwrap();
        self.answerer.desk.name_bot(bot_id, name);
        bot_id
    }

    fn intake(&self, channel: &'static str, bot_id: i64) -> Intake {
        Intake {
            store: self.store.clone(),
            directory: self.answerer.desk.cache.clone(),
            clock: self.clock.clone(),
            bot_id,
            channel,
            bell: self.bells.inbox.clone(),
        }
    }

    fn reception(&self, channel: &'static str, bot_id: i64, kept: chrono::TimeDelta) -> Reception {
        let (clock, bell) = (self.clock.clone(), self.bells.outbox.clone());
        Reception::new(
            (self.store.clone(), clock),
            (self.answerer.clone(), bell),
            (channel, bot_id),
            self.kept.unwrap_or(kept),
        )
    }

    fn deliver<C: Channel>(&mut self, channel: Arc<C>, bot_id: i64, (limits, files): (Limits, Option<Fetcher>)) {
        let (store, clock, bell) = (self.store.clone(), self.clock.clone(), self.bells.outbox.clone());
        let delivery = Delivery { store: store.clone(), clock: clock.clone(), channel, bot_id, bell, limits };
        self.tasks.push(tokio::spawn(delivery.run(self.stop.subscribe())));
        let mut router = Router::new(store, clock, self.answerer.clone(), self.bells.clone());
        if let Some(files) = files {
            router = router.with_files(files);
        }
        let stopping = self.stop.subscribe();
        self.tasks.push(tokio::spawn(async move { router.run(&[bot_id], stopping).await }));
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Runs SQL that sets the scene.
    pub async fn set_up(&self, sql: &'static str) {
        let mut tx = self.store.write().await.unwrap();
        sqlx::raw_sql(sql).execute(&mut *tx).await.unwrap();
        directory::touch(&mut tx).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// Links a Telegram account to an official who has had an echo before.
    pub async fn link(&self, official: i64, user: i64) {
        self.link_on(telegram::NAME, official, &user.to_string()).await;
    }

    /// The same on any channel.
    pub async fn link_on(&self, channel: &str, official: i64, user: &str) {
        let mut tx = self.store.write().await.unwrap();
        sqlx::query(
            "INSERT INTO links (official_id, channel, platform_user, chat_id, greeted) VALUES (?1, ?2, ?3, ?3, 1)",
        )
        .bind(official)
        .bind(channel.to_string())
        .bind(user.to_string())
        .execute(&mut *tx)
        .await
        .unwrap();
        directory::touch(&mut tx).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// One value out of the database.
    pub async fn one<T>(&self, sql: &'static str) -> T
    where
        T: for<'r> sqlx::Decode<'r, sqlx::Sqlite> + sqlx::Type<sqlx::Sqlite> + Send + Unpin,
    {
        let mut r = self.store.read().await.unwrap();
        sqlx::query_scalar(sql).fetch_one(&mut *r).await.unwrap()
    }

    /// Waits until everything sent was received, handled and answered.
    pub async fn settled(&self, fake: &FakeTelegram) {
        fake.all_acknowledged().await;
        self.answered().await;
    }

    /// The same on Zalo.
    pub async fn settled_on_zalo(&self, fake: &FakeZalo) {
        fake.all_taken().await;
        self.answered().await;
    }

    /// Waits until everything received was handled and answered.
    pub async fn answered(&self) {
        let open = "SELECT (SELECT count(*) FROM inbox WHERE state = 'new')
                         + (SELECT count(*) FROM outbox WHERE state IN ('waiting', 'sending'))";
        while self.one::<i64>(open).await > 0 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    pub async fn stop(self) {
        self.stop.send_replace(true);
        for task in self.tasks {
            task.await.unwrap();
        }
        self.store.close().await;
    }
}
