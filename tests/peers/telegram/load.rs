//! A load: messages waiting from many chats, answers counted and timed. Kept out of the
//! script's records, so that the server's own work stays small.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::state::State;

/// What is asked of the bot.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Chats that write, with ids from `first_chat` on.
    pub chats: usize,
    pub first_chat: i64,
    /// Messages in all.
    pub posts: usize,
    /// Messages of a chat that may be unanswered at a time; 0: all at once.
    pub in_flight: usize,
    /// Pause between an answer and the chat's next message.
    pub pause: Duration,
    /// Texts, taken in turn.
    pub texts: Vec<String>,
}

/// How a load went.
#[derive(Clone, Debug)]
pub struct Result {
    pub answered: usize,
    /// From the first message to the last answer.
    pub took: Duration,
    /// From each message to its answer, sorted; only where one is in flight a chat.
    pub waits: Vec<Duration>,
}

/// A load under way.
pub struct Load {
    plan: Plan,
    asked: usize,
    answered: usize,
    started: Instant,
    ended: Option<Instant>,
    since: HashMap<i64, Instant>,
    waits: Vec<Duration>,
}

/// Begins a load; its first messages wait for the bot at once.
pub fn begin(state: &State, plan: Plan) {
    let first = if plan.in_flight == 0 { plan.posts } else { (plan.chats * plan.in_flight).min(plan.posts) };
    let updates = (0..first).map(|n| written(state, &plan, plan.first_chat + (n % plan.chats) as i64, n)).collect();
    let now = Instant::now();
    let mut load = Load {
        asked: first,
        answered: 0,
        started: now,
        ended: None,
        since: HashMap::new(),
        waits: Vec::with_capacity(plan.posts),
        plan,
    };
    if load.plan.in_flight == 1 {
        load.since = (0..first).map(|n| (load.plan.first_chat + n as i64, now)).collect();
    }
    *state.load.lock().unwrap() = Some(load);
    state.push_written(updates);
}

/// What came of it so far; over once all are answered.
pub fn result(state: &State) -> Option<(bool, Result)> {
    let load = state.load.lock().unwrap();
    let load = load.as_ref()?;
    let mut waits = load.waits.clone();
    waits.sort_unstable();
    let took = load.ended.unwrap_or_else(Instant::now) - load.started;
    Some((load.ended.is_some(), Result { answered: load.answered, took, waits }))
}

/// Ends a load: the script's records are kept again.
pub fn end(state: &State) {
    *state.load.lock().unwrap() = None;
}

/// Counts an answer and has the chat go on; false where no load is under way.
pub fn answered(state: &Arc<State>, chat: i64) -> bool {
    let mut guard = state.load.lock().unwrap();
    let Some(load) = guard.as_mut() else { return false };
    let now = Instant::now();
    load.answered += 1;
    if let Some(since) = load.since.remove(&chat) {
        load.waits.push(now - since);
    }
    if load.answered == load.plan.posts {
        load.ended = Some(now);
        state.changed();
    }
    if load.plan.in_flight > 0 && load.asked < load.plan.posts {
        load.asked += 1;
        let update = written(state, &load.plan, chat, load.asked);
        load.since.insert(chat, now + load.plan.pause);
        let pause = load.plan.pause;
        drop(guard);
        if pause.is_zero() {
            state.push_written(vec![update]);
        } else {
            let state = state.clone();
            tokio::spawn(async move {
                tokio::time::sleep(pause).await;
                // Timed from here: sleeping is coarse.
                if let Some(load) = state.load.lock().unwrap().as_mut() {
                    load.since.insert(chat, Instant::now());
                }
                state.push_written(vec![update]);
            });
        }
    }
    true
}

fn written(state: &State, plan: &Plan, chat: i64, n: usize) -> String {
    let text = plan.texts[(n + n / plan.chats) % plan.texts.len()]
        .replace('\\', "\\\\")
        .replace('"', "\\\"")
        .replace('\n', "\\n");
    let (id, date) = (state.next_message(), super::now());
    format!(
        "\"message\":{{\"message_id\":{id},\"date\":{date},\"from\":{{\"id\":{chat},\"is_bot\":false,\
         \"first_name\":\"P\"}},\"chat\":{{\"id\":{chat},\"type\":\"private\",\"first_name\":\"P\"}},\
         \"text\":\"{text}\"}}}}"
    )
}
