//! What the nagging clock says: facts out of one read snapshot, messages of the policy in
//! words and with their addresses, and all of it written down in one transaction.
//!
//! [`plan`] changes nothing; [`record`] puts what was planned into the outbox and writes down
//! that it was told. Two passes at one moment change nothing twice: the second finds that
//! somebody has looked meanwhile.

mod address;
mod budget;
mod documents;
mod gather;
mod holidays;
mod say;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeDelta, Utc};
use chrono_tz::Tz;

use super::desk::Desk;
use crate::clock::instant_of;
use crate::domain::nag::facts::{Decision, Message, Whom, World, slot_fact};
use crate::domain::nag::policy::decide;
use crate::domain::nag::{Times, moment, told_until};
use crate::domain::official::OfficialId;
use crate::domain::unit::UnitId;
use crate::store::directory::Directory;
use crate::store::nags::{self, Stage};
use crate::store::outbox::{self, NewReply};
use crate::store::{Connection, Result};

pub use address::Addresses;
pub use gather::{moments, units_asked};
pub use say::until_words;

/// How far the daily slots have been looked at.
const DAY: &str = "day";
/// A message may wait so long for its way out, whatever its slot.
const WHILE: TimeDelta = TimeDelta::minutes(10);
/// Messages written with one statement.
const AT_ONCE: usize = 500;

/// A look of the clock.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    pub stage: Stage,
    pub now: DateTime<Utc>,
    pub zone: Tz,
}

impl Look {
    /// Local time of the office.
    pub fn local(&self) -> NaiveDateTime {
        self.now.with_timezone(&self.zone).naive_local()
    }

    pub fn today(&self) -> NaiveDate {
        self.local().date()
    }
}

/// A message with its address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outgoing {
    pub to: Whom,
    pub bot_id: i64,
    pub chat_id: String,
    pub private: bool,
    /// Names of the slots told, `ky` for the documents of a period.
    pub kind: String,
    pub text: String,
    /// JSON recipe of a document.
    pub file: Option<String>,
    /// From this instant (seconds) on it is of no use any more.
    pub until: Option<i64>,
}

/// What one look comes to.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    pub outgoing: Vec<Outgoing>,
    /// What is told with it, by the day it is told for.
    told: BTreeMap<NaiveDate, Vec<(OfficialId, String)>>,
    known: BTreeMap<(OfficialId, UnitId), BTreeSet<String>>,
    /// Looks that this plan brings forward: name, as it was, as it will be.
    looks: Vec<(&'static str, Option<i64>, i64)>,
    /// Earlier messages that could not leave have had their time.
    stale: bool,
    /// More is due at this very look than this plan holds.
    pub more: bool,
}

impl Plan {
    /// Nothing was due: nothing has to be written.
    pub fn is_idle(&self) -> bool {
        self.looks.is_empty() && !self.stale
    }
}

/// Works out what is to be told at this look, all of it.
///
/// # Errors
/// Of the database.
pub async fn plan(conn: &mut Connection, desk: &Desk, look: Look) -> Result<Plan> {
    plan_part(conn, desk, look, usize::MAX).await
}

/// Works out what is to be told at this look, documents of about so many units: where that is
/// not all, [`Plan::more`] asks for the next part once this one is recorded.
///
/// # Errors
/// Of the database.
pub async fn plan_part(conn: &mut Connection, desk: &Desk, look: Look, units: usize) -> Result<Plan> {
    let dir = desk.directory(conn).await?;
    let last = nags::looked(conn, look.stage, DAY).await?;
    let stale = nags::has_stale(conn, look.stage, look.now.timestamp()).await?;
    let mut plan = Plan { stale, ..Plan::default() };
    let due = gather::due(conn, &dir, look, last).await?;
    if !due.is_empty() || last.is_none() {
        plan.looks.push((DAY, last, look.now.timestamp()));
    }
    if !due.is_empty() {
        let addresses = Addresses::load(conn, &dir, look.stage).await?;
        let gathered = gather::gather(conn, &dir, (look, &addresses), &due).await?;
        let world = gathered.world(&dir, look.local());
        let Decision { messages, known } = decide(&due, &gathered.units(&dir), &world);
        for message in &messages {
            plan.add_message(desk, (&dir, &world, look.zone), &addresses, message);
        }
        plan.known = known;
    }
    documents::plan(conn, desk, (&dir, look), (&mut plan, units)).await?;
    holidays::plan(conn, desk, (&dir, look), &mut plan).await?;
    budget::leave_out(conn, desk, look, &mut plan.outgoing).await?;
    Ok(plan)
}

