//! Updates that Telegram brings itself: the webhook is set at the start, and taken away
//! where the program polls, since the platform does only one of both.

use std::sync::Arc;

use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;
use teloxide::payloads::DeleteWebhook;
use teloxide::requests::Payload;
use tokio::sync::Mutex;
use tracing::{error, info};

use super::receive::{Door, Receiver, rest_after};
use super::{NAME, Telegram, api, incoming};
use crate::channel::http::webhooks::{self, Hooks};
use crate::channel::{SendError, Stop, stopped};

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

/// Receives by webhook where there are `hooks`, else by polling, until the program stops.
pub async fn receive(receiver: Receiver, hooks: Option<Hooks>, mut stop: Stop) {
    let Some(hooks) = hooks else { return receiver.run(stop).await };
    let telegram = receiver.telegram.clone();
    let (url, secret) = hooks.open(NAME, &telegram.me.id.to_string(), door(receiver));
    set(&telegram, &url, &secret, stop.clone()).await;
    stopped(&mut stop).await;
}

/// What the HTTP server does with each update it is brought.
fn door(receiver: Receiver) -> webhooks::Door {
    let door = Arc::new(Mutex::new(Door::new(receiver.telegram, receiver.intake, receiver.reception)));
    Arc::new(move |update| {
        let door = door.clone();
        Box::pin(async move { door.lock().await.take(&[update], false).await.is_ok() })
    })
}

/// Tells Telegram where to bring updates; tries until it takes it or the program stops.
async fn set(telegram: &Telegram, url: &str, secret: &SecretString, mut stop: Stop) {
    let secret_token = secret.expose_secret();
    let call = SetWebhook { url, secret_token, max_connections: 1, allowed_updates: incoming::KINDS };
    let mut failures = 0;
    loop {
        let answer = tokio::select! {
            biased;
            () = stopped(&mut stop) => return,
            answer = telegram.api.call::<_, bool>(&call, api::SHORT) => answer,
        };
        let Err(e) = answer else { return info!("Telegram brings updates to the webhook") };
        failures += 1;
        if let SendError::Fault(why) = &e {
            error!(error = why, "Telegram refuses the webhook; see MOTCUA_PUBLIC_URL");
        }
        tokio::select! {
            biased;
            () = stopped(&mut stop) => return,
            () = tokio::time::sleep(rest_after(&e, failures)) => {}
        }
    }
}

/// Takes an earlier webhook away, so that polling is allowed; what waits stays waiting. Best
/// effort: a webhook that stays makes polls fail, and then it is tried again.
pub async fn delete(telegram: &Telegram) {
    if let Err(e) = telegram.api.call::<_, bool>(&DeleteWebhook::new(), api::SHORT).await {
        tracing::debug!(error = %e, "the webhook is not taken away");
    }
}
