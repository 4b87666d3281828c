//! Every `.chat` file again over Telegram's and Zalo's wire: what is heard there differs from
//! the terminal only where the channel's abilities do. Said in [`Ear::plain`], line by line,
//! so that nothing else can differ unseen.
//!
//! Zalo knows no edits: a conversation is played there up to its first one. What the clock
//! says by itself is played elsewhere (`nagging`): here a conversation ends before it.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use motcua::app::desk::Desk;
use motcua::cli::chat::{Options, chat};
use motcua::clock::{Clock, ManualClock, OFFICE_ZONE, parse_time};
use motcua::grammar::names::{Found, find_by_name};
use motcua::store::Store;
use motcua::words::Locale;
use rstest::rstest;
use serde_json::json;

use crate::conversations::{motcua, said, typed, words};
use crate::fake_telegram::FakeTelegram;
use crate::fake_zalo::FakeZalo;
use crate::wire::Wire;

/// What each person heard after a line, in order.
type Heard = BTreeMap<String, Vec<String>>;

enum Ear {
    Telegram(FakeTelegram),
    Zalo(FakeZalo),
}

/// A conversation on a platform's wire.
struct Play {
    wire: Wire,
    ear: Ear,
    clock: Arc<ManualClock>,
    /// Names and accounts by id.
    people: BTreeMap<i64, (String, String)>,
    /// Telegram's ids and dates of what each person has sent, and of its last edit.
    sent: BTreeMap<i64, Vec<(i64, i64, i64)>>,
}

