//! Drains the outbox of one bot into its channel.
//!
//! A message is claimed (durably `sending`), sent, settled. Claims and settlements of many
//! messages share a transaction, at most one every [`PACE`] under load, so that delivery
//! takes little of the one writer; an idle bot waits for nothing. One message a chat is in
//! flight, up to [`AT_ONCE`] over all chats.
//!
//! What went wrong decides what happens: the answer is lost → the row is ambiguous and goes
//! again; surely not sent → it goes again when the platform or the network lets it; chat
//! blocked → dropped and the chat marked; chat moved → followed; refused → dropped.

mod exchange;
mod judge;

use std::collections::VecDeque;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::{Duration, Instant};

use futures_util::FutureExt;
use tokio::task::JoinSet;
use tracing::{error, info};

use super::rate::{Limits, Rate};
use super::{Bell, Channel, Ear, SendError, Sent, Stop, is_stopping, stopped};
use crate::clock::Clock;
use crate::store::outbox::{self, Out};
use crate::store::{Result, Store};
use exchange::Exchange;

/// Calls in flight at the same time.
const AT_ONCE: usize = 64;
/// Messages claimed beyond those in flight, where no limit holds them back.
const AHEAD: usize = 256;
/// Least time between two transactions while others are in flight.
const PACE: Duration = Duration::from_millis(8);
/// How often the outbox is looked at unasked: other processes write to it too.
const LOOK: Duration = Duration::from_secs(1);
/// Time for calls in flight when the program stops.
const LAST_CALLS: Duration = Duration::from_secs(3);
/// Time for the last transaction when the program stops.
const LAST_WRITE: Duration = Duration::from_secs(3);

/// What delivery of one bot needs.
pub struct Delivery<C> {
    pub store: Store,
    pub clock: Arc<dyn Clock>,
    pub channel: Arc<C>,
    pub bot_id: i64,
    /// Rung when there are new messages.
    pub bell: Bell,
    pub limits: Limits,
}

impl<C: Channel> Delivery<C> {
    /// Delivers until the program stops. Begins with what an earlier run left half done.
    pub async fn run(self, stop: Stop) {
        self.work(stop, false).await;
    }

    /// Delivers what is due, then returns: for a program that only passes by (`tick`).
    pub async fn drain(self, stop: Stop) {
        self.work(stop, true).await;
    }

    async fn work(self, mut stop: Stop, until_empty: bool) {
        let ear = self.bell.ear();
        let mut work = Work::new(self, ear, until_empty);
        work.recover(&mut stop).await;
        while !is_stopping(&stop) && !work.is_over() {
            work.exchange_if_due();
            work.dispatch();
            tokio::select! {
                biased;
                () = stopped(&mut stop) => {}
                () = work.something_to_do() => {}
            }
        }
        work.finish().await;
    }
}

type Answer = (Out, std::result::Result<Sent, SendError>);

/// A delivery at work.
struct Work<C> {
    d: Delivery<C>,
    ear: Ear,
    rate: Rate,
    calls: JoinSet<Answer>,
    /// The transaction on its way, so that calls go on beside it.
    exchange: JoinSet<(Exchange, Result<Vec<Out>>)>,
    /// Claimed, waiting for a free call.
    ready: VecDeque<Out>,
    /// Known, not written down yet.
    next: Exchange,
    /// From this moment on the outbox may hold something to claim.
    look_at: Option<Instant>,
    last_exchange: Option<Instant>,
    /// The database takes nothing before this moment.
    resting_until: Option<Instant>,
    downs: i64,
    until_empty: bool,
}

impl<C: Channel> Work<C> {
    fn new(d: Delivery<C>, ear: Ear, until_empty: bool) -> Work<C> {
        let rate = Rate::new(d.limits);
        Work {
            d,
            ear,
            rate,
            calls: JoinSet::new(),
            exchange: JoinSet::new(),
            ready: VecDeque::new(),
            next: Exchange::default(),
            look_at: Some(Instant::now()),
            last_exchange: None,
            resting_until: None,
            downs: 0,
            until_empty,
        }
    }

    /// Nothing is left that could leave now or soon.
    fn is_over(&self) -> bool {
        let idle = self.calls.is_empty() && self.exchange.is_empty() && self.ready.is_empty();
        self.until_empty && idle && self.next.settled.is_empty() && (self.look_at.is_none() || self.downs > 0)
    }

    async fn recover(&mut self, stop: &mut Stop) {
        loop {
            let recovered: Result<u64> = async {
                let mut w = self.d.store.write().await?;
                let n = outbox::recover(&mut w, self.d.bot_id).await?;
                // They may have left, so they count.
                let calls = i64::try_from(n).unwrap_or(i64::MAX);
                self.d.channel.count_sent(&mut w, self.d.bot_id, calls).await?;
                w.commit().await?;
                Ok(n)
            }
            .await;
            match recovered {
                Ok(0) => return,
                Ok(n) => return info!(messages = n, "replies whose arrival is unknown are sent again"),
                Err(e) => error!(error = %e, "the outbox cannot be read; trying on"),
            }
            tokio::select! {
                () = stopped(stop) => return,
                () = tokio::time::sleep(LOOK) => {}
            }
        }
    }

    fn room(&mut self, now: Instant) -> usize {
        let most = match self.downs {
            0 if self.rate.unlimited() => AT_ONCE + AHEAD,
            0 => AT_ONCE,
            // One message finds out whether the platform takes any again.
            _ => 1,
        };
        self.rate.room(now).min(most.saturating_sub(self.calls.len() + self.ready.len()))
    }

