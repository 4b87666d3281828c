//! The server as a program of its own, told by lines what people do:
//!
//! ```text
//! say USER TEXT                             a message in a private chat
//! load POSTS CHATS IN_FLIGHT PAUSE_MS       a load; its result is one line of JSON
//! ```
//!
//! Replies are printed as JSON, one a line. Ends with its standard input.

use std::io::{BufRead, Write};
use std::sync::Arc;
use std::time::Duration;

use serde_json::json;

use super::FakeTelegram;
use super::load::{self, Plan};
use super::loopback::Watched;
use super::state::State;

/// First chat of a load.
pub const FIRST_CHAT: i64 = 100_001;

/// Serves until standard input ends. The first line printed is the server's address.
pub fn run(address: &str, texts: &[String]) {
    let telegram = FakeTelegram::start_on(address);
    say(telegram.url());
    let state = telegram.state().clone();
    std::thread::spawn(move || {
        loop {
            std::thread::sleep(Duration::from_millis(50));
            print_replies(&state);
        }
    });
    for line in std::io::stdin().lock().lines().map_while(Result::ok) {
        let words: Vec<&str> = line.splitn(3, ' ').collect();
        match words[..] {
            ["say", user, text] => {
                telegram.say(user.parse().unwrap(), text);
            }
            ["load", ..] => {
                let n: Vec<u64> = line.split(' ').skip(1).map(|w| w.parse().unwrap()).collect();
                run_load(telegram.state(), n[0] as usize, n[1] as usize, n[2] as usize, n[3], texts);
            }
            _ => eprintln!("say USER TEXT | load POSTS CHATS IN_FLIGHT PAUSE_MS"),
        }
    }
    print_replies(telegram.state());
    // Whoever talks to us here may break the rules on purpose; only tests answer for that.
    std::process::exit(0);
}

fn print_replies(state: &State) {
    for reply in state.unread() {
        let _ = state.take_reply(reply.chat);
        say(&json!({"chat": reply.chat, "text": reply.text}).to_string());
    }
}

fn run_load(state: &Arc<State>, posts: usize, chats: usize, in_flight: usize, pause_ms: u64, texts: &[String]) {
    let pause = Duration::from_millis(pause_ms);
    let plan = Plan { chats, first_chat: FIRST_CHAT, posts, in_flight, pause, texts: texts.to_vec() };
    load::begin(state, plan);
    let result = loop {
        std::thread::sleep(Duration::from_millis(20));
        match load::result(state) {
            Some((true, result)) => break result,
            Some((false, result)) if result.took > Duration::from_secs(180) => break result,
            _ => {}
        }
    };
    load::end(state);
    let at = |share: f64| {
        let last = result.waits.len().saturating_sub(1);
        result.waits.get((last as f64 * share).round() as usize).map_or(0.0, Duration::as_secs_f64) * 1000.0
    };
    say(&json!({"answered": result.answered, "took_ms": result.took.as_secs_f64() * 1000.0, "p50_ms": at(0.5),
        "p99_ms": at(0.99), "max_ms": at(1.0)})
    .to_string());
}

fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}
