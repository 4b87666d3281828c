//! Closed periods: a day is closed while any period that stands covers it.

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::{Value, json};
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
    Ok(all_touching(conn, &[(unit, from, to)]).await?.into_iter().next().unwrap_or_default())
}

/// [`touching`] for several units with one statement, in the order asked.
pub async fn all_touching(conn: &mut Connection, asked: &[(UnitId, NaiveDate, NaiveDate)]) -> Result<Vec<Vec<Closed>>> {
    let row = |(unit, from, to): &(UnitId, NaiveDate, NaiveDate)| json!([unit.0, days::to_db(*from), days::to_db(*to)]);
    let rows = sqlx::query(
        "SELECT a.key, first_day, last_day, period, version, closed_by, closed_at
         FROM json_each(?) AS a CROSS JOIN closed_periods
         WHERE unit_id = a.value ->> 0 AND reopened_at IS NULL AND last_day >= a.value ->> 1 AND first_day <= a.value ->> 2
         ORDER BY first_day, closed_periods.id",
    )
    .bind(Value::from(asked.iter().map(row).collect::<Vec<_>>()).to_string())
    .fetch_all(conn)
    .await?;
    let mut all = vec![Vec::new(); asked.len()];
    for r in &rows {
        let Some(of_asked) = all.get_mut(r.get::<i64, _>(0) as usize) else { continue };
        of_asked.push(Closed {
            first: days::from_db(r.get(1)),
            last: days::from_db(r.get(2)),
            period: r.get(3),
            version: r.get(4),
            closed_by: r.get::<Option<i64>, _>(5).map(OfficialId),
            closed_at: days::instant(r.get(6)),
        });
    }
    Ok(all)
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
