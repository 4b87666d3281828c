//! From the inbox to the outbox: each message exactly once in effect.
//!
//! Acts are done in order of arrival inside one write transaction for many messages, each
//! under a savepoint (posts of different units share one, and are tried again each alone if
//! it fails), so that one that fails does not touch its neighbours. Questions are
//! answered beside it from one snapshot each; until then later messages of that chat wait.
//! A message that faults is tried three times, then parked and told. Deliberately not
//! here: how messages arrive (`receive`) and leave (`delivery`).

mod careful;
mod document;
mod under_way;
mod waves;

use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt;
use tokio::sync::Semaphore;

use super::{Bell, Fetcher, Stop, is_stopping, present, stopped};
use crate::app::Refusal;
use crate::app::answer::{Addressed, Answerer};
use crate::app::desk::{Said, What};
use crate::clock::Clock;
use crate::store::directory::Directory;
use crate::store::inbox::{self, AfterFault, Chat, Row};
use crate::store::{Connection, Result, Store, Writing, outbox, savepoint};
use crate::telemetry;
use under_way::UnderWay;

/// Messages handled under one commit at most.
const BATCH: i64 = 1024;
/// Questions answered at the same time at most: each holds a read connection.
const QUESTIONS: usize = 2;
/// Files fetched and read at the same time at most: each takes memory.
const DOCUMENTS: usize = 1;
/// After a batch of so many, as one poll brings at most, others are on their way.
const MANY: usize = 100;
/// So long more of them are waited for: statements cost the same for ten units as for a
/// hundred, and who takes messages in waits for the same writer.
const GATHER: Duration = Duration::from_millis(50);
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
    /// Fetches the files of messages; a channel without files has none.
    fetcher: Option<Fetcher>,
    documents: Arc<Semaphore>,
}

/// What became of a message.
type Outcome = std::result::Result<Vec<Addressed>, Refusal>;

/// What one act came to.
struct Did {
    /// `false`: it faulted and will come again.
    handled: bool,
    replies: Vec<Addressed>,
}

/// What one batch came to.
#[derive(Default)]
struct Batch<'a> {
    /// Messages done.
    done: Vec<i64>,
    /// How many of them were messages of counts.
    posts: usize,
    /// Messages that faulted and are noted as such.
    faulted: usize,
    questions: Vec<(Row, Said)>,
    /// Each with the message that it comes of.
    replies: Vec<(&'a Row, Addressed)>,
}

impl<'a> Batch<'a> {
    fn take(&mut self, row: &'a Row, did: Did, waiting: &mut HashSet<Chat>) {
        self.replies.extend(did.replies.into_iter().map(|r| (row, r)));
        if did.handled {
            self.done.push(row.id);
        } else {
            self.faulted += 1;
            waiting.insert(row.chat());
        }
    }
}

impl Router {
    pub fn new(store: Store, clock: Arc<dyn Clock>, answerer: Arc<Answerer>, bells: Bells) -> Router {
        let turns = |n| Arc::new(Semaphore::new(n));
        let (questions, documents) = (turns(QUESTIONS), turns(DOCUMENTS));
        Router { store, clock, answerer, bells, questions, fetcher: None, documents }
    }

    /// The same with files.
    pub fn with_files(self, fetcher: Fetcher) -> Router {
        Router { fetcher: Some(fetcher), ..self }
    }

    /// Handles what arrives until told to stop; the message in hand is committed.
    pub async fn run(&self, bots: &[i64], mut stop: Stop) {
        let mut way = UnderWay::default();
        let mut ear = self.bells.inbox.ear();
        while !is_stopping(&stop) {
            while let Some(answered) = way.asked.try_join_next_with_id() {
                way.answered(answered);
            }
            match self.batch(bots, &mut way).await {
                Ok(0) => {}
                Ok(n) if n >= MANY => {
                    tokio::select! {
                        () = tokio::time::sleep(GATHER) => {}
                        () = stopped(&mut stop) => {}
                    }
                    continue;
                }
                Ok(_) => {
                    tokio::task::yield_now().await;
                    continue;
                }
                Err(e) => {
                    tracing::error!(error = %e, "the inbox cannot be handled now");
                    tokio::select! {
                        () = tokio::time::sleep(LOOK_AGAIN) => {}
                        () = stopped(&mut stop) => {}
                    }
                    continue;
                }
            }
            tokio::select! {
                Some(answered) = way.asked.join_next_with_id() => way.answered(answered),
                () = ear.heard() => {}
                () = tokio::time::sleep(LOOK_AGAIN) => {}
                () = stopped(&mut stop) => {}
            }
        }
    }

