//! What the platform knows: events, messages sent, faults to come.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard};
use std::time::{Duration, Instant};

use serde_json::{Map, Value, json};
use tokio::sync::watch;

use super::loopback::Watched;

/// How an idle poll ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Idle {
    Http200,
    Http408,
}

/// How an event is put into the answer to a poll.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// `{ok, result: event}`.
    Wrapped,
    /// The event alone.
    Flat,
    /// `{ok, result: [events]}`, as many as wait: the real platform gives one.
    List,
}

/// What implementers report differently.
#[derive(Clone, Copy, Debug)]
pub struct Habits {
    /// Events come again on every poll, answered at once; else each comes once.
    pub for_ever: bool,
    pub idle: Idle,
    pub shape: Shape,
    /// How long an empty poll is held.
    pub hold: Duration,
    /// Where the address of a webhook really leads.
    pub leads_to: Option<SocketAddr>,
}

impl Default for Habits {
    fn default() -> Habits {
        Habits {
            for_ever: false,
            idle: Idle::Http200,
            shape: Shape::Wrapped,
            hold: Duration::from_secs(30),
            leads_to: None,
        }
    }
}

/// What goes wrong with one call.
#[derive(Clone, Debug)]
pub enum Fault {
    /// `ok: false` under HTTP 200, as the platform mostly does.
    Refused(i64, &'static str),
    /// The same under its own HTTP status.
    RefusedAs(u16, i64, &'static str),
    /// A page that is no JSON.
    Broken(u16),
    /// The connection ends before anything was done.
    DropBefore,
    /// It is done, and the connection ends without an answer.
    DropAfter,
}

/// A call as it came.
#[derive(Clone, Debug)]
pub struct Call {
    pub method: String,
    pub params: Map<String, Value>,
    pub at: Instant,
}

/// A message that the bot sent.
#[derive(Clone, Debug)]
pub struct Reply {
    pub chat: String,
    pub text: String,
    /// The address of a picture.
    pub photo: Option<String>,
    read: bool,
}

#[derive(Default)]
struct Inner {
    waiting: VecDeque<Value>,
    taken: Vec<Value>,
    /// Where the next round of what comes again begins.
    round: usize,
    /// A poll has begun after the last event was handed over.
    came_again: bool,
    calls: Vec<Call>,
    replies: Vec<Reply>,
    faults: Vec<(String, Option<String>, Fault)>,
    violations: Vec<String>,
    webhook: Option<String>,
    /// What the bot wants to be shown with each event.
    secret: String,
    token_is_void: bool,
}

/// Everything, behind one lock.
pub struct State {
    pub habits: Habits,
    inner: Mutex<Inner>,
    next_message: AtomicU64,
    changes: watch::Sender<()>,
}

impl State {
    pub fn new(habits: Habits) -> State {
        let (inner, changes) = (Mutex::default(), watch::Sender::new(()));
        State { habits, inner, next_message: AtomicU64::new(1), changes }
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(|e| e.into_inner())
    }

    fn changed(&self) {
        self.changes.send_replace(());
    }

    /// An id as the platform makes them: a string.
    pub fn next_message(&self) -> String {
        let n = self.next_message.fetch_add(1, Ordering::Relaxed);
        format!("{:08x}{n:012x}", n.wrapping_mul(2_654_435_761) as u32)
    }

    // ── events ──────────────────────────────────────────────────────────────────────

    pub fn push(&self, event: Value) {
        self.lock().waiting.push_back(event);
        self.changed();
    }

    /// People who got no answer to these send them again, before anything else.
    pub fn said_again(&self, lost: impl Fn(&str) -> bool) {
        let mut inner = self.lock();
        let is_lost = |e: &Value| lost(e["message"]["message_id"].as_str().unwrap_or_default());
        let (again, taken) = std::mem::take(&mut inner.taken).into_iter().partition(is_lost);
        inner.taken = taken;
        let again: Vec<Value> = again;
        for mut event in again.into_iter().rev() {
            event["message"]["message_id"] = json!(self.next_message());
            inner.waiting.push_front(event);
        }
        drop(inner);
        self.changed();
    }

    /// A poll begins: what was handed over before has been received.
    pub fn poll_begins(&self) {
        self.lock().came_again = true;
        self.changed();
    }

    /// What a poll gets; `None` if there is nothing.
    pub fn fetch(&self) -> Option<Value> {
        let mut inner = self.lock();
        let most = if self.habits.shape == Shape::List { 100 } else { 1 };
        let mut events = Vec::new();
        while events.len() < most
            && let Some(event) = inner.waiting.pop_front()
        {
            inner.taken.push(event.clone());
            inner.came_again = false;
            events.push(event);
        }
        if self.habits.for_ever && self.habits.shape == Shape::List {
            // All of it, in order.
            events = inner.taken.split_at(inner.taken.len().saturating_sub(most)).1.to_vec();
        } else if events.is_empty() && self.habits.for_ever && !inner.taken.is_empty() {
            let at = inner.round % inner.taken.len();
            events.push(inner.taken[at].clone());
            inner.round = at + 1;
        }
        let first = events.first().cloned()?;
        Some(match self.habits.shape {
            Shape::Wrapped => json!({"ok": true, "result": first}),
            Shape::Flat => first,
            Shape::List => json!({"ok": true, "result": events}),
        })
    }

    // ── events that are brought ─────────────────────────────────────────────────────

    /// Where an address leads: a proxy stands before the bot.
    pub fn led(&self, url: &str) -> Option<String> {
        let path = url.strip_prefix("https://")?.split_once('/')?.1;
        Some(format!("http://{}/{path}", self.habits.leads_to?))
    }

    /// Where events are brought, and the secret to be shown.
    pub fn address(&self) -> Option<(String, String)> {
        let url = self.led(&self.webhook()?)?;
        Some((url, self.lock().secret.clone()))
    }

    /// The event that is to be brought next.
    pub fn next_event(&self) -> Option<Value> {
        self.lock().waiting.front().cloned()
    }

    /// The bot has taken it.
    pub fn event_taken(&self) {
        let mut inner = self.lock();
        let event = inner.waiting.pop_front();
        inner.taken.extend(event);
        inner.came_again = true;
        drop(inner);
        self.changed();
    }

    pub fn all_taken(&self) -> bool {
        let inner = self.lock();
        inner.waiting.is_empty() && inner.came_again
    }

    /// Events handed over at least once.
    pub fn taken(&self) -> Vec<Value> {
        self.lock().taken.clone()
    }

    // ── calls ───────────────────────────────────────────────────────────────────────

    pub fn record(&self, method: &str, params: &Map<String, Value>) {
        let call = Call { method: method.to_string(), params: params.clone(), at: Instant::now() };
        self.lock().calls.push(call);
        self.changed();
    }

    pub fn calls(&self, method: &str) -> Vec<Call> {
        self.lock().calls.iter().filter(|c| c.method == method).cloned().collect()
    }

    pub fn deliver(&self, chat: &str, text: &str, photo: Option<String>) {
        let (chat, text) = (chat.to_string(), text.to_string());
        self.lock().replies.push(Reply { chat, text, photo, read: false });
        self.changed();
    }

    pub fn take_reply(&self, chat: &str) -> Option<Reply> {
        let mut inner = self.lock();
        let reply = inner.replies.iter_mut().find(|r| r.chat == chat && !r.read)?;
        reply.read = true;
        Some(reply.clone())
    }

    /// Marks all replies of a chat as read and gives them.
    pub fn take_all(&self, chat: &str) -> Vec<Reply> {
        std::iter::from_fn(|| self.take_reply(chat)).collect()
    }

    pub fn webhook(&self) -> Option<String> {
        self.lock().webhook.clone()
    }

    pub fn set_webhook(&self, url: Option<String>, secret: &str) {
        let mut inner = self.lock();
        (inner.webhook, inner.secret) = (url, secret.to_string());
        drop(inner);
        self.changed();
    }

    // ── faults ──────────────────────────────────────────────────────────────────────

    /// The token is reset by its owner, or holds again.
    pub fn void_token(&self, is_void: bool) {
        self.lock().token_is_void = is_void;
        self.changed();
    }

    pub fn token_is_void(&self) -> bool {
        self.lock().token_is_void
    }

    pub fn fail(&self, method: &str, chat: Option<&str>, fault: Fault) {
        self.lock().faults.push((method.to_string(), chat.map(str::to_string), fault));
    }

    pub fn take_fault(&self, method: &str, chat: Option<&str>) -> Option<Fault> {
        let mut inner = self.lock();
        let fits = |(m, c, _): &(String, Option<String>, Fault)| m == method && (c.is_none() || c.as_deref() == chat);
        let at = inner.faults.iter().position(fits)?;
        Some(inner.faults.remove(at).2)
    }

    pub fn violation(&self, what: String) {
        self.lock().violations.push(what);
    }
}

impl Watched for State {
    type Reply = Reply;

    fn changes(&self) -> watch::Receiver<()> {
        self.changes.subscribe()
    }

    fn unread(&self) -> Vec<Reply> {
        self.lock().replies.iter().filter(|r| !r.read).cloned().collect()
    }

    fn violations(&self) -> Vec<String> {
        self.lock().violations.clone()
    }
}
