//! Every line of `golden/grammar.tsv` through the whole bot, in the terminal, on
//! Telegram and on Zalo: what stands in the database afterwards, what the reply shows, what may not be
//! found anywhere.

use std::collections::BTreeMap;

use motcua::store::Store;
use serde_json::Value;
use sqlx::Row;

use crate::fake_telegram::FakeTelegram;
use crate::fake_zalo::{BOT_NAME, FakeZalo};
use crate::office::{Office, at};
use crate::wire::Wire;

const OFFICE: &str = "
    INSERT INTO units (id, code, name) VALUES (1, 'X', 'UBND xã X');
    INSERT INTO officials (id, name) VALUES (1, 'Trần Thị Lan');
    INSERT INTO memberships (id, official_id, unit_id, role, since) VALUES (1, 1, 1, 'officer', 20000);
    INSERT INTO member_fields (membership_id, field_id, since)
        SELECT 1, id, 20000 FROM fields WHERE code IN ('HT', 'CT', 'BTXH', 'ĐĐ', 'NCN', 'KNTC', 'DS');
    INSERT INTO openings (unit_id, field_id, day, pending) SELECT 1, id, 20000, 3 FROM fields WHERE code = 'HT';
    INSERT INTO closed_periods (unit_id, first_day, last_day, period, closed_at)
        VALUES (1, 20741, 20771, 'thang 11/2026', 0);";

/// Days → field code → figure → value, zeros left out.
type Stands = BTreeMap<String, BTreeMap<String, BTreeMap<String, i64>>>;

async fn stands(store: &Store) -> Stands {
    let mut tx = store.read().await.unwrap();
    let rows = sqlx::query(
        "SELECT date(day * 86400, 'unixepoch'), f.code, '', 0, online, direct, postal, early, on_time, late, withdrawn
           FROM counts JOIN fields AS f ON f.id = field_id
         UNION ALL SELECT date(day * 86400, 'unixepoch'), ifnull(f.code, ''), i.key, value, 0, 0, 0, 0, 0, 0, 0
           FROM indicator_counts JOIN indicators AS i ON i.id = indicator_id LEFT JOIN fields AS f ON f.id = field_id
         UNION ALL SELECT date(day * 86400, 'unixepoch'), f.code, figure, value, 0, 0, 0, 0, 0, 0, 0
           FROM stocks JOIN fields AS f ON f.id = field_id",
    )
    .fetch_all(&mut *tx)
    .await
    .unwrap();
    let flows = [
        "received_online",
        "received_direct",
        "received_postal",
        "resolved_early",
        "resolved_on_time",
        "resolved_late",
        "withdrawn",
    ];
    let mut out = Stands::new();
    for r in rows {
        let figures = out.entry(r.get(0)).or_default().entry(r.get(1)).or_default();
        let key: String = r.get(2);
        if key.is_empty() {
            for (i, flow) in flows.iter().enumerate() {
                figures.insert(flow.to_string(), r.get(4 + i));
            }
        } else {
            figures.insert(key, r.get(3));
        }
        figures.retain(|_, v| *v != 0);
    }
    out
}

fn expected(day: &Value) -> Stands {
    serde_json::from_value(day.clone()).unwrap()
}

fn unescape(text: &str) -> String {
    let mut out = String::new();
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match (c, c == '\\') {
            (_, false) => out.push(c),
            _ => match chars.next() {
                Some('n') => out.push('\n'),
                Some('t') => out.push('\t'),
                Some('r') => out.push('\r'),
                Some('u') => {
                    let hex: String = chars.by_ref().take(4).collect();
                    out.push(char::from_u32(u32::from_str_radix(&hex, 16).unwrap()).unwrap());
                }
                other => out.extend(other),
            },
        }
    }
    out
}

/// One line of the golden file.
struct Case {
    id: &'static str,
    at: &'static str,
    text: String,
    expect: Value,
}

fn cases() -> Vec<Case> {
    let lines = include_str!("../golden/grammar.tsv").lines();
    let case = |line: &'static str| {
        let [id, at, text, expect] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line}") };
        Case { id, at, text: unescape(text), expect: serde_json::from_str(expect).unwrap() }
    };
    let cases: Vec<Case> = lines.filter(|l| !l.starts_with('#') && !l.starts_with("id\t")).map(case).collect();
    assert!(cases.len() > 100, "only {} cases", cases.len());
    cases
}

impl Case {
    fn list(&self, key: &str) -> impl Iterator<Item = &Value> {
        self.expect[key].as_array().into_iter().flatten()
    }

    fn given(&self) -> Vec<&str> {
        self.list("given").filter_map(Value::as_str).collect()
    }

    fn in_group(&self) -> bool {
        self.expect["chat"] == "group"
    }

