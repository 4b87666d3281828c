//! Whether a platform is heard, and by which clock (SPEC §11).

use std::sync::Arc;

use chrono::TimeDelta;

use super::Bell;
use crate::app::answer::Answerer;
use crate::clock::Clock;
use crate::domain::gap::is_skewed;
use crate::store::inbox::{Incoming, Kind};
use crate::store::{Result, Store, days};

/// How often it is written down that a platform is heard (seconds).
const NOTE_EVERY: i64 = 30;
/// A wrong clock is looked at again after so long (seconds).
const SKEW_EVERY: i64 = 3_600;

/// The ear of one bot: knows when its platform was last heard.
pub struct Reception {
    pub store: Store,
    pub clock: Arc<dyn Clock>,
    pub answerer: Arc<Answerer>,
    /// Rung when administrators are to be told.
    pub bell: Bell,
    pub bot_id: i64,
    /// `telegram`, `zalo`, …
    pub channel: &'static str,
    /// How long the platform keeps messages that we do not fetch.
    pub kept: TimeDelta,
    noted: Option<i64>,
    skew_seen: Option<i64>,
    /// When the platform last had nothing more for us.
    drained: Option<i64>,
}

impl Reception {
    pub fn new(
        (store, clock): (Store, Arc<dyn Clock>),
        (answerer, bell): (Arc<Answerer>, Bell),
        (channel, bot_id): (&'static str, i64),
        kept: TimeDelta,
    ) -> Reception {
        Reception { store, clock, answerer, bell, bot_id, channel, kept, noted: None, skew_seen: None, drained: None }
    }

    /// The platform has answered with this batch; `more` if it may have more. A database that
    /// cannot be written does not hear: that time belongs to the gap.
    pub async fn heard(&mut self, batch: &[Incoming], more: bool) {
        let now = self.clock.now().timestamp();
        let due = |at: Option<i64>, every: i64| at.is_none_or(|at| !(0..every).contains(&(now - at)));
        let skewed = self.skewed(batch, now).filter(|_| due(self.skew_seen, SKEW_EVERY));
        if due(self.noted, NOTE_EVERY) || skewed.is_some() {
            match self.note(skewed).await {
                Ok(()) => {
                    self.noted = Some(now);
                    self.skew_seen = skewed.map(|_| now).or(self.skew_seen);
                }
                Err(e) => tracing::debug!(error = %e, "reception is not noted"),
            }
        }
        if !more {
            self.drained = Some(now);
        }
    }

    /// A time stamp that cannot be, if any: that of an edit is its first form's.
    fn skewed(&self, batch: &[Incoming], now: i64) -> Option<i64> {
        let naive = |seconds| days::instant(seconds).naive_utc();
        let drained = self.drained.map(naive);
        let mut stamps = batch.iter().filter(|i| i.kind == Kind::Message).map(|i| i.sent_at);
        stamps.find(|stamp| is_skewed(naive(*stamp), naive(now), drained))
    }

    async fn note(&self, skewed: Option<i64>) -> Result<()> {
        let (now, bot) = (self.clock.now(), (self.channel, self.bot_id));
        let mut tx = self.store.write().await?;
        let mut told = self.answerer.heard(&mut tx, bot, self.kept, now).await?;
        if let Some(stamp) = skewed {
            told |= self.answerer.clock_differs(&mut tx, bot, stamp, now).await?;
        }
        tx.commit().await?;
        if told {
            self.bell.ring();
        }
        Ok(())
    }
}
