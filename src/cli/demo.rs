//! `motcua demo`: an invented province with three communes and some two months of counts and
//! dossiers, so
//! that a newcomer sees every command answer something.
//!
//! Nothing is written into the tables of counts: units and people are added as the command
//! line adds them, and every figure is said in the terminal's chats at its own time, so that
//! echo, replay, history and edits are those of a real office. The same day and seed give
//! the same office.

mod days;
mod dice;
mod dossiers;
mod office;

use std::collections::HashMap;
use std::io::Write;
use std::sync::Arc;

use anyhow::Context as _;
use chrono::{DateTime, Days, NaiveDate, Utc};

use super::End;
use crate::app::Refusal;
use crate::app::change::Change;
use crate::app::desk::Desk;
use crate::app::opening;
use crate::app::people::{OfficialRow, add_official};
use crate::app::units::{UnitRow, add_unit};
use crate::channel::terminal::{Terminal, router};
use crate::clock::{ManualClock, day_of, instant_of};
use crate::domain::field::FieldId;
use crate::domain::nag::{Minute, moment};
use crate::domain::official::OfficialId;
use crate::domain::period::{Period, Scheme};
use crate::grammar::period::spell;
use crate::store::directory::{self, Directory};
use crate::store::openings::Opening;
use crate::store::{Connection, Store};
use crate::words::Words;
use crate::words::numbers::{date, number};
use days::{Deed, Event};
use office::{COMMUNES, Commune, PROVINCE, Person};

/// Messages that come within so many seconds of each other share a commit.
const TOGETHER: i64 = 20 * 60;
/// Officials are expected to post from the first day on: the grace has passed (SPEC §14).
const GRACE: Days = Days::new(7);
/// When that day begins.
const MORNING: Minute = 8 * 60;

/// Fills an empty database up to `now` and says how to go on.
///
/// # Errors
/// Of the database and of writing to `out`. A database that holds anything is refused.
pub async fn demo(store: &Store, desk: Desk, now: DateTime<Utc>, out: &mut impl Write) -> anyhow::Result<End> {
    let (zone, words) = (desk.zone, desk.locale.words());
    let today = day_of(now, zone);
    let first = first_day(today);
    let clock = Arc::new(ManualClock::new(instant_of(zone, moment(first - GRACE, MORNING))));

    let mut tx = store.write().await?;
    let dir = directory::load(&mut tx).await?;
    if !dir.units.is_empty() || !dir.officials.is_empty() {
        eprintln!("{}", words.demo_not_empty(store.path().display().to_string()));
        return Ok(End::No);
    }
    let people = found(&mut tx, &dir, (first, words)).await?;
    tx.commit().await.map_err(crate::store::StoreError::from)?;

    let calendar = &dir.calendar;
    let working: Vec<NaiveDate> = calendar.working_days(first, today).collect();
    let mut events = days::events(&working);
    let at = |e: &Event| instant_of(zone, e.at);
    events.retain(|e| at(e) <= now);
    let terminal = Terminal::open(router(store.clone(), clock.clone(), desk)).await?;
    let told: Vec<(OfficialId, DateTime<Utc>, &Event)> =
        events.iter().filter_map(|e| Some((*people.get(e.who)?, at(e), e))).collect();
    say(&terminal, &clock, &told).await?;

    let (people, messages) = (number(people.len() as i64), number(told.len() as i64));
    writeln!(out, "{}", words.demo_done(people, messages, date(first), date(today)))?;
    let month = last_month(today);
    writeln!(out, "{}", words.demo_go_on(spell(&month), words.period(&month)))?;
    Ok(End::Done)
}

/// The first day of the month before the last complete one, under the default scheme: two
/// whole months to compare, and the one in progress.
fn first_day(today: NaiveDate) -> NaiveDate {
    last_month(today).before().map_or(today, |p| p.from)
}

fn last_month(today: NaiveDate) -> Period {
    let this = Period::month_containing(today, Scheme::FifteenFourteen);
    this.before().unwrap_or(this)
}

/// Adds units, people and opening balances; returns everybody by name.
async fn found(
    conn: &mut Connection,
    dir: &Directory,
    (first, words): (NaiveDate, &'static Words),
) -> anyhow::Result<HashMap<&'static str, OfficialId>> {
    let since = first - GRACE;
    let morning = since.and_hms_opt(8, 0, 0).context("a morning")?.and_utc();
    let mut change = Change { conn, dir, now: morning, today: since, words, actor: None };
    let mut people = HashMap::new();
    add(&mut change, (&PROVINCE, None), &mut people).await?;
    for commune in &COMMUNES {
        add(&mut change, (commune, Some(PROVINCE.code)), &mut people).await?;
    }
    Ok(people)
}

async fn add(
    change: &mut Change<'_>,
    (commune, parent): (&'static Commune, Option<&str>),
    people: &mut HashMap<&'static str, OfficialId>,
) -> anyhow::Result<()> {
    let row = UnitRow {
        code: commune.code.to_string(),
        name: commune.name.to_string(),
        parent: parent.map(str::to_string),
        scheme: None,
    };
    let (unit, _) = add_unit(change, &row).await.map_err(fault)?;
    for Person { name, role, fields } in commune.people {
        let row = OfficialRow {
            unit,
            name: name.to_string(),
            role: *role,
            fields: Some(fields.iter().filter_map(|f| field(change.dir, f)).collect()),
            telegram: None,
            zalo: None,
            since: Some(change.today),
        };
        people.insert(name, add_official(change, &row).await.map_err(fault)?.0);
    }
    for (code, pending, late) in commune.openings {
        let Some(field) = field(change.dir, code) else { continue };
        let opening = Opening { day: change.today + GRACE, pending: *pending, late: *late };
        opening::set(change.conn, (None, change.now.timestamp()), (unit, field), opening).await?;
    }
    Ok(())
}

fn field(dir: &Directory, code: &str) -> Option<FieldId> {
    dir.fields.iter().find(|f| f.code == code).map(|f| f.id)
}

/// The invented office breaks none of our own rules.
fn fault(refusal: Refusal) -> anyhow::Error {
    anyhow::anyhow!("{refusal}")
}

/// Says it all, each at its time.
async fn say(
    terminal: &Terminal,
    clock: &ManualClock,
    told: &[(OfficialId, DateTime<Utc>, &Event)],
) -> anyhow::Result<()> {
    let mut rest = told;
    while let Some((who, at, event)) = rest.first() {
        if let Deed::Edit(text) = &event.deed {
            clock.set(*at);
            terminal.edit(*who, 1, text).await?;
            rest = &rest[1..];
            continue;
        }
        let together = |(_, t, e): &&(OfficialId, DateTime<Utc>, &Event)| {
            matches!(e.deed, Deed::Say(_)) && (*t - *at).num_seconds() < TOGETHER
        };
        let n = rest.iter().take_while(together).count();
        let (said, later) = rest.split_at(n);
        clock.set(said.last().map_or(*at, |(_, t, _)| *t));
        let said: Vec<(OfficialId, DateTime<Utc>, &str)> = said.iter().map(|(w, t, e)| (*w, *t, e.text())).collect();
        terminal.say_all(&said).await?;
        rest = later;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
