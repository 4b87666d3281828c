//! `/nhac`: a unit's times; a lead or administrator changes them, the leader's own the leader
//! or an administrator: `/nhac nhac1 15:45`, `/nhac 16:15 15:45`, `/nhac nhac2 tat`. Where a
//! Zalo bot serves the unit, it says how much of the month's messages is used.

use chrono::NaiveDate;
use serde_json::json;

use super::desk::Desk;
use super::reply::Reply;
use super::{Act, Answer, Refusal, own_bot};
use crate::domain::budget::{Worth, left_out, percent};
use crate::domain::nag::{CLOSES, Minute, OPENS, Slot, Times, minute_of};
use crate::domain::official::{Action, may};
use crate::grammar::fold::{fold, word_is};
use crate::grammar::names::quoted;
use crate::grammar::snooze::read_time;
use crate::store::{self, StoreError, bots, nags};
use crate::words::Words;
use crate::words::numbers::number;

/// # Errors
/// What cannot be read, times at night, a last reminder before the first.
pub async fn nag_times(desk: &Desk, act: &mut Act<'_>, rest: &str) -> Answer {
    let (words, unit) = (act.words, act.person.unit);
    let now = act.now.with_timezone(&act.zone).naive_local();
    let today = now.date();
    let tomorrow = today.succ_opt().unwrap_or(today);
    // Whoever asks or changes means what will hold, a change of today from tomorrow on too.
    let held = nags::times(act.conn, today).await?.get(&unit).copied().unwrap_or_default();
    let times = nags::times(act.conn, tomorrow).await?.get(&unit).copied().unwrap_or_default();
    if rest.trim().is_empty() {
        let month = zalo_month(desk, act, today).await?;
        return Ok(vec![Reply::text(list(act, (&held, &times), month))]);
    }
    if !Slot::ALL.into_iter().any(|slot| may(act.person.role, whose(slot))) {
        return Err(Refusal::Told(words.nag_times_not_yours()));
    }
    let usage = || Refusal::Told(words.nag_times_usage(Slot::ALL.map(Slot::key).join(", ")));
    let (name, value) = rest.trim().split_once(char::is_whitespace).ok_or_else(usage)?;
    let slot = slot_named(name, &times).ok_or_else(usage)?;
    if !may(act.person.role, whose(slot)) {
        return Err(Refusal::Told(match slot {
            Slot::LeaderMorning => words.nag_times_of_leader(),
            _ => words.nag_times_not_yours(),
        }));
    }
    let minute = time(value, slot).ok_or_else(|| Refusal::Told(words.nag_times_bad_time(quoted(value), slot.key())))?;
    in_order(&times, slot, minute)
        .map_err(|(first, later)| Refusal::Told(words.nag_times_order(shown(first, words), shown(later, words))))?;
    // A time that has passed today already, or stands across one that still holds today,
    // holds from tomorrow on; today the former one does.
    let later = minute.is_some_and(|m| m <= minute_of(now)) || in_order(&held, slot, minute).is_err();
    let since = if later { tomorrow } else { today };
    nags::set_time(act.conn, (unit, slot), minute, (since, held.at(slot))).await?;
    act.change().note(Some(unit), "nag_time", json!({"slot": slot.key(), "minute": minute})).await?;
    let from = if later { words.nag_from_tomorrow() } else { words.nag_from_today() };
    Ok(vec![Reply::text(words.nag_time_set(slot.key(), shown(minute, words), what(slot, words), from))])
}

/// What the month's messages of the unit's Zalo bot come to, and what is left out for it;
/// `None` without such a bot, and where there is no limit.
async fn zalo_month(desk: &Desk, act: &mut Act<'_>, today: NaiveDate) -> Result<Option<String>, StoreError> {
    let (words, most) = (act.words, desk.zalo_monthly);
    let all = bots::of_channel(act.conn, "zalo").await?;
    let own = own_bot::of_unit(&act.dir, act.person.unit, &all);
    let Some(bot) = own.first().filter(|_| most > 0) else { return Ok(None) };
    let sent = store::budget::of(act.conn, bot.id, today).await?.sent;
    let used = words.nag_zalo_month(number(sent), number(i64::from(most)), percent(sent, most).to_string());
    Ok(Some(match left_out(sent, most) {
        None => used,
        Some(Worth::SecondReminder) => format!("{used}\n{}", words.nag_zalo_no_second()),
        Some(_) => format!("{used}\n{}", words.nag_zalo_no_digests()),
    }))
}

/// The times as they will be; those of them that today does not have yet say so.
fn list(act: &Act<'_>, (held, times): (&Times, &Times), zalo_month: Option<String>) -> String {
    let words = act.words;
    let name = act.dir.unit(act.person.unit).map_or("", |u| u.name.as_str());
    let time = |slot: Slot| match shown(times.at(slot), words) {
        time if times.at(slot) == held.at(slot) => time,
        time => words.nag_time_tomorrow(time),
    };
    let row = |slot: Slot| words.nag_time_row(slot.key(), time(slot), what(slot, words));
    let mut lines = vec![words.nag_times_title(name)];
    lines.extend(Slot::ALL.map(row));
    lines.extend(zalo_month);
    if may(act.person.role, Action::ManagePeople) {
        lines.push(words.nag_times_foot());
    } else if may(act.person.role, Action::SetLeaderTime) {
        lines.push(words.nag_times_foot_leader());
    }
    lines.join("\n")
}

/// Who may change a time: what the leader is told about the office is not the lead's to turn
/// off.
fn whose(slot: Slot) -> Action {
    match slot {
        Slot::LeaderMorning => Action::SetLeaderTime,
        _ => Action::ManagePeople,
    }
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

/// The last reminder comes after the first; if not, the first and a time that would do.
fn in_order(times: &Times, slot: Slot, minute: Option<Minute>) -> Result<(), (Option<Minute>, Option<Minute>)> {
    let mut new = *times;
    new.set(slot, minute);
    match (new.at(Slot::Reminder), new.at(Slot::LastReminder)) {
        (Some(first), Some(last)) if last <= first => Err((Some(first), Some((first + 30).min(CLOSES - 1)))),
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
