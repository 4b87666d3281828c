//! Takes a list of dossiers into the register: [`plan`] says what it would change,
//! [`apply`] does it, all of a file in one act.
//!
//! What the file as a whole lacks (a header, its end) refuses it; a row that cannot be
//! taken is listed with its number and reason, and the others are taken. The same file
//! again changes nothing.

pub mod chat;
mod kept;
pub mod text;

use std::collections::{BTreeSet, HashMap, HashSet};

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::json;

use crate::domain::dossier::{Dossier, State};
use crate::domain::official::OfficialId;
use crate::domain::unit::UnitId;
use crate::import::merge::{self, Into, Outcome, told_state};
use crate::import::unknown::Unknown;
use crate::import::{Context, List, Listed, Place, Refused, Rejected};
use crate::store::directory::Directory;
use crate::store::dossiers::acts::{self, Kind, NewAct};
use crate::store::dossiers::{self, Change};
use crate::store::posts::Source;
use crate::store::{Connection, Result, audit, register_import};

/// What a list would change.
#[derive(Debug, Default)]
pub struct Plan {
    pub changes: Vec<Change>,
    pub unchanged: usize,
    pub rejected: Vec<Rejected>,
    /// Rows whose dossier goes on in the file while an official has said that it ended.
    pub ended: Vec<(Place, Dossier)>,
    /// Rows of dossiers that were not received.
    pub not_received: usize,
    /// Days on which dossiers of the list came in or ended, as they stand and as they stood.
    pub days: BTreeSet<NaiveDate>,
    /// What is taken for something that the file does not say.
    pub unknown: Unknown,
}

impl Plan {
    /// How many dossiers are new to the register; a void one is, too.
    pub fn brought(&self) -> usize {
        self.changes.iter().filter(|c| is_new(c)).count()
    }

    pub fn changed(&self) -> usize {
        self.changes.len() - self.brought()
    }
}

fn is_new(change: &Change) -> bool {
    change.before.as_ref().is_none_or(|b| b.state == State::Void)
}

/// Reads a file with the words of the office; to be called off the async threads.
///
/// # Errors
/// [`Refused`] where the file as a whole cannot be taken.
pub fn read(bytes: &[u8], dir: &Directory, unit: UnitId, today: NaiveDate) -> std::result::Result<List, Refused> {
    let members = dir.members_of(unit).iter().filter(|m| m.span.holds(today)).filter_map(|m| dir.official(m.official));
    let mut officials: Vec<(OfficialId, String)> = members.map(|o| (o.id, o.name.clone())).collect();
    officials.dedup();
    crate::import::read(bytes, &Context { today, fields: &dir.fields, officials: &officials })
}

/// Compares a list with the register.
///
/// # Errors
/// Of the database.
pub async fn plan(
    conn: &mut Connection,
    dir: &Directory,
    (unit, today): (UnitId, NaiveDate),
    list: &List,
) -> Result<Plan> {
    let known = known(conn, unit, &list.rows).await?;
    let reopened = |row: &&Listed| {
        let opens = matches!(told_state(row), Some(State::Open | State::Stopped));
        opens && known.get(row.code.as_str()).is_some_and(|k| k.ended.is_some())
    };
    let reopened: Vec<&str> = list.rows.iter().filter(reopened).map(|r| r.code.as_str()).collect();
    let in_chat: HashSet<String> = register_import::ended_in_chat(conn, unit, &reopened).await?.into_iter().collect();
    let into = Into { unit, today, calendar: &dir.calendar };
    let mut plan = Plan {
        rejected: list.rejected.clone(),
        not_received: list.not_received,
        unknown: list.unknown.clone(),
        ..Plan::default()
    };
    for row in &list.rows {
        let before = known.get(row.code.as_str());
        let after = match merge::merge(row, before, in_chat.contains(&row.code), into) {
            Outcome::Stands(after) => after,
            Outcome::Ended(after) => {
                plan.ended.push((row.place.clone(), after.clone()));
                after
            }
            Outcome::Rejected(why) => {
                plan.rejected.push(Rejected { place: row.place.clone(), code: row.code.clone(), why });
                continue;
            }
        };
        let stood = before.filter(|b| b.state != State::Void);
        plan.days
            .extend([Some(&after), stood].into_iter().flatten().flat_map(|d| [Some(d.received), d.ended]).flatten());
        if before == Some(&after) {
            plan.unchanged += 1;
        } else {
            plan.changes.push(Change { before: before.cloned(), after });
        }
    }
    plan.rejected.sort_by(|a, b| a.place.cmp(&b.place));
    Ok(plan)
}

/// Codes that are looked up at once.
const BATCH: usize = 2_000;

/// What the register has of a list, by code, void ones too.
async fn known(conn: &mut Connection, unit: UnitId, rows: &[Listed]) -> Result<HashMap<String, Dossier>> {
    let mut known = HashMap::new();
    for part in rows.chunks(BATCH) {
        let codes: Vec<&str> = part.iter().map(|r| r.code.as_str()).collect();
        let found = dossiers::by_codes(conn, &[unit], &codes).await?;
        known.extend(found.into_iter().map(|d| (d.code.clone(), d)));
    }
    Ok(known)
}

/// Takes a plan into the register, in the caller's transaction; returns the act, none where
/// it changes nothing.
///
/// # Errors
/// Of the database: nothing is to be kept then.
pub async fn apply(
    conn: &mut Connection,
    (unit, now): (UnitId, DateTime<Utc>),
    sender: Option<OfficialId>,
    plan: &Plan,
) -> Result<Option<i64>> {
    if plan.changes.is_empty() {
        return Ok(None);
    }
    // Where an import was said does not matter: an edit of that message is no other import.
    let source = Source { bot_id: 0, chat_id: String::new(), message_id: None };
    let act = NewAct { kind: Kind::Import, unit, sender, source: &source, sent_at: now, edits: None, part_of: None };
    let act = acts::add(conn, &act).await?;
    dossiers::record(conn, act, now.timestamp(), &plan.changes).await?;
    let detail = json!({
        "act": act, "new": plan.brought(), "changed": plan.changed(), "unchanged": plan.unchanged,
        "rejected": plan.rejected.len(),
    });
    let detail = detail.to_string();
    let entry = audit::Act {
        at: now.timestamp(),
        actor: sender,
        unit: Some(unit),
        kind: "import",
        post: None,
        read: None,
        detail: &detail,
    };
    audit::write(conn, &entry).await?;
    Ok(Some(act))
}
