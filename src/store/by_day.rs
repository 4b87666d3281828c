//! Figures day by day, for the sheet `Theo ngày` and the checks that look at single days.
//!
//! Many units are asked for as one list and come back added up, a row a day: a nation's
//! month costs a handful of statements like a commune's.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde_json::Value;
use sqlx::Row;

use super::counts::flows_at;
use super::totals::Opening;
use super::{Connection, Result, days};
use crate::domain::count::Flows;
use crate::domain::field::FieldId;
use crate::domain::figure::{Figure, IndicatorId};
use crate::domain::official::OfficialId;
use crate::domain::unit::UnitId;

/// Days asked for, both inclusive.
pub type Days = (NaiveDate, NaiveDate);

/// The flows of each day on which anything was posted; all units together.
pub async fn flows(conn: &mut Connection, units: &[UnitId], (from, to): Days) -> Result<BTreeMap<NaiveDate, Flows>> {
    let rows = sqlx::query(
        "SELECT c.day, sum(online), sum(direct), sum(postal), sum(early), sum(on_time), sum(late), sum(withdrawn)
         FROM json_each(?1) AS u CROSS JOIN counts AS c ON c.unit_id = u.value AND c.day BETWEEN ?2 AND ?3
         GROUP BY c.day",
    )
    .bind(list(units))
    .bind(days::to_db(from))
    .bind(days::to_db(to))
    .fetch_all(conn)
    .await?;
    Ok(rows.iter().map(|r| (days::from_db(r.get(0)), flows_at(r, 1))).collect())
}

/// The indicators of each day; all units and fields together.
pub async fn indicators(
    conn: &mut Connection,
    units: &[UnitId],
    (from, to): Days,
) -> Result<BTreeMap<NaiveDate, Vec<(IndicatorId, i64)>>> {
    let rows = sqlx::query(
        "SELECT c.day, c.indicator_id, sum(c.value)
         FROM json_each(?1) AS u CROSS JOIN indicator_counts AS c ON c.unit_id = u.value AND c.day BETWEEN ?2 AND ?3
         GROUP BY c.day, c.indicator_id",
    )
    .bind(list(units))
    .bind(days::to_db(from))
    .bind(days::to_db(to))
    .fetch_all(conn)
    .await?;
    let mut out: BTreeMap<NaiveDate, Vec<(IndicatorId, i64)>> = BTreeMap::new();
    for r in &rows {
        out.entry(days::from_db(r.get(0))).or_default().push((IndicatorId(r.get(1)), r.get(2)));
    }
    Ok(out)
}

/// Of each day on which a stock figure was stated: what that adds to what stood before, all
/// units together; the fields of `but` are left out.
pub async fn moves(
    conn: &mut Connection,
    units: &[UnitId],
    figure: Figure,
    (from, to): Days,
    but: &[(UnitId, FieldId)],
) -> Result<BTreeMap<NaiveDate, i64>> {
    let but = Value::from(but.iter().map(|(u, f)| Value::from(vec![u.0, f.0])).collect::<Vec<_>>()).to_string();
    // What stood before a row is the latest earlier row of the same official.
    let rows = sqlx::query(
        "SELECT s.day, sum(s.value - coalesce(
             (SELECT b.value FROM stocks AS b WHERE b.unit_id = s.unit_id AND b.field_id = s.field_id
              AND b.official_id = s.official_id AND b.figure = s.figure AND b.day < s.day ORDER BY b.day DESC LIMIT 1), 0))
         FROM json_each(?1) AS u CROSS JOIN stocks AS s ON s.unit_id = u.value
         WHERE s.figure = ?2 AND s.day BETWEEN ?3 AND ?4
           AND (s.unit_id, s.field_id) NOT IN (SELECT value ->> 0, value ->> 1 FROM json_each(?5))
         GROUP BY s.day",
    )
    .bind(list(units))
    .bind(figure.key())
    .bind(days::to_db(from))
    .bind(days::to_db(to))
    .bind(but)
    .fetch_all(conn)
    .await?;
    Ok(rows.iter().map(|r| (days::from_db(r.get(0)), r.get(1))).collect())
}

