//! A file sent in chat, beside everything else: fetched from the platform, read off the
//! async threads, compared with the register in a snapshot. Only its preview is stored.

use std::panic::AssertUnwindSafe;

use futures_util::FutureExt;

use super::{Outcome, Router, what_panicked};
use crate::app::desk::{Said, Who};
use crate::app::import::chat::{self, Document, Preview};
use crate::app::{Person, Refusal};
use crate::channel::FetchError;
use crate::clock::day_of;
use crate::import::Refused;
use crate::store::inbox::Row;
use crate::store::{Connection, Result, savepoint};

impl Router {
    /// Answers a file with its preview.
    pub(super) async fn document(&self, row: &Row, said: &Said, document: &Document) -> Result<()> {
        let _turn = self.documents.acquire().await;
        let looked = caught(self.look(said, document)).await;
        let mut tx = self.store.write().await?;
        let outcome: Outcome = match looked {
            Ok((person, preview)) => self.keep(&mut tx, (row, said, person), preview).await?,
            Err(refusal) => Err(refusal),
        };
        self.settle(tx, row, outcome).await
    }

    /// Stores a preview whole or not at all: what is settled then is committed with it.
    async fn keep(
        &self,
        tx: &mut Connection,
        (row, said, person): (&Row, &Said, Person),
        preview: Preview,
    ) -> Result<Outcome> {
        let dir = self.answerer.desk.directory(tx).await?;
        savepoint::begin(tx).await?;
        let now = self.clock.now();
        let outcome = caught(self.answerer.previewed(tx, (row, said, person), &dir, now, preview)).await;
        if outcome.is_err() {
            savepoint::undo(tx).await?;
        }
        savepoint::end(tx).await?;
        Ok(outcome)
    }

    async fn look(&self, said: &Said, document: &Document) -> std::result::Result<(Person, Preview), Refusal> {
        let Who::Known(person) = said.who else { return Err(Refusal::Panic("a stranger's file".to_string())) };
        let words = said.locale.words();
        let (desk, now) = (&self.answerer.desk, self.clock.now());
        let today = day_of(now, desk.zone);
        let dir = desk.directory(&mut *self.store.read().await?).await?;
        chat::may_send(&desk.scene(&dir, (said, person), now), document)?;
        let fetcher = self.fetcher.clone().ok_or_else(|| Refusal::Told(words.list_only_here()))?;
        let bytes = fetcher(document.file.clone()).await.map_err(|e| match e {
            FetchError::TooBig => Refusal::Told(Refused::TooBig.sentence(words)),
            FetchError::Gone => Refusal::Told(words.list_file_gone()),
            // Tried again like any fault; the third time the sender is told.
            FetchError::Later(why) => Refusal::Later(format!("the file cannot be fetched: {why}")),
        })?;
        let list = chat::look(bytes, dir.clone(), (person.unit, today), words).await?;
        let mut snapshot = self.store.read().await?;
        let preview = chat::preview(&mut snapshot, &dir, (person, today), &list, words).await?;
        Ok((person, preview))
    }
}

/// What came of something that may panic; a panic is a fault of that message alone.
async fn caught<T>(tried: impl Future<Output = std::result::Result<T, Refusal>>) -> std::result::Result<T, Refusal> {
    let caught = AssertUnwindSafe(tried).catch_unwind().await;
    caught.unwrap_or_else(|panic| Err(Refusal::Panic(what_panicked(&*panic))))
}
