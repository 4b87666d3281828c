//! Cautions under an echo. All of them are said after saving: nothing is lost by a doubt.

use chrono::{Datelike, NaiveDate, Weekday};

use super::heading;
use super::lines::Judgement;
use crate::app::{Act, Refusal};
use crate::domain::count::Flows;
use crate::domain::field::FieldId;
use crate::domain::figure::{FIGURES, Figure, IndicatorId, Kind, Subject, Whole};
use crate::domain::official::OfficialId;
use crate::domain::outlier;
use crate::domain::unit::UnitId;
use crate::report::echo::{part, short_day, weekday};
use crate::store::counts::Recomputed;
use crate::store::posts::Key;
use crate::store::unit_day::{self, UnitDay};
use crate::words::numbers::number;

/// Below this nothing is far out: small offices have restless days.
pub const SMALLEST_OUTLIER: i64 = 10;

/// Cautions about one day of a post.
pub async fn of_day(
    act: &mut Act<'_>,
    (unit, about): (UnitId, OfficialId),
    judged: &Judgement,
    done: &Recomputed,
    (keys, around): (&[Key], &UnitDay),
) -> Result<Vec<String>, Refusal> {
    let mut notes = Vec::new();
    for key in keys {
        let Some(field) = key.field else { continue };
        notes.extend(others(act, about, field, around));
        notes.extend(not_yours(act, (unit, about), key.day, field));
        notes.extend(parts(act, *key, judged, done));
        if let Some(balance) = around.balances.get(&field) {
            notes.extend(balance_notes(act, (*key, field), *balance, judged, done));
        }
        notes.extend(far_out(act, (unit, about), *key, judged, done).await?);
    }
    let day = keys.first().map_or(act.today, |k| k.day);
    notes.extend(day_off(act, day, keys, judged));
    Ok(notes)
}

/// Stated rests (`con 5`) of a message that stores nothing.
pub async fn stated(act: &mut Act<'_>, unit: UnitId, judged: &Judgement) -> Result<Vec<String>, Refusal> {
    let mut notes = Vec::new();
    for (day, field, n) in &judged.stated {
        let around = unit_day::read(act.conn, unit, *day, (*day, *day), &[*field]).await?;
        let balance = around.balances.get(field).copied().unwrap_or(0);
        let name = heading(act, Some(*field));
        notes.push(if *n == balance {
            act.words.stated_agrees(name, number(balance))
        } else {
            differs(act, name, *n, balance)
        });
    }
    Ok(notes)
}

/// Fields that were one slip away from their word.
pub fn near(act: &Act<'_>, judged: &Judgement) -> Vec<String> {
    judged.near.iter().map(|(typed, f)| act.words.caution_near(typed, heading(act, Some(*f)))).collect()
}

fn differs(act: &Act<'_>, field: String, stated: i64, balance: i64) -> String {
    act.words.caution_stated(field, number(stated), number(balance), number((stated - balance).abs()))
}

fn others(act: &Act<'_>, about: OfficialId, field: FieldId, around: &UnitDay) -> Option<String> {
    let others: Vec<&str> =
        around.counts.iter().filter(|(o, f, _)| *f == field && *o != about).map(|(o, _, _)| act.name_of(*o)).collect();
    if others.is_empty() {
        return None;
    }
    let name = heading(act, Some(field));
    if act.origin.private {
        return Some(act.words.caution_others(name, others.join(", ")));
    }
    Some(act.words.caution_others_count(name, others.len() as i64))
}

fn not_yours(act: &Act<'_>, (unit, about): (UnitId, OfficialId), day: NaiveDate, field: FieldId) -> Option<String> {
    let holds = |d| act.dir.membership(about, unit, d).is_some_and(|m| m.fields_on(d).any(|f| f == field));
    let own = about == act.person.official;
    (own && !holds(day) && !holds(act.today)).then(|| act.words.caution_not_yours(heading(act, Some(field))))
}

fn balance_notes(
    act: &Act<'_>,
    (key, field): (Key, FieldId),
    balance: i64,
    judged: &Judgement,
    done: &Recomputed,
) -> Vec<String> {
    let name = || heading(act, Some(field));
    let mut notes = Vec::new();
    let stated = judged.stated.iter().rev().find(|(d, f, _)| *d == key.day && *f == field);
    if let Some((_, _, n)) = stated.filter(|(_, _, n)| *n != balance) {
        notes.push(differs(act, name(), *n, balance));
    }
    if balance < 0 {
        notes.push(act.words.caution_negative(name(), number(balance)));
    }
    for figure in [Figure::AwaitingSupplement, Figure::PendingLate] {
        let value = done.stocks.get(&(key, figure)).copied().unwrap_or(0);
        if value > balance.max(0) {
            let whole =
                act.words.caution_whole(act.words.control(crate::domain::figure::Control::Pending), number(balance));
            notes.push(act.words.caution_part(name(), part(act.words, figure), number(value), whole.to_lowercase()));
        }
    }
    notes
}

