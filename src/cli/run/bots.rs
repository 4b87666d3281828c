//! The bots of a run: each asks who it is until its platform answers, then receives, handles
//! and delivers on its own. One that cannot be reached holds up no other.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use chrono::TimeDelta;
use tokio::task::JoinSet;

use super::web::Web;
use crate::app::answer::Answerer;
use crate::channel::delivery::Delivery;
use crate::channel::http::kept::WATCH;
use crate::channel::intake::Intake;
use crate::channel::rate::Limits;
use crate::channel::reception::Reception;
use crate::channel::router::{Bells, Router};
use crate::channel::telegram::menu::Menus;
use crate::channel::telegram::{self, Telegram};
use crate::channel::zalo::{self, Zalo};
use crate::channel::{Fetcher, Renderer, SendError, Stop, is_stopping, stopped};
use crate::cli::bots::{Connector, Platform, Wanted};
use crate::clock::Clock;
use crate::settings::Settings;
use crate::store::{Store, StoreError, notices, runs};

/// How the work of a bot ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// The program stops.
    Stopped,
    /// The token does not hold; told.
    BadToken,
}

/// Does what is due at the start of a bot, again and again while the database is held or full:
/// it waits for that as for a platform that cannot be reached. `None` at the stop.
async fn patiently<T, F>(stopping: &Stop, work: impl Fn() -> F) -> anyhow::Result<Option<T>>
where
    F: Future<Output = anyhow::Result<T>>,
{
    let mut stopping = stopping.clone();
    let mut rest = Duration::from_secs(1);
    loop {
        match work().await {
            Err(e) if e.downcast_ref::<StoreError>().is_some_and(StoreError::is_outage) => {
                tracing::warn!(error = %e, "the database takes no writes; trying again");
            }
            done => return done.map(Some),
        }
        tokio::select! {
            () = stopped(&mut stopping) => return Ok(None),
            () = tokio::time::sleep(rest) => {}
        }
        rest = (rest * 2).min(Duration::from_secs(60));
    }
}

/// What the bots of a run share.
pub struct Bots {
    pub settings: Settings,
    pub store: Store,
    pub clock: Arc<dyn Clock>,
    pub answerer: Arc<Answerer>,
    pub bells: Bells,
    pub web: Web,
    pub run: runs::Run,
    pub stopping: Stop,
    connector: Connector,
    admin_code: AtomicBool,
}

impl Bots {
    pub fn new(
        (settings, store, clock): (Settings, Store, Arc<dyn Clock>),
        (answerer, renderer): (Arc<Answerer>, Renderer),
        (bells, web): (Bells, Web),
        (run, stopping): (runs::Run, Stop),
        wanted: &[Wanted],
    ) -> Bots {
        let around = (settings.clone(), store.clone(), clock.clone());
        let connector = Connector::new(around, (answerer.clone(), renderer), wanted);
        let admin_code = AtomicBool::new(false);
        Bots { settings, store, clock, answerer, bells, web, run, stopping, connector, admin_code }
    }

    /// Runs one bot until the program stops.
    ///
    /// # Errors
    /// Of the database, and if a part of it ended before the stop.
    pub async fn serve(self: Arc<Self>, bot: Wanted) -> anyhow::Result<Ended> {
        let Some(platform) = self.connect(&bot).await? else {
            if is_stopping(&self.stopping) {
                return Ok(Ended::Stopped);
            }
            let told = || async {
                self.connector.refused(&bot).await?;
                self.alarm_bad_token(&bot).await
            };
            return Ok(patiently(&self.stopping, told).await?.map_or(Ended::Stopped, |()| Ended::BadToken));
        };
        let words = self.settings.locale.words();
        let mut tasks = JoinSet::new();
        let mut fetcher = None;
        let register = || async { Ok(self.connector.register(&bot, &platform).await?) };
        let Some(id) = patiently(&self.stopping, register).await? else { return Ok(Ended::Stopped) };
        match platform {
            Platform::Telegram(telegram) => {
                eprintln!("{}", words.run_ready(&telegram.me().username));
                fetcher = Some(telegram.fetcher());
                self.start_telegram(telegram, id, &mut tasks);
            }
            Platform::Zalo(zalo) => {
                eprintln!("{}", words.zalo_ready(zalo.me().name()));
                if self.settings.public_url.is_none() {
                    eprintln!("{}", words.zalo_no_files());
                }
                self.start_zalo(zalo, id, &mut tasks);
            }
        }
        if !self.admin_code.swap(true, Ordering::Relaxed) {
            let print = || crate::cli::invite::print_first_admin_code(&self.store, &self.settings, self.clock.now());
            patiently(&self.stopping, print).await?;
        }
        tasks.spawn(self.clone().handle(id, fetcher));
        while let Some(ended) = tasks.join_next().await {
            // Each task lives until the stop: one that ends before it has failed, and the
            // others must not go on without it.
            if !is_stopping(&self.stopping) {
                let why = ended.err().map_or("ended".to_string(), |e| e.to_string());
                anyhow::bail!("a part of the program stopped working: {why}");
            }
        }
        Ok(Ended::Stopped)
    }

