//! What is said after a post or an edit: the echo of each day, cautions, lines not saved.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::cautions::large;
use super::lines::{Judgement, Named};
use super::ready_line;
use super::{cautions, changes, heading, refused};
use crate::app::Scene;
use crate::app::reply::{ChoiceAction, Reply};
use crate::domain::count::Flows;
use crate::domain::field::FieldId;
use crate::domain::figure::{Figure, Subject};
use crate::domain::official::OfficialId;
use crate::domain::period::{Period, Scheme};
use crate::domain::unit::UnitId;
use crate::grammar::fold::fold;
use crate::report::echo::{Block, EchoDay, short_day, stock_value};
use crate::store::counts::{Change, Recomputed};
use crate::store::posts::{Key, Stored};
use crate::store::unit_day::{self, UnitDay, Wanted};
use crate::store::{Connection, StoreError, links};

/// A message of counts that stands, to be told of.
#[derive(Clone, Copy)]
pub struct Told<'a> {
    pub scene: &'a Scene<'a>,
    pub unit: UnitId,
    /// Whose counts they are.
    pub about: OfficialId,
    pub post: Stored,
    pub judged: &'a Judgement,
    pub done: &'a Recomputed,
}

/// What is told beside the message itself.
#[derive(Debug, Default)]
pub struct Around {
    pub days: BTreeMap<NaiveDate, UnitDay>,
    /// Of keys with large figures the official's days before.
    pub histories: BTreeMap<Key, Vec<Flows>>,
    /// The person's first echo.
    first: bool,
}

impl Told<'_> {
    fn scheme(&self) -> Scheme {
        self.scene.dir.unit(self.unit).map(|u| u.scheme).unwrap_or(Scheme::FifteenFourteen)
    }

    fn days(&self) -> BTreeSet<NaiveDate> {
        self.judged.order.iter().map(|k| k.day).collect()
    }

    /// Days echoed, and those of which a rest is stated and nothing else said.
    fn days_asked(&self) -> BTreeSet<NaiveDate> {
        self.days().into_iter().chain(self.judged.stated.iter().map(|(day, _, _)| *day)).collect()
    }

    fn keys_of(&self, day: NaiveDate) -> Vec<Key> {
        self.judged.order.iter().filter(|k| k.day == day).copied().collect()
    }

    fn wanted(&self, day: NaiveDate) -> Wanted {
        let month = Period::month_containing(day, self.scheme());
        let stated = self.judged.stated.iter().filter(|(d, _, _)| *d == day).map(|(_, field, _)| *field);
        let fields = self.keys_of(day).iter().filter_map(|k| k.field).chain(stated).collect();
        Wanted { unit: self.unit, day, month: (month.from, month.to), fields }
    }
}

