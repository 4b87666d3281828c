//! The server as a program of its own, told by lines what people do:
//!
//! ```text
//! say USER TEXT        a message in a private chat
//! ```
//!
//! Replies are printed as JSON, one a line. Ends with its standard input.

use std::io::{BufRead, Write};
use std::time::Duration;

use serde_json::json;

use super::loopback::Watched;
use super::state::{Habits, Idle, Shape, State};
use super::{FakeZalo, TOKEN};

/// Habits by their names on the command line: `for-ever`, `http-408`, `flat`, `list`,
/// `hold-MS`.
pub fn habits(words: impl Iterator<Item = String>) -> Habits {
    let mut habits = Habits { hold: Duration::from_secs(2), ..Habits::default() };
    for word in words {
        match word.as_str() {
            "for-ever" => habits.for_ever = true,
            "http-408" => habits.idle = Idle::Http408,
            "flat" => habits.shape = Shape::Flat,
            "list" => habits.shape = Shape::List,
            other => match other.strip_prefix("hold-").and_then(|ms| ms.parse().ok()) {
                Some(ms) => habits.hold = Duration::from_millis(ms),
                None => panic!("{other}: for-ever | http-408 | flat | list | hold-MS"),
            },
        }
    }
    habits
}

/// Serves until standard input ends. The first line printed is the server's address.
pub fn run(address: &str, habits: Habits) {
    let zalo = FakeZalo::start_on(address, habits);
    say(zalo.url());
    let state = zalo.state().clone();
    std::thread::spawn(move || {
        loop {
            std::thread::sleep(Duration::from_millis(50));
            print_replies(&state);
        }
    });
    for line in std::io::stdin().lock().lines().map_while(Result::ok) {
        match line.splitn(3, ' ').collect::<Vec<_>>()[..] {
            ["say", user, text] => _ = zalo.say(user, text),
            _ => eprintln!("say USER TEXT; the token is {TOKEN}"),
        }
    }
    print_replies(zalo.state());
}

fn print_replies(state: &State) {
    for reply in state.unread() {
        let _ = state.take_reply(&reply.chat);
        say(&json!({"chat": reply.chat, "text": reply.text}).to_string());
    }
}

fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}
