//! Cautions under an echo. All of them are said after saving: nothing is lost by a doubt.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate, Weekday};

use super::echo::{Around, Told};
use super::lines::Judgement;
use super::{asking, heading, ready_line};
use crate::app::Scene;
use crate::domain::count::Flows;
use crate::domain::field::FieldId;
use crate::domain::figure::{FIGURES, Figure, IndicatorId, Kind, Subject, Whole};
use crate::domain::official::OfficialId;
use crate::domain::outlier;
use crate::domain::unit::UnitId;
use crate::report::echo::{part, short_day, weekday};
use crate::store::counts::Recomputed;
use crate::store::posts::Key;
use crate::store::unit_day::{self, UnitDay, Wanted};
use crate::store::{Connection, StoreError};
use crate::words::numbers::{date, number};

/// Below this nothing is far out: small offices have restless days.
pub const SMALLEST_OUTLIER: i64 = 10;

/// Cautions about one day of a post.
pub fn of_day(told: &Told<'_>, keys: &[Key], around: &Around) -> Vec<String> {
    let Told { scene, unit, about, judged, done, .. } = *told;
    let day = keys.first().map_or(scene.today, |k| k.day);
    let none = UnitDay::default();
    let unit_day = around.days.get(&day).unwrap_or(&none);
    let mut notes = Vec::new();
    for key in keys {
        let Some(field) = key.field else {
            notes.extend(parts(scene, *key, judged, done));
            continue;
        };
        notes.extend(others(scene, about, field, unit_day));
        notes.extend(not_yours(scene, (unit, about), key.day, field));
        notes.extend(parts(scene, *key, judged, done));
        if let Some(balance) = unit_day.balances.get(&field) {
            notes.extend(balance_notes(scene, (*key, field), *balance, judged, done));
        }
        if let Some(history) = around.histories.get(key) {
            notes.extend(far_out(told, *key, history));
        }
    }
    notes.extend(far_back(scene, (unit, about), day, unit_day));
    notes.extend(day_off(scene, about, (day, keys), judged));
    notes
}

/// A day before the person joined, before a field's opening, or long past: the year may be a
/// slip, so it is named.
fn far_back(scene: &Scene<'_>, (unit, about): (UnitId, OfficialId), day: NaiveDate, around: &UnitDay) -> Vec<String> {
    let mut notes: Vec<String> = Vec::new();
    if let (Some(n), false) = (asking::days_ago(scene, day), scene.confirmed) {
        notes.push(scene.words.caution_long_ago(date(day), number(n)));
    }
    // The practice office begins today, whatever day is tried in it.
    let practice = scene.dir.unit(unit).is_some_and(|u| u.practice);
    let places = scene.dir.members_of(unit).iter().filter(|m| m.official == about && !practice);
    if let Some(since) = places.map(|m| m.span.since).min().filter(|since| day < *since) {
        notes.push(scene.words.caution_before_joining(date(day), date(since)));
    }
    let openings = around.openings_after.iter();
    notes.extend(
        openings.map(|(f, o)| scene.words.caution_before_opening(date(day), heading(scene, Some(*f)), date(*o))),
    );
    notes
}

/// Stated rests (`con 5`) of a message that stores nothing.
pub async fn stated(
    conn: &mut Connection,
    scene: &Scene<'_>,
    unit: UnitId,
    judged: &Judgement,
) -> Result<Vec<String>, StoreError> {
    let wanted = |(day, field, _): &(NaiveDate, FieldId, i64)| Wanted {
        unit,
        day: *day,
        month: (*day, *day),
        fields: vec![*field],
    };
    let wanted: Vec<Wanted> = judged.stated.iter().map(wanted).collect();
    let around = unit_day::read(conn, &wanted).await?;
    let note = |(stated, around): (&(NaiveDate, FieldId, i64), &UnitDay)| compared(scene, stated, around);
    Ok(judged.stated.iter().zip(&around).map(note).collect())
}

