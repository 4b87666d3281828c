//! Stock values that stand: of each field and stock figure the latest day's.

use chrono::NaiveDate;
use sqlx::Row;

use super::{Connection, Result, StoreError, days};
use crate::domain::field::FieldId;
use crate::domain::figure::Figure;
use crate::domain::official::OfficialId;
use crate::domain::unit::UnitId;

/// A value that stands since `day`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    pub field: FieldId,
    pub figure: Figure,
    pub day: NaiveDate,
    pub value: i64,
}

/// Stock values of an official in a unit that are not zero.
pub async fn standing(conn: &mut Connection, unit: UnitId, official: OfficialId) -> Result<Vec<Standing>> {
    let rows = sqlx::query(
        "SELECT field_id, figure, max(day), value FROM stocks
         WHERE unit_id = ? AND official_id = ? GROUP BY field_id, figure ORDER BY field_id, figure",
    )
    .bind(unit.0)
    .bind(official.0)
    .fetch_all(conn)
    .await?;
    let mut standing = Vec::new();
    for r in rows {
        let key: &str = r.get(1);
        let odd = || StoreError::Inconsistent { table: "stocks", what: format!("figure {key}") };
        let value = r.get(3);
        if value != 0 {
            let (field, figure) = (FieldId(r.get(0)), Figure::from_key(key).ok_or_else(odd)?);
            standing.push(Standing { field, figure, day: days::from_db(r.get(2)), value });
        }
    }
    Ok(standing)
}

/// Stock values posted for `day`, each the sum over the officials of `units` who did.
pub async fn of_day(conn: &mut Connection, units: &[UnitId], day: NaiveDate) -> Result<Vec<(FieldId, Figure, i64)>> {
    let units = serde_json::Value::from(units.iter().map(|u| u.0).collect::<Vec<i64>>()).to_string();
    let rows = sqlx::query(
        "SELECT field_id, figure, sum(value) FROM stocks
         WHERE unit_id IN (SELECT value FROM json_each(?)) AND day = ? GROUP BY field_id, figure ORDER BY field_id, figure",
    )
    .bind(units)
    .bind(days::to_db(day))
    .fetch_all(conn)
    .await?;
    let row = |r: &sqlx::sqlite::SqliteRow| Some((FieldId(r.get(0)), Figure::from_key(r.get(1))?, r.get(2)));
    Ok(rows.iter().filter_map(row).collect())
}
