//! A dossier as a row, and as the JSON in which its story keeps it.

use chrono::NaiveDate;
use serde_json::{Value, json};
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use super::Change;
use crate::domain::dossier::{Dossier, DossierId, Reason, State, Stop};
use crate::domain::field::FieldId;
use crate::domain::official::OfficialId;
use crate::domain::unit::UnitId;
use crate::store::{Result, StoreError, days};

/// The columns that [`read`] takes, of `dossiers AS d`, and what follows them.
macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT d.id, d.unit_id, d.code, d.field_id, d.holder_id, d.received, d.due, d.promised, d.state, d.ended,
                    d.reason, d.reason_text,
                    (SELECT json_group_array(json_array(s.from_day, s.to_day, s.due_before) ORDER BY s.from_day)
                     FROM dossier_stops AS s WHERE s.dossier_id = d.id),
                    d.promised_reason, d.promised_text
             FROM dossiers AS d ",
            $rest
        )
    };
}
pub(super) use select;

/// Units as a JSON array.
pub(super) fn units_json(units: &[UnitId]) -> String {
    Value::from(units.iter().map(|u| u.0).collect::<Vec<i64>>()).to_string()
}

pub(super) fn read_all(rows: Vec<SqliteRow>) -> Result<Vec<Dossier>> {
    rows.iter().map(read).collect()
}

/// One row of [`select`].
pub(super) fn read(r: &SqliteRow) -> Result<Dossier> {
    let (state, reason, stops): (&str, &str, &str) = (r.get(8), r.get(10), r.get(12));
    let code: String = r.get(2);
    let odd = |what: &str| StoreError::Inconsistent { table: "dossiers", what: format!("{code}: {what}") };
    let stops: Value = serde_json::from_str(stops).map_err(|e| odd(&e.to_string()))?;
    Ok(Dossier {
        id: DossierId(r.get(0)),
        unit: UnitId(r.get(1)),
        field: FieldId(r.get(3)),
        holder: r.get::<Option<i64>, _>(4).map(OfficialId),
        received: days::from_db(r.get(5)),
        due: days::from_db(r.get(6)),
        promised: r.get::<Option<i64>, _>(7).map(days::from_db),
        promised_for: Reason::from_key(r.get(13)).map(|reason| (reason, r.get(14))),
        state: State::from_key(state).ok_or_else(|| odd(state))?,
        ended: r.get::<Option<i64>, _>(9).map(days::from_db),
        reason: Reason::from_key(reason),
        reason_text: r.get(11),
        stops: stops_of(&stops).ok_or_else(|| odd("stops"))?,
        code,
    })
}

fn stops_of(stops: &Value) -> Option<Vec<Stop>> {
    let one = |s: &Value| Some(Stop { from: day(s.get(0)?)?, to: s.get(1).and_then(day), due_before: day(s.get(2)?)? });
    stops.as_array()?.iter().map(one).collect()
}

fn day(v: &Value) -> Option<NaiveDate> {
    v.as_i64().map(days::from_db)
}

/// Changes as the JSON that [`super::record`] hands to SQLite.
pub(super) fn rows_json(changes: &[Change]) -> String {
    let row = |c: &Change| {
        let d = &c.after;
        let tail = d.code.rsplit('-').next().unwrap_or_default();
        let before = c.before.as_ref().map(|b| snapshot(b).to_string()).unwrap_or_default();
        json!([
            d.unit.0,
            d.code,
            tail,
            d.field.0,
            d.holder.map(|o| o.0),
            days::to_db(d.received),
            days::to_db(d.due),
            d.promised.map(days::to_db),
            d.state.key(),
            d.ended.map(days::to_db),
            d.reason.map_or("", Reason::key),
            d.reason_text,
            before,
            snapshot(d).to_string(),
            stops_json(d),
            d.promised_for.as_ref().map_or("", |(reason, _)| reason.key()),
            d.promised_for.as_ref().map_or("", |(_, text)| text),
        ])
    };
    Value::from(changes.iter().map(row).collect::<Vec<_>>()).to_string()
}

fn stops_json(d: &Dossier) -> Value {
    let stop = |s: &Stop| json!([days::to_db(s.from), s.to.map(days::to_db), days::to_db(s.due_before)]);
    Value::from(d.stops.iter().map(stop).collect::<Vec<_>>())
}

/// All of a dossier that an act may change.
fn snapshot(d: &Dossier) -> Value {
    json!({
        "field": d.field.0,
        "holder": d.holder.map(|o| o.0),
        "received": days::to_db(d.received),
        "due": days::to_db(d.due),
        "promised": d.promised.map(days::to_db),
        "promised_for": d.promised_for.as_ref().map(|(reason, text)| json!([reason.key(), text])),
        "state": d.state.key(),
        "ended": d.ended.map(days::to_db),
        "reason": d.reason.map(Reason::key),
        "text": d.reason_text,
        "stops": stops_json(d),
    })
}

/// The reason of the new day. Stories from before it was kept apart hold one reason for both.
fn apology_of(v: &Value) -> Option<(Reason, String)> {
    let (reason, text) = match v.get("promised_for") {
        Some(own) => (own.get(0)?, own.get(1)?),
        None => v.get("promised").filter(|p| !p.is_null()).and(Some((&v["reason"], &v["text"])))?,
    };
    Some((Reason::from_key(reason.as_str()?)?, text.as_str()?.to_string()))
}

/// What `now` was when its story wrote `kept` down; `None` for an empty one.
pub(super) fn from_snapshot(now: &Dossier, kept: &str) -> Result<Option<Dossier>> {
    if kept.is_empty() {
        return Ok(None);
    }
    let odd = |what: String| StoreError::Inconsistent { table: "dossier_changes", what };
    let v: Value = serde_json::from_str(kept).map_err(|e| odd(e.to_string()))?;
    let read = || {
        Some(Dossier {
            id: now.id,
            unit: now.unit,
            code: now.code.clone(),
            field: FieldId(v["field"].as_i64()?),
            holder: v["holder"].as_i64().map(OfficialId),
            received: day(&v["received"])?,
            due: day(&v["due"])?,
            promised: day(&v["promised"]),
            promised_for: apology_of(&v),
            state: State::from_key(v["state"].as_str()?)?,
            ended: day(&v["ended"]),
            reason: v["reason"].as_str().and_then(Reason::from_key),
            reason_text: v["text"].as_str()?.to_string(),
            stops: stops_of(&v["stops"])?,
        })
    };
    read().map(Some).ok_or_else(|| odd(kept.to_string()))
}
