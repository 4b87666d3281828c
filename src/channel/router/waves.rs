//! Posts that wait together are handled in waves: of each unit, each chat and each sender one
//! post a wave, in order of arrival, stored with few statements for all of them. Nothing
//! that one of a wave changes is told to another.

use std::collections::{HashMap, HashSet};
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
        posts: Vec<Post<'a>>,
        dir: &Arc<Directory>,
        (batch, waiting): (&mut Batch<'a>, &mut HashSet<Chat>),
    ) -> Result<()> {
        let before = batch.done.len();
        for mut wave in in_waves(posts) {
            wave.retain(|(row, _)| !waiting.contains(&row.chat()));
            let dids = match wave.len() {
                0 | 1 => None,
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

/// Parts posts into waves: each comes behind those before it of its unit, sender and chat.
fn in_waves(posts: Vec<Post<'_>>) -> Vec<Vec<Post<'_>>> {
    let (mut units, mut people, mut chats) = (HashMap::new(), HashMap::new(), HashMap::new());
    let mut waves: Vec<Vec<Post<'_>>> = Vec::new();
    for (row, said) in posts {
        let Who::Known(person) = said.who else { continue };
        let unit: &mut usize = units.entry(person.unit).or_default();
        let sender: &mut usize = people.entry(person.official).or_default();
        let chat: &mut usize = chats.entry(row.chat()).or_default();
        let wave = (*unit).max(*sender).max(*chat);
        (*unit, *sender, *chat) = (wave + 1, wave + 1, wave + 1);
        if waves.len() == wave {
            waves.push(Vec::new());
        }
        waves[wave].push((row, said));
    }
    waves
}
