//! What the invented officials say day by day: their posts and dossiers, now and then a slip that is
//! edited, a message taken back, a day forgotten, a colleague stood in for.

use std::collections::HashMap;

use chrono::{Datelike, NaiveDate, NaiveDateTime, TimeDelta, Weekday};

use super::dice::Dice;
use super::dossiers::{InHand, SLOW};
use super::office::{COMMUNES, Commune, Person};
use crate::domain::official::Role;
use crate::grammar::fold::fold;

/// Something said at a time, local to the office.
pub struct Event {
    pub at: NaiveDateTime,
    /// Full name.
    pub who: &'static str,
    pub deed: Deed,
}

/// A message, or another text for the last one.
pub enum Deed {
    Say(String),
    Edit(String),
}

impl Event {
    pub fn text(&self) -> &str {
        match &self.deed {
            Deed::Say(text) | Deed::Edit(text) => text,
        }
    }
}

/// Everything said on these working days, in order of time.
pub fn events(working: &[NaiveDate]) -> Vec<Event> {
    let mut all = Vec::new();
    for (seed, commune) in (1..).zip(&COMMUNES) {
        let mut desk = Desk {
            commune,
            number: seed as usize,
            dice: Dice::new(seed),
            pending: HashMap::new(),
            in_hand: HashMap::new(),
            all: &mut all,
        };
        desk.pending.extend(commune.openings.iter().map(|(field, pending, _)| (*field, *pending)));
        for (i, day) in working.iter().enumerate() {
            let next = working.get(i + 1).copied();
            for person in commune.people.iter().filter(|p| !p.fields.is_empty()) {
                desk.day(person, *day, next);
            }
        }
    }
    all.sort_by_key(|e| e.at);
    all
}

/// A commune at work.
struct Desk<'a> {
    commune: &'static Commune,
    /// The desk's own part of its dossiers' codes.
    number: usize,
    dice: Dice,
    /// What is pending in each field.
    pending: HashMap<&'static str, i64>,
    /// Registered dossiers that are open, by field.
    in_hand: HashMap<&'static str, InHand>,
    all: &'a mut Vec<Event>,
}

