//! From the inbox to the outbox: each message exactly once in effect.
//!
//! Acts are done in order of arrival inside one write transaction for many messages, each
//! under a savepoint, so that one that fails does not touch its neighbours. Questions are
//! answered beside it from one snapshot each; until then later messages of that chat wait.
//! A message that faults is tried three times, then parked and told. Deliberately not
//! here: how messages arrive (`receive`) and leave (`delivery`).

use std::collections::HashSet;
use std::panic::AssertUnwindSafe;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt;
use futures_util::stream::{FuturesUnordered, StreamExt};
use tokio::sync::Semaphore;

use super::{Bell, Stop};
use crate::app::Refusal;
use crate::app::answer::{Addressed, Answerer};
use crate::app::desk::{Said, What};
use crate::clock::Clock;
use crate::store::directory::Directory;
use crate::store::inbox::{self, AfterFault, Row};
use crate::store::{Connection, Result, Store, outbox, savepoint};

/// Messages handled under one commit at most.
const BATCH: i64 = 256;
/// Questions answered at the same time at most: each holds a read connection.
const QUESTIONS: usize = 2;
/// The fault noted on a message that ended the process even when handled alone.
const PROCESS_ENDED: &str = "process ended";
/// How long to rest without a bell: retries fall due, other programs write.
const LOOK_AGAIN: Duration = Duration::from_secs(1);

/// Rung after a commit that leaves work for somebody.
#[derive(Clone, Default)]
pub struct Bells {
    /// Something arrived.
    pub inbox: Bell,
    /// Something is to be sent.
    pub outbox: Bell,
}

/// Handles the inbox of some bots.
#[derive(Clone)]
pub struct Router {
    pub store: Store,
    pub clock: Arc<dyn Clock>,
    pub answerer: Arc<Answerer>,
    pub bells: Bells,
    questions: Arc<Semaphore>,
}

/// What became of a message.
type Outcome = std::result::Result<Vec<Addressed>, Refusal>;

/// A question being answered.
type Asked = FuturesUnordered<Pin<Box<dyn Future<Output = (Chat, Result<()>)> + Send>>>;
/// A chat of a bot: its messages stay in order.
type Chat = (i64, String);

/// What is under way.
#[derive(Default)]
struct UnderWay {
    asked: Asked,
    /// Chats with a question under way: their later messages wait.
    busy: HashSet<Chat>,
}

impl Router {
    pub fn new(store: Store, clock: Arc<dyn Clock>, answerer: Arc<Answerer>, bells: Bells) -> Router {
        Router { store, clock, answerer, bells, questions: Arc::new(Semaphore::new(QUESTIONS)) }
    }

    /// Handles what arrives until told to stop; the message in hand is committed.
    pub async fn run(&self, bots: &[i64], mut stop: Stop) {
        let mut way = UnderWay::default();
        let mut ear = self.bells.inbox.ear();
        while !*stop.borrow() {
            match self.batch(bots, &mut way).await {
                Ok(0) => {}
                Ok(_) => {
                    tokio::task::yield_now().await;
                    continue;
                }
                Err(e) => tracing::error!(error = %e, "the inbox cannot be handled now"),
            }
            tokio::select! {
                Some((chat, answered)) = way.asked.next() => {
                    way.busy.remove(&chat);
                    if let Err(e) = answered {
                        tracing::error!(error = %e, "a question cannot be answered now");
                    }
                }
                () = ear.heard() => {}
                () = tokio::time::sleep(LOOK_AGAIN) => {}
                _ = stop.changed() => {}
            }
        }
    }

