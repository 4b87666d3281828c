//! Events that Zalo brings itself, as its vendor advises: the webhook is set at the start,
//! and taken away where the program polls, since the platform does only one of both.
//!
//! The platform may bring several at a time, in any order, and whether it brings again what
//! was refused is not promised. So what the database cannot take now is refused *and* held.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};
use tokio::sync::Mutex;
use tracing::{debug, error, info, warn};

use super::door::Door;
use super::receive::{Receiver, rest_after};
use super::{NAME, Zalo, incoming};
use crate::channel::http::kept::{Hooked, keep_set};
use crate::channel::http::webhooks::{self, Hooks};
use crate::channel::{SendError, Stop, stopped};

/// Receives by webhook where there are `hooks`, else by polling, until the program stops.
pub async fn receive(receiver: Receiver, hooks: Option<Hooks>, stop: Stop) {
    let Some(hooks) = hooks else { return receiver.run(stop).await };
    let (zalo, floor, watch) = (receiver.zalo.clone(), receiver.floor, receiver.watch);
    let door = Arc::new(Mutex::new(Door::hooked(receiver.zalo, receiver.intake, receiver.reception)));
    let (url, secret) = hooks.open(NAME, &zalo.me.id, entrance(zalo.clone(), door.clone()));
    let webhook = Webhook { zalo, door: door.clone(), url, secret, is_reached: AtomicBool::new(true) };
    tokio::join!(keep_set(&webhook, watch, stop.clone()), store_held(&door, floor, stop));
}

/// What the HTTP server does with each body that it is brought.
fn entrance(zalo: Arc<Zalo>, door: Arc<Mutex<Door>>) -> webhooks::Door {
    Arc::new(move |body| {
        let (zalo, door) = (zalo.clone(), door.clone());
        Box::pin(async move {
            let mut door = door.lock().await;
            let events = incoming::read_value(&body, zalo.me(), door.now());
            door.take(events).await
        })
    })
}

/// Stores what an outage has held up, also if nothing else comes.
async fn store_held(door: &Mutex<Door>, every: Duration, mut stop: Stop) {
    loop {
        tokio::select! {
            biased;
            () = stopped(&mut stop) => return door.lock().await.close().await,
            () = tokio::time::sleep(every) => {}
        }
        let mut door = door.lock().await;
        if door.holds() {
            door.take(Vec::new()).await;
        }
    }
}

/// The webhook of one bot.
struct Webhook {
    zalo: Arc<Zalo>,
    door: Arc<Mutex<Door>>,
    url: String,
    secret: SecretString,
    /// What the platform's own check of the address has found.
    is_reached: AtomicBool,
}

impl Hooked for Webhook {
    async fn set(&self, failures: u32) -> Result<(), Duration> {
        match self.zalo.api.set_webhook(&self.url, self.secret.expose_secret()).await {
            Ok(set) => {
                self.zalo.goes_on();
                let refused = set.verification.filter(|check| !check.ok);
                let was_reached = self.is_reached.swap(refused.is_none(), Ordering::Relaxed);
                match refused {
                    None => info!("Zalo brings events to the webhook"),
                    // One line for a spell; the platform keeps the address all the same.
                    Some(check) if was_reached => {
                        error!(outcome = check.outcome, "Zalo does not reach the webhook; see MOTCUA_PUBLIC_URL");
                    }
                    Some(_) => {}
                }
                Ok(())
            }
            Err(e) => {
                if let SendError::Fault(why) = &e {
                    error!(error = why, "Zalo refuses the webhook; see MOTCUA_PUBLIC_URL");
                }
                Err(rest_after(&self.zalo, &e, failures + 1).await)
            }
        }
    }

    /// A platform that reaches our address counts as heard, on a quiet day too. One that does not
    /// is told the address again, by which it looks again.
    async fn is_set(&self) -> bool {
        if !self.is_reached.load(Ordering::Relaxed) {
            return false;
        }
        match self.zalo.api.webhook().await {
            Ok(url) if url == self.url => {
                self.zalo.goes_on();
                self.door.lock().await.reception.heard(&[], false).await;
                true
            }
            Ok(_) => {
                warn!("the webhook is not set any more; setting it again");
                false
            }
            Err(SendError::Unauthorised) => {
                self.zalo.halt().await;
                true
            }
            Err(e) => {
                debug!(error = %e, "Zalo does not tell of the webhook");
                true
            }
        }
    }
}
