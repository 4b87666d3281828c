//! The log and the numbers of the running program. Neither carries text of a message, a
//! name or an id of a person, or a token.
//!
//! Numbers are counted where things happen, through the functions of this file, and shown by
//! [`numbers`] in the text format of Prometheus. Before [`start_numbers`] nothing is counted.

use std::collections::HashMap;
use std::sync::{LazyLock, Mutex, OnceLock};
use std::time::Instant;

use metrics::{counter, describe_counter, describe_gauge, describe_histogram, gauge, histogram};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use tracing_subscriber::EnvFilter;

/// Begins to log at the level of `RUST_LOG`. The HTTP client writes request addresses,
/// which hold the bot's token, so it is kept to warnings whatever the filter says.
pub fn start(filter: &str) {
    let mut filter = EnvFilter::try_new(filter).unwrap_or_else(|_| EnvFilter::new("info"));
    for quiet in ["hyper=warn", "hyper_util=warn", "reqwest=warn", "rustls=warn", "teloxide=warn", "teloxide_core=warn"]
    {
        if let Ok(directive) = quiet.parse() {
            filter = filter.add_directive(directive);
        }
    }
    let ansi = std::io::IsTerminal::is_terminal(&std::io::stderr());
    // A second start (tests) keeps the first log.
    _ = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_ansi(ansi).try_init();
}

/// Bounds of the buckets of [`LATENCY`] (seconds).
const BUCKETS: [f64; 13] = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0];
const LATENCY: &str = "motcua_reply_seconds";
/// Chats whose answer is timed at the same time; more than that go untimed.
const TIMED: usize = 10_000;

static NUMBERS: OnceLock<Option<PrometheusHandle>> = OnceLock::new();
/// Since when a chat of a bot waits for an answer.
static WAITING: LazyLock<Mutex<HashMap<(i64, String), Instant>>> = LazyLock::new(Mutex::default);

/// Begins to count. Called again, it changes nothing.
pub fn start_numbers() {
    NUMBERS.get_or_init(|| {
        let builder = PrometheusBuilder::new().set_buckets(&BUCKETS).ok()?;
        let handle = builder.install_recorder().ok()?;
        describe_counter!("motcua_posts_total", "messages of counts handled");
        describe_counter!("motcua_replies_total", "messages sent");
        describe_counter!("motcua_nags_total", "reminders and digests told");
        describe_gauge!("motcua_inbox", "messages that wait to be handled");
        describe_gauge!("motcua_outbox", "messages that wait to be sent");
        describe_gauge!("motcua_outbox_oldest_seconds", "how long the oldest of them has been waiting");
        describe_gauge!("motcua_zalo_month_messages", "Zalo messages that a bot has sent this month");
        describe_gauge!("motcua_zalo_month_budget", "Zalo messages that a bot may send a month; 0: no limit");
        describe_histogram!(LATENCY, "from a message's arrival until its answer is with the platform");
        for name in ["motcua_posts_total", "motcua_replies_total", "motcua_nags_total"] {
            counter!(name).absolute(0);
        }
        Some(handle)
    });
}

/// All numbers as text; empty before [`start_numbers`].
pub fn numbers() -> String {
    let Some(handle) = NUMBERS.get().and_then(Option::as_ref) else { return String::new() };
    handle.run_upkeep();
    handle.render()
}

/// Messages of counts were handled.
pub fn posts(handled: usize) {
    counter!("motcua_posts_total").increment(u64::try_from(handled).unwrap_or(u64::MAX));
}

/// Reminders or digests were told.
pub fn nags(told: usize) {
    counter!("motcua_nags_total").increment(u64::try_from(told).unwrap_or(u64::MAX));
}

/// What waits now: messages to be handled, messages to be sent, and the age of the oldest of
/// these (seconds).
pub fn waiting(inbox: i64, outbox: i64, oldest: i64) {
    gauge!("motcua_inbox").set(as_number(inbox));
    gauge!("motcua_outbox").set(as_number(outbox));
    gauge!("motcua_outbox_oldest_seconds").set(as_number(oldest));
}

/// Zalo messages of a bot this month: sent, and allowed. Names may be the same, rows are not.
pub fn zalo_month((bot, name): (i64, &str), sent: i64, budget: i64) {
    let labels = [("bot", bot.to_string()), ("name", name.to_string())];
    gauge!("motcua_zalo_month_messages", &labels).set(as_number(sent));
    gauge!("motcua_zalo_month_budget", &labels).set(as_number(budget));
}

/// Somebody who will be answered has written to a bot.
pub fn arrived(bot: i64, chat: &str) {
    if NUMBERS.get().is_none() {
        return;
    }
    let mut waiting = WAITING.lock().unwrap_or_else(|e| e.into_inner());
    if waiting.len() < TIMED {
        waiting.entry((bot, chat.to_string())).or_insert_with(Instant::now);
    }
}

/// A message is with the platform; the time of whoever waits in that chat is taken.
pub fn replied(bot: i64, chat: &str) {
    if NUMBERS.get().is_none() {
        return;
    }
    counter!("motcua_replies_total").increment(1);
    let since = WAITING.lock().unwrap_or_else(|e| e.into_inner()).remove(&(bot, chat.to_string()));
    if let Some(since) = since {
        histogram!(LATENCY).record(since.elapsed().as_secs_f64());
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2⁵³")]
fn as_number(n: i64) -> f64 {
    n as f64
}
