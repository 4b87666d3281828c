//! What the platform knows: updates not acknowledged yet, messages sent, faults to come.

use std::collections::{HashMap, VecDeque};
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard};
use std::time::{Duration, Instant};

use serde_json::{Map, Value, json};
use tokio::sync::watch;

use super::loopback::Watched;

use super::load::Load;

/// What goes wrong with one call.
#[derive(Clone, Debug)]
pub enum Fault {
    /// 429 with `retry_after` seconds.
    TooMany(u64),
    /// 403: the person blocked the bot.
    Blocked,
    /// Any other refusal.
    Refused(u16, &'static str),
    /// 5xx with a page that is no JSON.
    Broken(u16),
    /// The connection ends before anything was done.
    DropBefore,
    /// It is done, and the connection ends without an answer.
    DropAfter,
    /// getUpdates comes back empty before its time.
    Empty,
    /// Answers late.
    Slow(Duration),
}

/// A call as it came.
#[derive(Clone, Debug)]
pub struct Call {
    pub method: String,
    pub params: Map<String, Value>,
    pub at: Instant,
}

/// A button under a reply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Button {
    pub label: String,
    pub data: String,
}

/// A message that the bot sent.
#[derive(Clone, Debug)]
pub struct Reply {
    pub chat: i64,
    pub message_id: i64,
    pub text: String,
    pub buttons: Vec<Button>,
    pub thread: Option<i64>,
    pub reply_to: Option<i64>,
    /// Name and bytes of a document or photo.
    pub file: Option<(String, Vec<u8>)>,
    read: bool,
}

/// An update as it waits.
struct Update {
    id: i64,
    json: String,
}

#[derive(Default)]
struct Inner {
    waiting: VecDeque<Update>,
    acknowledged: Vec<Update>,
    next_update: i64,
    calls: Vec<Call>,
    replies: Vec<Reply>,
    faults: Vec<(String, Option<i64>, Fault)>,
    moved: HashMap<i64, i64>,
    files: HashMap<String, Vec<u8>>,
    violations: Vec<String>,
    menus: HashMap<String, Value>,
}

/// Everything, behind one lock.
pub struct State {
    inner: Mutex<Inner>,
    next_message: AtomicI64,
    /// Counts polls: the newest ends the one before.
    polls: AtomicU64,
    changes: watch::Sender<()>,
    /// Set while the server is a load test's.
    pub load: Mutex<Option<Load>>,
}

impl Default for State {
    fn default() -> State {
        State {
            inner: Mutex::new(Inner { next_update: 1001, ..Inner::default() }),
            next_message: AtomicI64::new(1),
            polls: AtomicU64::new(0),
            changes: watch::Sender::new(()),
            load: Mutex::new(None),
        }
    }
}

