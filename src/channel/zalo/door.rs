//! What the platform hands over, by polling or by webhook → the inbox.
//!
//! While the database takes nothing, what arrives is held in memory and stored as soon as
//! possible: nobody would know that it was lost. Whoever writes is told, once: where a poll
//! handed the message over it may never come again, so the person is asked to send it again
//! and it is let go; what a webhook brought is refused too, and waits.

use std::collections::{HashSet, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use tracing::{error, info, warn};

use super::Zalo;
use crate::channel::intake::Intake;
use crate::channel::reception::Reception;
use crate::store::StoreError;
use crate::store::inbox::{Incoming, Kind};

/// Tries to store a batch before its senders are told.
const TRIES: u32 = 3;
const TRY_REST: Duration = Duration::from_millis(300);
/// Messages held in memory at most.
const HELD_MOST: usize = 1000;

/// Takes in what Zalo hands over.
pub struct Door {
    pub zalo: Arc<Zalo>,
    pub intake: Intake,
    pub reception: Reception,
    /// Whoever writes in an outage need not write again.
    waits: bool,
    outage: Outage,
    /// The latest messages that were let go, by their deliveries: a platform may hand them over
    /// for ever, and their senders have sent them again.
    let_go: VecDeque<String>,
}

/// A time during which the database takes nothing.
#[derive(Default)]
struct Outage {
    /// Messages that wait to be stored.
    held: Vec<Incoming>,
    /// Chats that have been told.
    told: HashSet<String>,
}

impl Door {
    /// For what polls hand over.
    pub fn polled(zalo: Arc<Zalo>, intake: Intake, reception: Reception) -> Door {
        Door { zalo, intake, reception, waits: false, outage: Outage::default(), let_go: VecDeque::new() }
    }

    /// For what the platform brings.
    pub fn hooked(zalo: Arc<Zalo>, intake: Intake, reception: Reception) -> Door {
        Door { waits: true, ..Door::polled(zalo, intake, reception) }
    }

    /// Seconds.
    pub fn now(&self) -> i64 {
        self.intake.clock.now().timestamp()
    }

    /// Whether something waits to be stored.
    pub fn holds(&self) -> bool {
        !self.outage.held.is_empty()
    }

    /// Stores what came, and what was held before it; whether the database took it.
    pub async fn take(&mut self, events: Vec<Incoming>) -> bool {
        let mut batch = std::mem::take(&mut self.outage.held);
        let before = batch.len();
        batch.extend(events.into_iter().filter(|i| !self.let_go.contains(&i.delivery)));
        if batch.is_empty() {
            self.reception.heard(&[], false).await;
            return true;
        }
        match self.store(&batch).await {
            Ok(new) => {
                // What comes again bears an old time stamp; only what is new tells of a clock.
                let fresh = if new == batch.len() { batch.as_slice() } else { &[] };
                self.reception.heard(fresh, new > 0).await;
                if !self.outage.told.is_empty() || before > 0 {
                    info!("the database takes messages again");
                }
                self.outage = Outage::default();
                true
            }
            Err(e) => {
                error!(error = %e, messages = batch.len(), "cannot store what Zalo handed over");
                let fresh = batch.split_off(before);
                self.outage.held = batch;
                self.hold(fresh).await;
                false
            }
        }
    }

    /// Stores a batch, with a little patience; how many were new. A message that alone cannot
    /// be stored must not hold up the others: it is let go, with a line in the log.
    async fn store(&self, batch: &[Incoming]) -> Result<usize, StoreError> {
        let mut tried = 0;
        loop {
            let fault = match self.intake.take(batch.to_vec()).await {
                Ok(new) => return Ok(new),
                Err(e) => e,
            };
            tried += 1;
            match fault {
                e if e.is_outage() && tried < TRIES => tokio::time::sleep(TRY_REST * tried).await,
                e if e.is_outage() => return Err(e),
                _ if batch.len() > 1 => {
                    let mut new = 0;
                    for one in batch {
                        new += Box::pin(self.store(std::slice::from_ref(one))).await?;
                    }
                    return Ok(new);
                }
                e => {
                    error!(error = %e, "a message of Zalo cannot be stored and is let go");
                    return Ok(0);
                }
            }
        }
    }

    /// Holds what could not be stored, and tells each official who writes, once an outage. A
    /// message whose sender was asked to send it again is let go: it must not count twice.
    async fn hold(&mut self, fresh: Vec<Incoming>) {
        for i in fresh {
            if self.outage.held.iter().any(|h| h.delivery == i.delivery) {
                continue;
            }
            if self.outage.held.len() >= HELD_MOST {
                error!("too many messages of Zalo wait to be stored; one is let go");
                continue;
            }
            let asked_again = self.tell(&i).await && !self.waits;
            if !asked_again {
                self.outage.held.push(i);
                continue;
            }
            self.let_go.push_back(i.delivery);
            if self.let_go.len() > HELD_MOST {
                self.let_go.pop_front();
            }
        }
    }

    /// The last try, at a stop.
    pub async fn close(&mut self) {
        if self.holds() && !self.take(Vec::new()).await {
            error!(messages = self.outage.held.len(), "messages of Zalo could not be stored before the stop");
        }
    }

    /// Tells who writes; `false` for who need not be told, or could not be. Directly: the
    /// outbox is in the database that cannot be written.
    async fn tell(&mut self, i: &Incoming) -> bool {
        let writes = i.kind == Kind::Message && i.text.is_some();
        if !writes || self.outage.told.contains(&i.chat_id) || !self.intake.is_known(i).await {
            return false;
        }
        let words = self.zalo.words_of(&i.chat_id).await;
        let text = if self.waits { words.channel_outage() } else { words.zalo_outage() };
        match self.zalo.api.send_text(&i.chat_id, &text).await {
            Ok(_) => self.outage.told.insert(i.chat_id.clone()),
            Err(e) => {
                warn!(error = %e, "could not tell of the outage");
                false
            }
        }
    }
}
