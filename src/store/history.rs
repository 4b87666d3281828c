//! The history of a day: the acts that touched it, oldest first.

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::Value;
use sqlx::Row;

use super::counts::{Change, ZeroDay};
use super::directory::Directory;
use super::posts::Key;
use super::{Connection, Result, days};
use crate::domain::field::FieldId;
use crate::domain::figure::{Figure, Subject};
use crate::domain::official::OfficialId;
use crate::domain::unit::UnitId;

/// One act and what it changed on the day asked for.
#[derive(Clone, Debug)]
pub struct Entry {
    pub at: DateTime<Utc>,
    pub actor: Option<OfficialId>,
    /// `post`, `edit`, `undo`, `handover`, `opening`.
    pub kind: String,
    /// When the message was sent, for acts on posts.
    pub sent_at: Option<DateTime<Utc>>,
    pub changes: Vec<Change>,
    /// Zeros said or taken back without a figure having changed.
    pub zeros: Vec<ZeroDay>,
    /// Of an `opening`: what it set.
    pub opening: Option<Opened>,
}

/// An opening balance that was entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    pub field: FieldId,
    pub day: NaiveDate,
    /// Pending before, if one stood.
    pub from: Option<i64>,
    pub to: i64,
}

/// The acts that touched a unit between two days, both inclusive, oldest first.
pub async fn between(
    conn: &mut Connection,
    dir: &Directory,
    unit: UnitId,
    (from, to): (NaiveDate, NaiveDate),
) -> Result<Vec<Entry>> {
    let rows = sqlx::query(
        "SELECT a.at, a.actor_id, a.kind, p.sent_at, a.detail FROM audit AS a LEFT JOIN posts AS p ON p.id = a.post_id
         WHERE a.id IN (SELECT audit_id FROM audit_days WHERE unit_id = ? AND day BETWEEN ? AND ?) ORDER BY a.id",
    )
    .bind(unit.0)
    .bind(days::to_db(from))
    .bind(days::to_db(to))
    .fetch_all(conn)
    .await?;
    Ok(rows
        .iter()
        .map(|r| {
            let (kind, detail): (String, &str) = (r.get(2), r.get(4));
            let (mut changes, mut zeros) = read_changes(dir, detail);
            changes.retain(|c| from <= c.key.day && c.key.day <= to);
            zeros.retain(|z| from <= z.key.day && z.key.day <= to);
            Entry {
                at: days::instant(r.get(0)),
                actor: r.get::<Option<i64>, _>(1).map(OfficialId),
                opening: (kind == "opening").then(|| read_opening(detail)).flatten(),
                kind,
                sent_at: r.get::<Option<i64>, _>(3).map(days::instant),
                changes,
                zeros,
            }
        })
        .collect())
}

fn read_changes(dir: &Directory, detail: &str) -> (Vec<Change>, Vec<ZeroDay>) {
    let Ok(Value::Array(rows)) = serde_json::from_str(detail) else { return Default::default() };
    let (zeros, changes): (Vec<&Value>, Vec<&Value>) = rows.iter().partition(|r| r.get(3) == Some(&Value::from("")));
    let zero = |r: &Value| Some(ZeroDay { key: read_key(r)?, stands: r.get(5)?.is_i64() });
    (changes.into_iter().filter_map(|r| read_change(dir, r)).collect(), zeros.into_iter().filter_map(zero).collect())
}

fn read_opening(detail: &str) -> Option<Opened> {
    let row: Value = serde_json::from_str(detail).ok()?;
    Some(Opened {
        field: FieldId(row["field"].as_i64()?),
        day: row["day"].as_str()?.parse().ok()?,
        from: row["before"]["pending"].as_i64(),
        to: row["pending"].as_i64()?,
    })
}

fn read_change(dir: &Directory, row: &Value) -> Option<Change> {
    let key = row.get(3)?.as_str()?;
    let subject = Figure::from_key(key)
        .map(Subject::Figure)
        .or_else(|| dir.indicator_by_key(key).map(|i| Subject::Indicator(i.id)))?;
    Some(Change { key: read_key(row)?, subject, from: row.get(4)?.as_i64(), to: row.get(5)?.as_i64() })
}

fn read_key(row: &Value) -> Option<Key> {
    let field = row.get(2)?.as_i64()?;
    Some(Key {
        official: OfficialId(row.get(0)?.as_i64()?),
        day: days::from_db(row.get(1)?.as_i64()?),
        field: (field != 0).then_some(FieldId(field)),
    })
}
