//! The golden months over Telegram.

use std::collections::HashMap;

use serde_json::json;

use super::wire::{Platform, replay};
use super::{Months, Sent};
use crate::fake_telegram::{FakeTelegram, TOKEN};

struct Telegram {
    fake: FakeTelegram,
    /// The platform's ids of the messages.
    ids: HashMap<i64, i64>,
    messages: i64,
}

impl Platform for Telegram {
    fn settings(&self) -> Vec<(&'static str, String)> {
        let limits = ("MOTCUA_TELEGRAM_RATE", "0".to_string());
        vec![("TELOXIDE_TOKEN", TOKEN.to_string()), ("TELOXIDE_API_URL", self.fake.url().to_string()), limits]
    }

    fn send(&mut self, months: &Months, row: &Sent) {
        let user: i64 = months.people[&row.official].parse().unwrap();
        let chat = json!({"id": user, "type": "private", "first_name": "P"});
        let from = json!({"id": user, "is_bot": false, "first_name": "P"});
        let first = months.rows.iter().find(|r| r.message_id == row.message_id).unwrap();
        let id = *self.ids.entry(row.message_id).or_insert_with(|| self.fake.state().next_message());
        let mut message = json!({"message_id": id, "date": first.at, "from": from, "chat": chat, "text": row.text});
        self.messages += i64::from(row.kind != "duplicate");
        if row.kind == "edit" {
            message["edit_date"] = json!(row.at);
            self.fake.push(json!({"edited_message": message}));
        } else {
            self.fake.push(json!({"message": message}));
        }
    }

    fn all_received(&self) -> bool {
        self.fake.state().pending() == 0
    }

    fn messages(&self) -> i64 {
        self.messages
    }

    fn take_all(&self, account: &str) -> usize {
        self.fake.state().take_all(account.parse().unwrap()).len()
    }
}

async fn over_telegram(set: &'static str, kills: usize, seed: u64) -> usize {
    let months = Months::new(set, |id| ("--telegram", id.to_string()));
    let mut telegram = Telegram { fake: FakeTelegram::start(), ids: HashMap::new(), messages: 0 };
    replay(&months, &mut telegram, (kills, seed, 120)).await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_golden_months_through_telegram_give_every_expected_answer() {
    for set in ["r1", "r3"] {
        assert_eq!(over_telegram(set, 0, 1).await, 0, "a reply came twice");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn forty_kills_on_the_way_change_no_answer() {
    let repeats = over_telegram("r3", 40, 20_251_130).await;
    println!("40 kills: {repeats} replies came twice");
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "long: some minutes"]
async fn long_two_hundred_and_forty_kills_on_the_way_change_no_answer() {
    for (set, kills, seed) in [("r1", 80, 7), ("r3", 80, 8), ("r1", 40, 9), ("r3", 40, 10)] {
        let repeats = over_telegram(set, kills, seed).await;
        println!("{set}: {kills} kills, {repeats} replies came twice");
    }
}