/// Reads what is told beside many messages, with few statements.
pub async fn around(conn: &mut Connection, told: &[Told<'_>]) -> Result<Vec<Around>, StoreError> {
    let days: Vec<(usize, NaiveDate)> =
        told.iter().enumerate().flat_map(|(i, t)| t.days_asked().into_iter().map(move |d| (i, d))).collect();
    let wanted: Vec<Wanted> = days.iter().map(|(i, day)| told[*i].wanted(*day)).collect();
    let large = |(i, t): (usize, &Told<'_>)| {
        let keys: Vec<(usize, Key)> =
            t.judged.order.iter().filter(|k| !large(t.judged, t.done, k).is_empty()).map(|k| (i, *k)).collect();
        keys
    };
    let keys: Vec<(usize, Key)> = told.iter().enumerate().flat_map(large).collect();
    let asked: Vec<(UnitId, Key)> = keys.iter().map(|(i, key)| (told[*i].unit, *key)).collect();

    let mut all: Vec<Around> = told.iter().map(|_| Around::default()).collect();
    for ((i, day), unit_day) in days.into_iter().zip(unit_day::read(conn, &wanted).await?) {
        all[i].days.insert(day, unit_day);
    }
    for ((i, key), history) in keys.into_iter().zip(unit_day::histories(conn, &asked).await?) {
        all[i].histories.insert(key, history);
    }
    for (around, t) in all.iter_mut().zip(told) {
        around.first = first_echo(conn, t.scene).await?;
    }
    Ok(all)
}

/// The reply to a stored post. `edited` is the first line of an edit's reply.
pub fn reply(told: &Told<'_>, around: &Around, edited: Option<String>) -> Reply {
    let Told { scene, about, judged, done, .. } = *told;
    let mut lines: Vec<String> = edited.into_iter().collect();
    let lines_of_edit = lines.len();
    let mut notes = Vec::new();
    let days: Vec<NaiveDate> = told.days().into_iter().collect();
    for (i, day) in days.iter().copied().enumerate() {
        let keys = told.keys_of(day);
        let mut echo = echo_day(told, &keys, around.days.get(&day).unwrap_or(&UnitDay::default()));
        // A month is told once a message, behind its last day.
        let month = Period::month_containing(day, told.scheme());
        echo.month = echo.month.filter(|_| !days.get(i + 1).is_some_and(|next| month.contains(*next)));
        lines.extend(echo.lines(scene.words));
        notes.extend(cautions::of_day(told, &keys, around));
    }
    // An edit tells of all changes in its first line.
    if lines_of_edit == 0 {
        notes.extend(carried(scene, judged, done));
    }
    notes.extend(cautions::stated_apart(told, around));
    notes.extend(cautions::near(scene, judged));
    lines.extend(notes);
    if around.first {
        lines.push(scene.words.echo_first());
    }
    lines.extend(refused::text_lines(scene, &judged.refused, true));
    lines.push(scene.words.echo_wrong(example(scene, about, judged, done)));
    let undo = ChoiceAction::Undo { post: told.post.id };
    let reply = Reply::text(lines.join("\n")).with_choice(scene.words.choice_undo(), undo);
    refused::with_choices(scene, reply, &judged.refused)
}

/// Stock values of later days that rest on one the message has changed.
fn carried(scene: &Scene<'_>, judged: &Judgement, done: &Recomputed) -> Option<String> {
    let later: Vec<Change> = done.changes.iter().filter(|c| !judged.order.contains(&c.key)).copied().collect();
    (!later.is_empty()).then(|| scene.words.echo_carried(changes::by_day(scene, &later, &[])))
}

fn echo_day(told: &Told<'_>, keys: &[Key], around: &UnitDay) -> EchoDay {
    let Told { scene, unit, about, judged, done, .. } = *told;
    let day = keys.first().map_or(scene.today, |k| k.day);
    let unit_row = scene.dir.unit(unit);
    let several = scene.dir.memberships_on(scene.person.official, scene.today).len() > 1;
    let posted: BTreeSet<FieldId> = around.counts.iter().filter(|(o, _, _)| *o == about).map(|(_, f, _)| *f).collect();
    let member = scene.dir.membership(about, unit, day);
    let unposted = member.into_iter().flat_map(|m| m.fields_on(day)).filter(|f| !posted.contains(f));
    EchoDay {
        day,
        today: scene.today,
        unit: unit_row.filter(|_| several).map(|u| u.name.clone()),
        on_behalf_of: (about != scene.person.official).then(|| scene.shown_name(about)),
        blocks: keys.iter().map(|k| block(scene, *k, judged, done, around)).collect(),
        whole_day: around.counts.iter().map(|(_, _, f)| *f).sum(),
        month_label: scene.words.period(&Period::month_containing(day, told.scheme())).to_lowercase(),
        month: Some(around.month),
        unposted: unposted.map(|f| heading(scene, Some(f))).collect(),
    }
}

fn block(scene: &Scene<'_>, key: Key, judged: &Judgement, done: &Recomputed, around: &UnitDay) -> Block {
    let named = judged.named.get(&key).cloned().unwrap_or_default();
    let count = done.counts.get(&key).cloned().unwrap_or_default();
    let Named { figures, indicators, zero } = named;
    let stock = |f: &Figure| {
        done.stocks.get(&(key, *f)).copied().or(match f {
            Figure::AwaitingSupplement => stock_value(count.awaiting),
            Figure::PendingLate => stock_value(count.pending_late),
            _ => None,
        })
    };
    Block {
        heading: heading(scene, key.field),
        stocks: figures.iter().filter_map(|f| Some((*f, stock(f)?))).collect(),
        indicators: indicators
            .iter()
            .filter_map(|id| Some((scene.dir.indicator(*id)?.name.clone(), *count.indicators.get(id)?)))
            .collect(),
        balance: key.field.and_then(|f| around.balances.get(&f).copied()),
        named: figures,
        zero,
        count,
    }
}

/// The message's last figure as saved, ready to be sent again.
fn example(scene: &Scene<'_>, about: OfficialId, judged: &Judgement, done: &Recomputed) -> String {
    ready_line(scene, about, last_line(scene, judged, done))
}

fn last_line(scene: &Scene<'_>, judged: &Judgement, done: &Recomputed) -> String {
    let Some((key, subject)) = judged.last else { return first_figure(scene, judged) };
    let count = done.counts.get(&key).cloned().unwrap_or_default();
    let (word, value) = match subject {
        Subject::Figure(f) => {
            let stock = done.stocks.get(&(key, f)).copied();
            (f.word().to_string(), stock.unwrap_or_else(|| count.flows.get(f)))
        }
        Subject::Indicator(id) => {
            let word = scene.dir.indicator(id).and_then(|i| i.words.first().cloned()).unwrap_or_default();
            (word, count.indicators.get(&id).copied().unwrap_or(0))
        }
    };
    line_of(scene, key, &format!("{word} {value}"))
}

/// Of a message of zeros: how a figure of its first field would be sent instead.
fn first_figure(scene: &Scene<'_>, judged: &Judgement) -> String {
    match judged.order.first().filter(|k| k.field.is_some()) {
        Some(key) => line_of(scene, *key, "ol 1"),
        None => refused::example(scene),
    }
}

/// Figures of a key as a line to be sent when the echo is read.
fn line_of(scene: &Scene<'_>, key: Key, figures: &str) -> String {
    let read_on = scene.read_on();
    let day = (key.day != read_on).then(|| short_day(key.day, read_on));
    let field = key.field.and_then(|f| scene.dir.field(f)).map(|f| fold(&f.code));
    day.into_iter().chain(field).chain([figures.to_string()]).collect::<Vec<_>>().join(" ")
}

/// A person's first echo says once that deleting a message in the chat undoes nothing.
async fn first_echo(conn: &mut Connection, scene: &Scene<'_>) -> Result<bool, StoreError> {
    let link = scene.dir.link(&scene.origin.channel, &scene.origin.platform_user);
    match link.filter(|l| !l.greeted).map(|l| l.id) {
        Some(id) => links::greet(conn, id).await,
        None => Ok(false),
    }
}
