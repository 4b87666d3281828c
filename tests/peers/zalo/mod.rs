//! A Zalo Bot Platform of our own: events handed over once, or again and again; its odd
//! idle answer in both forms; both shapes of a body; faults on demand. Strict about what it
//! is sent, as the real one is (CHAT-APIS A).
//!
//! ```ignore
//! let zalo = FakeZalo::start();
//! zalo.say("lan", "ht ol 9");
//! assert_eq!(zalo.reply("lan").await, "Đã lưu …");
//! ```
//!
//! At drop, a reply that no test has read and a request that broke the rules both fail.

#![allow(dead_code, unused_imports, reason = "each of the programs that include this uses its own part")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test's peer fails loudly")]

mod bringing;
pub mod console;
#[allow(clippy::duplicate_mod, reason = "both fakes stand on it")]
#[path = "../loopback.rs"]
mod loopback;
mod methods;
#[allow(clippy::duplicate_mod, reason = "each fake is a peer of its own; both read all that clients send")]
#[path = "../telegram/params.rs"]
mod params;
mod server;
mod state;

use std::sync::Arc;

use serde_json::{Value, json};

use loopback::Watched;
pub use server::TOKEN;
use state::State;
pub use state::{Call, Fault, Habits, Idle, Reply, Shape};

/// The bot's id and name.
pub const BOT_ID: &str = "1459232241454765289";
pub const BOT_NAME: &str = "Bot Một cửa";

/// A running server; stops when dropped.
pub struct FakeZalo {
    state: Arc<State>,
    url: String,
    server: Option<loopback::Server>,
}

impl FakeZalo {
    /// Starts on a free port of the loopback.
    pub fn start() -> FakeZalo {
        FakeZalo::start_with(Habits::default())
    }

    pub fn start_with(habits: Habits) -> FakeZalo {
        FakeZalo::start_on("127.0.0.1:0", habits)
    }

    pub fn start_on(address: &str, habits: Habits) -> FakeZalo {
        let state = Arc::new(State::new(habits));
        let server = server::start(address, state.clone());
        FakeZalo { state, url: format!("http://{}", server.address), server: Some(server) }
    }

    pub fn url(&self) -> &str {
        &self.url
    }

    pub fn state(&self) -> &Arc<State> {
        &self.state
    }

    // ── what people do ──────────────────────────────────────────────────────────────

    /// A person writes in the private chat with the bot; returns the message id.
    pub fn say(&self, user: &str, text: &str) -> String {
        self.say_at(user, text, now())
    }

    /// The same with a time stamp of its own (seconds).
    pub fn say_at(&self, user: &str, text: &str, date: i64) -> String {
        let id = self.state.next_message();
        self.push(text_event(&id, (user, user), text, date));
        id
    }

    /// A person mentions the bot in a group.
    pub fn say_in_group(&self, (group, user): (&str, &str), text: &str, date: i64) -> String {
        let id = self.state.next_message();
        self.push(text_event(&id, (group, user), text, date));
        id
    }

    /// A person sends a picture.
    pub fn send_picture(&self, user: &str) {
        let mut event = text_event(&self.state.next_message(), (user, user), "", now());
        event["event_name"] = json!("message.image.received");
        let message = event["message"].as_object_mut().unwrap();
        message.remove("text");
        message.insert("photo_url".into(), json!("https://photo-stal-25.zdn.vn/x.jpg"));
        message.insert("message_type".into(), json!("CHAT_PHOTO"));
        self.push(event);
    }

    /// Any event.
    pub fn push(&self, event: Value) {
        self.state.push(event);
    }

    // ── what the platform does ──────────────────────────────────────────────────────

    /// The next call of `method` (for `chat`, if given) meets this fault.
    pub fn fail(&self, method: &str, chat: Option<&str>, fault: Fault) {
        self.state.fail(method, chat, fault);
    }

    // ── what the test sees ──────────────────────────────────────────────────────────

    /// The text of the next reply in a chat that no test has read, waited for.
    pub async fn reply(&self, chat: &str) -> String {
        self.wait(&format!("a reply to {chat}"), |s| s.take_reply(chat)).await.text
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

    /// Waits until every event was handed over, and the receiver has come for more.
    pub async fn all_taken(&self) {
        self.wait("all taken", |s| s.all_taken().then_some(())).await;
    }

    /// Fails if a reply was not read or a request broke the rules.
    pub fn assert_all_read(&self) {
        self.state.assert_all_read();
    }
}

impl Drop for FakeZalo {
    fn drop(&mut self) {
        drop(self.server.take());
        if !std::thread::panicking() {
            self.assert_all_read();
        }
    }
}

/// An event as the platform writes it; a chat that bears the person's id is the private one.
pub fn text_event(id: &str, (chat, user): (&str, &str), text: &str, date: i64) -> Value {
    let kind = if chat == user { "PRIVATE" } else { "GROUP" };
    json!({"event_name": "message.text.received", "message": {
        "from": {"id": user, "display_name": format!("P {user}"), "is_bot": false},
        "chat": {"id": chat, "chat_type": kind}, "text": text, "message_id": id, "message_type": "CHAT_MESSAGE",
        "date": date * 1000 + 602}})
}

#[expect(clippy::disallowed_methods, reason = "the platform has a clock of its own")]
pub fn now() -> i64 {
    std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs() as i64
}