/// A line that says something.
enum Spoken<'a> {
    Says(i64, &'a str),
    Edits(i64, usize, &'a str),
}

impl Ear {
    /// A reply as the terminal shows it.
    fn plain(&self, text: &str) -> String {
        let Ear::Zalo(_) = self else { return text.to_string() };
        let mut lines: Vec<String> = Vec::new();
        for line in text.lines() {
            let kept = [
                "Chưa gửi được tệp qua Zalo. Tệp đã lưu trên máy chủ: ",
                "The file could not be sent through Zalo. It is kept on the server: ",
            ];
            match kept.iter().find_map(|k| line.strip_prefix(k)) {
                // The file stands under its name and the number of the reply.
                Some(path) => {
                    let name = path.rsplit('/').next().unwrap();
                    let (stem, ending) = name.rsplit_once('.').unwrap();
                    lines.push(shown(&format!("{}.{ending}", stem.rsplit_once('_').unwrap().0)));
                }
                None => lines.push(line.to_string()),
            }
        }
        // How to choose is said where there are no buttons.
        let hint = ["Trả lời 1 để chọn.", "Trả lời số từ 1 đến ", "Reply 1 to choose.", "Reply a number from 1 to "];
        if lines.last().is_some_and(|l| hint.iter().any(|h| l.starts_with(h))) {
            lines.pop();
        }
        lines.join("\n")
    }

    fn account(&self, person: i64) -> (&'static str, String) {
        match self {
            Ear::Telegram(_) => ("telegram", (7000 + person).to_string()),
            Ear::Zalo(_) => ("zalo", format!("{person:020x}")),
        }
    }
}

impl Play {
    /// The office of a script, set up by its command lines, or the practice office.
    async fn begin(script: &str, ear: Ear) -> Play {
        let folder = tempfile::tempdir().unwrap();
        for command in typed(script).iter().filter_map(|l| l.strip_prefix("$ ")) {
            assert!(motcua(folder.path()).args(words(command)).output().unwrap().status.success(), "{command}");
        }
        let at = typed(script).iter().find_map(|l| l.strip_prefix('@')).and_then(|t| parse_time(t.trim(), OFFICE_ZONE));
        let at = at.expect("a conversation begins with its time");
        let url = format!("sqlite://{}", folder.path().join("office.db").display());
        let store = Store::open(&url).await.unwrap();
        let options = Options { speaker: None, at: Some(at), greet: false };
        chat(store.clone(), Desk::new(OFFICE_ZONE, Locale::Vi), options, &b""[..], &mut Vec::new()).await.unwrap();
        store.close().await;
        let clock = Arc::new(ManualClock::new(at));
        let mut wire = Wire::by_clock(folder, clock.clone()).await;
        // What the first echo on a channel adds is told elsewhere.
        wire.set_up("UPDATE links SET greeted = 1").await;
        match &ear {
            Ear::Telegram(fake) => wire.telegram(fake).await,
            Ear::Zalo(fake) => wire.zalo(fake).await,
        }
        Play { wire, ear, clock, people: BTreeMap::new(), sent: BTreeMap::new() }
    }

    /// Links whoever has no account yet.
    async fn link_all(&mut self) {
        let channel = self.ear.account(0).0;
        let mut r = self.wire.store.read().await.unwrap();
        let all: Vec<(i64, String, Option<String>)> = sqlx::query_as(
            "SELECT id, name, (SELECT platform_user FROM links WHERE official_id = o.id AND channel = ?)
             FROM officials AS o",
        )
        .bind(channel)
        .fetch_all(&mut *r)
        .await
        .unwrap();
        drop(r);
        for (id, name, linked) in all {
            let account = linked.clone().unwrap_or_else(|| self.ear.account(id).1);
            if linked.is_none() {
                self.wire.link_on(channel, id, &account).await;
            }
            self.people.insert(id, (name, account));
        }
    }

    fn spoken<'a>(&self, line: &'a str) -> Spoken<'a> {
        let named = line.find(['>', '~']).and_then(|at| {
            match find_by_name(&line[..at], self.people.iter().map(|(id, (name, _))| (*id, name.as_str()))) {
                Found::One(id) => Some((id, &line[at..])),
                _ => None,
            }
        });
        let Some((who, rest)) = named else {
            let lan = self.people.iter().find(|(_, (name, _))| name == "Lan").or(self.people.iter().next());
            return Spoken::Says(*lan.unwrap().0, line);
        };
        if let Some(text) = rest.strip_prefix('>') {
            return Spoken::Says(who, text.trim_start());
        }
        let rest = &rest[1..];
        match rest.split_once(' ') {
            Some((back, text)) if back.parse::<usize>().is_ok() => Spoken::Edits(who, back.parse().unwrap(), text),
            _ => Spoken::Edits(who, 1, rest.trim_start()),
        }
    }

    /// Says a line; what everybody heard, or `None` where the channel knows no such thing.
    async fn line(&mut self, line: &str) -> Option<Heard> {
        self.link_all().await;
        let now = self.clock.now().timestamp();
        match (self.spoken(line), &self.ear) {
            (Spoken::Says(who, text), Ear::Telegram(fake)) => {
                let id = fake.say_at(self.people[&who].1.parse().unwrap(), text, now);
                self.sent.entry(who).or_default().push((id, now, now));
            }
            (Spoken::Says(who, text), Ear::Zalo(fake)) => _ = fake.say_at(&self.people[&who].1, text, now),
            (Spoken::Edits(who, back, text), Ear::Telegram(fake)) => {
                let sent = self.sent.get_mut(&who).unwrap();
                let at = sent.len() - back;
                let (id, date, last) = &mut sent[at];
                *last = now.max(*last + 1);
                let user: i64 = self.people[&who].1.parse().unwrap();
                let person = json!({"id": user, "is_bot": false, "first_name": "P"});
                let chat = json!({"id": user, "type": "private", "first_name": "P"});
                fake.push(json!({"edited_message": {"message_id": id, "date": date, "edit_date": last,
                    "from": person, "chat": chat, "text": text}}));
            }
            (Spoken::Edits(..), Ear::Zalo(_)) => return None,
        }
        match &self.ear {
            Ear::Telegram(fake) => self.wire.settled(fake).await,
            Ear::Zalo(fake) => self.wire.settled_on_zalo(fake).await,
        }
        self.link_all().await;
        Some(self.heard())
    }

    fn heard(&self) -> Heard {
        let mut heard = Heard::new();
        for (name, account) in self.people.values() {
            let replies: Vec<String> = match &self.ear {
                Ear::Zalo(fake) => {
                    fake.state().take_all(account).into_iter().map(|r| self.ear.plain(&r.text)).collect()
                }
                Ear::Telegram(fake) => {
                    let replies = fake.state().take_all(account.parse().unwrap());
                    let plain = |r: crate::fake_telegram::Reply| {
                        let file = r.file.map(|(name, _)| shown(&name));
                        let buttons = r.buttons.iter().enumerate().map(|(i, b)| format!("[{}] {}", i + 1, b.label));
                        [r.text].into_iter().chain(file).chain(buttons).collect::<Vec<_>>().join("\n")
                    };
                    replies.into_iter().map(plain).collect()
                }
            };
            if !replies.is_empty() {
                heard.insert(name.clone(), replies);
            }
        }
        heard
    }
}

