//! The golden offices, played message by message through the terminal; each answer is asked
//! for at its own moment, before anything later is said.

use std::collections::HashMap;

use chrono::NaiveDate;
use motcua::app::opening;
use motcua::domain::calendar::DayKind;
use motcua::domain::official::Role;
use motcua::domain::period::Scheme;
use motcua::store::directory;
use motcua::store::holidays::{self, Holiday};
use motcua::store::officials::{self, Joining};
use motcua::store::openings::Opening;
use motcua::store::units::{self, NewUnit};
use serde_json::Value;

use crate::office::{Office, at};

/// A golden set, such as `r3`.
pub struct Golden {
    setup: Value,
    messages: Vec<Message>,
    pub checks: Vec<Value>,
    /// Names of officials by the keys of the messages.
    names: HashMap<String, String>,
    /// Messages sent so far, by official, for edits.
    sent: HashMap<String, Vec<String>>,
    next: usize,
}

/// A row of `messages.tsv`.
struct Message {
    at: String,
    official: String,
    kind: String,
    id: String,
    text: String,
}

fn file(set: &str, name: &str) -> String {
    std::fs::read_to_string(format!("{}/tests/golden/{set}/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap()
}

fn day(value: &Value) -> NaiveDate {
    text(value).parse().unwrap()
}

impl Golden {
    pub fn read(set: &str) -> Golden {
        let setup: Value = serde_json::from_str(&file(set, "setup.json")).unwrap();
        let expected: Value = serde_json::from_str(&file(set, "expected.json")).unwrap();
        let mut checks = list(&expected["checks"]).to_vec();
        checks.sort_by_key(|c| at(text(&c["as_of"])));
        let names = list(&setup["officials"]).iter().map(|o| (text(&o["key"]).into(), text(&o["name"]).into()));
        Golden {
            names: names.collect(),
            messages: file(set, "messages.tsv").lines().skip(1).map(message).collect(),
            checks,
            sent: HashMap::new(),
            next: 0,
            setup,
        }
    }

    /// Enters units, people, days off and opening balances.
    pub async fn set_up(&self, office: &Office) {
        let mut tx = office.store.write().await.unwrap();
        let dir = directory::load(&mut tx).await.unwrap();
        let field = |code: &Value| dir.fields.iter().find(|f| f.code == text(code)).unwrap().id;
        let mut by_code = HashMap::new();
        for u in list(&self.setup["units"]) {
            let (code, scheme) = (text(&u["code"]), Scheme::from_key(text(&u["scheme"])).unwrap());
            let new = NewUnit { code, name: text(&u["name"]), parent: None, scheme, practice: false };
            by_code.insert(code, units::add(&mut tx, &new).await.unwrap());
        }
        for o in list(&self.setup["officials"]) {
            let official = officials::create(&mut tx, text(&o["name"])).await.unwrap();
            let (unit, since) = (by_code[text(&o["unit"])], day(&o["since"]));
            let joining = Joining { official, unit, role: Role::from_key(text(&o["role"])).unwrap(), since };
            let membership = officials::join(&mut tx, joining).await.unwrap();
            let fields: Vec<_> = list(&o["fields"]).iter().map(field).collect();
            officials::hold(&mut tx, membership, &fields, since).await.unwrap();
        }
        for (days, kind) in [("holidays", DayKind::Off), ("worked_days", DayKind::Work)] {
            for d in list(&self.setup[days]) {
                holidays::set(&mut tx, &Holiday { day: day(d), kind, name: String::new() }).await.unwrap();
            }
        }
        for o in list(&self.setup["openings"]) {
            let opening = Opening {
                day: day(&o["day"]),
                pending: o["pending"].as_i64().unwrap(),
                late: o["late"].as_i64().unwrap(),
            };
            let place = (by_code[text(&o["unit"])], field(&o["field"]));
            opening::set(&mut tx, (None, at("2022-12-01").timestamp()), place, opening).await.unwrap();
        }
        tx.commit().await.unwrap();
    }

    /// Says everything that was sent up to `time`; the terminal knows no second delivery.
    pub async fn play_until(&mut self, office: &mut Office, time: &str) {
        while let Some(m) = self.messages.get(self.next).filter(|m| at(&m.at) <= at(time)) {
            self.next += 1;
            office.move_to(&m.at);
            let name = &self.names[&m.official];
            let sent = self.sent.entry(m.official.clone()).or_default();
            match m.kind.as_str() {
                "message" | "command" => {
                    office.say(name, &m.text).await;
                    sent.push(m.id.clone());
                }
                "edit" => {
                    let back = sent.iter().rev().position(|id| *id == m.id).unwrap() as i64 + 1;
                    office.edit_back(name, back, &m.text).await;
                }
                "duplicate" => {}
                other => panic!("{other}"),
            }
            office.hears_all();
        }
        office.move_to(time);
    }
}

fn message(line: &str) -> Message {
    let [_, at, official, kind, id, text, _] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line}") };
    let own = |s: &str| s.to_string();
    Message { at: own(at), official: own(official), kind: own(kind), id: own(id), text: unescape(text) }
}

/// `\n`, `\t` and `\\` of the table.
fn unescape(text: &str) -> String {
    let mut out = String::new();
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match (c, c == '\\') {
            (c, false) => out.push(c),
            _ => match chars.next() {
                Some('n') => out.push('\n'),
                Some('t') => out.push('\t'),
                other => out.extend(other),
            },
        }
    }
    out
}