    /// When the next transaction should begin; `None`: nothing calls for one.
    fn exchange_at(&mut self, now: Instant) -> Option<Instant> {
        if !self.exchange.is_empty() {
            return None;
        }
        let room = self.room(now);
        let claim_at = match self.look_at {
            None => None,
            // Calls in flight make room when they end; a limit does at its time.
            Some(at) if room == 0 => self.rate.next_change(now).map(|change| at.max(change)),
            at => at,
        };
        let settle_at = (!self.next.settled.is_empty()).then_some(now);
        let mut at = claim_at.into_iter().chain(settle_at).min()?;
        if !(self.calls.is_empty() && self.ready.is_empty()) {
            at = at.max(self.last_exchange.map_or(now, |t| t + PACE));
        }
        Some(self.resting_until.map_or(at, |until| at.max(until)))
    }

    fn exchange_if_due(&mut self) {
        let now = Instant::now();
        if self.exchange_at(now).is_none_or(|at| at > now) {
            return;
        }
        self.last_exchange = Some(now);
        let mut exchange = std::mem::take(&mut self.next);
        exchange.room = if self.look_at.is_some() { self.room(now) } else { 0 };
        exchange.skip = self.rate.waiting_chats(now).into_iter().map(str::to_string).collect();
        if exchange.room > 0 {
            // Whatever is committed from here on rings again.
            self.look_at = None;
        }
        let (store, bot_id, channel) = (self.d.store.clone(), self.d.bot_id, self.d.channel.clone());
        let seconds = self.d.clock.now().timestamp();
        self.exchange.spawn(async move {
            let claimed = exchange.commit(&store, (&*channel, bot_id), seconds).await;
            (exchange, claimed)
        });
    }

    fn exchanged(&mut self, exchange: Exchange, claimed: Result<Vec<Out>>) {
        let now = Instant::now();
        match claimed {
            Ok(claimed) => {
                self.resting_until = None;
                if exchange.room > 0 && claimed.len() == exchange.room {
                    self.look_at = Some(now);
                } else if exchange.room > 0 && !exchange.skip.is_empty() {
                    let free = self.rate.next_change(now).unwrap_or(now);
                    self.look_at = Some(self.look_at.map_or(free, |at| at.min(free)));
                }
                self.ready.extend(claimed);
            }
            Err(e) => {
                if self.resting_until.is_none() {
                    error!(error = %e, "the outbox cannot be written; trying on");
                }
                self.resting_until = Some(now + LOOK);
                self.look_at = Some(now);
                let newer = std::mem::replace(&mut self.next, exchange);
                self.next.settled.extend(newer.settled);
                self.next.moved.extend(newer.moved);
                self.next.gone.extend(newer.gone);
                self.next.calls += newer.calls;
            }
        }
    }

    fn dispatch(&mut self) {
        while self.calls.len() < AT_ONCE
            && let Some(out) = self.ready.pop_front()
        {
            self.rate.sent(&out.chat_id, out.private, Instant::now());
            let channel = self.d.channel.clone();
            self.calls.spawn(async move {
                let answer = AssertUnwindSafe(channel.send(&out)).catch_unwind().await;
                let answer = answer.unwrap_or_else(|_| Err(SendError::Ambiguous("the call broke down".into())));
                (out, answer)
            });
        }
    }

    /// Waits until a call or a transaction is answered, a bell rings, or a time comes.
    async fn something_to_do(&mut self) {
        let now = Instant::now();
        let look = now + LOOK;
        let at = self.exchange_at(now).map_or(look, |at| at.min(look));
        tokio::select! {
            Some(answer) = self.calls.join_next() => {
                self.note(answer);
                while let Some(answer) = self.calls.try_join_next() {
                    self.note(answer);
                }
            }
            Some(done) = self.exchange.join_next() => match done {
                Ok((exchange, claimed)) => self.exchanged(exchange, claimed),
                Err(e) => error!(error = %e, "a transaction of the outbox broke down"),
            },
            () = self.ear.heard() => self.look_at = Some(now),
            () = tokio::time::sleep_until(at.into()) => {
                if at == look && !self.until_empty {
                    self.look_at = Some(at);
                }
            }
        }
    }

    fn note(&mut self, answer: std::result::Result<Answer, tokio::task::JoinError>) {
        match answer {
            Ok((out, answer)) => self.judge(out, answer),
            // Only at the end of the program: the row stays `sending`.
            Err(e) => error!(error = %e, "a call to the platform was cut off"),
        }
    }

    /// Gives the calls in flight a last chance, then writes down where everything stands.
    async fn finish(mut self) {
        let until = tokio::time::Instant::now() + LAST_CALLS;
        while let Ok(Some(answer)) = tokio::time::timeout_at(until, self.calls.join_next()).await {
            self.note(answer);
        }
        // What is still in flight stays `sending` in the database: ambiguous at the next start.
        self.calls.abort_all();
        let last = async {
            while let Some(Ok((exchange, claimed))) = self.exchange.join_next().await {
                self.exchanged(exchange, claimed);
            }
            let never_left: Vec<i64> = self.ready.iter().map(|o| o.id).collect();
            let seconds = self.d.clock.now().timestamp();
            self.next.room = 0;
            self.next.commit(&self.d.store, (&*self.d.channel, self.d.bot_id), seconds).await?;
            let mut w = self.d.store.write().await?;
            outbox::unclaim(&mut w, &never_left).await?;
            Ok::<_, crate::store::StoreError>(w.commit().await?)
        };
        match tokio::time::timeout(LAST_WRITE, last).await {
            Ok(Ok(())) => {}
            Ok(Err(e)) => error!(error = %e, "the outbox could not be written at the end"),
            Err(_) => error!("the outbox could not be written in time at the end"),
        }
    }
}
