//! Dossiers of somebody who leaves or hands over: they go on with the successor, or with
//! nobody until somebody takes them.

use serde_json::json;

use crate::app::Refusal;
use crate::app::change::Change;
use crate::domain::dossier::Dossier;
use crate::domain::official::OfficialId;
use crate::domain::unit::UnitId;
use crate::store::dossiers::acts::{self, Kind, NewAct};
use crate::store::dossiers::{self, held_by};
use crate::store::posts::Source;

/// Gives what a person has in hand in a unit to another, or (`None`) to nobody; returns how
/// many dossiers that were.
///
/// # Errors
/// Of the database.
pub async fn hand_on(
    change: &mut Change<'_>,
    unit: UnitId,
    (from, to): (OfficialId, Option<OfficialId>),
) -> Result<usize, Refusal> {
    let held = held_by(change.conn, unit, from).await?;
    if held.is_empty() {
        return Ok(0);
    }
    let source = Source { bot_id: 0, chat_id: String::new(), message_id: None };
    let (sender, sent_at) = (change.actor, change.now);
    let new = NewAct { kind: Kind::HandOver, unit, sender, source: &source, sent_at, edits: None, part_of: None };
    let id = acts::add(change.conn, &new).await?;
    let moved = |d: &Dossier| dossiers::Change { before: Some(d.clone()), after: Dossier { holder: to, ..d.clone() } };
    let changes: Vec<_> = held.iter().map(moved).collect();
    dossiers::record(change.conn, id, change.now.timestamp(), &changes).await?;
    let codes: Vec<&str> = held.iter().map(|d| d.code.as_str()).collect();
    change.note(Some(unit), "register", json!({"act": id, "kind": Kind::HandOver.key(), "codes": codes})).await?;
    Ok(held.len())
}
