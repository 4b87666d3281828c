//! A body of the platform → [`Incoming`], whichever way it came: polled or by webhook, flat
//! or wrapped in `{ok, result}`, one event or a list (CHAT-APIS A3). Reads the few fields we
//! use and forgives all others.
//!
//! ```
//! use motcua::channel::zalo::{Me, incoming};
//!
//! let body = br#"{"event_name": "message.text.received", "message": {"message_id": "2d758c",
//!     "date": 1750316131602, "from": {"id": "6ede9afa66b88fe6d6a9", "is_bot": false},
//!     "chat": {"id": "6ede9afa66b88fe6d6a9", "chat_type": "PRIVATE"}, "text": "ht ol 9"}}"#;
//! let read = incoming::read(body, &Me::default(), 0);
//! assert_eq!(read[0].text.as_deref(), Some("ht ol 9"));
//! assert_eq!(read[0].sent_at, 1_750_316_131);
//! ```

use serde::Deserialize;
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::Me;
use crate::store::inbox::{Incoming, Kind};

/// What stands in [`Incoming::data`] of a message without text.
pub const NOT_TEXT: &str = "not-text";
/// Time stamps beyond this are milliseconds (in seconds it is the year 5138).
const MILLISECONDS_FROM: i64 = 100_000_000_000;

#[derive(Deserialize)]
struct Message {
    message_id: Value,
    #[serde(default)]
    date: i64,
    chat: Chat,
    from: Person,
    text: Option<String>,
    caption: Option<String>,
}

#[derive(Deserialize)]
struct Chat {
    id: Value,
    #[serde(default)]
    chat_type: String,
}

#[derive(Deserialize)]
struct Person {
    id: Value,
    #[serde(default)]
    is_bot: bool,
}

/// Reads a webhook's body or a whole answer to a poll. What is no event gives nothing, such
/// as the empty body of a probe. `now`: seconds, for what bears no time stamp.
pub fn read(body: &[u8], me: &Me, now: i64) -> Vec<Incoming> {
    serde_json::from_slice(body).map(|value| read_value(&value, me, now)).unwrap_or_default()
}

/// The same of a body that is JSON already.
pub fn read_value(body: &Value, me: &Me, now: i64) -> Vec<Incoming> {
    match body {
        Value::Array(events) => events.iter().flat_map(|e| read_value(e, me, now)).collect(),
        Value::Object(fields) => match fields.get("result") {
            Some(result) if !fields.contains_key("message") => read_value(result, me, now),
            _ if fields.contains_key("event_name") || fields.contains_key("message") => vec![event(body, me, now)],
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}

fn event(event: &Value, me: &Me, now: i64) -> Incoming {
    let name = event["event_name"].as_str().unwrap_or_default();
    match Message::deserialize(&event["message"]) {
        Ok(m) if name.starts_with("message.") && !m.from.is_bot => message(name, m, me, now),
        _ => other(event, now),
    }
}

fn message(name: &str, m: Message, me: &Me, now: i64) -> Incoming {
    let (delivery, chat_id, user_id) = (id(&m.message_id), id(&m.chat.id), id(&m.from.id));
    let private =
        m.chat.chat_type.eq_ignore_ascii_case("PRIVATE") || (m.chat.chat_type.is_empty() && chat_id == user_id);
    // What stands under a picture is text like any: no number may be lost.
    let text = m.text.filter(|_| name == "message.text.received").or(m.caption).filter(|t| !t.trim().is_empty());
    let text = text.map(|t| if private { t } else { without_mention(&t, me).to_string() });
    Incoming {
        message_id: number_of(&delivery),
        kind: Kind::Message,
        private,
        thread_id: None,
        edit_date: 0,
        sent_at: seconds(m.date).unwrap_or(now),
        data: text.is_none().then(|| NOT_TEXT.to_string()),
        text,
        delivery,
        chat_id,
        user_id,
    }
}

/// Of no use to us: only that it was there. Its own hash keeps it from being stored again
/// each time that it comes again.
fn other(event: &Value, now: i64) -> Incoming {
    let hash = Sha256::digest(event.to_string());
    Incoming {
        delivery: format!("x{}", hash.iter().take(16).map(|b| format!("{b:02x}")).collect::<String>()),
        kind: Kind::Other,
        chat_id: String::new(),
        private: false,
        thread_id: None,
        user_id: String::new(),
        message_id: 0,
        edit_date: 0,
        sent_at: now,
        text: None,
        data: None,
    }
}

/// Ids are strings; a number is taken as its digits.
fn id(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_string)
}

/// The number under which a message is known here. The platform's ids are strings and the
/// inbox counts messages by number: the same string always gives the same number, so that a
/// message that comes again after its delivery has been forgotten is still known by its
/// content. 63 bits of SHA-256 do not collide within one chat.
pub fn number_of(message_id: &str) -> i64 {
    let hash = Sha256::digest(message_id);
    let bits = hash.iter().take(8).fold(0_u64, |n, b| n << 8 | u64::from(*b));
    i64::try_from(bits >> 1).unwrap_or(i64::MAX).max(1)
}

fn seconds(date: i64) -> Option<i64> {
    match date {
        ..=0 => None,
        MILLISECONDS_FROM.. => Some(date / 1000),
        _ => Some(date),
    }
}

/// In groups the bot sees what mentions it: `@Bot Một cửa /tonghop` is `/tonghop`. A name has
/// several words and nothing marks its end, so our own name counts, then a command's slash,
/// then the first word.
fn without_mention<'a>(text: &'a str, me: &Me) -> &'a str {
    let trimmed = text.trim_start();
    let Some(called) = trimmed.strip_prefix('@') else { return text };
    let known = me.names().filter_map(|name| strip_name(called, name)).min_by_key(|rest| rest.len());
    let slash = || called.match_indices('/').find(|(at, _)| called[..*at].ends_with(char::is_whitespace));
    let rest = known.or_else(|| slash().map(|(at, _)| &called[at..]));
    let rest = rest.or_else(|| called.split_once(char::is_whitespace).map(|(_, rest)| rest));
    rest.unwrap_or_default().trim_start_matches([' ', ',', ':', '\u{a0}'])
}

/// What stands behind a name, in whatever case it is written.
fn strip_name<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let name = name.trim();
    let end = text.char_indices().nth(name.chars().count()).map_or(text.len(), |(at, _)| at);
    let (head, rest) = text.split_at(end);
    let whole = rest.chars().next().is_none_or(|c| !c.is_alphanumeric());
    (!name.is_empty() && whole && head.to_lowercase() == name.to_lowercase()).then_some(rest)
}

#[cfg(test)]
mod tests;
