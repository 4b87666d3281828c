//! Closed periods: a day is closed while any period that stands covers it.

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::Row;

use super::{Connection, Result, days};
use crate::domain::official::OfficialId;
use crate::domain::unit::UnitId;

/// One closed period of a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closed {
    pub first: NaiveDate,
    pub last: NaiveDate,
    /// In words that the grammar reads back, such as `thang 11/2026`.
    pub period: String,
    /// From 1; one more each time the period is closed again.
    pub version: i64,
    pub closed_by: Option<OfficialId>,
    pub closed_at: DateTime<Utc>,
}

impl Closed {
    pub fn covers(&self, day: NaiveDate) -> bool {
        self.first <= day && day <= self.last
    }
}

/// The closed periods of a unit that touch `from`..=`to`, oldest first.
pub async fn touching(conn: &mut Connection, unit: UnitId, from: NaiveDate, to: NaiveDate) -> Result<Vec<Closed>> {
    let rows = sqlx::query(
        "SELECT first_day, last_day, period, version, closed_by, closed_at FROM closed_periods
         WHERE unit_id = ? AND reopened_at IS NULL AND last_day >= ? AND first_day <= ? ORDER BY first_day, id",
    )
    .bind(unit.0)
    .bind(days::to_db(from))
    .bind(days::to_db(to))
    .fetch_all(conn)
    .await?;
    Ok(rows
        .iter()
        .map(|r| Closed {
            first: days::from_db(r.get(0)),
            last: days::from_db(r.get(1)),
            period: r.get(2),
            version: r.get(3),
            closed_by: r.get::<Option<i64>, _>(4).map(OfficialId),
            closed_at: days::instant(r.get(5)),
        })
        .collect())
}

/// Closes a period of a unit.
pub async fn close(conn: &mut Connection, unit: UnitId, closed: &Closed) -> Result<()> {
    sqlx::query(
        "INSERT INTO closed_periods (unit_id, first_day, last_day, period, version, closed_by, closed_at)
         VALUES (?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(unit.0)
    .bind(days::to_db(closed.first))
    .bind(days::to_db(closed.last))
    .bind(&closed.period)
    .bind(closed.version)
    .bind(closed.closed_by.map(|o| o.0))
    .bind(closed.closed_at.timestamp())
    .execute(conn)
    .await?;
    Ok(())
}
