//! The bots that `run` and `tick` speak through: those of the settings, one a channel, and
//! those of `motcua bot add`.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use secrecy::{ExposeSecret, SecretString};

use super::bot;
use crate::app::answer::Answerer;
use crate::channel::telegram::{self, Telegram};
use crate::channel::zalo::{self, Zalo};
use crate::channel::{Renderer, SendError};
use crate::clock::Clock;
use crate::domain::unit::UnitId;
use crate::settings::Settings;
use crate::store::{Connection, Store, bot_files, bots, links};

/// A bot that is to speak.
#[derive(Clone)]
pub struct Wanted {
    /// As the database names it.
    pub channel: &'static str,
    /// `None`: its file cannot be read.
    pub token: Option<SecretString>,
    /// Its number in `motcua bot list` and whose own it is; `None`: of the settings.
    pub added: Option<(i64, UnitId)>,
}

impl Wanted {
    /// The platform as people name it.
    pub fn platform(&self) -> &'static str {
        if self.channel == zalo::NAME { "Zalo" } else { "Telegram" }
    }

    /// What is said of a token that is missing or does not hold.
    pub fn bad_token(&self, words: &crate::words::Words) -> String {
        match (self.added, &self.token) {
            (Some((id, _)), None) => words.bot_file_gone(id.to_string()),
            (Some((id, _)), Some(_)) => words.bot_bad_token(id.to_string()),
            (None, _) if self.channel == zalo::NAME => words.zalo_bad_token(),
            (None, _) => words.run_bad_token(),
        }
    }
}

/// All bots that are to speak, those of the settings first. Where two have one token, the
/// later is told and left out: a token has one receiver.
///
/// # Errors
/// Of the database.
pub async fn wanted(settings: &Settings, conn: &mut Connection) -> anyhow::Result<Vec<Wanted>> {
    let of_settings = [(telegram::NAME, &settings.telegram_token), (zalo::NAME, &settings.zalo_token)];
    let mut wanted: Vec<Wanted> = Vec::new();
    for (channel, token) in of_settings {
        wanted.extend(token.clone().map(|token| Wanted { channel, token: Some(token), added: None }));
    }
    for bot in bot::added(conn).await? {
        let is_same = |w: &Wanted| w.token.as_ref().zip(bot.token.as_ref()).is_some_and(|(a, b)| same(a, b));
        if wanted.iter().any(is_same) {
            super::setup::tell(&settings.locale.words().bot_same_token(bot.id.to_string()));
            continue;
        }
        wanted.push(Wanted { channel: bot.channel, token: bot.token, added: Some((bot.id, bot.unit)) });
    }
    Ok(wanted)
}

fn same(a: &SecretString, b: &SecretString) -> bool {
    a.expose_secret() == b.expose_secret()
}

/// A bot whose platform has said who it is.
#[derive(Clone)]
pub enum Platform {
    Telegram(Arc<Telegram>),
    Zalo(Arc<Zalo>),
}

impl Platform {
    /// The platform's id of the bot, and its name.
    fn me(&self) -> (String, &str) {
        match self {
            Platform::Telegram(t) => (t.me().id.to_string(), &t.me().username),
            Platform::Zalo(z) => (z.me().id.clone(), z.me().name()),
        }
    }
}

/// Asks bots who they are and enters them.
pub struct Connector {
    pub settings: Settings,
    pub store: Store,
    pub clock: Arc<dyn Clock>,
    pub answerer: Arc<Answerer>,
    /// How many bots of each channel there are to be, and those that have said who they are.
    known: Mutex<HashMap<&'static str, (usize, Vec<i64>)>>,
}

impl Connector {
    pub fn new(
        (settings, store, clock): (Settings, Store, Arc<dyn Clock>),
        answerer: Arc<Answerer>,
        wanted: &[Wanted],
    ) -> Connector {
        let mut known = HashMap::<_, (usize, Vec<i64>)>::new();
        for bot in wanted {
            known.entry(bot.channel).or_default().0 += 1;
        }
        Connector { settings, store, clock, answerer, known: Mutex::new(known) }
    }

    /// Asks a platform once who the bot is; no token at all is one that does not hold.
    ///
    /// # Errors
    /// Of the settings.
    pub async fn ask(&self, bot: &Wanted) -> anyhow::Result<Result<Platform, SendError>> {
        let Some(token) = bot.token.clone() else { return Ok(Err(SendError::Unauthorised)) };
        let renderer = crate::channel::renderer(self.store.clone(), self.answerer.clone());
        if bot.channel == zalo::NAME {
            return self.ask_zalo(token, renderer).await;
        }
        let url = self.settings.telegram_api_url.as_deref();
        let proxy = self.settings.telegram_proxy.as_ref().map(ExposeSecret::expose_secret);
        let api = telegram::api::Api::new(token, url, proxy).map_err(anyhow::Error::msg)?;
        Ok(Telegram::connect(api, renderer, self.settings.locale).await.map(Platform::Telegram))
    }

    async fn ask_zalo(&self, token: SecretString, renderer: Renderer) -> anyhow::Result<Result<Platform, SendError>> {
        let api = zalo::api::Api::new(token, &self.settings.zalo_api_url).map_err(anyhow::Error::msg)?;
        let around = zalo::Surroundings {
            store: self.store.clone(),
            clock: self.clock.clone(),
            answerer: self.answerer.clone(),
            renderer,
        };
        Ok(Zalo::connect(api, around).await.map(Platform::Zalo))
    }

    /// Enters a bot; once all bots of its channel are known, those that stood in their place
    /// before retire.
    ///
    /// # Errors
    /// Of the database.
    pub async fn register(&self, wanted: &Wanted, platform: &Platform) -> anyhow::Result<i64> {
        let (channel, (id, name)) = (wanted.channel, platform.me());
        let mut tx = self.store.write().await?;
        let bot = bots::known_as(&mut tx, channel, &id, name).await?;
        if let Some((file, _)) = wanted.added {
            bot_files::known(&mut tx, file, bot).await?;
        }
        let all = {
            let mut known = self.known.lock().unwrap_or_else(|e| e.into_inner());
            let (expected, known) = known.entry(channel).or_default();
            known.push(bot);
            (known.len() == *expected).then(|| known.clone())
        };
        if let Some(all) = all {
            bots::retire_others(&mut tx, channel, &all, self.clock.now().timestamp()).await?;
            if let [only] = all.as_slice() {
                links::adopt(&mut tx, channel, *only).await?;
            }
        }
        tx.commit().await?;
        self.answerer.desk.name_bot(bot, name);
        Ok(bot)
    }
}
