//! `/nhac`: a unit's times; a lead or administrator changes them: `/nhac nhac1 15:45`,
//! `/nhac 16:15 15:45`, `/nhac nhac2 tat`.

use serde_json::json;

use super::reply::Reply;
use super::{Act, Answer, Refusal};
use crate::domain::nag::{CLOSES, Minute, OPENS, Slot, Times, minute_of};
use crate::domain::official::{Action, may};
use crate::grammar::fold::{fold, word_is};
use crate::grammar::names::quoted;
use crate::grammar::snooze::read_time;
use crate::store::nags;
use crate::words::Words;

/// # Errors
/// What cannot be read, times at night, a last reminder before the first.
pub async fn nag_times(act: &mut Act<'_>, rest: &str) -> Answer {
    let (words, unit) = (act.words, act.person.unit);
    let now = act.now.with_timezone(&act.zone).naive_local();
    let all = nags::times(act.conn, now.date()).await?;
    let times = all.get(&unit).copied().unwrap_or_default();
    if rest.trim().is_empty() {
        return Ok(vec![Reply::text(list(act, &times))]);
    }
    if !may(act.person.role, Action::ManagePeople) {
        return Err(Refusal::Told(words.nag_times_not_yours()));
    }
    let usage = || Refusal::Told(words.nag_times_usage(Slot::ALL.map(Slot::key).join(", ")));
    let (name, value) = rest.trim().split_once(char::is_whitespace).ok_or_else(usage)?;
    let slot = slot_named(name, &times).ok_or_else(usage)?;
    let minute = time(value, slot).ok_or_else(|| Refusal::Told(words.nag_times_bad_time(quoted(value), slot.key())))?;
    in_order(&times, slot, minute, words)?;
    // A time that has passed today already holds from tomorrow on; today the former one does.
    let passed = minute.is_some_and(|m| m <= minute_of(now));
    let since = if passed { now.date().succ_opt().unwrap_or(now.date()) } else { now.date() };
    nags::set_time(act.conn, (unit, slot), minute, (since, times.at(slot))).await?;
    act.change().note(Some(unit), "nag_time", json!({"slot": slot.key(), "minute": minute})).await?;
    let from = if passed { words.nag_from_tomorrow() } else { words.nag_from_today() };
    Ok(vec![Reply::text(words.nag_time_set(slot.key(), shown(minute, words), what(slot, words), from))])
}

fn list(act: &Act<'_>, times: &Times) -> String {
    let words = act.words;
    let name = act.dir.unit(act.person.unit).map_or("", |u| u.name.as_str());
    let row = |slot: Slot| words.nag_time_row(slot.key(), shown(times.at(slot), words), what(slot, words));
    let mut lines = vec![words.nag_times_title(name)];
    lines.extend(Slot::ALL.map(row));
    if may(act.person.role, Action::ManagePeople) {
        lines.push(words.nag_times_foot());
    }
    lines.join("\n")
}

/// By name, or by the time at which it stands.
fn slot_named(name: &str, times: &Times) -> Option<Slot> {
    let by_time = || read_time(name).and_then(|at| Slot::ALL.into_iter().find(|s| times.at(*s) == Some(at)));
    Slot::ALL.into_iter().find(|s| word_is(name, s.key())).or_else(by_time)
}

/// The new time; `Some(None)`: off.
fn time(value: &str, slot: Slot) -> Option<Option<Minute>> {
    match fold(value).replace(' ', "").as_str() {
        "tat" | "off" => Some(None),
        "bat" | "on" => Some(Some(slot.usual())),
        _ => read_time(value).filter(|m| (OPENS..CLOSES).contains(m)).map(Some),
    }
}

/// The last reminder comes after the first.
fn in_order(times: &Times, slot: Slot, minute: Option<Minute>, words: &Words) -> Result<(), Refusal> {
    let mut new = *times;
    new.set(slot, minute);
    match (new.at(Slot::Reminder), new.at(Slot::LastReminder)) {
        (Some(first), Some(last)) if last <= first => {
            let later = (first + 30).min(CLOSES - 1);
            Err(Refusal::Told(words.nag_times_order(shown(Some(first), words), shown(Some(later), words))))
        }
        _ => Ok(()),
    }
}

fn shown(minute: Option<Minute>, words: &Words) -> String {
    minute.map_or_else(|| words.nag_time_off(), |m| format!("{:02}:{:02}", m / 60, m % 60))
}

fn what(slot: Slot, words: &Words) -> String {
    match slot {
        Slot::Digest => words.nag_what_sang(),
        Slot::LeadMorning => words.nag_what_daumoi(),
        Slot::LeaderMorning => words.nag_what_lanhdao(),
        Slot::Reminder => words.nag_what_nhac1(),
        Slot::LastReminder => words.nag_what_nhac2(),
        Slot::LeadEvening => words.nag_what_chieu(),
    }
}
