//! Opening balances: what was pending at the start of a unit's first day.

use chrono::NaiveDate;
use sqlx::Row;

use super::{Connection, Result, days};
use crate::domain::field::FieldId;
use crate::domain::unit::UnitId;

/// Dossiers pending at the start of `day`, and how many of them were late.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Opening {
    pub day: NaiveDate,
    pub pending: i64,
    pub late: i64,
}

/// The opening of a unit's field, if one was entered.
pub async fn get(conn: &mut Connection, unit: UnitId, field: FieldId) -> Result<Option<Opening>> {
    let row = sqlx::query("SELECT day, pending, late FROM openings WHERE unit_id = ? AND field_id = ?")
        .bind(unit.0)
        .bind(field.0)
        .fetch_optional(conn)
        .await?;
    Ok(row.map(|r| Opening { day: days::from_db(r.get(0)), pending: r.get(1), late: r.get(2) }))
}

/// Enters an opening in place of the one before, which is returned. A unit has one opening
/// a field.
pub async fn set(conn: &mut Connection, unit: UnitId, field: FieldId, opening: Opening) -> Result<Option<Opening>> {
    let before = get(conn, unit, field).await?;
    sqlx::query(
        "INSERT INTO openings (unit_id, field_id, day, pending, late) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT DO UPDATE SET day = ?3, pending = ?4, late = ?5",
    )
    .bind(unit.0)
    .bind(field.0)
    .bind(days::to_db(opening.day))
    .bind(opening.pending)
    .bind(opening.late)
    .execute(conn)
    .await?;
    Ok(before)
}
