//! The end of a period: its summary and workbook go to leads and leaders by themselves, once.
//! Periods that end together make one message: the month's summary, a line for each longer
//! one, all files.

use std::collections::BTreeMap;

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

/// A unit's periods, the month first.
struct Ended {
    unit: UnitId,
    summaries: Vec<Summary>,
}

/// Adds the documents that are due at this look.
pub async fn plan(conn: &mut Connection, desk: &Desk, (dir, look): (&Directory, Look), plan: &mut Plan) -> Result<()> {
    if !may_send(look.local(), &dir.calendar) {
        return Ok(());
    }
    let mut to_send: BTreeMap<OfficialId, Vec<usize>> = BTreeMap::new();
    let mut ended: Vec<Ended> = Vec::new();
    for (scheme, name) in LOOKS {
        let Some(last) = latest_ended(scheme, look.local(), &dir.calendar) else { continue };
        let served = nags::looked(conn, look.stage, name).await?;
        if served.is_some_and(|day| day >= days::to_db(last)) {
            continue;
        }
        plan.looks.push((name, served, days::to_db(last)));
        // Before the first look of all only what falls due today is ours to tell.
        if served.is_none() && due_day(last, dir) != look.today() {
            continue;
        }
        let told = nags::told(conn, look.stage, last).await?;
        for unit in dir.units.values().filter(|u| u.scheme == scheme && !u.practice) {
            let fact = fact(unit.id);
            let mut readers = readers(dir, unit.id, look.today());
            readers.retain(|who| !told.contains(&(*who, fact.clone())));
            if readers.is_empty() {
                continue;
            }
            ended.push(Ended { unit: unit.id, summaries: summaries(conn, dir, (unit, last), look).await? });
            for who in readers {
                to_send.entry(who).or_default().push(ended.len() - 1);
                plan.told.entry(last).or_default().push((who, fact.clone()));
            }
        }
    }
    if to_send.is_empty() {
        return Ok(());
    }
    let addresses = Addresses::load(conn, dir, look.stage).await?;
    for (who, mut units) in to_send {
        units.sort_by_key(|i| ended.get(*i).map(|e| e.unit));
        let units: Vec<&Ended> = units.iter().filter_map(|i| ended.get(*i)).collect();
        if let Some(to) = addresses.for_file(who) {
            plan.outgoing.extend(messages(desk, (dir, look), (who, to), &units)?);
        }
    }
    Ok(())
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
    units: &[&Ended],
) -> Result<Vec<Outgoing>> {
    let words = desk.words_for(dir, who);
    let locale = dir.official(who).and_then(|o| o.locale.clone()).unwrap_or(desk.locale.key().to_string());
    let text: Vec<String> = units.iter().map(|e| text(e, words)).collect();
    let mut text = Some(text.join("\n\n"));
    let mut rows = Vec::new();
    for summary in units.iter().flat_map(|e| &e.summaries) {
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

fn text(ended: &Ended, words: &'static Words) -> String {
    let Some((month, longer)) = ended.summaries.split_first() else { return String::new() };
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
