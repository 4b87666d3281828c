//! The terminal as a channel: the whole bot without a token, for `motcua chat`.
//!
//! Each official has a chat of their own; what is said there goes through the same inbox,
//! router and outbox as on a phone. Nothing of it reaches another channel.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::files;
use super::intake::masked;
use super::router::{Bells, Router};
use crate::app::desk::TERMINAL;
use crate::app::import::chat::Document;
use crate::domain::official::OfficialId;
use crate::grammar::privacy;
use crate::store::inbox::{self, Incoming, Kind};
use crate::store::outbox::{self, Out, Outcome};
use crate::store::{Result, bots};

/// Replies taken from the outbox at once.
const CLAIM: i64 = 100;

/// A reply that reached an official.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heard {
    pub to: OfficialId,
    pub out: Out,
}

/// The terminal of one process.
pub struct Terminal {
    router: Router,
    bot: i64,
}

impl Terminal {
    /// Opens the terminal's chats; what an earlier process left unsaid is said again.
    pub async fn open(router: Router) -> Result<Terminal> {
        let mut tx = router.store.write().await?;
        let bot = bots::known_as(&mut tx, TERMINAL, TERMINAL, "").await?;
        outbox::recover(&mut tx, bot).await?;
        tx.commit().await?;
        Ok(Terminal { router, bot })
    }

    /// Says `text` as an official; returns what everybody heard.
    pub async fn say(&self, who: OfficialId, text: &str) -> Result<Vec<Heard>> {
        self.say_all(&[(who, self.router.clock.now(), text)]).await
    }

    /// Says many things at once, each with its own time stamp, in this order.
    pub async fn say_all(&self, said: &[(OfficialId, DateTime<Utc>, &str)]) -> Result<Vec<Heard>> {
        let mut tx = self.router.store.write().await?;
        let mut last: HashMap<OfficialId, i64> = HashMap::new();
        let mut messages = Vec::with_capacity(said.len());
        for (who, sent_at, text) in said {
            let chat = who.0.to_string();
            let before = match last.get(who) {
                Some(id) => *id,
                None => inbox::last_message(&mut tx, self.bot, &chat).await?,
            };
            let message_id = before + 1;
            last.insert(*who, message_id);
            messages.push(Incoming {
                delivery: format!("{chat}.{message_id}"),
                message_id,
                sent_at: sent_at.timestamp(),
                ..match file_of(text) {
                    Some(file) => Incoming { data: Some(file), ..self.incoming(&chat, String::new()) },
                    None => self.incoming(&chat, self.masked(&mut tx, *who, text).await?),
                }
            });
        }
        inbox::put(&mut tx, self.bot, &messages, self.router.clock.now().timestamp()).await?;
        tx.commit().await?;
        self.answers().await
    }

    /// Edits the `back`-th last message of an official (1: the last); `None` if there is
    /// none.
    pub async fn edit(&self, who: OfficialId, back: i64, text: &str) -> Result<Option<Vec<Heard>>> {
        let chat = who.0.to_string();
        let now = self.router.clock.now().timestamp();
        let mut tx = self.router.store.write().await?;
        let message_id = inbox::last_message(&mut tx, self.bot, &chat).await? + 1 - back;
        let Some((sent_at, last_edit)) = inbox::form(&mut tx, self.bot, &chat, message_id).await? else {
            return Ok(None);
        };
        // Two edits within a second are two forms here.
        let edit_date = now.max(last_edit + 1);
        let edit = Incoming {
            delivery: format!("{chat}.{message_id}.{edit_date}"),
            kind: Kind::Edit,
            message_id,
            edit_date,
            sent_at,
            ..self.incoming(&chat, self.masked(&mut tx, who, text).await?)
        };
        inbox::put(&mut tx, self.bot, &[edit], now).await?;
        tx.commit().await?;
        Ok(Some(self.answers().await?))
    }

    fn incoming(&self, chat: &str, text: String) -> Incoming {
        Incoming {
            delivery: String::new(),
            kind: Kind::Message,
            chat_id: chat.to_string(),
            private: true,
            thread_id: None,
            user_id: chat.to_string(),
            message_id: 0,
            edit_date: 0,
            sent_at: 0,
            text: Some(text),
            data: None,
        }
    }

    async fn masked(&self, conn: &mut crate::store::Connection, who: OfficialId, text: &str) -> Result<String> {
        let dir = self.router.answerer.desk.directory(conn).await?;
        Ok(masked(&dir, (&privacy::money_words(&dir.indicators), Some(who)), text, true))
    }

    /// Handles what waits and takes the replies out of the outbox.
    pub async fn answers(&self) -> Result<Vec<Heard>> {
        self.work().await?;
        let mut heard = Vec::new();
        loop {
            let now = self.router.clock.now().timestamp();
            let mut tx = self.router.store.write().await?;
            let outs = outbox::claim(&mut tx, self.bot, CLAIM, &[], now).await?;
            if outs.is_empty() {
                return Ok(heard);
            }
            let sent: Vec<_> = outs.iter().map(|o| (o.id, Outcome::Sent { message_id: None })).collect();
            outbox::settle(&mut tx, &sent, now).await?;
            tx.commit().await?;
            heard.extend(outs.into_iter().filter_map(|out| {
                let to = OfficialId(out.chat_id.parse().ok()?);
                Some(Heard { to, out })
            }));
        }
    }

    /// Somebody sits before the terminal, and its clock may stand still: a message that
    /// faults is tried again at once.
    async fn work(&self) -> Result<()> {
        loop {
            self.router.work(&[self.bot]).await?;
            let mut tx = self.router.store.write().await?;
            let again = inbox::hurry(&mut tx, self.bot).await?;
            tx.commit().await?;
            if !again {
                return Ok(());
            }
        }
    }

    /// The desk behind this terminal.
    pub fn router(&self) -> &Router {
        &self.router
    }
}

/// `[tệp] PATH`: a file is sent, as the bot shows those that it sends.
fn file_of(text: &str) -> Option<String> {
    let file = text.strip_prefix("[tệp]")?.trim().to_string();
    serde_json::to_string(&Document { file, size: None }).ok()
}

/// A router over a store, with bells of its own.
pub fn router(store: crate::store::Store, clock: Arc<dyn crate::clock::Clock>, desk: crate::app::desk::Desk) -> Router {
    let answerer = Arc::new(crate::app::answer::Answerer { desk });
    Router::new(store, clock, answerer, Bells::default()).with_files(files::local())
}
