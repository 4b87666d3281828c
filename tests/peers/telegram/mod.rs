//! A Bot API server of our own: long polls with real offsets and acknowledgement, faults on
//! demand, and a script for tests. Strict about what it is sent, as the real one is.
//!
//! ```ignore
//! let telegram = FakeTelegram::start();
//! telegram.say(11, "ht ol 9");
//! let reply = telegram.reply(11).await;
//! assert_eq!(reply.text, "Đã lưu …");
//! ```
//!
//! At drop, a reply that no test has read and a request that broke the rules both fail.

#![allow(dead_code, unused_imports, reason = "each of the programs that include this uses its own part")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test's peer fails loudly")]

pub mod console;
mod fields;
pub mod load;
#[allow(clippy::duplicate_mod, reason = "both fakes stand on it")]
#[path = "../loopback.rs"]
mod loopback;
mod methods;
mod params;
mod server;
mod state;

use std::sync::Arc;

use serde_json::{Value, json};

use loopback::Watched;
pub use server::TOKEN;
use state::State;
pub use state::{Button, Call, Fault, Reply};

/// The bot's name.
pub const USERNAME: &str = "motcua_bot";
/// The bot's id.
pub const BOT_ID: i64 = 7;

/// A running server; stops when dropped.
pub struct FakeTelegram {
    state: Arc<State>,
    url: String,
    server: Option<loopback::Server>,
}

impl FakeTelegram {
    /// Starts on a free port of the loopback.
    pub fn start() -> FakeTelegram {
        FakeTelegram::start_on("127.0.0.1:0")
    }

    pub fn start_on(address: &str) -> FakeTelegram {
        let state = Arc::new(State::default());
        let server = server::start(address, state.clone());
        FakeTelegram { state, url: format!("http://{}", server.address), server: Some(server) }
    }

    pub fn url(&self) -> &str {
        &self.url
    }

    pub fn state(&self) -> &Arc<State> {
        &self.state
    }

    // ── what people do ──────────────────────────────────────────────────────────────

    /// A person writes in the private chat with the bot; returns the message id.
    pub fn say(&self, user: i64, text: &str) -> i64 {
        self.say_at(user, text, now())
    }

    /// The same with a time stamp of its own (seconds).
    pub fn say_at(&self, user: i64, text: &str, date: i64) -> i64 {
        self.say_in(&private(user), user, text, date, None)
    }

    /// A person sends a document in the private chat with the bot.
    pub fn send_document(&self, user: i64, name: &str, bytes: &[u8], caption: Option<&str>) -> i64 {
        let (id, file) = (self.state.next_message(), self.state.keep_file(bytes.to_vec()));
        let document = json!({"file_id": file, "file_unique_id": file, "file_name": name, "file_size": bytes.len()});
        let mut message = json!({"message_id": id, "date": now(), "from": person(user), "chat": private(user),
            "document": document});
        if let Some(caption) = caption {
            message["caption"] = json!(caption);
        }
        self.push(json!({"message": message}));
        id
    }

    /// A person writes in a group.
    pub fn say_in_group(&self, group: i64, user: i64, text: &str, thread: Option<i64>) -> i64 {
        self.say_in(&supergroup(group), user, text, now(), thread)
    }

    /// The same with a time stamp of its own (seconds).
    pub fn say_in_group_at(&self, (group, user): (i64, i64), text: &str, date: i64) -> i64 {
        self.say_in(&supergroup(group), user, text, date, None)
    }

    fn say_in(&self, chat: &Value, user: i64, text: &str, date: i64, thread: Option<i64>) -> i64 {
        let id = self.state.next_message();
        let mut message = json!({"message_id": id, "date": date, "from": person(user), "chat": chat, "text": text});
        if let Some(thread) = thread {
            message["message_thread_id"] = json!(thread);
            message["is_topic_message"] = json!(true);
        }
        self.push(json!({"message": message}));
        id
    }

