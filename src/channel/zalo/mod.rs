//! Zalo, through the Zalo Bot Platform (CHAT-APIS A).
//!
//! Less than Telegram can do: no buttons, no documents either way, no edits, no menu; what
//! becomes of a reply then is decided in [`super::present`] and [`crate::app::answer`]. Events
//! come by webhook or by polling; a poll gives one without an acknowledgement: it may come
//! again for ever, or never again. So it is stored at once, and known again by its message id.

pub mod api;
mod door;
pub mod incoming;
mod outgoing;
pub mod receive;
pub mod webhook;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use serde::{Deserialize, Deserializer};
use serde_json::Value;
use tracing::{error, info, warn};

use super::{Channel, Renderer, SendError, Sent};
use crate::app::abilities::{self, Abilities};
use crate::app::answer::Answerer;
use crate::clock::{Clock, day_of};
use crate::domain::budget;
use crate::store::outbox::Out;
use crate::store::{self, Connection, Store};
use crate::words::Words;
use crate::words::numbers::number;
use api::Api;

/// The channel's name in the database.
pub const NAME: &str = "zalo";
/// How long a silence may last before messages count as perhaps lost (SPEC §11): polling does
/// not keep them for us.
pub const KEPT: chrono::TimeDelta = chrono::TimeDelta::minutes(10);

/// Who we are, as getMe tells.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Me {
    #[serde(deserialize_with = "text")]
    pub id: String,
    #[serde(default)]
    pub account_name: String,
    #[serde(default)]
    pub display_name: String,
    #[serde(default)]
    pub can_join_groups: bool,
}

impl Me {
    /// The names by which people may call the bot.
    fn names(&self) -> impl Iterator<Item = &str> {
        [self.display_name.as_str(), self.account_name.as_str()].into_iter()
    }

    /// The name to be shown.
    pub fn name(&self) -> &str {
        self.names().find(|n| !n.is_empty()).unwrap_or(&self.id)
    }
}

fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let value = Value::deserialize(deserializer)?;
    Ok(value.as_str().map_or_else(|| value.to_string(), str::to_string))
}

/// What a Zalo bot works with beside its token.
#[derive(Clone)]
pub struct Surroundings {
    pub store: Store,
    pub clock: Arc<dyn Clock>,
    pub answerer: Arc<Answerer>,
    pub renderer: Renderer,
}

/// One Zalo bot.
pub struct Zalo {
    api: Api,
    me: Me,
    around: Surroundings,
    /// The token does not hold: nothing is sent until it does again.
    halted: AtomicBool,
}

impl Zalo {
    /// Asks the platform who we are.
    ///
    /// # Errors
    /// [`SendError::Unauthorised`] for a token that does not hold; others may pass.
    pub async fn connect(api: Api, around: Surroundings) -> Result<Arc<Zalo>, SendError> {
        let me = api.me().await?;
        Ok(Arc::new(Zalo { api, me, around, halted: AtomicBool::new(false) }))
    }

    pub fn me(&self) -> &Me {
        &self.me
    }

    /// The row of this bot where it is the only one of the channel: whichever stood in its place
    /// is retired, and accounts entered by hand are its own.
    pub async fn register(&self, now: i64) -> store::Result<i64> {
        let mut w = self.around.store.write().await?;
        let id = store::bots::known_as(&mut w, NAME, &self.me.id, self.me.name()).await?;
        store::bots::retire_others(&mut w, NAME, &[id], now).await?;
        store::links::adopt(&mut w, NAME, id).await?;
        w.commit().await?;
        Ok(id)
    }

    /// Where documents go that Zalo does not take.
    fn kept_files(&self) -> PathBuf {
        self.around.store.path().parent().map_or_else(PathBuf::new, PathBuf::from).join("xuat")
    }

    /// The words of whoever holds a chat.
    async fn words_of(&self, chat: &str) -> &'static Words {
        let desk = &self.around.answerer.desk;
        let dir = match self.around.store.read().await {
            Ok(mut r) => desk.directory(&mut r).await.ok(),
            Err(_) => None,
        };
        let holder = dir.as_ref().and_then(|d| d.links.values().find(|l| l.channel == NAME && l.chat_id == chat));
        holder.zip(dir.as_ref()).map_or(desk.locale.words(), |(l, d)| desk.words_for(d, l.official))
    }

    /// The token does not hold any more: the channel stops, and administrators hear of it
    /// elsewhere, once.
    async fn halt(&self) {
        if self.halted.swap(true, Ordering::Relaxed) {
            return;
        }
        error!("Zalo does not accept the token any more; set ZALO_BOT_TOKEN");
        let told = async {
            let mut w = self.around.store.write().await?;
            let now = self.around.clock.now();
            self.around.answerer.alarm(&mut w, Some(NAME), now, Words::zalo_halted).await?;
            Ok::<_, store::StoreError>(w.commit().await?)
        };
        if let Err(e) = told.await {
            warn!(error = %e, "administrators could not be told of the token");
        }
    }

    fn goes_on(&self) {
        if self.halted.swap(false, Ordering::Relaxed) {
            info!("Zalo accepts the token again");
        }
    }
}

impl Channel for Zalo {
    fn name(&self) -> &'static str {
        NAME
    }

    fn abilities(&self) -> &'static Abilities {
        &abilities::ZALO
    }

    async fn count_sent(&self, conn: &mut Connection, bot_id: i64, messages: i64) -> store::Result<()> {
        if messages == 0 {
            return Ok(());
        }
        let (now, monthly) = (self.around.clock.now(), self.around.answerer.desk.zalo_monthly);
        let day = day_of(now, self.around.answerer.desk.zone);
        let month = store::budget::count(conn, bot_id, day, messages).await?;
        let Some(percent) = budget::warning(month.sent, monthly, month.warned) else { return Ok(()) };
        store::budget::warned(conn, bot_id, day, percent).await?;
        warn!(sent = month.sent, monthly, "Zalo's messages of this month are running short");
        let warning =
            |words: &Words| words.budget_warning(number(month.sent), number(i64::from(monthly)), percent.to_string());
        self.around.answerer.alarm(conn, None, now, warning).await
    }

    async fn send(&self, out: &Out) -> Result<Sent, SendError> {
        if self.halted.load(Ordering::Relaxed) {
            return Err(SendError::Unauthorised);
        }
        let sent = outgoing::send(self, out).await;
        if sent == Err(SendError::Unauthorised) {
            self.halt().await;
        }
        sent
    }
}
