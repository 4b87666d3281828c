//! After an unclean end: what was left is handled one message at a time, each try noted
//! before it begins, so that a message which ends the process again and again is found. What
//! has ended it five times running is handled last, and parked if it does so again.

use std::collections::HashSet;

use super::{BATCH, Router, fault_id};
use crate::channel::{Stop, is_stopping};
use crate::store::Result;
use crate::store::inbox::{self, Row};

/// The fault noted on a message that ended the process even when handled alone.
const PROCESS_ENDED: &str = "process ended";

impl Router {
    /// Handles what an earlier run left, carefully; what a stop leaves waits for the next
    /// start.
    ///
    /// # Errors
    /// Of the database.
    pub async fn careful(&self, bots: &[i64], stop: &Stop) -> Result<()> {
        let left = self.left(bots).await?;
        let mut waiting = HashSet::new();
        for row in left {
            if is_stopping(stop) {
                return Ok(());
            }
            let chat = row.chat();
            if !waiting.contains(&chat) && !self.one(row).await? {
                waiting.insert(chat);
            }
        }
        Ok(())
    }

    /// Parks what is deadly; returns what else is open, the suspicious last.
    async fn left(&self, bots: &[i64]) -> Result<Vec<Row>> {
        let mut tx = self.store.write().await?;
        let dir = self.answerer.desk.directory(&mut tx).await?;
        for row in inbox::park_deadly(&mut tx, bots, PROCESS_ENDED).await? {
            let fault = fault_id(row.id, row.attempts);
            tracing::error!(fault = %fault, inbox = row.id, "a message ended the process six times and is parked");
            let replies = self.answerer.parked(&mut tx, &dir, (&row, &fault)).await?;
            self.store_replies(&mut tx, replies.into_iter().map(|r| (&row, r)).collect()).await?;
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
        Ok(left)
    }

    /// Handles one message alone; `false` if it faulted and will come again.
    async fn one(&self, row: Row) -> Result<bool> {
        let mut tx = self.store.write().await?;
        inbox::begin_try(&mut tx, row.id).await?;
        tx.commit().await?;
        let mut tx = self.store.write().await?;
        let dir = self.answerer.desk.directory(&mut tx).await?;
        let batch = self.acts(&mut tx, std::slice::from_ref(&row), (dir, &HashSet::new())).await?;
        tx.commit().await?;
        for (row, said) in batch.questions {
            if let Err(e) = self.question(row, said).await {
                tracing::error!(error = %e, "a question cannot be answered now");
            }
        }
        self.bells.outbox.ring();
        Ok(batch.faulted == 0)
    }
}
