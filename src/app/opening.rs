//! `/tondau FIELD N [qh M] [DAY]`: what was pending when the unit's figures begin.

use chrono::{Datelike, NaiveDate};
use serde_json::json;

use super::change::Change;
use super::desk::Desk;
use super::reply::{ChoiceAction, Reply};
use super::{Act, Answer, Refusal};
use crate::domain::field::FieldId;
use crate::domain::official::OfficialId;
use crate::domain::period::Period;
use crate::domain::unit::UnitId;
use crate::grammar::day::{BadDay, DayRead, read_day};
use crate::grammar::fold::fold;
use crate::grammar::number::{COUNT_MAX, read_number};
use crate::grammar::vocabulary::FieldMatch;
use crate::store::openings::{self, Opening};
use crate::store::{Connection, audit, closed, days};
use crate::words::numbers::{date, number};

/// Sets the opening balance of a field; the one before is named in the reply.
pub async fn opening(desk: &Desk, act: &mut Act<'_>, text: &str) -> Answer {
    let unit = act.person.unit;
    let vocabulary = desk.vocabulary(&act.dir, unit, act.today);
    let (field, rest) = match vocabulary.find_field(text) {
        FieldMatch::Found { id, rest, .. } => (id, rest),
        FieldMatch::NotInUse { word, .. } => return Err(Refusal::Told(act.words.bad_not_enabled(word))),
        FieldMatch::Unknown => return Err(Refusal::Told(act.words.opening_usage())),
    };
    let Some(read) = read_rest(rest, act.today) else {
        return Err(Refusal::Told(act.words.opening_usage()));
    };
    let scheme = act.dir.unit(unit).map(|u| u.scheme).unwrap_or(crate::domain::period::Scheme::FifteenFourteen);
    let day = match read.day.map(|d| (d.asked(), d.word)) {
        None => Period::month_containing(act.today, scheme).from,
        Some((Ok(day) | Err(BadDay::Future { day, .. }), _)) => day,
        Some((Err(BadDay::NoSuchDay), word)) => return Err(Refusal::Told(act.words.bad_date(word))),
    };
    let new = Opening { day, pending: read.pending, late: read.late };
    let code = fold(act.dir.field(field).map_or("", |f| f.code.as_str()));
    let line = |day| {
        let late = if new.late > 0 { format!(" qh {}", new.late) } else { String::new() };
        format!("/tondau {code} {}{late} {}", new.pending, date(day))
    };
    Ok(vec![match enter(&mut act.change(), (unit, field), new, &line).await? {
        Entry::Done(sentence) => Reply::text(sentence),
        Entry::Not { why, again } => {
            let action = ChoiceAction::Say {
                text: again.clone(),
                sent_at: act.origin.sent_at.timestamp(),
                unit: act.person.unit.0,
                confirmed: false,
            };
            Reply::text(why).with_choice(act.words.choice_save(again), action)
        }
    }])
}

/// What comes of an opening.
pub enum Entry {
    /// What was entered, and what stood before.
    Done(String),
    /// Not on that day; the line with a day that can be.
    Not { why: String, again: String },
}

/// Enters an opening in place of the one before, which is named. `line`: how this opening is
/// said of another day.
///
/// # Errors
/// An opening in a closed period, more late than pending, and of the database.
pub async fn enter(
    change: &mut Change<'_>,
    (unit, field): (UnitId, FieldId),
    new: Opening,
    line: &impl Fn(NaiveDate) -> String,
) -> Result<Entry, Refusal> {
    let words = change.words;
    if new.late > new.pending {
        return Err(Refusal::Told(words.opening_late_over()));
    }
    if new.day > change.today {
        let again = line(latest_such(new.day, change.today));
        return Ok(Entry::Not { why: words.opening_future(date(new.day), &again), again });
    }
    if let Some(c) = closed::touching(change.conn, unit, new.day, NaiveDate::MAX).await?.first() {
        let period = super::posting::closed_period(change.dir.unit(unit), c, words);
        return Err(Refusal::Told(words.edit_closed(date(c.first), period)));
    }
    let name = change.dir.field(field).map_or("", |f| f.name.as_str());
    // An opening is what was pending at the start of its day: what was counted before that
    // day would come on top of it.
    if let Some(first) = openings::first_count_before(change.conn, unit, field, new.day).await? {
        let again = line(first);
        let why = words.opening_counts_before(name, date(new.day), date(first), &again);
        return Ok(Entry::Not { why, again });
    }
    let before = set(change.conn, (change.actor, change.now.timestamp()), (unit, field), new).await?;
    let late = if new.late > 0 { words.opening_late(number(new.late)) } else { String::new() };
    let mut text = words.opening_set(name, number(new.pending), late, date(new.day));
    if let Some(before) = before.filter(|b| *b != new) {
        text = format!("{text} {}", words.opening_before(format!("{}, {}", number(before.pending), date(before.day))));
    }
    Ok(Entry::Done(text))
}

