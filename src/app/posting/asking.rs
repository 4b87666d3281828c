//! What is asked before anything is saved: a day long past, a lead's change of what a
//! colleague has posted, `/nhap khong` over a day that has figures.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::lines::Judgement;
use super::typed_name;
use super::{field_name, heading};
use crate::app::Scene;
use crate::app::reply::{ChoiceAction, Reply};
use crate::domain::count::Count;
use crate::domain::figure::{FIGURES, Figure, Subject};
use crate::domain::official::OfficialId;
use crate::domain::replay::{Said, replay};
use crate::report::echo::short_day;
use crate::store::posts::{Key, LineSaid, Standing};
use crate::words::numbers::{date, number};

/// A day further back than this, in calendar days before the message, is asked about: more
/// often than not its year is a slip.
pub const LONG_AGO: i64 = 60;

/// The question that stands before saving a new message, if any; the yes saves it.
/// `standing` is what has been said about its keys so far.
pub fn before_saving(
    scene: &Scene<'_>,
    text: &str,
    (about, judged): (OfficialId, &Judgement),
    standing: &BTreeMap<Key, Standing>,
) -> Option<Reply> {
    if scene.confirmed {
        return None;
    }
    let mut questions = long_ago(scene, judged);
    let for_colleague = about != scene.person.official;
    let over = if for_colleague { over_a_colleague(scene, about, judged, standing) } else { Vec::new() };
    match over.is_empty() {
        true => questions.extend(zero_over_figures(scene, judged, standing)),
        false => questions.extend(over),
    }
    (!questions.is_empty()).then(|| ask(scene, questions.join("\n"), text.to_string()))
}

/// A question with the yes that says `text`.
pub fn ask(scene: &Scene<'_>, question: String, text: String) -> Reply {
    let yes = ChoiceAction::Say {
        text,
        sent_at: scene.origin.sent_at.timestamp(),
        unit: scene.person.unit.0,
        confirmed: true,
    };
    Reply::text(question).with_choice(scene.words.choice_yes(), yes)
}

/// How many days before the message a day lies, where that is long ago.
pub fn days_ago(scene: &Scene<'_>, day: NaiveDate) -> Option<i64> {
    Some((scene.today - day).num_days()).filter(|n| *n > LONG_AGO)
}

fn long_ago(scene: &Scene<'_>, judged: &Judgement) -> Vec<String> {
    let days: BTreeSet<NaiveDate> = judged.order.iter().map(|k| k.day).collect();
    let ask = |day: NaiveDate| Some(scene.words.ask_long_ago(date(day), number(days_ago(scene, day)?)));
    days.into_iter().filter_map(ask).collect()
}

/// Where the message changes figures that the colleague has posted; what a lead has posted
/// for them needs no leave.
pub fn over_a_colleague(
    scene: &Scene<'_>,
    about: OfficialId,
    judged: &Judgement,
    standing: &BTreeMap<Key, Standing>,
) -> Vec<String> {
    let new = |key: &Key| -> Vec<Said> {
        let own = judged.lines.iter().filter(|l| l.key == *key);
        own.filter_map(|l| if let LineSaid::Said(said) = l.said { Some(said) } else { None }).collect()
    };
    let touched = standing.iter().filter(|(key, s)| changes_what(s, about, &new(key))).map(|(key, _)| *key);
    by_day(scene, touched)
        .into_iter()
        .map(|(d, fields)| scene.words.ask_colleague(scene.shown_name(about), fields, d))
        .collect()
}

/// Whether `new` lines change a figure that `by` has named.
fn changes_what(standing: &Standing, by: OfficialId, new: &[Said]) -> bool {
    let before = replay(&standing.said);
    let after = replay(&[standing.said.as_slice(), new].concat());
    let theirs = standing.said.iter().zip(&standing.by).filter(|(_, (_, sender))| *sender == by);
    theirs.into_iter().any(|(said, _)| match said {
        Said::Present => false,
        Said::Zero => before.flows != after.flows,
        Said::Entry(e) => !is_same(&before, &after, e.subject),
    })
}

fn is_same(a: &Count, b: &Count, subject: Subject) -> bool {
    match subject {
        Subject::Indicator(id) => a.indicators.get(&id) == b.indicators.get(&id),
        Subject::Figure(Figure::AwaitingSupplement) => a.awaiting == b.awaiting,
        Subject::Figure(Figure::PendingLate) => a.pending_late == b.pending_late,
        Subject::Figure(f) => a.flows.get(f) == b.flows.get(f),
    }
}

/// Where a line `khong` would wipe figures that stand and that the message does not set
/// itself.
pub fn zero_over_figures(scene: &Scene<'_>, judged: &Judgement, standing: &BTreeMap<Key, Standing>) -> Vec<String> {
    let has_figures = |key: Key, s: &Standing| {
        let count = replay(&s.said);
        let flows = FIGURES.iter().map(|r| r.figure).filter(|f| count.flows.get(*f) != 0).map(Subject::Figure);
        let indicators = count.indicators.iter().filter(|(_, v)| **v != 0).map(|(id, _)| Subject::Indicator(*id));
        flows.chain(indicators).any(|subject| !judged.sets(key, subject))
    };
    let wiped = standing.iter().filter(|(key, s)| judged.wiped.contains(key) && s.reported && has_figures(**key, s));
    let wiped = wiped.map(|(key, _)| *key);
    by_day(scene, wiped).into_iter().map(|(day, fields)| scene.words.ask_zero(day, fields)).collect()
}

/// Days with the names of their fields, as printed.
fn by_day(scene: &Scene<'_>, keys: impl Iterator<Item = Key>) -> Vec<(String, String)> {
    let mut days: BTreeMap<NaiveDate, BTreeSet<String>> = BTreeMap::new();
    for key in keys {
        let name = key.field.map_or_else(|| heading(scene, None), |f| field_name(scene, f));
        days.entry(key.day).or_default().insert(name);
    }
    let joined = |names: BTreeSet<String>| names.into_iter().collect::<Vec<_>>().join(", ");
    days.into_iter().map(|(day, names)| (short_day(day, scene.today), joined(names))).collect()
}

/// `/nhap khong` for the days of an edit, as a message of its own.
pub fn zero_message(scene: &Scene<'_>, about: OfficialId, judged: &Judgement) -> String {
    let days: BTreeSet<NaiveDate> = judged.order.iter().map(|k| k.day).collect();
    let lines: Vec<String> = days.into_iter().map(|d| format!("{} khong", date(d))).collect();
    match about == scene.person.official {
        true => format!("/nhap {}", lines.join("\n")),
        false => format!("/nhap @{} {}", typed_name(scene, about), lines.join("\n")),
    }
}
