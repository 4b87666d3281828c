//! Telegram. The only folder that names teloxide.
//!
//! Of teloxide we take the payload types, so that what we send is checked by the compiler.
//! What we do not take (measured, CHAT-APIS D3): its dispatcher and listeners, which
//! acknowledge before anything is stored; its client, which sleeps ten seconds inside a
//! call on every 5xx; and its `Update`, which gives up a whole message for one unknown
//! entity, while [`incoming`] needs six fields of it.
//!
//! Texts go out plain, without a parse mode: then nothing can be escaped wrongly, the limit
//! counts what we see, and `/commands` in a reply can still be tapped.

pub mod api;
pub mod incoming;
pub mod menu;
mod outgoing;
pub mod receive;

use std::sync::Arc;

use serde::Deserialize;
use teloxide::payloads::GetMe;

use super::{Channel, Renderer, SendError, Sent};
use crate::app::abilities::{self, Abilities};
use crate::store::outbox::Out;
use crate::store::{self, Store, bots};
use crate::words::Locale;
use api::Api;

/// The channel's name in the database.
pub const NAME: &str = "telegram";

/// Who we are, as getMe tells.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Me {
    pub id: i64,
    #[serde(default)]
    pub username: String,
}

/// One Telegram bot.
pub struct Telegram {
    api: Api,
    me: Me,
    renderer: Renderer,
    /// Language of sentences that are nobody's reply, such as that of an outage.
    locale: Locale,
}

/// The user name of the bot that a token stands for.
///
/// # Errors
/// [`SendError::Unauthorised`] for a token that does not hold; others may pass.
pub async fn username(api: &Api) -> Result<String, SendError> {
    let me: Me = api.call(&GetMe::new(), api::SHORT).await?;
    Ok(me.username)
}

impl Telegram {
    /// Asks the platform who we are.
    ///
    /// # Errors
    /// [`SendError::Unauthorised`] for a token that does not hold; others may pass.
    pub async fn connect(api: Api, renderer: Renderer, locale: Locale) -> Result<Arc<Telegram>, SendError> {
        let me: Me = api.call(&GetMe::new(), api::SHORT).await?;
        Ok(Arc::new(Telegram { api, me, renderer, locale }))
    }

    pub fn me(&self) -> &Me {
        &self.me
    }

    /// The row of this bot; another bot that stood in its place is retired.
    pub async fn register(&self, store: &Store, now: i64) -> store::Result<i64> {
        let mut w = store.write().await?;
        let id = bots::known_as(&mut w, NAME, &self.me.id.to_string(), &self.me.username).await?;
        bots::retire_others(&mut w, NAME, &[id], now).await?;
        w.commit().await?;
        Ok(id)
    }
}

impl Channel for Telegram {
    fn name(&self) -> &'static str {
        NAME
    }

    fn abilities(&self) -> &'static Abilities {
        &abilities::TELEGRAM
    }

    async fn send(&self, out: &Out) -> Result<Sent, SendError> {
        outgoing::send(self, out).await
    }
}
