//! The polling loop. The offset moves only behind what is stored, and nothing ends the loop
//! but the stop of the program. Webhooks go through the same [`Door`].
//!
//! There is no stored offset: the first call carries none, and neither does the call after
//! an empty answer, when all is confirmed. Update ids that restart lower (after a quiet
//! week) are then received like any others.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use serde::Serialize;
use serde_json::Value;
use teloxide::payloads::{AnswerCallbackQuery, SendMessage};
use teloxide::requests::Payload;
use teloxide::types::{CallbackQueryId, ChatId, Recipient};
use tokio::sync::Semaphore;
use tracing::{error, info, warn};

use super::incoming::{self, Read};
use super::{Telegram, api, webhook};
use crate::channel::intake::Intake;
use crate::channel::reception::Reception;
use crate::channel::{SendError, Stop, stopped};
use crate::store::inbox::{Incoming, Kind};

/// How long the platform holds an empty poll (seconds).
const POLL: u64 = 30;
/// Updates a poll hands over at most.
const LIMIT: u8 = 100;
const LONGEST_REST: Duration = Duration::from_secs(30);
/// A token that does not hold is tried again this seldom.
const NO_TOKEN_REST: Duration = Duration::from_secs(60);
/// Presses answered at the same time.
const ANSWERS: usize = 16;

/// getUpdates with raw updates: what cannot be read is stored and skipped, not refused.
#[derive(Serialize)]
struct Poll {
    #[serde(skip_serializing_if = "Option::is_none")]
    offset: Option<i64>,
    timeout: u64,
    limit: u8,
    allowed_updates: [&'static str; 4],
}

impl Payload for Poll {
    type Output = Vec<Value>;
    const NAME: &'static str = "getUpdates";
}

/// Takes in what Telegram hands over, by polling or by webhook.
pub struct Door {
    pub telegram: Arc<Telegram>,
    pub intake: Intake,
    pub reception: Reception,
    answers: Arc<Semaphore>,
    outage: Outage,
}

impl Door {
    pub fn new(telegram: Arc<Telegram>, intake: Intake, reception: Reception) -> Door {
        let answers = Arc::new(Semaphore::new(ANSWERS));
        Door { telegram, intake, reception, answers, outage: Outage::default() }
    }

    /// Stores a batch (`more` if the platform may have more); gives the offset that
    /// acknowledges it, or how long to rest because the database could not take it.
    ///
    /// # Errors
    /// The rest before the next try: nothing of the batch may be acknowledged.
    pub async fn take(&mut self, updates: &[Value], more: bool) -> Result<Option<i64>, Duration> {
        let now = self.intake.clock.now().timestamp();
        let read: Vec<Read> = updates.iter().filter_map(|u| incoming::read(u, &self.telegram.me, now)).collect();
        for callback in read.iter().filter_map(|r| r.callback.clone()) {
            self.answer_press(callback);
        }
        let next = read.iter().map(|r| r.update_id + 1).max();
        let batch: Vec<Incoming> = read.into_iter().map(|r| r.incoming).collect();
        self.reception.heard(&batch, more).await;
        match self.intake.take(batch.clone()).await {
            Ok(_) => {
                self.outage.over();
                Ok(next)
            }
            Err(e) => {
                let rest = self.outage.rest();
                error!(error = %e, retry_s = rest.as_secs(), "cannot store what Telegram handed over; not acknowledged");
                if e.is_outage() {
                    self.tell_of_outage(&batch).await;
                }
                Err(rest)
            }
        }
    }

    /// Tells each official who writes, once an outage, that nothing is lost. Directly: the
    /// outbox is in the database that cannot be written.
    async fn tell_of_outage(&mut self, batch: &[Incoming]) {
        for i in batch.iter().filter(|i| matches!(i.kind, Kind::Message | Kind::Edit) && i.text.is_some()) {
            if self.outage.told.contains(&i.chat_id) || !self.intake.is_known(i).await {
                continue;
            }
            self.outage.told.insert(i.chat_id.clone());
            let Ok(chat) = i.chat_id.parse() else { continue };
            let text = self.telegram.locale.words().channel_outage();
            let message = SendMessage::new(Recipient::Id(ChatId(chat)), text);
            if let Err(e) = self.telegram.api.call::<_, Value>(&message, api::SHORT).await {
                warn!(error = %e, "could not tell of the outage");
            }
        }
    }

