//! The end of a period: its summary and workbook go to leads and leaders by themselves, once.
//! Periods that end together make one message: the month's summary, a line for each longer
//! one, all files.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;

use super::{Addresses, Look, Outgoing, Plan};
use crate::app::desk::Desk;
use crate::app::reply::{FileKind, FileRecipe, Reader};
use crate::app::summarise::{Facts, Question, summarise};
use crate::domain::nag::facts::Whom;
use crate::domain::nag::period::{ending_with_month, latest_ended, may_send};
use crate::domain::official::{OfficialId, Role};
use crate::domain::period::{Period, Scheme};
use crate::domain::summary::Summary;
use crate::domain::unit::{Unit, UnitId};
use crate::grammar::period::spell;
use crate::report::names::Names;
use crate::report::summary_text::summary_text;
use crate::store::directory::Directory;
use crate::store::{Connection, Result, StoreError, days, nags};
use crate::words::Words;
use crate::words::numbers::{number, rate};

/// How far the ends of each scheme's periods have been looked at.
const LOOKS: [(Scheme, &str); 2] = [(Scheme::FifteenFourteen, "period 15-14"), (Scheme::Calendar, "period calendar")];

/// How many parts have been told of documents that are too many for one plan: whoever plans
/// the same part a second time finds it gone further.
const PARTS: &str = "period parts";

/// Periods of units that have ended, with their last days.
type Ends = BTreeMap<UnitId, NaiveDate>;

/// Adds the documents that are due at this look, of no more than `limit` units unless one
/// person alone reads of more; the rest is left to the plan after.
pub async fn plan(
    conn: &mut Connection,
    desk: &Desk,
    (dir, look): (&Directory, Look),
    (plan, limit): (&mut Plan, usize),
) -> Result<()> {
    if !may_send(look.local(), &dir.calendar) {
        return Ok(());
    }
    let mut looks = Vec::new();
    let mut to_send: BTreeMap<OfficialId, Ends> = BTreeMap::new();
    for (scheme, name) in LOOKS {
        let Some(last) = latest_ended(scheme, look.local(), &dir.calendar) else { continue };
        let served = nags::looked(conn, look.stage, name).await?;
        if served.is_some_and(|day| day >= days::to_db(last)) {
            continue;
        }
        looks.push((name, served, days::to_db(last)));
        let told = nags::told(conn, look.stage, last).await?;
        // Before the first look of all only what falls due today is ours to tell, and what
        // is left of a part told already.
        if served.is_none() && due_day(last, dir) != look.today() && told.is_empty() {
            continue;
        }
        for unit in dir.units.values().filter(|u| u.scheme == scheme && !u.practice) {
            let new = |who: &OfficialId| !told.contains(&(*who, fact(unit.id)));
            for who in readers(dir, unit.id, look.today()).into_iter().filter(new) {
                to_send.entry(who).or_default().insert(unit.id, last);
            }
        }
    }
    let (units, people, rest) = part(to_send, limit);
    plan.more = rest;
    if rest {
        let told = nags::looked(conn, look.stage, PARTS).await?;
        looks = vec![(PARTS, told, told.unwrap_or(0) + 1)];
    }
    plan.looks.extend(looks);
    if people.is_empty() {
        return Ok(());
    }
    let mut ended: HashMap<UnitId, Vec<Summary>> = HashMap::new();
    for (unit, last) in units {
        if let Some(found) = dir.unit(unit) {
            ended.insert(unit, summaries(conn, dir, (found, last), look).await?);
        }
    }
    let addresses = Addresses::load(conn, dir, look.stage).await?;
    for (who, ends) in people {
        for (unit, last) in &ends {
            plan.told.entry(*last).or_default().push((who, fact(*unit)));
        }
        let units: Vec<&[Summary]> = ends.keys().filter_map(|u| ended.get(u).map(Vec::as_slice)).collect();
        if let Some(to) = addresses.for_file(who) {
            plan.outgoing.extend(messages(desk, (dir, look), (who, to), &units)?);
        }
    }
    Ok(())
}

/// The first of these people in order of their units, as many as read of `limit` units
/// together, one at least; these units; and whether anybody is left.
fn part(to_send: BTreeMap<OfficialId, Ends>, limit: usize) -> (Ends, Vec<(OfficialId, Ends)>, bool) {
    let mut all: Vec<(OfficialId, Ends)> = to_send.into_iter().collect();
    // Who reads of one unit stands together: it is worked out once.
    all.sort_by_key(|(who, ends)| (ends.keys().next().copied(), *who));
    let mut units = Ends::new();
    let mut taken = 0;
    for (_, ends) in &all {
        let new = ends.keys().filter(|u| !units.contains_key(u)).count();
        if taken > 0 && new > 0 && units.len() + new > limit {
            break;
        }
        units.extend(ends);
        taken += 1;
    }
    let rest = taken < all.len();
    all.truncate(taken);
    (units, all, rest)
}

