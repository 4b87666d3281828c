//! Which chat reaches a person who has not just written: the channel chosen by `/kenh`, else
//! the one used last, else the one linked last; the other where that cannot be reached.

use crate::app::abilities;
use crate::app::desk::TERMINAL;
use crate::app::own_bot;
use crate::domain::official::OfficialId;
use crate::store::directory::{Directory, Link};
use crate::store::{Connection, StoreError, bots, links};

/// A person's private chat with one of our bots.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chat {
    pub channel: String,
    pub bot_id: i64,
    pub chat_id: String,
}

/// What a chat has to be, beside reachable.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted<'a> {
    /// Before all others: where the person has just asked.
    pub first: Option<&'a str>,
    /// Not on this channel.
    pub not: Option<&'a str>,
    /// On a channel that takes documents.
    pub files: bool,
}

/// The chat of a person; `None` if nothing reaches them.
///
/// # Errors
/// Of the database.
pub async fn chat_of(
    conn: &mut Connection,
    dir: &Directory,
    official: OfficialId,
    wanted: Wanted<'_>,
) -> Result<Option<Chat>, StoreError> {
    let fits = |l: &&Link| {
        let files = !wanted.files || abilities::of(&l.channel).files;
        !l.unreachable && wanted.not != Some(l.channel.as_str()) && files
    };
    let mut links: Vec<&Link> = dir.links_of(official).into_iter().filter(fits).collect();
    links.reverse();
    // Whoever has a phone is not told on the terminal.
    if links.iter().any(|l| l.channel != TERMINAL) {
        links.retain(|l| l.channel != TERMINAL);
    }
    let several = links.iter().any(|l| links.first().is_some_and(|first| first.channel != l.channel));
    if several {
        let chosen = dir.official(official).and_then(|o| o.channel.as_deref());
        let used = match wanted.first.or(chosen) {
            Some(_) => None,
            None => links::last_used(conn, official).await?,
        };
        let order = [wanted.first.or(chosen), chosen, used.as_deref()];
        let rank = |l: &&Link| order.iter().position(|c| *c == Some(l.channel.as_str())).unwrap_or(order.len());
        links.sort_by_key(rank);
    }
    for link in links {
        let serving = bots::of_channel(conn, &link.channel).await?;
        let own = link.bot_id.filter(|id| serving.iter().any(|b| b.id == *id));
        if let Some(bot_id) = own.or_else(|| own_bot::of_chat(dir, dir.home(official), &serving).map(|b| b.id)) {
            let (channel, chat_id) = (link.channel.clone(), link.chat_id.clone());
            return Ok(Some(Chat { channel, bot_id, chat_id }));
        }
    }
    Ok(None)
}