/// Stated rests of fields of which the message says nothing else.
pub fn stated_apart(told: &Told<'_>, around: &Around) -> Vec<String> {
    let is_echoed = |(day, field, _): &(NaiveDate, FieldId, i64)| {
        told.judged.order.iter().any(|k| (k.day, k.field) == (*day, Some(*field)))
    };
    let apart = told.judged.stated.iter().filter(|s| !is_echoed(s));
    apart.filter_map(|s| Some(compared(told.scene, s, around.days.get(&s.0)?))).collect()
}

fn compared(scene: &Scene<'_>, (_, field, n): &(NaiveDate, FieldId, i64), around: &UnitDay) -> String {
    let balance = around.balances.get(field).copied().unwrap_or(0);
    let name = heading(scene, Some(*field));
    match *n == balance {
        true => scene.words.stated_agrees(name, number(balance)),
        false => differs(scene, name, *n, balance),
    }
}

/// Fields that were one slip away from their word.
pub fn near(scene: &Scene<'_>, judged: &Judgement) -> Vec<String> {
    judged.near.iter().map(|(typed, f)| scene.words.caution_near(typed, heading(scene, Some(*f)))).collect()
}

fn differs(scene: &Scene<'_>, field: String, stated: i64, balance: i64) -> String {
    scene.words.caution_stated(field, number(stated), number(balance), number((stated - balance).abs()))
}

fn others(scene: &Scene<'_>, about: OfficialId, field: FieldId, around: &UnitDay) -> Option<String> {
    let others: Vec<&str> = around
        .counts
        .iter()
        .filter(|(o, f, _)| *f == field && *o != about)
        .map(|(o, _, _)| scene.name_of(*o))
        .collect();
    if others.is_empty() {
        return None;
    }
    let name = heading(scene, Some(field));
    if scene.origin.private {
        return Some(scene.words.caution_others(name, others.join(", ")));
    }
    Some(scene.words.caution_others_count(name, others.len() as i64))
}

fn not_yours(scene: &Scene<'_>, (unit, about): (UnitId, OfficialId), day: NaiveDate, field: FieldId) -> Option<String> {
    let holds = |d| scene.dir.membership(about, unit, d).is_some_and(|m| m.fields_on(d).any(|f| f == field));
    let own = about == scene.person.official;
    (own && !holds(day) && !holds(scene.today)).then(|| scene.words.caution_not_yours(heading(scene, Some(field))))
}

fn balance_notes(
    scene: &Scene<'_>,
    (key, field): (Key, FieldId),
    balance: i64,
    judged: &Judgement,
    done: &Recomputed,
) -> Vec<String> {
    let name = || heading(scene, Some(field));
    let mut notes = Vec::new();
    let stated = judged.stated.iter().rev().find(|(d, f, _)| *d == key.day && *f == field);
    if let Some((_, _, n)) = stated.filter(|(_, _, n)| *n != balance) {
        notes.push(differs(scene, name(), *n, balance));
    }
    if balance < 0 {
        notes.push(scene.words.caution_negative(name(), number(balance)));
    }
    for figure in [Figure::AwaitingSupplement, Figure::PendingLate] {
        let value = done.stocks.get(&(key, figure)).copied().unwrap_or(0);
        if value > balance.max(0) {
            let whole = scene
                .words
                .caution_whole(scene.words.control(crate::domain::figure::Control::Pending), number(balance));
            notes.push(scene.words.caution_part(
                name(),
                part(scene.words, figure),
                number(value),
                whole.to_lowercase(),
            ));
        }
    }
    notes
}

/// An indicator that was named and exceeds its whole on that day.
fn parts(scene: &Scene<'_>, key: Key, judged: &Judgement, done: &Recomputed) -> Vec<String> {
    let (Some(named), Some(count)) = (judged.named.get(&key), done.counts.get(&key)) else { return Vec::new() };
    let over = |id: &IndicatorId| {
        let indicator = scene.dir.indicator(*id)?;
        let value = count.indicators.get(id).copied()?;
        // What was posted for the whole unit has no dossiers of a field beside it.
        let kind = indicator.whole.filter(|w| key.field.is_some() || matches!(w, Whole::Indicator(_)))?;
        let (label, whole) = whole(scene, kind, &count.flows, &count.indicators)?;
        let whole_text = scene.words.caution_whole(label.to_lowercase(), number(whole));
        let name = heading(scene, key.field);
        (value > whole)
            .then(|| scene.words.caution_part(name, indicator.name.to_lowercase(), number(value), whole_text))
    };
    named.indicators.iter().filter_map(over).collect()
}

