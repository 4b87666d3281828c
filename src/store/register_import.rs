//! What an import asks besides the dossiers themselves.

use chrono::NaiveDate;
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use super::{Connection, Result, days};
use crate::domain::field::FieldId;
use crate::domain::reconcile::{Counted, Posted};
use crate::domain::unit::UnitId;

/// Of these dossiers those that an official ended: the latest act that stands and touched
/// more than a reason or a holder was no import.
pub async fn ended_in_chat(conn: &mut Connection, unit: UnitId, codes: &[&str]) -> Result<Vec<String>> {
    if codes.is_empty() {
        return Ok(Vec::new());
    }
    let found = sqlx::query_scalar(
        "SELECT d.code FROM json_each(?2) AS j JOIN dossiers AS d ON d.unit_id = ?1 AND d.code = j.value
         WHERE d.ended IS NOT NULL AND 'import' <> (
             SELECT a.kind FROM dossier_changes AS c JOIN dossier_acts AS a ON a.id = c.act_id
             WHERE c.dossier_id = d.id AND a.undone_at IS NULL AND a.kind NOT IN ('reason', 'handover')
             ORDER BY c.act_id DESC LIMIT 1)",
    )
    .bind(unit.0)
    .bind(serde_json::Value::from(codes.to_vec()).to_string())
    .fetch_all(conn)
    .await?;
    Ok(found)
}

/// The first day a unit has counts of, be they zero.
pub async fn first_posted(conn: &mut Connection, unit: UnitId) -> Result<Option<NaiveDate>> {
    let query = sqlx::query_scalar("SELECT min(day) FROM counts WHERE unit_id = ?").bind(unit.0);
    let first: Option<i64> = query.fetch_one(conn).await?;
    Ok(first.map(days::from_db))
}

/// What was posted over some days, by day and field; officials together.
pub async fn posted(conn: &mut Connection, unit: UnitId, (from, to): (NaiveDate, NaiveDate)) -> Result<Posted> {
    let rows = sqlx::query(
        "SELECT day, field_id, sum(online + direct + postal), sum(early + on_time + late + withdrawn)
         FROM counts WHERE unit_id = ? AND day BETWEEN ? AND ? GROUP BY day, field_id",
    )
    .bind(unit.0)
    .bind(days::to_db(from))
    .bind(days::to_db(to))
    .fetch_all(conn)
    .await?;
    let one = |r: &SqliteRow| {
        let counted = Counted { received: r.get(2), resolved: r.get(3) };
        ((days::from_db(r.get(0)), FieldId(r.get(1))), counted)
    };
    Ok(rows.iter().map(one).collect())
}
