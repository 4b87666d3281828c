//! The bots of a run: each asks who it is until its platform answers, then receives, handles
//! and delivers on its own. One that cannot be reached holds up no other.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use chrono::TimeDelta;
use secrecy::{ExposeSecret, SecretString};
use tokio::task::JoinSet;

use super::web::Web;
use crate::app::answer::Answerer;
use crate::channel::delivery::Delivery;
use crate::channel::intake::Intake;
use crate::channel::rate::Limits;
use crate::channel::reception::Reception;
use crate::channel::router::{Bells, Router};
use crate::channel::telegram::menu::Menus;
use crate::channel::telegram::{self, Telegram};
use crate::channel::zalo::{self, Zalo};
use crate::channel::{Fetcher, Renderer, SendError, Stop, is_stopping, stopped};
use crate::clock::Clock;
use crate::settings::Settings;
use crate::store::{Store, bots, links, notices, runs};
use crate::words::Words;

/// A bot that is to run.
#[derive(Clone)]
pub struct Wanted {
    /// As the database names it.
    pub channel: &'static str,
    pub token: SecretString,
}

/// The bots of the settings, one a channel, and those of `motcua bot add`. One whose token
/// cannot be read is told and left out.
///
/// # Errors
/// Of the database.
pub async fn wanted(settings: &Settings, store: &Store) -> anyhow::Result<Vec<Wanted>> {
    let mut wanted = of_settings(settings);
    let mut snapshot = store.read().await?;
    for bot in crate::cli::bot::added(&mut snapshot).await? {
        match bot.token {
            Some(token) => wanted.push(Wanted { channel: bot.channel, token }),
            None => eprintln!("{}", settings.locale.words().bot_file_gone(bot.id.to_string())),
        }
    }
    Ok(wanted)
}

fn of_settings(settings: &Settings) -> Vec<Wanted> {
    let tokens = [(telegram::NAME, &settings.telegram_token), (zalo::NAME, &settings.zalo_token)];
    let one =
        |(channel, token): (&'static str, &Option<SecretString>)| token.clone().map(|token| Wanted { channel, token });
    tokens.into_iter().filter_map(one).collect()
}

/// How the work of a bot ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// The program stops.
    Stopped,
    /// The token does not hold; told.
    BadToken,
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
    /// How many bots of each channel there are to be, and those that have said who they are.
    known: Mutex<HashMap<&'static str, (usize, Vec<i64>)>>,
    admin_code: AtomicBool,
}

/// A connection's platform.
enum Platform {
    Telegram(Arc<Telegram>),
    Zalo(Arc<Zalo>),
}

impl Bots {
    pub fn new(
        (settings, store, clock): (Settings, Store, Arc<dyn Clock>),
        (answerer, bells, web): (Arc<Answerer>, Bells, Web),
        (run, stopping): (runs::Run, Stop),
        wanted: &[Wanted],
    ) -> Bots {
        let mut known = HashMap::<_, (usize, Vec<i64>)>::new();
        for bot in wanted {
            known.entry(bot.channel).or_default().0 += 1;
        }
        let (known, admin_code) = (Mutex::new(known), AtomicBool::new(false));
        Bots { settings, store, clock, answerer, bells, web, run, stopping, known, admin_code }
    }

