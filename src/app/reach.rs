//! Which chat reaches a person who has not just written: the channel chosen by `/kenh`, else
//! the one used last, else the one linked last; the other where that cannot be reached.

use std::cmp::Reverse;

use crate::app::abilities;
use crate::app::desk::TERMINAL;
use crate::app::own_bot;
use crate::domain::bots::Bot;
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
    // Whoever has a phone is not told on the terminal.
    if links.iter().any(|l| l.channel != TERMINAL) {
        links.retain(|l| l.channel != TERMINAL);
    }
    for link in in_order(conn, dir, links, wanted.first).await? {
        let serving = bots::of_channel(conn, &link.channel).await?;
        if let Some(bot_id) = bot_of(dir, link, &serving) {
            let (channel, chat_id) = (link.channel.clone(), link.chat_id.clone());
            return Ok(Some(Chat { channel, bot_id, chat_id }));
        }
    }
    Ok(None)
}

/// A person's links in the order in which they are tried: those of channel `first`, of the one
/// chosen or else used last, and of all others; of each the newest link first.
///
/// # Errors
/// Of the database.
pub async fn in_order<'a>(
    conn: &mut Connection,
    dir: &Directory,
    mut links: Vec<&'a Link>,
    first: Option<&str>,
) -> Result<Vec<&'a Link>, StoreError> {
    links.sort_by_key(|l| Reverse(l.id));
    let Some(newest) = links.first() else { return Ok(links) };
    if links.iter().any(|l| l.channel != newest.channel) {
        let chosen = dir.official(newest.official).and_then(|o| o.channel.as_deref());
        let used = match first.or(chosen) {
            Some(_) => None,
            None => links::last_used(conn, newest.official).await?,
        };
        let order = [first.or(chosen), chosen, used.as_deref()];
        let rank = |l: &&Link| order.iter().position(|c| *c == Some(l.channel.as_str())).unwrap_or(order.len());
        links.sort_by_key(rank);
    }
    Ok(links)
}

/// The bot through which a link is reached: its own as long as that serves, else the one that
/// stands for the person's unit.
pub fn bot_of(dir: &Directory, link: &Link, serving: &[Bot]) -> Option<i64> {
    let own = link.bot_id.filter(|id| serving.iter().any(|b| b.id == *id));
    own.or_else(|| own_bot::of_chat(dir, dir.home(link.official), serving).map(|b| b.id))
}
