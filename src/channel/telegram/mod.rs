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
pub mod webhook;

use std::sync::Arc;

use serde::Deserialize;
use teloxide::payloads::{GetFile, GetMe};
use teloxide::types::FileId;

use super::{Channel, FetchError, Fetcher, Renderer, SendError, Sent};
use crate::app::abilities::{self, Abilities};
use crate::import::BYTES_MAX;
use crate::store::outbox::Out;
use crate::words::Locale;
use api::Api;

/// The channel's name in the database.
pub const NAME: &str = "telegram";
/// How long the platform keeps updates that nobody fetches.
pub const KEPT: chrono::TimeDelta = chrono::TimeDelta::hours(24);

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

/// Where a file may be fetched.
#[derive(Deserialize)]
struct Location {
    file_path: Option<String>,
    file_size: Option<u64>,
}

/// What a refusal of a file means.
fn missing(e: SendError) -> FetchError {
    match e {
        // Telegram's own limit is twice ours.
        SendError::Fault(why) if why.contains("file is too big") => FetchError::TooBig,
        SendError::Fault(_) | SendError::Gone(_) => FetchError::Gone,
        e => FetchError::Later(e.to_string()),
    }
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

    /// Fetches files that people sent to this bot.
    pub fn fetcher(self: &Arc<Telegram>) -> Fetcher {
        let telegram = self.clone();
        Arc::new(move |file| {
            let telegram = telegram.clone();
            Box::pin(async move { telegram.fetch(file).await })
        })
    }

    async fn fetch(&self, file: String) -> Result<Vec<u8>, FetchError> {
        let asked = GetFile::new(FileId(file));
        let found: Location = self.api.call(&asked, api::SHORT).await.map_err(missing)?;
        if found.file_size.is_some_and(|size| size > BYTES_MAX as u64) {
            return Err(FetchError::TooBig);
        }
        let path = found.file_path.ok_or(FetchError::Gone)?;
        self.api.download(&path, BYTES_MAX).await.map_err(missing)?.ok_or(FetchError::TooBig)
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
