//! A simulated quarter on a moved clock: everything that leaves is compared with what had to
//! leave, worked out anew from the life of the office. `UPDATE=1` rewrites the transcript.

mod expected;
mod killed;
mod life;
mod random;

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use chrono::{NaiveDate, TimeZone, Utc};
use motcua::app::desk::Desk;
use motcua::app::nag::{Look, Outgoing};
use motcua::channel::terminal::{Terminal, router};
use motcua::clock::{ManualClock, OFFICE_ZONE};
use motcua::domain::nag::facts::Whom;
use motcua::jobs::nag::tick;
use motcua::store::Store;
use motcua::store::nags::Stage;
use motcua::words::Locale;
use regex::Regex;

use expected::Told;
use life::{LEAD, LEADER, Life, PEOPLE, is_down, is_working};

/// Small, repeatable, good enough to spread moments.
pub struct Dice(pub u64);

impl Dice {
    pub fn below(&mut self, n: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % n
    }
}

pub fn instant(day: NaiveDate, minute: u32) -> chrono::DateTime<Utc> {
    let local = day.and_hms_opt(minute / 60, minute % 60, 0).unwrap();
    OFFICE_ZONE.from_local_datetime(&local).unwrap().to_utc()
}

/// The office with its clock; begun anew at random, as after a restart.
struct Simulation {
    store: Store,
    clock: Arc<ManualClock>,
    terminal: Terminal,
    dice: Dice,
    sent: Vec<(NaiveDate, u32, Outgoing)>,
    _folder: tempfile::TempDir,
}

async fn terminal(store: &Store, clock: &Arc<ManualClock>) -> Terminal {
    Terminal::open(router(store.clone(), clock.clone(), Desk::new(OFFICE_ZONE, Locale::Vi))).await.unwrap()
}

impl Simulation {
    async fn new(life: &Life) -> Simulation {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&format!("sqlite://{}", folder.path().join("office.db").display())).await.unwrap();
        life.set_up(&store, "calendar").await;
        let clock = Arc::new(ManualClock::new(instant(life.from, 0)));
        let terminal = terminal(&store, &clock).await;
        Simulation { store, clock, terminal, dice: Dice(77), sent: Vec::new(), _folder: folder }
    }

    /// Looks at the clock, now and then twice, now and then after a restart.
    async fn look(&mut self, day: NaiveDate, minute: u32) {
        self.clock.set(instant(day, minute));
        if self.dice.below(10) == 0 {
            self.terminal = terminal(&self.store, &self.clock).await;
        }
        for _ in 0..1 + self.dice.below(3) / 2 {
            let desk = &self.terminal.router().answerer.desk;
            let look = Look { stage: Stage::Terminal, now: instant(day, minute), zone: OFFICE_ZONE };
            let told = tick(&self.store, desk, look).await.unwrap();
            let heard = self.terminal.answers().await.unwrap();
            let texts = |h: &motcua::channel::terminal::Heard| (h.to.0.to_string(), h.out.text.clone());
            let mut left: Vec<_> = told.iter().map(|o| (o.chat_id.clone(), o.text.clone())).collect();
            let mut came: Vec<_> = heard.iter().map(texts).collect();
            // Each chat in its order, chats beside each other.
            left.sort_by_key(|l| l.0.clone());
            came.sort_by_key(|c| c.0.clone());
            assert_eq!(came, left, "the outbox holds what was told");
            assert!(heard.iter().all(|h| h.out.choices.is_empty()), "nags offer no choices");
            self.sent.extend(told.into_iter().map(|o| (day, minute, o)));
        }
    }

    async fn live(&mut self, life: &Life) {
        for day in life.from.iter_days().take_while(|d| *d <= life.to) {
            let (mut posted, mut minutes) = (0, expected::moments(day));
            // Idle looks in between, at night too.
            minutes.extend(
                (0..6)
                    .map(|_| self.dice.below(1_440) as u32)
                    .filter(|m| day != life::day(life::DOWN.1) || *m > life::BACK),
            );
            minutes.sort_unstable();
            minutes.dedup();
            for minute in minutes.into_iter().filter(|_| !is_down(day)) {
                life.post(&self.store, day, (posted, minute)).await;
                posted = minute;
                self.look(day, minute).await;
            }
            life.post(&self.store, day, (posted, 1_440)).await;
            life.evening(&self.store, day).await;
        }
    }
}

fn to(message: &Outgoing) -> i64 {
    match message.to {
        Whom::Person(who) => who.0,
        Whom::Group(_) => 0,
    }
}

pub fn codes(text: &str) -> Vec<String> {
    let code = Regex::new(r"H57\.132-\d{6}-\d{4}").unwrap();
    code.find_iter(text).map(|m| m.as_str().to_string()).collect()
}