impl Desk<'_> {
    /// One official's day; `next` is the next working day.
    fn day(&mut self, person: &'static Person, day: NaiveDate, next: Option<NaiveDate>) {
        let Some(closing) = day.and_hms_opt(15, 40, 0) else { return };
        let at = closing + TimeDelta::seconds(self.dice.below(75 * 60));
        let lines: Vec<Line> = person.fields.iter().map(|f| self.line(f, day)).collect();
        let text = message(&lines, self.dice.percent(25));
        match self.dice.below(100) {
            0..3 => self.forgotten(person, (day, next), &text),
            3..5 => self.stood_in_for(person, at, &lines),
            5..9 => {
                self.say(person.name, at, slip(&lines));
                self.all.push(Event { at: at + TimeDelta::minutes(4), who: person.name, deed: Deed::Edit(text) });
            }
            9..11 => {
                self.say(person.name, at, slip(&lines));
                self.say(person.name, at + TimeDelta::minutes(1), "/hoantac".to_string());
                self.say(person.name, at + TimeDelta::minutes(3), text);
            }
            _ => self.say(person.name, at, text),
        }
        for (field, line) in person.fields.iter().zip(&lines).filter(|(f, _)| SLOW.contains(f)) {
            self.register(person.name, (field, day), line);
        }
    }

    /// The dossiers behind a field's figures, before the desk closes.
    fn register(&mut self, who: &'static str, (field, day): (&'static str, NaiveDate), line: &Line) {
        let sum = |words: &[&str]| line.parts.iter().filter(|(w, _)| words.contains(w)).map(|(_, n)| n).sum();
        let flows = (sum(&["ol", "tr", "bc"]), sum(&["th", "dh", "qh", "rut"]));
        let in_hand = self.in_hand.entry(field).or_default();
        let said = in_hand.day(&mut self.dice, (self.number, field, day), flows);
        let Some(at) = day.and_hms_opt(15, 10, 0) else { return };
        let at = at + TimeDelta::seconds(self.dice.below(20 * 60));
        for (i, text) in (0..).zip(said) {
            self.say(who, at + TimeDelta::seconds(50 * i), text);
        }
    }

    fn say(&mut self, who: &'static str, at: NaiveDateTime, text: String) {
        self.all.push(Event { at, who, deed: Deed::Say(text) });
    }

    /// Most who forget send it the next morning, with the day it is for.
    fn forgotten(&mut self, person: &'static Person, (day, next): (NaiveDate, Option<NaiveDate>), text: &str) {
        let morning = next.and_then(|d| d.and_hms_opt(8, 5 + self.dice.below(30) as u32, 0));
        if let Some(at) = morning.filter(|_| self.dice.percent(60)) {
            self.say(person.name, at, format!("{}/{} {}", day.day(), day.month(), text.trim_start_matches("/nhap ")));
        }
    }

    /// The lead posts for somebody who is away.
    fn stood_in_for(&mut self, person: &Person, at: NaiveDateTime, lines: &[Line]) {
        let Some(lead) = self.commune.people.iter().find(|p| p.role == Role::Lead) else { return };
        let text: Vec<String> = lines.iter().map(|l| format!("/nhap @{} {}", person.name, l.text())).collect();
        for (i, line) in (0..).zip(text) {
            self.say(lead.name, at + TimeDelta::seconds(40 * i), line);
        }
    }

    /// A field's day, within what there is to resolve.
    fn line(&mut self, field: &'static str, day: NaiveDate) -> Line {
        let usual = self.commune.busy.iter().find(|(f, _)| *f == field).map_or(0, |(_, tenths)| *tenths);
        // Mondays bring what the weekend has gathered.
        let tenths = if day.weekday() == Weekday::Mon { usual * 5 / 4 } else { usual };
        let received = self.dice.around(tenths);
        let postal = self.dice.of(received, 1);
        let direct = self.dice.of(received - postal, 14);
        let pending = self.pending.entry(field).or_default();
        let slow = SLOW.contains(&field);
        let ready = if slow { (*pending * 2 / 5).max(1).min(*pending) } else { *pending + received };
        let resolved = if slow { self.dice.of(ready, 75).max(ready - 2) } else { self.dice.of(ready, 97) };
        let late = if field == "ĐĐ" { self.dice.of(resolved, 4) } else { 0 };
        let on_time = self.dice.of(resolved - late, 12);
        *pending += received - resolved;
        let withdrawn = i64::from(*pending > 3 && self.dice.percent(3));
        *pending -= withdrawn;
        let left = *pending;
        let mut line = Line {
            code: fold(field),
            parts: vec![
                ("ol", received - direct - postal),
                ("tr", direct),
                ("bc", postal),
                ("th", resolved - late - on_time),
                ("dh", on_time),
                ("qh", late),
                ("rut", withdrawn),
            ],
        };
        self.others(&mut line, field, (received, left));
        line
    }

    /// Indicators, what waits, what is overdue; sometimes the rest by the official's own count.
    fn others(&mut self, line: &mut Line, field: &str, (received, left): (i64, i64)) {
        let online = line.parts.first().map_or(0, |(_, n)| *n);
        line.parts.push(("sh", received - self.dice.of(received, 6)));
        match field {
            "CT" => {
                line.parts.push(("bsdt", self.dice.of(online, 8)));
                line.parts.push(("phi", self.dice.of(online, 50) * 12_000));
            }
            "HT" => line.parts.push(("lt", self.dice.of(online, 30))),
            "ĐĐ" => {
                line.parts.push(("bs", self.dice.of(left, 15)));
                if self.dice.percent(30) {
                    line.parts.push(("tqh", self.dice.of(left, 8)));
                }
            }
            _ => {}
        }
        if self.dice.percent(4) {
            line.parts.push(("con", left));
        }
    }
}

/// A field's figures of a day: word and number.
struct Line {
    code: String,
    parts: Vec<(&'static str, i64)>,
}

impl Line {
    fn text(&self) -> String {
        // What stands (`bs`, `con`…) is said at zero too; a day on which nothing came is one word.
        let said = |(word, n): &&(&str, i64)| *n != 0 || matches!(*word, "bs" | "tqh" | "con");
        let flows = self.parts.iter().take(7).any(|(_, n)| *n != 0);
        if !flows {
            return format!("{} khong", self.code);
        }
        let parts: Vec<String> = self.parts.iter().filter(said).map(|(word, n)| format!("{word} {n}")).collect();
        format!("{} {}", self.code, parts.join(" "))
    }
}

fn message(lines: &[Line], marked: bool) -> String {
    let text = lines.iter().map(Line::text).collect::<Vec<_>>().join("\n");
    if marked { format!("/nhap {text}") } else { text }
}

/// The message with a digit too many in its first number.
fn slip(lines: &[Line]) -> String {
    let text = message(lines, false);
    let Some(end) = text.find(|c: char| c.is_ascii_digit()) else { return text };
    format!("{}1{}", &text[..end], &text[end..])
}
