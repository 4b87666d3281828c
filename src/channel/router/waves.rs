//! Posts that wait together are handled in waves: of each unit, each chat and each sender one
//! post a wave, in order of arrival, stored with few statements for all of them. Nothing
//! that one of a wave changes is told to another.

use std::collections::HashSet;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use futures_util::FutureExt;

use super::{Batch, Did, Router};
use crate::app::Refusal;
use crate::app::answer::Addressed;
use crate::app::desk::{Said, Who};
use crate::store::directory::Directory;
use crate::store::inbox::{Chat, Row};
use crate::store::{Connection, Result, savepoint};

/// A post that waits to be handled.
pub type Post<'a> = (&'a Row, Said);

impl Router {
    /// Handles posts wave by wave under the open savepoint and opens the next one.
    pub(super) async fn waves<'a>(
        &self,
        tx: &mut Connection,
        mut posts: Vec<Post<'a>>,
        dir: &Arc<Directory>,
        (batch, waiting): (&mut Batch<'a>, &mut HashSet<Chat>),
    ) -> Result<()> {
        let before = batch.done.len();
        while !posts.is_empty() {
            let (wave, later) = part(posts);
            posts = later;
            let dids = match wave.len() {
                1 => None,
                _ => self.wave(tx, &wave, dir).await?,
            };
            match dids {
                Some(dids) => wave.iter().zip(dids).for_each(|((row, _), did)| batch.take(row, did, waiting)),
                // One of them is bad: each stands or falls alone.
                None => {
                    for (row, said) in wave {
                        let did = self.act(tx, (row, &Ok(said)), dir).await?;
                        batch.take(row, did, waiting);
                    }
                }
            }
            posts.retain(|(row, _)| !waiting.contains(&row.chat()));
        }
        batch.posts += batch.done.len() - before;
        Ok(())
    }

    /// Handles one wave; `None` where it faulted and has been undone.
    async fn wave(&self, tx: &mut Connection, wave: &[Post<'_>], dir: &Arc<Directory>) -> Result<Option<Vec<Did>>> {
        let messages: Vec<(&Row, &Said)> = wave.iter().map(|(row, said)| (*row, said)).collect();
        let tried = AssertUnwindSafe(self.answerer.answer_posts(tx, &messages, dir, self.clock.now()));
        let outcomes = match tried.catch_unwind().await {
            Ok(Ok(outcomes)) => outcomes,
            Ok(Err(fault)) if fault.is_outage() => return Err(fault),
            Ok(Err(_)) | Err(_) => Vec::new(),
        };
        let did = |(outcome, (row, _)): (std::result::Result<Vec<Addressed>, Refusal>, &Post<'_>)| match outcome {
            Ok(replies) => Some(Did { handled: true, replies }),
            Err(Refusal::Told(text)) => Some(Did { handled: true, replies: vec![Addressed::plain(row, text)] }),
            Err(_) => None,
        };
        let dids: Option<Vec<Did>> = outcomes.into_iter().zip(wave).map(did).collect();
        match dids.filter(|d| d.len() == wave.len()) {
            Some(dids) => {
                savepoint::next(tx).await?;
                Ok(Some(dids))
            }
            None => {
                savepoint::undo(tx).await?;
                Ok(None)
            }
        }
    }
}

/// Parts the next wave from what has to wait for it.
fn part(posts: Vec<Post<'_>>) -> (Vec<Post<'_>>, Vec<Post<'_>>) {
    let (mut units, mut people, mut chats) = (HashSet::new(), HashSet::new(), HashSet::new());
    posts.into_iter().partition(|(row, said)| {
        let Who::Known(person) = said.who else { return true };
        // Each is entered whatever the others say: who waits holds back whoever comes behind.
        let (unit, sender, chat) =
            (units.insert(person.unit), people.insert(person.official), chats.insert(row.chat()));
        unit && sender && chat
    })
}
