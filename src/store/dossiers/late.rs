//! Which dossiers were overdue at the end of a day, today or long past (SPEC §14 Register).

use std::collections::BTreeMap;

use chrono::NaiveDate;
use sqlx::Row;

use super::rows::{read_all, select, units_json};
use crate::domain::dossier::Dossier;
use crate::domain::field::FieldId;
use crate::domain::unit::UnitId;
use crate::store::{Connection, Result, days};

/// Rows of those who were pending and overdue at the end of day `?2` in the units `?1`: the
/// same as [`Dossier::was_late_at`], each part by its index.
///
/// Open ones that are overdue by now, ended ones that ended late after that day, and those
/// whose clock stood still later than that day: these by the due day of that time.
macro_rules! late_ids {
    () => {
        "SELECT d.id FROM dossiers AS d
         WHERE d.state = 'open' AND d.unit_id IN (SELECT value FROM json_each(?1)) AND d.due < ?2
               AND d.received <= ?2
               AND NOT EXISTS (SELECT 1 FROM dossier_stops AS s
                               WHERE s.dossier_id = d.id AND s.from_day <= ?2 AND ifnull(s.to_day, ?2 + 1) > ?2)
         UNION
         SELECT d.id FROM dossiers AS d
         WHERE d.ended > d.due AND d.unit_id IN (SELECT value FROM json_each(?1)) AND d.ended > ?2
               AND d.due < ?2 AND d.state <> 'void' AND d.received <= ?2
               AND NOT EXISTS (SELECT 1 FROM dossier_stops AS s
                               WHERE s.dossier_id = d.id AND s.from_day <= ?2 AND ifnull(s.to_day, ?2 + 1) > ?2)
         UNION
         SELECT d.id FROM dossier_stops AS s JOIN dossiers AS d ON d.id = s.dossier_id
         WHERE s.unit_id IN (SELECT value FROM json_each(?1)) AND (s.to_day > ?2 OR s.to_day IS NULL)
               AND s.from_day > ?2 AND s.due_before < ?2
               AND d.state <> 'void' AND d.received <= ?2 AND (d.ended IS NULL OR d.ended > ?2)
               AND NOT EXISTS (SELECT 1 FROM dossier_stops AS e
                               WHERE e.dossier_id = d.id AND e.from_day < s.from_day
                                     AND ifnull(e.to_day, ?2 + 1) > ?2)"
    };
}

pub(super) const LATE: &str = concat!(
    "SELECT unit_id, field_id, count(*) FROM dossiers WHERE id IN (",
    late_ids!(),
    ") GROUP BY unit_id, field_id"
);

/// Overdue dossiers at the end of day `end`, of each unit and field that had any: received
/// by then, not ended by then, due before it as of then, the clock not standing still.
pub async fn late_at(
    conn: &mut Connection,
    units: &[UnitId],
    end: NaiveDate,
) -> Result<BTreeMap<(UnitId, FieldId), i64>> {
    let rows = sqlx::query(LATE).bind(units_json(units)).bind(days::to_db(end)).fetch_all(conn).await?;
    Ok(rows.iter().map(|r| ((UnitId(r.get(0)), FieldId(r.get(1))), r.get(2))).collect())
}

/// Dossiers of a period's list of lateness: resolved late on the days `from..=end`, and
/// pending late at the end of `end`.
pub async fn late_in(
    conn: &mut Connection,
    units: &[UnitId],
    (from, end): (NaiveDate, NaiveDate),
) -> Result<Vec<Dossier>> {
    let sql = concat!(
        select!("WHERE d.id IN ("),
        late_ids!(),
        ") UNION ALL ",
        select!(
            "WHERE d.ended > d.due AND d.unit_id IN (SELECT value FROM json_each(?1)) AND d.state = 'resolved'
                   AND d.ended BETWEEN ?3 AND ?2"
        ),
    );
    let query = sqlx::query(sql).bind(units_json(units)).bind(days::to_db(end)).bind(days::to_db(from));
    read_all(query.fetch_all(conn).await?)
}