    /// What is wrong with what came of the case, if anything is.
    async fn wrong(&self, store: &Store, reply: &str) -> Option<String> {
        let stands = stands(store).await;
        let allowed: Vec<&Value> = match self.expect["any_of"].as_array() {
            Some(any) => any.iter().map(|a| &a["day"]).collect(),
            None => vec![&self.expect["day"]],
        };
        if !allowed.iter().any(|a| expected(a) == stands) {
            return Some(format!("{}: stands {stands:?}, expected {allowed:?}\n{reply}", self.id));
        }
        if self.in_group() && self.expect["ignored"] == true && !reply.is_empty() {
            return Some(format!("{}: answered in a group:\n{reply}", self.id));
        }
        self.wrong_reply(reply).or_else(|| self.kept(store, reply)).map(|e| format!("{}: {e}:\n{reply}", self.id))
    }

    fn wrong_reply(&self, reply: &str) -> Option<String> {
        let refused = self.list("refused").filter_map(|r| r["word"].as_str()).find(|w| !reply.contains(w));
        let has = |has: &&str| !has.split('|').any(|h| reply.contains(h));
        let unsaid = self.list("reply_has").filter_map(Value::as_str).find(has);
        let asks = self.expect["ask"].is_string() && !reply.contains("[2]");
        let compares = self.expect["compare"].as_object().into_iter().flatten().find(|(_, c)| {
            let (stated, balance) = (c["stated"].to_string(), c["balance"].to_string());
            stated != balance && !(reply.contains(&stated) && reply.contains(&balance))
        });
        refused
            .or(unsaid)
            .map(|w| format!("the reply does not show {w}"))
            .or(asks.then(|| "does not ask".to_string()))
            .or(compares.map(|(_, c)| format!("does not compare {c}")))
    }

    /// Whether something is kept that must not be.
    fn kept(&self, store: &Store, reply: &str) -> Option<String> {
        let mut wal = store.path().as_os_str().to_owned();
        wal.push("-wal");
        let files = [std::fs::read(store.path()).unwrap(), std::fs::read(wal).unwrap_or_default()];
        let found = |never: &&str| {
            let in_file = |hay: &Vec<u8>| hay.windows(never.len()).any(|w| w == never.as_bytes());
            files.iter().any(in_file) || reply.contains(*never)
        };
        self.list("stores_not").filter_map(Value::as_str).find(found).map(|w| format!("{w} is kept"))
    }
}

#[tokio::test]
async fn every_line_of_the_golden_grammar_comes_to_what_it_should_in_the_terminal() {
    let mut wrong = Vec::new();
    // The terminal has no groups.
    for case in cases().iter().filter(|c| !c.in_group()) {
        let mut office = Office::new(case.at).await;
        office.set_up(OFFICE).await;
        office.clock.set(at(case.at) - chrono::TimeDelta::minutes(10));
        for given in case.given() {
            office.say("Lan", given).await;
            office.hears("Lan");
        }
        office.clock.set(at(case.at));
        office.say("Lan", &case.text).await;
        let reply = office.hears_all();
        wrong.extend(case.wrong(&office.store, &reply).await);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn every_line_of_the_golden_grammar_comes_to_what_it_should_on_telegram() {
    const LAN: i64 = 7001;
    const GROUP: i64 = -1001;
    let mut wrong = Vec::new();
    for case in cases() {
        let fake = FakeTelegram::start();
        let office = Wire::new(&fake).await;
        office.set_up(OFFICE).await;
        office.link(1, LAN).await;
        let time = at(case.at).timestamp();
        for given in case.given() {
            fake.say_at(LAN, given, time - 600);
            fake.reply(LAN).await;
        }
        let chat = if case.in_group() { GROUP } else { LAN };
        match case.in_group() {
            true => fake.say_in_group_at((GROUP, LAN), &case.text, time),
            false => fake.say_at(LAN, &case.text, time),
        };
        office.settled(&fake).await;
        let said = |r: crate::fake_telegram::Reply| {
            let labels = r.buttons.iter().enumerate().map(|(i, b)| format!("\n[{}] {}", i + 1, b.label));
            format!("{}{}", r.text, labels.collect::<String>())
        };
        let reply: Vec<String> = fake.state().take_all(chat).into_iter().map(said).collect();
        wrong.extend(case.wrong(&office.store, &reply.join("\n")).await);
        office.stop().await;
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn every_line_of_the_golden_grammar_comes_to_what_it_should_on_zalo() {
    const LAN: &str = "0000000000000000701a";
    const GROUP: &str = "group000000000000001";
    let mut wrong = Vec::new();
    for case in cases() {
        let fake = FakeZalo::start();
        let office = Wire::on_zalo(&fake).await;
        office.set_up(OFFICE).await;
        office.link_on("zalo", 1, LAN).await;
        let time = at(case.at).timestamp();
        for given in case.given() {
            fake.say_at(LAN, given, time - 600);
            fake.reply(LAN).await;
        }
        let chat = if case.in_group() { GROUP } else { LAN };
        match case.in_group() {
            // A bot in a group sees only what mentions it.
            true => fake.say_in_group((GROUP, LAN), &format!("@{BOT_NAME} {}", case.text), time),
            false => fake.say_at(LAN, &case.text, time),
        };
        office.settled_on_zalo(&fake).await;
        let reply: Vec<String> = fake.state().take_all(chat).into_iter().map(|r| r.text).collect();
        wrong.extend(case.wrong(&office.store, &reply.join("\n")).await);
        office.stop().await;
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}
