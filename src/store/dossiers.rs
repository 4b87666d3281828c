//! The register of dossiers: rows in, [`Dossier`]s out.
//!
//! Whatever changes the register is an act ([`acts`]) with its changes, before → after
//! ([`record`]); so each dossier has its story ([`story`]) and a whole act can be taken back.
//! [`late_at`] tells how many were overdue at the end of any day.

pub mod acts;
mod in_hand;
mod late;
mod rows;
pub mod story;

use chrono::NaiveDate;
use sqlx::Row;

pub use in_hand::in_hand;
pub use late::{late_at, late_in};

use super::{Connection, Result, days};
use crate::domain::dossier::{Dossier, DossierId};
use crate::domain::field::FieldId;
use crate::domain::official::OfficialId;
use crate::domain::unit::UnitId;
use rows::{read_all, rows_json, select, units_json};

/// One dossier before and after an act; `before: None` where there was none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub before: Option<Dossier>,
    /// Of a new one the id is of no account.
    pub after: Dossier,
}

/// Rows written in one go; the JSON of more grows beyond what is pleasant.
const BATCH: usize = 1_000;

/// Writes dossiers as they are after an act, and their stories. A dossier is known by its
/// unit and code; one that is there is replaced, a void one comes back.
///
/// # Errors
/// Of the database: unique violation where an act names a dossier twice.
pub async fn record(conn: &mut Connection, act: i64, at: i64, changes: &[Change]) -> Result<()> {
    for part in changes.chunks(BATCH) {
        let rows = rows_json(part);
        put(conn, &rows).await?;
        if part.iter().any(|c| !c.after.stops.is_empty() || c.before.as_ref().is_some_and(|b| !b.stops.is_empty())) {
            put_stops(conn, &rows).await?;
        }
        sqlx::query(
            "INSERT INTO dossier_changes (dossier_id, act_id, at, before, after)
             SELECT d.id, ?2, ?3, j.value ->> 12, j.value ->> 13
             FROM json_each(?1) AS j JOIN dossiers AS d ON d.unit_id = j.value ->> 0 AND d.code = j.value ->> 1",
        )
        .bind(&rows)
        .bind(act)
        .bind(at)
        .execute(&mut *conn)
        .await?;
    }
    Ok(())
}

/// Puts dossiers back to what they were before an act; one that was not there is void.
pub(super) async fn restore(conn: &mut Connection, changes: &[Change]) -> Result<()> {
    for part in changes.chunks(BATCH) {
        let rows = rows_json(part);
        put(conn, &rows).await?;
        put_stops(conn, &rows).await?;
    }
    Ok(())
}

async fn put(conn: &mut Connection, rows: &str) -> Result<()> {
    sqlx::query(
        "INSERT INTO dossiers (unit_id, code, tail, field_id, holder_id, received, due, promised, state, ended,
                               reason, reason_text, promised_reason, promised_text)
         SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6,
                value ->> 7, value ->> 8, value ->> 9, value ->> 10, value ->> 11, value ->> 15, value ->> 16
         FROM json_each(?1) WHERE TRUE
         ON CONFLICT (unit_id, code) DO UPDATE SET
             field_id = excluded.field_id, holder_id = excluded.holder_id, received = excluded.received,
             due = excluded.due, promised = excluded.promised, state = excluded.state, ended = excluded.ended,
             reason = excluded.reason, reason_text = excluded.reason_text,
             promised_reason = excluded.promised_reason, promised_text = excluded.promised_text",
    )
    .bind(rows)
    .execute(conn)
    .await?;
    Ok(())
}

/// Stops follow from the dossier as it is now; what they were stands in its story.
async fn put_stops(conn: &mut Connection, rows: &str) -> Result<()> {
    sqlx::query(
        "DELETE FROM dossier_stops WHERE dossier_id IN (
             SELECT d.id FROM json_each(?1) AS j
             JOIN dossiers AS d ON d.unit_id = j.value ->> 0 AND d.code = j.value ->> 1);
         INSERT INTO dossier_stops (dossier_id, unit_id, from_day, to_day, due_before)
         SELECT d.id, d.unit_id, s.value ->> 0, s.value ->> 1, s.value ->> 2
         FROM json_each(?1) AS j JOIN dossiers AS d ON d.unit_id = j.value ->> 0 AND d.code = j.value ->> 1
              JOIN json_each(j.value -> 14) AS s",
    )
    .bind(rows)
    .execute(conn)
    .await?;
    Ok(())
}

/// Dossiers of whole codes in some units, void ones too.
pub async fn by_codes(conn: &mut Connection, units: &[UnitId], codes: &[&str]) -> Result<Vec<Dossier>> {
    let codes = serde_json::Value::from(codes.to_vec()).to_string();
    let sql = select!(
        "WHERE d.unit_id IN (SELECT value FROM json_each(?1)) AND d.code IN (SELECT value FROM json_each(?2))
         ORDER BY d.code, d.unit_id"
    );
    read_all(sqlx::query(sql).bind(units_json(units)).bind(codes).fetch_all(conn).await?)
}