/// Where the looks at each scheme's periods stand once all that has ended is taken as told.
pub fn latest(dir: &Directory, look: Look) -> Vec<(&'static str, i64)> {
    let of = |(scheme, name): (Scheme, &'static str)| {
        Some((name, days::to_db(latest_ended(scheme, look.local(), &dir.calendar)?)))
    };
    LOOKS.into_iter().filter_map(of).collect()
}

/// The key of "this unit's period was sent".
fn fact(unit: UnitId) -> String {
    format!("p:{}", unit.0)
}

fn due_day(last: NaiveDate, dir: &Directory) -> NaiveDate {
    if dir.calendar.is_working(last) { last } else { dir.calendar.next_working_day(last) }
}

fn readers(dir: &Directory, unit: UnitId, today: NaiveDate) -> Vec<OfficialId> {
    let members = dir.members_of(unit).iter().filter(|m| m.span.holds(today));
    members.filter(|m| matches!(m.role, Role::Lead | Role::Leader)).map(|m| m.official).collect()
}

async fn summaries(
    conn: &mut Connection,
    dir: &Directory,
    (unit, last): (&Unit, NaiveDate),
    look: Look,
) -> Result<Vec<Summary>> {
    let mut all = Vec::new();
    for period in ending_with_month(last, unit.scheme) {
        let span = (period.from, period.end(look.local().date()));
        let facts = Facts::load(conn, dir, &dir.subtree(unit.id), span).await?;
        let q = Question { dir, unit, period: &period, field: None, now: look.local(), facts: &facts };
        all.push(summarise(conn, &q).await?);
    }
    Ok(all)
}

/// The text with the first file, then the other files.
fn messages(
    desk: &Desk,
    (dir, look): (&Directory, Look),
    (who, (bot_id, chat_id)): (OfficialId, (i64, String)),
    units: &[&[Summary]],
) -> Result<Vec<Outgoing>> {
    let words = desk.words_for(dir, who);
    let locale = dir.official(who).and_then(|o| o.locale.clone()).unwrap_or(desk.locale.key().to_string());
    let text: Vec<String> = units.iter().map(|e| text(e, words)).collect();
    let mut text = Some(text.join("\n\n"));
    let mut rows = Vec::new();
    for summary in units.iter().copied().flatten() {
        let label = words.nag_period_file(words.period(&summary.period), &*summary.unit_name);
        rows.push(Outgoing {
            to: Whom::Person(who),
            bot_id,
            chat_id: chat_id.clone(),
            private: true,
            kind: "ky".to_string(),
            text: text.take().unwrap_or(label),
            file: Some(recipe(summary, &summary.period, look, &locale)?),
            until: None,
        });
    }
    Ok(rows)
}

/// Of one unit's periods, the month first.
fn text(summaries: &[Summary], words: &'static Words) -> String {
    let Some((month, longer)) = summaries.split_first() else { return String::new() };
    let mut lines = vec![summary_text(month, Names::All, words)];
    for s in longer {
        let (received, resolved) = (number(s.total.received_total()), number(s.total.resolved_total()));
        lines.push(words.nag_period_longer(words.period(&s.period), received, resolved, rate(s.total.on_time_rate())));
    }
    lines.join("\n")
}

fn recipe(summary: &Summary, period: &Period, look: Look, locale: &str) -> Result<String> {
    let recipe = FileRecipe {
        kind: FileKind::Workbook,
        unit: summary.unit.0,
        period: spell(period),
        at: look.now.timestamp(),
        locale: locale.to_string(),
        reader: Reader::All,
    };
    serde_json::to_string(&recipe).map_err(|e| StoreError::Inconsistent { table: "outbox", what: e.to_string() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(readers: &[(i64, &[i64])], limit: usize, expected: (&[i64], &[i64], bool)) {
        let last: NaiveDate = "2026-12-14".parse().unwrap();
        let ends = |units: &[i64]| units.iter().map(|u| (UnitId(*u), last)).collect();
        let to_send = readers.iter().map(|(who, units)| (OfficialId(*who), ends(units))).collect();
        let (units, people, rest) = part(to_send, limit);
        let units: Vec<i64> = units.keys().map(|u| u.0).collect();
        let people: Vec<i64> = people.iter().map(|(who, _)| who.0).collect();
        assert_eq!((&*people, &*units, rest), expected, "{readers:?} at most {limit}");
    }

    #[test]
    fn a_part_holds_whole_people_and_everybody_of_its_units() {
        let leads_then_leaders: [(i64, &[i64]); 6] = [(1, &[1]), (2, &[2]), (3, &[3]), (4, &[1]), (5, &[2]), (6, &[3])];
        check(&leads_then_leaders, 2, (&[1, 4, 2, 5], &[1, 2], true));
        check(&leads_then_leaders, 3, (&[1, 4, 2, 5, 3, 6], &[1, 2, 3], false));
        check(&[(1, &[1, 2, 3]), (2, &[2])], 2, (&[1, 2], &[1, 2, 3], false));
        check(&[(1, &[1]), (2, &[1, 2, 3]), (3, &[1])], 2, (&[1], &[1], true));
        check(&[], 2, (&[], &[], false));
    }
}