impl Plan {
    fn add_message(
        &mut self,
        desk: &Desk,
        (dir, world, zone): (&Directory, &World<'_>, Tz),
        addresses: &Addresses<'_>,
        message: &Message,
    ) {
        let (reader, chats) = match message.to {
            Whom::Person(who) => (Some(who), addresses.of(who).into_iter().collect()),
            Whom::Group(unit) => (None, addresses.groups(unit)),
        };
        let words = reader.map_or(desk.locale.words(), |who| desk.words_for(dir, who));
        let text = say::Saying { dir, world, words }.text(message, reader);
        let mut slots: Vec<&str> = message.parts.iter().map(|p| p.slot.key()).collect();
        slots.dedup();
        let kind = slots.join(",");
        let until = message.parts.iter().map(|p| told_until(p.slot, &Times::default())).max();
        // A slot that a unit has moved to its very end still gets a while to leave.
        let until = until.map(|minute| moment(world.today(), minute).max(world.now + WHILE));
        let until = until.map(|at| instant_of(zone, at).timestamp());
        for (bot_id, chat_id) in chats {
            let private = reader.is_some();
            let (kind, text) = (kind.clone(), text.clone());
            self.outgoing.push(Outgoing { to: message.to, bot_id, chat_id, private, kind, text, file: None, until });
        }
        let told = self.told.entry(world.today()).or_default();
        let who = reader.unwrap_or(OfficialId(0));
        for part in &message.parts {
            told.push((who, slot_fact(part.unit, part.slot)));
            told.extend(part.facts.iter().map(|fact| (who, fact.clone())));
        }
    }
}

/// Lets the clock begin here: what fell due before is nobody's business. For a clock that is
/// put anywhere.
///
/// # Errors
/// Of the database.
pub async fn begin(conn: &mut Connection, desk: &Desk, look: Look) -> Result<()> {
    let dir = desk.directory(conn).await?;
    let mut names = documents::latest(&dir, look);
    names.push((DAY, look.now.timestamp()));
    for (name, at) in names {
        let before = nags::looked(conn, look.stage, name).await?;
        nags::look(conn, (look.stage, name), before, at).await?;
    }
    Ok(())
}

/// How far a stage's clock has looked.
///
/// # Errors
/// Of the database.
pub async fn looked(conn: &mut Connection, stage: Stage) -> Result<Option<DateTime<Utc>>> {
    Ok(nags::looked(conn, stage, DAY).await?.map(crate::store::days::instant))
}

/// Puts the plan into the outbox and writes down what was told; `false`, and nothing, where
/// somebody else has looked since it was made.
///
/// # Errors
/// Of the database; the caller then drops the transaction.
pub async fn record(conn: &mut Connection, plan: &Plan, look: Look) -> Result<bool> {
    let at = look.now.timestamp();
    nags::withdraw(conn, look.stage, at).await?;
    for (name, before, after) in &plan.looks {
        if !nags::look(conn, (look.stage, name), *before, *after).await? {
            return Ok(false);
        }
    }
    for chunk in plan.outgoing.chunks(AT_ONCE) {
        let rows: Vec<NewReply<'_>> = chunk.iter().map(Outgoing::row).collect();
        let ids = outbox::add_all(conn, &rows, at).await?;
        let until: Vec<(i64, i64)> = ids.iter().zip(chunk).filter_map(|(id, o)| Some((*id, o.until?))).collect();
        nags::keep_until(conn, look.stage, &until).await?;
    }
    for (day, told) in &plan.told {
        nags::tell(conn, look.stage, (*day, at), told).await?;
    }
    if !plan.known.is_empty() {
        nags::set_known(conn, look.stage, &plan.known).await?;
    }
    Ok(true)
}

impl Outgoing {
    fn row(&self) -> NewReply<'_> {
        let notice = NewReply::notice(self.bot_id, &self.chat_id, &self.text);
        NewReply { private: self.private, file: self.file.clone(), ..notice }
    }
}
