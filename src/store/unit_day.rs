//! What an echo tells beside the post itself: the unit's whole day, its month, and the
//! balance of the fields named. One statement, since every post asks it.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde_json::{Value, json};
use sqlx::Row;

use super::counts::flows_at;
use super::posts::Key;
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
    /// Of each field asked for whose opening is later than the day: the opening's day.
    pub openings_after: BTreeMap<FieldId, NaiveDate>,
}

/// Which surroundings are asked for.
#[derive(Clone, Debug)]
pub struct Wanted {
    pub unit: UnitId,
    pub day: NaiveDate,
    /// The unit's month that holds the day.
    pub month: (NaiveDate, NaiveDate),
    /// Whose balances are told.
    pub fields: Vec<FieldId>,
}

/// Reads the surroundings of many days with one statement, in the order asked.
pub async fn read(conn: &mut Connection, wanted: &[Wanted]) -> Result<Vec<UnitDay>> {
    let row = |(i, w): (usize, &Wanted)| {
        let fields: Vec<i64> = w.fields.iter().map(|f| f.0).collect();
        let (day, half, half_start) = (days::to_db(w.day), days::half_of(w.day), days::to_db(days::half_start(w.day)));
        json!([i, w.unit.0, day, days::half_of(w.month.0), days::half_of(w.month.1), half, half_start, fields])
    };
    let rows = sqlx::query(
        "WITH w AS MATERIALIZED (SELECT value ->> 0 AS i, value ->> 1 AS u, value ->> 2 AS d, value ->> 3 AS first,
                 value ->> 4 AS last, value ->> 5 AS h, value ->> 6 AS start, value -> 7 AS fields FROM json_each(?))
         SELECT 0, i, official_id, field_id, online, direct, postal, early, on_time, late, withdrawn
         FROM w JOIN counts ON unit_id = u AND day = d
         UNION ALL
         SELECT 1, i, 0, 0, sum(online), sum(direct), sum(postal), sum(early), sum(on_time), sum(late), sum(withdrawn)
         FROM w CROSS JOIN half_months ON unit_id = u AND half BETWEEN first AND last GROUP BY i
         UNION ALL
         SELECT 2, i, 0, f.value,
             coalesce((SELECT pending FROM openings WHERE unit_id = u AND field_id = f.value AND day <= d), 0)
             + coalesce((SELECT sum(online + direct + postal - early - on_time - late - withdrawn) FROM half_months
                         WHERE unit_id = u AND half < h AND field_id = f.value), 0)
             + coalesce((SELECT sum(online + direct + postal - early - on_time - late - withdrawn) FROM counts
                         WHERE unit_id = u AND day BETWEEN start AND d AND field_id = f.value), 0),
             coalesce((SELECT day FROM openings WHERE unit_id = u AND field_id = f.value AND day > d), 0),
             0, 0, 0, 0, 0 FROM w CROSS JOIN json_each(w.fields) AS f",
    )
    .bind(Value::from(wanted.iter().enumerate().map(row).collect::<Vec<_>>()).to_string())
    .fetch_all(conn)
    .await?;
    let mut all = vec![UnitDay::default(); wanted.len()];
    for r in &rows {
        let Some(out) = all.get_mut(r.get::<i64, _>(1) as usize) else { continue };
        match r.get::<i64, _>(0) {
            0 => out.counts.push((OfficialId(r.get(2)), FieldId(r.get(3)), flows_at(r, 4))),
            1 => out.month = flows_at(r, 4),
            _ => {
                let field = FieldId(r.get(3));
                out.balances.insert(field, r.get(4));
                if let Some(opening) = Some(r.get(5)).filter(|day| *day != 0) {
                    out.openings_after.insert(field, days::from_db(opening));
                }
            }
        }
    }
    Ok(all)
}

/// How many days back an official's own history reaches.
pub const HISTORY_DAYS: i64 = 90;

/// Flows of officials' fields on the days before a day, latest first; one answer a key.
pub async fn histories(conn: &mut Connection, wanted: &[(UnitId, Key)]) -> Result<Vec<Vec<Flows>>> {
    let mut all = vec![Vec::new(); wanted.len()];
    if wanted.is_empty() {
        return Ok(all);
    }
    let row = |(i, (unit, key)): (usize, &(UnitId, Key))| {
        let day = days::to_db(key.day);
        json!([i, unit.0, key.official.0, key.field.map_or(0, |f| f.0), day - HISTORY_DAYS, day - 1])
    };
    let rows = sqlx::query(
        "WITH w AS MATERIALIZED (SELECT value ->> 0 AS i, value ->> 1 AS u, value ->> 2 AS o, value ->> 3 AS f,
                                        value ->> 4 AS first, value ->> 5 AS last FROM json_each(?))
         SELECT i, online, direct, postal, early, on_time, late, withdrawn
         FROM w CROSS JOIN counts ON unit_id = u AND day BETWEEN first AND last AND field_id = f AND official_id = o
         ORDER BY i, day DESC",
    )
    .bind(Value::from(wanted.iter().enumerate().map(row).collect::<Vec<_>>()).to_string())
    .fetch_all(conn)
    .await?;
    for r in &rows {
        if let Some(history) = all.get_mut(r.get::<i64, _>(0) as usize) {
            history.push(flows_at(r, 1));
        }
    }
    Ok(all)
}