    /// Stops the clock on the button. Best effort: what the press does is in the inbox.
    fn answer_press(&self, callback: String) {
        let (telegram, answers) = (self.telegram.clone(), self.answers.clone());
        tokio::spawn(async move {
            let Ok(_turn) = answers.acquire().await else { return };
            let answer = AnswerCallbackQuery::new(CallbackQueryId(callback));
            if let Err(e) = telegram.api.call::<_, bool>(&answer, api::SHORT).await {
                tracing::debug!(error = %e, "a press was not answered");
            }
        });
    }
}

/// Receives by polling until the program stops.
pub struct Receiver {
    pub telegram: Arc<Telegram>,
    pub intake: Intake,
    pub reception: Reception,
}

impl Receiver {
    /// Polls, stores, acknowledges; returns when `stop` turns true.
    pub async fn run(self, mut stop: Stop) {
        let telegram = self.telegram.clone();
        let mut door = Door::new(self.telegram, self.intake, self.reception);
        let mut offset = None;
        let mut failures = 0_u32;
        // Telegram refuses polls while a webhook is set.
        let mut hooked = true;
        loop {
            let polled = tokio::select! {
                biased;
                () = stopped(&mut stop) => return,
                polled = poll(&telegram, offset, hooked) => polled,
            };
            hooked = matches!(polled, Err(SendError::Conflict));
            let rest = match polled {
                Ok(updates) => {
                    if failures > 0 {
                        info!(failures, "Telegram answers again");
                        failures = 0;
                    }
                    match door.take(&updates, updates.len() >= usize::from(LIMIT)).await {
                        Ok(next) => {
                            offset = next;
                            continue;
                        }
                        Err(rest) => rest,
                    }
                }
                Err(e) => {
                    failures += 1;
                    rest_after(&e, failures)
                }
            };
            tokio::select! {
                biased;
                () = stopped(&mut stop) => return,
                () = tokio::time::sleep(rest) => {}
            }
        }
    }
}

async fn poll(telegram: &Telegram, offset: Option<i64>, hooked: bool) -> Result<Vec<Value>, SendError> {
    if hooked {
        webhook::delete(telegram).await;
    }
    let poll = Poll { offset, timeout: POLL, limit: LIMIT, allowed_updates: incoming::KINDS };
    telegram.api.call(&poll, Duration::from_secs(POLL) + api::SHORT).await
}

/// A time during which the database takes nothing.
#[derive(Default)]
struct Outage {
    failures: u32,
    told: HashSet<String>,
}

impl Outage {
    fn over(&mut self) {
        if self.failures > 0 {
            info!(tries = self.failures, "the database takes messages again");
        }
        *self = Outage::default();
    }

    fn rest(&mut self) -> Duration {
        self.failures += 1;
        backoff(self.failures)
    }
}

/// 1, 2, 4 … 30 seconds.
pub(super) fn backoff(failures: u32) -> Duration {
    Duration::from_secs(1 << failures.saturating_sub(1).min(5)).min(LONGEST_REST)
}

pub(super) fn rest_after(e: &SendError, failures: u32) -> Duration {
    let rest = match e {
        SendError::TooMany { after } => *after,
        SendError::Unauthorised => NO_TOKEN_REST,
        _ => backoff(failures),
    };
    match e {
        SendError::Unauthorised => error!("Telegram does not accept the token; set TELOXIDE_TOKEN"),
        SendError::Conflict => warn!("another program receives with this token, or a webhook is set"),
        // One line for a spell, not one a try.
        _ if failures == 1 => warn!(error = %e, "Telegram cannot be polled; trying on"),
        _ => {}
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rests_grow_to_half_a_minute() {
        let rests: Vec<u64> = (1..=7).map(|n| backoff(n).as_secs()).collect();
        assert_eq!(rests, [1, 2, 4, 8, 16, 30, 30]);
        assert_eq!(backoff(u32::MAX).as_secs(), 30);
    }
}