/// Dossiers whose code ends in `end` (`0583`, `261118-0583`), void ones left out: open and stopped ones first, then
/// the latest.
pub async fn by_tail(conn: &mut Connection, units: &[UnitId], end: &str) -> Result<Vec<Dossier>> {
    let tail = end.rsplit('-').next().unwrap_or(end);
    let all = sqlx::query(BY_TAIL).bind(units_json(units)).bind(tail).bind(end).fetch_all(conn).await?;
    read_all(all)
}

const BY_TAIL: &str = select!(
    "WHERE d.unit_id IN (SELECT value FROM json_each(?1)) AND d.tail = ?2 AND d.code LIKE '%-' || ?3
       AND d.state <> 'void'
     ORDER BY d.state IN ('open', 'stopped') DESC, d.received DESC, d.code LIMIT 100"
);

/// A dossier by its row.
pub async fn by_id(conn: &mut Connection, id: DossierId) -> Result<Option<Dossier>> {
    let rows = sqlx::query(select!("WHERE d.id = ?1")).bind(id.0).fetch_all(conn).await?;
    Ok(read_all(rows)?.pop())
}

/// Which open dossiers a list is about.
#[derive(Clone, Debug)]
pub struct Due {
    /// `None`: however long ago.
    pub from: Option<NaiveDate>,
    /// The last due day.
    pub to: NaiveDate,
    /// Those of these people and those that nobody holds; `None`: all.
    pub whose: Option<Vec<OfficialId>>,
    /// At most this many; all are counted.
    pub most: i64,
}

/// Open dossiers by due day, oldest first, and how many there are; stopped ones are not due.
pub async fn open_due(conn: &mut Connection, units: &[UnitId], asked: &Due) -> Result<(i64, Vec<Dossier>)> {
    let from = asked.from.map_or(i64::MIN, days::to_db);
    let to = days::to_db(asked.to);
    let whose = asked.whose.as_ref().map(|people| serde_json::json!(people.iter().map(|o| o.0).collect::<Vec<i64>>()));
    let whose = whose.map(|ids| ids.to_string());
    let count: i64 = sqlx::query_scalar(
        "SELECT count(*) FROM dossiers AS d
         WHERE d.state = 'open' AND d.unit_id IN (SELECT value FROM json_each(?1)) AND d.due BETWEEN ?2 AND ?3
               AND (?4 IS NULL OR d.holder_id IS NULL OR d.holder_id IN (SELECT value FROM json_each(?4)))",
    )
    .bind(units_json(units))
    .bind(from)
    .bind(to)
    .bind(&whose)
    .fetch_one(&mut *conn)
    .await?;
    let query = sqlx::query(DUE).bind(units_json(units)).bind(from).bind(to).bind(&whose).bind(asked.most);
    Ok((count, read_all(query.fetch_all(conn).await?)?))
}

const DUE: &str = select!(
    "WHERE d.state = 'open' AND d.unit_id IN (SELECT value FROM json_each(?1)) AND d.due BETWEEN ?2 AND ?3
           AND (?4 IS NULL OR d.holder_id IS NULL OR d.holder_id IN (SELECT value FROM json_each(?4)))
     ORDER BY d.due, d.code LIMIT ?5"
);

/// What a person has in hand in a unit: open and stopped dossiers.
pub async fn held_by(conn: &mut Connection, unit: UnitId, holder: OfficialId) -> Result<Vec<Dossier>> {
    read_all(sqlx::query(HELD).bind(holder.0).bind(unit.0).fetch_all(conn).await?)
}

const HELD: &str =
    select!("WHERE d.holder_id = ?1 AND d.unit_id = ?2 AND d.state IN ('open', 'stopped') ORDER BY d.due, d.code");

/// Which of `units` keep a register: they have a dossier that is not void, received by `end`.
pub async fn keepers(conn: &mut Connection, units: &[UnitId], end: NaiveDate) -> Result<Vec<UnitId>> {
    let rows = sqlx::query(
        "SELECT value FROM json_each(?1)
         WHERE EXISTS (SELECT 1 FROM dossiers AS d WHERE d.unit_id = value AND d.state <> 'void' AND d.received <= ?2)",
    )
    .bind(units_json(units))
    .bind(days::to_db(end))
    .fetch_all(conn)
    .await?;
    Ok(rows.iter().map(|r| UnitId(r.get(0))).collect())
}

/// Units and fields whose dossiers the register holds: any received by `end`.
pub async fn kept(
    conn: &mut Connection,
    (units, fields): (&[UnitId], &[FieldId]),
    end: NaiveDate,
) -> Result<Vec<(UnitId, FieldId)>> {
    let keepers = keepers(conn, units, end).await?;
    let fields = serde_json::Value::from(fields.iter().map(|f| f.0).collect::<Vec<i64>>()).to_string();
    let query = sqlx::query(KEPT).bind(units_json(&keepers)).bind(fields).bind(days::to_db(end));
    let rows = query.fetch_all(conn).await?;
    Ok(rows.iter().map(|r| (UnitId(r.get(0)), FieldId(r.get(1)))).collect())
}

const KEPT: &str = "SELECT u.value, f.value FROM json_each(?1) AS u, json_each(?2) AS f
     WHERE EXISTS (SELECT 1 FROM dossiers AS d
                   WHERE d.unit_id = u.value AND d.field_id = f.value AND d.state <> 'void' AND d.received <= ?3)";

#[cfg(test)]
mod tests;
