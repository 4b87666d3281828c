//! An update's JSON → [`Incoming`]. Reads the few fields we use and forgives all others:
//! what Telegram adds tomorrow must not cost an official's message.

use serde::Deserialize;
use serde_json::Value;

use super::Me;
use crate::app::import::chat::Document;
use crate::store::inbox::{Incoming, Kind};

/// The kinds of updates we ask for.
pub const KINDS: [&str; 4] = ["message", "edited_message", "callback_query", "my_chat_member"];

/// An update as read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Read {
    pub update_id: i64,
    pub incoming: Incoming,
    /// The id by which a press wants to be answered.
    pub callback: Option<String>,
}

#[derive(Deserialize)]
struct Chat {
    id: i64,
    #[serde(default, rename = "type")]
    kind: String,
}

#[derive(Deserialize)]
struct User {
    id: i64,
    #[serde(default)]
    is_bot: bool,
}

#[derive(Deserialize)]
struct Message {
    message_id: i64,
    #[serde(default)]
    date: i64,
    #[serde(default)]
    edit_date: i64,
    chat: Chat,
    from: Option<User>,
    message_thread_id: Option<i64>,
    text: Option<String>,
    caption: Option<String>,
    document: Option<File>,
    migrate_to_chat_id: Option<i64>,
    migrate_from_chat_id: Option<i64>,
}

#[derive(Deserialize)]
struct File {
    file_id: String,
    file_name: Option<String>,
    file_size: Option<u64>,
}

#[derive(Deserialize)]
struct Callback {
    id: String,
    from: User,
    message: Option<Message>,
    data: Option<String>,
}

#[derive(Deserialize)]
struct Member {
    chat: Chat,
    from: User,
    #[serde(default)]
    date: i64,
    new_chat_member: Status,
}

#[derive(Deserialize)]
struct Status {
    status: String,
}

/// Reads one update; `None` if it has not even an id. `now`: seconds, for what bears no time
/// stamp of its own.
pub fn read(update: &Value, me: &Me, now: i64) -> Option<Read> {
    let update_id = update.get("update_id")?.as_i64()?;
    let (incoming, callback) = part::<Message>(update, "message")
        .and_then(|m| message(m, Kind::Message, me))
        .or_else(|| part::<Message>(update, "edited_message").and_then(|m| message(m, Kind::Edit, me)))
        .map(|i| (i, None))
        .or_else(|| part::<Callback>(update, "callback_query").and_then(|c| press(c, now)))
        .or_else(|| part::<Member>(update, "my_chat_member").and_then(membership).map(|i| (i, None)))
        .unwrap_or_else(|| (other(now), None));
    let delivery = callback.as_ref().map_or_else(|| format!("u{update_id}"), |c| format!("c{c}"));
    Some(Read { update_id, incoming: Incoming { delivery, ..incoming }, callback })
}

fn part<T: for<'a> Deserialize<'a>>(update: &Value, kind: &str) -> Option<T> {
    T::deserialize(update.get(kind)?).ok()
}

fn blank(kind: Kind, chat: &Chat, sent_at: i64) -> Incoming {
    Incoming {
        delivery: String::new(),
        kind,
        chat_id: chat.id.to_string(),
        private: chat.kind == "private" || (chat.kind.is_empty() && chat.id > 0),
        thread_id: None,
        user_id: String::new(),
        message_id: 0,
        edit_date: 0,
        sent_at,
        text: None,
        data: None,
    }
}

/// Of no use to us: only that it was there.
fn other(now: i64) -> Incoming {
    blank(Kind::Other, &Chat { id: 0, kind: String::new() }, now)
}

fn message(m: Message, kind: Kind, me: &Me) -> Option<Incoming> {
    let blank = blank(kind, &m.chat, m.date);
    if let Some(to) = m.migrate_to_chat_id {
        return Some(Incoming { kind: Kind::Moved, data: Some(to.to_string()), ..blank });
    }
    if let Some(from) = m.migrate_from_chat_id {
        let data = Some(m.chat.id.to_string());
        return Some(Incoming { kind: Kind::Moved, chat_id: from.to_string(), data, ..blank });
    }
    let from = m.from.filter(|u| !u.is_bot)?;
    let document = m.document.filter(|_| blank.private && kind == Kind::Message);
    let file = document.and_then(|f| kept(f, m.caption.is_some()));
    // What stands under a picture or a document is text like any: no number may be lost.
    let text = m.text.or(m.caption).or(file.as_ref().map(|_| String::new()));
    let text = text.filter(|t| !is_for_another(t, me))?;
    Some(Incoming {
        thread_id: m.message_thread_id,
        user_id: from.id.to_string(),
        message_id: m.message_id,
        // An edit without its date would look like the first form.
        edit_date: if kind == Kind::Edit { m.edit_date.max(1) } else { 0 },
        text: Some(text),
        data: file,
        ..blank
    })
}

/// Endings of files that may be lists.
const SHEETS: [&str; 10] = ["xlsx", "xls", "xlsm", "xlsb", "ods", "csv", "tsv", "txt", "htm", "html"];

/// What is kept of a file: where it is. Its name may hold a citizen's and is not kept. A
/// file that is no list is passed over where its caption says something.
fn kept(file: File, has_caption: bool) -> Option<String> {
    let name = file.file_name.unwrap_or_default().to_lowercase();
    let is_sheet = name.rsplit_once('.').is_some_and(|(_, kind)| SHEETS.contains(&kind));
    if !is_sheet && has_caption {
        return None;
    }
    serde_json::to_string(&Document { file: file.file_id, size: file.file_size }).ok()
}

/// Whether the text is a command addressed to another bot (`/nhap@other_bot …`).
fn is_for_another(text: &str, me: &Me) -> bool {
    let first = text.split_whitespace().next().unwrap_or_default();
    first
        .strip_prefix('/')
        .and_then(|command| command.split_once('@'))
        .is_some_and(|(_, bot)| !bot.is_empty() && !bot.eq_ignore_ascii_case(&me.username))
}

fn press(c: Callback, now: i64) -> Option<(Incoming, Option<String>)> {
    let (m, data) = (c.message?, c.data?);
    let incoming = Incoming {
        thread_id: m.message_thread_id,
        user_id: c.from.id.to_string(),
        message_id: m.message_id,
        data: Some(data),
        ..blank(Kind::Press, &m.chat, now)
    };
    Some((incoming, Some(c.id)))
}

fn membership(m: Member) -> Option<Incoming> {
    let kind = match m.new_chat_member.status.as_str() {
        "kicked" | "left" => Kind::Blocked,
        "member" | "administrator" | "restricted" => Kind::Unblocked,
        _ => return None,
    };
    Some(Incoming { user_id: m.from.id.to_string(), ..blank(kind, &m.chat, m.date) })
}

#[cfg(test)]
mod tests;