#[tokio::test]
async fn a_quarter_tells_everything_due_once_and_nothing_else() {
    let life = Life::new("2026-07-01", "2026-09-30", 60, 20_260_701);
    let mut simulation = Simulation::new(&life).await;
    simulation.live(&life).await;
    let sent = &simulation.sent;
    same(&expected::all(&life), sent);
    quiet(sent);
    capped(sent);
    no_fact_twice(sent);
    let mut months: BTreeMap<String, usize> = BTreeMap::new();
    sent.iter().for_each(|(day, ..)| *months.entry(day.format("%m/%Y").to_string()).or_default() += 1);
    months.iter().for_each(|(month, n)| println!("{month}: {n} messages"));
    transcript(sent, &months);
}

/// Everything due is there, and nothing beside it.
fn same(expected: &[Told], sent: &[(NaiveDate, u32, Outgoing)]) {
    let key = |t: &Told| (t.day, t.minute, t.to, t.kind.clone(), t.codes.clone());
    let told = |(day, minute, o): &(NaiveDate, u32, Outgoing)| (*day, *minute, to(o), o.kind.clone(), codes(&o.text));
    let mut wanted: Vec<_> = expected.iter().map(key).collect();
    let mut found: Vec<_> = sent.iter().map(told).collect();
    wanted.sort();
    found.sort();
    let missed: Vec<_> = wanted.iter().filter(|w| !found.contains(w)).take(5).collect();
    let beside: Vec<_> = found.iter().filter(|f| !wanted.contains(f)).take(5).collect();
    assert!(missed.is_empty() && beside.is_empty(), "missed: {missed:#?}\nbeside: {beside:#?}");
    assert_eq!(wanted, found, "as often");
    for t in expected {
        let texts = sent.iter().filter(|(d, m, o)| (*d, *m, to(o), &o.kind) == (t.day, t.minute, t.to, &t.kind));
        let text: String = texts.map(|(_, _, o)| o.text.as_str()).collect::<Vec<_>>().join("\n");
        let lacking: Vec<&String> = t.holds.iter().filter(|h| !text.contains(h.as_str())).collect();
        assert!(lacking.is_empty(), "{} {} to {}: {lacking:?} not in {text}", t.day, t.minute, t.to);
    }
}

fn quiet(sent: &[(NaiveDate, u32, Outgoing)]) {
    for (day, minute, o) in sent {
        assert!(is_working(*day) && (420..1_080).contains(minute), "{day} {minute}: {}", o.text);
    }
}

/// Officers: a digest and two reminders. The lead: a digest in place of others, morning,
/// evening. The leader: the morning. Documents of a period beside.
fn capped(sent: &[(NaiveDate, u32, Outgoing)]) {
    let mut per_day: BTreeMap<(NaiveDate, i64), usize> = BTreeMap::new();
    let mut slots = HashSet::new();
    for (day, _, o) in sent.iter().filter(|(_, _, o)| o.kind != "ky") {
        *per_day.entry((*day, to(o))).or_default() += 1;
        for slot in o.kind.split(',') {
            assert!(slots.insert((*day, to(o), slot.to_string())), "{day}: {slot} twice to {}", to(o));
        }
    }
    for ((day, who), n) in per_day {
        let cap = if who == LEADER { 1 } else { 3 };
        assert!(n <= cap, "{n} messages to {who} on {day}");
    }
}

fn no_fact_twice(sent: &[(NaiveDate, u32, Outgoing)]) {
    let mut seen = HashSet::new();
    for (day, _, o) in sent {
        for code in codes(&o.text) {
            assert!(seen.insert((*day, to(o), code.clone())), "{day}: {code} twice to {}", to(o));
        }
    }
}

/// Days written out in full: the first, a worked Saturday, the day after the gap, the ends of
/// periods. Of the others when, to whom and what.
const IN_FULL: [&str; 8] =
    ["2026-07-01", "2026-07-02", "2026-07-20", "2026-07-31", "2026-08-17", "2026-08-22", "2026-09-03", "2026-09-30"];

fn transcript(sent: &[(NaiveDate, u32, Outgoing)], months: &BTreeMap<String, usize>) {
    let mut text = String::from("Every message of the quarter; see tests/bot/quarter.\n");
    months.iter().for_each(|(month, n)| text += &format!("{month}: {n} messages\n"));
    assert!(sent.iter().all(|(_, _, o)| to(o) != LEAD || !o.text.is_empty()));
    for (day, minute, o) in sent {
        let name = PEOPLE.iter().find(|p| p.0 == to(o)).map_or("?", |p| p.1);
        text += &format!("\n{day} {:02}:{:02} → {name} [{}]", minute / 60, minute % 60, o.kind);
        if o.file.is_some() {
            text += " + file";
        }
        if IN_FULL.contains(&day.to_string().as_str()) {
            text += &format!("\n{}\n", o.text);
        } else {
            text += &format!(" {} lines, {} codes", o.text.lines().count(), codes(&o.text).len());
        }
    }
    text.push('\n');
    let path = format!("{}/tests/golden/nags/quarter.txt", env!("CARGO_MANIFEST_DIR"));
    #[allow(clippy::disallowed_methods, reason = "a switch for whoever writes conversations")]
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &text).unwrap();
        return;
    }
    let held = std::fs::read_to_string(&path).unwrap();
    assert!(held == text, "{path} differs; UPDATE=1 rewrites it");
}