    /// After an unclean end: what was left is handled one message at a time, each try noted
    /// before it begins, so that a message which ends the process again and again is found.
    /// What has ended it five times running is handled last, and parked if it does so again.
    pub async fn careful(&self, bots: &[i64]) -> Result<()> {
        let mut tx = self.store.write().await?;
        let dir = self.answerer.desk.directory(&mut tx).await?;
        for row in inbox::park_deadly(&mut tx, bots, PROCESS_ENDED).await? {
            let said = self.answerer.desk.understand(&dir, &row);
            let fault = fault_id(row.id, row.attempts);
            tracing::error!(fault = %fault, inbox = row.id, "a message ended the process six times and is parked");
            let replies = self.answerer.parked(&dir, (&row, &said), &fault);
            self.store_replies(&mut tx, &replies.into_iter().map(|r| (&row, r)).collect::<Vec<_>>()).await?;
        }
        let mut left = Vec::new();
        let mut after = 0;
        loop {
            let rows = inbox::open_rows(&mut tx, bots, after, BATCH, self.clock.now().timestamp()).await?;
            let Some(last) = rows.last() else { break };
            after = last.id;
            left.extend(rows);
        }
        left.extend(inbox::last_resort(&mut tx, bots).await?);
        tx.commit().await?;
        for row in left {
            self.one(row).await?;
        }
        Ok(())
    }

    async fn one(&self, row: Row) -> Result<()> {
        let mut tx = self.store.write().await?;
        inbox::begin_try(&mut tx, row.id).await?;
        tx.commit().await?;
        let mut tx = self.store.write().await?;
        let dir = self.answerer.desk.directory(&mut tx).await?;
        let (_, questions) = self.acts(&mut tx, std::slice::from_ref(&row), (dir, &HashSet::new())).await?;
        tx.commit().await?;
        for (row, said) in questions {
            self.question(row, said).await?;
        }
        self.bells.outbox.ring();
        Ok(())
    }

    /// Handles everything that is due now; returns how many messages that was.
    pub async fn work(&self, bots: &[i64]) -> Result<usize> {
        let mut way = UnderWay::default();
        let mut handled = 0;
        loop {
            let now = self.batch(bots, &mut way).await?;
            handled += now;
            match way.asked.next().await {
                Some((chat, answered)) => {
                    way.busy.remove(&chat);
                    answered?;
                }
                None if now == 0 => return Ok(handled),
                None => {}
            }
        }
    }

    /// Handles what is due under one commit; questions go under way beside it.
    async fn batch(&self, bots: &[i64], way: &mut UnderWay) -> Result<usize> {
        let now = self.clock.now().timestamp();
        let mut tx = self.store.write().await?;
        let mut after = 0;
        loop {
            let rows = inbox::open_rows(&mut tx, bots, after, BATCH, now).await?;
            let Some(last) = rows.last() else { return Ok(0) };
            after = last.id;
            let dir = self.answerer.desk.directory(&mut tx).await?;
            let (done, questions) = self.acts(&mut tx, &rows, (dir, &way.busy)).await?;
            if done + questions.len() == 0 {
                continue; // all of them wait for a question of their chat
            }
            tx.commit().await?;
            let handled = done + questions.len();
            for (row, said) in questions {
                let chat = (row.bot_id, row.chat_id.clone());
                way.busy.insert(chat.clone());
                let router = self.clone();
                way.asked.push(Box::pin(async move { (chat, router.question(row, said).await) }));
            }
            self.bells.outbox.ring();
            return Ok(handled);
        }
    }

    /// Does the acts of a batch in order; returns how many, and the questions left to ask.
    async fn acts(
        &self,
        tx: &mut Connection,
        rows: &[Row],
        (mut dir, busy): (Arc<Directory>, &HashSet<Chat>),
    ) -> Result<(usize, Vec<(Row, Said)>)> {
        let mut waiting: HashSet<(i64, &str)> = busy.iter().map(|(b, c)| (*b, c.as_str())).collect();
        let mut questions = Vec::new();
        let mut done = Vec::new();
        let mut replies = Vec::new();
        savepoint::begin(tx).await?;
        for row in rows {
            if waiting.contains(&(row.bot_id, row.chat_id.as_str())) {
                continue;
            }
            let said = self.answerer.desk.understand(&dir, row);
            if said.is_question() {
                waiting.insert((row.bot_id, row.chat_id.as_str()));
                questions.push((row.clone(), said));
                continue;
            }
            let (handled, said_back) = self.act(tx, (row, &said), &dir).await?;
            replies.extend(said_back.into_iter().map(|r| (row, r)));
            if handled {
                done.push(row.id);
            } else {
                waiting.insert((row.bot_id, row.chat_id.as_str()));
            }
            if !matches!(said.what, What::Post(_)) {
                dir = self.answerer.desk.directory(tx).await?;
            }
        }
        savepoint::end(tx).await?;
        self.store_replies(tx, &replies).await?;
        inbox::done(tx, &done).await?;
        Ok((done.len(), questions))
    }