fn whole(
    scene: &Scene<'_>,
    whole: Whole,
    flows: &Flows,
    indicators: &BTreeMap<IndicatorId, i64>,
) -> Option<(String, i64)> {
    use crate::domain::figure::Control;
    Some(match whole {
        Whole::ReceivedNew => (scene.words.control(Control::Received), flows.received()),
        Whole::ReceivedOnline => (scene.words.figure(Figure::ReceivedOnline), flows.online),
        Whole::Resolved => (scene.words.control(Control::Resolved), flows.resolved()),
        Whole::Indicator(id) => (scene.dir.indicator(id)?.name.clone(), *indicators.get(&id)?),
    })
}

/// Figures of a key that the message named and that are large enough to be far out.
pub fn large(judged: &Judgement, done: &Recomputed, key: &Key) -> Vec<Figure> {
    let (Some(_), Some(count)) = (key.field, done.counts.get(key)) else { return Vec::new() };
    let named = judged.named.get(key);
    FIGURES
        .iter()
        .map(|r| r.figure)
        .filter(|f| f.kind() == Kind::Flow && count.flows.get(*f) >= SMALLEST_OUTLIER)
        .filter(|f| named.is_some_and(|n| n.figures.contains(f)))
        .collect()
}

/// Values far out of the official's own history (W8).
fn far_out(told: &Told<'_>, key: Key, history: &[Flows]) -> Vec<String> {
    let Some(count) = told.done.counts.get(&key) else { return Vec::new() };
    let note = |figure: Figure| {
        let values: Vec<i64> = history.iter().map(|f| f.get(figure)).collect();
        let value = count.flows.get(figure);
        let outlier = outlier::is_far_out(&values, value)?;
        let (name, part) = (heading(told.scene, key.field), part(told.scene.words, figure));
        Some(told.scene.words.caution_outlier(name, part, number(value), number(outlier.usual)))
    };
    large(told.judged, told.done, &key).into_iter().filter_map(note).collect()
}

/// A post for a day off, with the line that would move it to the last working day.
fn day_off(
    scene: &Scene<'_>,
    about: OfficialId,
    (day, keys): (NaiveDate, &[Key]),
    judged: &Judgement,
) -> Option<String> {
    if scene.dir.calendar.is_working(day) {
        return None;
    }
    let name = match day.weekday() {
        Weekday::Sat | Weekday::Sun => weekday(scene.words, day),
        _ => scene.words.day_off_holiday(),
    };
    let shown = short_day(day, scene.today);
    let friday = scene.dir.calendar.previous_working_day(day);
    let Some(line) = moved_line(scene, friday, keys, judged) else {
        return Some(scene.words.caution_day_off(shown, name));
    };
    let line = ready_line(scene, about, line);
    Some(scene.words.caution_day_off_line(shown, name, weekday(scene.words, friday), line))
}

/// The first field of the post as a line for another day: `13/11 ht ol 9`.
fn moved_line(scene: &Scene<'_>, day: NaiveDate, keys: &[Key], judged: &Judgement) -> Option<String> {
    let key = keys.first()?;
    let field = scene.dir.field(key.field?)?;
    let mut line = format!("{} {}", short_day(day, scene.read_on()), crate::grammar::fold::fold(&field.code));
    let mut any = false;
    for l in judged.lines.iter().filter(|l| l.key == *key) {
        use crate::domain::replay::{Entry, Op, Said};
        use crate::store::posts::LineSaid;
        if let LineSaid::Said(Said::Entry(Entry { subject, op: Op::Set(n) })) = l.said {
            let word = match subject {
                Subject::Figure(f) => f.word().to_string(),
                Subject::Indicator(id) => scene.dir.indicator(id)?.words.first()?.clone(),
            };
            line.push_str(&format!(" {word} {n}"));
            any = true;
        }
    }
    any.then_some(line)
}
