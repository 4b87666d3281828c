//! The golden months over Zalo: by polling in both redelivery behaviours that implementers
//! report, and by webhook in both shapes.
//!
//! Zalo knows no edits: where the months hold one, the person sends `/hoantac` and the
//! message again. What a deliver-once platform handed over and a kill lost before it was
//! stored had no answer: the person sends it again, as the bot asks after a gap.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicU16, Ordering};
use std::time::Duration;

use super::wire::{Platform, replay};
use super::{Months, Sent};
use crate::fake_zalo::{FakeZalo, Habits, Idle, Shape, TOKEN, text_event};

struct Zalo {
    fake: FakeZalo,
    messages: i64,
    /// What was sent for a row, should the platform repeat it.
    sent: Vec<(i64, serde_json::Value)>,
}

/// Ids are some twenty hexadecimal digits.
fn account(telegram: i64) -> (&'static str, String) {
    ("--zalo", format!("{telegram:020x}"))
}

impl Zalo {
    fn say(&mut self, user: &str, text: &str, date: i64) -> serde_json::Value {
        let event = text_event(&self.fake.state().next_message(), (user, user), text, date);
        self.fake.push(event.clone());
        self.messages += 1;
        event
    }
}

impl Platform for Zalo {
    fn settings(&self) -> Vec<(&'static str, String)> {
        let mut settings = vec![("ZALO_BOT_TOKEN", TOKEN.to_string()), ("ZALO_API_URL", self.fake.url().to_string())];
        if let Some(address) = self.fake.state().habits.leads_to {
            settings.push(("MOTCUA_ZALO_MODE", "webhook".into()));
            settings.push(("MOTCUA_LISTEN", address.to_string()));
            settings.push(("MOTCUA_PUBLIC_URL", "https://motcua.xa.gov.vn".into()));
            settings.push(("MOTCUA_WEBHOOK_SECRET", "0123456789abcdef0123456789abcdef".into()));
        }
        settings
    }

    fn send(&mut self, months: &Months, row: &Sent) {
        let user = months.people[&row.official].clone();
        let first = months.rows.iter().find(|r| r.message_id == row.message_id).unwrap();
        if row.kind == "duplicate" {
            let (_, event) = self.sent.iter().find(|(id, _)| *id == row.message_id).unwrap();
            self.fake.push(event.clone());
            return;
        }
        // An edit that cannot be read leaves the message as it is.
        if row.kind == "edit" && first.final_text == row.text {
            self.say(&user, "/hoantac", row.at);
        }
        let event = self.say(&user, &row.text, first.at);
        self.sent.push((row.message_id, event));
    }

    fn all_received(&self) -> bool {
        self.fake.state().all_taken()
    }

    fn messages(&self) -> i64 {
        self.messages
    }

    fn killed(&mut self, stored: &[String]) {
        let habits = self.fake.state().habits;
        // What is brought comes until it is taken.
        if !habits.for_ever && habits.leads_to.is_none() {
            self.fake.state().said_again(|id| !stored.iter().any(|s| s == id));
        }
    }

    fn take_all(&self, account: &str) -> usize {
        self.fake.state().take_all(account).len()
    }
}

async fn over_zalo(set: &'static str, habits: Habits, (kills, seed, longest): (usize, u64, u64)) -> usize {
    let months = Months::new(set, account);
    let mut zalo = Zalo { fake: FakeZalo::start_with(habits), messages: 0, sent: Vec::new() };
    replay(&months, &mut zalo, (kills, seed, longest)).await
}

/// Lists, so that a month does not take as long as it has messages: a poll a second.
fn quick(for_ever: bool) -> Habits {
    let idle = if for_ever { Idle::Http200 } else { Idle::Http408 };
    Habits { for_ever, idle, shape: Shape::List, hold: Duration::from_secs(5), leads_to: None }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_golden_months_through_zalo_give_every_expected_answer_when_events_come_once() {
    for set in ["r1", "r3"] {
        assert_eq!(over_zalo(set, quick(false), (0, 1, 1)).await, 0, "a reply came twice");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_golden_months_through_zalo_give_every_expected_answer_when_events_come_for_ever() {
    for set in ["r1", "r3"] {
        assert_eq!(over_zalo(set, quick(true), (0, 1, 1)).await, 0, "a reply came twice");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn kills_on_the_way_through_zalo_change_no_answer() {
    for (for_ever, seed) in [(true, 11), (false, 12)] {
        let repeats = over_zalo("r3", quick(for_ever), (20, seed, 400)).await;
        println!("20 kills, for ever {for_ever}: {repeats} replies came twice");
    }
}

/// By webhook; of two shapes one brings everything twice.
fn hooked(shape: Shape) -> Habits {
    let leads_to = Some(SocketAddr::from(([127, 0, 0, 1], free_port())));
    Habits { shape, for_ever: shape == Shape::Flat, leads_to, ..Habits::default() }
}

/// A port that nobody uses, below those that the system gives out by itself: the program
/// finds it free at each of its starts.
fn free_port() -> u16 {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let first = u16::try_from(std::process::id() % 100).unwrap() * 100;
    let mut ports = std::iter::repeat_with(|| 20_000 + first + NEXT.fetch_add(1, Ordering::Relaxed) % 100);
    ports.find(|port| std::net::TcpListener::bind(("127.0.0.1", *port)).is_ok()).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_golden_months_by_zalos_webhook_give_every_expected_answer_in_both_shapes() {
    for (shape, sets) in [(Shape::Wrapped, ["r1", "r3"]), (Shape::Flat, ["r3", "r1"])] {
        for set in sets {
            assert_eq!(over_zalo(set, hooked(shape), (0, 1, 1)).await, 0, "a reply came twice");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn kills_on_the_way_by_zalos_webhook_change_no_answer() {
    for (shape, seed) in [(Shape::Wrapped, 31), (Shape::Flat, 32)] {
        let repeats = over_zalo("r3", hooked(shape), (20, seed, 300)).await;
        println!("20 kills, {shape:?}: {repeats} replies came twice");
    }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "long: a poll a second, some twenty minutes"]
async fn long_the_golden_months_one_event_a_poll_with_kills() {
    for (for_ever, shape, seed) in [(false, Shape::Wrapped, 21), (false, Shape::Flat, 22), (true, Shape::Wrapped, 23)] {
        let habits = Habits { for_ever, shape, ..quick(for_ever) };
        for set in ["r1", "r3"] {
            let repeats = over_zalo(set, habits, (10, seed, 1500)).await;
            println!("{set}, for ever {for_ever}, {shape:?}: {repeats} replies came twice");
        }
    }
}
