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
use crate::store::{Connection, Result, Store, bot_files, bots, links};

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

/// What a platform says when it is asked once.
pub type Asked = std::result::Result<Platform, SendError>;

/// Asks bots who they are and enters them.
pub struct Connector {
    pub settings: Settings,
    pub store: Store,
    pub clock: Arc<dyn Clock>,
    pub answerer: Arc<Answerer>,
    /// One for all bots: so many documents are made at a time.
    renderer: Renderer,
    /// The bots that there are to be, of each channel.
    expected: Mutex<HashMap<&'static str, Vec<Expected>>>,
}

/// A bot that there is to be.
#[derive(Clone, Copy)]
struct Expected {
    /// Its number in `motcua bot list`; `None`: of the settings.
    file: Option<i64>,
    heard: Heard,
}

/// What a platform has said of a bot.
#[derive(Clone, Copy)]
enum Heard {
    Nothing,
    Known(i64),
    /// Its token does not hold.
    Refused,
}

/// The rows of the bots that are to serve a channel; `None` while that is not known of all.
///
/// An added bot that is silent is the one it was known as last (`before`, by its number);
/// refused and never known, it has neither account nor group. Nobody knows which row that of
/// the settings is until it has answered.
fn current(expected: &[Expected], before: &HashMap<i64, i64>) -> Option<Vec<i64>> {
    let mut all = Vec::with_capacity(expected.len());
    for bot in expected {
        match (bot.heard, bot.file) {
            (Heard::Known(id), _) => all.push(id),
            (heard, Some(file)) => match before.get(&file) {
                Some(id) => all.push(*id),
                None if matches!(heard, Heard::Refused) => {}
                None => return None,
            },
            (_, None) => return None,
        }
    }
    let is_one_at_work = expected.iter().any(|bot| matches!(bot.heard, Heard::Known(_)));
    is_one_at_work.then_some(all)
}

impl Connector {
    pub fn new(
        (settings, store, clock): (Settings, Store, Arc<dyn Clock>),
        (answerer, renderer): (Arc<Answerer>, Renderer),
        wanted: &[Wanted],
    ) -> Connector {
        let mut expected = HashMap::<_, Vec<Expected>>::new();
        for bot in wanted {
            let file = bot.added.map(|(id, _)| id);
            expected.entry(bot.channel).or_default().push(Expected { file, heard: Heard::Nothing });
        }
        Connector { settings, store, clock, answerer, renderer, expected: Mutex::new(expected) }
    }

    /// Asks a platform once who the bot is; no token at all is one that does not hold.
    ///
    /// # Errors
    /// Of the settings.
    pub async fn ask(&self, bot: &Wanted) -> anyhow::Result<Asked> {
        let Some(token) = bot.token.clone() else { return Ok(Err(SendError::Unauthorised)) };
        let renderer = self.renderer.clone();
        if bot.channel == zalo::NAME {
            return self.ask_zalo(token, renderer).await;
        }
        let url = self.settings.telegram_api_url.as_deref();
        let proxy = self.settings.telegram_proxy.as_ref().map(ExposeSecret::expose_secret);
        let api = telegram::api::Api::new(token, url, proxy).map_err(anyhow::Error::msg)?;
        Ok(Telegram::connect(api, renderer, self.settings.locale).await.map(Platform::Telegram))
    }

    async fn ask_zalo(&self, token: SecretString, renderer: Renderer) -> anyhow::Result<Asked> {
        let api = zalo::api::Api::new(token, &self.settings.zalo_api_url).map_err(anyhow::Error::msg)?;
        let around = zalo::Surroundings {
            store: self.store.clone(),
            clock: self.clock.clone(),
            answerer: self.answerer.clone(),
            renderer,
        };
        Ok(Zalo::connect(api, around).await.map(Platform::Zalo))
    }

    /// Enters a bot; once it is known of all bots of its channel which they are, those that
    /// stood in their place before retire.
    ///
    /// # Errors
    /// Of the database.
    pub async fn register(&self, wanted: &Wanted, platform: &Platform) -> Result<i64> {
        let (channel, (id, name)) = (wanted.channel, platform.me());
        let mut tx = self.store.write().await?;
        let bot = bots::known_as(&mut tx, channel, &id, name).await?;
        bot_files::known(&mut tx, wanted.added.map(|(file, _)| file), bot).await?;
        self.heard(&mut tx, wanted, Heard::Known(bot)).await?;
        tx.commit().await?;
        self.answerer.desk.name_bot(bot, name);
        Ok(bot)
    }

    /// The token of a bot does not hold: nobody waits for it any longer.
    ///
    /// # Errors
    /// Of the database.
    pub async fn refused(&self, wanted: &Wanted) -> Result<()> {
        let mut tx = self.store.write().await?;
        self.heard(&mut tx, wanted, Heard::Refused).await?;
        Ok(tx.commit().await?)
    }

    async fn heard(&self, conn: &mut Connection, wanted: &Wanted, heard: Heard) -> Result<()> {
        let (channel, file) = (wanted.channel, wanted.added.map(|(file, _)| file));
        let expected = {
            let mut expected = self.expected.lock().unwrap_or_else(|e| e.into_inner());
            let of_channel = expected.entry(channel).or_default();
            of_channel.iter_mut().filter(|bot| bot.file == file).for_each(|bot| bot.heard = heard);
            of_channel.clone()
        };
        let files = bot_files::all(conn).await?;
        let before = files.into_iter().filter_map(|bot| Some((bot.id, bot.bot?))).collect();
        let Some(all) = current(&expected, &before) else { return Ok(()) };
        bots::retire_others(conn, channel, &all, self.clock.now().timestamp()).await?;
        match all.as_slice() {
            // After the others have retired: their private chats are its own now.
            [only] => links::adopt(conn, channel, *only).await,
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Bots as `(number, heard)`, number 0: of the settings; number 7 was bot 70 before.
    fn check(expected: &[(i64, Heard)], current_now: Option<&[i64]>) {
        let bot = |(file, heard): &(i64, Heard)| Expected { file: (*file > 0).then_some(*file), heard: *heard };
        let all: Vec<Expected> = expected.iter().map(bot).collect();
        assert_eq!(current(&all, &HashMap::from([(7, 70)])).as_deref(), current_now);
    }

    #[test]
    fn a_bot_that_cannot_answer_holds_up_no_retiring() {
        let (here, nothing, refused) = (Heard::Known(1), Heard::Nothing, Heard::Refused);
        check(&[(0, here)], Some(&[1]));
        check(&[(0, here), (7, nothing)], Some(&[1, 70]));
        check(&[(0, here), (7, refused)], Some(&[1, 70]));
        check(&[(0, here), (8, refused)], Some(&[1]));
        check(&[(0, here), (8, nothing)], None);
        check(&[(7, Heard::Known(71))], Some(&[71]));
        for unknown in [nothing, refused] {
            check(&[(0, unknown), (7, here)], None);
        }
        check(&[(7, refused), (8, refused)], None);
        check(&[], None);
    }
}