    /// Handles everything that is due now; returns how many messages that was.
    ///
    /// # Errors
    /// Of the database.
    pub async fn work(&self, bots: &[i64]) -> Result<usize> {
        let mut way = UnderWay::default();
        let mut handled = 0;
        loop {
            let now = self.batch(bots, &mut way).await?;
            handled += now;
            match way.asked.join_next_with_id().await {
                Some(answered) => way.answered(answered),
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
            let batch = self.acts(&mut tx, &rows, (dir, &way.busy)).await?;
            let handled = batch.done.len() + batch.faulted + batch.questions.len();
            if handled == 0 {
                continue; // all of them wait for a question of their chat
            }
            tx.commit().await?;
            telemetry::posts(batch.posts);
            for (row, said) in batch.questions {
                let chat = row.chat();
                let router = self.clone();
                way.ask(chat, async move { router.question(row, said).await });
            }
            self.bells.outbox.ring();
            return Ok(handled);
        }
    }

    /// Does the acts of a batch in order, posts that follow each other in waves; the questions
    /// among them are left to be asked.
    async fn acts<'a>(
        &self,
        tx: &mut Connection,
        rows: &'a [Row],
        (mut dir, busy): (Arc<Directory>, &HashSet<Chat>),
    ) -> Result<Batch<'a>> {
        let mut waiting = busy.clone();
        // What came before a question of its chat is done before it is asked, what came
        // behind waits for it.
        let mut asked = HashSet::new();
        let (mut batch, mut run) = (Batch::default(), Vec::new());
        savepoint::begin(tx).await?;
        for row in rows {
            if waiting.contains(&row.chat()) || asked.contains(&row.chat()) {
                continue;
            }
            let said = self.understand(&dir, row);
            match said {
                Ok(said) if said.is_question() => {
                    asked.insert(row.chat());
                    batch.questions.push((row.clone(), said));
                }
                Ok(said) if said.is_new_post() => run.push((row, said)),
                said => {
                    self.waves(tx, std::mem::take(&mut run), &dir, (&mut batch, &mut waiting)).await?;
                    if !waiting.contains(&row.chat()) {
                        let did = self.act(tx, (row, &said), &dir).await?;
                        batch.take(row, did, &mut waiting);
                    }
                    dir = self.answerer.desk.directory(tx).await?;
                }
            }
        }
        self.waves(tx, run, &dir, (&mut batch, &mut waiting)).await?;
        batch.questions.retain(|(row, _)| !waiting.contains(&row.chat()));
        savepoint::end(tx).await?;
        self.store_replies(tx, std::mem::take(&mut batch.replies)).await?;
        inbox::done(tx, &batch.done).await?;
        Ok(batch)
    }

    /// Reads a message; a panic on the way is a fault of that message alone.
    fn understand(&self, dir: &Directory, row: &Row) -> std::result::Result<Said, String> {
        catch_unwind(AssertUnwindSafe(|| self.answerer.desk.understand(dir, row, self.clock.now())))
            .map_err(|panic| what_panicked(&*panic))
    }

    /// Does one act under the open savepoint and opens the next one. Its replies are stored
    /// with those of its neighbours.
    async fn act(
        &self,
        tx: &mut Connection,
        (row, said): (&Row, &std::result::Result<Said, String>),
        dir: &Arc<Directory>,
    ) -> Result<Did> {
        let outcome: Outcome = match said {
            Ok(said) => {
                let tried = AssertUnwindSafe(self.answerer.answer(tx, (row, said), dir, self.clock.now()));
                tried.catch_unwind().await.unwrap_or_else(|panic| Err(Refusal::Panic(what_panicked(&*panic))))
            }
            Err(panic) => Err(Refusal::Panic(panic.clone())),
        };
        match outcome {
            Ok(replies) => {
                savepoint::next(tx).await?;
                Ok(Did { handled: true, replies })
            }
            Err(Refusal::Told(text)) => {
                savepoint::undo(tx).await?;
                Ok(Did { handled: true, replies: vec![Addressed::plain(row, text)] })
            }
            Err(Refusal::Fault(fault)) if fault.is_outage() => Err(fault),
            Err(fault) => {
                savepoint::undo(tx).await?;
                let replies = self.fault(tx, row, &fault.to_string()).await?;
                savepoint::next(tx).await?;
                Ok(Did { handled: false, replies })
            }
        }
    }

    /// Notes a fault under an id; the third one parks the message. Returns what to tell.
    async fn fault(&self, tx: &mut Connection, row: &Row, what: &str) -> Result<Vec<Addressed>> {
        let now = self.clock.now().timestamp();
        let id = fault_id(row.id, row.attempts);
        tracing::error!(fault = %id, inbox = row.id, attempt = row.attempts + 1, "a message could not be handled: {what}");
        match inbox::failed(tx, row.id, &id, now + inbox::rest_after(row.attempts)).await? {
            AfterFault::Retried => Ok(Vec::new()),
            AfterFault::Parked => {
                let dir = self.answerer.desk.directory(tx).await?;
                self.answerer.parked(tx, &dir, (row, &id)).await
            }
        }
    }

    /// Answers a question from one snapshot.
    async fn question(&self, row: Row, said: Said) -> Result<()> {
        if let What::Document(document) = &said.what {
            return self.document(&row, &said, document).await;
        }
        let _turn = self.questions.acquire().await;
        let outcome: Outcome = {
            let mut snapshot = self.store.read().await?;
            let dir = self.answerer.desk.directory(&mut snapshot).await?;
            let tried = AssertUnwindSafe(self.answerer.answer(&mut snapshot, (&row, &said), &dir, self.clock.now()));
            tried.catch_unwind().await.unwrap_or_else(|panic| Err(Refusal::Panic(what_panicked(&*panic))))
        };
        let tx = self.store.write().await?;
        self.settle(tx, &row, outcome).await
    }

    /// Stores what a question came to, and that it was answered.
    async fn settle(&self, mut tx: Writing, row: &Row, outcome: Outcome) -> Result<()> {
        let (handled, replies) = match outcome {
            Ok(replies) => (true, replies),
            Err(Refusal::Told(text)) => (true, vec![Addressed::plain(row, text)]),
            Err(Refusal::Fault(fault)) if fault.is_outage() => return Err(fault),
            Err(fault) => (false, self.fault(&mut tx, row, &fault.to_string()).await?),
        };
        self.store_replies(&mut tx, replies.into_iter().map(|r| (row, r)).collect()).await?;
        if handled {
            inbox::done(&mut tx, &[row.id]).await?;
        }
        tx.commit().await?;
        self.bells.outbox.ring();
        Ok(())
    }

    async fn store_replies(&self, tx: &mut Connection, replies: Vec<(&Row, Addressed)>) -> Result<()> {
        if replies.is_empty() {
            return Ok(());
        }
        let now = self.clock.now();
        let gaps = self.answerer.told_of_gaps(tx, replies.iter().map(|(row, _)| *row), now).await?;
        let all = present::together(gaps.into_iter().chain(replies));
        let new: Vec<outbox::NewReply<'_>> = all.iter().map(|(row, r)| r.to_outbox(row)).collect();
        outbox::add_all(tx, &new, now.timestamp()).await?;
        Ok(())
    }
}

fn what_panicked(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|s| s.to_string());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default()
}

/// A short id that a person can read out: `L12-1`.
fn fault_id(inbox: i64, attempts: i64) -> String {
    format!("L{inbox}-{}", attempts + 1)
}
