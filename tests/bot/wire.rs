//! The whole bot on Telegram's wire, inside the test: receiver, router, delivery over a real
//! SQLite file, against the fake Bot API on loopback.

use std::sync::Arc;

use motcua::app::answer::Answerer;
use motcua::app::desk::Desk;
use motcua::channel::delivery::Delivery;
use motcua::channel::http::webhooks::Hooks;
use motcua::channel::intake::Intake;
use motcua::channel::rate::Limits;
use motcua::channel::reception::Reception;
use motcua::channel::renderer;
use motcua::channel::router::{Bells, Router};
use motcua::channel::telegram::api::Api;
use motcua::channel::telegram::receive::Receiver;
use motcua::channel::telegram::{KEPT, NAME, Telegram, webhook};
use motcua::clock::{Clock, OFFICE_ZONE, SystemClock};
use motcua::store::{Store, directory};
use motcua::words::Locale;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::fake_telegram::{FakeTelegram, TOKEN};

/// A bot at work on a database of its own.
pub struct Wire {
    pub store: Store,
    pub answerer: Arc<Answerer>,
    pub bells: Bells,
    stop: watch::Sender<bool>,
    tasks: Vec<JoinHandle<()>>,
    _folder: tempfile::TempDir,
}

impl Wire {
    pub async fn new(fake: &FakeTelegram) -> Wire {
        Wire::hooked(fake, None).await
    }

    /// Receives by webhook where there are hooks.
    pub async fn hooked(fake: &FakeTelegram, hooks: Option<Hooks>) -> Wire {
        Wire::reached(fake, hooks, None).await
    }

    /// The same; phones reach the HTTP server under an address.
    pub async fn reached(fake: &FakeTelegram, hooks: Option<Hooks>, public_url: Option<String>) -> Wire {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&format!("sqlite://{}", folder.path().join("office.db").display())).await.unwrap();
        let answerer = Arc::new(Answerer { desk: Desk::new(OFFICE_ZONE, Locale::Vi).reached_at(public_url) });
        let api = Api::new(TOKEN.to_string().into(), Some(fake.url()), None).unwrap();
        let documents = renderer(store.clone(), answerer.clone());
        let telegram = Telegram::connect(api, documents, Locale::Vi).await.unwrap();
        let files = telegram.fetcher();
        let clock: Arc<dyn Clock> = Arc::new(SystemClock);
        let bot_id = telegram.register(&store, clock.now().timestamp()).await.unwrap();
        answerer.desk.name_bot(bot_id, &telegram.me().username);
        let (stop, stopping) = watch::channel(false);
        let bells = Bells::default();
        let directory = answerer.desk.cache.clone();
        let intake = Intake {
            store: store.clone(),
            directory,
            clock: clock.clone(),
            bot_id,
            channel: NAME,
            bell: bells.inbox.clone(),
        };
        let reception = Reception::new(
            (store.clone(), clock.clone()),
            (answerer.clone(), bells.outbox.clone()),
            (NAME, bot_id),
            KEPT,
        );
        let receiver = Receiver { telegram: telegram.clone(), intake, reception };
        let (bell, limits) = (bells.outbox.clone(), Limits::telegram(0));
        let delivery = Delivery { store: store.clone(), clock: clock.clone(), channel: telegram, bot_id, bell, limits };
        let router = Router::new(store.clone(), clock, answerer.clone(), bells.clone()).with_files(files);
        let routed = stopping.clone();
        let tasks = vec![
            tokio::spawn(webhook::receive(receiver, hooks, stopping.clone())),
            tokio::spawn(delivery.run(stopping)),
            tokio::spawn(async move { router.run(&[bot_id], routed).await }),
        ];
        Wire { store, answerer, bells, stop, tasks, _folder: folder }
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
        let mut tx = self.store.write().await.unwrap();
        sqlx::query(
            "INSERT INTO links (official_id, channel, platform_user, chat_id, greeted) VALUES (?1, ?2, ?3, ?3, 1)",
        )
        .bind(official)
        .bind(NAME)
        .bind(user.to_string())
        .execute(&mut *tx)
        .await
        .unwrap();
        directory::touch(&mut tx).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// Waits until everything sent was received, handled and answered.
    pub async fn settled(&self, fake: &FakeTelegram) {
        fake.all_acknowledged().await;
        let open = "SELECT (SELECT count(*) FROM inbox WHERE state = 'new')
                         + (SELECT count(*) FROM outbox WHERE state IN ('waiting', 'sending'))";
        loop {
            let mut r = self.store.read().await.unwrap();
            let left: i64 = sqlx::query_scalar(open).fetch_one(&mut *r).await.unwrap();
            if left == 0 {
                return;
            }
            drop(r);
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
    }

    pub async fn stop(self) {
        self.stop.send(true).unwrap();
        for task in self.tasks {
            task.await.unwrap();
        }
        self.store.close().await;
    }
}
