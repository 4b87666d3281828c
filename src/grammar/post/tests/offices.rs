//! Reading and replay alone bring out the totals that the two offices printed.

use super::golden::{office_day, unescape};
use super::*;

/// One message as it stands: what it said of which day and field.
type Message = Vec<((NaiveDate, String), Said)>;

/// What one official has sent, less what was undone.
struct Sender {
    fields: Vec<String>,
    messages: Vec<Message>,
}

impl Sender {
    fn handle(&mut self, text: &str, today: NaiveDate, vocabulary: &Vocabulary) {
        if text == "/hoantac" {
            self.messages.pop();
            return;
        }
        let reading = read(text, today, true, vocabulary).expect("an entry");
        let mut message = Message::new();
        for good in reading.lines.iter().filter_map(|l| if let Judged::Good(g) = l { Some(g) } else { None }) {
            let fields = match good.scope {
                Scope::Field(id) => vec![code(id).to_string()],
                Scope::Unit => vec![String::new()],
                Scope::All => self.fields.clone(),
                Scope::Rest => {
                    let posted: Vec<_> = self.messages.iter().flatten().chain(&message).map(|(key, _)| key).collect();
                    let open = |f: &&String| !posted.contains(&&(good.day, f.to_string()));
                    self.fields.iter().filter(open).cloned().collect()
                }
            };
            for field in fields {
                let key = (good.day, field);
                match &good.what {
                    What::Zero => message.push((key, Said::Zero)),
                    What::Entries { entries, .. } => {
                        message.push((key.clone(), Said::Present));
                        message.extend(entries.iter().map(|e| (key.clone(), Said::Entry(*e))));
                    }
                }
            }
        }
        if !message.is_empty() {
            self.messages.push(message);
        }
    }

    /// Sums over the days `from` to `to`, by key of figure and indicator.
    fn add_to(&self, sums: &mut BTreeMap<String, i64>, from: NaiveDate, to: NaiveDate) {
        let mut said: BTreeMap<&(NaiveDate, String), Vec<Said>> = BTreeMap::new();
        self.messages.iter().flatten().for_each(|(key, what)| said.entry(key).or_default().push(*what));
        for (_, said) in said.into_iter().filter(|((day, _), _)| (from..=to).contains(day)) {
            let count = replay(&said);
            for row in &crate::domain::figure::FIGURES {
                *sums.entry(row.key.to_string()).or_default() += count.flows.get(row.figure);
            }
            for (id, n) in count.indicators {
                *sums.entry(subject_key(Subject::Indicator(id)).to_string()).or_default() += n;
            }
        }
    }
}

fn check(messages: &str, setup: &str, expected: &str) {
    let (setup, expected): (Value, Value) = (json_of(setup), json_of(expected));
    let texts =
        |v: &Value| v.as_array().expect("a list").iter().map(|f| f.as_str().expect("text").to_string()).collect();
    let in_use: Vec<String> = texts(&setup["fields"]);
    let vocabulary = vocabulary(&in_use.iter().map(String::as_str).collect::<Vec<_>>());
    let mut senders: BTreeMap<&str, Sender> = BTreeMap::new();
    for official in setup["officials"].as_array().expect("officials") {
        let sender = Sender { fields: texts(&official["fields"]), messages: Vec::new() };
        senders.insert(official["key"].as_str().expect("a key"), sender);
    }
    let mut last = "";
    for row in messages.lines().skip(1) {
        let cells: Vec<&str> = row.split('\t').collect();
        last = cells[1];
        if matches!(cells[3], "message" | "command") {
            let sender = senders.get_mut(cells[2]).expect("an official");
            sender.handle(&unescape(cells[6]), office_day(cells[1]), &vocabulary);
        }
    }
    let mut run = 0;
    for check in expected["checks"].as_array().expect("checks").iter().filter(|c| c["as_of"].as_str() > Some(last)) {
        let summary = &check["summary"];
        let bound = |name: &str| day(summary["period"][name].as_str().expect("a day"));
        let mut sums = BTreeMap::new();
        senders.values().for_each(|s| s.add_to(&mut sums, bound("from"), bound("to")));
        for (key, sum) in sums.iter().filter(|(_, n)| **n != 0) {
            let printed = [&summary["total"][key], &summary["indicators"][key]].into_iter().find_map(Value::as_i64);
            assert_eq!(Some(*sum), printed, "{key} in {}", check["period"]);
        }
        let shown = summary["indicators"].as_object().expect("indicators").keys();
        assert!(shown.into_iter().all(|key| sums.contains_key(key)), "{}", check["period"]);
        run += 1;
    }
    assert!(run >= 3, "{run} periods");
}

fn json_of(text: &str) -> Value {
    serde_json::from_str(text).expect("json")
}

macro_rules! office {
    ($name:literal) => {
        check(
            include_str!(concat!("../../../../tests/golden/", $name, "/messages.tsv")),
            include_str!(concat!("../../../../tests/golden/", $name, "/setup.json")),
            include_str!(concat!("../../../../tests/golden/", $name, "/expected.json")),
        )
    };
}

#[test]
fn the_first_office_comes_to_its_printed_totals() {
    office!("r1");
}

#[test]
fn the_third_office_comes_to_its_printed_totals() {
    office!("r3");
}
