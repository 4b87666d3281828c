//! Updates that Telegram brings itself: the webhook is set at the start, and taken away
//! where the program polls, since the platform does only one of both.

use std::sync::Arc;
use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use teloxide::payloads::{DeleteWebhook, GetWebhookInfo};
use teloxide::requests::Payload;
use tokio::sync::Mutex;
use tracing::{debug, error, info, warn};

use super::receive::{Door, Receiver, rest_after};
use super::{NAME, Telegram, api, incoming};
use crate::channel::http::kept::{Hooked, WATCH, keep_set};
use crate::channel::http::webhooks::{self, Hooks};
use crate::channel::{SendError, Stop};

/// setWebhook; one connection at a time keeps a chat's messages in order.
#[derive(Serialize)]
struct SetWebhook<'a> {
    url: &'a str,
    secret_token: &'a str,
    max_connections: u8,
    allowed_updates: [&'static str; 4],
}

impl Payload for SetWebhook<'_> {
    type Output = bool;
    const NAME: &'static str = "setWebhook";
}

/// What Telegram knows of our webhook.
#[derive(Deserialize)]
struct Info {
    #[serde(default)]
    url: String,
    #[serde(default)]
    pending_update_count: i64,
    #[serde(default)]
    last_error_message: String,
}

/// Updates that wait although the webhook works: those on their way.
const ON_THEIR_WAY: i64 = 10;

/// Receives by webhook where there are `hooks`, else by polling, until the program stops.
pub async fn receive(receiver: Receiver, hooks: Option<Hooks>, stop: Stop) {
    let Some(hooks) = hooks else { return receiver.run(stop).await };
    let telegram = receiver.telegram.clone();
    let door = Arc::new(Mutex::new(Door::new(receiver.telegram, receiver.intake, receiver.reception)));
    let (url, secret) = hooks.open(NAME, &telegram.me.id.to_string(), entrance(door.clone()));
    keep_set(&Webhook { telegram, door, url, secret }, WATCH, stop).await;
}

/// The webhook of one bot.
struct Webhook {
    telegram: Arc<Telegram>,
    door: Arc<Mutex<Door>>,
    url: String,
    secret: SecretString,
}

/// What the HTTP server does with each update it is brought.
fn entrance(door: Arc<Mutex<Door>>) -> webhooks::Door {
    Arc::new(move |update| {
        let door = door.clone();
        Box::pin(async move { door.lock().await.take(&[update], false).await.is_ok() })
    })
}

impl Hooked for Webhook {
    async fn set(&self, failures: u32) -> Result<(), Duration> {
        let secret_token = self.secret.expose_secret();
        let call = SetWebhook { url: &self.url, secret_token, max_connections: 1, allowed_updates: incoming::KINDS };
        match self.telegram.api.call::<_, bool>(&call, api::SHORT).await {
            Ok(_) => info!("Telegram brings updates to the webhook"),
            Err(e) => {
                if let SendError::Fault(why) = &e {
                    error!(error = why, "Telegram refuses the webhook; see MOTCUA_PUBLIC_URL");
                }
                return Err(rest_after(&e, failures + 1));
            }
        }
        Ok(())
    }

    /// One through which updates come counts as hearing the platform, on a quiet day too.
    async fn is_set(&self) -> bool {
        match self.telegram.api.call::<_, Info>(&GetWebhookInfo::new(), api::SHORT).await {
            Ok(info) if info.url != self.url => {
                warn!("the webhook is not set any more; setting it again");
                false
            }
            Ok(info) if info.pending_update_count > ON_THEIR_WAY && !info.last_error_message.is_empty() => {
                warn!(waiting = info.pending_update_count, error = info.last_error_message, "updates do not reach us");
                true
            }
            Ok(_) => {
                self.door.lock().await.reception.heard(&[], false).await;
                true
            }
            Err(e) => {
                debug!(error = %e, "Telegram does not tell of the webhook");
                true
            }
        }
    }
}

/// Takes an earlier webhook away, so that polling is allowed; what waits stays waiting. Best
/// effort: a webhook that stays makes polls fail, and then it is tried again.
pub async fn delete(telegram: &Telegram) {
    if let Err(e) = telegram.api.call::<_, bool>(&DeleteWebhook::new(), api::SHORT).await {
        debug!(error = %e, "the webhook is not taken away");
    }
}