    /// Does one act under the open savepoint and opens the next one; `false` if it faulted
    /// and will come again. Its replies are stored with those of its neighbours.
    async fn act(
        &self,
        tx: &mut Connection,
        (row, said): (&Row, &Said),
        dir: &Arc<Directory>,
    ) -> Result<(bool, Vec<Addressed>)> {
        let tried = AssertUnwindSafe(self.answerer.answer(tx, (row, said), dir, self.clock.now()));
        let outcome: Outcome = tried.catch_unwind().await.unwrap_or_else(|panic| Err(panicked(&*panic)));
        match outcome {
            Ok(replies) => {
                savepoint::next(tx).await?;
                Ok((true, replies))
            }
            Err(Refusal::Told(text)) => {
                savepoint::undo(tx).await?;
                Ok((true, vec![Addressed::plain(row, text)]))
            }
            Err(Refusal::Fault(fault)) => {
                if fault.is_outage() {
                    return Err(fault);
                }
                savepoint::undo(tx).await?;
                let replies = self.fault(tx, (row, said), &fault.to_string()).await?;
                savepoint::next(tx).await?;
                Ok((false, replies))
            }
        }
    }

    /// Notes a fault under an id; the third one parks the message. Returns what to tell.
    async fn fault(&self, tx: &mut Connection, (row, said): (&Row, &Said), what: &str) -> Result<Vec<Addressed>> {
        let now = self.clock.now().timestamp();
        let id = fault_id(row.id, row.attempts);
        tracing::error!(fault = %id, inbox = row.id, attempt = row.attempts + 1, "a message could not be handled: {what}");
        match inbox::failed(tx, row.id, &id, now).await? {
            AfterFault::Retried => Ok(Vec::new()),
            AfterFault::Parked => {
                let dir = self.answerer.desk.directory(tx).await?;
                Ok(self.answerer.parked(&dir, (row, said), &id))
            }
        }
    }

    /// Answers a question from one snapshot.
    async fn question(&self, row: Row, said: Said) -> Result<()> {
        let _turn = self.questions.acquire().await;
        let outcome: Outcome = {
            let mut snapshot = self.store.read().await?;
            let dir = self.answerer.desk.directory(&mut snapshot).await?;
            let tried = AssertUnwindSafe(self.answerer.answer(&mut snapshot, (&row, &said), &dir, self.clock.now()));
            tried.catch_unwind().await.unwrap_or_else(|panic| Err(panicked(&*panic)))
        };
        let mut tx = self.store.write().await?;
        let (handled, replies) = match outcome {
            Ok(replies) => (true, replies),
            Err(Refusal::Told(text)) => (true, vec![Addressed::plain(&row, text)]),
            Err(Refusal::Fault(fault)) => (false, self.fault(&mut tx, (&row, &said), &fault.to_string()).await?),
        };
        self.store_replies(&mut tx, &replies.into_iter().map(|r| (&row, r)).collect::<Vec<_>>()).await?;
        if handled {
            inbox::done(&mut tx, &[row.id]).await?;
        }
        tx.commit().await?;
        self.bells.outbox.ring();
        Ok(())
    }

    async fn store_replies(&self, tx: &mut Connection, replies: &[(&Row, Addressed)]) -> Result<()> {
        if replies.is_empty() {
            return Ok(());
        }
        let new: Vec<outbox::NewReply<'_>> = replies.iter().map(|(row, r)| r.to_outbox(row)).collect();
        outbox::add_all(tx, &new, self.clock.now().timestamp()).await?;
        Ok(())
    }
}

fn panicked(panic: &(dyn std::any::Any + Send)) -> Refusal {
    let what = panic.downcast_ref::<&str>().map(|s| s.to_string()).or_else(|| panic.downcast_ref::<String>().cloned());
    let what = format!("panic: {}", what.unwrap_or_default());
    Refusal::Fault(crate::store::StoreError::Inconsistent { table: "inbox", what })
}

/// A short id that a person can read out: `L12-1`.
fn fault_id(inbox: i64, attempts: i64) -> String {
    format!("L{inbox}-{}", attempts + 1)
}
