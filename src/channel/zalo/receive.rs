//! The polling loop. A poll gives one event and cannot be acknowledged: what is handed over
//! is stored before the next poll, and known again if it comes again.
//!
//! While the database takes nothing, whoever writes is told once to send again later; that
//! message is let go. Whatever else arrives meanwhile is held in memory and stored as soon
//! as possible: nobody would know that it was lost.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tracing::{error, info, warn};

use super::{Zalo, incoming};
use crate::channel::intake::Intake;
use crate::channel::reception::Reception;
use crate::channel::{SendError, Stop, stopped};
use crate::store::StoreError;
use crate::store::inbox::{Incoming, Kind};

/// Least time from the beginning of one poll to the next: events that come again for ever
/// are answered at once.
pub const FLOOR: Duration = Duration::from_secs(1);
const LONGEST_REST: Duration = Duration::from_secs(60);
/// A token that does not hold is tried again this seldom.
const NO_TOKEN_REST: Duration = Duration::from_secs(600);
/// Tries to store a batch before its senders are told to write again.
const TRIES: u32 = 3;
const TRY_REST: Duration = Duration::from_millis(300);
/// Messages held in memory at most.
const HELD_MOST: usize = 1000;

/// Receives until the program stops.
pub struct Receiver {
    pub zalo: Arc<Zalo>,
    pub intake: Intake,
    pub reception: Reception,
    /// [`FLOOR`] but in tests.
    pub floor: Duration,
}

/// A time during which the database takes nothing.
#[derive(Default)]
struct Outage {
    /// Messages that wait to be stored.
    held: Vec<Incoming>,
    /// Chats that have been told to send again.
    told: HashSet<String>,
}

impl Receiver {
    /// Polls and stores; returns when `stop` turns true.
    pub async fn run(mut self, mut stop: Stop) {
        if let Err(e) = self.zalo.api.end_webhook().await {
            warn!(error = %e, "whether a webhook is set is unknown; polling");
        }
        let mut outage = Outage::default();
        let mut failures = 0_u32;
        loop {
            let begun = Instant::now();
            let polled = tokio::select! {
                biased;
                () = stopped(&mut stop) => return,
                polled = self.zalo.api.updates() => polled,
            };
            let rest = match polled {
                Ok(body) => {
                    self.zalo.goes_on();
                    if failures > 0 {
                        info!(failures, "Zalo answers again");
                        failures = 0;
                    }
                    let events = incoming::read_value(&body, self.zalo.me(), self.now());
                    self.take(events, &mut outage).await;
                    Duration::ZERO
                }
                Err(e) => {
                    failures += 1;
                    self.rest_after(&e, failures).await
                }
            };
            let rest = rest.max(self.floor.saturating_sub(begun.elapsed()));
            tokio::select! {
                biased;
                () = stopped(&mut stop) => return,
                () = tokio::time::sleep(rest) => {}
            }
        }
    }

    fn now(&self) -> i64 {
        self.intake.clock.now().timestamp()
    }

    /// Stores what came, and what was held before it.
    async fn take(&mut self, events: Vec<Incoming>, outage: &mut Outage) {
        let before = outage.held.len();
        let mut batch = std::mem::take(&mut outage.held);
        batch.extend(events);
        if batch.is_empty() {
            return self.reception.heard(&[], false).await;
        }
        match self.store(&batch).await {
            Ok(new) => {
                // What comes again bears an old time stamp; only what is new tells of a clock.
                let fresh = if new == batch.len() { batch.as_slice() } else { &[] };
                self.reception.heard(fresh, new > 0).await;
                if !outage.told.is_empty() || before > 0 {
                    info!("the database takes messages again");
                }
                *outage = Outage::default();
            }
            Err(e) => {
                error!(error = %e, messages = batch.len(), "cannot store what Zalo handed over");
                outage.held = batch;
                self.tell_of_outage(outage, before).await;
            }
        }
    }

    /// Stores a batch, with a little patience; how many were new. A message that alone cannot be stored must
    /// not hold up the others: it is let go, with a line in the log.
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

    /// Tells each official who writes, once an outage, to send again; that message is let go,
    /// so that it does not count twice. Directly: the outbox is in the database that cannot
    /// be written.
    async fn tell_of_outage(&self, outage: &mut Outage, before: usize) {
        let fresh = outage.held.split_off(before.min(outage.held.len()));
        for i in fresh {
            if outage.held.iter().any(|h| h.delivery == i.delivery) {
                continue;
            }
            let writes = i.kind == Kind::Message && i.text.is_some();
            if !writes || outage.told.contains(&i.chat_id) || !self.intake.is_known(&i).await {
                outage.held.push(i);
                continue;
            }
            let text = self.zalo.words_of(&i.chat_id).await.zalo_outage();
            match self.zalo.api.send_text(&i.chat_id, &text).await {
                Ok(_) => _ = outage.told.insert(i.chat_id),
                Err(e) => {
                    warn!(error = %e, "could not tell of the outage");
                    outage.held.push(i);
                }
            }
        }
        outage.held.truncate(HELD_MOST);
    }

    async fn rest_after(&self, e: &SendError, failures: u32) -> Duration {
        match e {
            SendError::Unauthorised => {
                self.zalo.halt().await;
                return NO_TOKEN_REST;
            }
            // One line for a spell, not one a try.
            _ if failures == 1 => warn!(error = %e, "Zalo cannot be polled; trying on"),
            _ => {}
        }
        match e {
            SendError::Exhausted { after } => after.unwrap_or(LONGEST_REST),
            _ => backoff(failures),
        }
    }
}

/// 1, 2, 4 … 60 seconds.
fn backoff(failures: u32) -> Duration {
    Duration::from_secs(1 << failures.saturating_sub(1).min(6)).min(LONGEST_REST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rests_grow_to_a_minute() {
        let rests: Vec<u64> = (1..=8).map(|n| backoff(n).as_secs()).collect();
        assert_eq!(rests, [1, 2, 4, 8, 16, 32, 60, 60]);
        assert_eq!(backoff(u32::MAX).as_secs(), 60);
    }
}