/// An indicator that was named and exceeds its whole on that day.
fn parts(act: &Act<'_>, key: Key, judged: &Judgement, done: &Recomputed) -> Vec<String> {
    let (Some(named), Some(count)) = (judged.named.get(&key), done.counts.get(&key)) else { return Vec::new() };
    let over = |id: &IndicatorId| {
        let indicator = act.dir.indicator(*id)?;
        let value = count.indicators.get(id).copied()?;
        let (label, whole) = whole(act, indicator.whole?, &count.flows, count.indicators.clone())?;
        let whole_text = act.words.caution_whole(label.to_lowercase(), number(whole));
        let name = heading(act, key.field);
        (value > whole).then(|| act.words.caution_part(name, indicator.name.to_lowercase(), number(value), whole_text))
    };
    named.indicators.iter().filter_map(over).collect()
}

fn whole(
    act: &Act<'_>,
    whole: Whole,
    flows: &Flows,
    indicators: std::collections::BTreeMap<IndicatorId, i64>,
) -> Option<(String, i64)> {
    use crate::domain::figure::Control;
    Some(match whole {
        Whole::ReceivedNew => (act.words.control(Control::Received), flows.received()),
        Whole::ReceivedOnline => (act.words.figure(Figure::ReceivedOnline), flows.online),
        Whole::Resolved => (act.words.control(Control::Resolved), flows.resolved()),
        Whole::Indicator(id) => (act.dir.indicator(id)?.name.clone(), *indicators.get(&id)?),
    })
}

/// A value far out of the official's own history (W8).
async fn far_out(
    act: &mut Act<'_>,
    (unit, about): (UnitId, OfficialId),
    key: Key,
    judged: &Judgement,
    done: &Recomputed,
) -> Result<Vec<String>, Refusal> {
    let (Some(field), Some(count)) = (key.field, done.counts.get(&key)) else { return Ok(Vec::new()) };
    let named = judged.named.get(&key);
    let large: Vec<Figure> = FIGURES
        .iter()
        .map(|r| r.figure)
        .filter(|f| f.kind() == Kind::Flow && count.flows.get(*f) >= SMALLEST_OUTLIER)
        .filter(|f| named.is_some_and(|n| n.figures.contains(f)))
        .collect();
    if large.is_empty() {
        return Ok(Vec::new());
    }
    let history = unit_day::history(act.conn, unit, (about, field), key.day).await?;
    let mut notes = Vec::new();
    for figure in large {
        let values: Vec<i64> = history.iter().map(|f| f.get(figure)).collect();
        let value = count.flows.get(figure);
        if let Some(outlier) = outlier::is_far_out(&values, value) {
            let usual = number(outlier.usual);
            notes.push(act.words.caution_outlier(
                heading(act, Some(field)),
                part(act.words, figure),
                number(value),
                usual,
            ));
        }
    }
    Ok(notes)
}

/// A post for a day off, with the line that would move it to the last working day.
fn day_off(act: &Act<'_>, day: NaiveDate, keys: &[Key], judged: &Judgement) -> Option<String> {
    if act.dir.calendar.is_working(day) {
        return None;
    }
    let name = match day.weekday() {
        Weekday::Sat | Weekday::Sun => weekday(act.words, day),
        _ => act.words.day_off_holiday(),
    };
    let shown = short_day(day, act.today);
    let friday = act.dir.calendar.previous_working_day(day);
    let Some(line) = moved_line(act, friday, keys, judged) else {
        return Some(act.words.caution_day_off(shown, name));
    };
    Some(act.words.caution_day_off_line(shown, name, weekday(act.words, friday), line))
}

/// The first field of the post as a line for another day: `13/11 ht ol 9`.
fn moved_line(act: &Act<'_>, day: NaiveDate, keys: &[Key], judged: &Judgement) -> Option<String> {
    let key = keys.first()?;
    let field = act.dir.field(key.field?)?;
    let mut line = format!("{} {}", short_day(day, act.today), crate::grammar::fold::fold(&field.code));
    let mut any = false;
    for l in judged.lines.iter().filter(|l| l.key == *key) {
        use crate::domain::replay::{Entry, Op, Said};
        use crate::store::posts::LineSaid;
        if let LineSaid::Said(Said::Entry(Entry { subject, op: Op::Set(n) })) = l.said {
            let word = match subject {
                Subject::Figure(f) => f.word().to_string(),
                Subject::Indicator(id) => act.dir.indicator(id)?.words.first()?.clone(),
            };
            line.push_str(&format!(" {word} {n}"));
            any = true;
        }
    }
    any.then_some(line)
}
