//! Where a reply goes: an answer to where the question came from, a notice to where the
//! person is reached, a document to a channel that takes documents.

use super::Refusal;
use super::abilities;
use super::answer::Addressed;
use super::desk::{Desk, TERMINAL};
use super::reach::{self, Wanted};
use super::reply::{Choice, Reply, To};
use crate::domain::official::OfficialId;
use crate::store::directory::Directory;
use crate::store::inbox::Row;
use crate::store::outbox::NewChoice;
use crate::store::{Connection, StoreError};

/// Addresses the replies to a message of `asker`, in their order.
///
/// # Errors
/// Of the database.
pub async fn address_all(
    desk: &Desk,
    conn: &mut Connection,
    (dir, row): (&Directory, &Row),
    (replies, asker): (Vec<Reply>, Option<OfficialId>),
) -> Result<Vec<Addressed>, Refusal> {
    let mut out = Vec::with_capacity(replies.len());
    for reply in replies {
        let person = match reply.to {
            To::Person(person) => Some(person),
            To::Asker => asker,
        };
        let Some((addressed, channel)) = address(conn, (dir, row), (reply, asker)).await? else { continue };
        // Where phones reach us, a link stands for the document.
        let takes_it = addressed.file.is_none() || abilities::of(&channel).files || desk.public_url.is_some();
        match person.filter(|_| !takes_it) {
            Some(person) => out.extend(elsewhere(desk, conn, dir, (addressed, person)).await?),
            None => out.push(addressed),
        }
    }
    Ok(out)
}

/// Finds the chat a reply goes to, and its channel; nobody's chat: nothing is sent.
async fn address(
    conn: &mut Connection,
    (dir, row): (&Directory, &Row),
    (reply, asker): (Reply, Option<OfficialId>),
) -> Result<Option<(Addressed, String)>, Refusal> {
    let choices = choices(&reply, asker)?;
    let file = reply.file.as_ref().map(serde_json::to_string).transpose();
    let file = file.map_err(|e| StoreError::Inconsistent { table: "outbox", what: e.to_string() })?;
    let here = Addressed { choices, file, secret: reply.secret, ..Addressed::plain(row, reply.text) };
    let To::Person(person) = reply.to else { return Ok(Some((here, row.channel.clone()))) };
    let away = Addressed { thread_id: None, private: true, answers: false, ..here };
    if row.channel == TERMINAL {
        return Ok(Some((Addressed { chat_id: person.0.to_string(), ..away }, row.channel.clone())));
    }
    // Whoever has asked, in a group, is answered on the channel of the group.
    let first = (asker == Some(person)).then_some(row.channel.as_str());
    let chat = reach::chat_of(conn, dir, person, Wanted { first, ..Wanted::default() }).await?;
    Ok(chat.map(|c| (Addressed { bot_id: c.bot_id, chat_id: c.chat_id, ..away }, c.channel)))
}

/// A document on a channel that takes none: it goes to the person's chat on one that does,
/// and the reply says so. Without such a chat the channel keeps it.
async fn elsewhere(
    desk: &Desk,
    conn: &mut Connection,
    dir: &Directory,
    (here, person): (Addressed, OfficialId),
) -> Result<Vec<Addressed>, Refusal> {
    let Some(chat) = reach::chat_of(conn, dir, person, Wanted { files: true, ..Wanted::default() }).await? else {
        return Ok(vec![here]);
    };
    let there = Addressed {
        bot_id: chat.bot_id,
        chat_id: chat.chat_id,
        thread_id: None,
        private: true,
        answers: false,
        choices: Vec::new(),
        ..here.clone()
    };
    let told = desk.words_for(dir, person).file_on_telegram();
    let text = if here.text.trim().is_empty() { told } else { format!("{}\n{told}", here.text) };
    Ok(vec![Addressed { text, file: None, ..here }, there])
}

/// The choices of a reply, each for the person who alone may choose.
///
/// # Errors
/// If an action is no JSON.
pub(super) fn choices(reply: &Reply, asker: Option<OfficialId>) -> Result<Vec<NewChoice>, StoreError> {
    let owner = match reply.to {
        To::Person(person) => Some(person),
        To::Asker => asker,
    };
    let Some(official) = owner else { return Ok(Vec::new()) };
    let one = |c: &Choice| {
        let action = serde_json::to_string(&c.action)
            .map_err(|e| StoreError::Inconsistent { table: "outbox", what: e.to_string() })?;
        Ok(NewChoice { label: c.label.clone(), action, official })
    };
    reply.choices.iter().map(one).collect()
}