impl State {
    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(|e| e.into_inner())
    }

    pub fn changed(&self) {
        self.changes.send_replace(());
    }

    pub fn next_message(&self) -> i64 {
        self.next_message.fetch_add(1, Ordering::Relaxed)
    }

    // ── updates ─────────────────────────────────────────────────────────────────────

    pub fn push(&self, mut update: Value) {
        let mut inner = self.lock();
        update["update_id"] = json!(inner.next_update);
        let id = inner.next_update;
        inner.next_update += 1;
        inner.waiting.push_back(Update { id, json: update.to_string() });
        drop(inner);
        self.changed();
    }

    /// Many at once, already written as JSON without their ids: `{` is put before them.
    pub fn push_written(&self, updates: Vec<String>) {
        let mut inner = self.lock();
        for rest in updates {
            let id = inner.next_update;
            inner.next_update += 1;
            inner.waiting.push_back(Update { id, json: format!("{{\"update_id\":{id},{rest}") });
        }
        drop(inner);
        self.changed();
    }

    /// Confirms all below `offset`, as the platform does; gives up to `limit` of the rest.
    pub fn fetch(&self, offset: Option<i64>, limit: usize) -> Option<String> {
        let mut inner = self.lock();
        if let Some(offset) = offset.filter(|o| *o > 0) {
            let mut confirmed = false;
            while inner.waiting.front().is_some_and(|u| u.id < offset) {
                let update = inner.waiting.pop_front();
                inner.acknowledged.extend(update);
                confirmed = true;
            }
            if confirmed {
                self.changed();
            }
        }
        if inner.waiting.is_empty() {
            return None;
        }
        let mut json = String::from("[");
        for (n, update) in inner.waiting.iter().take(limit).enumerate() {
            if n > 0 {
                json.push(',');
            }
            json.push_str(&update.json);
        }
        json.push(']');
        Some(json)
    }

    pub fn pending(&self) -> usize {
        self.lock().waiting.len()
    }

    pub fn redeliver_all(&self) {
        let mut inner = self.lock();
        let again = std::mem::take(&mut inner.acknowledged);
        for update in again.into_iter().rev() {
            inner.waiting.push_front(update);
        }
        drop(inner);
        self.changed();
    }

    pub fn restart_ids_at(&self, id: i64) {
        self.lock().next_update = id;
    }

    /// A new poll begins; returns its number.
    pub fn new_poll(&self) -> u64 {
        let n = self.polls.fetch_add(1, Ordering::SeqCst) + 1;
        self.changed();
        n
    }

    pub fn is_newest_poll(&self, n: u64) -> bool {
        self.polls.load(Ordering::SeqCst) == n
    }

    // ── calls ───────────────────────────────────────────────────────────────────────

    pub fn record(&self, method: &str, params: &Map<String, Value>) {
        let call = Call { method: method.to_string(), params: params.clone(), at: Instant::now() };
        self.lock().calls.push(call);
        self.changed();
    }

    pub fn calls(&self, method: &str) -> Vec<Call> {
        self.lock().calls.iter().filter(|c| c.method.eq_ignore_ascii_case(method)).cloned().collect()
    }

    pub fn deliver(&self, reply: Reply) {
        self.lock().replies.push(reply);
        self.changed();
    }

    pub fn take_reply(&self, chat: i64) -> Option<Reply> {
        let mut inner = self.lock();
        let reply = inner.replies.iter_mut().find(|r| r.chat == chat && !r.read)?;
        reply.read = true;
        Some(reply.clone())
    }

    pub fn replies(&self) -> Vec<Reply> {
        self.lock().replies.clone()
    }

    /// Marks all replies of a chat as read and gives them.
    pub fn take_all(&self, chat: i64) -> Vec<Reply> {
        let mut inner = self.lock();
        let mine = inner.replies.iter_mut().filter(|r| r.chat == chat && !r.read);
        mine.map(|r| {
            r.read = true;
            r.clone()
        })
        .collect()
    }

    pub fn edit_reply(&self, chat: i64, message_id: i64, change: impl FnOnce(&mut Reply)) -> bool {
        let mut inner = self.lock();
        match inner.replies.iter_mut().find(|r| r.chat == chat && r.message_id == message_id) {
            Some(reply) => {
                change(reply);
                true
            }
            None => false,
        }
    }

    pub fn keep_file(&self, bytes: Vec<u8>) -> String {
        let mut inner = self.lock();
        let id = format!("file{}", inner.files.len() + 1);
        inner.files.insert(id.clone(), bytes);
        id
    }

    pub fn file(&self, id: &str) -> Option<Vec<u8>> {
        self.lock().files.get(id).cloned()
    }

    pub fn set_menu(&self, scope: String, commands: Value) {
        self.lock().menus.insert(scope, commands);
    }

    pub fn menu(&self, scope: &str) -> Option<Value> {
        self.lock().menus.get(scope).cloned()
    }

    // ── faults ──────────────────────────────────────────────────────────────────────

    pub fn fail(&self, method: &str, chat: Option<i64>, fault: Fault) {
        self.lock().faults.push((method.to_lowercase(), chat, fault));
    }

    pub fn take_fault(&self, method: &str, chat: Option<i64>) -> Option<Fault> {
        let mut inner = self.lock();
        let at =
            inner.faults.iter().position(|(m, c, _)| m.eq_ignore_ascii_case(method) && (c.is_none() || *c == chat))?;
        Some(inner.faults.remove(at).2)
    }

    pub fn moved(&self, old: i64, new: i64) {
        self.lock().moved.insert(old, new);
    }

    pub fn moved_to(&self, chat: i64) -> Option<i64> {
        self.lock().moved.get(&chat).copied()
    }

    pub fn violation(&self, what: String) {
        self.lock().violations.push(what);
    }
}

impl Reply {
    pub fn new(chat: i64, message_id: i64, text: String) -> Reply {
        Reply { chat, message_id, text, buttons: Vec::new(), thread: None, reply_to: None, file: None, read: false }
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