    /// Runs one bot until the program stops.
    ///
    /// # Errors
    /// Of the database, and if a part of it ended before the stop.
    pub async fn serve(self: Arc<Self>, bot: Wanted) -> anyhow::Result<Ended> {
        let renderer = crate::channel::renderer(self.store.clone(), self.answerer.clone());
        let Some(platform) = self.connect(&bot, &renderer).await? else {
            if is_stopping(&self.stopping) {
                return Ok(Ended::Stopped);
            }
            self.alarm_bad_token(bot.channel).await?;
            return Ok(Ended::BadToken);
        };
        let words = self.settings.locale.words();
        let mut tasks = JoinSet::new();
        let mut fetcher = None;
        let id = match platform {
            Platform::Telegram(telegram) => {
                let id = self.register(telegram::NAME, &telegram.me().id.to_string(), &telegram.me().username).await?;
                eprintln!("{}", words.run_ready(&telegram.me().username));
                fetcher = Some(telegram.fetcher());
                self.start_telegram(telegram, id, &mut tasks);
                id
            }
            Platform::Zalo(zalo) => {
                let id = self.register(zalo::NAME, &zalo.me().id, zalo.me().name()).await?;
                eprintln!("{}\n{}", words.zalo_ready(zalo.me().name()), words.zalo_no_files());
                self.start_zalo(zalo, id, &mut tasks);
                id
            }
        };
        if !self.admin_code.swap(true, Ordering::Relaxed) {
            crate::cli::invite::print_first_admin_code(&self.store, &self.settings, self.clock.now()).await?;
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
    async fn connect(&self, bot: &Wanted, renderer: &Renderer) -> anyhow::Result<Option<Platform>> {
        let mut stopping = self.stopping.clone();
        let mut rest = Duration::from_secs(1);
        loop {
            match self.ask(bot, renderer).await? {
                Ok(platform) => return Ok(Some(platform)),
                Err(SendError::Unauthorised) => {
                    let words = self.settings.locale.words();
                    let told = if bot.channel == zalo::NAME { words.zalo_bad_token() } else { words.run_bad_token() };
                    eprintln!("{told}");
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

    async fn ask(&self, bot: &Wanted, renderer: &Renderer) -> anyhow::Result<Result<Platform, SendError>> {
        let (token, renderer) = (bot.token.clone(), renderer.clone());
        if bot.channel == zalo::NAME {
            let api = zalo::api::Api::new(token, &self.settings.zalo_api_url).map_err(anyhow::Error::msg)?;
            let around = zalo::Surroundings {
                store: self.store.clone(),
                clock: self.clock.clone(),
                answerer: self.answerer.clone(),
                renderer,
            };
            return Ok(Zalo::connect(api, around).await.map(Platform::Zalo));
        }
        let url = self.settings.telegram_api_url.as_deref();
        let proxy = self.settings.telegram_proxy.as_ref().map(ExposeSecret::expose_secret);
        let api = telegram::api::Api::new(token, url, proxy).map_err(anyhow::Error::msg)?;
        Ok(Telegram::connect(api, renderer, self.settings.locale).await.map(Platform::Telegram))
    }

    /// A token that does not hold is told to administrators elsewhere, once a day.
    async fn alarm_bad_token(&self, channel: &'static str) -> anyhow::Result<()> {
        let now = self.clock.now();
        let mut tx = self.store.write().await?;
        if notices::due(&mut tx, &format!("bad-token:{channel}"), 86_400, now.timestamp()).await? {
            let words = if channel == zalo::NAME { Words::zalo_bad_token } else { Words::run_bad_token };
            self.answerer.alarm(&mut tx, Some(channel), now, words).await?;
        }
        Ok(tx.commit().await?)
    }

    /// Enters the bot; once all bots of its channel are known, those that stood in their place
    /// before retire.
    async fn register(&self, channel: &'static str, id: &str, name: &str) -> anyhow::Result<i64> {
        let mut tx = self.store.write().await?;
        let bot = bots::known_as(&mut tx, channel, id, name).await?;
        let all = {
            let mut known = self.known.lock().unwrap_or_else(|e| e.into_inner());
            let (expected, known) = known.entry(channel).or_default();
            known.push(bot);
            (known.len() == *expected).then(|| known.clone())
        };
        if let Some(all) = all {
            bots::retire_others(&mut tx, channel, &all, self.clock.now().timestamp()).await?;
            if let ([only], zalo::NAME) = (all.as_slice(), channel) {
                links::adopt(&mut tx, channel, *only).await?;
            }
        }
        tx.commit().await?;
        self.answerer.desk.name_bot(bot, name);
        Ok(bot)
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
        let receiver = zalo::receive::Receiver { zalo: zalo.clone(), intake, reception, floor };
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
