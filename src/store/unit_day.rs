//! What an echo tells beside the post itself: the unit's whole day, its month, and the
//! balance of the fields named. One statement, since every post asks it.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde_json::Value;
use sqlx::Row;

use super::counts::flows_at;
use super::{Connection, Result, days};
use crate::domain::count::Flows;
use crate::domain::field::FieldId;
use crate::domain::official::OfficialId;
use crate::domain::unit::UnitId;

/// The surroundings of a post.
#[derive(Clone, Debug, Default)]
pub struct UnitDay {
    /// Every count of the unit on that day.
    pub counts: Vec<(OfficialId, FieldId, Flows)>,
    /// The unit's flows of the month that holds the day, over all fields.
    pub month: Flows,
    /// Balance at the end of the day of each field asked for.
    pub balances: BTreeMap<FieldId, i64>,
}

/// Reads the surroundings of `day`; `month` is the unit's month that holds it.
pub async fn read(
    conn: &mut Connection,
    unit: UnitId,
    day: NaiveDate,
    month: (NaiveDate, NaiveDate),
    fields: &[FieldId],
) -> Result<UnitDay> {
    let wanted: Vec<Value> = fields.iter().map(|f| Value::from(f.0)).collect();
    let half_start = days::half_start(day);
    let rows = sqlx::query(
        "SELECT 0, official_id, field_id, online, direct, postal, early, on_time, late, withdrawn
         FROM counts WHERE unit_id = ?1 AND day = ?2
         UNION ALL
         SELECT 1, 0, 0, coalesce(sum(online), 0), coalesce(sum(direct), 0), coalesce(sum(postal), 0), coalesce(sum(early), 0),
                coalesce(sum(on_time), 0), coalesce(sum(late), 0), coalesce(sum(withdrawn), 0) FROM half_months WHERE unit_id = ?1 AND half BETWEEN ?3 AND ?4
         UNION ALL
         SELECT 2, 0, f.value,
             coalesce((SELECT pending FROM openings WHERE unit_id = ?1 AND field_id = f.value AND day <= ?2), 0)
             + coalesce((SELECT sum(online + direct + postal - early - on_time - late - withdrawn) FROM half_months
                         WHERE unit_id = ?1 AND half < ?5 AND field_id = f.value), 0)
             + coalesce((SELECT sum(online + direct + postal - early - on_time - late - withdrawn) FROM counts
                         WHERE unit_id = ?1 AND day BETWEEN ?6 AND ?2 AND field_id = f.value), 0),
             0, 0, 0, 0, 0, 0 FROM json_each(?7) AS f",
    )
    .bind(unit.0)
    .bind(days::to_db(day))
    .bind(days::half_of(month.0))
    .bind(days::half_of(month.1))
    .bind(days::half_of(day))
    .bind(days::to_db(half_start))
    .bind(Value::from(wanted).to_string())
    .fetch_all(conn)
    .await?;
    let mut out = UnitDay::default();
    for r in &rows {
        match r.get::<i64, _>(0) {
            0 => out.counts.push((OfficialId(r.get(1)), FieldId(r.get(2)), flows_at(r, 3))),
            1 => out.month = flows_at(r, 3),
            _ => {
                out.balances.insert(FieldId(r.get(2)), r.get(3));
            }
        }
    }
    Ok(out)
}

/// How many days back an official's own history reaches.
pub const HISTORY_DAYS: i64 = 90;

/// An official's flows of a field on the days before `day`, latest first.
pub async fn history(
    conn: &mut Connection,
    unit: UnitId,
    (official, field): (OfficialId, FieldId),
    day: NaiveDate,
) -> Result<Vec<Flows>> {
    let rows = sqlx::query(
        "SELECT online, direct, postal, early, on_time, late, withdrawn FROM counts
         WHERE unit_id = ? AND day BETWEEN ? AND ? AND field_id = ? AND official_id = ? ORDER BY day DESC",
    )
    .bind(unit.0)
    .bind(days::to_db(day) - HISTORY_DAYS)
    .bind(days::to_db(day) - 1)
    .bind(field.0)
    .bind(official.0)
    .fetch_all(conn)
    .await?;
    Ok(rows.iter().map(|r| flows_at(r, 0)).collect())
}
