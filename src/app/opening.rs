//! `/tondau FIELD N [qh M] [DAY]`: what was pending when the unit's figures begin.

use chrono::NaiveDate;
use serde_json::json;

use super::desk::Desk;
use super::reply::{ChoiceAction, Reply};
use super::{Act, Answer, Refusal};
use crate::domain::field::FieldId;
use crate::domain::official::OfficialId;
use crate::domain::period::Period;
use crate::domain::unit::UnitId;
use crate::grammar::day::read_day;
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
    let Some((pending, late, day)) = read_rest(rest, act.today) else {
        return Err(Refusal::Told(act.words.opening_usage()));
    };
    let scheme = act.dir.unit(unit).map(|u| u.scheme).unwrap_or(crate::domain::period::Scheme::FifteenFourteen);
    let day = day.unwrap_or_else(|| Period::month_containing(act.today, scheme).from);
    if late > pending {
        return Err(Refusal::Told(act.words.opening_late_over()));
    }
    if let Some(c) = closed::touching(act.conn, unit, day, NaiveDate::MAX).await?.first() {
        let period = super::posting::period_label(act, c);
        return Err(Refusal::Told(act.words.edit_closed(date(c.first), period)));
    }
    let new = Opening { day, pending, late };
    if let Some(first) = openings::first_count_before(act.conn, unit, field, day).await? {
        return Ok(vec![counts_before(act, field, new, first)]);
    }
    let before = set(act.conn, (Some(act.person.official), act.now.timestamp()), (unit, field), new).await?;
    let name = act.dir.field(field).map_or("", |f| f.name.as_str());
    let late = if late > 0 { act.words.opening_late(number(late)) } else { String::new() };
    let mut text = act.words.opening_set(name, number(pending), late, date(day));
    if let Some(before) = before.filter(|b| *b != new) {
        text =
            format!("{text} {}", act.words.opening_before(format!("{}, {}", number(before.pending), date(before.day))));
    }
    Ok(vec![Reply::text(text)])
}

/// An opening is what was pending at the start of its day: what was counted before that day
/// would come on top of it. The line with the first counted day is ready to send.
fn counts_before(act: &Act<'_>, field: FieldId, new: Opening, first: NaiveDate) -> Reply {
    let (code, name) = act.dir.field(field).map_or(("", ""), |f| (f.code.as_str(), f.name.as_str()));
    let late = if new.late > 0 { format!(" qh {}", new.late) } else { String::new() };
    let line = format!("/tondau {} {}{late} {}", fold(code), new.pending, date(first));
    let why = act.words.opening_counts_before(name, date(new.day), date(first), &line);
    let again = ChoiceAction::Say {
        text: line.clone(),
        sent_at: act.origin.sent_at.timestamp(),
        unit: act.person.unit.0,
        confirmed: false,
    };
    Reply::text(why).with_choice(act.words.choice_save(line), again)
}

/// Stores an opening and writes the act down; the command line uses it too.
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

/// `5 [qh 1] [01/11/2026]`, in any order behind the number.
fn read_rest(text: &str, today: NaiveDate) -> Option<(i64, i64, Option<NaiveDate>)> {
    let (first, mut rest) = split(text.trim_start_matches([':', '=']))?;
    let pending = read_number(first, COUNT_MAX).ok()?;
    let (mut late, mut day) = (0, None);
    while !rest.is_empty() {
        if let Some(read) = read_day(rest, today) {
            day = Some(read.day.ok()?);
            rest = read.rest.trim();
            continue;
        }
        let (word, after) = split(rest)?;
        let word = fold(word);
        let (digits, after) = match word.strip_prefix("qh")? {
            "" => split(after)?,
            _ => (word.trim_start_matches("qh"), after),
        };
        late = read_number(digits, COUNT_MAX).ok()?;
        // `digits` may borrow from the folded word; only the rest is kept.
        rest = &rest[rest.len() - after.len()..];
    }
    Some((pending, late, day))
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
        let check = |text: &str, expected| assert_eq!(read_rest(text, today), expected, "{text}");
        check("5", Some((5, 0, None)));
        check("5 qh 1", Some((5, 1, None)));
        check("1.205 qh2 01/11/2026", Some((1205, 2, day("2026-11-01"))));
        check("5 15/11 qh 1", Some((5, 1, day("2026-11-15"))));
        check("", None);
        check("năm", None);
        check("5 31/02/2026", None);
    }
}
