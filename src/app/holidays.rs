//! `/ngaynghi`: days off and worked Saturdays, which the administrator keeps.
//!
//! `/ngaynghi 2027` lists, `/ngaynghi them 24/11 Ngày Văn hóa` adds, `/ngaynghi bo 24/11`
//! removes, `/ngaynghi lam 22/8` makes a day a worked one, `/ngaynghi dung 2027` confirms a
//! year's list.

use chrono::{Datelike, NaiveDate};
use serde_json::json;

use super::change::Change;
use super::reply::Reply;
use super::{Act, Answer, Refusal};
use crate::domain::calendar::DayKind;
use crate::domain::nag::period::year_to_confirm;
use crate::domain::official::Action;
use crate::grammar::fold::word_is;
use crate::grammar::planned::{DAYS_MAX, is_too_many, read_planned_days};
use crate::store::holidays::{self, Holiday};
use crate::store::{Connection, StoreError, nags};
use crate::words::Words;
use crate::words::numbers::{date, day_month, number};

/// `/ngaynghi [năm] | them|bo|lam NGÀY…`.
///
/// # Errors
/// What cannot be read.
pub async fn holidays(act: &mut Act<'_>, rest: &str) -> Answer {
    act.ask_leave(Action::Administer)?;
    let (words, today) = (act.words, act.today);
    let rest = rest.trim();
    let year =
        if rest.is_empty() { Some(today.year()) } else { rest.parse().ok().filter(|y| (1900..=2200).contains(y)) };
    if let Some(year) = year {
        return Ok(vec![Reply::text(year_list(act.conn, words, year).await?)]);
    }
    let (verb, behind) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
    let is = |verbs: &[&str]| verbs.iter().any(|v| word_is(verb, v));
    if is(&["dung", "xacnhan"]) {
        return confirm(act, behind).await;
    }
    let kind = match () {
        () if is(&["them", "nghi"]) => Some(DayKind::Off),
        () if is(&["lam", "lambu"]) => Some(DayKind::Work),
        () if is(&["bo", "xoa"]) => None,
        () => return Err(Refusal::Told(words.holidays_usage())),
    };
    if is_too_many(behind) {
        return Err(Refusal::Told(words.days_too_many(number(DAYS_MAX as i64))));
    }
    let (days, name) = read_planned_days(behind, today);
    if days.is_empty() {
        return Err(Refusal::Told(words.holidays_usage()));
    }
    let mut change = act.change();
    let mut told = Vec::new();
    for day in days {
        told.push(match kind {
            None if !remove(&mut change, day).await? => words.holiday_not_there(date(day)),
            None => words.holiday_removed(date(day)),
            Some(kind) => {
                set(&mut change, Holiday { day, kind, name: name.to_string() }).await?;
                if kind == DayKind::Off { words.holiday_added(date(day)) } else { words.holiday_worked(date(day)) }
            }
        });
    }
    Ok(vec![Reply::text(told.join("\n"))])
}

/// A year's days off and worked days, in words.
///
/// # Errors
/// Of the database.
pub async fn year_list(conn: &mut Connection, words: &Words, year: i32) -> Result<String, StoreError> {
    let (Some(first), Some(last)) = (NaiveDate::from_ymd_opt(year, 1, 1), NaiveDate::from_ymd_opt(year, 12, 31)) else {
        return Ok(String::new());
    };
    let days = holidays::list(conn, first, last).await?;
    let of = |kind: DayKind| {
        let one = |h: &Holiday| {
            let name = if h.name.is_empty() { String::new() } else { format!(" ({})", h.name) };
            format!("{}{name}", day_month(h.day))
        };
        let days: Vec<String> = days.iter().filter(|h| h.kind == kind).map(one).collect();
        if days.is_empty() { words.holidays_none() } else { days.join(", ") }
    };
    Ok(words.holidays_list(year.to_string(), of(DayKind::Off), of(DayKind::Work)))
}

/// `/ngaynghi dung 2027`: the list of that year is right as it stands.
async fn confirm(act: &mut Act<'_>, typed: &str) -> Answer {
    let year = match typed.trim() {
        "" => year_to_confirm(act.today),
        typed => typed.parse().ok().filter(|y| (2000..=2200).contains(y)),
    };
    let Some(year) = year else { return Err(Refusal::Told(act.words.holidays_usage())) };
    let (words, at) = (act.words, act.now.timestamp());
    let mut change = act.change();
    nags::confirm_year(change.conn, year, change.actor, at).await?;
    change.note(None, "holiday", json!({"year": year, "kind": "confirmed"})).await?;
    Ok(vec![Reply::text(words.holidays_confirmed(year.to_string()))])
}

/// Makes a day a day off or a worked one.
pub async fn set(change: &mut Change<'_>, holiday: Holiday) -> Result<(), Refusal> {
    holidays::set(change.conn, &holiday).await?;
    let kind = if holiday.kind == DayKind::Off { "off" } else { "work" };
    let detail = json!({"day": holiday.day.to_string(), "kind": kind, "name": holiday.name});
    change.note(None, "holiday", detail).await?;
    Ok(())
}

/// Takes a day off the table; false if it was not there.
pub async fn remove(change: &mut Change<'_>, day: NaiveDate) -> Result<bool, Refusal> {
    let was = holidays::remove(change.conn, day).await?;
    if was {
        change.note(None, "holiday", json!({"day": day.to_string(), "kind": "removed"})).await?;
    }
    Ok(was)
}
