//! `motcua run`: every channel that has a token, and what has to be done by the clock.

mod web;

use std::process;
use std::sync::Arc;
use std::time::Duration;

use secrecy::SecretString;
use tokio::sync::watch;
use tokio::task::JoinSet;

use super::{End, Office, desk};
use crate::app::answer::Answerer;
use crate::app::nag::Look;
use crate::channel::delivery::Delivery;
use crate::channel::http::{self, Site};
use crate::channel::intake::Intake;
use crate::channel::rate::Limits;
use crate::channel::reception::Reception;
use crate::channel::router::{Bells, Router};
use crate::channel::telegram::api::Api;
use crate::channel::telegram::menu::Menus;
use crate::channel::telegram::receive::Receiver;
use crate::channel::telegram::{self, Telegram, webhook};
use crate::channel::{Bell, SendError, Stop, stopped};
use crate::clock::{Clock, SystemClock};
use crate::jobs::{self, Housekeeping};
use crate::settings::Settings;
use crate::store::nags::{self, Stage};
use crate::store::{lock, runs};
use web::Web;

/// Time after which a stop no longer waits for anybody.
const LAST: Duration = Duration::from_secs(9);

/// Runs until SIGTERM or SIGINT.
///
/// # Errors
/// Of the database and the machine. A second run on one database, and a token that does
/// not hold, are told and give an [`End`].
pub async fn run(settings: Settings) -> anyhow::Result<End> {
    let words = settings.locale.words();
    for name in super::check::unused(&settings) {
        super::setup::tell(&words.setting_unused(name));
    }
    let office = Office::open(&settings).await?;
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let since = clock.now().with_timezone(&settings.timezone).format("%H:%M %d/%m/%Y").to_string();
    let who = words.run_who(process::id().to_string(), since);
    let _run = match lock::run(office.store.path(), &who) {
        Ok(lock) => lock,
        Err(lock::LockError::Held(who)) => {
            eprintln!("{}", words.run_second(who));
            return Ok(End::No);
        }
        Err(e) => return Err(e.into()),
    };
    let (stop, stopping) = watch::channel(false);
    let service = Service { settings, office, clock, stopping };
    let signals = tokio::spawn(async move {
        signal().await;
        let _ = stop.send(true);
    });
    let end = service.serve().await;
    signals.abort();
    end
}

async fn signal() {
    let interrupted = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        let mut terminated = match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(signal) => signal,
            Err(e) => {
                tracing::warn!(error = %e, "SIGTERM will not be heard");
                let _ = interrupted.await;
                return;
            }
        };
        tokio::select! {
            _ = interrupted => {}
            _ = terminated.recv() => {}
        }
    }
    #[cfg(not(unix))]
    let _ = interrupted.await;
}

struct Service {
    settings: Settings,
    office: Office,
    clock: Arc<dyn Clock>,
    stopping: Stop,
}