    /// A person edits a message of the private chat.
    pub fn edit(&self, user: i64, message_id: i64, text: &str, edit_date: i64) {
        let message = json!({"message_id": message_id, "date": now(), "edit_date": edit_date, "from": person(user),
            "chat": private(user), "text": text});
        self.push(json!({"edited_message": message}));
    }

    /// A person presses a button of a reply, counted from 0.
    pub fn press(&self, user: i64, reply: &Reply, button: usize) {
        self.press_data(user, reply, &reply.buttons[button].data);
    }

    /// The same with data of one's own.
    pub fn press_data(&self, user: i64, reply: &Reply, data: &str) {
        let id = format!("{user}{}", self.state.next_message());
        let chat = if reply.chat > 0 { private(reply.chat) } else { supergroup(reply.chat) };
        let message = json!({"message_id": reply.message_id, "date": now(), "chat": chat, "text": reply.text,
            "from": {"id": BOT_ID, "is_bot": true, "first_name": "Một cửa"}});
        self.push(json!({"callback_query":
            {"id": id, "from": person(user), "chat_instance": "1", "message": message, "data": data}}));
    }

    /// A group becomes a supergroup: both service messages, and calls to the old id refused.
    pub fn migrate(&self, old: i64, new: i64) {
        self.state.moved(old, new);
        let group = json!({"id": old, "type": "group", "title": "x"});
        let id = self.state.next_message();
        self.push(json!({"message": {"message_id": id, "date": now(), "chat": group, "migrate_to_chat_id": new}}));
        self.push(json!({"message": {"message_id": id + 1, "date": now(), "chat": supergroup(new),
            "migrate_from_chat_id": old}}));
    }

    /// Any update; its id is given here.
    pub fn push(&self, update: Value) {
        self.state.push(update);
    }

    // ── what the platform does ──────────────────────────────────────────────────────

    /// The next call of `method` (for `chat`, if given) meets this fault.
    pub fn fail(&self, method: &str, chat: Option<i64>, fault: Fault) {
        self.state.fail(method, chat, fault);
    }

    /// Hands over again everything that was acknowledged already, under the same ids.
    pub fn redeliver_all(&self) {
        self.state.redeliver_all();
    }

    /// Gives update ids that start again at `id`.
    pub fn restart_ids_at(&self, id: i64) {
        self.state.restart_ids_at(id);
    }

    // ── what the test sees ──────────────────────────────────────────────────────────

    /// The next reply in a chat that no test has read, waited for.
    pub async fn reply(&self, chat: i64) -> Reply {
        self.wait(&format!("a reply to {chat}"), |s| s.take_reply(chat)).await
    }

    /// Replies nobody has read.
    pub fn unread(&self) -> Vec<Reply> {
        self.state.unread()
    }

    /// All calls of a method so far.
    pub fn calls(&self, method: &str) -> Vec<Call> {
        self.state.calls(method)
    }

    /// Waits until something is so.
    pub async fn wait<T>(&self, what: &str, check: impl Fn(&State) -> Option<T>) -> T {
        self.state.wait(what, |s: &State| check(s)).await
    }

    /// Waits until every update was acknowledged.
    pub async fn all_acknowledged(&self) {
        self.wait("all acknowledged", |s| (s.pending() == 0).then_some(())).await;
    }

    /// Fails if a reply was not read or a request broke the rules.
    pub fn assert_all_read(&self) {
        self.state.assert_all_read();
    }
}

impl Drop for FakeTelegram {
    fn drop(&mut self) {
        drop(self.server.take());
        if !std::thread::panicking() {
            self.assert_all_read();
        }
    }
}

fn private(user: i64) -> Value {
    json!({"id": user, "type": "private", "first_name": format!("P{user}")})
}

fn supergroup(id: i64) -> Value {
    json!({"id": id, "type": "supergroup", "title": "Tổ một cửa"})
}

fn person(user: i64) -> Value {
    json!({"id": user, "is_bot": false, "first_name": format!("P{user}"), "language_code": "vi"})
}

#[expect(clippy::disallowed_methods, reason = "the platform has a clock of its own")]
pub fn now() -> i64 {
    std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs() as i64
}