/// A file or picture as the terminal shows it.
fn shown(name: &str) -> String {
    format!("[{}] ./{name}", if name.ends_with(".png") { "ảnh" } else { "tệp" })
}

/// What the file says that people heard after each thing said, and after each move of the clock.
fn expected(script: &str) -> Vec<Heard> {
    let lines = typed(script);
    let count = said(&lines.iter().copied().filter(|l| !l.starts_with("$ ")).collect::<Vec<_>>()).len();
    let mut all = Vec::new();
    let (mut goes_on, mut reply): (bool, Option<(String, Vec<String>)>) = (false, None);
    for line in script.lines() {
        match (&mut reply, line) {
            (Some(_), "") => {
                let (name, lines) = reply.take().unwrap();
                all.last_mut().map(|h: &mut Heard| h.entry(name).or_default().push(lines.join("\n"))).unwrap();
            }
            (Some((_, lines)), line) => lines.push(if line == "\u{a0}" { String::new() } else { line.to_string() }),
            (None, line) => {
                if let Some(name) = line.strip_prefix("→ ") {
                    reply = Some((name.to_string(), Vec::new()));
                } else if !(line.is_empty() || goes_on || line.starts_with(['#', '$'])) {
                    all.push(Heard::new());
                }
                goes_on = line.ends_with('\\');
            }
        }
    }
    assert_eq!(all.len(), count, "the script is read as the terminal reads it");
    all
}

fn joined(heard: Heard) -> BTreeMap<String, String> {
    heard.into_iter().map(|(name, replies)| (name, replies.join("\n").replace("\n\n", "\n"))).collect()
}

async fn compare(script: &str, ear: Ear) {
    let mut play = Play::begin(script, ear).await;
    let lines = typed(script);
    let lines: Vec<&str> = lines.into_iter().filter(|l| !l.starts_with("$ ")).collect();
    let mut expected = expected(script).into_iter();
    for lines in said(&lines) {
        if let Some(time) = lines[0].strip_prefix('@') {
            play.clock.set(parse_time(time.trim(), OFFICE_ZONE).unwrap());
            if expected.next().unwrap().is_empty() {
                continue;
            }
            break; // the clock's own words
        }
        if lines[0].contains("> [tệp] ") {
            break; // the terminal's own way to send a file
        }
        let text: Vec<&str> = lines.iter().map(|l| l.strip_suffix('\\').unwrap_or(l)).collect();
        let Some(heard) = play.line(&text.join("\n")).await else { break };
        let expected = expected.next().unwrap();
        match &play.ear {
            Ear::Telegram(_) => assert_eq!(heard, expected, "after {text:?}"),
            // What is long comes in parts, what is short together.
            Ear::Zalo(_) => assert_eq!(joined(heard), joined(expected), "after {text:?}"),
        }
    }
    play.wire.stop().await;
}

#[rstest]
#[tokio::test]
async fn on_telegram(#[files("tests/conversations/**/*.chat")] path: PathBuf) {
    compare(&std::fs::read_to_string(&path).unwrap(), Ear::Telegram(FakeTelegram::start())).await;
}

#[rstest]
#[tokio::test]
async fn on_zalo(#[files("tests/conversations/**/*.chat")] path: PathBuf) {
    compare(&std::fs::read_to_string(&path).unwrap(), Ear::Zalo(FakeZalo::start())).await;
}