/// A field whose late part does not follow from what was stated alone: its opening balance
/// has a late part, or was entered for a day after something had been stated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenedLate {
    pub unit: UnitId,
    pub field: FieldId,
    pub opening: Opening,
    /// In order of days.
    pub stated: Vec<(NaiveDate, OfficialId, i64)>,
}

/// Those fields, as of `to`.
pub async fn opened_late(conn: &mut Connection, units: &[UnitId], to: NaiveDate) -> Result<Vec<OpenedLate>> {
    let rows = sqlx::query(
        "SELECT o.unit_id, o.field_id, o.day, o.pending, o.late, s.day, s.official_id, s.value
         FROM json_each(?1) AS u CROSS JOIN openings AS o ON o.unit_id = u.value
         LEFT JOIN stocks AS s ON s.unit_id = o.unit_id AND s.field_id = o.field_id
             AND s.figure = 'pending_late' AND s.day <= ?2
         WHERE o.day <= ?2 AND (o.late <> 0 OR EXISTS (SELECT 1 FROM stocks AS b WHERE b.unit_id = o.unit_id
             AND b.field_id = o.field_id AND b.figure = 'pending_late' AND b.day < o.day))
         ORDER BY o.unit_id, o.field_id, s.day",
    )
    .bind(list(units))
    .bind(days::to_db(to))
    .fetch_all(conn)
    .await?;
    let mut out: Vec<OpenedLate> = Vec::new();
    for r in &rows {
        let (unit, field) = (UnitId(r.get(0)), FieldId(r.get(1)));
        if out.last().is_none_or(|o| (o.unit, o.field) != (unit, field)) {
            let opening = Opening { day: days::from_db(r.get(2)), pending: r.get(3), late: r.get(4) };
            out.push(OpenedLate { unit, field, opening, stated: Vec::new() });
        }
        if let (Some(day), Some(last)) = (r.get::<Option<i64>, _>(5), out.last_mut()) {
            last.stated.push((days::from_db(day), OfficialId(r.get(6)), r.get(7)));
        }
    }
    Ok(out)
}

/// One official's flows of a field and day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DayCount {
    pub day: NaiveDate,
    pub field: FieldId,
    pub official: OfficialId,
    pub flows: Flows,
}

/// The counts of one unit, in order of days.
pub async fn counts(conn: &mut Connection, unit: UnitId, (from, to): Days) -> Result<Vec<DayCount>> {
    let rows = sqlx::query(
        "SELECT day, field_id, official_id, online, direct, postal, early, on_time, late, withdrawn FROM counts
         WHERE unit_id = ? AND day BETWEEN ? AND ? ORDER BY day, field_id, official_id",
    )
    .bind(unit.0)
    .bind(days::to_db(from))
    .bind(days::to_db(to))
    .fetch_all(conn)
    .await?;
    let count = |r: &sqlx::sqlite::SqliteRow| DayCount {
        day: days::from_db(r.get(0)),
        field: FieldId(r.get(1)),
        official: OfficialId(r.get(2)),
        flows: flows_at(r, 3),
    };
    Ok(rows.iter().map(count).collect())
}

/// What officials of a unit stated as pending (`con 5`), by day and field; of several the
/// latest message's.
pub async fn stated(
    conn: &mut Connection,
    unit: UnitId,
    (from, to): Days,
) -> Result<BTreeMap<(NaiveDate, FieldId), i64>> {
    let rows = sqlx::query(
        "SELECT l.day, l.field_id, l.value FROM post_lines AS l
         JOIN posts AS p ON p.id = l.post_id AND p.form = l.form AND p.undone_at IS NULL
         WHERE l.unit_id = ? AND l.day BETWEEN ? AND ? AND l.op = 'stated' ORDER BY l.post_id, l.seq",
    )
    .bind(unit.0)
    .bind(days::to_db(from))
    .bind(days::to_db(to))
    .fetch_all(conn)
    .await?;
    Ok(rows.iter().map(|r| ((days::from_db(r.get(0)), FieldId(r.get(1))), r.get(2))).collect())
}

fn list(units: &[UnitId]) -> String {
    Value::from(units.iter().map(|u| u.0).collect::<Vec<_>>()).to_string()
}
