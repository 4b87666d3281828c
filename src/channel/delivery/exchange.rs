//! The one transaction by which delivery speaks with the outbox.

use crate::channel::Channel;
use crate::store::outbox::{self, Out, Outcome};
use crate::store::{Result, Store, bots};

/// What one transaction writes down and asks for.
#[derive(Default)]
pub(super) struct Exchange {
    pub settled: Vec<(i64, Outcome)>,
    pub moved: Vec<(String, String)>,
    /// Messages whose chat is gone, and the chat.
    pub gone: Vec<(i64, String)>,
    /// Calls that the platform has taken, or may have.
    pub calls: i64,
    /// How many messages to claim, and of which chats none.
    pub room: usize,
    pub skip: Vec<String>,
}

impl Exchange {
    pub async fn commit<C: Channel>(&self, store: &Store, (channel, bot_id): (&C, i64), now: i64) -> Result<Vec<Out>> {
        let mut w = store.write().await?;
        if !self.gone.is_empty() {
            // Before they are settled, which forgets what is secret.
            let gone: Vec<i64> = self.gone.iter().map(|(id, _)| *id).collect();
            outbox::send_elsewhere(&mut w, channel.name(), &gone, now).await?;
        }
        outbox::settle(&mut w, &self.settled, now).await?;
        if self.calls > 0 {
            channel.count_sent(&mut w, bot_id, self.calls).await?;
        }
        let channel = channel.name();
        for (old, new) in &self.moved {
            bots::chat_moved(&mut w, channel, old, new).await?;
        }
        for (_, chat) in &self.gone {
            bots::unreachable(&mut w, (channel, bot_id), chat, now).await?;
        }
        let mut claimed = Vec::new();
        if self.room > 0 {
            let skip: Vec<&str> = self.skip.iter().map(String::as_str).collect();
            claimed = outbox::claim(&mut w, bot_id, i64::try_from(self.room).unwrap_or(i64::MAX), &skip, now).await?;
        }
        w.commit().await?;
        Ok(claimed)
    }
}