impl Service {
    async fn serve(mut self) -> anyhow::Result<End> {
        let Some(token) = self.settings.telegram_token.clone() else { return Ok(End::Usage) };
        let store = self.office.store.clone();
        let mut tx = store.write().await?;
        let run = runs::begin(&mut tx, self.clock.now().timestamp()).await?;
        tx.commit().await?;
        let desk = desk(&self.settings).reached_at(self.settings.public_url.clone());
        let answerer = Arc::new(Answerer { desk });
        let renderer = crate::channel::renderer(store.clone(), answerer.clone());
        let Some(telegram) = self.connect(token, renderer.clone()).await? else {
            return Ok(if *self.stopping.borrow() { End::Done } else { End::Usage });
        };
        let bot = telegram.register(&store, self.clock.now().timestamp()).await?;
        answerer.desk.name_bot(bot, &telegram.me().username);
        // Reminders that an outage has held back must not leave now, before the clock is looked at.
        let mut tx = store.write().await?;
        nags::withdraw(&mut tx, Stage::Phones, self.clock.now().timestamp()).await?;
        tx.commit().await?;
        super::invite::print_first_admin_code(&store, &self.settings, self.clock.now()).await?;
        let bells = Bells::default();
        let router = Router::new(store.clone(), self.clock.clone(), answerer.clone(), bells.clone())
            .with_files(telegram.fetcher());
        let mut tasks = JoinSet::new();
        let web = Web::new(&self.settings);
        let site = Site {
            store: store.clone(),
            clock: self.clock.clone(),
            renderer,
            answerer: answerer.clone(),
            bell: bells.outbox.clone(),
            doors: web.doors.clone(),
            words: self.settings.locale.words(),
            limits: http::Limits::default(),
        };
        let served = web::start(&self.settings, site, self.stopping.clone()).await?;
        tasks.spawn(async move { _ = served.await });
        let reception = Reception::new(
            (store.clone(), self.clock.clone()),
            (answerer.clone(), bells.outbox.clone()),
            (telegram::NAME, bot),
            telegram::KEPT,
        );
        let intake = Intake {
            store: store.clone(),
            directory: answerer.desk.cache.clone(),
            clock: self.clock.clone(),
            bot_id: bot,
            channel: telegram::NAME,
            bell: bells.inbox.clone(),
        };
        let receiver = Receiver { telegram: telegram.clone(), intake, reception };
        let hooks = web.hooks(self.settings.telegram_mode);
        tasks.spawn(webhook::receive(receiver, hooks, self.stopping.clone()));
        let delivery = Delivery {
            store: store.clone(),
            clock: self.clock.clone(),
            channel: telegram.clone(),
            bot_id: bot,
            bell: bells.outbox.clone(),
            limits: Limits::telegram(self.settings.telegram_rate),
        };
        tasks.spawn(delivery.run(self.stopping.clone()));
        let menus = Menus {
            telegram: telegram.clone(),
            store: store.clone(),
            directory: answerer.desk.cache.clone(),
            clock: self.clock.clone(),
            zone: self.settings.timezone,
            bot_id: bot,
        };
        tasks.spawn(menus.run(self.stopping.clone()));
        let stopping = self.stopping.clone();
        tasks.spawn(async move {
            if !run.clean
                && let Err(e) = router.careful(&[bot], &stopping).await
            {
                tracing::error!(error = %e, "what an earlier run left cannot be handled now");
            }
            router.run(&[bot], stopping).await;
        });
        let house = Housekeeping {
            store: store.clone(),
            clock: self.clock.clone(),
            zone: self.settings.timezone,
            backup_dir: self.settings.backup_dir.clone(),
            text_days: i64::from(self.settings.text_days),
            run: run.id,
        };
        tasks.spawn(chores(house, answerer.clone(), (bot, bells.outbox.clone()), self.stopping.clone()));
        eprintln!("{}", self.settings.locale.words().run_ready(&telegram.me().username));
        tokio::select! {
            // Asked first: at a stop the tasks end too, and that is no failure.
            biased;
            () = stopped(&mut self.stopping) => {}
            // Each task lives until the stop: one that ends before it has failed, and the
            // others must not go on without it. The next start begins carefully.
            Some(ended) = tasks.join_next() => {
                let why = ended.err().map_or("ended".to_string(), |e| e.to_string());
                anyhow::bail!("a part of the program stopped working: {why}");
            }
        }
        let in_time = tokio::time::timeout(LAST, async { while tasks.join_next().await.is_some() {} }).await;
        if in_time.is_ok() {
            let mut tx = store.write().await?;
            runs::end(&mut tx, run.id, self.clock.now().timestamp()).await?;
            tx.commit().await?;
            store.close().await;
        }
        Ok(End::Done)
    }

    /// Asks who we are, until the platform answers; `None` for a token that does not hold.
    async fn connect(
        &mut self,
        token: SecretString,
        renderer: crate::channel::Renderer,
    ) -> anyhow::Result<Option<Arc<Telegram>>> {
        let url = self.settings.telegram_api_url.as_deref();
        let proxy = self.settings.telegram_proxy.as_ref().map(secrecy::ExposeSecret::expose_secret);
        let api = Api::new(token, url, proxy).map_err(anyhow::Error::msg)?;
        let mut rest = Duration::from_secs(1);
        loop {
            match Telegram::connect(api.clone(), renderer.clone(), self.settings.locale).await {
                Ok(telegram) => return Ok(Some(telegram)),
                Err(SendError::Unauthorised) => {
                    eprintln!("{}", self.settings.locale.words().run_bad_token());
                    return Ok(None);
                }
                Err(e) => tracing::warn!(error = %e, "Telegram does not answer; trying again"),
            }
            tokio::select! {
                () = stopped(&mut self.stopping) => return Ok(None),
                () = tokio::time::sleep(rest) => {}
            }
            rest = (rest * 2).min(Duration::from_secs(60));
        }
    }
}

/// Looks at the clock until the program stops: nags, and the house's own chores; a failed
/// copy is told to administrators.
async fn chores(house: Housekeeping, answerer: Arc<Answerer>, (bot, bell): (i64, Bell), mut stop: Stop) {
    loop {
        let look = Look { stage: Stage::Phones, now: house.clock.now(), zone: house.zone };
        match jobs::nag::tick(&house.store, &answerer.desk, look).await {
            Ok(told) if told.is_empty() => {}
            Ok(told) => {
                tracing::info!(messages = told.len(), "people are reminded of what is due");
                bell.ring();
            }
            Err(e) => tracing::error!(error = %e, "reminders cannot be told now"),
        }
        let told = match house.look().await {
            Ok(Some(failure)) => {
                answerer.tell_backup_failed(&house.store, (telegram::NAME, bot), house.clock.now(), &failure).await
            }
            Ok(None) => Ok(()),
            Err(e) => Err(e),
        };
        match told {
            Ok(()) => bell.ring(),
            Err(e) => tracing::error!(error = %e, "chores cannot be done now"),
        }
        tokio::select! {
            () = stopped(&mut stop) => return,
            () = tokio::time::sleep(jobs::LOOK) => {}
        }
    }
}