/// The day of that name in the latest year in which it is not in the future.
fn latest_such(day: NaiveDate, today: NaiveDate) -> NaiveDate {
    let of_year = |back| day.with_year(today.year() - back);
    (0..=8).filter_map(of_year).find(|d| *d <= today).unwrap_or(today)
}

/// Stores an opening and writes the act down; the demo uses it too.
pub async fn set(
    conn: &mut Connection,
    (actor, at): (Option<OfficialId>, i64),
    (unit, field): (UnitId, FieldId),
    new: Opening,
) -> crate::store::Result<Option<Opening>> {
    let before = openings::set(conn, unit, field, new).await?;
    let detail = json!({
        "field": field.0, "day": new.day, "pending": new.pending, "late": new.late,
        "before": before.map(|b| json!({"day": b.day, "pending": b.pending, "late": b.late})),
    });
    let detail = detail.to_string();
    let entry = audit::Act { at, actor, unit: Some(unit), kind: "opening", post: None, read: None, detail: &detail };
    audit::write_days(conn, &entry, &[days::to_db(new.day)].into()).await?;
    Ok(before)
}

/// What stands behind the field.
#[derive(Debug, PartialEq, Eq)]
struct Rest<'a> {
    pending: i64,
    late: i64,
    day: Option<DayRead<'a>>,
}

/// `5 [qh 1] [01/11/2026]`, in any order behind the number.
fn read_rest(text: &str, today: NaiveDate) -> Option<Rest<'_>> {
    let (first, mut rest) = split(text.trim_start_matches([':', '=']))?;
    let mut read = Rest { pending: read_number(first, COUNT_MAX).ok()?, late: 0, day: None };
    while !rest.is_empty() {
        if let Some(day) = read_day(rest, today) {
            rest = day.rest.trim();
            read.day = Some(day);
            continue;
        }
        let (digits, after) = match read_late(rest) {
            Some((digits, after)) if digits.is_empty() => {
                let (number, after) = split(after)?;
                (number.to_string(), after)
            }
            Some(read) => read,
            None => {
                let (number, after) = split(rest)?;
                let (none, after) = read_late(after)?;
                (none.is_empty().then(|| number.to_string())?, after)
            }
        };
        read.late = read_number(&digits, COUNT_MAX).ok()?;
        rest = after;
    }
    Some(read)
}

/// The word of the late part: the digits glued to it, and what stands behind.
fn read_late(text: &str) -> Option<(String, &str)> {
    let (word, after) = split(text)?;
    let (stem, digits) = cut_digits(word);
    match stem.as_str() {
        "qh" | "tqh" | "quahan" | "trehan" => Some((digits, after)),
        "qua" | "tre" if digits.is_empty() => {
            let (second, after) = split(after)?;
            let (stem, digits) = cut_digits(second);
            (stem == "han").then_some((digits, after))
        }
        _ => None,
    }
}

/// `qh2` → `qh`, `2`; marks folded.
fn cut_digits(word: &str) -> (String, String) {
    let mut stem = fold(word);
    let digits = stem.split_off(stem.find(|c: char| c.is_ascii_digit()).unwrap_or(stem.len()));
    (stem, digits)
}

fn split(text: &str) -> Option<(&str, &str)> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    let end = text.find(char::is_whitespace).unwrap_or(text.len());
    Some((&text[..end], text[end..].trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rest_of_the_command_is_number_late_part_and_day() {
        let today: NaiveDate = "2026-11-20".parse().unwrap();
        let day = |d: &str| d.parse::<NaiveDate>().ok();
        let check = |text: &str, expected| {
            let read = read_rest(text, today).map(|r| (r.pending, r.late, r.day.map(|d| d.asked().ok())));
            assert_eq!(read, expected, "{text}");
        };
        check("5", Some((5, 0, None)));
        check("5 qh 1", Some((5, 1, None)));
        check("1.205 qh2 01/11/2026", Some((1205, 2, Some(day("2026-11-01")))));
        check("5 15/11 qh 1", Some((5, 1, Some(day("2026-11-15")))));
        for late in ["quá hạn 2", "qua han 2", "quá hạn2", "quáhạn 2", "2 quá hạn", "2 qh", "trễ hạn 2", "tqh 2"]
        {
            check(&format!("7 {late}"), Some((7, 2, None)));
            check(&format!("7 {late} 31/12"), Some((7, 2, Some(day("2025-12-31")))));
        }
        check("5 31/02/2026", Some((5, 0, Some(None))));
        check("5 01/11/2027", Some((5, 0, Some(None))));
        for none in ["", "năm", "5 6", "5 quá 2", "5 qh", "5 2 qh3", "5 qh 1 nhé"] {
            check(none, None);
        }
    }

    #[test]
    fn a_day_in_the_future_is_put_where_it_was_last() {
        let check = |day: &str, expected: &str| {
            let (day, today) = (day.parse().unwrap(), "2026-11-20".parse().unwrap());
            assert_eq!(latest_such(day, today).to_string(), expected);
        };
        check("2027-11-01", "2026-11-01");
        check("2026-12-31", "2025-12-31");
        check("2028-02-29", "2024-02-29");
    }
}
