//! Dossiers that were in hand during some days: what a register lists, and what is compared
//! with the counts of those days.

use chrono::NaiveDate;

use super::rows::{read_all, select};
use crate::domain::dossier::Dossier;
use crate::domain::unit::UnitId;
use crate::store::{Connection, Result, days};

/// Dossiers of a unit received on or before the last of these days and not ended before the
/// first, void ones left out; by the day of receipt, then by code.
pub async fn in_hand(conn: &mut Connection, unit: UnitId, (from, to): (NaiveDate, NaiveDate)) -> Result<Vec<Dossier>> {
    let sql = select!(
        "WHERE d.id IN (
             SELECT id FROM dossiers WHERE unit_id = ?1 AND state IN ('open', 'stopped') AND received <= ?3
             UNION SELECT id FROM dossiers
                   WHERE unit_id = ?1 AND state IN ('resolved', 'withdrawn') AND ended >= ?2 AND received <= ?3)
         ORDER BY d.received, d.code"
    );
    let query = sqlx::query(sql).bind(unit.0).bind(days::to_db(from)).bind(days::to_db(to));
    read_all(query.fetch_all(conn).await?)
}