    /// Asks who we are, until the platform answers; `None` at the stop, and for a token that
    /// does not hold.
    async fn connect(&self, bot: &Wanted) -> anyhow::Result<Option<Platform>> {
        let mut stopping = self.stopping.clone();
        let mut rest = Duration::from_secs(1);
        loop {
            let asked = tokio::select! {
                biased;
                () = stopped(&mut stopping) => return Ok(None),
                asked = self.connector.ask(bot) => asked?,
            };
            match asked {
                Ok(platform) => return Ok(Some(platform)),
                Err(SendError::Unauthorised) => {
                    eprintln!("{}", bot.bad_token(self.settings.locale.words()));
                    return Ok(None);
                }
                Err(e) => {
                    tracing::warn!(error = %e, channel = bot.channel, "the platform does not answer; trying again");
                }
            }
            tokio::select! {
                () = stopped(&mut stopping) => return Ok(None),
                () = tokio::time::sleep(rest) => {}
            }
            rest = (rest * 2).min(Duration::from_secs(60));
        }
    }

    /// A token that does not hold is told to administrators, once a day; where the channel has
    /// no other bot, elsewhere.
    async fn alarm_bad_token(&self, bot: &Wanted) -> anyhow::Result<()> {
        let now = self.clock.now();
        let mut tx = self.store.write().await?;
        let name = bot.added.map_or_else(|| bot.channel.to_string(), |(id, _)| format!("{}:{id}", bot.channel));
        if notices::due(&mut tx, &format!("bad-token:{name}"), 86_400, now.timestamp()).await? {
            let not = bot.added.is_none().then_some(bot.channel);
            self.answerer.alarm(&mut tx, not, now, |words| bot.bad_token(words)).await?;
        }
        Ok(tx.commit().await.map_err(StoreError::from)?)
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

    fn reception(&self, channel: &'static str, bot_id: i64, kept: TimeDelta) -> Reception {
        let (clock, bell) = (self.clock.clone(), self.bells.outbox.clone());
        Reception::new((self.store.clone(), clock), (self.answerer.clone(), bell), (channel, bot_id), kept)
    }

    fn delivery<C>(&self, channel: Arc<C>, bot_id: i64, limits: Limits) -> Delivery<C> {
        let (store, clock, bell) = (self.store.clone(), self.clock.clone(), self.bells.outbox.clone());
        Delivery { store, clock, channel, bot_id, bell, limits }
    }

    fn start_telegram(&self, telegram: Arc<Telegram>, bot_id: i64, tasks: &mut JoinSet<()>) {
        let intake = self.intake(telegram::NAME, bot_id);
        let reception = self.reception(telegram::NAME, bot_id, telegram::KEPT);
        let receiver = telegram::receive::Receiver { telegram: telegram.clone(), intake, reception };
        let hooks = self.web.hooks(self.settings.telegram_mode);
        tasks.spawn(telegram::webhook::receive(receiver, hooks, self.stopping.clone()));
        let limits = Limits::telegram(self.settings.telegram_rate);
        tasks.spawn(self.delivery(telegram.clone(), bot_id, limits).run(self.stopping.clone()));
        let menus = Menus {
            telegram,
            store: self.store.clone(),
            directory: self.answerer.desk.cache.clone(),
            clock: self.clock.clone(),
            zone: self.settings.timezone,
            bot_id,
        };
        tasks.spawn(menus.run(self.stopping.clone()));
    }

    fn start_zalo(&self, zalo: Arc<Zalo>, bot_id: i64, tasks: &mut JoinSet<()>) {
        let intake = self.intake(zalo::NAME, bot_id);
        let (reception, floor) = (self.reception(zalo::NAME, bot_id, zalo::KEPT), zalo::receive::FLOOR);
        let receiver = zalo::receive::Receiver { zalo: zalo.clone(), intake, reception, floor, watch: WATCH };
        let hooks = self.web.hooks(self.settings.zalo_mode);
        tasks.spawn(zalo::webhook::receive(receiver, hooks, self.stopping.clone()));
        tasks.spawn(self.delivery(zalo, bot_id, Limits::zalo()).run(self.stopping.clone()));
    }

    /// Handles what a bot receives.
    async fn handle(self: Arc<Self>, bot: i64, fetcher: Option<Fetcher>) {
        let (store, clock) = (self.store.clone(), self.clock.clone());
        let mut router = Router::new(store, clock, self.answerer.clone(), self.bells.clone());
        if let Some(fetcher) = fetcher {
            router = router.with_files(fetcher);
        }
        if !self.run.clean
            && let Err(e) = router.careful(&[bot], &self.stopping).await
        {
            tracing::error!(error = %e, "what an earlier run left cannot be handled now");
        }
        router.run(&[bot], self.stopping.clone()).await;
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicU32;

    use super::*;

    /// What comes of a work that fails once with `fault` and then succeeds; `is_stopped`: the
    /// program stops meanwhile.
    async fn check(fault: sqlx::Error, is_stopped: bool, expected: Result<Option<u32>, ()>) {
        let (_keep, stopping) = tokio::sync::watch::channel(is_stopped);
        let (tries, fault) = (AtomicU32::new(0), std::sync::Mutex::new(Some(fault)));
        let work = || async {
            let tried = tries.fetch_add(1, Ordering::Relaxed) + 1;
            let fault = fault.lock().unwrap().take();
            fault.map_or(Ok(tried), |fault| Err(StoreError::from(fault).into()))
        };
        assert_eq!(patiently(&stopping, work).await.map_err(|_| ()), expected);
    }

    #[tokio::test]
    async fn a_start_waits_for_a_database_that_takes_no_writes_now() {
        check(sqlx::Error::PoolTimedOut, false, Ok(Some(2))).await;
        check(sqlx::Error::PoolTimedOut, true, Ok(None)).await;
        check(sqlx::Error::RowNotFound, false, Err(())).await;
    }
}
